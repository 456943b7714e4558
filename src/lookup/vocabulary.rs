//! Keeps all words of all cards, and matches typed words against them.

use foldhash::{HashMap, HashMapExt as _};

use super::term_match::{ComparedWord, MatchKind, TermMatch, WordLetters, first_three, letter_set};
use super::weights::MIN_SIMILARITY;
use crate::words::{Term, WordList};

/// Forms and prefix matches of one typed word that are kept.
///
/// Hundreds of words begin with the same one or two letters.
const MAX_MATCHES: usize = 64;

/// All different words of all cards, each with its number.
///
/// The words of compiled trees come first, in alphabetical order; those of other trees follow in the order of insertion.
#[derive(Debug)]
pub(super) struct Vocabulary {
    /// The words of compiled trees.
    compiled: WordList,
    /// The other words.
    added: Vec<Box<str>>,
    /// The numbers of the other words.
    numbers: HashMap<Box<str>, Term>,
    /// The number of cards that have each word.
    ///
    /// 0 for words of trees that are not searched.
    cards: Vec<u32>,
}

impl Vocabulary {
    /// Takes the words of compiled trees.
    pub(super) fn new(compiled: WordList) -> Self {
        Self { cards: Vec::new(), compiled, added: Vec::new(), numbers: HashMap::new() }
    }

    /// Returns the term of a word; adds the word if new.
    pub(super) fn insert(&mut self, word: &str) -> Term {
        if let Some(known) = self.number(word) {
            return known;
        }
        let term = Term(u32::try_from(self.len()).unwrap_or(u32::MAX));
        self.added.push(word.into());
        self.numbers.insert(word.into(), term);
        term
    }

    fn number(&self, word: &str) -> Option<Term> {
        let compiled = self.compiled.find(word).map(|number| Term(number as u32));
        compiled.or_else(|| self.numbers.get(word).copied())
    }

    /// Returns the number of words of compiled trees.
    pub(super) fn compiled_len(&self) -> usize {
        self.compiled.len()
    }

    /// Sets the number of cards that have each word.
    pub(super) fn set_counts(&mut self, cards: Vec<u32>) {
        self.cards = cards;
    }

    /// Returns each word with the number of cards that have it.
    pub(super) fn counted(&self) -> impl Iterator<Item = (&str, usize)> {
        self.cards.iter().zip(0..).map(|(cards, at)| (self.word(Term(at)), *cards as usize))
    }

    fn is_in_cards(&self, term: Term) -> bool {
        self.cards.get(term.0 as usize).is_some_and(|cards| *cards > 0)
    }

    /// Returns the term of exactly this word, if a card has it.
    pub(super) fn find(&self, word: &str) -> Option<Term> {
        self.number(word).filter(|term| self.is_in_cards(*term))
    }

    /// Returns the word of a term.
    pub(super) fn word(&self, term: Term) -> &str {
        let at = term.0 as usize;
        let added = || self.added.get(at.checked_sub(self.compiled.len())?).map(|word| &**word);
        self.compiled.word(at).or_else(added).unwrap_or_default()
    }

    /// Returns the number of words.
    pub(super) fn len(&self) -> usize {
        self.compiled.len() + self.added.len()
    }

    /// Returns the word with a number, if a card has it.
    fn known(&self, at: usize) -> Option<(Term, WordLetters<'_>)> {
        let term = Term(at as u32);
        if !self.is_in_cards(term) {
            return None;
        }
        let word = self.word(term);
        Some((term, WordLetters { word, letters: letter_set(word) }))
    }

    /// Returns the words that cards have, with their terms and letter sets.
    fn all(&self) -> impl Iterator<Item = (Term, WordLetters<'_>)> {
        (0..self.len()).filter_map(|at| self.known(at))
    }

    /// Returns the words that start with the same byte as `word`.
    fn with_first_byte_of(&self, word: &str) -> impl Iterator<Item = (Term, WordLetters<'_>)> {
        let first = first_byte(word);
        let start = self.compiled.partition_point(|known| first_byte(known) < first);
        let end = self.compiled.partition_point(|known| first_byte(known) <= first);
        let added = self.added.iter().zip(self.compiled.len()..);
        let added = added.filter(move |(known, _)| first_byte(known) == first).map(|(_, at)| at);
        (start..end).chain(added).filter_map(|at| self.known(at))
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
        self.sort_by_quality(&mut similar);
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
            self.sort_by_quality(&mut found);
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

    /// Sorts the surest matches to the front.
    ///
    /// Equal ones are sorted by the alphabet.
    fn sort_by_quality(&self, matches: &mut [TermMatch]) {
        matches.sort_by(|one, other| {
            let by_word = || self.word(one.term).cmp(self.word(other.term));
            other.quality.total_cmp(&one.quality).then_with(by_word)
        });
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
        let mut vocabulary = Vocabulary::new(WordList::default());
        for word in WORDS {
            vocabulary.insert(word);
        }
        vocabulary.set_counts(vec![1; WORDS.len()]);
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
