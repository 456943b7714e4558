//! Signatures, risks, successes and fills: how a tree uses evidence.

use serde::{Deserialize, Serialize};

use super::ids::{OptionId, QuestionId};
use crate::text::CleanText;
use crate::tree::pattern::{Pattern, Template};
use crate::tree::problem::Place;
use crate::tree::source::evidence::{BackAndForth, FillSource};

/// A placeholder of commands, and the sources of its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fill {
    /// The placeholder's name.
    pub name: CleanText,
    /// The sources in records and documents, the best first.
    pub sources: Vec<FillSource>,
}

/// A pattern of lines that name values and say nothing else.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Mention {
    /// The text or fields to find.
    pub pattern: Pattern,
    /// The placeholders of the pattern that are placeholders of commands, too.
    pub names: Vec<CleanText>,
    /// The values that the line implies, by placeholder.
    pub implies: Vec<(CleanText, CleanText)>,
}

/// A pattern that points to a card.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Signature {
    /// The text, fields or paths to find.
    pub pattern: Pattern,
    /// The field that must change back and forth in many lines.
    pub back_and_forth: Option<BackAndForth>,
    /// The place in the file, for messages.
    pub place: Place,
    /// The error string as its vendor prints it.
    pub documented: Option<CleanText>,
    /// Lines that it matches.
    pub samples: Vec<CleanText>,
    /// Lines that it must not match.
    pub never: Vec<CleanText>,
    /// Whether a line with it confirms the card.
    ///
    /// A status or code does not, unless it is documented to mean one thing.
    pub decides: bool,
}

impl Signature {
    /// Returns whether the signature needs a field that changes back and forth.
    pub fn needs_turns(&self) -> bool {
        self.back_and_forth.is_some()
    }
}

/// A pattern of a setting or event that can lead to trouble.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct RiskPattern {
    /// The text, fields or paths to find.
    pub pattern: Pattern,
    /// The place in the file, for messages.
    pub place: Place,
    /// The meaning, one sentence; may name captures of the pattern in braces.
    pub says: Template,
    /// Lines or documents in which it is found.
    pub samples: Vec<CleanText>,
    /// Lines or documents in which it must not be found.
    pub never: Vec<CleanText>,
}

/// A pattern of a line that says that something works.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SuccessPattern {
    /// The text, fields or paths to find.
    pub pattern: Pattern,
    /// The place in the file, for messages.
    pub place: Place,
    /// Lines that it matches.
    pub samples: Vec<CleanText>,
    /// Lines that it must not match.
    pub never: Vec<CleanText>,
}

/// The owner of a pattern of `tree.json`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PatternOwner {
    /// An option of a question, with the position of the pattern.
    Option(QuestionId, OptionId, usize),
    /// The harmless lines, with the position of the pattern.
    Harmless(usize),
    /// The reports on other systems, with the position of the pattern.
    Foreign(usize),
    /// The lines that name values, with the position of the pattern.
    Mention(usize),
}

/// The samples of a pattern of `tree.json`, which only checks read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PatternSamples {
    /// The owner of the pattern.
    pub owner: PatternOwner,
    /// The place in the file, for messages.
    pub place: Place,
    /// Lines or documents in which it is found.
    pub samples: Vec<CleanText>,
    /// Lines or documents in which it must not be found.
    pub never: Vec<CleanText>,
}
