//! Tests that cards of the system that wrote a text come first.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use wherefore::internals::app::theme::Theme;
use wherefore::internals::app::{Model, Msg, update};
use wherefore::internals::diagnosis::{Scanner, diagnose_text};
use wherefore::internals::export::{diagnosis as told, json, search_text};
use wherefore::internals::lookup::{Searcher, Usage};
use wherefore::internals::text::CleanText;
use wherefore::internals::tree::{Folder, SourceFile, Tree, load};
use wherefore::internals::walk::EvidenceSource;

use crate::screens::{LARGE, SMALL, USUAL, assert_picture, type_keys};
use crate::search_to_walk::talk_about;

/// How lines of the lamp's log look.
const FORMAT: &str = r#"{"title": "Lamp log", "line": "{at:time} lamp {room:word}: {message:rest}",
  "samples": ["2026-01-15T10:20:30Z lamp hall: bulb 7 has no resistance"]}"#;

/// Loads a tree like the lamp of the fixtures under another id.
fn tree(id: &str, edits: &[(&str, &str, &str)], format: Option<&str>) -> Tree {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lamp");
    let mut paths: Vec<PathBuf> = vec![root.join("tree.json")];
    paths.extend(fs::read_dir(root.join("cards")).unwrap().map(|entry| entry.unwrap().path()));
    let mut files: Vec<(String, String)> = Vec::new();
    for path in paths {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        let mut text = fs::read_to_string(&path).unwrap();
        text = text.replace(r#""id": "lamp""#, &format!(r#""id": "{id}""#));
        text = text.replace("The lamp is dark", &format!("Tree {id}"));
        for (_, old, new) in edits.iter().filter(|(file, ..)| *file == name) {
            assert!(text.contains(old), "{name}: {old}");
            text = text.replace(old, new);
        }
        files.push((name, text));
    }
    files.extend(format.map(|format| ("formats/lamp-log.json".to_owned(), format.to_owned())));
    let file = |(name, text): (String, String)| SourceFile {
        path: format!("{id}/{name}"),
        name,
        content: Ok(Cow::Owned(text.into_bytes())),
    };
    let folder = Folder { name: id.into(), origin: id.into(), files: files.into_iter().map(file).collect() };
    let loaded = load(&folder);
    assert_eq!(loaded.problems, [], "{id}");
    loaded.tree.unwrap()
}

/// A lamp with a log, fields and identifiers of its own.
///
/// The tree before it owns the same text.
fn trees() -> Vec<Arc<Tree>> {
    let fills = r#""fills": {"lamp_id": [{"id": "uid.lampservice.{any}"}]}, "start": {"#;
    let mut lamp = tree("lamp", &[("tree.json", r#""start": {"#, fills)], Some(FORMAT));
    // The other tree knows no fields of the lamp.
    let fuse = "cards/fuse-blown.json";
    let other = [(fuse, r#"{"fuse": "blown""#, r#"{"breaker": "blown""#), (fuse, r#"{\"fuse\""#, r#"{\"breaker\""#)];
    let mut any = tree("any-device", &other, None);
    // As in a library, all trees read lines with all formats.
    any.formats = lamp.own_formats.clone();
    lamp.formats = lamp.own_formats.clone();
    vec![Arc::new(any), Arc::new(lamp)]
}

/// The cards that a text leads to, by `diagnose` and by `find`.
///
/// Each has the other systems that wrote the text.
fn found(text: &str) -> [Vec<String>; 2] {
    let diagnosis = diagnose_text(&Scanner::new(&trees()), &EvidenceSource::file("x"), text);
    let shown = |tree: &Tree, card, writers: &[Arc<Tree>]| {
        let writers: Vec<&str> = writers.iter().map(|tree| tree.id.as_str()).collect();
        format!("{}/{} {}", tree.id, tree.card(card).id, writers.join(",")).trim_end().to_owned()
    };
    let by_diagnosis = diagnosis.findings.iter().map(|it| shown(&it.tree, it.card, &it.written_by)).collect();
    let found = Searcher::new(&trees()).search(text, &Usage::default(), 5);
    let by_signature = found.matches.iter().filter(|found| found.tier.name() == "signature");
    [by_diagnosis, by_signature.map(|it| shown(&it.tree, it.card, &it.written_by)).collect()]
}

#[test]
fn cards_of_the_writer_come_first_and_those_of_others_are_marked() {
    let own_first = ["lamp/bulb-burnt-out", "any-device/bulb-burnt-out lamp"];
    let by_form = [
        "2026-01-15T10:20:30Z lamp hall: bulb 7 has no resistance",
        r#"{"lamp": {"id": "uid.lampservice.7"}, "message": "bulb 7 has no resistance"}"#,
        "uid.lampservice.7: bulb 7 has no resistance",
    ];
    for text in by_form {
        assert_eq!(found(text), [own_first, own_first], "{text}");
    }
    let record = r#"{"fuse": "blown", "amperes": 17, "message": "bulb 7 has no resistance"}"#;
    let [diagnosed, looked_up] = found(record);
    for cards in [diagnosed, looked_up] {
        assert_eq!(cards.last().unwrap(), "any-device/bulb-burnt-out lamp", "{cards:?}");
        assert_eq!(cards.len(), 3, "{cards:?}");
    }
}

#[test]
fn a_bare_text_tells_no_writer() {
    let [diagnosed, looked_up] = found("bulb 7 has no resistance");
    for cards in [diagnosed, looked_up] {
        assert_eq!(cards, ["any-device/bulb-burnt-out", "lamp/bulb-burnt-out"]);
    }
    // Among several lines, one without a known writer may be of the card's own system.
    let [diagnosed, _] = found("2026-01-15T10:20:30Z lamp hall: bulb 7 has no resistance\nbulb 7 has no resistance\n");
    assert_eq!(diagnosed, ["any-device/bulb-burnt-out", "lamp/bulb-burnt-out"]);
}

#[test]
fn only_another_signature_of_the_writer_makes_a_lookup_unsure() {
    let search = |text: &str| Searcher::new(&trees()).search(text, &Usage::default(), 5);
    assert!(search("2026-01-15T10:20:30Z lamp hall: bulb 7 has no resistance").is_sure);
    assert!(!search("bulb 7 has no resistance").is_sure);
}

#[test]
fn other_systems_are_named_in_text_and_json() {
    let text = "2026-01-15T10:20:30Z lamp hall: bulb 7 has no resistance";
    let diagnosis = diagnose_text(&Scanner::new(&trees()), &EvidenceSource::file("x"), text);
    let style = told::Style { width: 80, unicode: false, is_plain: true };
    insta::assert_snapshot!("written-by-diagnosis", told::text(&diagnosis, None, style));
    let cards = &json::diagnosis(&diagnosis, None, false)["cards"];
    let writers = |cards: &Value| -> Vec<String> {
        cards.as_array().unwrap().iter().map(|card| card["written_by"].to_string()).collect()
    };
    assert_eq!(writers(cards), ["[]", "[\"lamp\"]"]);
    let found = Searcher::new(&trees()).search(text, &Usage::default(), 5);
    insta::assert_snapshot!("written-by-find", search_text::list(&found, true));
    assert_eq!(writers(&json::find(&CleanText::new(text), &found)["matches"])[..2], ["[]", "[\"lamp\"]"]);
}

#[test]
fn other_systems_are_named_in_the_search_screen_and_in_lines() {
    for size in [USUAL, SMALL, LARGE] {
        let mut model = Model::new(trees(), Theme::default(), None);
        update(&mut model, Msg::Resize(size.0, size.1));
        type_keys(&mut model, "/ uid.lampservice.7: space bulb space 7 space has space no space resistance");
        assert_picture!("written-by-search", &model, size);
    }
    let told = talk_about(trees(), &["/uid.lampservice.7: bulb 7 has no resistance"]).1;
    insta::assert_snapshot!("written-by-lines", told);
}
