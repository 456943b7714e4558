//! Compares a trainee's checks with better ones after an incident.
//!
//! The better ones are the shortest set of checks and the tree's own walk.

use crate::drill::generate::incident::Incident;
use crate::drill::judge::score::Deduction;
use crate::drill::judge::state::{Checked, DrillState};
use crate::drill::judge::why_not::Difference;
use crate::tree::{CardId, QuestionId};

/// The comparison that is shown after an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Debrief {
    /// The hidden card.
    pub card: CardId,
    /// The checks of the trainee.
    pub made: Vec<RatedCheck>,
    /// The shortest set of checks.
    pub best: Vec<RatedCheck>,
    /// The checks of the tree's shorter walk, and their duration in seconds.
    pub of_tree: (Vec<RatedCheck>, u32),
    /// The wrong cards that were named, each with the reason.
    pub wrong: Vec<(CardId, String)>,
    /// The seconds of the trainee's checks and of the shortest set.
    pub seconds: (u32, u32),
    /// The reasons for which points were deducted, and the points.
    pub deductions: Vec<(Deduction, u32)>,
}

/// A check, and how useful it was at that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RatedCheck {
    /// The check and what it ruled out.
    pub checked: Checked,
    /// The check that would have left the fewest cards.
    ///
    /// `None` if it would not have left fewer cards than this one.
    pub better: Option<Better>,
    /// Whether the check ruled out cards and no other left fewer.
    pub told_most: bool,
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
        let of_tree = || self.tree_walk().questions();
        Debrief {
            card: self.subject.card,
            made: self.rated(seen.iter().copied()),
            best: self.rated(self.shortest_set().iter().copied()),
            of_tree: (self.rated(of_tree()), self.time(of_tree())),
            wrong: self.wrong_cards(state).into_iter().map(differ).collect(),
            seconds: (self.spent(state), self.best().1),
            deductions: self.deductions(state),
        }
    }

    /// Rates each check by the alternatives at that time.
    ///
    /// The alternatives are judged in hindsight, because the true answers are known here.
    fn rated(&self, questions: impl Iterator<Item = QuestionId>) -> Vec<RatedCheck> {
        let mut state = DrillState::default();
        let mut rated = Vec::new();
        for question in questions {
            let best = self.most_telling(&state).map(|(check, left)| {
                let seconds = self.cost(check.question, &state);
                Better { question: check.question, left, seconds }
            });
            self.find_out(&mut state, question);
            let Some(checked) = state.checked.last().filter(|checked| checked.question == question) else { continue };
            let (before, after) = checked.left;
            rated.push(RatedCheck {
                checked: *checked,
                better: best.filter(|best| best.left < after),
                told_most: after < before && best.is_none_or(|best| best.left >= after),
            });
        }
        rated
    }
}
