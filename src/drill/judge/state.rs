//! Defines the actions of a trainee and the state after them.

use crate::drill::judge::hint::{Hint, HintLevel};
use crate::tree::{CardId, QuestionId, RemedyRef};
use crate::walk::Given;

/// One action of a trainee; a list of actions determines the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrillAction {
    /// Points to the line that matters, by its place.
    Line(usize),
    /// Makes the check of a question; only in an incident.
    Check(QuestionId),
    /// Names a card.
    Name {
        /// The card that is named.
        card: CardId,
        /// Whether the name was typed, not picked from a list.
        typed: bool,
    },
    /// Chooses the remedy to try first.
    Remedy(RemedyRef),
    /// Takes the next hint.
    Hint,
    /// Says "I don't know" and goes on.
    DontKnow,
    /// Gives up and sees the solution.
    GiveUp,
}

/// The kind of answer that an exercise waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// The line that matters.
    Line,
    /// A card.
    #[default]
    Naming,
    /// The remedy to try first.
    Remedy,
    /// No answer: the exercise is over.
    Done,
}

/// The state of an exercise after some actions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DrillState {
    /// The kind of answer that the exercise waits for.
    pub stage: Stage,
    /// The line that was pointed to, by its place.
    pub line: Option<usize>,
    /// The checks that were made, in order, each question once.
    pub checked: Vec<Checked>,
    /// The question whose output was looked at last.
    pub looking: Option<QuestionId>,
    /// The named cards, in order.
    pub named: Vec<CardId>,
    /// Whether the last card was typed, not picked from a list.
    pub typed: bool,
    /// The remedy that was chosen.
    pub remedy: Option<RemedyRef>,
    /// The hints that were given, in order, including free ones.
    pub hints: Vec<Hint>,
    /// The position of the next hint in [`HintLevel::ALL`].
    ///
    /// It is 0 again if another check becomes the most useful one, but not after the last level.
    pub(crate) hint_level: usize,
    /// The number of times the trainee said "I don't know".
    pub unknowns: usize,
    /// The number of checks made before the latest "I don't know".
    ///
    /// A hint resets it to `None`.
    pub unsure_after: Option<usize>,
    /// Whether the trainee gave up.
    pub gave_up: bool,
}

/// A check that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The question that the check answered.
    pub question: QuestionId,
    /// The answer that the output gives.
    pub given: Given,
    /// The number of possible cards before and after the check.
    pub left: (usize, usize),
    /// Whether the check found and ruled out nothing and was not proposed.
    ///
    /// Checks from the tree's walks, the team's order and the shortest set of checks are proposed.
    pub is_wrong_turn: bool,
}

impl DrillState {
    /// Returns whether the exercise is over.
    pub fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// Returns whether a card was named or the trainee gave up.
    ///
    /// The first named card is the answer. Later actions (another card, a remedy) cost points, but do not change the
    /// result of [`Exercise::answered`](crate::drill::Exercise::answered). Therefore the answer can be written to the
    /// journal before the solution is shown.
    pub fn is_answered(&self) -> bool {
        self.gave_up || !self.named.is_empty()
    }

    /// Returns whether "I don't know" is still unanswered.
    ///
    /// A hint or another check answers it. Looking at an output again or naming a card does not.
    pub fn is_unsure(&self) -> bool {
        self.unsure_after == Some(self.checked.len())
    }

    /// Returns the price of all hints, in points.
    pub fn price(&self) -> u32 {
        self.hints.iter().map(|hint| hint.price).sum()
    }

    /// Returns the level of the next hint; `None` after the last level.
    pub fn next_level(&self) -> Option<HintLevel> {
        HintLevel::ALL.get(self.hint_level).copied()
    }

    pub(crate) fn take_hint(&mut self, hint: Hint) {
        self.hint_level += 1;
        // The hint replaces the tree's next question on the screen.
        self.unsure_after = None;
        self.hints.push(hint);
    }

    pub(crate) fn give_up(&mut self) {
        self.gave_up = true;
        self.stage = Stage::Done;
    }
}
