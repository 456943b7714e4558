//! Compares a trainee's checks with better ones after an incident.
//!
//! The better ones are the shortest set of checks and the tree's own walk.

use crate::drill::generate::incident::Incident;
use crate::drill::judge::score::Deduction;
use crate::drill::judge::state::DrillState;
use crate::drill::judge::why_not::Difference;
use crate::tree::{CardId, QuestionId};
use crate::walk::Given;

/// The comparison that is shown after an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Debrief {
    /// The hidden card.
    pub card: CardId,
    /// The checks of the trainee.
    pub made: Vec<Asked>,
    /// The shortest set of checks.
    pub best: Vec<Asked>,
    /// The checks of the tree's shorter walk, and their duration in seconds.
    pub of_tree: (Vec<Asked>, u32),
    /// The wrong cards that were named, each with the reason.
    pub wrong: Vec<(CardId, String)>,
    /// The seconds of the trainee's checks and of the shortest set.
    pub seconds: (u32, u32),
    /// The reasons for which points were deducted, and the points.
    pub deductions: Vec<(Deduction, u32)>,
}

/// A check, and how useful it was at that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The question that the check answered.
    pub question: QuestionId,
    /// The answer that the output gives.
    pub given: Given,
    /// The number of possible cards before and after the check.
    pub left: (usize, usize),
    /// The check that would have left the fewest cards.
    ///
    /// `None` if it would not have left fewer cards than this one.
    pub better: Option<Better>,
    /// Whether the check ruled out cards and no other left fewer.
    pub told_most: bool,
    /// Whether the check found and ruled out nothing and was not proposed.
    pub is_wrong_turn: bool,
}

/// A check that would have left fewer cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Better {
    /// The question that the check answers.
    pub question: QuestionId,
    /// The number of cards that the check would have left.
    pub left: usize,
    /// The duration at this point of the exercise, in seconds.
    pub seconds: u32,
}

impl Incident {
    /// Returns the comparison for the checks that were made.
    pub fn debrief(&self, state: &DrillState) -> Debrief {
        let seen: Vec<QuestionId> = state.checked.iter().map(|checked| checked.question).collect();
        let differ = |card: CardId| {
            let difference =
                Difference::in_tree(&self.subject.tree, (self.subject.card, &self.truth.path), card, &seen);
            (card, difference.text(&self.subject.tree))
        };
        let of_tree = || self.tree_way().questions();
        Debrief {
            card: self.subject.card,
            made: self.asked(seen.iter().copied()),
            best: self.asked(self.shortest_set().iter().copied()),
            of_tree: (self.asked(of_tree()), self.time(of_tree())),
            wrong: self.wrong_cards(state).into_iter().map(differ).collect(),
            seconds: (self.spent(state), self.best().1),
            deductions: self.deductions(state),
        }
    }

    /// Rates each check by the alternatives at that time.
    ///
    /// The alternatives are judged in hindsight, because the true answers are known here.
    fn asked(&self, questions: impl Iterator<Item = QuestionId>) -> Vec<Asked> {
        let mut state = DrillState::default();
        let mut asked = Vec::new();
        for question in questions {
            let best = self.most_telling(&state).map(|(check, left)| {
                let seconds = self.cost(check.question, &state);
                Better { question: check.question, left, seconds }
            });
            self.find_out(&mut state, question);
            let Some(checked) = state.checked.last().filter(|checked| checked.question == question) else { continue };
            let (before, after) = checked.left;
            asked.push(Asked {
                question,
                given: checked.given,
                left: (before, after),
                better: best.filter(|best| best.left < after),
                told_most: after < before && best.is_none_or(|best| best.left >= after),
                is_wrong_turn: checked.is_wrong_turn,
            });
        }
        asked
    }
}
