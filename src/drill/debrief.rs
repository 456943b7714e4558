//! How it went, beside how it would have gone on the tree's own walk.

use super::difference::Difference;
use super::incident::{Check, Incident};
use super::played::Played;
use super::score::Loss;
use crate::tree::{CardId, QuestionId};
use crate::walk::{Given, Walk};

/// How an incident went.
#[derive(Clone, Debug, PartialEq)]
pub struct Debrief {
    /// The hidden card.
    pub card: CardId,
    /// The checks that were made.
    pub made: Vec<Asked>,
    /// The checks of the tree's shortest walk.
    pub best: Vec<Asked>,
    /// The cards that were named and that it is not, each with what would have had to be different.
    pub wrong: Vec<(CardId, String)>,
    /// The seconds that were spent, and those of the tree's shortest walk.
    pub seconds: (u32, u32),
    /// What is missing of the full score, and why.
    pub losses: Vec<(Loss, u32)>,
}

/// A question that was asked, and what it was worth there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub question: QuestionId,
    /// What it says.
    pub given: Given,
    /// How many cards were possible before, and after.
    pub left: (usize, usize),
    /// The question whose answer would have left the fewest cards there, and how many; `None` if none would have left
    /// fewer than this one.
    pub better: Option<(QuestionId, usize)>,
    /// Nothing that could be found out there would have left fewer.
    pub told_most: bool,
    /// It excluded nothing, and neither the tree nor the team would have asked it there.
    pub is_wrong_turn: bool,
}

impl Incident {
    /// How it went.
    pub fn debrief(&self, played: &Played) -> Debrief {
        let seen: Vec<QuestionId> = played.checked.iter().map(|checked| checked.question).collect();
        let differ = |card: CardId| {
            let difference = Difference::in_tree(&self.tree, (self.card(), &self.truth.path), card, &seen);
            (card, difference.text(&self.tree))
        };
        let made = played.checked.iter().map(|checked| (checked.question, checked.given, checked.is_wrong_turn));
        Debrief {
            card: self.card(),
            made: self.asked(made),
            best: self.asked(self.best_way().steps.iter().map(|(question, given)| (*question, *given, false))),
            wrong: self.wrong_cards(played).into_iter().map(differ).collect(),
            seconds: (self.spent(played), self.best().1),
            losses: self.losses(played),
        }
    }

    /// What each of some checks was worth where it was made, beside what the others would have told there: their answers
    /// are known now.
    fn asked(&self, steps: impl Iterator<Item = (QuestionId, Given, bool)>) -> Vec<Asked> {
        let mut walk = self.walk(&[], true);
        let mut asked = Vec::new();
        for (question, given, is_wrong_turn) in steps {
            let before = count(&walk);
            let Some(check) = self.check(question) else { continue };
            let left_by = |check: &Check| {
                let mut after = walk.clone();
                check.tell(&mut after);
                count(&after)
            };
            let after = left_by(check);
            let is_open = |other: &&Check| other.question != question && walk.known().given(other.question).is_none();
            let others = self.checks.iter().filter(is_open);
            let others = others.map(|check| (left_by(check), check.seconds, check.question));
            // The one that leaves the fewest, and of these the quickest.
            let best = others.min_by_key(|(left, seconds, _)| (*left, *seconds));
            let better = best.filter(|(left, ..)| *left < after).map(|(left, _, question)| (question, left));
            let told_most = better.is_none() && after < before;
            check.tell(&mut walk);
            asked.push(Asked { question, given, left: (before, after), better, told_most, is_wrong_turn });
        }
        asked
    }
}

fn count(walk: &Walk) -> usize {
    walk.position().candidates.len()
}
