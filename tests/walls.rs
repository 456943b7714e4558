//! Tests which room may use which, and where the world is touched.
//!
//! Reads the source. ARCHITECTURE.md has the rooms.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the lower rooms that it may use.
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("tree", &["text"]),
    ("words", &["tree"]),
    ("walk", &["tree", "text"]),
    ("recognize", &["tree", "text", "walk"]),
    ("prove", &["tree", "text", "walk", "recognize"]),
    ("lookup", &["tree", "text", "words", "walk", "recognize"]),
    ("segment", &[]),
    ("templates", &[]),
    ("diagnosis", &["tree", "text", "walk", "recognize", "segment", "templates"]),
    ("drill", &["tree", "text", "walk", "recognize"]),
    ("export", &["tree", "text", "walk", "recognize", "prove", "lookup", "diagnosis", "drill"]),
    ("case", &["tree", "text", "walk"]),
    ("session", &["tree", "text", "walk", "case", "lookup", "diagnosis", "export"]),
    (
        "app",
        &["tree", "text", "walk", "case", "recognize", "prove", "lookup", "diagnosis", "drill", "export", "session"],
    ),
    // It keeps what the look-up learns from, what was answered in training, and cases, in their words.
    ("store", &["tree", "text", "case", "lookup", "drill"]),
    ("evidence", &["tree", "text", "segment", "diagnosis"]),
    ("tui", &["app", "text"]),
    (
        "cli",
        &[
            "tree",
            "text",
            "walk",
            "case",
            "recognize",
            "prove",
            "lookup",
            "diagnosis",
            "drill",
            "export",
            "session",
            "app",
            "store",
            "evidence",
            "tui",
        ],
    ),
];

/// Names that a pure room must not use, and their purpose.
const WORLD: &[(&str, &str)] = &[
    ("std::fs", "files"),
    ("std::env", "the environment"),
    ("std::time", "a clock"),
    ("std::thread", "threads"),
    ("std::process", "processes"),
    ("std::net", "the network"),
    ("std::io", "input and output"),
    ("crossterm", "the terminal"),
    ("println!", "printing"),
];

const PURE: &[&str] = &[
    "text",
    "tree",
    "words",
    "walk",
    "recognize",
    "prove",
    "lookup",
    "segment",
    "templates",
    "diagnosis",
    "drill",
    "export",
    "case",
    "session",
    "app",
];
const MAY_DRAW: &[&str] = &["app", "tui"];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file below a folder, with its path below `src`.
fn files(folder: &Path, found: &mut Vec<(String, String)>) {
    let mut entries: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix(source()).unwrap().to_string_lossy().replace('\\', "/");
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

fn all_files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(&source(), &mut found);
    found
}

fn room_of(name: &str) -> &str {
    let first = name.split('/').next().unwrap();
    first.strip_suffix(".rs").unwrap_or(first)
}

/// The code of a file without its unit tests and comments.
///
/// A visibility needs the whole path of a room; other paths are without `internals`.
fn code(text: &str) -> String {
    let text = text.replace("crate::internals::", "crate::");
    let before_tests = text.split("#[cfg(test)]").next().unwrap();
    before_tests.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_room_uses_only_what_lies_below_it() {
    for (name, text) in all_files() {
        let room = room_of(&name);
        if room == "main" || room == "lib" {
            continue;
        }
        let (_, allowed) =
            ROOMS.iter().find(|(known, _)| *known == room).unwrap_or_else(|| panic!("{name}: no such room"));
        for used in code(&text).split("crate::").skip(1) {
            let used = used.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap();
            // `use crate::{…}` is not written here, so that this test can read the house.
            assert!(!used.is_empty(), "{name}: name one path for each `use crate::`");
            assert!(used == room || allowed.contains(&used), "{name}: `{room}` must not use `{used}`");
        }
    }
}

#[test]
fn the_engine_and_the_program_do_not_touch_the_world() {
    for (name, text) in all_files().into_iter().filter(|(name, _)| PURE.contains(&room_of(name))) {
        for (word, what) in WORLD {
            assert!(!code(&text).contains(word), "{name} names {word}: {what} belong into store, tui or cli");
        }
    }
}

#[test]
fn only_the_program_and_the_terminal_draw() {
    for (name, text) in all_files().into_iter().filter(|(name, _)| !MAY_DRAW.contains(&room_of(name))) {
        assert!(!code(&text).contains("ratatui"), "{name} draws");
    }
}

#[test]
fn only_lookup_names_the_fuzzy_matcher() {
    for (name, text) in all_files().into_iter().filter(|(name, _)| room_of(name) != "lookup") {
        assert!(!code(&text).contains("fuzzy_matcher"), "{name}");
    }
}

#[test]
fn no_code_knows_what_the_trees_are_about() {
    for (name, text) in all_files() {
        let code = code(&text).to_lowercase();
        for word in ["load balancer", "load-balancer", "loadbalancer", "oracle", "oci", "backend", "lbstatuscode"] {
            // The backends of ratatui and of signal-hook are another matter, and so is what an example in a help text shows.
            let about_the_tree = code.lines().filter(|line| {
                let is_word = line.split(|c: char| !c.is_alphanumeric() && c != '-' && c != ' ').any(|part| {
                    part.split(' ').any(|single| single == word) || (word.contains(' ') && part.contains(word))
                });
                is_word
                    && !line.contains("wherefore ")
                    && !["ratatui", "crossterm", "signal_hook"].iter().any(|name| line.contains(name))
            });
            assert_eq!(about_the_tree.collect::<Vec<_>>(), Vec::<&str>::new(), "{name}: {word}");
        }
    }
}

#[test]
fn a_module_opens_with_what_it_is_responsible_for() {
    for (name, text) in all_files() {
        assert!(text.starts_with("//! "), "{name}");
    }
}

#[test]
fn a_file_holds_one_idea() {
    for (name, text) in all_files() {
        let lines = text.split("#[cfg(test)]").next().unwrap().lines().count();
        assert!(lines <= 400, "{name} has {lines} lines before its tests; the limit is 400");
    }
}
