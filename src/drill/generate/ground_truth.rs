//! Derives the true answer to every question of an exercise.
//!
//! The derivation starts from one path to the hidden card, chosen by the seed. The first rule that applies decides:
//!
//! 1. A question with a fixed answer (given by the alarm or written by a team) has this answer.
//! 2. A question on the chosen path has the answer of this path.
//! 3. A question only on other paths to the card has an answer of those paths, because the same fault can be found on
//!    each of them. It is one for which the card describes an output, or else the author's first.
//! 4. A question on no path to the card is unknown if a sample of the card answers it. Otherwise its answer is "none of
//!    these", which rules out only paths to other cards.
//!
//! Example: one path to "fuse" asks "Is the lamp dark?" (yes), another path to "fuse" asks "Does the radio play?" (no).
//! Both answers are true. "Is the bulb warm?" is only on paths to "bulb"; its answer is "none of these".
//!
//! The answers of rule 3 can lead the tree's walk away from the card. In that case all of them are unknown instead.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::drill::random::Random;
use crate::tree::model::Path;
use crate::tree::training::ExpectedAnswer;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{Event, Given, Step, Walk};

/// An answer that is fixed before the ground truth is derived.
pub(crate) type FixedAnswer = (QuestionId, ExpectedAnswer);

/// The true answers of one exercise.
#[derive(Clone, Debug)]
pub(crate) struct GroundTruth {
    pub(crate) card: CardId,
    /// The path on which the hidden card is found.
    pub(crate) path: Path,
    answers: BTreeMap<QuestionId, Given>,
}

/// The order in which a walk of the tree asks its questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WalkOrder {
    /// The most useful question comes first.
    ByUsefulness,
    /// Questions come in the order in which the author wrote them.
    InAuthorOrder,
}

impl WalkOrder {
    /// Both orders.
    pub(crate) const ALL: [Self; 2] = [Self::ByUsefulness, Self::InAuthorOrder];
}

/// A walk of the tree that gets only true answers.
#[derive(Clone, Debug)]
pub(crate) struct ReferenceWalk {
    /// The questions and answers that follow those known at the start.
    pub(crate) steps: Vec<(QuestionId, Given)>,
    /// The cards that are possible at the end.
    pub(crate) ends: Vec<CardId>,
}

impl ReferenceWalk {
    /// Returns the questions of the walk, in order.
    pub(crate) fn questions(&self) -> impl Iterator<Item = QuestionId> {
        self.steps.iter().map(|(question, _)| *question)
    }
}

impl GroundTruth {
    /// Derives the ground truth of a hidden card from one path.
    ///
    /// `settled` contains the fixed answers, `known` the answers that the opening gives. `open` contains the questions
    /// that the card's own samples answer: if no path to the card has the question, its answer is unknown instead of
    /// "none of these".
    ///
    /// The answers from other paths are used only if the card stays possible with all answers and both walks of the
    /// tree end in it.
    pub(crate) fn new(
        tree: &Arc<Tree>,
        (card, path): (CardId, Path),
        open: &[QuestionId],
        settled: &[FixedAnswer],
        known: &[(QuestionId, Given)],
    ) -> Self {
        let truth = Self::with_ways(tree, (card, path), open, settled, true);
        let all: Vec<_> = truth.answers.iter().map(|(question, given)| event(*question, *given)).collect();
        let knows_all = Walk::replay(Arc::clone(tree), all);
        if knows_all.position().candidates.iter().any(|candidate| candidate.card == card) {
            let ends_there = |order| truth.follow(begin(tree, known, order)).ends.contains(&card);
            if ends_there(WalkOrder::ByUsefulness) && ends_there(WalkOrder::InAuthorOrder) {
                return truth;
            }
        }
        Self::with_ways(tree, (card, truth.path), open, settled, false)
    }

    /// Derives only the answers on paths to the card.
    ///
    /// All other answers are unknown.
    pub(crate) fn of_path(tree: &Tree, (card, path): (CardId, Path)) -> Self {
        Self::with_ways(tree, (card, path), &[], &[], true).without_silence()
    }

    fn with_ways(
        tree: &Tree,
        (card, path): (CardId, Path),
        open: &[QuestionId],
        settled: &[FixedAnswer],
        hears_others: bool,
    ) -> Self {
        let answer = |question: QuestionId| {
            if let Some((_, said)) = settled.iter().find(|(known, _)| *known == question) {
                return match said {
                    ExpectedAnswer::Option(option) => Given::Option(*option),
                    ExpectedAnswer::Nothing => Given::NoneOfThese,
                };
            }
            if let Some(option) = path.answer(question) {
                return Given::Option(option);
            }
            let mut others: Vec<OptionId> = tree.paths_to(card).filter_map(|path| path.answer(question)).collect();
            others.sort_unstable();
            others.dedup();
            match others.as_slice() {
                [] if open.contains(&question) => Given::Unknown,
                [] => Given::NoneOfThese,
                [first, ..] if hears_others => {
                    // Takes the answer for which the card describes an output, else the author's first.
                    let is_printed = |said| is_printed(tree, card, question, Some(said));
                    match others.iter().find(|option| is_printed(ExpectedAnswer::Option(**option))) {
                        Some(option) => Given::Option(*option),
                        None if is_printed(ExpectedAnswer::Nothing) => Given::NoneOfThese,
                        None => Given::Option(*first),
                    }
                }
                _ => Given::Unknown,
            }
        };
        let answers = tree.questions().map(|(question, _)| (question, answer(question))).collect();
        Self { card, path, answers }
    }

