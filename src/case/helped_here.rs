//! Counts which steps helped on this machine.

use std::collections::BTreeMap;

use super::summary::CaseSummary;
use crate::text::CleanText;

/// The number of solved cases in which each step helped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelpedHere {
    /// By the ids of tree, card and step.
    counts: BTreeMap<[CleanText; 3], usize>,
}

impl HelpedHere {
    /// Counts the steps that helped in cases.
    pub fn new<'a>(cases: impl IntoIterator<Item = &'a CaseSummary>) -> Self {
        let mut counts = BTreeMap::new();
        for summary in cases {
            if let Some(helped) = &summary.helped {
                *counts.entry([summary.tree.clone(), helped.card.clone(), helped.step.clone()]).or_default() += 1;
            }
        }
        Self { counts }
    }

    /// Returns the number of cases in which a step helped.
    pub fn count(&self, tree: &CleanText, card: &CleanText, step: &CleanText) -> usize {
        self.counts.get(&[tree, card, step].map(Clone::clone)).copied().unwrap_or(0)
    }
}
