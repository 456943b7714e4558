//! How it went, beside how it would have gone on the tree's own walk.

use super::difference::Difference;
use super::incident::Incident;
use super::played::{Move, Played};
use super::score::Loss;
use crate::tree::{CardId, QuestionId};
use crate::walk::Given;

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
    /// It found nothing and excluded nothing, and neither the tree nor the team would have asked it there.
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
        let best = self.best_way().steps.iter().map(|(question, _)| *question);
        Debrief {
            card: self.card(),
            made: self.asked(seen.iter().copied()),
            best: self.asked(best),
            wrong: self.wrong_cards(played).into_iter().map(differ).collect(),
            seconds: (self.spent(played), self.best().1),
            losses: self.losses(played),
        }
    }

    /// What each of some checks was worth where it was made, beside what the others would have told there: their answers
    /// are known now.
    fn asked(&self, questions: impl Iterator<Item = QuestionId>) -> Vec<Asked> {
        let mut played = Played::default();
        let mut asked = Vec::new();
        for question in questions {
            let best = self.most_telling(&played).map(|(check, left)| (check.question, left));
            self.step(&mut played, Move::Check(question));
            let Some(checked) = played.checked.last().filter(|checked| checked.question == question) else { continue };
            let (before, after) = checked.left;
            asked.push(Asked {
                question,
                given: checked.given,
                left: (before, after),
                better: best.filter(|(_, left)| *left < after),
                told_most: after < before && best.is_none_or(|(_, left)| left >= after),
                is_wrong_turn: checked.is_wrong_turn,
            });
        }
        asked
    }
}
