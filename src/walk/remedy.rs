//! Orders the remedies of a card by chance ÷ cost.
//!
//! This order minimizes the expected cost of a repair if the chances are independent (Simon and Kadane, "Optimal
//! problem-solving search", Artificial Intelligence 6, 1975).

use crate::tree::Card;
use crate::tree::model::{Effect, Remedy};

/// The factor on a cause's likelihood after its remedy failed.
///
/// It is not 0, because the remedy may have been done wrong.
const DEMOTED: f64 = 0.1;

/// A remedy with its rank.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The position in the card.
    pub remedy: usize,
    /// The chance that it fixes the present cause, 0 to 1.
    pub chance: f64,
    /// The chance ÷ the cost of trying, which decides the order.
    pub worth: f64,
    /// Whether it helped, if it was tried.
    pub tried: Option<bool>,
}

/// Returns the remedies of a card in order.
///
/// The remedy that solved the case comes first, then the next to try, then those already tried. `tried` returns whether
/// the remedy at a position helped, if it was tried.
pub fn remedies(card: &Card, tried: impl Fn(usize) -> Option<bool>) -> Vec<Ranked> {
    let weights = cause_weights(card, &tried);
    let total: f64 = weights.iter().sum();
    let mut ranked: Vec<Ranked> = card
        .remedies
        .iter()
        .enumerate()
        .map(|(at, remedy)| {
            let fixed: f64 = remedy.fixes.iter().filter_map(|cause| weights.get(*cause)).sum();
            let chance = if total > 0.0 { fixed / total } else { 0.0 };
            Ranked { remedy: at, chance, worth: chance / cost(remedy), tried: tried(at) }
        })
        .collect();
    // The sort is stable: equal remedies stay in the author's order.
    let place = |ranked: &Ranked| match ranked.tried {
        _ if is_solution(card, ranked) => 0,
        None => 1,
        Some(_) => 2,
    };
    ranked.sort_by(|one, other| place(one).cmp(&place(other)).then(other.worth.total_cmp(&one.worth)));
    ranked
}

/// Returns whether this remedy has ended the trouble.
///
/// A remedy that only looks ends nothing.
pub fn is_solution(card: &Card, ranked: &Ranked) -> bool {
    let changes = card.remedies.get(ranked.remedy).is_some_and(|remedy| remedy.effect != Effect::Observe);
    ranked.tried == Some(true) && changes
}

fn cost(remedy: &Remedy) -> f64 {
    remedy.takes.weight() * remedy.effect.weight()
}

/// Returns the weight of each cause after the tried remedies.
fn cause_weights(card: &Card, tried: impl Fn(usize) -> Option<bool>) -> Vec<f64> {
    let mut weights: Vec<f64> = card.causes.iter().map(|cause| cause.likelihood.weight()).collect();
    for (at, remedy) in card.remedies.iter().enumerate() {
        if tried(at) == Some(false) && remedy.effect != Effect::Observe {
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
pub(super) fn likelihood_left(card: &Card, tried: impl Fn(usize) -> Option<bool>) -> f64 {
    let before: f64 = card.causes.iter().map(|cause| cause.likelihood.weight()).sum();
    if before > 0.0 { cause_weights(card, tried).iter().sum::<f64>() / before } else { 1.0 }
}

/// Returns whether every remedy was tried and none helped.
pub(super) fn is_exhausted(card: &Card, tried: impl Fn(usize) -> Option<bool>) -> bool {
    !card.remedies.is_empty() && (0..card.remedies.len()).all(|at| tried(at) == Some(false))
}
