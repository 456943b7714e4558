//! Counts the lines that say that something works.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnosis::patterns::Patterns;
use crate::tree::{CardId, Tree};
use crate::walk::{Provenance, Success};

/// The lines that rule cards out, by tree and card.
#[derive(Debug, Default)]
pub(in crate::internals::diagnosis) struct SuccessTally {
    /// The number of lines, and the place of the first.
    lines: BTreeMap<(usize, CardId), (u64, Provenance)>,
}

impl SuccessTally {
    /// Counts a line.
    pub(in crate::internals::diagnosis) fn add(&mut self, key: (usize, CardId), place: impl FnOnce() -> Provenance) {
        self.lines.entry(key).or_insert_with(|| (0, place())).0 += 1;
    }

    /// Moves the counts of a later part of the input here.
    pub(super) fn append(&mut self, later: &mut Self) {
        for (key, (count, place)) in std::mem::take(&mut later.lines) {
            self.lines.entry(key).or_insert((0, place)).0 += count;
        }
    }

    /// Returns the successes, each with its tree.
    pub(super) fn found(&self, patterns: &Patterns) -> Vec<(Arc<Tree>, Success)> {
        let found = self.lines.iter().filter_map(|((tree, card), (count, provenance))| {
            let success = Success { card: *card, count: *count, provenance: provenance.clone() };
            Some((Arc::clone(patterns.tree(*tree)?), success))
        });
        found.collect()
    }
}
