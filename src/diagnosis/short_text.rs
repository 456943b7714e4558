//! Tells which patterns a short text may have, before they are compiled.
//!
//! A pasted line has few of the patterns of all trees, and compiling all of them takes longer than searching the line.
//! Only letters are compared, in lower case: white space, digits, signs and escapes may look different in the line that a
//! pattern is matched with, but its letters stand in the text in this order. The exceptions are escaped letters, base64
//! and hidden characters, so a text with these is searched for all patterns.
//!
//! Names of fields may stand in the log format of a line instead.

use foldhash::{HashSet, HashSetExt as _};
use memchr::memmem::find;

use crate::recognize::{LogFormats, begins_record, is_base64, may_carry_line};
use crate::text;
use crate::tree::model::Needs;

/// Bytes of the longest text whose patterns are chosen.
///
/// As much as fills some screens. Looking for the needs of thousands of patterns in it takes some milliseconds, each time;
/// for a longer text, the prefilter of all patterns is worth its cost.
pub(super) const LONGEST_SHORT: usize = 8 * 1024;

/// The letters and names of a text.
#[derive(Debug)]
pub(super) struct TextLetters {
    letters: String,
    /// The letters of the field names of log formats.
    ///
    /// Only formats that may read a line of the text count.
    names: HashSet<String>,
}

impl TextLetters {
    /// Returns an empty text.
    pub(super) fn new() -> Self {
        Self { letters: String::new(), names: HashSet::new() }
    }

    /// Returns whether the letters that patterns see stand in a text.
    pub(super) fn can_read(text: &str) -> bool {
        let is_hidden = |character: char| character.is_control() && !matches!(character, '\n' | '\r' | '\t');
        let mut runs = text.as_bytes().split(|byte| !is_base64(*byte));
        !text.contains("\\u") && !text.contains(is_hidden) && !runs.any(begins_record)
    }

    /// Adds a piece of the text.
    pub(super) fn add(&mut self, piece: &[u8], formats: &LogFormats) {
        let written = String::from_utf8_lossy(piece);
        push_letters(&mut self.letters, &written);
        let mut add_names = |at: usize| {
            let fields = formats.formats().nth(at).into_iter().flat_map(|format| format.fields());
            self.names.extend(fields.map(|(name, _)| letters_of(name)));
        };
        if may_carry_line(piece) {
            (0..formats.formats().count()).for_each(&mut add_names);
        }
        let whole = text::clean_line(&written);
        let lines: Vec<String> = written.lines().map(text::clean_line).collect();
        for line in lines.iter().chain([&whole]) {
            formats.each_candidate(line, &mut |at, _| add_names(at));
        }
    }

    /// Returns whether the text may have a pattern.
    pub(super) fn may_meet(&self, needs: &Needs) -> bool {
        let stands_here = |text: &str| find(self.letters.as_bytes(), letters_of(text).as_bytes()).is_some();
        match needs {
            Needs::Text(literal) => stands_here(literal),
            Needs::Fields(names) | Needs::Levels { names, .. } => {
                names.iter().map(AsRef::as_ref).all(|name| stands_here(name) || self.names.contains(&letters_of(name)))
            }
        }
    }
}

fn letters_of(text: &str) -> String {
    let mut letters = String::with_capacity(text.len());
    push_letters(&mut letters, text);
    letters
}

/// Adds the letters of a text in lower case.
fn push_letters(letters: &mut String, text: &str) {
    match text.is_ascii() {
        true => {
            letters.extend(text.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()))
        }
        false => letters.extend(text.to_lowercase().chars().filter(|character| character.is_alphabetic())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Library;

    #[test]
    fn letters_count_alone_and_names_may_be_of_a_format() {
        let library = Library::embedded();
        let formats = LogFormats::of_trees(library.trees.iter().take(1));
        let mut letters = TextLetters::new();
        letters.add("{\"Lb-Status\": 502, \"x\": \"No  healthy\"}".as_bytes(), &formats);
        let fields = |names: &[&str]| Needs::Fields(names.iter().map(|name| (*name).to_owned().into()).collect());
        assert!(letters.may_meet(&Needs::Text("\"x\":\"no healthy\"".into())));
        assert!(letters.may_meet(&fields(&["lbstatus"])) && !letters.may_meet(&fields(&["lbstatus", "upstream"])));
        assert!(!letters.may_meet(&Needs::Text("healthy no".into())));
        let name = letters_of(formats.formats().next().unwrap().fields()[0].0);
        assert!(!letters.may_meet(&fields(&["lbstatus", &name])));
        letters.add(b"{\"log\": \"\"}", &formats);
        assert!(letters.may_meet(&fields(&["lbstatus", &name])));
    }

    #[test]
    fn escaped_and_hidden_letters_are_not_read() {
        let record = format!("eyJ{}", "A".repeat(40));
        for text in ["a\\u0041", "a\u{1b}[1mb", record.as_str()] {
            assert!(!TextLetters::can_read(text), "{text}");
        }
        assert!(TextLetters::can_read("a\tb\r\nc \\\" d"));
    }
}
