//! A line that is being typed, with its cursor.
//!
//! The cursor moves by graphemes, which a person sees as one letter.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::keys::Action;
use crate::text;

/// The longest text that is kept, in bytes.
///
/// Enough for a pasted log record, not for a pasted log.
const MAX_BYTES: usize = 16 * 1024;

/// A line that is being typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineEdit {
    text: String,
    /// The byte before which the next letter goes; always between two graphemes.
    cursor: usize,
    /// The beginning says more than the end; true until an edit.
    is_read_from_start: bool,
}

impl LineEdit {
    /// A line with a text and the cursor at its end.
    pub fn with_text(text: &str) -> Self {
        let mut line = Self::default();
        line.insert(text);
        line
    }

    /// A line with a pasted text, of which the beginning is seen.
    pub fn with_paste(text: &str) -> Self {
        Self { is_read_from_start: true, ..Self::with_text(text) }
    }

    /// Returns whether the beginning is to be seen, not the cursor.
    pub fn is_read_from_start(&self) -> bool {
        self.is_read_from_start
    }

    /// Returns the text that is typed so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text before the cursor.
    pub fn before_cursor(&self) -> &str {
        self.text.get(..self.cursor).unwrap_or_default()
    }

    /// Inserts text from outside, cleaned, on one line.
    pub fn insert(&mut self, text: &str) {
        let single = text == " ";
        let cleaned = if single { " ".to_owned() } else { text::clean_line(text) };
        let mut room = MAX_BYTES.saturating_sub(self.text.len()).min(cleaned.len());
        while !cleaned.is_char_boundary(room) {
            room -= 1;
        }
        let inserted = cleaned.get(..room).unwrap_or_default();
        self.text.insert_str(self.cursor, inserted);
        self.cursor += inserted.len();
        // A combining mark joins the letter before it: the cursor must not stay inside of the pair.
        if GraphemeCursor::new(self.cursor, self.text.len(), true).is_boundary(&self.text, 0) != Ok(true) {
            self.cursor = self.next();
        }
    }

    /// Deletes the letter before the cursor.
    fn erase(&mut self) {
        let from = self.previous();
        self.remove(from, self.cursor);
    }

    /// Deletes the letter under the cursor.
    fn delete(&mut self) {
        let to = self.next();
        self.remove(self.cursor, to);
    }

    /// Types, deletes or moves the cursor. Returns `None` if the action does none of these, else whether the text changed.
    pub fn handle(&mut self, action: Action) -> Option<bool> {
        let was_read_from_start = std::mem::take(&mut self.is_read_from_start);
        // Every edit makes the line longer or shorter, or does nothing.
        let before = self.text.len();
        match action {
            Action::Type(character) => self.insert(character.encode_utf8(&mut [0; 4])),
            Action::Erase => self.erase(),
            Action::Delete => self.delete(),
            Action::EraseWord => self.erase_word(),
            Action::Clear => self.clear(),
            Action::Left => self.left(),
            Action::Right => self.right(),
            Action::LineStart => self.start(),
            Action::LineEnd => self.end(),
            _ => {
                self.is_read_from_start = was_read_from_start;
                return None;
            }
        }
        Some(self.text.len() != before)
    }

    /// Deletes the word before the cursor and the spaces after it.
    fn erase_word(&mut self) {
        let before = self.before_cursor().trim_end();
        let from = before.rfind(' ').map_or(0, |space| space + 1);
        self.remove(from, self.cursor);
    }

    /// Deletes everything.
    fn clear(&mut self) {
        self.remove(0, self.text.len());
    }

    /// Moves the cursor a letter to the left.
    fn left(&mut self) {
        self.cursor = self.previous();
    }

    /// Moves the cursor a letter to the right.
    fn right(&mut self) {
        self.cursor = self.next();
    }

    /// Moves the cursor to the start.
    fn start(&mut self) {
        self.cursor = 0;
    }

    /// Moves the cursor to the end.
    fn end(&mut self) {
        self.cursor = self.text.len();
    }

    fn remove(&mut self, from: usize, to: usize) {
        self.text.replace_range(from..to, "");
        self.cursor = from;
    }

    fn previous(&self) -> usize {
        self.before_cursor().grapheme_indices(true).next_back().map_or(0, |(at, _)| at)
    }

    fn next(&self) -> usize {
        let after = self.text.get(self.cursor..).unwrap_or_default();
        after.graphemes(true).next().map_or(self.cursor, |grapheme| self.cursor + grapheme.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typing_and_deleting_keep_whole_letters() {
        let mut line = LineEdit::with_text("日e\u{301}");
        line.insert("x");
        assert_eq!(line.text(), "日e\u{301}x");
        line.erase();
        line.erase();
        assert_eq!(line.text(), "日");
        line.left();
        line.insert("a ");
        assert_eq!((line.text(), line.before_cursor()), ("a日", "a"));
        line.insert(" ");
        assert_eq!(line.text(), "a 日");
        line.delete();
        assert_eq!(line.text(), "a ");
        line.erase_word();
        assert_eq!(line.text(), "");
        line.erase();
        line.delete();
        assert_eq!(line.text(), "");
    }

    #[test]
    fn text_from_outside_is_cleaned_and_bounded() {
        assert_eq!(LineEdit::with_text("a\u{1b}[31m\nb\tc").text(), "a b c");
        assert_eq!(LineEdit::with_text(&"é".repeat(MAX_BYTES)).text().len(), MAX_BYTES);
    }
}
