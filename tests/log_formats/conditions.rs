//! Conditions on the values of fields, in patterns of a tree.

use std::sync::Arc;

use wherefore::internals::recognize::Recognizer;
use wherefore::internals::tree::{Code, Problem, load};

use super::folder::{codes_and_messages, lamp, put};

/// A card whose only signature asks for these fields.
fn card(fields: &str) -> String {
    format!(
        r#"{{
  "title": "A bulb is burnt out", "about": "It is dark.", "likelihood": "common",
  "signatures": [{{"fields": {fields}, "samples": ["x"]}}],
  "symptoms": ["It is dark."], "causes": [{{"id": "old", "text": "The bulb is old."}}],
  "remedies": [{{"id": "replace", "do": "Replace the bulb.", "fixes": ["old"], "effect": "change", "takes": "minutes",
    "verify": "It is bright.", "undo": "Put the old bulb in."}}],
  "docs": [{{"title": "Bulbs", "url": "https://en.wikipedia.org/"}}], "source": "made up", "reviewed": "2026-01-15"
}}"#
    )
}

/// Tries a signature with these fields on lines.
///
/// Returns the problems of its tree, and whether each line has the fields.
fn tried(fields: &str, lines: &[&str]) -> (Vec<Problem>, Vec<bool>) {
    let mut folder = lamp();
    put(&mut folder, "cards/bulb-burnt-out.json", &card(fields));
    put(&mut folder, "formats/dimmer.json", DIMMER);
    let loaded = load(&folder);
    let recognizer = Recognizer::new(Arc::new(loaded.tree.unwrap()));
    let has = |line: &&str| !recognizer.signatures_in(&recognizer.line(line)).is_empty();
    (loaded.problems, lines.iter().map(has).collect())
}

/// The log format of a lamp.
const DIMMER: &str = r#"{
  "title": "Dimmer log",
  "line": ["dimmer {state:word} after {took:number ms} at {level:number}%", {"optional": " by {user:quoted}"}],
  "samples": ["dimmer sC-- after 12 at 80%"]
}"#;

#[test]
fn conditions_ask_for_case_ranges_absence_and_the_opposite() {
    let line = "dimmer sC-- after 30500 at 80% by \"ann\"";
    let none = "dimmer - after - at 0%";
    let json = r#"{"state":"SC--","took":"45s","level":"-","codes":"502, 200"}"#;
    let cases: [(&str, [bool; 3]); 19] = [
        (r#"{"state": "sc--"}"#, [true, false, true]),
        (r#"{"state": {"exactly": "sC--"}}"#, [true, false, false]),
        (r#"{"state": {"exactly": ["SC{any}", "-"]}}"#, [false, true, true]),
        (r#"{"state": {"exactly": "-"}}"#, [false, true, false]),
        (r#"{"state": ""}"#, [false, true, false]),
        (r#"{"took": {"at_least": "30 s", "below": "0.6 min"}}"#, [true, false, false]),
        (r#"{"took": {"above": "30.5 s"}}"#, [false, false, true]),
        (r#"{"took": {"above": 30000}}"#, [true, false, false]),
        (r#"{"level": {"at_most": 80}}"#, [true, true, false]),
        (r#"{"level": {"at_least": "10 s"}}"#, [false, false, false]),
        (r#"{"level": {"not": "80"}}"#, [false, true, true]),
        (r#"{"user": {"absent": true}}"#, [false, true, true]),
        (r#"{"user": {"absent": false}}"#, [true, false, false]),
        (r#"{"user": {"not": "bob"}}"#, [true, false, false]),
        (r#"{"codes": {"at_least": 500}}"#, [false, false, true]),
        (r#"{"codes": {"not": {"at_least": 500}}}"#, [false, false, false]),
        (r#"{"level": ["80", {"exactly": "-"}]}"#, [true, false, true]),
        (r#"{"level": {"at_least": 1, "not": {"above": 79}}}"#, [false, false, false]),
        (r#"{"state": {"not": ""}, "level": {"at_least": 1}}"#, [true, false, false]),
    ];
    for (fields, expected) in cases {
        let (problems, found) = tried(fields, &[line, none, json]);
        assert_eq!(problems, [], "{fields}");
        assert_eq!(found, expected, "{fields}");
    }
}

#[test]
fn a_bad_condition_is_a_problem() {
    let cases = [
        (r#"{"state": {}}"#, Code::BadPattern, "asks for nothing"),
        (r#"{"took": {"at_least": 5, "below": 5}}"#, Code::BadPattern, "no number"),
        (r#"{"took": {"at_least": "5 s", "below": 10}}"#, Code::BadPattern, "no number"),
        (r#"{"took": {"at_least": "5 parsecs"}}"#, Code::BadValue, "not a quantity"),
        (r#"{"took": {"at_least": true}}"#, Code::WrongType, "a number"),
        (r#"{"state": {"absent": true, "exactly": "x"}}"#, Code::BadPattern, "absent field"),
        (r#"{"state": {"exact": "x"}}"#, Code::UnknownField, "exact"),
        (r#"{"state": {"exactly": "{zebra}"}}"#, Code::BadPattern, "zebra"),
        (r#"{"state": {"not": []}}"#, Code::BadPattern, "empty"),
    ];
    for (fields, code, words) in cases {
        let (problems, _) = tried(fields, &[]);
        let found = problems.iter().any(|problem| problem.code == code && problem.message.contains(words));
        assert!(found, "{fields}: {}", codes_and_messages(&problems));
        assert!(problems.iter().all(|problem| !problem.help.is_empty()));
    }
}
