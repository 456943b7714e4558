//! Puts the lines of a dialogue together.

use crate::text;

/// The width to which text is wrapped, in columns.
pub(super) const WIDTH: usize = 78;

/// Returns the beginning of a typed line, to be repeated.
///
/// The operator typed the line and knows the rest.
pub(super) fn quoted(line: &str) -> String {
    text::fit(line, WIDTH, "...")
}

/// Lines that are being put together.
#[derive(Default)]
pub(super) struct LineWriter {
    text: String,
}

impl LineWriter {
    /// A line of text, wrapped.
    pub(super) fn text(&mut self, text: &str) {
        let indent = text.len() - text.trim_start().len();
        for (at, line) in text::wrap(text.trim_start(), WIDTH - indent.min(8)).into_iter().enumerate() {
            let lead = if at == 0 { indent } else { indent.max(2) };
            self.text.push_str(&format!("{}{line}\n", " ".repeat(lead)));
        }
    }

    /// Entries with their numbers, from 1.
    pub(super) fn numbered(&mut self, entries: impl Iterator<Item = String>) {
        for (at, entry) in entries.enumerate() {
            self.text(&format!("{}. {entry}", at + 1));
        }
    }

    /// Text as it is.
    pub(super) fn raw(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// All of it.
    pub(super) fn done(self) -> String {
        self.text
    }
}
