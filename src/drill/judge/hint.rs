//! The ladder of hints: what to look at, where, half of the answer.

use crate::tree::CardId;

/// What a hint is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HintLevel {
    /// What to look at.
    What,
    /// Where it is.
    Where,
    /// Half of the answer.
    Half,
}

impl HintLevel {
    /// All of them, in the order in which they are given.
    pub const ALL: &'static [HintLevel] = &[HintLevel::What, HintLevel::Where, HintLevel::Half];

    /// What it costs, in points.
    pub fn price(self) -> u32 {
        match self {
            HintLevel::What => 5,
            HintLevel::Where => 10,
            HintLevel::Half => 20,
        }
    }
}

/// A hint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// What it is about.
    pub level: HintLevel,
    /// What it says.
    pub text: String,
    /// A command that goes with it.
    pub command: Option<String>,
    /// Of a half answer: the cards among which the right one is.
    pub among: Vec<CardId>,
    /// What it cost, in points; nothing if it had nothing to say.
    pub price: u32,
}
