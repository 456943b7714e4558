//! Computes the cards that are still possible, and their likelihood.
//!
//! A path that contradicts an answer is out. Among the other paths, one that accounts for the same answers as another
//! one and for more beats it, because an answer speaks for the paths that ask its question. Without this rule, the
//! answer "502 from both" after "don't know" at the first question would keep every card whose paths never ask for a
//! status. If no single path accounts for two answers, the paths of both stay.
//!
//! The weight of a card is its likelihood, multiplied by how well its best path predicts the answers: an answer on the
//! path is certain, and for a question that is not on the path, each option is equally likely. "Don't know" changes no
//! weight.

use std::borrow::Cow;

use super::alive_paths::{AlivePath, AlivePaths};
use super::known::{Given, GivenAnswers, Known};
use super::remedy;
use super::set::IdSet;
use crate::tree::model::Path;
use crate::tree::{CardId, QuestionId, Tree};

/// A card that is still possible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate {
    /// The card that is still possible.
    pub card: CardId,
    /// The share of the likelihood, 0 to 1; shares sum to 1.
    pub share: f64,
}

/// The paths that agree with all knowledge, and their cards.
#[derive(Clone, Debug)]
pub(super) struct Alive<'t> {
    pub paths: AlivePaths<'t>,
    /// The cards of the best paths.
    pub cards: IdSet<CardId>,
    /// The candidates, the likeliest first; equals in the order of their paths.
    pub ranked: Vec<Candidate>,
    /// The cards to which hits limit the candidates; `None` without one.
    pub owners: Option<IdSet<CardId>>,
}

/// Computes the paths and cards that are still possible.
///
/// A card is a candidate while some path to it agrees with the answers. A path agrees if it contradicts no answer, and
/// if no other path without contradiction explains the same answers *and more*: an answer counts for the paths that ask
/// its question. So after a "don't know" at the first question, the answer to a later question is enough. Two answers
/// that no single path explains keep both kinds of path alive.
///
/// A code in a line contradicts the options that it does not leave, and explains a path that asks the question.
///
/// "Don't know" excludes nothing; "none of these" excludes the paths that ask, unless all do. Signatures restrict the
/// candidates to the cards that own one of them; a card that a line names alone explains the lines that it shares. A line
/// that says that something works excludes the card that it disproves, unless another line names that card's failure. A
/// card is no candidate any more if none of its steps helped; only the escalation card, which repairs nothing, stays.
pub(super) fn alive<'t>(tree: &'t Tree, known: &Known) -> Alive<'t> {
    let owners = known.owners();
    // A card is opened only if a step of it was marked.
    let is_exhausted =
        |card: CardId| known.has_marked(card) && remedy::is_exhausted(tree.card(card), |at| known.outcome(card, at));
    let is_disproved = |card: CardId| !known.successes.is_empty() && known.disproof(card).is_some();
    let is_possible = |card: &CardId| {
        let is_owner = owners.as_ref().is_none_or(|owners| owners.contains(*card));
        is_owner && !is_disproved(*card) && (*card == tree.escalation || !is_exhausted(*card))
    };
    let answers = known.given_answers(tree);
    let mut paths: Vec<AlivePath<'t>> = Vec::new();
    let has_codes = |path: &Path| path.steps.iter().all(|(question, option)| known.has_code(*question, *option));
    for path in tree.paths.iter().filter(|path| has_no_contradiction(path, &answers) && has_codes(path)) {
        let cards = match path.cards.iter().all(is_possible) {
            true => Cow::Borrowed(path.cards.as_slice()),
            false => path.cards.iter().copied().filter(is_possible).collect(),
        };
        if !cards.is_empty() {
            let answered = |question: &QuestionId| {
                matches!(answers.given(*question), Some(Given::Option(_))) || known.codes.contains_key(question)
            };
            let explains = path.steps.iter().map(|(question, _)| *question).filter(answered).collect();
            paths.push(AlivePath { path, cards, explains });
        }
    }
    let dominated = take_dominated(&mut paths);
    Alive { owners, ..rank(tree, known, paths, dominated) }
}

