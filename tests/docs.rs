//! Tests that the manuals, the pictures and ARCHITECTURE.md are up to date.

#[path = "../examples/screenshots/scenes.rs"]
mod scenes;
#[path = "../examples/screenshots/svg.rs"]
mod svg;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use wherefore::internals::diagnosis::{Scanner, diagnose_text};
use wherefore::internals::export::json;
use wherefore::internals::lookup::{Searcher, Usage};
use wherefore::internals::store::Library;
use wherefore::internals::walk::{Event, EvidenceSource, Walk};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

#[test]
fn the_pictures_are_those_of_the_real_screens() {
    for scene in scenes::all() {
        for palette in [svg::DARK, svg::LIGHT] {
            let path = root().join("assets").join(format!("{}-{}.svg", scene.name, palette.name));
            let drawn = svg::draw(&scene.buffer(), &palette);
            let kept = fs::read_to_string(&path).unwrap_or_default();
            assert!(kept == drawn, "{} is out of date: cargo run --example screenshots", path.display());
        }
    }
}

#[test]
fn the_table_of_keys_is_the_programs_own() {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let table = wherefore::internals::app::keys::markdown();
    assert!(readme.contains(table.trim_end()), "put this into README.md:\n\n{table}");
}

/// Every field of the objects that scripts read is described.
#[test]
fn fields_of_json_are_documented() {
    let manual = include_str!("../docs/json.md");
    let trees = Library::embedded().trees;
    let tree = &crate::embedded_trees::load_balancer();
    let record = r#"{"lbStatusCode":"502","backendStatusCode":"502"}"#;
    let found = Searcher::new(&trees).search(record, &Usage::default(), 3);
    let diagnosis = diagnose_text(&Scanner::new(&trees), &EvidenceSource::Paste, record);
    let mut walk = Walk::new(Arc::clone(tree));
    walk.push(Event::EvidenceAdded(diagnosis.evidence(tree)));
    let other = tree.options(tree.find_question("status-pair").unwrap()).next().unwrap().0;
    walk.push(Event::Answered { question: tree.find_question("status-pair").unwrap(), option: other });
    let objects =
        [json::find(&record.into(), &found), json::walk(&walk), json::diagnosis(&diagnosis, Some(&walk), false)];
    assert_eq!(walk.contradictions().len(), 1);
    let names: BTreeSet<String> = objects.iter().flat_map(names_in).collect();
    assert!(names.len() > 30, "{names:?}");
    let missing: Vec<_> = names.iter().filter(|name| !manual.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/json.md says nothing of {missing:?}");
}

/// Returns the names of all fields of an object, at any depth.
///
/// Captures are named by trees.
fn names_in(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => {
            let below = fields.iter().filter(|(name, _)| *name != "captures").flat_map(|(_, value)| names_in(value));
            fields.keys().cloned().chain(below).collect()
        }
        Value::Array(values) => values.iter().flat_map(names_in).collect(),
        _ => Vec::new(),
    }
}
