//! Names the kinds of exercises.

use serde::{Deserialize, Serialize};

/// A kind of exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Shows log lines and asks for their card.
    #[serde(rename = "recognise")]
    Recognize,
    /// Opens with an alarm and asks which card is its cause.
    Incident,
}
