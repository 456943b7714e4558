//! What a text is cut into.

use crate::diagnosis::{At, Scanner, Tally};

/// A part of a text that can be looked through by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'b> {
    /// Whole lines; beside documents and in lines of more than 1 MiB, parts of a line.
    Lines {
        /// The text.
        bytes: &'b [u8],
        /// The number of its first line, from 1.
        line: usize,
    },
    /// One JSON value, without anything around it.
    Document {
        /// The value.
        bytes: &'b [u8],
        /// The number of the line in which it begins, from 1.
        line: usize,
    },
}

impl Piece<'_> {
    /// Looks through it.
    pub fn scan(self, scanner: &Scanner, path: &str, tally: &mut Tally) {
        match self {
            Piece::Lines { bytes, line } => scanner.lines(bytes, At { path, line }, tally),
            Piece::Document { bytes, line } => scanner.document(bytes, At { path, line }, tally),
        }
    }
}
