//! Which question to ask next, and about how many there will be.

use std::collections::BTreeMap;

use super::candidates::{Alive, alive, option_count};
use super::known::{Given, Known};
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// Whether some answer would leave some of the candidates, and not all of them.
fn separates(tree: &Tree, alive: &Alive<'_>, question: QuestionId) -> bool {
    tree.options(question).any(|(option, _)| {
        let left = alive.after(question, option);
        !left.is_empty() && left.is_subset_of(&alive.cards) && !left.same_as(&alive.cards)
    })
}

/// The questions that are open and separate candidates, in the order of their first place on a path.
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

/// The next question, if any would separate candidates.
///
/// As long as all paths agree on it, it is the author's next one. When they do not (after a "don't know", or when
/// evidence has thinned them out), and in shortest-first walks, it is the one that tells most for its effort.
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
        _ => most_telling(tree, alive, &open),
    }
}

/// The question with the most information per effort; among equals the first.
pub(super) fn most_telling(tree: &Tree, alive: &Alive<'_>, open: &[QuestionId]) -> Option<QuestionId> {
    let mut best: Option<(f64, QuestionId)> = None;
    for question in open {
        let effort = tree.question(*question).find_out.takes.weight();
        let worth = told(tree, alive, *question) / effort;
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, *question));
        }
    }
    best.map(|(_, question)| question)
}

/// The mutual information of card and answer: H(answer) − H(answer | card). A card whose paths ask the question
/// predicts its answer; one whose paths do not ask leaves it open.
pub(super) fn told(tree: &Tree, alive: &Alive<'_>, question: QuestionId) -> f64 {
    let options = option_count(tree, question);
    let mut answers: BTreeMap<OptionId, f64> = tree.options(question).map(|(option, _)| (option, 0.0)).collect();
    let mut open = 0.0;
    let predicted = predictions(alive, question);
    for candidate in &alive.ranked {
        let chances = predicted.get(&candidate.card);
        let total: f64 = chances.map_or(0.0, |chances| chances.values().sum());
        for (option, chance) in &mut answers {
            let own = match chances {
                Some(chances) if total > 0.0 => chances.get(option).copied().unwrap_or(0.0) / total,
                _ => 1.0 / options,
            };
            *chance += candidate.share * own;
            open += candidate.share * surprise(own);
        }
    }
    (answers.values().map(|chance| surprise(*chance)).sum::<f64>() - open).max(0.0)
}

/// For each card, how many of its paths need which answer.
fn predictions(alive: &Alive<'_>, question: QuestionId) -> BTreeMap<CardId, BTreeMap<OptionId, f64>> {
    let mut predicted: BTreeMap<CardId, BTreeMap<OptionId, f64>> = BTreeMap::new();
    for alive_path in &alive.paths {
        if let Some(option) = alive_path.path.answer(question) {
            for card in &alive_path.cards {
                *predicted.entry(*card).or_default().entry(option).or_insert(0.0) += 1.0;
            }
        }
    }
    predicted
}

fn surprise(chance: f64) -> f64 {
    if chance > 0.0 { -chance * chance.log2() } else { 0.0 }
}

/// How many states an estimate looks at before it falls back on a formula: enough for every walk without a "don't
/// know" through the embedded tree, little enough to go unnoticed between two keys.
const BUDGET: usize = 48;

/// About how many questions remain: exactly what is to be expected if few states have to be looked at, otherwise from
/// the number of candidates.
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
