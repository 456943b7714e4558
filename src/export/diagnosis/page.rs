//! Collects the lines of a text of a given width.

use crate::text;

/// Options of the text.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Columns to wrap to.
    pub width: usize,
    /// Whether symbols beyond ASCII may be used.
    pub unicode: bool,
    /// Whether the text may be read aloud; then it has no curves.
    pub is_plain: bool,
}

/// The text so far, and its options.
pub(super) struct Page {
    pub text: String,
    pub style: Style,
}

impl Page {
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Adds text, wrapped behind an indent.
    ///
    /// The first line has `first` in place of the indent.
    pub(super) fn wrapped(&mut self, first: &str, indent: usize, words: &str) {
        let room = self.style.width.saturating_sub(indent).max(20);
        for (at, line) in text::wrap(words, room).into_iter().enumerate() {
            let lead = if at == 0 { first.to_owned() } else { " ".repeat(indent) };
            self.line(format!("{lead}{line}").trim_end());
        }
    }
}
