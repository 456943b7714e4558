//! Which remedy first: the second question of every exercise.
//!
//! Of a card that has several, only remedies that change something are offered: to look first is nearly always right, and
//! to know that says nothing about the card.

use super::random::Random;
use crate::tree::model::{Effect, Remedy, Takes};
use crate::tree::{CardId, Tree};
use crate::walk::remedies;

/// Two worths are the same if they differ by less: they were added up in another order.
const SAME: f64 = 1e-9;

/// So many remedies are offered.
const OFFERED: usize = 5;

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
    let own = &tree.card(card).remedies;
    let ranked = remedies(tree.card(card), |_| None);
    let mut ranked: Vec<_> = ranked.iter().filter_map(|ranked| Some((ranked, own.get(ranked.remedy)?))).collect();
    let changes = |(_, remedy): &(_, &Remedy)| remedy.effect != Effect::Observe;
    if ranked.iter().filter(|it| changes(it)).count() > 1 {
        ranked.retain(changes);
    }
    let most = ranked.first().map_or(0.0, |(first, _)| first.worth);
    let mut choices: Vec<Choice> = Vec::new();
    for (place, (ranked, remedy)) in ranked.iter().enumerate() {
        let is_best = most - ranked.worth < SAME;
        let is_right = if told.is_empty() { is_best } else { told.contains(&ranked.remedy) };
        let share = format!("it fixes {} % of the causes", (ranked.chance * 100.0).round());
        let why = match (told.is_empty(), is_right) {
            (true, true) => format!("the best chance for its cost: {share}, {}", cost(remedy)),
            (true, false) => format!("number {} by chance and cost: {share}, {}", place + 1, cost(remedy)),
            (false, true) => format!("after what is known here; {}", cost(remedy)),
            (false, false) => format!("not after what is known here; {}", cost(remedy)),
        };
        choices.push(Choice { remedy: ranked.remedy, is_right, why });
    }
    // Those that are right, and the best of the others.
    choices.sort_by_key(|choice| !choice.is_right);
    let right = choices.iter().filter(|choice| choice.is_right).count();
    choices.truncate(OFFERED.max(right + 1));
    random.shuffle(&mut choices);
    choices
}

/// The same of a card that it is not: none of them is right.
pub(super) fn of_another(tree: &Tree, card: CardId) -> Vec<Choice> {
    // In an order that depends on the card alone.
    let mut choices = choices(tree, card, &[], &mut Random::new(usize::from(card) as u64));
    choices.iter_mut().for_each(|choice| choice.is_right = false);
    choices
}

/// What a remedy takes, in words.
fn cost(remedy: &Remedy) -> String {
    let effect = match remedy.effect {
        Effect::Observe => "changes nothing",
        Effect::Change => "can be taken back",
        Effect::Disruptive => "interrupts the service",
    };
    let takes = match remedy.takes {
        Takes::Seconds => "seconds",
        Takes::Minutes => "minutes",
        Takes::ChangeWindow => "a change window",
    };
    format!("takes {takes}, {effect}")
}
