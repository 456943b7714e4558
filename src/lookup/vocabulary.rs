//! Keeps all words of all cards, and matches typed words against them.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt as _};

use super::term_match::{ComparedWord, MatchKind, Term, TermMatch, WordLetters, first_three, letter_set};
use super::weights::MIN_SIMILARITY;

/// Forms and prefix matches of one typed word that are kept.
///
/// Hundreds of words begin with the same one or two letters.
const MAX_MATCHES: usize = 64;

/// All different words of all cards, numbered in the order of insertion.
#[derive(Debug)]
pub(super) struct Vocabulary {
    terms: HashMap<Arc<str>, Term>,
    /// The words by number.
    words: Vec<Arc<str>>,
    /// The letter set of each word, to skip most comparisons.
    letters: Vec<u64>,
    /// The words by their first byte.
    by_first: HashMap<u8, Vec<Term>>,
}

impl Vocabulary {
    pub(super) fn new() -> Self {
        Self { terms: HashMap::new(), words: Vec::new(), letters: Vec::new(), by_first: HashMap::new() }
    }

    /// Returns the term of a word; adds the word if new.
    pub(super) fn insert(&mut self, word: &str) -> Term {
        if let Some(known) = self.find(word) {
            return known;
        }
        let term = Term(u32::try_from(self.words.len()).unwrap_or(u32::MAX));
        let shared: Arc<str> = word.into();
        self.words.push(Arc::clone(&shared));
        self.terms.insert(shared, term);
        self.letters.push(letter_set(word));
        self.by_first.entry(first_byte(word)).or_default().push(term);
        term
    }

    /// Returns the term of exactly this word.
    pub(super) fn find(&self, word: &str) -> Option<Term> {
        self.terms.get(word).copied()
    }

    /// Returns the word of a term.
    pub(super) fn word(&self, term: Term) -> &str {
        self.words.get(term.0 as usize).map_or("", |word| word)
    }

    /// Returns the number of words.
    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    /// Returns all words with their terms and letter sets.
    fn all(&self) -> impl Iterator<Item = (Term, WordLetters<'_>)> {
        let all = self.words.iter().zip(&self.letters).enumerate();
        all.map(|(at, (word, letters))| (Term(at as u32), WordLetters { word, letters: *letters }))
    }

    /// Returns the words that start with the same byte as `word`.
    fn with_first_byte_of(&self, word: &str) -> impl Iterator<Item = (Term, WordLetters<'_>)> {
        let bucket = self.by_first.get(&first_byte(word)).map_or(&[][..], Vec::as_slice);
        bucket.iter().filter_map(|term| {
            let letters = *self.letters.get(term.0 as usize)?;
            Some((*term, WordLetters { word: self.word(*term), letters }))
        })
    }

    /// Returns the words most similar to an unknown one.
    ///
    /// Measured by the Sørensen–Dice similarity of letter pairs; at most `limit` words.
    pub(super) fn similar(&self, typed: &str, limit: usize) -> Vec<TermMatch> {
        let typed_letters = letter_set(typed);
        let enough = typed_letters.count_ones().div_ceil(2);
        let likely = self.all().filter(|(_, word)| (word.letters & typed_letters).count_ones() >= enough);
        let similar = likely.filter_map(|(term, word)| {
            let similarity = strsim::sorensen_dice(typed, word.word) as f32;
            (similarity >= MIN_SIMILARITY).then(|| TermMatch::new(term, MatchKind::Typo, similarity))
        });
        let mut similar: Vec<TermMatch> = similar.collect();
        similar.sort_by(|one, other| other.quality.total_cmp(&one.quality));
        similar.truncate(limit);
        similar
    }

    /// Returns the word itself, if it is known, and its forms.
    ///
    /// Example: `close`, `closes`, `closed`.
    pub(super) fn forms(&self, word: &str) -> Vec<TermMatch> {
        let typed = ComparedWord::new(word, false);
        let related = self.with_first_byte_of(word).filter(|(_, known)| known.word.starts_with(first_three(word)));
        let form = related.filter_map(|(term, known)| match typed.as_form(known) {
            _ if known.word == word => Some(TermMatch::new(term, MatchKind::Same, 1.0)),
            Some((MatchKind::Same, quality)) => Some(TermMatch::new(term, MatchKind::Same, quality)),
            _ => None,
        });
        form.collect()
    }

