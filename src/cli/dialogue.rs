//! Reads lines that a person types, or that are piped in.

use std::io::{self, BufRead};

use super::context::Context;
use super::failure::Failure;
use crate::store::{BoundedLine, BoundedLines};

/// Bytes of the longest line that is read.
///
/// Far more than a person types, and more than a line of most logs.
const LONGEST_LINE: usize = 1 << 20;

/// Returns the lines that are typed, or piped into a dialogue.
pub(super) fn typed_lines<R: BufRead>(input: R) -> BoundedLines<R> {
    BoundedLines::new(input, LONGEST_LINE)
}

/// Reads the next line; `None` at the end of the input.
///
/// A line may contain any bytes. A warning says if the line is cut.
pub(super) fn typed(
    context: &mut Context,
    lines: &mut impl Iterator<Item = io::Result<BoundedLine>>,
) -> Result<Option<String>, Failure> {
    let line = lines.next().transpose().map_err(|error| {
        Failure::usage(format!("cannot read standard input: {error}"), "check where standard input comes from")
    })?;
    if line.as_ref().is_some_and(|line| line.is_cut) {
        context.output.warn(&format!("That line is too long; only its first {} MiB are used.", LONGEST_LINE >> 20));
    }
    Ok(line.map(|line| line.text()))
}
