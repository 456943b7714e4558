//! Checks that cards have golden cases and can be told apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::tree::{CardId, Code, Problem, Tree};

/// Notes cards that no golden case ends in or lists.
///
/// A card that no path reaches is left out, because no case can reach it either; so is the escalation card, with which
/// every walk may end.
pub(super) fn check_golden_cases(tree: &Tree, problems: &mut Vec<Problem>) {
    let proved: BTreeSet<&str> = tree.cases.iter().flat_map(|case| &case.cards).map(|card| card.as_str()).collect();
    let reached: BTreeSet<CardId> = tree.paths.iter().flat_map(|path| path.cards.iter().copied()).collect();
    for (_, card) in tree.diagnoses().filter(|(id, _)| reached.contains(id)) {
        if !proved.contains(card.id.as_str()) {
            let message = format!("no golden case ends in `{}` or lists it", card.id);
            let help = format!("add cases/{}.json with the answers or the lines that lead to it", card.id);
            problems.push(Problem::of_file(Code::NoGoldenCase, &card.path, message, help));
        }
    }
}

/// Notes pairs of cards that nothing tells apart.
///
/// Two cards are unseparated if every path that ends in one of them ends in the other, too: then no definite answers lead
/// to one without the other. A leaf with several cards says that on purpose, and the operator reads both cards. So one of
/// the two must name the other in `not_this_if`, with the sign that tells them apart.
///
/// For example, with the leaves `[a, b]`, `[a, b, c]` and `[c]`, only `a` and `b` are unseparated.
pub(super) fn check_separation(tree: &Tree, problems: &mut Vec<Problem>) {
    let mut paths_of: BTreeMap<CardId, Vec<usize>> = BTreeMap::new();
    for (at, path) in tree.paths.iter().enumerate() {
        for card in &path.cards {
            paths_of.entry(*card).or_default().push(at);
        }
    }
    let mut groups: BTreeMap<&[usize], Vec<CardId>> = BTreeMap::new();
    for (id, _) in tree.diagnoses() {
        if let Some(paths) = paths_of.get(&id) {
            groups.entry(paths).or_default().push(id);
        }
    }
    for group in groups.values() {
        for (at, card) in group.iter().enumerate() {
            for other in group.iter().skip(at + 1).filter(|other| !tell_apart(tree, *card, **other)) {
                let (card, other) = (tree.card(*card), tree.card(*other));
                let message = format!("no question separates `{}` from `{}`", card.id, other.id);
                let help = format!(
                    "ask a question that tells them apart, or name `{}` in `not_this_if` with the sign that does",
                    other.id
                );
                problems.push(Problem::of_file(Code::UnseparatedCards, &card.path, message, help));
            }
        }
    }
}

/// Returns whether one of two cards names the other in `not_this_if`.
fn tell_apart(tree: &Tree, one: CardId, other: CardId) -> bool {
    let names = |card: CardId, of: CardId| tree.card(card).not_this_if.iter().any(|sign| sign.card == Some(of));
    names(one, other) || names(other, one)
}
