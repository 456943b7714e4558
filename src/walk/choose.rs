//! Chooses the next question, and estimates how many remain.

use std::collections::BTreeMap;

use super::candidates::{Alive, alive, option_count};
use super::known::{Given, GivenAnswers, Known};
use super::set::IdSet;
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// Returns whether some answer would leave only some of the candidates.
fn separates(tree: &Tree, alive: &Alive<'_>, question: QuestionId) -> bool {
    tree.options(question).any(|(option, _)| {
        let left = alive.paths.after(question, option);
        !left.is_empty() && left.is_subset_of(&alive.cards) && !left.same_as(&alive.cards)
    })
}

/// Returns the open questions that separate candidates, in path order.
pub(super) fn separating(tree: &Tree, known: &Known, alive: &Alive<'_>) -> Vec<QuestionId> {
    let mut open = open_questions(tree, known, alive);
    open.retain(|question| separates(tree, alive, *question));
    open
}

/// Returns whether a question may be asked.
///
/// It has no answer, and the question that is its premise was not answered with "don't know" or "none of these".
fn is_open(tree: &Tree, answers: &GivenAnswers, question: QuestionId) -> bool {
    let is_unknown = |premise| matches!(answers.given(premise), Some(Given::Unknown | Given::NoneOfThese));
    answers.given(question).is_none() && !tree.question(question).premise.is_some_and(is_unknown)
}

/// Returns the questions that may be asked, in path order.
pub(super) fn open_questions(tree: &Tree, known: &Known, alive: &Alive<'_>) -> Vec<QuestionId> {
    let answers = known.given_answers(tree);
    let mut seen = IdSet::default();
    let mut open = Vec::new();
    for (question, _) in alive.paths.best.iter().flat_map(|alive_path| &alive_path.path.steps) {
        if !seen.contains(*question) && is_open(tree, &answers, *question) {
            seen.insert(*question);
            open.push(*question);
        }
    }
    open
}

/// Returns the next question; `None` if no question separates candidates.
///
/// While all paths agree on it, it is the author's next question. When they do not (after a "don't know", or when
/// evidence has excluded paths), and in shortest-first walks, it is the most informative question for its effort.
pub(super) fn next_question(tree: &Tree, known: &Known, alive: &Alive<'_>) -> Option<QuestionId> {
    if !known.shortest_first {
        match frontier(tree, known, alive).as_slice() {
            [] => return None,
            [only] => return Some(*only),
            _ => {}
        }
    }
    most_informative(tree, alive, &open_questions(tree, known, alive))
}

/// Returns the first separating question of each path, at most two.
///
/// Two are enough to know that the paths disagree. The questions behind are not looked at.
fn frontier(tree: &Tree, known: &Known, alive: &Alive<'_>) -> Vec<QuestionId> {
    let answers = known.given_answers(tree);
    let (mut looked_at, mut separating) = (IdSet::default(), IdSet::default());
    let mut frontier: Vec<QuestionId> = Vec::new();
    for alive_path in &alive.paths.best {
        let mut questions = alive_path.path.steps.iter().map(|(question, _)| *question);
        let first = questions.find(|question| {
            // Paths begin with the same questions.
            if !looked_at.contains(*question) {
                looked_at.insert(*question);
                if is_open(tree, &answers, *question) && separates(tree, alive, *question) {
                    separating.insert(*question);
                }
            }
            separating.contains(*question)
        });
        frontier.extend(first.filter(|first| !frontier.contains(first)));
        if frontier.len() > 1 {
            break;
        }
    }
    frontier
}

/// Returns the question that separates candidates with the most information per effort.
pub(super) fn most_informative(tree: &Tree, alive: &Alive<'_>, open: &[QuestionId]) -> Option<QuestionId> {
    let effort = |question| tree.question(question).find_out.takes.weight();
    worthiest(tree, alive, open, effort)
}

/// Returns the question that separates candidates with the most information.
pub(super) fn most_telling(tree: &Tree, alive: &Alive<'_>, open: &[QuestionId]) -> Option<QuestionId> {
    worthiest(tree, alive, open, |_| 1.0)
}

/// Returns the question with the most information for its effort.
///
/// Among equals, it is the first.
///
/// Only questions that separate candidates count. Those of which a limit shows that they tell less than the best so far
/// are not looked at.
fn worthiest(
    tree: &Tree,
    alive: &Alive<'_>,
    open: &[QuestionId],
    effort: impl Fn(QuestionId) -> f64,
) -> Option<QuestionId> {
    let mut shares: Vec<f64> = Vec::new();
    for candidate in &alive.ranked {
        let number = usize::from(candidate.card);
        shares.resize(shares.len().max(number + 1), 0.0);
        if let Some(share) = shares.get_mut(number) {
            *share = candidate.share;
        }
    }
    let mut best: Option<(f64, QuestionId)> = None;
    for question in open {
        let limit = || (most_information(tree, alive, &shares, *question) + ROUNDING) / effort(*question);
        if best.is_some_and(|(most, _)| limit() < most) {
            continue;
        }
        if !separates(tree, alive, *question) {
            continue;
        }
        let worth = mutual_information(tree, alive, *question) / effort(*question);
        if best.is_none_or(|(most, _)| worth > most) {
            best = Some((worth, *question));
        }
    }
    best.map(|(_, question)| question)
}

