//! Compares a word with one word of the cards.
//!
//! The first word is from a query or a synonym. It may be a form, a prefix, a typo or an abbreviation of the other
//! word.

use super::weights::{
    ENDING_QUALITY, INCOMPLETE_QUALITY, INCOMPLETE_SHARE, LONG_STEM_QUALITY, NUMBER_PREFIX_QUALITY, PLURAL_QUALITY,
    SHORT_STEM_QUALITY, TYPO_QUALITY,
};
use crate::words::Term;

/// How a typed word matches a card word, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MatchKind {
    /// The word, another form of it (`closes` for `closed`), or a synonym.
    Same,
    /// The beginning of the word.
    Prefix,
    /// The word with one or two slips.
    ///
    /// A slip is a letter that is added, missing or wrong, or two swapped letters.
    Typo,
    /// Some letters of the word in order: `bknd` for `backend`.
    Abbreviation,
}

/// A word of the cards that a typed word may stand for.
#[derive(Clone, Copy, Debug)]
pub(super) struct TermMatch {
    pub term: Term,
    pub kind: MatchKind,
    /// How surely the typed word means this one, 0 to 1.
    pub quality: f32,
    /// The IDF that counts for this match.
    ///
    /// `Query` sets it, because it depends on the other matches of the typed word.
    pub idf: f32,
}

impl TermMatch {
    pub(super) fn new(term: Term, kind: MatchKind, quality: f32) -> Self {
        Self { term, kind, quality, idf: 0.0 }
    }
}

/// A word with its letter set.
#[derive(Clone, Copy)]
pub(super) struct WordLetters<'w> {
    pub word: &'w str,
    pub letters: u64,
}

/// Endings of forms of one word, sorted for binary search.
///
/// Some include the last letter of the stem, doubled (`ping`) or replaced (`ies`).
const ENDINGS: &[&str] = &[
    "", "able", "al", "ally", "ation", "ations", "d", "e", "ed", "er", "ers", "es", "ible", "ication", "ied", "ies",
    "ing", "ings", "ion", "ions", "ly", "ment", "ments", "n", "ned", "ning", "or", "ped", "per", "ping", "r", "rs",
    "s", "ted", "ter", "ting", "y",
];

/// Bytes of the longest ending, `ication`.
const MAX_ENDING: usize = 7;

/// Bytes of the shortest beginning that two forms of one word share.
///
/// Shorter beginnings are shared by unrelated words: `use` and `us`.
const MIN_STEM: usize = 3;

/// Bytes of the longest ending after a beginning of `MIN_STEM` bytes.
const MAX_SHORT_ENDING: usize = 2;

/// Bytes of a common beginning from which unknown endings are accepted.
const MIN_LONG_STEM: usize = 6;

/// Bytes of the longest unknown ending.
///
/// More letters are usually another word, as in `certificate` and `certificatechain`. Known limit: `backend` and
/// `backendset` count as forms of one word.
const MAX_UNKNOWN_ENDING: usize = 4;

/// Returns the letters of a text as a bit set.
///
/// Ignores case. Bits 0 to 25 are letters, 26 to 35 digits; other bytes share the rest.
pub(super) fn letter_set(text: &str) -> u64 {
    text.bytes().fold(0, |set, byte| {
        set | match byte.to_ascii_lowercase() {
            lower @ b'a'..=b'z' => 1 << (lower - b'a'),
            digit @ b'0'..=b'9' => 1 << (26 + digit - b'0'),
            other => 1 << (36 + other % 28),
        }
    })
}

/// Returns the first three characters, which all forms of a word share.
pub(super) fn first_three(word: &str) -> &str {
    word.char_indices().nth(3).map_or(word, |(end, _)| word.get(..end).unwrap_or(word))
}

/// Returns whether two words are equal or forms of one word.
pub(super) fn is_same_word(one: &str, other: &str) -> bool {
    let word = WordLetters { word: other, letters: letter_set(other) };
    one == other || matches!(ComparedWord::new(one, false).as_form(word), Some((MatchKind::Same, _)))
}

