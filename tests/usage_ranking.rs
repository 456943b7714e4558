//! Tests that cards opened often and recently rise among equals.
//!
//! The order, the journal, and how the program uses both; only on this machine.

use std::fs;
use std::path::Path;
use std::process::Command;

use wherefore::internals::lookup::{Found, Match, Opened, Searcher, Usage};
use wherefore::internals::store::Library;

const TREE: &str = "oci-load-balancer";

fn often(card: &str) -> Usage {
    Usage::new((0..50).map(|at| Opened { at, tree: TREE.to_owned(), card: card.to_owned() }), 50)
}

fn cards(found: &Found) -> Vec<&str> {
    found.matches.iter().map(|found| found.tree.card(found.card).id.as_str()).collect()
}

#[test]
fn what_is_used_comes_first_among_equals() {
    let searcher = Searcher::new(&Library::embedded().trees);
    let before = searcher.search("", &Usage::default(), 100);
    // The cards for when nothing fits stay the last.
    let is_diagnosis = |found: &&Match| found.card != found.tree.escalation && found.tree.id == TREE;
    let last = before.matches.iter().rev().find(is_diagnosis).unwrap();
    let last = last.tree.card(last.card).id.as_str();
    let found = searcher.search("", &often(last), 100);
    assert_eq!(cards(&found)[0], last);
    let rest: Vec<_> = cards(&before).into_iter().filter(|card| *card != last).collect();
    assert_eq!(cards(&found)[1..], rest, "all others stay in their order");
}

#[test]
fn what_is_used_never_comes_before_what_fits_better() {
    let searcher = Searcher::new(&Library::embedded().trees);
    for query in ["Backend 10.0.20.11 closed connection abruptly", "EHOSTUNREACH", "no healthy backends"] {
        let before = searcher.search(query, &Usage::default(), 100);
        let first = cards(&before)[0];
        for other in cards(&before).into_iter().skip(1) {
            let found = searcher.search(query, &often(other), 100);
            let (best, risen) = (&before.matches[0], &found.matches[0]);
            let is_near = risen.score * 11 >= best.score * 10;
            assert!(cards(&found)[0] == first || best.tier == risen.tier && is_near, "{query} {other}");
        }
    }
}

#[test]
fn what_is_used_rises_among_those_that_fit_nearly_as_well() {
    let searcher = Searcher::new(&Library::embedded().trees);
    for query in ["502", "timeout", "certificate", "health check"] {
        let before = searcher.search(query, &Usage::default(), 100);
        let is_near = |found: &&Match| found.tree.id == TREE && found.score * 100 >= before.matches[0].score * 93;
        let near = before.matches.iter().skip(1).find(is_near).unwrap_or_else(|| panic!("{query}: {before:?}"));
        let near = near.tree.card(near.card).id.as_str();
        let found = searcher.search(query, &often(near), 100);
        assert_eq!(cards(&found)[0], near, "{query}");
        assert_eq!((found.is_sure, found.matches.len()), (before.is_sure, before.matches.len()), "{query}");
    }
}

fn find(state: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_wherefore"));
    command.args(arguments).env("XDG_STATE_HOME", state).env("XDG_CONFIG_HOME", state);
    String::from_utf8(command.output().unwrap().stdout).unwrap()
}

/// Writes a lamp tree with the given ids of tree and bulb.
fn lamp(trees: &Path, id: &str, bulb: &str) {
    let folder = trees.join(id);
    fs::create_dir_all(folder.join("cards")).unwrap();
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lamp");
    let tree = fs::read_to_string(from.join("tree.json")).unwrap();
    let tree = tree.replace("bulb-burnt-out", bulb).replace("\"id\": \"lamp\"", &format!("\"id\": \"{id}\""));
    fs::write(folder.join("tree.json"), tree).unwrap();
    for (name, new) in
        [("bulb-burnt-out", bulb), ("fuse-blown", "fuse-blown"), ("call-an-electrician", "call-an-electrician")]
    {
        fs::copy(from.join(format!("cards/{name}.json")), folder.join(format!("cards/{new}.json"))).unwrap();
    }
}

#[test]
fn the_program_reads_the_journal_but_not_for_scripts() {
    // Two trees of the same words: only use can tell a bulb of one from that of the other.
    let folder = tempfile::tempdir().unwrap();
    let (trees, state) = (folder.path().join("trees"), folder.path().join("state"));
    lamp(&trees, "kitchen", "bulb-of-the-kitchen");
    lamp(&trees, "salon", "bulb-of-the-salon");
    let trees = trees.to_str().unwrap();
    let first = |more: &[&str]| {
        let found = find(&state, &[&["--trees", trees, "find", "bulb burnt out", "--limit", "1"], more].concat());
        ["kitchen", "salon"].into_iter().find(|name| found.contains(&format!("bulb-of-the-{name}"))).unwrap()
    };
    assert_eq!((first(&[]), first(&["--json"])), ("kitchen", "kitchen"));
    fs::create_dir_all(state.join("wherefore")).unwrap();
    let journal = state.join("wherefore").join("opened.jsonl");
    let row = "{\"at\":4000000000,\"tree\":\"salon\",\"card\":\"bulb-of-the-salon\"}\n";
    fs::write(&journal, format!("torn{row}{row}")).unwrap();
    assert_eq!((first(&[]), first(&["--json"]), first(&["--no-history"])), ("salon", "kitchen", "kitchen"));
    find(&state, &["show", "gateway-timeout"]);
    assert_eq!(fs::read_to_string(&journal).unwrap(), format!("torn{row}{row}"), "a script opens nothing");
}
