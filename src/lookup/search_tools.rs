//! Holds the indexes that a search needs, built at the first search.

use std::sync::{Arc, OnceLock};

use super::lexicon::Lexicon;
use super::named_systems::SystemNames;
use super::status_codes::StatusCodes;
use super::subsequence::SubsequenceIndex;
use super::word_index::{IndexedField, WordIndex};
use crate::recognize::Recognizer;
use crate::tree::Tree;

/// The indexes that a search needs, built once.
#[derive(Debug)]
pub(super) struct SearchTools {
    pub(super) index: WordIndex,
    /// Built for the first query that may be letters in order.
    pub(super) subsequences: OnceLock<SubsequenceIndex<IndexedField>>,
    pub(super) lexicon: Lexicon,
    pub(super) recognizers: Vec<TreeRecognizer>,
}

impl SearchTools {
    /// Returns whether a tree is at one of these positions.
    pub(super) fn is_one_of(&self, tree: &Tree, positions: &[usize]) -> bool {
        let mut trees = positions.iter().filter_map(|at| self.recognizers.get(*at));
        trees.any(|known| known.recognizer.tree().id == tree.id)
    }

    /// Returns the trees at these positions.
    ///
    /// None if the tree of a card is among them.
    pub(super) fn writers_but(&self, own: &Arc<Tree>, writers: &[usize]) -> Vec<Arc<Tree>> {
        let trees = writers.iter().filter_map(|at| self.recognizers.get(*at)).map(|known| known.recognizer.tree());
        let trees: Vec<Arc<Tree>> = trees.cloned().collect();
        if trees.iter().any(|tree| tree.id == own.id) { Vec::new() } else { trees }
    }
}

/// Recognizes the signatures of one tree.
#[derive(Debug)]
pub(super) struct TreeRecognizer {
    pub(super) recognizer: Recognizer,
    pub(super) status_codes: StatusCodes,
    pub(super) names: SystemNames,
    /// The position of the tree's first card in the inverted index.
    pub(super) first: usize,
}
