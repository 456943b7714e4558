//! How it went, beside the shortest way there was, and the tree's own walk.

use crate::drill::generate::incident::Incident;
use crate::drill::judge::score::Deduction;
use crate::drill::judge::state::{DrillAction, DrillState};
use crate::drill::judge::why_not::Difference;
use crate::tree::{CardId, QuestionId};
use crate::walk::Given;

/// How an incident went.
#[derive(Clone, Debug, PartialEq)]
pub struct Debrief {
    /// The hidden card.
    pub card: CardId,
    /// The checks that were made.
    pub made: Vec<Asked>,
    /// The checks of the shortest way that there is.
    pub best: Vec<Asked>,
    /// The checks of the tree's own walk, the shorter of those that it proposes, and their seconds.
    pub of_tree: (Vec<Asked>, u32),
    /// The cards that were named and that it is not, each with what would have had to be different.
    pub wrong: Vec<(CardId, String)>,
    /// The seconds that were spent, and those of the shortest way.
    pub seconds: (u32, u32),
    /// What is missing of the full score, and why.
    pub deductions: Vec<(Deduction, u32)>,
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
    /// What would have left the fewest cards there; `None` if nothing would have left fewer than this one.
    pub better: Option<Better>,
    /// Nothing that could be found out there would have left fewer.
    pub told_most: bool,
    /// It found nothing and excluded nothing, and neither the tree nor the team would have asked it there.
    pub is_wrong_turn: bool,
}

/// A check that would have told more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Better {
    /// Its question.
    pub question: QuestionId,
    /// How many cards it would have left.
    pub left: usize,
    /// What it would have taken there, in seconds.
    pub seconds: u32,
}

impl Incident {
    /// How it went.
    pub fn debrief(&self, state: &DrillState) -> Debrief {
        let seen: Vec<QuestionId> = state.checked.iter().map(|checked| checked.question).collect();
        let differ = |card: CardId| {
            let difference = Difference::in_tree(&self.tree, (self.card(), &self.truth.path), card, &seen);
            (card, difference.text(&self.tree))
        };
        let of_tree = || self.tree_way().steps.iter().map(|(question, _)| *question);
        Debrief {
            card: self.card(),
            made: self.asked(seen.iter().copied()),
            best: self.asked(self.best_way().iter().copied()),
            of_tree: (self.asked(of_tree()), self.time(of_tree())),
            wrong: self.wrong_cards(state).into_iter().map(differ).collect(),
            seconds: (self.spent(state), self.best().1),
            deductions: self.deductions(state),
        }
    }

    /// What each of some checks was worth where it was made, beside what the others would have told there: their answers
    /// are known now.
    fn asked(&self, questions: impl Iterator<Item = QuestionId>) -> Vec<Asked> {
        let mut state = DrillState::default();
        let mut asked = Vec::new();
        for question in questions {
            let best = self.most_telling(&state).map(|(check, left)| {
                let seconds = self.cost(check.question, &state);
                Better { question: check.question, left, seconds }
            });
            self.step(&mut state, DrillAction::Check(question));
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
