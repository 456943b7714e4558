//! Finds texts that cards of several trees own.

use std::sync::Arc;

use super::training::shortened;
use crate::recognize::Recognizer;
use crate::tree::model::Card;
use crate::tree::{Code, Problem, SignatureId, Tree};

/// Notes samples of cards that signatures of other trees match.
///
/// No problem is noted if both cards name each other in `shares_signatures_with`. Names in there that lead to no card are
/// problems, too.
pub fn check_collisions(trees: &[Arc<Tree>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for tree in trees {
        for (_, card) in tree.cards() {
            problems.extend(card.shares_with_trees.iter().filter_map(|name| unknown(trees, card, name)));
        }
    }
    let recognizers: Vec<Recognizer> = trees.iter().map(|tree| Recognizer::new(Arc::clone(tree))).collect();
    for recognizer in &recognizers {
        for of_sample in trees.iter().filter(|of_sample| of_sample.id != recognizer.tree().id) {
            collisions(recognizer, of_sample, &mut problems);
        }
    }
    problems
}

/// Returns the problem of a name that leads to no card.
fn unknown(trees: &[Arc<Tree>], card: &Card, name: &str) -> Option<Problem> {
    let (tree, other) = name.split_once('/')?;
    let known = trees.iter().find(|known| known.id == tree);
    let (message, help) = match known {
        Some(known) if known.find_card(other).is_some() => return None,
        Some(_) => (format!("the tree `{tree}` has no card `{other}`"), "name a card of that tree"),
        None => (format!("there is no tree `{tree}`"), "check it together with that tree, or correct its name"),
    };
    let message = format!("`{}` shares its signatures with `{name}`, but {message}", card.id);
    Some(Problem::of_file(Code::UnknownSharedCard, &card.path, message, help))
}

/// Notes the samples of a tree that signatures of another tree match.
///
/// The first sample of two cards is enough.
fn collisions(recognizer: &Recognizer, of_sample: &Tree, problems: &mut Vec<Problem>) {
    let tree = recognizer.tree();
    let mut known = Vec::new();
    for (id, other) in of_sample.cards() {
        for sample in other.signatures.iter().flat_map(|signature| &signature.samples) {
            for found in recognizer.signatures_in(&recognizer.line(sample)) {
                let card = tree.card(found.card);
                if known.contains(&(found.card, id)) || share(tree, card, of_sample, other) {
                    continue;
                }
                known.push((found.card, id));
                let message = format!(
                    "this signature matches a sample of `{}/{}`: `{}`",
                    of_sample.id,
                    other.id,
                    shortened(sample)
                );
                let help =
                    "make it more specific, or list each card as tree/card in the other's shares_signatures_with";
                let place = place_of(tree, found);
                problems
                    .push(Problem { place, ..Problem::of_file(Code::SampleOfAnotherTree, &card.path, message, help) });
            }
        }
    }
}

/// Returns whether two cards of two trees name each other.
fn share(tree: &Tree, card: &Card, other_tree: &Tree, other: &Card) -> bool {
    let names = |card: &Card, tree: &Tree, named: &Card| {
        let name = format!("{}/{}", tree.id, named.id);
        card.shares_with_trees.iter().any(|known| *known == name)
    };
    names(card, other_tree, other) && names(other, tree, card)
}

/// Returns the place of a signature in its file.
fn place_of(tree: &Tree, id: SignatureId) -> Option<crate::tree::problem::Place> {
    tree.signature(id).map(|signature| signature.place.clone())
}
