//! The search in lines: what was found is listed with its way and its words, and a number opens it as a walk.

use std::sync::Arc;

use super::tell::Lines;
use super::{Dialogue, Mode};
use crate::app::walks::{self, Back, Entered};
use crate::export::found::{Entry, because, entries, group_at, sharing, understood};
use crate::lookup::Found;
use crate::text;
use crate::tree::Tree;

/// How many cards a search names.
const LISTED: usize = 9;

/// What a search found, as it is listed.
#[derive(Clone, Debug)]
pub(super) struct Results {
    query: String,
    found: Found,
}

impl Results {
    /// The list, as it is read out.
    pub(super) fn tell(&self, trees: &[Arc<Tree>], out: &mut Lines) {
        let matches = &self.found.matches;
        // A pasted log is no headline.
        let query = text::fit(&self.query, 60, "...");
        match (matches.is_empty(), query.is_empty()) {
            (true, _) => {
                out.text(&format!("Nothing fits \"{query}\". {}", understood(&self.found)));
                out.text(match self.found.nearest.is_empty() {
                    true => "Answering questions needs no words:",
                    false => "What comes nearest; and answering questions, which needs no words:",
                });
            }
            (false, true) => out.text(&text::count(matches.len(), "card", "cards")),
            (false, false) => out.text(&format!("{} for \"{query}\":", text::count(matches.len(), "card", "cards"))),
        }
        let mut said_of = 0;
        for (at, entry) in entries(&self.found, trees).iter().enumerate() {
            let number = at + 1;
            match entry {
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
                    out.text(&format!("{number}. {}{why}", found.tree.card(found.card).title));
                }
                Entry::Walk(tree) => out.text(&format!("{number}. Walk: {}", tree.title)),
            }
        }
        out.text("A number to open it, b back, q to quit.");
    }
}

impl Dialogue {
    /// Looks a text up, and lists what was found.
    pub(super) fn search(&mut self, query: &str) {
        let found = self.index.search(query, &self.usage, LISTED);
        self.mode = Mode::Found(Results { query: query.trim().to_owned(), found });
    }

    /// Opens what has this place in the list: the walk goes on from it, or begins with it.
    pub(super) fn open_found(&mut self, at: usize, out: &mut Lines) -> Option<()> {
        let Mode::Found(results) = &self.mode else { return None };
        let results = results.clone();
        match entries(&results.found, &self.trees).get(at)? {
            Entry::Card(found) => {
                match walks::enter(&mut self.walk, &mut self.parked, &self.index, &results.query, found) {
                    Some(entered) => self.go_into(entered, results.clone(), out),
                    None => {
                        let tree = Arc::clone(&found.tree);
                        self.mode = Mode::Card { tree, card: found.card, in_walk: false };
                    }
                }
            }
            // Whoever searches from a walk and finds nothing wants that walk, and no other.
            Entry::Walk(tree) if self.walk.as_ref().is_some_and(|walk| walk.tree().id == tree.id) => {
                self.mode = Mode::Walk;
            }
            Entry::Walk(tree) => {
                let entered = walks::begin(&mut self.walk, &mut self.parked, tree);
                self.go_into(entered, results.clone(), out);
            }
        }
        Some(())
    }

    fn go_into(&mut self, entered: Entered, results: Results, out: &mut Lines) {
        if entered.has_parked() {
            out.text("Your earlier walk is kept; g goes on with it.");
        }
        self.entered.push((entered, results));
        self.mode = Mode::Walk;
    }

    /// Takes back the last thing, or leads out of the walk to the list from which it was entered.
    pub(super) fn back_in_walk(&mut self, out: &mut Lines) {
        let entered = self.entered.last_mut().map(|(entered, _)| entered);
        let is_entered = entered.is_some();
        if is_entered {
            if walks::back(&mut self.walk, &mut self.parked, entered) == Back::Out
                && let Some((_, results)) = self.entered.pop()
            {
                self.mode = Mode::Found(results);
            }
        } else if !self.walk.as_mut().is_some_and(crate::walk::Walk::back) {
            out.text("This is the beginning.");
        }
    }

    /// Lists the walks that were left for another.
    pub(super) fn list_parked(&mut self, out: &mut Lines) {
        if self.parked.iter().next().is_none() {
            return out.text("There is no earlier walk to go on with.");
        }
        self.mode = Mode::Parked;
    }

    /// Goes on with a walk that was left for another.
    pub(super) fn resume(&mut self, at: usize) -> Option<()> {
        self.parked.iter().nth(at)?;
        self.parked.resume(at, &mut self.walk);
        // The way back led through walks that are parked themselves now.
        self.entered.clear();
        self.mode = Mode::Walk;
        Some(())
    }
}
