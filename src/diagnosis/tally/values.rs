//! Counts the values that lines name, such as those of typed commands.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnosis::bottom_k::{BottomK, Mergeable};
use crate::diagnosis::patterns::Patterns;
use crate::text::CleanText;
use crate::tree::Tree;
use crate::walk::{FoundValue, Provenance};

/// Values of a placeholder that are counted.
///
/// A person chooses among them, so more than a few screens of them help nobody.
const COUNTED: usize = 50;

/// The values that lines name, by tree and placeholder.
#[derive(Debug, Default)]
pub(in crate::internals::diagnosis) struct ValueTally {
    values: BTreeMap<(usize, CleanText), BottomK<NamedValue>>,
}

/// The lines that name a value: their number and the first.
#[derive(Debug, Default)]
struct NamedValue {
    count: u64,
    first: Option<Provenance>,
}

impl Mergeable for NamedValue {
    fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    fn append(&mut self, later: &mut Self) {
        let later = later.take();
        self.count += later.count;
        self.first = self.first.take().or(later.first);
    }
}

impl ValueTally {
    /// Counts a line that names a value.
    pub(in crate::internals::diagnosis) fn add(
        &mut self,
        (tree, name): (usize, &CleanText),
        value: &str,
        place: impl FnOnce() -> Provenance,
    ) {
        let values = self.values.entry((tree, name.clone())).or_insert_with(|| BottomK::new(COUNTED));
        if let Some(named) = values.entry(value, NamedValue::default) {
            named.count += 1;
            named.first.get_or_insert_with(place);
        }
    }

    /// Moves the counts of a later part of the input here.
    pub(super) fn append(&mut self, later: &mut Self) {
        for (key, values) in &mut later.values {
            self.values.entry(key.clone()).or_insert_with(|| BottomK::like(values)).append(values);
        }
    }

    /// Returns the values with their trees.
    ///
    /// The most frequent value of a placeholder comes first.
    pub(super) fn found(&self, patterns: &Patterns) -> Vec<(Arc<Tree>, FoundValue)> {
        let mut found = Vec::new();
        for ((tree, name), values) in &self.values {
            let Some(tree) = patterns.tree(*tree) else { continue };
            let mut of_name: Vec<_> = values.kept().into_iter().collect();
            of_name.sort_by(|(one, named), (other, other_named)| {
                (Reverse(named.count), one).cmp(&(Reverse(other_named.count), other))
            });
            for (value, named) in of_name {
                let (name, value) = (name.clone(), value.clone());
                let Some(provenance) = named.first.clone() else { continue };
                found.push((Arc::clone(tree), FoundValue { name, value, count: named.count, provenance }));
            }
        }
        found
    }
}
