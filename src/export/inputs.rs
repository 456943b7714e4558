//! Names and counts what was read.

use super::format::{capital, many};
use crate::diagnosis::{Diagnosis, Input};

/// Says that the first input points to no card.
///
/// Example: `Standard input: plain text, 120 lines. Nothing in it points to a card.`
pub fn nothing_in(diagnosis: &Diagnosis) -> String {
    let read = diagnosis.inputs.first().map(|input| {
        let counted = if input.bytes == 0 { String::new() } else { format!(", {}", counted(input)) };
        let unexplained = match diagnosis.unexplained.count {
            0 => String::new(),
            count => format!(" {}.", many(count, "line looks like a problem", "lines look like problems")),
        };
        (format!("{}: {}{counted}", capital(name_of(input)), input.kind), unexplained)
    });
    let (read, unexplained) = read.unwrap_or_default();
    format!("{read}. Nothing in it points to a card.{unexplained}")
}

/// Names an input.
pub(super) fn name_of(input: &Input) -> &str {
    if input.path == "-" { "standard input" } else { &input.path }
}

/// Counts the records or lines of an input.
pub(super) fn counted(input: &Input) -> String {
    match input.kind.contains("text") {
        true => many(input.records, "line", "lines"),
        false => many(input.records, "record", "records"),
    }
}
