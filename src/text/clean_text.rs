//! Text that cannot act on a terminal, as a type.

use std::borrow::Borrow;
use std::fmt;
use std::ops::Deref;

use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::clean::{clean, clean_line};

/// The mark at the end of a text that was cut.
const ELLIPSIS: char = '…';

/// Text from outside that was cleaned with [`clean`].
///
/// Everything from outside that is kept or shown has this type: captured values, samples of lines, file names, texts of
/// trees, arguments. There is no way to make one without cleaning, so the compiler shows where text comes in. It reads as a
/// `&str`; whatever is made from it with `String` methods is the caller's.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CleanText(String);

impl CleanText {
    /// Cleans a text, which may have several lines.
    pub fn new(text: &str) -> Self {
        Self(clean(text))
    }

    /// Cleans a text and folds it into one line.
    pub fn line(text: &str) -> Self {
        Self(clean_line(text))
    }

    /// Cleans a text, folds it into one line and cuts it.
    ///
    /// Keeps at most `characters`, with `…` at the end if there was more. Reads no more of the text than could be kept,
    /// so that a huge text costs nothing.
    pub fn short_line(text: &str, characters: usize) -> Self {
        // A character has at most four bytes. Escape sequences and runs of white space vanish, so the cut text may be
        // shorter than allowed.
        let bytes = characters.saturating_mul(4).saturating_add(4);
        let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        let mut line = clean_line(text.get(..end).unwrap_or_default());
        let kept = line.char_indices().nth(characters).map(|(kept, _)| kept);
        if let Some(kept) = kept {
            line.truncate(kept);
        }
        if kept.is_some() || end < text.len() {
            line.push(ELLIPSIS);
        }
        Self(line)
    }

    /// Returns whether [`CleanText::short_line`] cut the text.
    pub fn is_cut(&self) -> bool {
        self.0.ends_with(ELLIPSIS)
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text as a `String`.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl Deref for CleanText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for CleanText {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for CleanText {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl From<&str> for CleanText {
    /// Cleans like [`CleanText::new`].
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for CleanText {
    /// Cleans like [`CleanText::new`].
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl From<CleanText> for String {
    fn from(text: CleanText) -> String {
        text.0
    }
}

impl From<&CleanText> for String {
    fn from(text: &CleanText) -> String {
        text.0.clone()
    }
}

impl PartialEq<str> for CleanText {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for CleanText {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

impl PartialEq<CleanText> for &str {
    fn eq(&self, other: &CleanText) -> bool {
        *self == other.0
    }
}

impl PartialEq<CleanText> for str {
    fn eq(&self, other: &CleanText) -> bool {
        self == other.0
    }
}

impl PartialEq<String> for CleanText {
    fn eq(&self, other: &String) -> bool {
        self.0 == *other
    }
}

impl PartialEq<CleanText> for String {
    fn eq(&self, other: &CleanText) -> bool {
        *self == other.0
    }
}

impl fmt::Display for CleanText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl fmt::Debug for CleanText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, formatter)
    }
}

impl Serialize for CleanText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for CleanText {
    /// Cleans like [`CleanText::new`].
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(CleaningVisitor)
    }
}

/// Cleans borrowed text, and text that was escaped.
struct CleaningVisitor;

impl Visitor<'_> for CleaningVisitor {
    type Value = CleanText;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<CleanText, E> {
        Ok(CleanText::new(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_in_cleans() {
        let dirty = "a\u{1b}]52;c;aGk=\u{7}\u{9b}2J\u{202e}b\nc";
        assert_eq!(CleanText::new(dirty), "a2Jb\nc");
        assert_eq!(CleanText::line(dirty), "a2Jb c");
        assert_eq!(CleanText::short_line(dirty, 100), "a2Jb c");
    }

    #[test]
    fn a_short_line_is_cut_between_characters_and_says_so() {
        for (text, characters, expected, is_cut) in [
            ("abc", 3, "abc", false),
            ("abcd", 3, "abc…", true),
            ("日本語", 2, "日本…", true),
            ("", 3, "", false),
            ("abc", 0, "…", true),
        ] {
            let line = CleanText::short_line(text, characters);
            assert_eq!((line.as_str(), line.is_cut()), (expected, is_cut), "{text} {characters}");
        }
        let huge = CleanText::short_line(&"x".repeat(1 << 20), 10);
        assert_eq!(huge, "xxxxxxxxxx…");
    }
}
