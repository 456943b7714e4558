//! Counts the diagnoses of the cases on this machine, and what helped.

use std::cmp::Reverse;
use std::sync::Arc;

use super::case_summary::helped_by;
use super::walks::has_events;
use crate::text::{self, CleanText};
use crate::tree::CardId;
use crate::walk::{Step, Walk};

/// The counts of all cases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// The cases in which something happened.
    pub cases: usize,
    /// The cases in which a step helped.
    pub solved: usize,
    /// The cards that were diagnosed, the most frequent first.
    pub cards: Vec<CardStatistics>,
}

/// The counts of a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardStatistics {
    /// The id of the tree.
    pub tree: CleanText,
    /// The system, as screens call it.
    pub system: CleanText,
    /// The id of the card.
    pub card: CleanText,
    /// The title of the card.
    pub title: CleanText,
    /// The cases that came to the card.
    ///
    /// They ended at it, or a step of it helped.
    pub diagnosed: usize,
    /// The cases that a step of it solved.
    pub solved: usize,
    /// The steps that helped, the most frequent first.
    pub helped: Vec<HelpedCount>,
    /// The median time from the first event to the card, in seconds.
    ///
    /// `None` if no case has times.
    pub seconds_to_card: Option<i64>,
}

/// The cases in which a step helped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpedCount {
    /// The id of the step.
    pub step: CleanText,
    /// The first sentence of its instruction.
    pub act: String,
    /// The number of cases.
    pub count: usize,
}

/// Counts what came of cases.
///
/// A case counts for the card of which a step helped, else for the card where it stands. A card that the operator only
/// opened is no diagnosis.
pub fn statistics<'a>(walks: impl IntoIterator<Item = &'a Walk>) -> Statistics {
    let mut statistics = Statistics::default();
    let mut times: Vec<Vec<i64>> = Vec::new();
    for walk in walks.into_iter().filter(|walk| has_events(walk)) {
        let helped = helped_by(walk);
        statistics.cases += 1;
        statistics.solved += usize::from(helped.is_some());
        let Some(card) = helped.map(|(card, _)| card).or_else(|| diagnosed(walk)) else { continue };
        let tree = walk.tree();
        let is_same = |known: &CardStatistics| (&known.tree, &known.card) == (&tree.id, &tree.card(card).id);
        let at = statistics.cards.iter().position(is_same).unwrap_or_else(|| {
            statistics.cards.push(CardStatistics::new(walk, card));
            times.push(Vec::new());
            statistics.cards.len() - 1
        });
        if let Some((counted, times)) = statistics.cards.get_mut(at).zip(times.get_mut(at)) {
            counted.add(walk, card, helped.map(|(_, remedy)| remedy));
            times.extend(seconds_to(walk, card));
        }
    }
    for (card, times) in statistics.cards.iter_mut().zip(times) {
        card.seconds_to_card = median(times);
        card.helped.sort_by_key(|helped| Reverse(helped.count));
    }
    statistics.cards.sort_by_key(|card| (Reverse(card.diagnosed), Reverse(card.solved)));
    statistics
}

impl CardStatistics {
    fn new(walk: &Walk, card: CardId) -> Self {
        let tree = walk.tree();
        Self {
            tree: tree.id.clone(),
            system: tree.title.clone(),
            card: tree.card(card).id.clone(),
            title: tree.card(card).title.clone(),
            diagnosed: 0,
            solved: 0,
            helped: Vec::new(),
            seconds_to_card: None,
        }
    }

    /// Adds a case; `helped` is the position of the step.
    fn add(&mut self, walk: &Walk, card: CardId, helped: Option<usize>) {
        self.diagnosed += 1;
        let Some(remedy) = helped.and_then(|remedy| walk.tree().card(card).remedies.get(remedy)) else { return };
        self.solved += 1;
        match self.helped.iter_mut().find(|known| known.step == remedy.id) {
            Some(known) => known.count += 1,
            None => {
                let act = text::first_sentence(&remedy.act).to_owned();
                self.helped.push(HelpedCount { step: remedy.id.clone(), act, count: 1 });
            }
        }
    }
}

/// Returns the card where a case stands, unless it was only opened.
fn diagnosed(walk: &Walk) -> Option<CardId> {
    match walk.position().step {
        Step::Card(card) if !walk.is_opened(card) => Some(card),
        _ => None,
    }
}

/// Returns the seconds until a case stood at a card.
///
/// They count from its first event.
fn seconds_to(walk: &Walk, card: CardId) -> Option<i64> {
    let events = walk.events();
    let is_there = |count: &usize| {
        let before = Walk::replay(Arc::clone(walk.tree()), events.iter().take(*count).cloned().collect());
        before.position().step == Step::Card(card)
    };
    let reached = (1..=events.len()).find(is_there)?;
    Some(walk.log.time(reached - 1)?.saturating_sub(walk.log.time(0)?).max(0))
}

/// Returns the median; of two in the middle, the lower one.
fn median(mut values: Vec<i64>) -> Option<i64> {
    values.sort_unstable();
    values.get(values.len().saturating_sub(1) / 2).copied()
}