    /// Returns the true answer to a question.
    pub(crate) fn given(&self, question: QuestionId) -> Given {
        self.answers.get(&question).copied().unwrap_or(Given::Unknown)
    }

    /// Replaces every answer "none of these" by unknown.
    fn without_silence(mut self) -> Self {
        for given in self.answers.values_mut().filter(|given| **given == Given::NoneOfThese) {
            *given = Given::Unknown;
        }
        self
    }

    /// Follows the tree's own walk with the true answers.
    pub(crate) fn follow(&self, walk: Walk) -> ReferenceWalk {
        self.follow_with(walk, |walk, question| walk.answer(question, self.given(question)))
    }

    /// Follows the tree's own walk; `tell` enters the result of a check.
    pub(crate) fn follow_with(&self, mut walk: Walk, tell: impl Fn(&mut Walk, QuestionId)) -> ReferenceWalk {
        let mut steps = Vec::new();
        while let Step::Ask(question) = walk.position().step {
            steps.push((question, self.given(question)));
            tell(&mut walk, question);
        }
        ReferenceWalk { steps, ends: walk.position().candidates.iter().map(|candidate| candidate.card).collect() }
    }
}

/// Starts a walk in which some answers are known.
pub(crate) fn begin(tree: &Arc<Tree>, known: &[(QuestionId, Given)], order: WalkOrder) -> Walk {
    let known = known.iter().map(|(question, given)| event(*question, *given));
    let order = Event::ShortestFirst(order == WalkOrder::ByUsefulness);
    Walk::replay(Arc::clone(tree), std::iter::once(order).chain(known).collect())
}

/// Returns the walk event for an answer.
pub(crate) fn event(question: QuestionId, given: Given) -> Event {
    match given {
        Given::Option(option) => Event::Answered { question, option },
        Given::Unknown => Event::Unknown { question },
        Given::NoneOfThese => Event::NoneOfThese { question },
    }
}

/// Returns the best path to a card, the first of [`best_paths`].
pub(crate) fn best_path(tree: &Tree, card: CardId, settled: &[FixedAnswer], random: &mut Random) -> Path {
    best_paths(tree, card, settled, random).into_iter().next().unwrap_or_else(|| nowhere(card))
}

/// Returns a path without questions that ends in a card.
pub(crate) fn nowhere(card: CardId) -> Path {
    Path { steps: Vec::new(), cards: vec![card] }
}

/// Returns the paths to a card that contradict no fixed answer.
///
/// Paths that contain more of the fixed answers come first. Among equals, paths come first that have fewer questions
/// for which the card describes only outputs of other answers (`prints`). The rest of the order is random.
///
/// Invariant: never empty. A card without a path gets one without questions.
pub(crate) fn best_paths(tree: &Tree, card: CardId, settled: &[FixedAnswer], random: &mut Random) -> Vec<Path> {
    let agrees = |path: &Path, (question, said): &FixedAnswer| said.agrees_with(path.answer(*question));
    let fits = |path: &&Path| settled.iter().all(|answer| agrees(path, answer));
    let mut paths: Vec<Path> = tree.paths_to(card).filter(fits).cloned().collect();
    random.shuffle(&mut paths);
    let said = |path: &Path| settled.iter().filter(|(question, _)| path.answer(*question).is_some()).count();
    // Outputs that the card describes show which paths its exercises should take.
    let is_unlike = |(question, option): &&(QuestionId, OptionId)| {
        let is_printed = |said| is_printed(tree, card, *question, said);
        is_printed(None) && !is_printed(Some(ExpectedAnswer::Option(*option)))
    };
    paths.sort_by_key(|path| (std::cmp::Reverse(said(path)), path.steps.iter().filter(is_unlike).count()));
    if paths.is_empty() {
        paths.push(nowhere(card));
    }
    paths
}

/// Returns whether a card describes an output for a question.
///
/// `said` is the answer that the output gives; `None` stands for any answer.
fn is_printed(tree: &Tree, card: CardId, question: QuestionId, said: Option<ExpectedAnswer>) -> bool {
    let mut prints = tree.card(card).training.prints.iter();
    prints.any(|(asked, printed)| *asked == question && said.is_none_or(|said| printed.said == said))
}
