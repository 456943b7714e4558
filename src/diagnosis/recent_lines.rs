//! Keeps the last lines of an input, for the blocks behind them.

use super::block_state::CONTEXT;
use crate::segment::{Piece, PieceKind};
use crate::walk::EvidenceSource;

/// The last lines before a piece, if they are its neighbors.
#[derive(Clone, Debug, Default)]
pub struct RecentLines {
    /// Whole lines.
    ///
    /// Longer than needed, so that it is seldom cut.
    text: Vec<u8>,
    source: Option<EvidenceSource>,
}

impl RecentLines {
    /// Keeps the end of a piece that was read.
    pub fn take(&mut self, piece: Piece<'_>, source: &EvidenceSource) {
        let Piece { kind, bytes, line } = piece;
        // A part of a line is no neighbor, and neither is a value in JSON.
        if !matches!(kind, PieceKind::Lines | PieceKind::Block) || !bytes.ends_with(b"\n") {
            self.text.clear();
            return;
        }
        if !self.are_before(line, source) {
            self.text.clear();
            self.source = Some(source.clone());
        }
        if bytes.len() > CONTEXT {
            self.text.clear();
        }
        self.text.extend_from_slice(last_lines(bytes));
        if self.text.len() > 2 * CONTEXT {
            let kept = last_lines(&self.text).len();
            self.text.drain(..self.text.len() - kept);
        }
    }

    /// Returns the lines before a line; nothing if they are not known.
    pub(super) fn before(&self, line: usize, source: &EvidenceSource) -> &[u8] {
        if self.are_before(line, source) { last_lines(&self.text) } else { &[] }
    }

    fn are_before(&self, line: usize, source: &EvidenceSource) -> bool {
        line > 1 && self.source.as_ref() == Some(source)
    }
}

/// Returns the lines that begin in the last [`CONTEXT`] bytes.
fn last_lines(text: &[u8]) -> &[u8] {
    let Some(cut) = text.len().checked_sub(CONTEXT + 1) else { return text };
    let rest = text.get(cut..).unwrap_or_default();
    let start = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
    rest.get(start..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(pieces: &[&str]) -> RecentLines {
        let (mut recent, mut line) = (RecentLines::default(), 1);
        for piece in pieces {
            recent
                .take(Piece { kind: PieceKind::Lines, bytes: piece.as_bytes(), line }, &EvidenceSource::StandardInput);
            line += piece.matches('\n').count();
        }
        recent
    }

    #[test]
    fn the_last_lines_are_kept_in_whatever_pieces_they_come() {
        let text: String = (0..4000).map(|at| format!("line {at}\n")).collect();
        let whole = after(&[&text]);
        let expected = whole.before(4001, &EvidenceSource::StandardInput);
        assert!(expected.ends_with(b"line 3999\n") && expected.starts_with(b"line "));
        assert!((CONTEXT - 20..=CONTEXT).contains(&expected.len()), "{}", expected.len());
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        assert_eq!(after(&lines).before(4001, &EvidenceSource::StandardInput), expected);
        let (head, tail) = text.split_at(text.find("line 3900").unwrap());
        assert_eq!(after(&[head, tail]).before(4001, &EvidenceSource::StandardInput), expected);
    }

    #[test]
    fn another_input_has_no_lines_before_it() {
        let recent = after(&["a\n", "b\n"]);
        assert_eq!(recent.before(3, &EvidenceSource::StandardInput), b"a\nb\n");
        assert_eq!(recent.before(1, &EvidenceSource::StandardInput), b"");
        assert_eq!(recent.before(3, &EvidenceSource::file("a.log")), b"");
        assert_eq!(after(&["a\n", "part of a line"]).before(2, &EvidenceSource::StandardInput), b"");
    }
}
