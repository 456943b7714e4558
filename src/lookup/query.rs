//! Reads a query and finds the card words that its words match.

use std::ops::Range;

use foldhash::HashMap;

use super::lexicon::Lexicon;
use super::query_word::QueryWord;
use super::term_match::{MatchKind, TermMatch};
use super::term_weight::{is_code, term_weight};
use super::weights::{JOINED_QUALITY, MIN_FORM_QUALITY, QUALITY_MARGIN, UNKNOWN_WORD_WEIGHT};
use super::word_index::WordIndex;
use crate::words::{Term, is_stop_word, tokenize};

/// Different words that are read.
///
/// Typed queries and log lines have fewer. The rest of a longer text is ignored.
const MAX_WORDS: usize = 200;

/// Words that are read, counting repetitions.
const MAX_SEQUENCE: usize = 2 * MAX_WORDS;

/// Different words that are compared with the whole vocabulary.
///
/// Compared words also match as forms, prefixes, typos and abbreviations; further words match only exactly. Each of
/// these comparisons walks over all words of all cards. Typed queries have fewer words, and in a pasted line most words
/// are spelled correctly.
const MAX_COMPARED_WORDS: usize = 24;

/// Words that are never reported as understood.
///
/// Alone they say nothing about the problem.
const NEGATIONS: &[&str] = &["no", "not", "never", "without"];

/// Query words for which similar words are searched.
///
/// Used only if no card matches the query in any way. Each takes a pass over the whole vocabulary.
const MAX_SIMILAR_WORDS: usize = 4;

/// Similar words that are kept for each query word.
const SIMILAR_PER_WORD: usize = 3;

/// Bytes of the shortest half of a split word.
///
/// Almost every word has shorter words in it.
const MIN_HALF: usize = 3;

/// Options for reading a query.
#[derive(Clone, Copy, Debug)]
pub(super) struct QueryOptions {
    /// Whether more letters of the last word may follow.
    pub is_unfinished: bool,
    /// Whether words match only exactly, because a signature was recognized.
    pub is_exact: bool,
}

/// A query, ready to be compared with cards.
#[derive(Debug, Default)]
pub(super) struct Query {
    /// Its different words.
    pub words: Vec<QueryWord>,
    /// All its words in order, as positions in `words`.
    pub sequence: Vec<usize>,
    /// The surest match of each matched term.
    ///
    /// The number is the position of the query word in `words`.
    by_term: HashMap<Term, (usize, TermMatch)>,
    /// Whether each term is in `by_term`.
    ///
    /// It ends with the last one that is. Most words of a card match nothing, and a list of marks tells that faster than a map.
    is_matched: Vec<bool>,
    /// The position of the word that may get more letters.
    unfinished: Option<usize>,
    /// The positions of words that belong to phrases around any message.
    ///
    /// In characters. These words are not in `words`.
    wrapping: Vec<usize>,
    /// Limit of compared words: [`MAX_COMPARED_WORDS`], or 0 for an exact query.
    max_compared: usize,
}

impl Query {
    /// Reads a query.
    pub(super) fn new(text: &str, options: QueryOptions, index: &WordIndex, lexicon: &Lexicon) -> Self {
        let max_compared = if options.is_exact { 0 } else { MAX_COMPARED_WORDS };
        let mut query = Self { max_compared, ..Self::default() };
        let (typed, wrapping) = lexicon.wrapping.unwrap(tokenize(text));
        query.wrapping = wrapping.into_iter().map(|word| word.start).collect();
        let end = text.chars().count();
        let last = typed.len().saturating_sub(1);
        for (at, word) in typed.iter().enumerate() {
            if query.words.len() >= MAX_WORDS || query.sequence.len() >= MAX_SEQUENCE {
                break;
            }
            let is_known = is_stop_word(&word.text) || index.vocabulary.find(&word.text).is_some();
            let parts = match !is_known && query.words.len() < max_compared {
                true => halves(&word.text, index),
                false => None,
            };
            match parts {
                Some(parts) => parts.iter().for_each(|part| query.add(part, false, index)),
                None => {
                    // In `SH--` the word is finished.
                    let is_unfinished = at == last && options.is_unfinished && word.end == end;
                    query.unfinished = if is_unfinished { Some(query.words.len()) } else { None };
                    query.add(&word.text, is_unfinished, index);
                }
            }
        }
        query.add_joined_words(index);
        query.weigh(index);
        if !options.is_exact {
            query.add_synonyms(lexicon, index);
        }
        query.fill_by_term();
        query
    }

