//! Lists the cards that a code leaves.

use std::sync::Arc;

use super::code_answer::LeftByCode;
use super::found::{Found, Match};
use super::rank_merge::unmarked;
use super::usage::Usage;
use super::word_index::WordIndex;
use crate::tree::{CardId, Tree};

/// Lists the cards that a code leaves.
///
/// The most used come first, then the likeliest. Cards of several trees take turns. A card that words found keeps what matched.
pub(super) fn left_by_code(
    index: &WordIndex,
    left: Vec<LeftByCode>,
    found: Found,
    usage: &Usage,
    limit: usize,
) -> Found {
    let listed = |tree: &Tree, card: CardId| {
        let is_it = |of: &Tree, other: CardId| of.id == tree.id && other == card;
        let by_words = found.matches.iter().chain(&found.nearest).find(|one| is_it(&one.tree, one.card)).cloned();
        let by_place = || {
            let place = index.cards.iter().position(|one| is_it(&one.tree, one.card))?;
            Some(unmarked(index, place, index.cards.get(place)?))
        };
        Some(Match { is_left_by_code: true, ..by_words.or_else(by_place)? })
    };
    let of_trees: Vec<_> = left.iter().map(|left| (&left.tree, left.cards())).collect();
    let turns = 0..of_trees.iter().map(|(_, cards)| cards.len()).max().unwrap_or(0);
    let cards = turns.flat_map(|at| of_trees.iter().filter_map(move |(tree, cards)| Some((*tree, *cards.get(at)?))));
    let mut cards: Vec<_> = cards.collect();
    let weight = |(tree, card): &(&Arc<Tree>, CardId)| usage.weight(&tree.id, &tree.card(*card).id);
    cards.sort_by(|one, other| weight(other).total_cmp(&weight(one)));
    let matches = cards.into_iter().filter_map(|(tree, card)| listed(tree, card)).take(limit).collect();
    Found { matches, left_by_code: left, ..Found::default() }
}
