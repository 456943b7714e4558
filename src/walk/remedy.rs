//! Orders the remedies of a card by chance ÷ cost.
//!
//! This order minimizes the expected cost of a repair if the chances are independent (Simon and Kadane, "Optimal
//! problem-solving search", Artificial Intelligence 6, 1975). It depends on the card alone, so that the number of a step
//! is the same on every screen, in every ticket, and after each answer.

use super::event::StepOutcome;
use crate::tree::Card;
use crate::tree::model::{Effect, Remedy};

/// The factor on a cause's likelihood after its remedy failed.
///
/// It is not 0, because the remedy may have been done wrong.
const DEMOTED: f64 = 0.1;

/// A remedy with its rank.
///
/// Its place in the order is the number of the step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The position in the card.
    pub remedy: usize,
    /// The chance that it fixes the cause, 0 to 1.
    pub chance: f64,
    /// The chance ÷ the cost of trying, which decides the order.
    pub worth: f64,
    /// The outcome; `None` while the step is open.
    pub outcome: Option<StepOutcome>,
}

/// Returns the remedies of a card in order, with their outcomes.
///
/// Outcomes do not change the order.
pub fn remedies(card: &Card, outcome_of: impl Fn(usize) -> Option<StepOutcome>) -> Vec<Ranked> {
    let weights = cause_weights(card, |_| None);
    let total: f64 = weights.iter().sum();
    let mut ranked: Vec<Ranked> = card
        .remedies
        .iter()
        .enumerate()
        .map(|(at, remedy)| {
            let fixed: f64 = remedy.fixes.iter().filter_map(|cause| weights.get(*cause)).sum();
            let chance = if total > 0.0 { fixed / total } else { 0.0 };
            Ranked { remedy: at, chance, worth: chance / cost(remedy), outcome: outcome_of(at) }
        })
        .collect();
    // The sort is stable: equal remedies stay in the author's order.
    ranked.sort_by(|one, other| other.worth.total_cmp(&one.worth));
    ranked
}

fn cost(remedy: &Remedy) -> f64 {
    remedy.takes.weight() * remedy.effect.weight()
}

/// Returns the weight of each cause after failed remedies.
fn cause_weights(card: &Card, outcome_of: impl Fn(usize) -> Option<StepOutcome>) -> Vec<f64> {
    let mut weights: Vec<f64> = card.causes.iter().map(|cause| cause.likelihood.weight()).collect();
    for (at, remedy) in card.remedies.iter().enumerate() {
        if outcome_of(at) == Some(StepOutcome::DidNotHelp) && remedy.effect != Effect::Observe {
            for cause in &remedy.fixes {
                if let Some(weight) = weights.get_mut(*cause) {
                    *weight *= DEMOTED;
                }
            }
        }
    }
    weights
}

/// Returns the part of the likelihood after failed remedies, 0 to 1.
pub(super) fn likelihood_left(card: &Card, outcome_of: impl Fn(usize) -> Option<StepOutcome>) -> f64 {
    let before: f64 = card.causes.iter().map(|cause| cause.likelihood.weight()).sum();
    if before > 0.0 { cause_weights(card, outcome_of).iter().sum::<f64>() / before } else { 1.0 }
}

/// Returns whether every step was tried and none helped.
///
/// A step that only looks counts as tried once it is done. A step that changes something, and is done or skipped, may
/// still help, so the card stays.
pub(super) fn is_exhausted(card: &Card, outcome_of: impl Fn(usize) -> Option<StepOutcome>) -> bool {
    let is_in_vain = |(at, remedy): (usize, &Remedy)| match outcome_of(at) {
        Some(StepOutcome::DidNotHelp) => true,
        Some(StepOutcome::Done) => remedy.effect == Effect::Observe,
        Some(StepOutcome::Helped | StepOutcome::Skipped) | None => false,
    };
    let has_failed = (0..card.remedies.len()).any(|at| outcome_of(at) == Some(StepOutcome::DidNotHelp));
    has_failed && card.remedies.iter().enumerate().all(is_in_vain)
}
