//! The trees that are trained with: those that the program carries, and small ones that nobody prepared for training.

use std::sync::{Arc, LazyLock};

use serde_json::json;
use std::path::Path;
use wherefore::drill::Material;
use wherefore::store::Library;

use wherefore::tree::{CardId, Tree};

use crate::walks::play;

/// Every tree that is trained with.
pub(super) fn materials() -> &'static [Material] {
    static MATERIALS: LazyLock<Vec<Material>> = LazyLock::new(|| {
        let mut trees = Library::embedded().trees;
        let mut lamp = Library::default();
        lamp.add_directory(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lamp"), true);
        trees.append(&mut lamp.trees);
        trees.push(made_up());
        trees.into_iter().map(Material::new).collect()
    });
    &MATERIALS
}

/// The embedded tree with the most cards.
pub(super) fn oci() -> &'static Material {
    materials().iter().find(|material| material.tree().id == "oci-load-balancer").unwrap()
}

/// A tree that has no signatures, no look-alikes, and a leaf with two cards.
pub(super) fn made_up() -> Arc<Tree> {
    let start = json!({"ask": "smell", "then": {
        "sweet": {"ask": "colour", "then": {"red": {"card": "rose"}, "white": {"card": "jasmine"}}},
        "none": {"ask": "colour", "then": {"red": {"card": "tulip"}, "white": {"cards": ["daisy", "lily"]}}},
        "foul": {"card": "arum"},
    }});
    play::tree(start, json!({}))
}

/// The cards of a tree that can be hidden.
pub(super) fn cards(tree: &Tree) -> Vec<CardId> {
    tree.diagnoses().map(|(id, _)| id).collect()
}

/// The id of a card.
pub(super) fn id(tree: &Tree, card: CardId) -> &str {
    &tree.card(card).id
}
