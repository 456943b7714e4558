//! Which remedy first: the second question of every exercise.

use super::random::Random;
use crate::tree::{CardId, Tree};
use crate::walk::remedies;

/// Two worths are the same if they differ by less: they were added up in another order.
const SAME: f64 = 1e-9;

/// A remedy to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its position in the card.
    pub remedy: usize,
    /// It may be tried first.
    pub is_right: bool,
    /// Why it is, or is not, the first to try.
    pub why: String,
}

/// The remedies of a card in an order that says nothing. Those of the most chance by cost are right, or those that are
/// `told`, if any are.
pub(super) fn choices(tree: &Tree, card: CardId, told: &[usize], random: &mut Random) -> Vec<Choice> {
    let ranked = remedies(tree.card(card), |_| None);
    let most = ranked.first().map_or(0.0, |first| first.worth);
    let own = &tree.card(card).remedies;
    let mut choices: Vec<Choice> = ranked
        .iter()
        .enumerate()
        .filter_map(|(place, ranked)| {
            let remedy = own.get(ranked.remedy)?;
            let is_best = most - ranked.worth < SAME;
            let is_right = if told.is_empty() { is_best } else { told.contains(&ranked.remedy) };
            let chance = (ranked.chance * 100.0).round();
            let (effect, takes) = (remedy.effect.word(), remedy.takes.word());
            let place = if is_best { "first".to_owned() } else { format!("number {}", place + 1) };
            let why = match (told.is_empty(), is_right) {
                (true, _) => format!("{place} by chance ÷ cost: {chance} % of the causes, {takes}, {effect}"),
                (false, true) => format!("after what is known here; {takes}, {effect}"),
                (false, false) => format!("not after what is known here; {takes}, {effect}"),
            };
            Some(Choice { remedy: ranked.remedy, is_right, why })
        })
        .collect();
    random.shuffle(&mut choices);
    choices
}
