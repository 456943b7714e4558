//! Measures how much of a query a card explains.
//!
//! The *explained share* of a card is the weight of the query's words that the card has, divided by the weight of all
//! its words, plus a bonus (`ADJACENT_BONUS`) for each two words that are adjacent in the query and in a field of the
//! card, or times `SCATTERED_WEIGHT` if no two are. A word weighs its IDF; a word that no card has weighs most. Stop words and short numbers weigh nothing. Below
//! `MIN_EXPLAINED` no card matches. Signatures and status codes alone need no share.
//!
//! Example: a card has the title "No healthy backends", and every word has IDF 1. In `no healthy backends today` the
//! card explains 3 of 3.5 ("today" is an everyday word and counts half), and has two adjacent pairs:
//! 3 / 3.5 + 2 × 0.1 = 1.06, a match. In `no healthy food for kids` it explains 2 of 4 ("for" is a stop word), with one
//! pair: 0.6, no match.
//!
//! Three kinds of words are special:
//!
//! - An *identifier* (`camelCase`, `snake_case`, `path::to`) is one name. If a part of it is in no card, no part of it
//!   is explained.
//! - A *field name* (`"port":`, `port=`) that is not explained weighs nothing, because records have many fields.
//! - A *lone word* is explained only by a title, an error string or name of which it is half ("waf block"), or those of
//!   several cards (`MIN_NAMED_CARDS`), because most single words are in some card.
//!
//! Known limit: a text about another subject in the words of the cards ("permission denied") passes.

use std::collections::HashSet;
use std::ops::Range;

use super::query::Query;
use super::query_word::QueryWord;
use super::term_match::{MatchKind, TermMatch};
use super::term_weight::{is_code, is_number, term_weight};
use super::weights::{ADJACENT_BONUS, CARDS_OF_A_NAME, EVERYDAY_WORD_WEIGHT, MIN_NAMED_CARDS, SCATTERED_WEIGHT};
use super::word_index::{WordIndex, field_weight};
use crate::words::{FieldKind, Term, Word, is_stop_word, tokenize};

/// Letters from which an unfinished word counts as explained.
///
/// Fewer letters begin too many words; they weigh nothing.
const MIN_UNFINISHED: usize = 3;

/// Digits up to which a number weighs nothing.
///
/// Longer ones are often codes of another product: `error 1603`.
const MAX_AMOUNT: usize = 2;

/// Characters after a word in which its field name ends.
const MAX_FIELD_NAME: usize = 64;

/// Words of a query that are looked at.
///
/// As many as `Query` reads.
const MAX_LOOKED_AT: usize = 400;

/// The weights of the words of a query, for the floor.
#[derive(Debug)]
pub(super) struct Floor<'q> {
    query: &'q Query,
    /// The weight of each word in `Query::words`.
    weights: Vec<f32>,
    /// The weight of identifiers whose words were dropped as values.
    ///
    /// Only `camelCase` counts, because hosts and paths are dropped, too.
    dropped: f32,
    /// The words of unknown identifiers.
    is_foreign: Vec<bool>,
    /// The words that name a field of a record.
    is_field_name: Vec<bool>,
    /// The word that is still being typed.
    unfinished: Option<usize>,
}

impl<'q> Floor<'q> {
    /// Weighs the words of a query.
    pub(super) fn new(query: &'q Query, text: &str, index: &WordIndex) -> Self {
        let count = query.words.len();
        let mut floor = Self {
            query,
            weights: Vec::new(),
            dropped: 0.0,
            is_foreign: vec![false; count],
            is_field_name: vec![false; count],
            unfinished: query.unfinished(),
        };
        let characters: Vec<char> = text.chars().collect();
        let mut words = tokenize(text);
        words.truncate(MAX_LOOKED_AT);
        floor.mark_field_names(&characters, &words);
        // Words beyond `MAX_LOOKED_AT` weigh nothing.
        let end = if words.len() < MAX_LOOKED_AT { None } else { words.last().map(|word| word.end) };
        for identifier in identifiers(end.and_then(|end| characters.get(..end)).unwrap_or(&characters)) {
            floor.mark_identifier(identifier, &words, index);
        }
        floor.weights = (0..count).map(|at| floor.weight(at, index)).collect();
        floor
    }