    /// Returns a query whose words match similar words of the cards.
    ///
    /// Used only if no card matches the query in any way. Has only the first content words. Words with a digit are left
    /// out, because another number is not similar.
    pub(super) fn by_similarity(&self, index: &WordIndex) -> Self {
        let mut query = Self::default();
        let is_searched = |word: &&QueryWord| {
            term_weight(&word.text) >= 1.0 && !word.text.contains(|digit: char| digit.is_ascii_digit())
        };
        for QueryWord { text, .. } in self.words.iter().filter(is_searched).take(MAX_SIMILAR_WORDS) {
            let matches = index.vocabulary.similar(text, SIMILAR_PER_WORD);
            query.sequence.push(query.words.len());
            query.words.push(QueryWord { text: text.clone(), matches, weight: 0.0 });
        }
        query.weigh(index);
        query.fill_by_term();
        query
    }

    fn add(&mut self, text: &str, is_unfinished: bool, index: &WordIndex) {
        if let Some(known) = self.words.iter().position(|word| word.text == text) {
            return self.sequence.push(known);
        }
        let is_compared = self.words.len() < self.max_compared && (is_unfinished || !is_stop_word(text));
        let matches = match is_compared {
            true => index.vocabulary.matches(text, is_unfinished),
            false => {
                let known = index.vocabulary.find(text);
                known.map(|term| TermMatch::new(term, MatchKind::Same, 1.0)).into_iter().collect()
            }
        };
        self.sequence.push(self.words.len());
        self.words.push(QueryWord { text: text.to_owned(), matches, weight: 0.0 });
    }

    /// Lets two adjacent words match the word that joins them.
    ///
    /// Example: `time out` matches `timeout`.
    fn add_joined_words(&mut self, index: &WordIndex) {
        for pair in self.sequence.windows(2).map(<[usize]>::to_vec).collect::<Vec<_>>() {
            let texts = pair.iter().filter_map(|at| Some(self.words.get(*at)?.text.as_str()));
            let Some(term) = index.vocabulary.find(&texts.collect::<String>()) else { continue };
            for at in pair {
                if let Some(word) = self.words.get_mut(at) {
                    word.matches.push(TermMatch::new(term, MatchKind::Same, JOINED_QUALITY));
                }
            }
        }
    }

    /// Sets the IDF of all matches and the weight of all words.
    ///
    /// All forms of a word share the IDF of the most common one. A word has the highest IDF among its surest matches as
    /// its weight, and no other match has a higher IDF than that.
    fn weigh(&mut self, index: &WordIndex) {
        for word in &mut self.words {
            let is_form = |found: &TermMatch| found.kind == MatchKind::Same && found.quality >= MIN_FORM_QUALITY;
            let forms = word.matches.iter().filter(|found| is_form(found));
            let common = forms.map(|found| index.idf(found.term)).fold(f32::INFINITY, f32::min);
            for found in &mut word.matches {
                let own = index.idf(found.term);
                found.idf = if is_form(found) { common } else { own.min(common) };
            }
            let best = word.matches.iter().map(|found| found.quality).fold(0.0, f32::max);
            let sure = word.matches.iter().filter(|found| found.quality >= best - QUALITY_MARGIN);
            word.weight = match word.matches.is_empty() {
                true => UNKNOWN_WORD_WEIGHT * term_weight(&word.text) * index.idf_of_unknown(),
                false => sure.map(|found| found.idf).fold(0.0, f32::max),
            };
            for found in &mut word.matches {
                found.idf = found.idf.min(word.weight);
            }
        }
    }

    /// Lets words match their synonyms.
    ///
    /// The whole group then counts as its most common member.
    fn add_synonyms(&mut self, lexicon: &Lexicon, index: &WordIndex) {
        for (range, group) in lexicon.groups_in(&self.words, &self.sequence) {
            let meaning = group.meaning(index);
            if meaning.matches.is_empty() {
                // A shared group may have no word of these cards: then its words stay as unknown as they are.
                continue;
            }
            for at in self.sequence.get(range).into_iter().flatten() {
                let Some(word) = self.words.get_mut(*at) else { continue };
                let is_unknown = word.matches.iter().all(|found| found.kind != MatchKind::Same);
                let idf = if is_unknown { meaning.idf } else { meaning.idf.min(word.weight) };
                for found in &mut word.matches {
                    found.idf = found.idf.min(idf);
                }
                for found in &meaning.matches {
                    if word.matches.iter().all(|known| known.term != found.term) {
                        word.matches.push(TermMatch { idf, ..*found });
                    }
                }
                word.weight = idf;
            }
        }
    }

