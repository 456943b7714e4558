//! One word of a query with everything that it may stand for.

use super::term_match::TermMatch;

/// A word of a query.
#[derive(Debug)]
pub(super) struct QueryWord {
    /// The folded word, as typed.
    pub text: String,
    /// The words of the cards that it may stand for.
    pub matches: Vec<TermMatch>,
    /// Its share in the query: the IDF of its surest match.
    pub weight: f32,
}
