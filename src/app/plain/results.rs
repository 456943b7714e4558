//! Holds what a search found, as it is listed in lines.

use std::sync::Arc;

use super::lines::LineWriter;
use crate::export::search_text::{
    Entry, LIKELIEST, WHICH_SYSTEM, because, entries, group_at, no_card, question, sharing, title, understood, writers,
};
use crate::lookup::Found;
use crate::text;
use crate::tree::Tree;

/// The result of a search, as it is listed.
#[derive(Clone, Debug)]
pub(super) struct Results {
    pub(super) query: String,
    pub(super) found: Found,
}

impl Results {
    /// The list, as it is read out.
    pub(super) fn tell(&self, trees: &[Arc<Tree>], out: &mut LineWriter) {
        let matches = &self.found.matches;
        // A pasted log is no headline.
        let query = text::fit(&self.query, 60, "...");
        match (matches.is_empty(), query.is_empty()) {
            (true, _) => {
                out.text(&format!("{} {}", no_card(&self.query), understood(&self.found)));
                out.text(match self.found.nearest.is_empty() {
                    true => "You can answer questions instead:",
                    false => "Closest matches. Or answer questions instead:",
                });
            }
            (false, true) => out.text(&text::count(matches.len(), "card", "cards")),
            (false, false) => out.text(&format!("{} for \"{query}\":", text::count(matches.len(), "card", "cards"))),
        }
        let mut said_of = 0;
        let questions = self.found.left_by_code.len();
        if questions > 1 {
            out.text(WHICH_SYSTEM);
        }
        for (at, entry) in entries(&self.found, trees).iter().enumerate() {
            let number = at + 1;
            match entry {
                Entry::Question(left) => out.text(&format!("{number}. {}", question(left, questions > 1))),
                Entry::Card(found) if found.is_left_by_code => {
                    if at == questions {
                        out.text(&format!("{LIKELIEST}:"));
                    }
                    out.text(&format!("{number}. {}", title(found, trees.len() > 1)));
                }
                Entry::Card(found) => {
                    if let Some(group) = group_at(matches, at) {
                        let to = if group.count > 1 { format!(" to {}", at + group.count) } else { String::new() };
                        out.text(&format!("{number}{to}: {}.", sharing(found)));
                        if group.is_one_text {
                            out.text(&format!("  {}", because(found)));
                            said_of = at + group.count;
                        }
                    }
                    let why = if at < said_of { String::new() } else { format!(" - {}", because(found)) };
                    out.text(&format!("{number}. {}{why}", title(found, trees.len() > 1)));
                    if let Some(said) = writers(found) {
                        out.text(&format!("  {said}"));
                    }
                }
                Entry::Walk(tree) => out.text(&format!("{number}. Answer questions: {}", tree.title)),
            }
        }
    }
}
