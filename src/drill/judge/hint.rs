//! Defines the hints of an exercise and their prices.
//!
//! A hint costs points because it uses the solution. "I don't know" costs nothing, because it shows only what the tree
//! says to every user.

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
    /// How much the hint says.
    pub level: HintLevel,
    /// The hint in words, for the trainee.
    pub text: String,
    /// The command of the check that the hint names, if any.
    pub command: Option<String>,
    /// The cards of a half answer, one of which is right.
    pub among: Vec<CardId>,
    /// The price in points; 0 if there was nothing useful to say.
    pub price: u32,
}
