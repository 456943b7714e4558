//! Finds the lines of one error message.
//!
//! Tools print an error as several lines: behind a drawn margin (`│ Error: …`), or as a line `Error: …` with named details
//! below it (`Service: …`). Only together they say which part of which system failed.

use super::decoration::{MARGIN, without_colors};

/// Bytes of the longest block that is held.
///
/// 16 KiB are about 200 lines; messages of tools have some twenty.
const LONGEST_BLOCK: usize = 16 << 10;

/// Letters of the longest name of a detail: `Provider version`.
const LONGEST_NAME: usize = 32;

/// The word before a message.
const ERROR: &[u8] = b"Error: ";

/// The form of the lines of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BlockForm {
    /// Each line stands behind a margin.
    Margin,
    /// A line names the error, and details follow.
    Details,
}

impl BlockForm {
    /// Returns the form of a block that may begin with a line.
    pub(super) fn of(line: &[u8]) -> Option<Self> {
        if !matches!(line.first(), Some(b'E' | 0xe2 | 0x1b)) {
            return None;
        }
        let line = without_colors(line);
        match () {
            () if has_margin(line) => Some(BlockForm::Margin),
            () if line.starts_with(ERROR) => Some(BlockForm::Details),
            () => None,
        }
    }

    /// Returns whether a later line belongs to the block.
    pub(super) fn has(self, line: &[u8]) -> bool {
        let line = without_colors(line);
        match self {
            BlockForm::Margin => has_margin(line),
            BlockForm::Details => !line.starts_with(ERROR) && (line.starts_with(b"[") || has_name(line)),
        }
    }

    /// Returns whether a block of some bytes takes more lines.
    pub(super) fn has_room(length: usize) -> bool {
        length < LONGEST_BLOCK
    }
}

/// Returns whether a margin stands before the text, and none behind it.
///
/// With both, it is a row of a table.
fn has_margin(line: &[u8]) -> bool {
    line.strip_prefix(MARGIN.as_bytes()).is_some_and(|text| !text.trim_ascii_end().ends_with(MARGIN.as_bytes()))
}

/// Returns whether a line begins with a name: `Request Target: …`.
fn has_name(line: &[u8]) -> bool {
    let name = memchr::memchr(b':', line.get(..line.len().min(LONGEST_NAME)).unwrap_or_default());
    let name = name.and_then(|end| line.get(..end)).unwrap_or_default();
    name.first().is_some_and(u8::is_ascii_uppercase)
        && name.iter().all(|byte| byte.is_ascii_alphabetic() || *byte == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_begins_with_a_margin_or_an_error() {
        let form = |line: &str| BlockForm::of(line.as_bytes());
        for line in ["│ Error: no", "│", "\u{1b}[31m│\u{1b}[0m \u{1b}[1mError: no"] {
            assert_eq!(form(line), Some(BlockForm::Margin), "{line}");
        }
        assert_eq!(form("Error: 409-Conflict"), Some(BlockForm::Details));
        assert_eq!(form("\u{1b}[1;31mError: no"), Some(BlockForm::Details));
        for line in ["", "│ a │ b │", "Errors: 3", "E0115 10:20:31 Error: no", "  Error: no", "\u{1b}[31", "╷"]
        {
            assert_eq!(form(line), None, "{line}");
        }
    }

    #[test]
    fn named_details_belong_to_an_error() {
        let has = |line: &str| BlockForm::Details.has(line.as_bytes());
        for line in ["Service: web", "API Reference:  ", "OPC request ID: 1F/2", "[Constraint violation: empty]."] {
            assert!(has(line), "{line}");
        }
        for line in ["", "Error: another", "  with web.a,", "10:20:31 GET / 200", "level: error", "at main (a.js:1:2)"]
        {
            assert!(!has(line), "{line}");
        }
        assert!(BlockForm::Margin.has("│   with web.a,".as_bytes()) && !BlockForm::Margin.has("╵".as_bytes()));
    }
}
