//! Tests the files that all trees share.
//!
//! They are the vocabulary and the log formats; the hashes of trees cover them.

use std::fs;
use std::path::Path;

use wherefore::internals::lookup::{Searcher, Usage};
use wherefore::internals::store::Library;

use crate::problems::fixture_folder::{lamp, write};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Returns the embedded library and the trees below a folder.
fn with(folder: &Path) -> Library {
    let mut library = Library::embedded();
    library.add_directory(folder, true);
    library
}

/// A folder with the tree `lamp` and a vocabulary.
fn lamp_and(vocabulary: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("lamp"), &lamp());
    fs::write(folder.path().join("vocabulary.json"), vocabulary).unwrap();
    folder
}

fn finds(library: &Library, query: &str) -> Vec<String> {
    let searcher = Searcher::new(&library.trees);
    let found = searcher.search(query, &Usage::default(), 5).matches;
    found.into_iter().map(|found| found.tree.card(found.card).id.to_string()).collect()
}

#[test]
fn a_shared_word_finds_cards_of_every_tree() {
    let folder = lamp_and(r#"{"synonyms": [["bulb", "zorglub"], ["backend", "zorglub"]]}"#);
    let library = with(folder.path());
    let found = finds(&library, "zorglub");
    assert!(found.iter().any(|card| card == "bulb-burnt-out"), "{found:?}");
    assert_eq!(finds(&Library::embedded(), "zorglub"), [""; 0]);
}

#[test]
fn a_shared_file_changes_the_hash_of_every_tree_and_not_that_of_its_folder() {
    let embedded = Library::embedded();
    let folder = lamp_and(r#"{"synonyms": [["bulb", "light"]]}"#);
    let library = with(folder.path());
    for tree in &embedded.trees {
        let (before, after) = (embedded.fingerprint(tree).unwrap(), library.fingerprint(tree).unwrap());
        assert_eq!(before.folder, after.folder);
        assert_ne!(before.all, after.all);
    }
}

#[test]
fn a_bad_vocabulary_is_a_problem_with_its_place() {
    let folder = lamp_and(r#"{"synonyms": [["bulb"]]}"#);
    let problems = with(folder.path()).problems;
    let told: Vec<String> = problems.iter().map(|problem| format!("{problem:?}")).collect();
    assert!(told.len() == 1 && told[0].contains("vocabulary.json") && told[0].contains("line: 1"), "{told:?}");
}

/// The recipe stands in the comments of `hash`.
#[test]
fn anybody_can_check_the_hash_of_a_tree() {
    let recipe =
        "list() { find . -name '*.json' | cut -c3- | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c-64; }
        shared=$(find formats vocabulary.json -name '*.json' | LC_ALL=C sort | xargs sha256sum | sha256sum | cut -c-64)
        printf '%s  tree\\n%s  shared\\n' \"$(cd oci-load-balancer && list)\" \"$shared\" | sha256sum | cut -c-64";
    let ran = std::process::Command::new("sh").args(["-c", recipe]).current_dir(root().join("decision_trees")).output();
    let said = String::from_utf8(ran.unwrap().stdout).unwrap();
    let library = Library::embedded();
    assert_eq!(said.trim(), library.fingerprint(library.tree("oci-load-balancer").unwrap()).unwrap().all);
}
