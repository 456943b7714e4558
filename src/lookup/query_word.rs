//! Holds a word of a query and its matches.

use super::term_match::TermMatch;

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