    /// Returns the words that a typed word may stand for.
    ///
    /// A word that a card has is never taken for a typo or an abbreviation, and neither is an unfinished word that
    /// begins other words. A word with other forms is never taken for an abbreviation. `is_unfinished` means that more
    /// letters may follow.
    pub(super) fn matches(&self, typed: &str, is_unfinished: bool) -> Vec<TermMatch> {
        let known = self.find(typed);
        let mut found: Vec<TermMatch> = Vec::new();
        found.extend(known.map(|term| TermMatch::new(term, MatchKind::Same, 1.0)));
        let typed_word = ComparedWord::new(typed, is_unfinished);
        for (term, word) in self.with_first_byte_of(typed) {
            if let Some((kind, quality)) = typed_word.as_form(word) {
                // A finished word that a card has is rarely meant as the beginning of another.
                if kind != MatchKind::Prefix || known.is_none() || is_unfinished {
                    found.push(TermMatch::new(term, kind, quality));
                }
            }
        }
        if found.len() > MAX_MATCHES {
            found.sort_by(|one, other| other.quality.total_cmp(&one.quality));
            found.truncate(MAX_MATCHES);
        }
        if known.is_some() {
            return found;
        }
        if is_unfinished && found.iter().any(|known| known.kind == MatchKind::Prefix) {
            return found;
        }
        let has_form = found.iter().any(|known| known.kind == MatchKind::Same);
        self.add_typos(&typed_word, &mut found);
        if !has_form {
            self.add_abbreviated(typed, &typed_word, &mut found);
        }
        found
    }

    /// Adds the words that the typed one misspells.
    ///
    /// Only those with the fewest slips are kept.
    fn add_typos(&self, typed_word: &ComparedWord<'_>, found: &mut Vec<TermMatch>) {
        let forms = found.len();
        for (term, word) in self.all().filter(|(_, word)| typed_word.may_be_typo(word.letters)) {
            let is_known = found.iter().take(forms).any(|known| known.term == term);
            if let Some((kind, quality)) = typed_word.as_typo(word).filter(|_| !is_known) {
                found.push(TermMatch::new(term, kind, quality));
            }
        }
        let typos = found.iter().filter(|known| known.kind == MatchKind::Typo).map(|known| known.quality);
        let surest = typos.fold(0.0, f32::max);
        found.retain(|known| known.kind != MatchKind::Typo || known.quality >= surest);
    }

    /// Adds the words that the typed one abbreviates.
    fn add_abbreviated(&self, typed: &str, typed_word: &ComparedWord<'_>, found: &mut Vec<TermMatch>) {
        for (term, word) in self.with_first_byte_of(typed) {
            if let Some((kind, quality)) = typed_word.as_abbreviation(word)
                && found.iter().all(|known| known.term != term)
            {
                found.push(TermMatch::new(term, kind, quality));
            }
        }
    }
}

fn first_byte(word: &str) -> u8 {
    word.bytes().next().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(typed: &str, is_unfinished: bool) -> Vec<(&'static str, MatchKind)> {
        const WORDS: [&str; 9] =
            ["backend", "closes", "closed", "connection", "certificate", "502", "504", "set", "selected"];
        let mut vocabulary = Vocabulary::new();
        for word in WORDS {
            vocabulary.insert(word);
        }
        let found = vocabulary.matches(typed, is_unfinished);
        found.iter().map(|known| (WORDS[known.term.0 as usize], known.kind)).collect()
    }

    #[test]
    fn a_typed_word_matches_forms_typos_and_abbreviations() {
        use MatchKind::{Abbreviation, Prefix, Same, Typo};
        let cases: &[(&str, &[(&str, MatchKind)])] = &[
            ("backend", &[("backend", Same)]),
            ("backends", &[("backend", Same)]),
            ("close", &[("closes", Same), ("closed", Same)]),
            ("cert", &[("certificate", Prefix)]),
            ("bakcend", &[("backend", Typo)]),
            ("conection", &[("connection", Typo)]),
            ("bknd", &[("backend", Abbreviation)]),
            ("sets", &[("set", Same)]),
            ("503", &[]),
            ("zebra", &[]),
            ("", &[]),
        ];
        for (typed, expected) in cases {
            assert_eq!(&matches(typed, false), expected, "{typed}");
        }
        assert_eq!(matches("se", true), [("set", Prefix), ("selected", Prefix)]);
        assert_eq!(matches("50", true), [("502", Prefix), ("504", Prefix)]);
        assert_eq!(matches("50", false), []);
    }
}
