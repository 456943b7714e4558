//! Visits every state that a walk can reach.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::candidates::alive;
use super::known::{Given, Known};
use super::position::{Step, step};
use crate::tree::{CardId, QuestionId, Tree};

/// The findings of a visit to the state space of a tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exploration {
    /// The number of visited states.
    pub states: usize,
    /// Whether there are more states than were visited.
    pub is_partial: bool,
    /// The ends in one card, in a shortlist, in the escalation card.
    pub ends: (usize, usize, usize),
    /// The number of ends in a link to another tree.
    pub link_ends: usize,
    /// The fewest answers after which a card alone is left, by card.
    pub answers_to_card: BTreeMap<CardId, usize>,
    /// The most questions of a walk with "don't know" answers.
    pub longest: usize,
    /// The questions that are asked somewhere.
    pub asked: BTreeSet<QuestionId>,
}

/// Visits the states of all walks, the shortest walks first.
///
/// Every question is answered in every possible way, with "don't know" and "none of these". Visits at most `limit`
/// states.
pub fn explore(tree: &Tree, limit: usize) -> Exploration {
    let mut found = Exploration::default();
    let mut seen: HashSet<Vec<(QuestionId, Given)>> = HashSet::new();
    let mut layer = vec![Known::default()];
    for depth in 0.. {
        let mut next_layer = Vec::new();
        for known in std::mem::take(&mut layer) {
            if found.states >= limit {
                found.is_partial = true;
                return found;
            }
            found.states += 1;
            let here = alive(tree, &known);
            match step(tree, &known, &here) {
                Some(Step::Ask(question)) => {
                    found.asked.insert(question);
                    found.longest = found.longest.max(depth + 1);
                    for given in every_answer(tree, question) {
                        let next = known.with(question, given);
                        let key = next.answers.iter().map(|(question, answer)| (*question, answer.given)).collect();
                        if seen.insert(key) {
                            next_layer.push(next);
                        }
                    }
                }
                Some(Step::Card(card)) => {
                    found.ends.0 += 1;
                    found.answers_to_card.entry(card).or_insert(depth);
                }
                Some(Step::Shortlist) => found.ends.1 += 1,
                Some(Step::Link(_)) => found.link_ends += 1,
                Some(Step::Escalate | Step::Conflict(_)) | None => found.ends.2 += 1,
            }
        }
        if next_layer.is_empty() {
            break;
        }
        layer = next_layer;
    }
    found
}

fn every_answer(tree: &Tree, question: QuestionId) -> impl Iterator<Item = Given> {
    let options = tree.options(question).map(|(option, _)| Given::Option(option));
    options.chain([Given::Unknown, Given::NoneOfThese])
}
