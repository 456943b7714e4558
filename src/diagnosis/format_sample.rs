//! Tells an input's log format, or the kind of its tables.
//!
//! The format is told from the first lines.

use std::sync::Arc;

use crate::recognize::LogFormats;
use crate::segment::{InputForm, Piece, PieceKind, RowCounts};
use crate::text::{self, CleanText};

/// Lines of an input that are looked at.
///
/// Enough to tell the format of a log, and read in less than a millisecond.
const SAMPLED: u64 = 1000;

/// Bytes of the longest line that is looked at.
///
/// An access log line has up to 16 KiB of URL and headers. The bound keeps the work for hostile input small.
const LONGEST: usize = 32 << 10;

/// Counts the formats of the first lines of an input.
#[derive(Clone, Debug)]
pub struct FormatSample {
    formats: Arc<LogFormats>,
    /// Lines by format.
    counts: Vec<u64>,
    /// Lines that are not blank.
    lines: u64,
    /// Whether there were more lines than are looked at.
    is_cut: bool,
}

/// The log format of an input, or the kind of its tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadAs {
    /// The id of the format.
    pub id: CleanText,
    /// The title of the format.
    pub title: CleanText,
    /// The lines of the format among those that were looked at.
    pub lines: u64,
    /// The lines that were looked at.
    pub of: u64,
    /// Whether these are only the first lines.
    pub is_beginning: bool,
}

impl FormatSample {
    /// Starts without lines.
    pub(super) fn new(formats: &Arc<LogFormats>) -> Self {
        Self { formats: Arc::clone(formats), counts: Vec::new(), lines: 0, is_cut: false }
    }

    /// Takes the next piece of the input.
    ///
    /// Only lines have a format.
    pub fn take(&mut self, piece: Piece<'_>) {
        if !matches!(piece.kind, PieceKind::Lines | PieceKind::Block) {
            return;
        }
        for line in piece.bytes.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty()) {
            if self.lines >= SAMPLED {
                self.is_cut = true;
                return;
            }
            self.lines += 1;
            if line.len() > LONGEST {
                continue;
            }
            let line = text::clean_line(&String::from_utf8_lossy(line));
            let Some(format) = self.formats.format_of(&line) else { continue };
            let Some(at) = self.formats.formats().position(|known| Arc::ptr_eq(known, format)) else { continue };
            if self.counts.len() <= at {
                self.counts.resize(at + 1, 0);
            }
            if let Some(count) = self.counts.get_mut(at) {
                *count += 1;
            }
        }
    }

    /// Returns the kind of the tables, or the format of the lines.
    ///
    /// At least half of the lines have the format.
    pub fn read_as(&self, form: &InputForm) -> Option<ReadAs> {
        let RowCounts { csv, printed, unfit } = form.rows;
        let rows = csv + printed;
        if rows > 0 {
            let (id, title) = if csv > 0 { ("csv", "CSV") } else { ("table", "a table") };
            return Some(ReadAs {
                id: id.into(),
                title: title.into(),
                lines: rows,
                of: rows + unfit,
                is_beginning: false,
            });
        }
        let most = self.formats.formats().zip(&self.counts).max_by_key(|(_, count)| **count);
        let (format, count) = most.filter(|(_, count)| **count * 2 >= self.lines && **count > 0)?;
        Some(ReadAs {
            id: format.id.clone(),
            title: format.title.clone(),
            lines: *count,
            of: self.lines,
            is_beginning: self.is_cut,
        })
    }
}
