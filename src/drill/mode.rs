//! The kinds of exercises.

use serde::{Deserialize, Serialize};

/// A kind of exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Recognize the card of some log lines.
    Recognise,
    /// Find the card by checks.
    Incident,
}
