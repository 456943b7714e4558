//! Collects the trees that the tests of exercises use.
//!
//! These are the embedded trees, and small ones that have no data for training.

use crate::full_tests::is_full;
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
    let names = ["tree.json", "cards/bulb-burnt-out.json", "cards/call-an-electrician.json", "cards/fuse-blown.json"];
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
///
/// It is every other card of a large tree, and with `WHEREFORE_FULL_TESTS` all of them.
pub(super) fn cards(tree: &Tree) -> Vec<CardId> {
    let step = if tree.card_count > LARGE && !is_full() { 2 } else { 1 };
    tree.diagnoses().map(|(id, _)| id).step_by(step).collect()
}

/// Cards from which a tree is tried in part.
const LARGE: usize = 40;

/// The id of a card.
pub(super) fn id(tree: &Tree, card: CardId) -> &str {
    &tree.card(card).id
}

/// Counts exercises that break a promise, which few may.
///
/// A tree that asks a question in several branches leaves some exercises in which its own way is not the best one.
#[derive(Default)]
pub(crate) struct Exceptions {
    all: usize,
    broken: Vec<String>,
}

impl Exceptions {
    pub(crate) fn count(&mut self, name: &str, holds: bool) {
        self.all += 1;
        if !holds {
            self.broken.push(name.to_owned());
        }
    }

    /// Fails if more than one exercise in twenty breaks the promise.
    pub(crate) fn assert_rare(&self) {
        assert!(
            self.all > 0 && self.broken.len() * 20 <= self.all,
            "{} of {}: {:?}",
            self.broken.len(),
            self.all,
            self.broken
        );
    }
}
