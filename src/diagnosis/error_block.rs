//! Searches the lines of one error message.
//!
//! A line by itself may only have a code that many systems print, and another line the name of the system. So the lines
//! are searched one by one and as one text. The text counts if it names a card and no line does, or if it shows that the
//! code is of another system.

use super::candidate_lines::ScanBuffers;
use super::scan::{At, Scanner};
use super::tally::Tally;
use crate::segment::MARGIN;
use crate::text;

impl Scanner {
    /// Searches an error message of several lines.
    ///
    /// `before` are the lines before it.
    pub(super) fn error_block(
        &self,
        block: &[u8],
        at: At<'_>,
        before: &[u8],
        memory: &mut ScanBuffers,
        tally: &mut Tally,
    ) {
        let mut by_lines = Tally::default();
        self.lines_behind(block, at, before, memory, &mut by_lines);
        if by_lines.names_a_card() {
            return tally.append(&mut by_lines);
        }
        let mut whole = Tally::default();
        self.lines(one_line(block).as_bytes(), at, memory, &mut whole);
        (whole.records, whole.error_blocks) = (by_lines.records, by_lines.error_blocks);
        let is_foreign = by_lines.points_to_cards() && !whole.points_to_cards();
        tally.append(if whole.names_a_card() || is_foreign { &mut whole } else { &mut by_lines });
    }
}

/// Returns the lines of a block as one line, without the margin.
fn one_line(block: &[u8]) -> String {
    let cleaned = text::clean(&String::from_utf8_lossy(block));
    let lines = cleaned.lines().map(|line| line.trim_start_matches(MARGIN).trim());
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}
