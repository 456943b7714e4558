//! Defines the hints of an exercise: which question, where the answer is, half of the answer.
//!
//! A hint costs points because it uses knowledge of the solution, unlike "I don't know", which shows only what the tree
//! says to anybody.

use crate::tree::CardId;

/// The levels of hints, in the order in which they are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HintLevel {
    /// The question to look at.
    What,
    /// The place of the answer.
    Where,
    /// Two cards, one of which is right.
    Half,
}

impl HintLevel {
    /// All levels, in the order in which they are given.
    pub const ALL: &'static [HintLevel] = &[HintLevel::What, HintLevel::Where, HintLevel::Half];

    /// Returns the price in points.
    ///
    /// Each level says more than the one before and costs twice as much.
    pub fn price(self) -> u32 {
        match self {
            HintLevel::What => 5,
            HintLevel::Where => 10,
            HintLevel::Half => 20,
        }
    }
}

/// A hint that was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The level.
    pub level: HintLevel,
    /// The text.
    pub text: String,
    /// The command that goes with it.
    pub command: Option<String>,
    /// The cards of a half answer, one of which is right.
    pub among: Vec<CardId>,
    /// The price in points; 0 if the hint had nothing to say.
    pub price: u32,
}
