//! Names what the program wants done outside.

use crate::drill::progress::Answered;
use crate::session::CaseChange;
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
    /// Keep what has happened in a case.
    Case(CaseChange),
    /// Open a case that was kept, to go on with it.
    OpenCase {
        /// The number that the case gets in this run.
        case: u64,
        /// The id of the case.
        id: String,
    },
    /// Do all of this, in this order.
    Several(Vec<Effect>),
    /// Give the terminal back and stop the process until it is continued.
    Suspend,
    /// End, as the operator wants it.
    Quit,
    /// End at once, as by an interrupt.
    Interrupt,
}

impl Effect {
    /// Joins effects to one; `None` without any.
    pub fn all(mut effects: Vec<Effect>) -> Option<Self> {
        match effects.len() {
            0 | 1 => effects.pop(),
            _ => Some(Effect::Several(effects)),
        }
    }

    /// Returns the single effects in order.
    pub fn each(self) -> Vec<Effect> {
        match self {
            Effect::Several(effects) => effects,
            single => vec![single],
        }
    }

    /// Notes that a card was opened.
    pub fn opened(tree: &Tree, card: CardId) -> Self {
        Effect::Opened { tree: tree.id.to_string(), card: tree.card(card).id.to_string() }
    }
}
