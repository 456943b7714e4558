//! Tests that texts of trees keep to standard words and safe commands.
//!
//! The rules for authors are in `CONTRIBUTING.md` and `decision_trees/README.md`.

use std::path::{Path, PathBuf};

use regex::Regex;
use serde_json::Value;

/// Words that texts of trees do not use, as expressions.
///
/// The first group are British spellings and words that compete with a standard term: "timeout", "fix", "test",
/// "configure", "allow", "restore", "disable", "usually", "rarely", "limit", "escalate". The second group are words for
/// persons in place of a machine or a part of it; what a person says in an alarm may have them.
const WORDS: &[&str] = &[
    r"time-outs?|[45]nn|mend(s|ed|ing)?|knock(s|ed|ing)?|heed(s|ed|ing)?|admit(s|ted|ting)?|mostly|seldom|honest(ly)?",
    r"odd(ly)?|ceiling|hand(s|ed|ing)? (it )?(on|over)|beforehand|anew|let(s|ting)? in|(put|take|taken) back",
    r"(recognis|organis|normalis|optimis|initialis|authoris|serialis)\w+|practis(e|es|ed|ing)|analys(e|es|ed)",
    r"(colour|honour|behaviour|favour)\w*|centres?|licence|cancelled|artefact\w*|catalogue\w*",
];

/// Words for persons that no text but an alarm has.
const PERSONS: &str = "whoever|somebody";

/// Fields whose texts are not sentences for people, or words of others.
const NOT_SENTENCES: &[&str] = &[
    "also_called",
    "answers",
    "card",
    "cards",
    "code_lines",
    "command",
    "configured",
    "disproved_by",
    "docs",
    "encoded",
    "everyday",
    "evidence",
    "examples",
    "fills",
    "fixes",
    "foreign",
    "harmless",
    "id",
    "leaves",
    "looks_like",
    "patterns",
    "prints",
    "red_herrings",
    "reviewed",
    "run",
    "samples",
    "signatures",
    "source",
    "synonyms",
    "values_of",
];

fn trees() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("decision_trees");
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut trees: Vec<_> = entries.filter(|path| path.join("tree.json").is_file()).collect();
    trees.sort();
    trees
}

/// Returns the files in a folder of a tree, with their names.
///
/// The folder "" has `tree.json` alone.
fn files(tree: &Path, folder: &str) -> Vec<(String, Value)> {
    let Ok(entries) = std::fs::read_dir(tree.join(folder)) else { return Vec::new() };
    let mut paths: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let name = path.strip_prefix(tree.parent().unwrap()).unwrap().display().to_string();
        (name, serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap())
    };
    paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json")).map(read).collect()
}

/// Visits each text for people with the path of its field.
fn each_text(value: &Value, path: &str, visit: &mut dyn FnMut(&str, &str)) {
    match value {
        Value::String(text) => visit(path, text),
        Value::Array(values) => values.iter().for_each(|value| each_text(value, path, visit)),
        Value::Object(fields) => {
            for (name, value) in fields.iter().filter(|(name, _)| !NOT_SENTENCES.contains(&name.as_str())) {
                each_text(value, &format!("{path}.{name}"), visit);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn texts_use_the_standard_words() {
    let quoted = Regex::new(r#""[^"]*""#).unwrap();
    let words = Regex::new(&format!(r"(?i)\b({})\b", WORDS.join("|"))).unwrap();
    let persons = Regex::new(&format!(r"(?i)\b({PERSONS})\b")).unwrap();
    let mut wrong = Vec::new();
    let mut read = 0;
    for tree in trees() {
        for folder in ["", "cards", "drills"] {
            for (name, content) in files(&tree, folder) {
                each_text(&content, "", &mut |path, text| {
                    read += 1;
                    // Quoted words are those of a log or a page.
                    let own = quoted.replace_all(text, "\"\"");
                    let is_spoken = path.contains(".drill.alarms") || name.contains("/drills/");
                    let found = words.find(&own).or_else(|| persons.find(&own).filter(|_| !is_spoken));
                    wrong.extend(found.map(|found| format!("{name}{path}: {:?} in: {text}", found.as_str())));
                });
            }
        }
    }
    assert!(read > 2_000, "only {read} texts were read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Returns each remedy of the trees with its name.
///
/// The escalation cards are left out: they list what to gather.
fn remedies() -> Vec<(String, Value)> {
    let mut remedies = Vec::new();
    for tree in trees() {
        let (_, file) = files(&tree, "").remove(0);
        let escalation = format!("cards/{}.json", file["escalation"].as_str().unwrap());
        for (name, card) in files(&tree, "cards").into_iter().filter(|(name, _)| !name.ends_with(&escalation)) {
            let of_card = card["remedies"].as_array().unwrap();
            assert!(of_card.len() <= 5, "{name} has {} remedies", of_card.len());
            remedies.extend(of_card.iter().map(|remedy| (format!("{name}: {}", remedy["id"]), remedy.clone())));
        }
    }
    remedies
}

/// Returns the commands of a remedy or of a check.
fn commands(remedy: &Value) -> Vec<&Value> {
    remedy["commands"].as_array().map(|commands| commands.iter().collect()).unwrap_or_default()
}

#[test]
fn a_command_of_the_cloud_has_a_way_in_its_console() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    let mut check = |name: &str, run: &Value, console: &Value| {
        if run.as_str().is_some_and(|run| run.starts_with("oci ")) {
            checked += 1;
            if console.as_str().is_none() {
                wrong.push(format!("{name}: {run}"));
            }
        }
    };
    for (name, remedy) in remedies() {
        commands(&remedy).iter().for_each(|command| check(&name, &command["run"], &command["console"]));
    }
    for tree in trees() {
        let (name, file) = files(&tree, "").remove(0);
        for (id, question) in file["questions"].as_object().unwrap() {
            let find_out = &question["find_out"];
            check(&format!("{name}: {id}"), &find_out["command"], &find_out["console"]);
        }
    }
    assert!(checked > 80, "only {checked} commands were checked");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_change_of_settings_saves_them_first() {
    let update = Regex::new(r"^oci \S+ (\S+) update ").unwrap();
    let mut wrong = Vec::new();
    let mut checked = 0;
    for (name, remedy) in remedies() {
        let mut is_saved = false;
        for command in commands(&remedy) {
            let run = command["run"].as_str().unwrap();
            is_saved |= run.starts_with("oci ") && run.contains(" > ");
            if update.is_match(run) {
                checked += 1;
                if !is_saved {
                    wrong.push(format!("{name}: {run}"));
                }
            }
        }
    }
    assert!(checked > 10, "only {checked} commands were checked");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_remedy_that_changes_nothing_has_no_command_that_does() {
    let changing =
        Regex::new(r"^oci \S+ \S+ (update|create|delete|add|remove|change-\S+)\b|\b(systemctl (re)?start|setsebool)\b")
            .unwrap();
    for (name, remedy) in remedies().iter().filter(|(_, remedy)| remedy["effect"] == "observe") {
        for command in commands(remedy) {
            let run = command["run"].as_str().unwrap();
            assert!(!changing.is_match(run), "{name}: {run}");
        }
    }
}

#[test]
fn every_tree_describes_its_values() {
    for tree in trees() {
        let (name, file) = files(&tree, "").remove(0);
        let values = file["values"].as_object().unwrap_or_else(|| panic!("{name} describes no values"));
        let examples = file["examples"].as_object().unwrap();
        let without: Vec<_> = values.keys().filter(|value| !examples.contains_key(*value)).collect();
        assert!(without.is_empty(), "{name}: no example of {without:?}");
    }
}
