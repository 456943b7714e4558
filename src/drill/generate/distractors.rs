//! The cards to offer beside the right one: those for which it is most easily taken.

use crate::drill::judge::why_not::common;
use crate::tree::model::Path;
use crate::tree::{CardId, Tree};

/// Every other card that is a diagnosis, the easiest to confuse first: cards that either side names as a look-alike, cards
/// that share its signatures, then those nearest in the branching.
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
