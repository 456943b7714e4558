//! Names what the program wants done outside.

use crate::drill::progress::Answered;
use crate::tree::{CardId, Tree};

/// Asks for something to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send this text to the terminal's clipboard.
    Copy(String),
    /// Note that a card was opened.
    Opened {
        /// The tree's id.
        tree: String,
        /// The card's id.
        card: String,
    },
    /// Keep an answer given in training.
    Answered {
        /// The answer.
        answered: Answered,
        /// The seed of the exercise.
        seed: u64,
    },
    /// Give the terminal back and stop the process until it is continued.
    Suspend,
    /// End, as the operator wants it.
    Quit,
    /// End at once, as by an interrupt.
    Interrupt,
}

impl Effect {
    /// Notes that a card was opened.
    pub fn opened(tree: &Tree, card: CardId) -> Self {
        Effect::Opened { tree: tree.id.to_string(), card: tree.card(card).id.to_string() }
    }
}
