//! Chooses the next question, and estimates how many remain.

use std::collections::BTreeMap;

use super::candidates::{Alive, alive, option_count};
use super::known::{Given, Known};
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// Returns whether some answer would leave only some of the candidates.
fn separates(tree: &Tree, alive: &Alive<'_>, question: QuestionId) -> bool {
    tree.options(question).any(|(option, _)| {
        let left = alive.after(question, option);
        !left.is_empty() && left.is_subset_of(&alive.cards) && !left.same_as(&alive.cards)
    })
}

/// Returns the open questions that separate candidates, in path order.
pub(super) fn separating(tree: &Tree, known: &Known, alive: &Alive<'_>) -> Vec<QuestionId> {
    let mut seen = Vec::new();
    for alive_path in &alive.paths {
        for (question, _) in &alive_path.path.steps {
            if known.given(*question).is_none() && !seen.contains(question) {
                seen.push(*question);
            }
        }
    }
    seen.retain(|question| separates(tree, alive, *question));
    seen
}

/// Returns the next question; `None` if no question separates candidates.
///
/// While all paths agree on it, it is the author's next question. When they do not (after a "don't know", or when
/// evidence has excluded paths), and in shortest-first walks, it is the most informative question for its effort.
pub(super) fn next_question(tree: &Tree, known: &Known, alive: &Alive<'_>) -> Option<QuestionId> {
    let open = separating(tree, known, alive);
    let mut frontier: Vec<QuestionId> = Vec::new();
    if !known.shortest_first {
        for alive_path in &alive.paths {
            let first =
                alive_path.path.steps.iter().map(|(question, _)| *question).find(|question| open.contains(question));
            frontier.extend(first.filter(|first| !frontier.contains(first)));
        }
    }
    match frontier.as_slice() {
        [only] => Some(*only),
        _ => most_informative(tree, alive, &open),
    }
}

/// Returns the question with the most information per effort.
pub(super) fn most_informative(tree: &Tree, alive: &Alive<'_>, open: &[QuestionId]) -> Option<QuestionId> {
    let effort = |question| tree.question(question).find_out.takes.weight();
    worthiest(open, |question| mutual_information(tree, alive, question) / effort(question))
}

/// Returns the question with the most information, whatever its effort.
pub(super) fn most_telling(tree: &Tree, alive: &Alive<'_>, open: &[QuestionId]) -> Option<QuestionId> {
    worthiest(open, |question| mutual_information(tree, alive, question))
}

/// Returns the question of the greatest worth; among equals, the first.
fn worthiest(open: &[QuestionId], worth: impl Fn(QuestionId) -> f64) -> Option<QuestionId> {
    let mut best: Option<(f64, QuestionId)> = None;
    for question in open {
        let worth = worth(*question);
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, *question));
        }
    }
    best.map(|(_, question)| question)
}

/// Returns the mutual information of card and answer.
///
/// It is H(answer) − H(answer | card). A path that asks the question predicts the answer; a path that does not ask it
/// leaves the answer open. So a question that only a side path of a card asks says little about that card.
fn mutual_information(tree: &Tree, alive: &Alive<'_>, question: QuestionId) -> f64 {
    let options = option_count(tree, question);
    let mut answers: BTreeMap<OptionId, f64> = tree.options(question).map(|(option, _)| (option, 0.0)).collect();
    let mut open = 0.0;
    let predicted = predictions(alive, question);
    for candidate in &alive.ranked {
        let prediction = predicted.get(&candidate.card);
        for (option, chance) in &mut answers {
            let own = prediction.map_or(1.0 / options, |prediction| prediction.chance_of(*option, options));
            *chance += candidate.share * own;
            open += candidate.share * surprise(own);
        }
    }
    (answers.values().map(|chance| surprise(*chance)).sum::<f64>() - open).max(0.0)
}

/// The answers that the paths of one card need.
#[derive(Default)]
struct Prediction {
    /// The number of paths that do not ask the question.
    not_asked: f64,
    /// The number of paths that need each option.
    options: BTreeMap<OptionId, f64>,
}

impl Prediction {
    /// Returns the chance of one of some options.
    fn chance_of(&self, option: OptionId, options: f64) -> f64 {
        let paths = self.not_asked + self.options.values().sum::<f64>();
        (self.options.get(&option).copied().unwrap_or(0.0) + self.not_asked / options) / paths
    }
}

fn predictions(alive: &Alive<'_>, question: QuestionId) -> BTreeMap<CardId, Prediction> {
    let mut predicted: BTreeMap<CardId, Prediction> = BTreeMap::new();
    for alive_path in &alive.paths {
        let answer = alive_path.path.answer(question);
        for card in &alive_path.cards {
            let prediction = predicted.entry(*card).or_default();
            match answer {
                Some(option) => *prediction.options.entry(option).or_insert(0.0) += 1.0,
                None => prediction.not_asked += 1.0,
            }
        }
    }
    predicted
}

fn surprise(chance: f64) -> f64 {
    if chance > 0.0 { -chance * chance.log2() } else { 0.0 }
}

/// The number of states that an exact estimate may visit.
///
/// It is enough for every walk without a "don't know" through the embedded tree, and small enough to go unnoticed
/// between two keys.
const BUDGET: usize = 48;

/// Returns the expected number of remaining questions.
///
/// It is exact if few states must be visited, and otherwise estimated from the number of candidates.
pub(super) fn questions_left(tree: &Tree, known: &Known, alive: &Alive<'_>) -> f64 {
    expected(tree, known, alive, &mut BUDGET.clone())
}

fn expected(tree: &Tree, known: &Known, here: &Alive<'_>, budget: &mut usize) -> f64 {
    let Some(question) = next_question(tree, known, here) else { return 0.0 };
    if *budget == 0 {
        return (here.ranked.len() as f64).log2().max(1.0);
    }
    *budget -= 1;
    let mut total = 0.0;
    let mut questions = 0.0;
    for (option, _) in tree.options(question) {
        let left = here.after(question, option);
        let likely = here.ranked.iter().filter(|candidate| left.contains(candidate.card));
        let chance: f64 = likely.map(|candidate| candidate.share).sum();
        if chance > 0.0 {
            let next = known.with(question, Given::Option(option));
            questions += chance * expected(tree, &next, &alive(tree, &next), budget);
            total += chance;
        }
    }
    if total > 0.0 { 1.0 + questions / total } else { 1.0 }
}
