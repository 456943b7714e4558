//! Says where a dialogue stands, before the next line is read.

use super::dialogue::{Dialogue, DialogueMode};
use super::evidence;
use super::lines::LineWriter;
use super::references;
use super::tell::{CARD_KEYS, tell_question, tell_step, tell_trail};
use crate::app::system_use::code_line;
use crate::app::wording::{SAME_INCIDENT, UNKNOWN_SYSTEM, contradictions_of};
use crate::export::search_text::WHICH_SYSTEM;
use crate::session::walks;

impl Dialogue {
    /// Returns what to print before the next line is read.
    pub fn prompt(&self) -> String {
        let mut out = LineWriter::default();
        match &self.mode {
            DialogueMode::PickTree => {
                out.text("Which system?");
                out.numbered(self.session.trees.iter().map(|tree| format!("{}. {}", tree.title, tree.about)));
                out.text("A number, /text to search, ? for help, q to quit.");
            }
            DialogueMode::Walk => {
                if let Some(walk) = &self.session.walk {
                    tell_step(&self.session, walk, |card| self.card_text(walk.tree(), card), &mut out);
                }
            }
            DialogueMode::Edit(question) => {
                if let Some(walk) = &self.session.walk {
                    tell_question(walk, *question, &mut out);
                }
            }
            DialogueMode::Trail(said) => {
                if let Some(walk) = &self.session.walk {
                    tell_trail(walk, said, &mut out);
                }
            }
            DialogueMode::Found(results) => results.tell(&self.session.trees, &mut out),
            DialogueMode::Evidence => {
                if let Some(walk) = &self.session.walk {
                    evidence::tell(walk, &mut out);
                }
            }
            DialogueMode::SameIncident(paste) => {
                out.text("Same incident? This contradicts the case.");
                contradictions_of(paste).iter().for_each(|said| out.text(said));
                out.numbered(SAME_INCIDENT.iter().map(|choice| (*choice).to_owned()));
                out.text("1 or 2, b drops what is new, q to quit.");
            }
            DialogueMode::WhichSystem(read) => {
                out.text(&format!("{WHICH_SYSTEM} The status in \"{}\" is known to each of these.", code_line(read)));
                let titles = read.iter().map(|read| read.tree.title.to_string());
                out.numbered(titles.chain([UNKNOWN_SYSTEM.to_owned()]));
                out.text("A number, b back, q to quit.");
            }
            DialogueMode::Paste { .. } => {}
            DialogueMode::Parked => {
                out.text("Walks that you can continue, most recent first:");
                out.numbered(
                    self.session.parked().map(|walk| format!("{}. {}", walks::standing(walk), walks::so_far(walk))),
                );
                out.text("Type a number to continue one, b back, q quit.");
            }
            DialogueMode::Cards(cards) => {
                out.numbered(cards.iter().map(|(tree, card)| self.session.name_of(tree, *card)));
                out.text("A number to read the card, b back, q to quit.");
            }
            DialogueMode::References { open, .. } => references::tell(&self.session, open, &mut out),
            DialogueMode::Card { open, .. } => {
                out.raw(&self.card_text(&open.tree, open.card));
                out.text(if open.in_walk {
                    CARD_KEYS
                } else {
                    "o see also, m as Markdown, b back, /text to search, q to quit."
                });
            }
        }
        out.done()
    }
}