/// Bits by which rounding may change an amount of information, at most.
///
/// Sums of a thousand shares are off by less than a thousandth of it.
const ROUNDING: f64 = 1e-9;

/// Returns a limit of the mutual information of card and answer.
///
/// If m is the share of the cards with a path that asks the question, and k the number of its options, then each answer
/// has at least the chance (1 − m) / k, because the other cards leave it open. By the divergence from this chance, a card
/// that is asked tells at most log k − log(1 − m), and another one at most −log(1 − m). So a question with 8 options that
/// a tenth of the cards ask tells at most 0.1 · 3 + 0.15 bits.
fn most_information(tree: &Tree, alive: &Alive<'_>, shares: &[f64], question: QuestionId) -> f64 {
    let all = option_count(tree, question).log2();
    let cards = alive.paths.best_askers(question).flat_map(|(_, cards)| cards);
    // A card with several paths counts several times, which only raises the limit.
    let asked: f64 = cards.filter_map(|card| shares.get(usize::from(*card))).sum();
    if asked < 1.0 { (asked * all - (1.0 - asked).log2()).min(all) } else { all }
}

/// Returns the mutual information of card and answer.
///
/// It is H(answer) − H(answer | card). A path that asks the question predicts the answer; a path that does not ask it
/// leaves the answer open. So a question that only a side path of a card asks says little about that card.
fn mutual_information(tree: &Tree, alive: &Alive<'_>, question: QuestionId) -> f64 {
    let options = option_count(tree, question);
    let mut answers: Vec<(OptionId, f64)> = tree.options(question).map(|(option, _)| (option, 0.0)).collect();
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
    (answers.iter().map(|(_, chance)| surprise(*chance)).sum::<f64>() - open).max(0.0)
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

/// Returns the predictions of the cards whose paths ask the question.
fn predictions(alive: &Alive<'_>, question: QuestionId) -> BTreeMap<CardId, Prediction> {
    let mut predicted: BTreeMap<CardId, Prediction> = BTreeMap::new();
    for (option, cards) in alive.paths.best_askers(question) {
        for card in cards {
            let silent = || Prediction { not_asked: alive.paths.best_paths_to(*card), options: BTreeMap::new() };
            let prediction = predicted.entry(*card).or_insert_with(silent);
            *prediction.options.entry(option).or_insert(0.0) += 1.0;
            prediction.not_asked -= 1.0;
        }
    }
    predicted
}

fn surprise(chance: f64) -> f64 {
    if chance > 0.0 { -chance * chance.log2() } else { 0.0 }
}

/// The number of states that an exact count may visit.
///
/// Chosen so that the count takes less than a millisecond, at about 100,000 instructions a state. With more states
/// the estimate of `as_many_questions_are_asked_as_are_promised` gets no better.
const BUDGET: usize = 8;

/// Returns the expected number of remaining questions.
///
/// It is exact if few states must be visited, and otherwise estimated from the paths that are left.
pub(super) fn questions_left(tree: &Tree, known: &Known, alive: &Alive<'_>) -> f64 {
    expected(tree, known, alive, &mut BUDGET.clone())
}

/// Returns the mean number of open questions on the remaining paths.
fn open_steps(tree: &Tree, known: &Known, here: &Alive<'_>) -> f64 {
    let answers = known.given_answers(tree);
    let mut open: BTreeMap<CardId, (f64, f64)> = BTreeMap::new();
    for alive_path in &here.paths.best {
        let steps = alive_path.path.steps.iter().filter(|(question, _)| is_open(tree, &answers, *question)).count();
        for card in alive_path.cards.iter() {
            let (sum, paths) = open.entry(*card).or_default();
            *sum += steps as f64;
            *paths += 1.0;
        }
    }
    here.ranked.iter().filter_map(|one| open.get(&one.card).map(|(sum, paths)| one.share * sum / paths)).sum()
}

fn expected(tree: &Tree, known: &Known, here: &Alive<'_>, budget: &mut usize) -> f64 {
    let Some(question) = next_question(tree, known, here) else { return 0.0 };
    if *budget == 0 {
        return open_steps(tree, known, here).max(1.0);
    }
    *budget -= 1;
    let predicted = predictions(here, question);
    let mut questions = 0.0;
    let answers = tree.options(question).map(|(option, _)| Given::Option(option)).chain([Given::Unknown]);
    for given in answers {
        let chance: f64 = here.ranked.iter().map(|one| one.share * chance_of(&predicted, one.card, given)).sum();
        if chance > 0.0 {
            let next = known.with(question, given);
            questions += chance * expected(tree, &next, &alive(tree, &next), budget);
        }
    }
    1.0 + questions
}

/// Returns the chance that an operator gives an answer.
///
/// The card is what is wrong. A question that is not on the path to it is answered with "don't know".
fn chance_of(predicted: &BTreeMap<CardId, Prediction>, card: CardId, given: Given) -> f64 {
    let Some(prediction) = predicted.get(&card) else { return f64::from(u8::from(given == Given::Unknown)) };
    let paths = prediction.not_asked + prediction.options.values().sum::<f64>();
    let fitting = match given {
        Given::Option(option) => prediction.options.get(&option).copied().unwrap_or(0.0),
        Given::Unknown | Given::NoneOfThese => prediction.not_asked,
    };
    fitting / paths
}
