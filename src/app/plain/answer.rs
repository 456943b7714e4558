//! Answering in lines: the question at hand, any other, and taking back.

use std::sync::Arc;

use super::dialogue::{Dialogue, DialogueMode, TrailItem};
use super::lines::LineWriter;
use crate::session::{take_back, toggle_shortest, walks};
use crate::tree::QuestionId;
use crate::walk::{Event, Given, Step, Walk};

impl Dialogue {
    pub(super) fn answer_option(&mut self, question: QuestionId, at: usize) -> Option<()> {
        let walk = self.session.walk.as_mut()?;
        let option = walk.tree().options(question).nth(at)?.0;
        walk.answer(question, Given::Option(option));
        self.mode = DialogueMode::Walk;
        Some(())
    }

    /// Answers the question at hand, if there is one.
    pub(super) fn answer(&mut self, given: Given) -> bool {
        let Some(walk) = self.session.walk.as_mut() else { return false };
        let question = match (&self.mode, &walk.position().step) {
            (DialogueMode::Edit(question), _) => *question,
            (DialogueMode::Walk, Step::Ask(question)) => *question,
            _ => return false,
        };
        walk.answer(question, given);
        self.mode = DialogueMode::Walk;
        true
    }

    /// "None of these" to a shortlist shows the escalation card.
    pub(super) fn none_of_the_shortlist(&mut self) -> bool {
        let is_end = |walk: &&Walk| matches!(walk.position().step, Step::Shortlist | Step::Link(_));
        let Some(walk) = self.session.walk.as_ref().filter(is_end) else { return false };
        let tree = Arc::clone(walk.tree());
        if matches!(self.mode, DialogueMode::Walk) {
            let card = tree.escalation;
            self.open_card(tree, card);
            return true;
        }
        false
    }

    pub(super) fn open_trail(&mut self) {
        if let Some(walk) = &self.session.walk {
            let mut said: Vec<_> =
                walks::evidence(walk).filter_map(|(at, _, first)| first.map(|_| TrailItem::Evidence(at))).collect();
            said.extend(walks::answers_in_order(walk).into_iter().map(|(question, _)| TrailItem::Question(question)));
            said.extend(walk.open_questions().into_iter().map(TrailItem::Question));
            self.mode = DialogueMode::Trail(said);
        }
    }

    pub(super) fn take_back(&mut self, rest: &str, out: &mut LineWriter) {
        let DialogueMode::Trail(said) = &self.mode else {
            return out.text("t lists your answers; there, D and a number removes one.");
        };
        let said = rest.parse::<usize>().ok().and_then(|number| said.get(number.wrapping_sub(1)).copied());
        let (Some(said), Some(walk)) = (said, self.session.walk.as_mut()) else {
            return out.text("Type r and the number of an answer to remove it.");
        };
        let taken = match said {
            TrailItem::Question(question) => take_back(walk, question),
            TrailItem::Evidence(event) => {
                walk.push(Event::Retracted { event });
                Ok(())
            }
        };
        match taken {
            Ok(()) => {
                self.mode = DialogueMode::Walk;
                out.text("Removed. Everything else is kept.");
            }
            Err(why) => out.text(&why),
        }
    }

    pub(super) fn toggle_shortest(&mut self, out: &mut LineWriter) {
        if let Some(walk) = self.session.walk.as_mut() {
            out.text(if toggle_shortest(walk) {
                "The most useful question comes first now."
            } else {
                "The questions come in the author's order now."
            });
        }
    }
}
