//! Scores how well the words of a query fit a card.
//!
//! The score is a weighted mean of two parts, each relative to the weight of the whole query:
//!
//! - the best field (`BEST_FIELD_SHARE`): its matched weight, plus a bonus for adjacent words, reduced if the query
//!   covers little of the field, and multiplied by the weight of the field;
//! - the whole card (the rest): its matched weight, as in TF-IDF without term frequency.
//!
//! The *matched weight* of a field is a sum over the words of the query. Each word adds quality × IDF of its best match
//! in the field. The matched weight of a card is the same sum over all fields, but each match is also multiplied by the
//! weight of its field.
//!
//! Two words are *adjacent* if the second follows the first in the query and in the field. Each occurrence in the field
//! adds a bonus. Values that `tokenize` drops do not count as words between them. Stop words count in the query and in
//! names; from other fields they are left out.
//!
//! The score is 0 to 1, and up to about 1.15 with adjacent words. A field that repeats adjacent words can score higher.

use super::found::Tier;
use super::query::Query;
use super::term_match::MatchKind;
use super::weights::{ADJACENT_WEIGHT, BEST_FIELD_SHARE, FIELD_COVERAGE_SHARE, OTHER_CODE_WEIGHT};
use super::word_index::{IndexedField, WordIndex, field_weight};
use crate::words::Term;

/// Cards that are scored, those with the highest matched weight.
///
/// Limits the time of a search, because each field of a scored card is compared. Further cards are not found by their
/// words, even if the list has room for more.
const MAX_SCORED_CARDS: usize = 64;

/// The score of a card for the words of a query.
#[derive(Clone, Debug)]
pub(super) struct CardFit {
    /// The position of the card in the index.
    pub card: usize,
    /// 0 to about 1.15.
    pub score: f32,
    /// The field that fits best.
    pub field: IndexedField,
    /// How that field fits; never a signature or letters in order.
    pub tier: Tier,
}

/// Returns the cards that match a word of the query, unordered.
pub(super) fn fits(query: &Query, index: &WordIndex) -> Vec<CardFit> {
    let total = query.weight();
    if total <= 0.0 {
        return Vec::new();
    }
    let mut cards = matched_weights(query, index);
    if cards.len() > MAX_SCORED_CARDS {
        cards.select_nth_unstable_by(MAX_SCORED_CARDS, |one, other| other.1.total_cmp(&one.1));
        cards.truncate(MAX_SCORED_CARDS);
    }
    let fit = |(card, matched_weight): (usize, f32)| {
        let (field_score, field) = best_field(query, index, card)?;
        let score = (BEST_FIELD_SHARE * field_score + (1.0 - BEST_FIELD_SHARE) * matched_weight) / total;
        let tier = tier_of(query, &field);
        Some(CardFit { card, score, field, tier })
    };
    cards.into_iter().filter_map(fit).collect()
}

/// Returns the matched weight of each matching card.
///
/// Walks over the postings of the matches, and over the words of cards without postings.
fn matched_weights(query: &Query, index: &WordIndex) -> Vec<(usize, f32)> {
    let mut sums = vec![0.0_f32; index.cards.len()];
    // The best match of one query word in each card.
    let mut best = vec![0.0_f32; index.cards.len()];
    for word in &query.words {
        best.fill(0.0);
        for found in &word.matches {
            let weight = found.quality * found.idf;
            for (card, posting) in index.postings_of(found.term) {
                if let Some(best) = best.get_mut(card) {
                    *best = posting.kinds().fold(*best, |best, kind| best.max(weight * field_weight(kind)));
                }
            }
        }
        sums.iter_mut().zip(&best).for_each(|(sum, best)| *sum += best);
    }
    add_without_postings(query, index, &mut sums);
    sums.into_iter().enumerate().filter(|(_, sum)| *sum > 0.0).collect()
}