    /// Fills `by_term` with the surest match of each term.
    ///
    /// Among equally sure matches, it keeps the first query word's.
    fn fill_by_term(&mut self) {
        for (at, word) in self.words.iter().enumerate() {
            for found in &word.matches {
                let known = self.by_term.entry(found.term).or_insert((at, *found));
                if known.1.quality < found.quality {
                    *known = (at, *found);
                }
            }
        }
        let terms = self.by_term.keys().map(|term| term.0 as usize);
        self.is_matched = vec![false; terms.clone().max().map_or(0, |last| last + 1)];
        for term in terms {
            self.is_matched.get_mut(term).into_iter().for_each(|mark| *mark = true);
        }
    }

    /// Returns whether a word of the query is a status code.
    pub(super) fn has_code(&self) -> bool {
        self.words.iter().any(|word| is_code(&word.text))
    }

    /// Returns whether the word at this position is a status code.
    pub(super) fn is_code(&self, at: usize) -> bool {
        self.words.get(at).is_some_and(|word| is_code(&word.text))
    }

    /// Returns whether the second word directly follows the first somewhere.
    ///
    /// Both are positions in `words`.
    pub(super) fn are_adjacent(&self, one: usize, other: usize) -> bool {
        self.sequence.windows(2).any(|pair| pair == [one, other])
    }

    /// Returns the surest match for a term.
    ///
    /// The number is the position of the query word in `words`.
    pub(super) fn term_match(&self, term: Term) -> Option<(usize, TermMatch)> {
        if self.is_matched(term) { self.by_term.get(&term).copied() } else { None }
    }

    /// Returns whether a word of the query matches a term.
    pub(super) fn is_matched(&self, term: Term) -> bool {
        self.is_matched.get(term.0 as usize) == Some(&true)
    }

    /// Returns for each matched term the words that match it.
    ///
    /// Each is the position of a query word in `words`, with the weight of its match.
    pub(super) fn weights_by_term(&self) -> HashMap<Term, Vec<(usize, f32)>> {
        let mut weights: HashMap<Term, Vec<(usize, f32)>> = HashMap::default();
        for (at, word) in self.words.iter().enumerate() {
            for found in &word.matches {
                weights.entry(found.term).or_default().push((at, found.quality * found.idf));
            }
        }
        weights
    }

    /// Returns the sum of the weights of all words.
    pub(super) fn weight(&self) -> f32 {
        self.words.iter().map(|word| word.weight).sum()
    }

    /// Returns whether its letters may abbreviate a name.
    pub(super) fn may_be_letters(&self, max_words: usize) -> bool {
        let is_only_wrapping = self.sequence.is_empty() && !self.wrapping.is_empty();
        self.sequence.len() <= max_words && !is_only_wrapping
    }

    /// Returns whether words in a range belong to phrases around any message.
    pub(super) fn is_wrapping(&self, characters: &Range<usize>) -> bool {
        self.wrapping.iter().any(|start| characters.contains(start))
    }

    /// Returns the word that may get more letters.
    pub(super) fn unfinished(&self) -> Option<usize> {
        self.unfinished
    }

    /// Returns whether some card has a content word of the query.
    ///
    /// Forms, synonyms and joined words count; beginnings, typos and abbreviations do not.
    pub(super) fn has_known_word(&self) -> bool {
        let mut words = self.words.iter().filter(|word| term_weight(&word.text) >= 1.0);
        words.any(|word| word.matches.iter().any(|found| found.kind == MatchKind::Same))
    }

    /// Returns the content words of the query that match something.
    ///
    /// Beginnings, typos and abbreviations count, negations do not.
    pub(super) fn understood(&self) -> Vec<String> {
        let understood = self.words.iter().filter(|word| {
            !word.matches.is_empty() && term_weight(&word.text) >= 1.0 && !NEGATIONS.contains(&word.text.as_str())
        });
        understood.map(|word| word.text.clone()).collect()
    }
}

/// Splits a word into two words that are adjacent in a field.
///
/// Example: `healthcheck` gives `health` and `check`.
fn halves(word: &str, index: &WordIndex) -> Option<Vec<String>> {
    let splits = word.char_indices().map(|(at, _)| at).filter(|at| *at >= MIN_HALF && word.len() - at >= MIN_HALF);
    splits
        .map(|at| word.split_at(at))
        .find(|(one, other)| {
            let find = |part: &str| index.vocabulary.find(part);
            find(one).zip(find(other)).is_some_and(|(one, other)| index.are_adjacent(one, other))
        })
        .map(|(one, other)| vec![one.to_owned(), other.to_owned()])
}
