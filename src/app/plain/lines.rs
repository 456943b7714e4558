//! Puts the lines of a dialogue together.

use crate::export::{Block, plain};
use crate::text;

/// Columns of a terminal whose width is unknown.
pub(super) const WIDTH: usize = 80;

/// The fewest columns to which text is wrapped.
///
/// Narrower lines would hold one word each.
const NARROWEST: usize = 20;

/// Stands before the typed line.
const MARK: &str = "> ";

/// Lines that are being put together.
pub(super) struct LineWriter {
    text: String,
    width: usize,
}

impl LineWriter {
    /// Begins lines of at most `width` columns.
    pub(super) fn new(width: usize) -> Self {
        Self { text: String::new(), width: width.max(NARROWEST) }
    }

    /// A line of text, wrapped between words.
    pub(super) fn text(&mut self, text: &str) {
        let indent = text.len() - text.trim_start().len();
        let rest = indent.max(2);
        let room = self.width.saturating_sub(rest.min(8));
        for (at, line) in text::wrap_words(text.trim_start(), room).into_iter().enumerate() {
            let lead = if at == 0 { indent } else { rest };
            self.text.push_str(&format!("{}{line}\n", " ".repeat(lead)));
        }
    }

    /// Entries with their numbers, from 1.
    pub(super) fn numbered(&mut self, entries: impl Iterator<Item = String>) {
        for (at, entry) in entries.enumerate() {
            self.text(&format!("{}. {entry}", at + 1));
        }
    }

    /// Blocks of a card or an exercise.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            match block {
                Block::Heading(text) => self.heading(text),
                Block::Text(text) => self.text(text),
                block => {
                    let written = plain::blocks(std::slice::from_ref(block), self.width);
                    self.text.push_str(written.trim_start_matches('\n'));
                }
            }
        }
    }

    /// A heading, with a colon unless it ends a sentence.
    pub(super) fn heading(&mut self, text: &str) {
        let colon = if text.ends_with([':', '?', '.', '!']) { "" } else { ":" };
        self.text(&format!("{text}{colon}"));
    }

    /// A command on a line of its own, which is never broken.
    pub(super) fn command(&mut self, command: &str) {
        self.text.push_str(&format!("  $ {command}\n"));
    }

    /// Text as it is.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Names what can be typed now, and ends with a mark.
    pub(super) fn prompt(&mut self, text: &str) {
        self.text(text);
        self.text.push_str(MARK);
    }

    /// All of it.
    pub(super) fn done(self) -> String {
        self.text
    }
}