/// Adds the matched weight of the cards that have no postings.
fn add_without_postings(query: &Query, index: &WordIndex, sums: &mut [f32]) {
    if index.without_postings().is_empty() {
        return;
    }
    let matches = query.weights_by_term();
    // The best match of each query word in a card.
    let mut best = vec![0.0_f32; query.words.len()];
    for card in index.without_postings().iter().copied() {
        best.fill(0.0);
        index.each_field(card, |field| {
            let matched = field.terms.iter().filter(|term| query.is_matched(**term));
            for (word, weight) in matched.filter_map(|term| matches.get(term)).flatten() {
                if let Some(best) = best.get_mut(*word) {
                    *best = best.max(weight * field_weight(field.kind));
                }
            }
        });
        if let Some(sum) = sums.get_mut(card) {
            *sum = best.iter().sum();
        }
    }
}

/// Returns the field of a card that scores highest, with its score.
fn best_field(query: &Query, index: &WordIndex, card: usize) -> Option<(f32, IndexedField)> {
    let mut best: Option<(f32, IndexedField)> = None;
    let mut matched = vec![0.0_f32; query.words.len()];
    index.each_field(card, |field| {
        let score = field_score(query, index, field, &mut matched);
        if score > 0.0 && best.as_ref().is_none_or(|(so_far, _)| score > *so_far) {
            best = Some((score, field.clone()));
        }
    });
    best
}

/// Returns the score of one field.
///
/// `matched` is scratch space with one place for each word of the query.
fn field_score(query: &Query, index: &WordIndex, field: &IndexedField, matched: &mut [f32]) -> f32 {
    if !field.terms.iter().any(|term| query.is_matched(*term)) {
        return 0.0;
    }
    matched.fill(0.0);
    let mut covered = 0.0;
    let mut adjacent = 0.0;
    let mut shares_code = false;
    let mut before: Option<usize> = None;
    for term in &field.terms {
        let found = query.term_match(*term);
        if let Some((at, found)) = found {
            let weight = found.quality * found.idf;
            covered += found.quality * index.idf(*term);
            shares_code |= query.is_code(at);
            if let Some(matched) = matched.get_mut(at) {
                *matched = matched.max(weight);
            }
            if before.is_some_and(|before| query.are_adjacent(before, at)) {
                adjacent += ADJACENT_WEIGHT * weight;
            }
        }
        before = found.map(|(at, _)| at);
    }
    let matched_weight: f32 = matched.iter().sum();
    let total_idf = index.total_idf(field);
    let coverage = if total_idf > 0.0 { covered / total_idf } else { 0.0 };
    // A field that names only other status codes describes another problem.
    let has_other_code = !shares_code && query.has_code() && index.has_code(field);
    let code_weight = if has_other_code { OTHER_CODE_WEIGHT } else { 1.0 };
    let coverage_weight = 1.0 - FIELD_COVERAGE_SHARE + FIELD_COVERAGE_SHARE * coverage;
    code_weight * field_weight(field.kind) * (matched_weight + adjacent) * coverage_weight
}

/// Returns the tier of a card whose best field is this one.
fn tier_of(query: &Query, field: &IndexedField) -> Tier {
    if !field.kind.is_name() {
        return Tier::Card;
    }
    // In a sequence only the word itself matches, or a beginning of it. Other forms, synonyms and typos do not.
    let is_word = |term: &Term, at: usize| {
        query.words.get(at).is_some_and(|word| {
            let mut same = word.matches.iter().filter(|found| found.term == *term);
            same.any(|found| found.quality >= 1.0 || found.kind == MatchKind::Prefix)
        })
    };
    let mut windows = field.terms.windows(query.sequence.len().max(1));
    let contains = windows.any(|window| window.iter().zip(&query.sequence).all(|(term, at)| is_word(term, *at)));
    if contains && !query.sequence.is_empty() {
        return Tier::Contains;
    }
    let kind_in_field = |at: usize| {
        let found = field.terms.iter().filter_map(|term| query.term_match(*term)).filter(|(word, _)| *word == at);
        found.map(|(_, found)| found.kind).min()
    };
    let kinds: Option<Vec<MatchKind>> = (0..query.words.len()).map(kind_in_field).collect();
    match kinds {
        None => Tier::Card,
        Some(kinds) if kinds.iter().all(|kind| *kind <= MatchKind::Prefix) => Tier::Words,
        Some(_) => Tier::Typos,
    }
}
