//! Finds the systems that a query names.
//!
//! A person who writes "nginx 502" or "lb 502" has said which system is meant. A tree lists the words for its product in
//! `named_by`. Cards of a named system get [`NAMED_SYSTEM_BONUS`](super::weights::NAMED_SYSTEM_BONUS); nothing is hidden.

use crate::tree::Tree;
use crate::words::tokenize;

/// The names of one system, each as folded words in order.
#[derive(Debug)]
pub(super) struct SystemNames(Vec<Vec<String>>);

impl SystemNames {
    /// Splits the names in `named_by`.
    pub(super) fn new(tree: &Tree) -> Self {
        Self(tree.named_by.iter().map(|name| folded_words(name)).collect())
    }

    /// Returns whether a name is among the words of a query.
    pub(super) fn are_in(&self, words: &[String]) -> bool {
        let is_in = |name: &&Vec<String>| !name.is_empty() && words.windows(name.len()).any(|words| words == *name);
        self.0.iter().any(|name| is_in(&name))
    }
}

/// Returns the words of a text in order, folded.
pub(super) fn folded_words(text: &str) -> Vec<String> {
    tokenize(text).into_iter().map(|word| word.text).collect()
}