    /// Returns whether the query has only status codes.
    pub(super) fn is_only_codes(&self) -> bool {
        !self.query.words.is_empty() && self.query.words.iter().all(|word| is_code(&word.text))
    }

    fn word(&self, at: usize) -> Option<&QueryWord> {
        self.query.words.get(at)
    }

    fn begins(&self, at: usize, term: Term) -> bool {
        let is_begun = |found: &TermMatch| found.term == term && found.kind == MatchKind::Prefix;
        self.word(at).is_some_and(|word| word.matches.iter().any(is_begun))
    }

    fn position(&self, text: &str) -> Option<usize> {
        self.query.words.iter().position(|word| word.text == text)
    }

    fn is_foreign(&self, at: usize) -> bool {
        self.is_foreign.get(at).copied().unwrap_or(false)
    }

    /// Marks the words before `":` and `=`.
    fn mark_field_names(&mut self, characters: &[char], words: &[Word]) {
        for word in words {
            let mut rest = characters
                .iter()
                .skip(word.end)
                .take(MAX_FIELD_NAME)
                .skip_while(|one| one.is_alphanumeric() || "_-.".contains(**one));
            let is_name = match rest.next() {
                Some('=') => true,
                Some('"' | '\'') => rest.next() == Some(&':'),
                _ => false,
            };
            if let Some(mark) = self.position(&word.text).and_then(|at| self.is_field_name.get_mut(at)) {
                *mark |= is_name;
            }
        }
    }

    /// Marks the words of an identifier if the cards lack one.
    fn mark_identifier(
        &mut self,
        (identifier, is_camel_case): (Range<usize>, bool),
        words: &[Word],
        index: &WordIndex,
    ) {
        let inside = words.iter().filter(|word| identifier.contains(&word.start));
        let inside: Vec<usize> = inside.filter_map(|word| self.position(&word.text)).collect();
        let is_known = |at: &usize| {
            self.word(*at).is_some_and(|word| word.matches.iter().any(|found| found.kind == MatchKind::Same))
        };
        if inside.is_empty() && !self.query.is_wrapping(&identifier) {
            self.dropped += if is_camel_case { index.idf_of_unknown() } else { 0.0 };
        } else if !inside.iter().all(is_known) {
            for at in inside {
                self.is_foreign.get_mut(at).into_iter().for_each(|mark| *mark = true);
            }
        }
    }

    /// Returns the weight of a word in the explained share.
    fn weight(&self, at: usize, index: &WordIndex) -> f32 {
        let Some(word) = self.word(at) else { return 0.0 };
        let is_unfinished = self.unfinished == Some(at);
        let (length, is_number) = (word.text.chars().count(), is_number(&word.text));
        let is_fragment = is_unfinished && !is_number && length < MIN_UNFINISHED && (length == 1 || !word.is_exact());
        // `50` may become a code; one digit says nothing.
        let is_amount = is_number && length <= MAX_AMOUNT && !(is_unfinished && length == MAX_AMOUNT);
        if is_stop_word(&word.text) || is_amount || is_fragment {
            return 0.0;
        }
        if self.is_foreign(at) { index.idf_of_unknown() } else { word.full_weight() }
    }

