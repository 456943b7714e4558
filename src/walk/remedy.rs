//! In which order to try the remedies of a card.
//!
//! By chance ÷ cost, the order that makes the expected cost of a repair least when the chances are independent
//! (Simon and Kadane, "Optimal problem-solving search", Artificial Intelligence 6, 1975).

use crate::tree::Card;
use crate::tree::model::{Effect, Remedy};

/// What remains of a cause's likelihood after a remedy for it was tried in vain: the remedy may have been done wrong.
const DEMOTED: f64 = 0.1;

/// A remedy in its place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// Its position in the card.
    pub remedy: usize,
    /// The chance that its causes are the ones, 0 to 1.
    pub chance: f64,
    /// The chance by the cost of trying it: what decides the order.
    pub worth: f64,
    /// Whether it was tried, and helped.
    pub tried: Option<bool>,
}

/// The remedies of a card: what solved it, then the next to try, those already tried last. `tried` tells of a remedy's
/// position whether it was tried, and helped.
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
    // The sort is stable: what is equal stays in the author's order.
    let place = |ranked: &Ranked| match ranked.tried {
        _ if is_solution(card, ranked) => 0,
        None => 1,
        Some(_) => 2,
    };
    ranked.sort_by(|one, other| place(one).cmp(&place(other)).then(other.worth.total_cmp(&one.worth)));
    ranked
}

/// Whether this remedy has ended the trouble. To have looked at something ends nothing.
pub fn is_solution(card: &Card, ranked: &Ranked) -> bool {
    let changes = card.remedies.get(ranked.remedy).is_some_and(|remedy| remedy.effect != Effect::Observe);
    ranked.tried == Some(true) && changes
}

fn cost(remedy: &Remedy) -> f64 {
    remedy.takes.weight() * remedy.effect.weight()
}

/// How likely each cause is, after what was tried.
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

/// Which part of the card's likelihood is left after the remedies that were tried in vain, 0 to 1.
pub(super) fn likelihood_left(card: &Card, tried: impl Fn(usize) -> Option<bool>) -> f64 {
    let before: f64 = card.causes.iter().map(|cause| cause.likelihood.weight()).sum();
    if before > 0.0 { cause_weights(card, tried).iter().sum::<f64>() / before } else { 1.0 }
}

/// Whether every remedy was tried, and none helped.
pub(super) fn is_exhausted(card: &Card, tried: impl Fn(usize) -> Option<bool>) -> bool {
    !card.remedies.is_empty() && (0..card.remedies.len()).all(|at| tried(at) == Some(false))
}
