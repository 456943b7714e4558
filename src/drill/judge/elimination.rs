//! Which cards what was found out leaves possible, as somebody sees it who knows how it ends: fewer with every answer and
//! never more.
//!
//! A walk weighs answers that no single way accounts for, because an operator may be wrong. In an exercise every answer is
//! true, so each counts by itself.

use crate::tree::model::Path;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{Evidence, Given};

/// An answer, and what else was seen with it.
pub(in crate::drill) type ObservedAnswer<'t> = (QuestionId, Given, Option<&'t Evidence>);

/// What answers leave: a card is left as long as one of its ways contradicts no answer, each answer stands on one of its
/// ways, and whatever points to cards points to it, too.
///
/// Both parts only ever get fewer, and in any order: what several answers leave is what each of them leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::drill) struct Remaining {
    /// By the position of a way in the tree: nothing contradicts it.
    ways: Vec<bool>,
    /// By card: every answer stands on one of its ways, and it is pointed to.
    cards: Vec<bool>,
}

impl Remaining {
    /// Where nothing is known.
    pub(in crate::drill) fn all(tree: &Tree) -> Self {
        Self { ways: vec![true; tree.paths.len()], cards: vec![true; tree.cards().count()] }
    }

    /// What one answer leaves. An answer that stands on no way to the `hidden` card tells nothing, but what was seen with
    /// it does.
    pub(in crate::drill) fn after_answer(
        tree: &Tree,
        hidden: CardId,
        (question, given, evidence): ObservedAnswer<'_>,
    ) -> Self {
        let is_telling = match given {
            Given::Option(option) => ways(tree, hidden).any(|way| way.answer(question) == Some(option)),
            Given::NoneOfThese => ways(tree, hidden).any(|way| way.answer(question).is_none()),
            Given::Unknown => false,
        };
        let stands = |card| match given {
            Given::Option(option) => ways(tree, card).any(|way| way.answer(question) == Some(option)),
            Given::NoneOfThese | Given::Unknown => true,
        };
        let hits = evidence.map(|evidence| evidence.hits.as_slice()).unwrap_or_default();
        let is_pointed_to = |card| hits.is_empty() || hits.iter().any(|hit| hit.cards.contains(&card));
        Self {
            ways: tree.paths.iter().map(|way| !is_telling || agrees(way.answer(question), given)).collect(),
            cards: tree.cards().map(|(card, _)| (!is_telling || stands(card)) && is_pointed_to(card)).collect(),
        }
    }

    /// What both leave.
    pub(in crate::drill) fn and(&self, other: &Self) -> Self {
        let both = |one: &[bool], other: &[bool]| one.iter().zip(other).map(|(one, other)| *one && *other).collect();
        Self { ways: both(&self.ways, &other.ways), cards: both(&self.cards, &other.cards) }
    }

    /// The cards that are left; the `hidden` one always is.
    pub(in crate::drill) fn cards(&self, tree: &Tree, hidden: CardId) -> Vec<CardId> {
        let open: Vec<&Path> =
            tree.paths.iter().zip(&self.ways).filter(|(_, left)| **left).map(|(way, _)| way).collect();
        let is_left = |card: CardId| {
            let is_open = self.cards.get(usize::from(card)).is_some_and(|left| *left);
            is_open && open.iter().any(|way| way.cards.contains(&card))
        };
        let cards = tree.diagnoses().map(|(card, _)| card);
        cards.filter(|card| *card == hidden || is_left(*card)).collect()
    }
}

/// The cards that several answers leave.
pub(in crate::drill) fn left<'t>(
    tree: &Tree,
    hidden: CardId,
    told: impl Iterator<Item = ObservedAnswer<'t>>,
) -> Vec<CardId> {
    let left = told.fold(Remaining::all(tree), |left, told| left.and(&Remaining::after_answer(tree, hidden, told)));
    left.cards(tree, hidden)
}

fn ways(tree: &Tree, card: CardId) -> impl Iterator<Item = &Path> {
    tree.paths.iter().filter(move |way| way.cards.contains(&card))
}

/// Whether a way on which a question has this answer, or does not stand, agrees with what is so.
fn agrees(needed: Option<OptionId>, given: Given) -> bool {
    match (needed, given) {
        (None, _) | (_, Given::Unknown) => true,
        (Some(needed), Given::Option(option)) => needed == option,
        (Some(_), Given::NoneOfThese) => false,
    }
}
