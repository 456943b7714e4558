//! How it went, beside how it would have gone on the shortest walk.

use super::difference::Difference;
use super::incident::Incident;
use super::played::{Checked, Played};
use super::truth::event;
use crate::tree::{CardId, QuestionId};
use crate::walk::{Event, Given, Walk};

/// How an incident went.
#[derive(Clone, Debug, PartialEq)]
pub struct Debrief {
    /// The hidden card.
    pub card: CardId,
    /// The checks that were made.
    pub made: Vec<Asked>,
    /// The checks of the shortest walk.
    pub shortest: Vec<Asked>,
    /// The cards that were named and that it is not, each with what would have had to be different.
    pub wrong: Vec<(CardId, String)>,
    /// The seconds that were spent, and those of the shortest walk.
    pub seconds: (u32, u32),
    /// The score.
    pub points: u32,
}

/// A question that was asked, and what it was worth there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Asked {
    /// The question.
    pub question: QuestionId,
    /// What it says.
    pub given: Given,
    /// What it was expected to tell, in bits; 0 if it could not have told anything.
    pub bits: f64,
    /// The question that tells most for its effort there, and its bits; `None` if nothing more told anything.
    pub most: Option<(QuestionId, f64)>,
    /// How many cards were possible before, and after.
    pub left: (usize, usize),
}

impl Incident {
    /// How it went.
    pub fn debrief(&self, played: &Played) -> Debrief {
        let made = played.checked.iter().map(|checked: &Checked| (checked.question, checked.given));
        let differ = |card: CardId| {
            let difference = Difference::in_tree(&self.tree, (self.card(), &self.truth.path), card);
            (card, difference.text(&self.tree))
        };
        Debrief {
            card: self.card(),
            made: self.asked(made),
            shortest: self.asked(self.shortest.steps.iter().copied()),
            wrong: self.wrong_cards(played).into_iter().map(differ).collect(),
            seconds: (self.spent(played), self.best().1),
            points: self.points(played),
        }
    }

    fn asked(&self, steps: impl Iterator<Item = (QuestionId, Given)>) -> Vec<Asked> {
        let mut walk = Walk::replay(std::sync::Arc::clone(&self.tree), vec![Event::ShortestFirst(true)]);
        steps
            .map(|(question, given)| {
                let worth = walk.worth();
                let effort = |question: QuestionId| self.tree.question(question).find_out.takes.weight();
                let by_effort = |(question, bits): &(QuestionId, f64)| bits / effort(*question);
                // Of equals the first, as the walk takes it.
                let better = |best: (QuestionId, f64), next: (QuestionId, f64)| {
                    if by_effort(&next) > by_effort(&best) { next } else { best }
                };
                let most = worth.iter().copied().reduce(better);
                let bits = worth.iter().find(|(open, _)| *open == question).map_or(0.0, |(_, bits)| *bits);
                let before = walk.position().candidates.len();
                walk.push(event(question, given));
                Asked { question, given, bits, most, left: (before, walk.position().candidates.len()) }
            })
            .collect()
    }
}
