//! Orders the cards that can be offered as wrong answers beside the right one.
//!
//! A distractor (the term of test design for a wrong answer) teaches most when it is easily confused with the right
//! card.

use crate::drill::judge::why_not::common;
use crate::tree::model::Path;
use crate::tree::{CardId, Tree};

/// Returns all other diagnoses, the easiest to confuse with the card first.
///
/// The order is: cards that this card names as look-alikes, cards that name this one, cards that share signatures, all
/// others. Within each group, cards whose path has more steps in common with `path` come first.
pub(in crate::drill) fn look_alikes(tree: &Tree, card: CardId, path: &Path) -> Vec<CardId> {
    let own = tree.card(card);
    let names = |of: CardId, meant: CardId| tree.card(of).not_this_if.iter().any(|it| it.card == Some(meant));
    let nearness = |other: CardId| {
        let ways = tree.paths.iter().filter(|way| way.cards.contains(&other));
        ways.map(|way| common(path, way)).max().unwrap_or(0)
    };
    let mut others: Vec<_> = tree
        .diagnoses()
        .filter(|(id, _)| *id != card)
        .map(|(id, other)| {
            let kind = if names(card, id) {
                0
            } else if names(id, card) {
                1
            } else if own.shares_signatures_with.contains(&id) || other.shares_signatures_with.contains(&card) {
                2
            } else {
                3
            };
            (kind, std::cmp::Reverse(nearness(id)), id)
        })
        .collect();
    others.sort();
    others.into_iter().map(|(.., id)| id).collect()
}
