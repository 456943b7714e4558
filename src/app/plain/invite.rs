//! Names what can be typed now.
//!
//! A person who hears only the last lines knows the place from it.

use super::dialogue::{Dialogue, DialogueMode, OpenCard};
use crate::app::evidence_list;
use crate::app::system_use::code_line;
use crate::export::search_text::entries;
use crate::session::walks;
use crate::text;
use crate::tree::QuestionId;
use crate::walk::{Step, Walk};

/// The most columns of a text that a prompt repeats.
const REPEATED: usize = 60;

/// Names the numbers that choose an entry.
pub(super) fn numbers(count: usize) -> String {
    match count {
        0 | 1 => "1".to_owned(),
        count => format!("1 to {count}"),
    }
}

impl Dialogue {
    /// Names the place of the dialogue and what can be typed there.
    pub(super) fn invitation(&self) -> String {
        let walk = self.session.walk.as_ref();
        if let Some(open) = self.card_in_hand() {
            return self.invitation_of_card(&open);
        }
        match &self.mode {
            DialogueMode::PickTree => {
                let count = self.session.trees.len() + self.cases().count();
                format!(
                    "Which system? Type {}, or a code, words or a log line to search. more, ? help, q quit.",
                    numbers(count)
                )
            }
            DialogueMode::Walk => walk.map(|walk| self.invitation_of_walk(walk)).unwrap_or_default(),
            DialogueMode::Edit(question) => walk.map(|walk| answering(walk, *question)).unwrap_or_default(),
            DialogueMode::Trail(said) => {
                format!("Your answers: {} to change one, r and a number to remove one, h back.", numbers(said.len()))
            }
            DialogueMode::Found(results) => {
                let count = numbers(entries(&results.found, &self.session.trees).len());
                let query = text::fit(&results.query, REPEATED, "...");
                let about = if query.is_empty() { String::new() } else { format!(" for \"{query}\"") };
                format!("Results{about}: {count} to open one, more, h back, or other words to search.")
            }
            DialogueMode::Evidence => {
                let count = walk.map_or(0, |walk| evidence_list::entries(walk).len());
                format!("Evidence: {} to read a line whole or change an answer, h back.", numbers(count))
            }
            DialogueMode::Paste { .. } => "Pasted lines: end with a line that contains only a dot.".to_owned(),
            DialogueMode::SameIncident(_) => "Same incident? 1 yes, 2 no, h drops the new evidence.".to_owned(),
            DialogueMode::WhichSystem(read) => {
                let line = text::fit(code_line(read), REPEATED, "...");
                format!("Which system printed \"{line}\"? {}, h back.", numbers(read.len() + 1))
            }
            DialogueMode::Parked => {
                let count = self.session.parked().count();
                format!("Earlier cases: {} to continue one, h back.", numbers(count))
            }
            DialogueMode::Cards(cards) => format!("Cards: {} to read one, h back.", numbers(cards.len())),
            DialogueMode::References { open, .. } => {
                let count = open.tree.card(open.card).references().len();
                format!("See also: {} to open one, h back.", numbers(count))
            }
            DialogueMode::Card { .. } => String::new(),
        }
    }

    fn invitation_of_walk(&self, walk: &Walk) -> String {
        match &walk.position().step {
            Step::Ask(question) => answering(walk, *question),
            Step::Shortlist => {
                let shortlist = walk.shortlist();
                let all = if shortlist.others.is_empty() { "" } else { "c all cards, " };
                format!(
                    "Not enough to decide. {} to read a card, {all}n none of these, y command, h back, ? help.",
                    numbers(shortlist.likeliest.len())
                )
            }
            Step::Link(to) => {
                format!("1 to continue in {}, n none of these, h back, ? help.", self.session.name_of(walk.tree(), *to))
            }
            Step::Conflict(found) => {
                format!("Which one is wrong? {}, h back, ? help.", numbers(found.culprits.len()))
            }
            // A card has been named before.
            Step::Card(_) | Step::Escalate => String::new(),
        }
    }

    fn invitation_of_card(&self, OpenCard { tree, card, in_walk }: &OpenCard) -> String {
        let title = &tree.card(*card).title;
        let steps = tree.card(*card).remedies.len();
        let at = self.session.step_at_hand(tree, *card) + 1;
        let marks = if *in_walk { "d done, x did not help, w solved, s skip, " } else { "" };
        format!(
            "\"{title}\", step {at} of {steps}: {marks}y command, {} another step. more, why, steps, links, all, h back, ? help.",
            numbers(steps)
        )
    }

    /// Returns the question that is asked now, or would help most.
    pub(super) fn question_here(&self) -> Option<QuestionId> {
        let walk = self.session.walk.as_ref()?;
        match (&self.mode, &walk.position().step) {
            (DialogueMode::Edit(question), _) => Some(*question),
            (DialogueMode::Walk, Step::Ask(question)) => Some(*question),
            (DialogueMode::Walk, Step::Shortlist) => walk.shortlist().check,
            _ => None,
        }
    }

    /// Returns the cases that can be continued, in words.
    pub(super) fn cases(&self) -> impl Iterator<Item = String> {
        let walks = self.session.walk.iter().filter(|walk| walks::has_events(walk)).chain(self.session.parked());
        walks.map(|walk| format!("Continue: {}. {}", walks::standing(walk), walks::so_far(walk)))
    }
}

fn answering(walk: &Walk, question: QuestionId) -> String {
    let ask = &walk.tree().question(question).ask;
    let count = walk.tree().options(question).count();
    format!(
        "{ask} Type {}, u don't know, n none of these, more, why, h back, or words to search. ? help.",
        numbers(count)
    )
}
