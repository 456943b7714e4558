//! Ranks the remedies of a card by the possible causes.
//!
//! The order is that of the card ([`remedies_for`]), except that causes that are ruled out have no weight.

use crate::tree::model::{Effect, Remedy};
use crate::tree::{Card, CardId, Tree};
use crate::walk::remedies_for;

/// The difference of probability by cost below which remedies are equal.
///
/// Sums of equal weights in another order differ by about 1e-16. Real differences are far larger than 1e-9.
pub(crate) const EQUAL_WITHIN: f64 = 1e-9;

/// Ranks the remedies of a card by the causes that are possible.
pub(crate) struct RemedyOrder<'c> {
    pub(crate) card: &'c Card,
    /// Whether each cause is possible.
    pub(crate) possible: &'c [bool],
}

impl RemedyOrder<'_> {
    /// Returns the probability that a remedy fixes the cause.
    ///
    /// For a remedy that only observes, it is the probability that the remedy checks for the cause. Only causes that are
    /// still possible count. Example: if the possible causes have the weights 9, 3 and 3, a remedy for the first one has
    /// 0.6.
    pub(crate) fn chance(&self, remedy: &Remedy) -> f64 {
        let weight = |at: usize| match (self.card.causes.get(at), self.possible.get(at)) {
            (Some(cause), Some(true)) => cause.likelihood.weight(),
            _ => 0.0,
        };
        let all: f64 = (0..self.card.causes.len()).map(weight).sum();
        let fixed: f64 = remedy.fixes.iter().map(|cause| weight(*cause)).sum();
        if all > 0.0 { fixed / all } else { 0.0 }
    }

    /// Returns the chance ÷ the cost of a remedy.
    pub(crate) fn worth(&self, remedy: &Remedy) -> f64 {
        self.chance(remedy) / (remedy.takes.weight() * remedy.effect.weight())
    }

    /// Returns the largest worth of the remedies of one kind.
    ///
    /// The kinds are those that only observe and those that change something.
    fn best_worth(&self, is_observing: bool) -> f64 {
        let remedies = self.card.remedies.iter().filter(|it| (it.effect == Effect::Observe) == is_observing);
        remedies.map(|remedy| self.worth(remedy)).fold(0.0, f64::max)
    }

    /// Returns whether a remedy that only observes comes before all changes.
    pub(crate) fn reads_first(&self) -> bool {
        let observing = self.best_worth(true);
        observing > 0.0 && observing > self.best_worth(false) - EQUAL_WITHIN
    }

    /// Returns whether the clues settle that a change is right.
    pub(crate) fn is_settled(&self, change: &Remedy) -> bool {
        let is_best = self.worth(change) > self.best_worth(false) - EQUAL_WITHIN;
        self.is_told() && is_best && self.chance(change) > 1.0 - EQUAL_WITHIN
    }

    /// Returns whether the clues rule out causes.
    ///
    /// A card with only one cause needs no clues.
    pub(crate) fn is_told(&self) -> bool {
        self.card.causes.len() == 1 || self.possible.contains(&false)
    }
}

/// Returns the position of the remedy that a card proposes first.
pub(crate) fn first_of_card(tree: &Tree, card: CardId) -> Option<usize> {
    remedies_for(None, tree, card).first().map(|first| first.remedy)
}
