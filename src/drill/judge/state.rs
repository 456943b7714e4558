//! What somebody does in an exercise, and where that leaves them.

use crate::drill::judge::hint::{Hint, HintLevel};
use crate::tree::{CardId, QuestionId, RemedyRef};
use crate::walk::Given;

/// One thing that somebody does. A list of these is a drill.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DrillAction {
    /// Finds out about a question; only in an incident.
    Check(QuestionId),
    /// Names a card.
    Name {
        /// The card.
        card: CardId,
        /// It was typed, and not picked from a list.
        typed: bool,
    },
    /// Names the remedy to try first, by its position in the card.
    Remedy(RemedyRef),
    /// Takes the next hint.
    Hint,
    /// Says honestly that they do not know, and goes on to find out.
    DontKnow,
    /// Gives up, and wants to see how it would have gone.
    GiveUp,
}

/// What an exercise waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// A card.
    #[default]
    Naming,
    /// The remedy to try first.
    Remedy,
    /// Nothing: it is over.
    Done,
}

/// Where the moves so far leave whoever made them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DrillState {
    /// What the exercise waits for.
    pub stage: Stage,
    /// What was checked, in order, each question once.
    pub checked: Vec<Checked>,
    /// The check that was looked at last, for the first time or again.
    pub looking: Option<QuestionId>,
    /// The cards that were named, in order.
    pub named: Vec<CardId>,
    /// The last card was typed, and not picked from a list.
    pub typed: bool,
    /// The remedy that was named.
    pub remedy: Option<RemedyRef>,
    /// The hints that were given, in order; those that cost nothing among them.
    pub hints: Vec<Hint>,
    /// How many hints were given since something was last found out.
    pub(in crate::drill) hint_level: usize,
    /// How often they said that they do not know.
    pub unknowns: usize,
    /// How many checks were made when they last said so.
    pub unsure_after: Option<usize>,
    /// They gave up before the end.
    pub gave_up: bool,
}

/// A question that was checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The question.
    pub question: QuestionId,
    /// What it says.
    pub given: Given,
    /// How many cards were possible before, and after.
    pub left: (usize, usize),
    /// It found nothing and excluded nothing, and neither the tree nor the team would have asked it there.
    pub is_wrong_turn: bool,
}

impl DrillState {
    /// Whether it is over.
    pub fn is_done(&self) -> bool {
        self.stage == Stage::Done
    }

    /// Whether the answer is given: a card was named, or they gave up.
    ///
    /// The first card that is named is the answer. What comes later (another card, a remedy) does not change what
    /// [`Exercise::answered`](crate::drill::Exercise::answered) says, so the answer can be kept before anything is said of it.
    pub fn is_answered(&self) -> bool {
        self.gave_up || !self.named.is_empty()
    }

    /// Whether they do not know what comes next: they said so, and have found out nothing since, nor taken a hint.
    pub fn is_unsure(&self) -> bool {
        self.unsure_after == Some(self.checked.len())
    }

    /// What the hints cost together, in points.
    pub fn price(&self) -> u32 {
        self.hints.iter().map(|hint| hint.price).sum()
    }

    /// What the next hint is to be about, if the ladder goes on.
    pub fn next_level(&self) -> Option<HintLevel> {
        HintLevel::ALL.get(self.hint_level).copied()
    }

    pub(in crate::drill) fn take_hint(&mut self, hint: Hint) {
        self.hint_level += 1;
        // What is said last is what is looked at.
        self.unsure_after = None;
        self.hints.push(hint);
    }

    pub(in crate::drill) fn give_up(&mut self) {
        self.gave_up = true;
        self.stage = Stage::Done;
    }
}
