//! Which cards what was found out leaves possible, as somebody sees it who knows how it ends: fewer with every answer and
//! never more.
//!
//! A walk weighs answers that no single way accounts for, because an operator may be wrong. In an exercise every answer is
//! true, so each counts by itself.

use crate::tree::model::Path;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{Evidence, Given};

/// An answer, and what else was seen with it.
pub(super) type Told<'t> = (QuestionId, Given, Option<&'t Evidence>);

/// The cards that are left. A card is, as long as one of its ways contradicts no answer, each answer stands on one of its
/// ways, and whatever points to cards points to it, too. An answer that stands on no way to the `hidden` card tells
/// nothing here.
pub(super) fn left(tree: &Tree, hidden: CardId, told: &[Told<'_>]) -> Vec<CardId> {
    let telling: Vec<&Told<'_>> = told
        .iter()
        .filter(|(question, given, _)| match given {
            Given::Option(option) => ways(tree, hidden).any(|way| way.answer(*question) == Some(*option)),
            Given::NoneOfThese => ways(tree, hidden).any(|way| way.answer(*question).is_none()),
            Given::Unknown => false,
        })
        .collect();
    let agrees = |way: &Path| telling.iter().all(|(question, given, _)| agrees(way.answer(*question), *given));
    let is_left = |card: CardId| {
        let has = |question, option| ways(tree, card).any(|way| way.answer(question) == Some(option));
        let is_pointed_to =
            |evidence: &Evidence| evidence.hits.is_empty() || evidence.hits.iter().any(|hit| hit.cards.contains(&card));
        let stands = |(question, given, _): &&Told<'_>| match given {
            Given::Option(option) => has(*question, *option),
            Given::NoneOfThese | Given::Unknown => true,
        };
        ways(tree, card).any(agrees)
            && telling.iter().all(stands)
            && told.iter().all(|(.., evidence)| evidence.is_none_or(is_pointed_to))
    };
    let cards = tree.diagnoses().map(|(card, _)| card);
    cards.filter(|card| *card == hidden || is_left(*card)).collect()
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
