//! Holds the indexes that a search needs, built at the first search.

use std::sync::OnceLock;

use super::inverted_index::InvertedIndex;
use super::lexicon::Lexicon;
use super::status_codes::StatusCodes;
use super::subsequence::SubsequenceIndex;
use crate::recognize::Recognizer;

/// The indexes that a search needs, built once.
#[derive(Debug)]
pub(super) struct SearchTools {
    pub(super) index: InvertedIndex,
    /// Built for the first query that may be letters in order.
    pub(super) subsequences: OnceLock<SubsequenceIndex>,
    pub(super) lexicon: Lexicon,
    pub(super) recognizers: Vec<TreeRecognizer>,
}

/// Recognizes the signatures of one tree.
#[derive(Debug)]
pub(super) struct TreeRecognizer {
    pub(super) recognizer: Recognizer,
    pub(super) status_codes: StatusCodes,
    /// The position of the tree's first card in the inverted index.
    pub(super) first: usize,
}
