//! Orders cards by how easily they are confused with another card.
//!
//! A distractor (a wrong answer that is offered, in the terms of test design) teaches most if it is easily confused
//! with the right card.

use crate::drill::judge::why_not::common;
use crate::tree::model::Path;
use crate::tree::{CardId, Tree};

/// The number of cards whose near misses are preferred as red herrings.
///
/// The six easiest to confuse give enough variety.
pub(crate) const RED_HERRING_SOURCES: usize = 6;

/// Returns all other diagnoses, the easiest to confuse with `card` first.
///
/// The order is:
///
/// 1. cards that `card` names as look-alikes,
/// 2. cards that name `card` as a look-alike,
/// 3. cards that share signatures with `card`,
/// 4. all others.
///
/// Within each group, cards whose paths have more first steps in common with `path` come first.
pub(crate) fn by_confusability(tree: &Tree, card: CardId, path: &Path) -> Vec<CardId> {
    let own = tree.card(card);
    let names = |of: CardId, meant: CardId| tree.card(of).not_this_if.iter().any(|it| it.card == Some(meant));
    let nearness = |other: CardId| tree.paths_to(other).map(|other| common(path, other)).max().unwrap_or(0);
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
