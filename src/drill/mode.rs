//! Names the kinds of exercises.

use serde::{Deserialize, Serialize};

/// A kind of exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// Shows log lines and asks for their card.
    #[serde(alias = "recognise")]
    Recognize,
    /// Opens with an alarm and asks which card is its cause.
    Incident,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_spelling_is_read_and_not_written() {
        for written in ["\"recognize\"", "\"recognise\""] {
            assert_eq!(serde_json::from_str::<Mode>(written).unwrap(), Mode::Recognize);
        }
        assert_eq!(serde_json::to_string(&Mode::Recognize).unwrap(), "\"recognize\"");
    }
}
