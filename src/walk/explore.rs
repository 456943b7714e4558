//! Every state that a walk can come to, one after another.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::candidates::alive;
use super::known::{Given, Known};
use super::position::{Step, step};
use crate::tree::{CardId, QuestionId, Tree};

/// What was found in the state space of a tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exploration {
    /// How many states were visited.
    pub states: usize,
    /// More states exist than were visited.
    pub is_partial: bool,
    /// Ends in one card, in a shortlist, and in the escalation card.
    pub ends: (usize, usize, usize),
    /// For each card, the fewest answers after which it alone is left.
    pub answers_to_card: BTreeMap<CardId, usize>,
    /// The most questions that any walk asks, "don't know" and "none of these" among the answers.
    pub longest: usize,
    /// The questions that are asked somewhere.
    pub asked: BTreeSet<QuestionId>,
}

/// Visits the states that a walk comes to when every question it asks is answered in every possible way, "don't know"
/// and "none of these" included. Looks at `limit` states at most, the shortest walks first.
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