    /// Returns the explained share of a card.
    ///
    /// 0 to 1, and more with adjacent words.
    pub(super) fn explained_share(&self, card: usize, index: &WordIndex) -> f32 {
        let mut qualities = vec![0.0_f32; self.weights.len()];
        let mut most_adjacent = 0;
        index.each_field(card, |field| {
            let mut before = None;
            let mut adjacent = 0;
            for term in &field.terms {
                let found = self.query.term_match(*term).filter(|(at, _)| !self.is_foreign(*at));
                if let Some((at, found)) = found {
                    if let Some(best) = qualities.get_mut(at) {
                        *best = best.max(found.quality * field_weight(field.kind));
                    }
                    adjacent += usize::from(before.is_some_and(|one| one != at && self.query.are_adjacent(one, at)));
                }
                before = found.map(|(at, _)| at);
                // The word being typed may begin a term that another word matches better.
                if let Some(at) = self.unfinished.filter(|at| self.begins(*at, *term))
                    && let Some(best) = qualities.get_mut(at)
                {
                    *best = best.max(field_weight(field.kind));
                }
            }
            most_adjacent = most_adjacent.max(adjacent);
        });
        let (mut explained, mut all) = (0.0, self.dropped);
        for (at, (weight, quality)) in self.weights.iter().zip(&qualities).enumerate() {
            explained += weight * quality;
            let is_wrapping = *quality == 0.0 && self.is_field_name.get(at).copied().unwrap_or(false);
            all += if is_wrapping { 0.0 } else { *weight };
        }
        // Words of any story, such as "the coffee machine is out", are no reason alone.
        let has_content = |(at, quality): (usize, &f32)| {
            *quality > 0.0 && self.word(at).is_some_and(|word| term_weight(&word.text) > EVERYDAY_WORD_WEIGHT)
        };
        if !qualities.iter().enumerate().any(has_content) {
            return 0.0;
        }
        if all <= 0.0 || self.lone_word().is_some_and(|at| !self.is_name(at, index)) {
            return 0.0;
        }
        match most_adjacent {
            0 => SCATTERED_WEIGHT * explained / all,
            pairs => explained / all + ADJACENT_BONUS * pairs as f32,
        }
    }

    /// Returns the only word of the query that weighs something.
    pub(super) fn lone_word(&self) -> Option<usize> {
        let mut weighty = self.weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0);
        let (first, second) = (weighty.next(), weighty.next());
        first.filter(|_| second.is_none() && self.dropped <= 0.0).map(|(at, _)| at)
    }

    /// Returns whether a lone word names something.
    fn is_name(&self, at: usize, index: &WordIndex) -> bool {
        let mut named = HashSet::new();
        for field in index.names() {
            let of_word = |term: &Term| self.query.term_match(*term).filter(|(of, _)| *of == at);
            let Some((_, found)) = field.terms.iter().filter_map(of_word).min_by_key(|(_, found)| found.kind) else {
                continue;
            };
            // Too many words are a typo or an abbreviation of another.
            let is_surely_meant = found.kind <= MatchKind::Prefix;
            let is_half = is_surely_meant && 2.0 * index.idf(found.term) >= index.total_idf(&field);
            if is_surely_meant {
                named.insert(field.card);
            }
            if field.kind == FieldKind::Title || is_half || named.len() >= min_named_cards(index.cards.len()) {
                return true;
            }
        }
        false
    }
}

/// Returns how many cards must have a lone word in names.
fn min_named_cards(cards: usize) -> usize {
    MIN_NAMED_CARDS.max(cards / CARDS_OF_A_NAME)
}

/// Returns the places of the identifiers in a text, in characters.
///
/// An identifier has a hump (`camelCase`), an underscore or `::` inside. The second value says whether it has a hump.
fn identifiers(characters: &[char]) -> Vec<(Range<usize>, bool)> {
    let is_part = |one: &char| one.is_alphanumeric() || "_.:$".contains(*one);
    let mut found = Vec::new();
    let mut start = 0;
    for chunk in characters.split(|one| !is_part(one)) {
        let has = |is_inside: fn(&[char]) -> bool| chunk.windows(3).any(is_inside);
        let is_camel_case = has(
            |three| matches!(three, [before, hump, after] if before.is_lowercase() && hump.is_uppercase() && after.is_alphabetic()),
        );
        let is_joined = has(|three| match three {
            [before, '_', after] => before.is_alphanumeric() && after.is_alphanumeric(),
            [':', ':', _] => true,
            _ => false,
        });
        if chunk.first().is_some_and(|first| first.is_alphabetic()) && (is_camel_case || is_joined) {
            found.push((start..start + chunk.len(), is_camel_case));
        }
        start += chunk.len() + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_have_a_hump_an_underscore_or_colons_inside() {
        let found = |text: &str| -> Vec<String> {
            let characters: Vec<char> = text.chars().collect();
            identifiers(&characters).into_iter().map(|(place, _)| characters[place].iter().collect()).collect()
        };
        let text =
            "é backendSet, SSL_ERROR in std::fs of _x_ and x_ a.b.LazyLoad IPs TLSv1.2 www.example.com 10_000 NGINX";
        assert_eq!(found(text), ["backendSet", "SSL_ERROR", "std::fs", "a.b.LazyLoad"]);
        assert_eq!(found(""), Vec::<String>::new());
    }
}
