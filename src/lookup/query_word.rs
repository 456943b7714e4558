//! Holds a word of a query and its matches.

use super::term_match::{MatchKind, TermMatch};
use super::weights::UNKNOWN_WORD_WEIGHT;

/// A word of a query.
#[derive(Debug)]
pub(super) struct QueryWord {
    /// The folded word, as typed.
    pub text: String,
    /// The words of the cards that it may stand for.
    pub matches: Vec<TermMatch>,
    /// The weight of the word in the query.
    ///
    /// This is the highest IDF among its surest matches, or the IDF of its synonyms if that is lower or no card has the
    /// word. A word without any match has a share (`UNKNOWN_WORD_WEIGHT`) of the IDF of a word that no card has.
    pub weight: f32,
}

impl QueryWord {
    /// Returns the weight, with an unknown word at full weight.
    pub(super) fn full_weight(&self) -> f32 {
        if self.matches.is_empty() { self.weight / UNKNOWN_WORD_WEIGHT } else { self.weight }
    }

    /// Returns whether a card has the word.
    ///
    /// Other forms and synonyms count.
    pub(super) fn is_exact(&self) -> bool {
        self.matches.iter().any(|found| found.kind == MatchKind::Same)
    }
}
