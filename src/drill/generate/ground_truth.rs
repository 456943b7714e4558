//! What is the case in an exercise: the answer to every question, as far as the hidden card speaks of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::drill::random::Random;
use crate::tree::model::Path;
use crate::tree::training::ExpectedAnswer;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{Event, Given, Step, Walk};

/// An answer that is settled beforehand.
pub(in crate::drill) type FixedAnswer = (QuestionId, ExpectedAnswer);

/// What is the case.
#[derive(Clone, Debug)]
pub(in crate::drill) struct GroundTruth {
    pub(in crate::drill) card: CardId,
    /// The way on which the hidden card is found.
    pub(in crate::drill) path: Path,
    answers: BTreeMap<QuestionId, Given>,
}

/// A walk in which every question has its true answer.
#[derive(Clone, Debug)]
pub(in crate::drill) struct ReferenceWalk {
    /// What it asks, after what is known from the start.
    pub(in crate::drill) steps: Vec<(QuestionId, Given)>,
    /// The cards that are left at its end.
    pub(in crate::drill) ends: Vec<CardId>,
}

impl GroundTruth {
    /// For a hidden card and one of the ways to it; `open` are questions of which its own lines say something.
    ///
    /// A question on the way has the answer of the way. One that stands on other ways to the card has their answer, because
    /// the card looks the same from there. One that no way to the card asks finds nothing: that
    /// excludes only ways that lead elsewhere. The way itself agrees with all of this, so the card is never excluded
    /// by it; where what other ways say would outdo it nevertheless, they are not heard. `known` is what is answered from
    /// the start.
    pub(in crate::drill) fn new(
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
            let ends_there = |shortest| truth.follow(begin(tree, known, shortest)).ends.contains(&card);
            if ends_there(true) && ends_there(false) {
                return truth;
            }
        }
        Self::with_ways(tree, (card, truth.path), open, settled, false)
    }
}

impl GroundTruth {
    /// What the ways to a card say, and nothing of what finds nothing.
    pub(in crate::drill) fn of_path(tree: &Tree, (card, path): (CardId, Path)) -> Self {
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
            let ways = tree.paths.iter().filter(|way| way.cards.contains(&card));
            let mut others: Vec<OptionId> = ways.filter_map(|way| way.answer(question)).collect();
            others.sort_unstable();
            others.dedup();
            match others.as_slice() {
                [] if open.contains(&question) => Given::Unknown,
                [] => Given::NoneOfThese,
                [first, ..] if hears_others => {
                    // What the card says is printed shows which it is; else the author's first is as true as any.
                    let prints = &tree.card(card).training.prints;
                    let is_printed = |said| prints.iter().any(|(asked, it)| *asked == question && it.said == said);
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

    /// The answer to a question.
    pub(in crate::drill) fn given(&self, question: QuestionId) -> Given {
        self.answers.get(&question).copied().unwrap_or(Given::Unknown)
    }

    /// The same where nothing is known of what finds nothing.
    fn without_silence(mut self) -> Self {
        for given in self.answers.values_mut().filter(|given| **given == Given::NoneOfThese) {
            *given = Given::Unknown;
        }
        self
    }

    /// The walk that asks what the tree asks, with the true answers.
    pub(in crate::drill) fn follow(&self, walk: Walk) -> ReferenceWalk {
        self.follow_with(walk, |walk, question| walk.answer(question, self.given(question)))
    }

    /// The same where `tell` takes what is found out about a question into the walk: its answer at least.
    pub(in crate::drill) fn follow_with(&self, mut walk: Walk, tell: impl Fn(&mut Walk, QuestionId)) -> ReferenceWalk {
        let mut steps = Vec::new();
        while let Step::Ask(question) = walk.position().step {
            steps.push((question, self.given(question)));
            tell(&mut walk, question);
        }
        ReferenceWalk { steps, ends: walk.position().candidates.iter().map(|candidate| candidate.card).collect() }
    }
}

/// A walk in which some answers are known.
pub(in crate::drill) fn begin(tree: &Arc<Tree>, known: &[(QuestionId, Given)], shortest: bool) -> Walk {
    let known = known.iter().map(|(question, given)| event(*question, *given));
    Walk::replay(Arc::clone(tree), std::iter::once(Event::ShortestFirst(shortest)).chain(known).collect())
}

/// The event in which a question gets an answer.
pub(in crate::drill) fn event(question: QuestionId, given: Given) -> Event {
    match given {
        Given::Option(option) => Event::Answered { question, option },
        Given::Unknown => Event::Unknown { question },
        Given::NoneOfThese => Event::NoneOfThese { question },
    }
}

/// The first of [`ways`].
pub(in crate::drill) fn way(tree: &Tree, card: CardId, settled: &[FixedAnswer], random: &mut Random) -> Path {
    ways(tree, card, settled, random).into_iter().next().unwrap_or_else(|| nowhere(card))
}

/// A way to a card without questions.
pub(in crate::drill) fn nowhere(card: CardId) -> Path {
    Path { steps: Vec::new(), cards: vec![card] }
}

/// The ways to a card that contradict nothing that is settled, those that speak of the most of it first, then those of
/// which the card says what is printed, otherwise in an order of chance. Never empty: a card that no way leads to has a way without questions.
pub(in crate::drill) fn ways(tree: &Tree, card: CardId, settled: &[FixedAnswer], random: &mut Random) -> Vec<Path> {
    let agrees = |way: &Path, (question, said): &FixedAnswer| said.agrees_with(way.answer(*question));
    let fits = |way: &&Path| way.cards.contains(&card) && settled.iter().all(|answer| agrees(way, answer));
    let mut ways: Vec<Path> = tree.paths.iter().filter(fits).cloned().collect();
    random.shuffle(&mut ways);
    let said = |way: &Path| settled.iter().filter(|(question, _)| way.answer(*question).is_some()).count();
    // What the card says is printed says which ways its exercises take.
    let prints = &tree.card(card).training.prints;
    let is_printed = |question, said: Option<ExpectedAnswer>| {
        prints.iter().any(|(asked, it)| *asked == question && said.is_none_or(|said| it.said == said))
    };
    let is_unlike = |(question, option): &&(QuestionId, OptionId)| {
        is_printed(*question, None) && !is_printed(*question, Some(ExpectedAnswer::Option(*option)))
    };
    ways.sort_by_key(|way| (std::cmp::Reverse(said(way)), way.steps.iter().filter(is_unlike).count()));
    if ways.is_empty() {
        ways.push(nowhere(card));
    }
    ways
}
