//! Tracks which cards are still possible in an exercise.
//!
//! A card is possible if all of this is true:
//!
//! - one of its paths contradicts no answer,
//! - every answer that is an option occurs on one of its paths,
//! - of every check whose output has signatures, at least one signature points to it.
//!
//! An answer that fits no path to the hidden card is ignored.
//!
//! Because answers in an exercise are true, each one counts by itself and the number of cards never grows. A walk with
//! an operator is different: it weighs answers, because operators make mistakes, and cards may become possible again.
//!
//! Example: "fuse" and "bulb" are possible, and a check answers "the fuse is black". Only "fuse" has a path with this
//! answer; "bulb" is ruled out.
//!
//! It can fail where the tree lacks a path that a real system has. Then too few cards are possible.

use crate::tree::model::Path;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{Evidence, Given};

/// An answer, and the signatures seen with it.
pub(crate) type ObservedAnswer<'t> = (QuestionId, Given, Option<&'t Evidence>);

/// The paths and cards that are still possible.
///
/// Invariant: answers only remove entries, and their order does not matter. The state after several answers is the
/// intersection of the states after each one ([`Remaining::and`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remaining {
    /// Whether no answer contradicts the path, by its position in the tree.
    paths: Vec<bool>,
    /// Whether all answers and signatures fit the card, by card.
    cards: Vec<bool>,
}

impl Remaining {
    /// Returns the state after several answers, or none.
    pub(crate) fn after<'t>(tree: &Tree, hidden: CardId, told: impl Iterator<Item = ObservedAnswer<'t>>) -> Self {
        let all = Self { paths: vec![true; tree.paths.len()], cards: vec![true; tree.cards().count()] };
        told.fold(all, |left, told| left.and(&Self::after_answer(tree, hidden, told)))
    }

    /// Returns the state after one answer.
    ///
    /// An answer that fits no path to the `hidden` card rules out nothing, and neither does an unknown answer. The
    /// signatures seen with it do.
    pub(crate) fn after_answer(tree: &Tree, hidden: CardId, (question, given, evidence): ObservedAnswer<'_>) -> Self {
        let is_telling = match given {
            Given::Option(option) => tree.paths_to(hidden).any(|path| path.answer(question) == Some(option)),
            Given::NoneOfThese => tree.paths_to(hidden).any(|path| path.answer(question).is_none()),
            Given::Unknown => false,
        };
        let stands = |card| match given {
            Given::Option(option) => tree.paths_to(card).any(|path| path.answer(question) == Some(option)),
            Given::NoneOfThese | Given::Unknown => true,
        };
        let hits: Vec<_> = evidence.iter().flat_map(|evidence| evidence.limiting()).collect();
        let is_pointed_to = |card| hits.is_empty() || hits.iter().any(|hit| hit.cards.contains(&card));
        Self {
            paths: tree.paths.iter().map(|path| !is_telling || agrees(path.answer(question), given)).collect(),
            cards: tree.cards().map(|(card, _)| (!is_telling || stands(card)) && is_pointed_to(card)).collect(),
        }
    }

    /// Returns the intersection of two states.
    pub(crate) fn and(&self, other: &Self) -> Self {
        let both = |one: &[bool], other: &[bool]| one.iter().zip(other).map(|(one, other)| *one && *other).collect();
        Self { paths: both(&self.paths, &other.paths), cards: both(&self.cards, &other.cards) }
    }

    /// Returns the possible cards.
    ///
    /// Invariant: the `hidden` card is always among them.
    pub(crate) fn cards(&self, tree: &Tree, hidden: CardId) -> Vec<CardId> {
        let open: Vec<&Path> =
            tree.paths.iter().zip(&self.paths).filter(|(_, left)| **left).map(|(path, _)| path).collect();
        let is_left = |card: CardId| {
            let is_open = self.cards.get(usize::from(card)).is_some_and(|left| *left);
            is_open && open.iter().any(|path| path.cards.contains(&card))
        };
        let cards = tree.diagnoses().map(|(card, _)| card);
        cards.filter(|card| *card == hidden || is_left(*card)).collect()
    }
}

/// Returns whether a path agrees with an answer.
///
/// `needed` is the answer on the path, or `None` if the path does not contain the question.
fn agrees(needed: Option<OptionId>, given: Given) -> bool {
    match (needed, given) {
        (None, _) | (_, Given::Unknown) => true,
        (Some(needed), Given::Option(option)) => needed == option,
        (Some(_), Given::NoneOfThese) => false,
    }
}
