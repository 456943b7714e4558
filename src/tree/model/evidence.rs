//! What a tree says of evidence: how a card shows, what can lead to it, what fills its commands.

use crate::text::CleanText;
use crate::tree::pattern::{Pattern, Template};
use crate::tree::problem::Place;
use crate::tree::source::evidence::{BackAndForth, FillSource};

/// A placeholder of commands, and where its value is found in records and documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fill {
    /// The placeholder's name.
    pub name: CleanText,
    /// Where its value is found, the best first.
    pub sources: Vec<FillSource>,
}

/// A pattern that points to a card.
#[derive(Clone, Debug)]
pub struct Signature {
    /// The pattern.
    pub pattern: Pattern,
    /// When one line says little: what must take turns in many.
    pub back_and_forth: Option<BackAndForth>,
    /// Where it is written, for messages.
    pub place: Place,
    /// The error string as its vendor prints it.
    pub documented: Option<CleanText>,
    /// Lines that it matches.
    pub samples: Vec<CleanText>,
    /// Lines that it must not match.
    pub never: Vec<CleanText>,
}

impl Signature {
    /// Whether one line says little, and many only if something takes turns in them.
    pub fn needs_turns(&self) -> bool {
        self.back_and_forth.is_some()
    }
}

/// Something that can lead to a card's trouble without proving it: a setting, say.
#[derive(Clone, Debug)]
pub struct Risk {
    /// How it is recognised.
    pub pattern: Pattern,
    /// Where it is written, for messages.
    pub place: Place,
    /// What it means, a sentence; may name the captures of the pattern in braces.
    pub says: Template,
    /// Lines or documents in which it is found.
    pub samples: Vec<CleanText>,
    /// Lines or documents in which it must not be found.
    pub never: Vec<CleanText>,
}
