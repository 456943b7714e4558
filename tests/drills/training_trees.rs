//! Collects the trees that the tests of exercises use.
//!
//! These are the embedded trees, and small ones that have no data for training; one of them has leaves that are links.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use serde_json::json;
use wherefore::internals::drill::Material;
use wherefore::internals::store::Library;
use wherefore::internals::tree::{CardId, Folder, Problem, SourceFile, Tree, load};

use crate::walks::play;

/// Every tree that is trained with.
pub(super) fn materials() -> &'static [Material] {
    static MATERIALS: LazyLock<Vec<Material>> = LazyLock::new(|| {
        let mut trees = Library::embedded().trees;
        let mut lamps = Library::default();
        lamps.add_directory(&lamp(), true);
        lamps.add_directory(&lamp().with_file_name("linked"), true);
        trees.append(&mut lamps.trees);
        trees.push(made_up());
        trees.into_iter().map(Material::new).collect()
    });
    &MATERIALS
}

fn lamp() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lamp")
}

/// Loads the lamp tree with one file added or replaced.
///
/// Returns its problems, too.
pub(super) fn lamp_with(name: &str, text: &str) -> (Tree, Vec<Problem>) {
    let cards = ["cards/bulb-burnt-out.json", "cards/call-an-electrician.json", "cards/fuse-blown.json"];
    let names = [&["tree.json", "cases/all-dark.json", "cases/one-dark.json"], cards.as_slice()].concat();
    let file = |name: &str, content: Vec<u8>| SourceFile {
        name: name.to_owned(),
        path: name.to_owned(),
        content: Ok(content.into()),
    };
    let mut files: Vec<_> = names.iter().map(|name| file(name, fs::read(lamp().join(name)).unwrap())).collect();
    files.retain(|known| known.name != name);
    files.push(file(name, text.as_bytes().to_vec()));
    let loaded = load(&Folder { name: "lamp".to_owned(), origin: "lamp".to_owned(), files });
    (loaded.tree.unwrap(), loaded.problems)
}

/// The embedded tree with the most cards.
pub(super) fn oci() -> &'static Material {
    materials().iter().find(|material| material.tree().id == "oci-load-balancer").unwrap()
}

/// Makes a tree without signatures and look-alikes.
///
/// One of its leaves has two cards.
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