/// Returns how many slips a word of this many characters may have.
fn max_slips(length: usize) -> usize {
    match length {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// A word of a query or a synonym, prepared for comparisons.
pub(super) struct ComparedWord<'w> {
    typed: &'w str,
    letters: u64,
    /// Its length in characters.
    length: usize,
    max_slips: usize,
    is_unfinished: bool,
}

impl<'w> ComparedWord<'w> {
    /// Prepares a word; `is_unfinished` says that more letters may follow.
    pub(super) fn new(typed: &'w str, is_unfinished: bool) -> Self {
        let length = typed.chars().count();
        // A word with another digit is another name, not a typo: `502` and `504`.
        let max_slips = if typed.bytes().any(|byte| byte.is_ascii_digit()) { 0 } else { max_slips(length) };
        Self { typed, letters: letter_set(typed), length, max_slips, is_unfinished }
    }

    /// Compares as forms of one word, or as a prefix.
    ///
    /// A crude stemmer: the letters after the common beginning must be a known ending in both words. `closing` and
    /// `closed` share `clos`, and `ing` and `ed` are endings, so they are the same word. `station` and `stated` count
    /// as forms, too, which is wrong. Equal words give `None`.
    pub(super) fn as_form(&self, known: WordLetters<'_>) -> Option<(MatchKind, f32)> {
        let (typed, word) = (self.typed, known.word);
        if (self.letters & known.letters).count_ones() < 2 && self.length > 1 {
            return None;
        }
        if typed.as_bytes().first() != word.as_bytes().first() || typed == word {
            return None;
        }
        let common = typed.bytes().zip(word.bytes()).take_while(|(one, other)| one == other).count();
        let (tail, other_tail) = (typed.len() - common, word.len() - common);
        let longest = tail.max(other_tail);
        // A number matches only as the beginning of a number that is still being typed: `50` and `502`.
        if typed.bytes().all(|byte| byte.is_ascii_digit()) {
            return (self.is_unfinished && tail == 0).then_some((MatchKind::Prefix, NUMBER_PREFIX_QUALITY));
        }
        // `backend` and `backends`.
        if common >= MIN_STEM && tail + other_tail == 1 && (typed.ends_with('s') || word.ends_with('s')) {
            return Some((MatchKind::Same, PLURAL_QUALITY));
        }
        // Fewer letters count only as the beginning of a word that is still being typed: `se` and `set`.
        if common < MIN_STEM && (tail > 0 || !self.is_unfinished) {
            return None;
        }
        let is_ending = |tail: &str| ENDINGS.binary_search(&tail).is_ok();
        let are_endings = longest <= MAX_ENDING && is_ending(typed.get(common..)?) && is_ending(word.get(common..)?);
        // `closing` and `closed`.
        if are_endings && common > MIN_STEM {
            return Some((MatchKind::Same, ENDING_QUALITY));
        }
        // `user` and `uses`. A longer ending needs a longer beginning, because `cap` and `capable` are different words.
        if are_endings && common >= MIN_STEM && longest <= MAX_SHORT_ENDING {
            return Some((MatchKind::Same, SHORT_STEM_QUALITY));
        }
        // `authentic` and `authenticity`, whose ending is not in the list.
        if common >= MIN_LONG_STEM && longest <= MAX_UNKNOWN_ENDING {
            return Some((MatchKind::Same, LONG_STEM_QUALITY));
        }
        // `cert` and `certificate`.
        if tail == 0 && (common >= MIN_STEM || self.is_unfinished) {
            let share = common as f32 / word.len() as f32;
            return Some((MatchKind::Prefix, INCOMPLETE_QUALITY + INCOMPLETE_SHARE * share));
        }
        None
    }

    /// Returns whether the word may be a typo.
    ///
    /// `letters` is the letter set of the intended word. A quick check before `as_typo`, because each slip changes at
    /// most two bits of the letter set.
    pub(super) fn may_be_typo(&self, letters: u64) -> bool {
        self.max_slips > 0 && (self.letters ^ letters).count_ones() as usize <= 2 * self.max_slips
    }

    /// Compares by the optimal string alignment distance.
    ///
    /// The distance counts letters that are added, missing, wrong or swapped.
    pub(super) fn as_typo(&self, known: WordLetters<'_>) -> Option<(MatchKind, f32)> {
        if known.word.len().abs_diff(self.typed.len()) > self.max_slips {
            return None;
        }
        let slips = strsim::osa_distance(self.typed, known.word);
        (slips > 0 && slips <= self.max_slips).then(|| {
            let share = slips as f32 / self.length as f32;
            (MatchKind::Typo, TYPO_QUALITY - share)
        })
    }

    /// Compares as an abbreviation: the first letter and some others in order.
    ///
    /// Needs four letters, or three without a vowel, because `set` would be an abbreviation of too many words.
    pub(super) fn as_abbreviation(&self, known: WordLetters<'_>) -> Option<(MatchKind, f32)> {
        let word = known.word;
        let is_part = self.letters & !known.letters == 0;
        let has_no_vowel = !self.typed.contains(['a', 'e', 'i', 'o', 'u']);
        let is_enough = self.length >= 4 || (self.length == 3 && has_no_vowel);
        let fits = is_enough && self.length < word.len() && word.len() <= 4 * self.length;
        if !is_part || !fits || !word.starts_with(self.typed.get(..1)?) {
            return None;
        }
        let mut rest = word.chars();
        let is_inside = self.typed.chars().all(|letter| rest.any(|other| other == letter));
        let share = || INCOMPLETE_SHARE * self.length as f32 / word.len() as f32;
        is_inside.then(|| (MatchKind::Abbreviation, INCOMPLETE_QUALITY + share()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_sorted_for_binary_search() {
        assert!(ENDINGS.is_sorted());
        assert_eq!(ENDINGS.iter().map(|ending| ending.len()).max(), Some(MAX_ENDING));
    }

    #[test]
    fn forms_of_one_word_are_the_same_word() {
        for (one, other) in [("closing", "closed"), ("closed", "closed"), ("backends", "backend"), ("use", "used")] {
            assert!(is_same_word(one, other), "{one} {other}");
        }
        for (one, other) in [("set", "selected"), ("502", "504"), ("cert", "certificate"), ("", "s")] {
            assert!(!is_same_word(one, other), "{one} {other}");
        }
    }
}
