//! Tests `wherefore trees new`, `new-card` and `explain`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use wherefore::internals::export::{new_card, new_tree};
use wherefore::internals::tree::{Code, Problem};

use crate::problems::fixture_folder::{codes, library_of, problems_in, put, read_folder, render};

/// Runs `wherefore trees` in a folder.
fn trees(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wherefore"));
    command.arg("trees").args(arguments).current_dir(folder).env_clear().env("HOME", folder).env("NO_COLOR", "1");
    command.output().unwrap()
}

fn error_of(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Returns the problems of a new tree with one more card.
fn problems_with(draft: &new_card::CardDraft) -> Vec<Problem> {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("web-shop");
    for (name, text) in new_tree::files("web-shop") {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut read = read_folder(&folder, "web-shop");
    put(&mut read, &format!("cards/{}.json", draft.id), draft.card.to_string());
    put(&mut read, &format!("cases/{}.json", draft.id), draft.case.to_string());
    problems_in(&read)
}

#[test]
fn a_draft_has_the_problems_that_its_author_must_solve() {
    for draft in [new_card::empty_draft("pool-empty"), new_card::draft("pool web-1 is empty", Some("pool-empty"))] {
        let problems = problems_with(&draft);
        let mut found = codes(&problems);
        found.dedup();
        found.sort_unstable();
        found.dedup();
        let expected = [Code::TodoText, Code::ExampleLink, Code::NotReviewed, Code::UnreachableCard, Code::CaseFailed];
        assert_eq!(found, expected, "{}", render(&problems));
        let todo = draft.card.to_string().matches("TODO").count() + draft.case.to_string().matches("TODO").count();
        let reported = problems.iter().filter(|problem| problem.code == Code::TodoText).count();
        assert_eq!(reported, todo, "{}", render(&problems));
    }
}

#[test]
fn a_new_tree_is_sound_and_nothing_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let made = trees(folder.path(), &["new", "web-shop", "--dir", "my trees"]);
    let said = String::from_utf8_lossy(&made.stdout);
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    assert!(said.contains("The check finds no problems."), "{said}");
    assert!(said.contains("wherefore trees check 'my trees/web-shop'"), "{said}");
    let tree = folder.path().join("my trees/web-shop");
    let library = library_of(&[&tree]);
    assert_eq!((library.trees.len(), render(&library.problems)), (1, String::new()));
    fs::write(tree.join("tree.json"), "mine").unwrap();
    let error = error_of(&trees(folder.path(), &["new", "web-shop", "--dir", "my trees"]));
    assert!(error.contains("my trees/web-shop already exists") && error.contains("--dir"), "{error}");
    assert_eq!(fs::read_to_string(tree.join("tree.json")).unwrap(), "mine");
}

#[test]
fn a_new_card_says_what_is_missing_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(trees(folder.path(), &["new", "web-shop"]).status.code(), Some(0));
    let made = trees(folder.path(), &["new-card", "web-shop", "pool-empty"]);
    let said = String::from_utf8_lossy(&made.stdout).into_owned();
    assert_eq!(made.status.code(), Some(0), "{made:?}");
    for part in
        ["`title` still says TODO", "no answer leads to the card `pool-empty`", "(case-failed)", "Still missing"]
    {
        assert!(said.contains(part), "{part}: {said}");
    }
    let case = folder.path().join("web-shop/cases/pool-empty.json");
    let card = folder.path().join("web-shop/cards/pool-empty.json");
    fs::remove_file(&card).unwrap();
    fs::write(&case, "mine").unwrap();
    let error = error_of(&trees(folder.path(), &["new-card", "web-shop", "pool-empty"]));
    assert!(error.contains("web-shop/cases/pool-empty.json already exists"), "{error}");
    assert!(!card.exists(), "nothing is written if one of the files exists");
    assert_eq!(fs::read_to_string(&case).unwrap(), "mine");
}

#[test]
fn a_known_line_and_a_known_id_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let made = trees(folder.path(), &["new", "oci-load-balancer"]);
    let note = String::from_utf8_lossy(&made.stderr).into_owned();
    assert!(note.contains("a tree oci-load-balancer already exists"), "{note}");
    assert_eq!(trees(folder.path(), &["new", "web-shop"]).status.code(), Some(0));
    let line = "cat: /etc/shop.conf: Permission denied";
    let made = trees(folder.path(), &["new-card", "web-shop", "pool-empty", "--from", line]);
    let note = String::from_utf8_lossy(&made.stderr).into_owned();
    assert!(note.contains("the card permission-missing in web-shop already matches this line"), "{note}");
}

#[test]
fn wrong_usage_says_what_where_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    for (arguments, parts) in [
        (&["new", "Web Shop"][..], ["\"Web Shop\" is not an id", "web-shop"]),
        (&["new", "../shop"], ["\"../shop\" is not an id", "web-shop"]),
        (&["new-card", "nowhere", "pool-empty"], ["nowhere has no tree.json", "trees new"]),
        (&["new-card", ".", "Pool"], ["\"Pool\" is not an id", "pool-is-empty"]),
        (&["new-card", "."], ["CARD-ID", "--help"]),
        (&["new-card"], ["--from", "--help"]),
        (&["explain", "todo-test"], ["there is no code \"todo-test\"", "did you mean todo-text?"]),
    ] {
        let error = error_of(&trees(folder.path(), arguments));
        assert!(parts.iter().all(|part| error.contains(part)), "{arguments:?}: {error}");
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing was written");
}

#[test]
fn every_code_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    let all = String::from_utf8(trees(folder.path(), &["explain"]).stdout).unwrap();
    assert_eq!(all.lines().count(), Code::ALL.len());
    for code in Code::ALL {
        assert!(all.lines().any(|line| line.starts_with(&format!("{} ", code.name()))), "{}", code.name());
    }
    let one = trees(folder.path(), &["explain", "todo-text"]);
    assert!(String::from_utf8_lossy(&one.stdout).contains(Code::TodoText.about()));
}