fn has_no_contradiction(path: &Path, answers: &GivenAnswers) -> bool {
    !path.steps.iter().any(|(question, option)| answers.contradicts(path, *question, *option))
}

fn take_dominated<'t>(paths: &mut Vec<AlivePath<'t>>) -> Vec<AlivePath<'t>> {
    let mut kinds: Vec<IdSet<QuestionId>> = Vec::new();
    for path in paths.iter() {
        if !kinds.iter().any(|kind| kind.same_as(&path.explains)) {
            kinds.push(path.explains.clone());
        }
    }
    let is_best = |path: &AlivePath<'_>| !kinds.iter().any(|kind| explains_more(kind, &path.explains));
    let (best, dominated) = std::mem::take(paths).into_iter().partition(is_best);
    *paths = best;
    dominated
}

fn explains_more(one: &IdSet<QuestionId>, other: &IdSet<QuestionId>) -> bool {
    other.is_subset_of(one) && !one.is_subset_of(other)
}

fn rank<'t>(tree: &Tree, known: &Known, paths: Vec<AlivePath<'t>>, dominated: Vec<AlivePath<'t>>) -> Alive<'t> {
    // By the numbers of cards: the place in the order of paths, and the weight.
    let mut weights: Vec<Option<(CardId, usize, f64)>> = Vec::new();
    let mut place = 0;
    for alive in &paths {
        let fit = fit_of(tree, alive.path, known);
        for &card in alive.cards.iter() {
            let number = usize::from(card);
            if weights.len() <= number {
                weights.resize(number + 1, None);
            }
            let Some(entry) = weights.get_mut(number) else { continue };
            let weight = fit * weight_of(tree, card, known);
            match entry {
                Some((.., best)) => *best = best.max(weight),
                None => {
                    *entry = Some((card, place, weight));
                    place += 1;
                }
            }
        }
    }
    let mut ordered: Vec<_> = weights.into_iter().flatten().collect();
    let total: f64 = ordered.iter().map(|(.., weight)| weight).sum();
    ordered.sort_by(|(_, place, weight), (_, other_place, other)| other.total_cmp(weight).then(place.cmp(other_place)));
    let cards = ordered.iter().map(|(card, ..)| *card).collect();
    let ranked = ordered.into_iter().map(|(card, _, weight)| Candidate { card, share: weight / total }).collect();
    Alive { paths: AlivePaths::new(paths, dominated), cards, ranked, owners: None }
}

/// Returns how well a path predicts the answers.
///
/// An answer on the path is certain. An answer to another question is as likely as any other option of that question.
fn fit_of(tree: &Tree, path: &Path, known: &Known) -> f64 {
    let is_answered = |question| matches!(known.given(question), Some(Given::Option(_)));
    let silent = known.answers.keys().filter(|question| is_answered(**question) && path.answer(**question).is_none());
    silent.map(|question| 1.0 / option_count(tree, *question)).product()
}

/// Returns the number of options of a question, at least one.
pub(super) fn option_count(tree: &Tree, question: QuestionId) -> f64 {
    tree.question(question).options.len().max(1) as f64
}

/// The factor on a card's likelihood if its risk was found.
///
/// More risks add nothing: they are also in configurations that work.
const RISK: f64 = 2.0;

/// Returns the weight of a card: its likelihood, remedies and evidence.
///
/// Remedies that were tried in vain reduce it, evidence increases it. Ten times the lines add as much as the card's own
/// likelihood, so that a thousand lines of one trouble do not hide another.
fn weight_of(tree: &Tree, id: CardId, known: &Known) -> f64 {
    let card = tree.card(id);
    let lines = known.lines_for(id).max(1) as f64;
    let risk = if known.risks.iter().any(|risk| risk.card == id) { RISK } else { 1.0 };
    let left = match known.has_marked(id) {
        true => remedy::likelihood_left(card, |at| known.outcome(id, at)),
        false => 1.0,
    };
    card.likelihood.weight() * left * risk * (1.0 + lines.log10())
}
