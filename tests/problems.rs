//! Tests that every kind of problem is reported for its fixture alone.
//!
//! A fixture is `fixtures/problems/<code>/lamp/`: files that replace files of the valid tree in `fixtures/lamp/`. The
//! expected report is beside them. Fixtures that would be too large or too odd for a file are made here. The tests in
//! `damaged_files` show that the valid part of a tree stays usable.

mod author_checks;
mod damaged_files;
pub(crate) mod fixture_folder;

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use fixture_folder::{codes, edit, fixtures, lamp, library_of, problems_in, put, read_folder, render, set, write};
use wherefore::internals::prove::{check_collisions, check_links};
use wherefore::internals::tree::{Code, Folder, Loaded, Problem, Tree, json, load};

const BULB: &str = "cards/bulb-burnt-out.json";
/// A card without a golden case.
///
/// A case fails when its card cannot be read.
const UNPROVED: &str = "cards/call-an-electrician.json";
const CASE: &str = "cases/all-dark.json";

#[test]
fn every_code_has_a_fixture_that_trips_it_and_nothing_else() {
    let mut wrong = Vec::new();
    for code in Code::ALL {
        let found = problems_of(*code);
        if found.is_empty() || found.iter().any(|problem| problem.code != *code) {
            wrong.push(format!("== {}\n{}", code.name(), render(&found)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_problem_says_what_where_and_what_to_do() {
    for code in Code::ALL {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(fixture(*code));
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("said", render(&problems_of(*code))));
    }
}

/// Edits of the valid tree that give each message of a code.
///
/// Many codes have several messages.
#[test]
fn every_slip_is_answered_in_its_own_words() {
    let card = r#"{"card": "bulb-burnt-out"}"#;
    let slips = [
        ("tree.json", "\"format\": 1,", ""),
        ("tree.json", "\"format\": 1,", "\"format\": \"1\","),
        ("tree.json", "\"format\": 1,", "\"format\": 1.5,"),
        ("tree.json", "\"format\": 1,", "\"format\": 1, \"colour\": \"red\","),
        ("tree.json", "\"id\": \"lamp\"", "\"id\": \"The Lamp\""),
        ("tree.json", "\"title\": \"The lamp is dark\"", "\"titel\": \"The lamp is dark\""),
        ("tree.json", "\"call-an-electrician\"", "\"call-a-plumber\""),
        ("tree.json", "\"start\": {", "\"begin\": {"),
        ("tree.json", "  \"questions\": {", "  \"questions\": [], \"branches\": {"),
        ("tree.json", card, "{}"),
        ("tree.json", card, "null"),
        ("tree.json", card, "\"bulb-burnt-out\""),
        ("tree.json", card, r#"{"cards": []}"#),
        ("tree.json", card, r#"{"card": "bulb-burnt-out", "see": "bulbs"}"#),
        ("tree.json", card, r#"{"ask": "others"}"#),
        ("tree.json", card, r#"{"link": "Lamp"}"#),
        ("tree.json", card, r#"{"link": "lamp/bulb/old"}"#),
        ("tree.json", card, r#"{"link": "socket", "card": "bulb-burnt-out"}"#),
        (BULB, "\"undo\":", "\"link\": \"socket/\", \"undo\":"),
        (
            BULB,
            "\"causes\": [",
            r#""not_this_if": [{"sign": "It is warm.", "card": "fuse-blown", "link": "socket"}], "causes": ["#,
        ),
        ("tree.json", card, r#"{"cards": ["bulb-burnt-out", "bulb-burnd-out"]}"#),
        ("tree.json", "\"bright\": {", "\"light\": {"),
        ("tree.json", "{\"id\": \"bright\", ", "{"),
        ("tree.json", "\"others\": {", "\"the others\": {"),
        ("tree.json", ", \"patterns\": [{\"text\": \"all", r#", "patterns": [{"json": 7}, {"text": "all"#),
        ("tree.json", ", \"patterns\": [{\"text\": \"all", r#", "patterns": [{"json": []}, {"text": "all"#),
        ("tree.json", ", \"patterns\": [{\"text\": \"all", r#", "patterns": [{"json": "pools"}, {"text": "all"#),
        (
            "tree.json",
            ", \"patterns\": [{\"text\": \"all",
            r#", "patterns": [{"json": "$..pools[?@.size = 1]"}, {"text": "all"#,
        ),
        ("tree.json", ", \"patterns\": [{\"text\": \"all", r#", "patterns": [{"json": "$..max_size"}, {"text": "all"#),
        (
            "tree.json",
            ", \"patterns\": [{\"text\": \"all",
            r#", "patterns": [{"json": "$..pools['max-size']"}, {"text": "all"#,
        ),
        ("tree.json", ", \"patterns\": [{\"text\": \"all", r#", "patterns": [{"json": "$..{@}"}, {"text": "all"#),
        (
            "tree.json",
            ", \"patterns\": [{\"text\": \"all",
            r#", "patterns": [{"json": ["$..pools", "$..lamps"]}, {"text": "all"#,
        ),
        (
            "tree.json",
            ", \"patterns\": [{\"text\": \"all",
            r#", "patterns": [{"json": ["$..pools", "{@"]}, {"text": "all"#,
        ),
        (
            "tree.json",
            ", \"patterns\": [{\"text\": \"all",
            r#", "patterns": [{"json": ["$..pools", 7]}, {"text": "all"#,
        ),
        (
            "tree.json",
            ", \"patterns\": [{\"text\": \"all",
            r#", "patterns": [{"json": "$.a", "text": "b"}, {"text": "all"#,
        ),
        (
            "tree.json",
            "\"start\": {",
            r#""fills": {"bulb": [], "port": [{"a": "{number}", "b": "{number}"}, {"c": "{lamp}"}]}, "start": {"#,
        ),
        (
            "tree.json",
            "\"start\": {",
            r#""harmless": [{"fields": {}}, {"json": "a"}, {}], "encoded": {"body": 7}, "start": {"#,
        ),
        (
            BULB,
            "\"text\": \"bulb {number} has",
            r#""back_and_forth": {"of": "state", "times": 0}, "text": "bulb {number} has"#,
        ),
        (BULB, "\"causes\": [", r#""risks": [{"json": "$..bulbs[?@.old == true]", "samples": []}], "causes": ["#),
        (
            BULB,
            "\"causes\": [",
            r#""risks": [{"json": "$..bulbs[?@.old == true]", "says": "It is {old}.", "samples": ["{\"bulbs\":[{\"old\":true}]}", "{}"], "never": ["[{\"bulbs\":[{\"old\":true}]}]"]}], "causes": ["#,
        ),
        (
            BULB,
            "\"causes\": [",
            r#""disproved_by": [{"text": "bulb glows", "samples": ["bulb is dark"], "never": ["bulb glows"]}], "causes": ["#,
        ),
        (
            "tree.json",
            "\"start\": {",
            r#""branches": {"rest": {"card": "fuse-blown"}}, "start": {"ask": "others", "then": {"bright": {"card": "bulb-burnt-out"}, "dark": {"see": "rest", "without": ["bulb-burnt-out", "bulb"]}}}, "old": {"#,
        ),
        ("tree.json", "\"why\": \"One lamp", "\"premise\": \"others\", \"why\": \"One lamp"),
        (BULB, "\"bulb {number} has", "\"bulb {Number:number} has"),
        (BULB, "\"text\": \"bulb {number} has no resistance\"", "\"fields\": {\"a\": []}"),
        (BULB, "[\"bulb 7 has no resistance\"]", "[]"),
        (BULB, "[{\"id\": \"old\"", "{\"id\": \"old\""),
        (BULB, "\"effect\": \"change\"", "\"effect\": \"changes\""),
        (BULB, "\"fixes\": [\"old\"]", "\"fixes\": [\"worn\"]"),
        (BULB, "2026-01-15", "2026-1-15"),
        (BULB, "\"made up\",", "\"made up\"; // by me"),
        (BULB, "\"made up\",", "'made up',"),
        (BULB, "\"made up\",", "“made up”,"),
        (BULB, "\"made up\",", "\"made up\""),
        (BULB, "\"2026-01-15\"", "\"2026-01-15\","),
        (BULB, "\"The bulb is old.\"", "\"The bulb\nis old.\""),
        ("tree.json", "\"id\": \"bright\"", "\"id\": \"none\""),
        (CASE, "[[\"others\", \"dark\"]]", "[\"others\", \"dark\"]"),
        (CASE, "\"others\", ", "\"other\", "),
        (CASE, "\"dark\"", "\"unknown\""),
        (CASE, "\"dark\"", "\"none\""),
        (CASE, "\"others\", \"dark\"", "\"*\", \"dark\""),
        (CASE, "\"card\"", "\"cards\""),
        (CASE, "\"card\"", "\"escalate\""),
        (CASE, "[\"fuse-blown\"]", "[\"moon\"]"),
        (CASE, "\"answers\"", "\"evidence\": [\"bulb 7 has no resistance\"], \"answers\""),
    ];
    let mut said = String::new();
    for (file, old, new) in slips {
        let mut folder = lamp();
        edit(&mut folder, file, old, new);
        said.push_str(&format!("== {old} → {new}\n{}\n", render(&problems_in(&folder))));
    }
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(fixtures());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!("slips", said));
}

#[test]
fn every_fixture_is_of_a_code() {
    for entry in fs::read_dir(fixtures().join("problems")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(Code::ALL.iter().any(|code| code.name() == name), "there is no code `{name}`");
    }
}

#[test]
fn the_tree_under_the_fixtures_is_sound() {
    assert_eq!(render(&problems_in(&lamp())), "");
}

/// All that is wrong with the fixture of a code.
fn problems_of(code: Code) -> Vec<Problem> {
    let mut folder = lamp();
    match code {
        Code::Unreadable => set(&mut folder, UNPROVED, Err("permission denied".to_owned())),
        Code::NoTreeFile => folder.files.retain(|file| file.name != "tree.json"),
        Code::FileTooLarge => put(&mut folder, UNPROVED, vec![b' '; json::MAX_BYTES + 1]),
        Code::NotUtf8 => put(&mut folder, UNPROVED, b"{\"title\": \"ampoule grill\xe9e\"}"),
        Code::ByteOrderMark => put(&mut folder, UNPROVED, "\u{feff}{}"),
        Code::NestedTooDeep => put(&mut folder, UNPROVED, "[".repeat(100_000)),
        Code::TreeTooLarge => {
            put(&mut folder, "tree.json", wide_tree(5));
            // A tree of this size is loaded and not proved.
            return load(&folder).problems;
        }
        Code::ReplacesTree => return replaced(),
        Code::UnknownTree | Code::LinkLoop => {
            for file in read_folder(&fixture(code).join("lamp"), "lamp").files {
                set(&mut folder, &file.name, file.content);
            }
            let Loaded { tree, mut problems } = load(&folder);
            problems.extend(check_links(&[Arc::new(tree.unwrap())], &[]));
            return problems;
        }
        Code::SampleOfAnotherTree => {
            return check_collisions(&[tree_of(lamp()), tree_of(torch("bulb {number} has no"))]);
        }
        Code::UnknownSharedCard => {
            let shares =
                r#""shares_signatures_with": ["torch/bulb", "torch/bulb-burnt-out", "moon/bulb"], "symptoms": ["One"#;
            edit(&mut folder, BULB, r#""symptoms": ["One"#, shares);
            return check_collisions(&[tree_of(folder), tree_of(torch("no light"))]);
        }
        _ => {
            let laid_over = fixture(code).join("lamp");
            if laid_over.is_dir() {
                for file in read_folder(&laid_over, "lamp").files {
                    set(&mut folder, &file.name, file.content);
                }
            }
        }
    }
    problems_in(&folder)
}

/// Returns the tree of a folder that loads without problems.
fn tree_of(folder: Folder) -> Arc<Tree> {
    let loaded = load(&folder);
    assert_eq!(render(&loaded.problems), "");
    Arc::new(loaded.tree.unwrap())
}

/// Returns the lamp as another tree, with this signature of its bulb.
fn torch(text: &str) -> Folder {
    let mut folder = lamp();
    folder.name = "torch".to_owned();
    edit(&mut folder, "tree.json", r#""id": "lamp""#, r#""id": "torch""#);
    edit(&mut folder, BULB, "bulb {number} has no resistance", text);
    edit(&mut folder, BULB, "bulb 7 has no resistance", &text.replace("{number}", "7"));
    edit(&mut folder, BULB, r#""never": ["bulb seven has no resistance"]"#, r#""never": []"#);
    edit(&mut folder, "cards/fuse-blown.json", r#""fields": {"fuse""#, r#""fields": {"breaker""#);
    edit(&mut folder, "cards/fuse-blown.json", r#"{\"fuse\""#, r#"{\"breaker\""#);
    folder
}

#[test]
fn cards_of_two_trees_may_share_a_text_if_both_say_so() {
    let mut lamp = lamp();
    let mut torch = torch("bulb {number} has no");
    let shares = |name: &str| format!(r#""shares_signatures_with": ["{name}"], "symptoms": ["One"#);
    edit(&mut lamp, BULB, r#""symptoms": ["One"#, &shares("torch/bulb-burnt-out"));
    let codes_of = |torch: &Folder| codes(&check_collisions(&[tree_of(lamp.clone()), tree_of(torch.clone())]));
    assert_eq!(codes_of(&torch), [Code::SampleOfAnotherTree], "one side is not enough");
    edit(&mut torch, BULB, r#""symptoms": ["One"#, &shares("lamp/bulb-burnt-out"));
    assert_eq!(codes_of(&torch), []);
}

/// A tree with nine to the power of `depth` paths.
fn wide_tree(depth: usize) -> String {
    let options = (1..=9).map(|at| format!(r#"{{"id": "option-{at}", "label": "Option {at}"}}"#)).collect::<Vec<_>>();
    let mut questions = Vec::new();
    let mut branches = Vec::new();
    for at in 1..=depth {
        let find_out = r#"{"how": "Theme.", "takes": "seconds"}"#;
        questions.push(format!(
            r#""question-{at}": {{"ask": "Which?", "why": "To see.", "options": [{}], "find_out": {find_out}}}"#,
            options.join(", ")
        ));
        let next = if at == depth {
            r#"{"card": "bulb-burnt-out"}"#.to_owned()
        } else {
            format!(r#"{{"see": "branch-{}"}}"#, at + 1)
        };
        let mut then: Vec<_> = (2..=9).map(|option| format!(r#""option-{option}": {next}"#)).collect();
        then.push(r#""option-1": {"card": "fuse-blown"}"#.to_owned());
        branches.push(format!(r#""branch-{at}": {{"ask": "question-{at}", "then": {{{}}}}}"#, then.join(", ")));
    }
    format!(
        r#"{{
  "format": 1, "id": "lamp", "title": "Wide", "about": "Wide.", "escalation": "call-an-electrician",
  "start": {{"see": "branch-1"}},
  "questions": {{{}}},
  "branches": {{{}}}
}}"#,
        questions.join(", "),
        branches.join(", ")
    )
}

/// Returns the problems of a user's tree with an embedded tree's id.
fn replaced() -> Vec<Problem> {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    write(&first.path().join("lamp"), &lamp());
    write(&second.path().join("lamp"), &lamp());
    let library = library_of(&[first.path(), second.path()]);
    let shown = |text: &str| {
        let text = text.replace(&first.path().display().to_string(), "[first]");
        text.replace(&second.path().display().to_string(), "[second]")
    };
    let problems = library.problems.iter();
    problems
        .map(|problem| Problem {
            path: shown(&problem.path).into(),
            message: shown(&problem.message).into(),
            ..problem.clone()
        })
        .collect()
}

fn fixture(code: Code) -> PathBuf {
    fixtures().join("problems").join(code.name())
}

#[test]
fn what_decides_and_where_codes_stand_is_checked() {
    let bright = r#"{"id": "bright", "label": "They are bright""#;
    for (old, new, code, said) in [
        (
            bright,
            r#"{"id": "bright", "label": "They are bright", "decides": true"#,
            Code::MissingField,
            "without a source",
        ),
        (
            r#""why": "One lamp is a bulb, all lamps are the fuse.","#,
            r#""why": "One lamp is a bulb, all lamps are the fuse.", "code_lines": ["status {number}"],"#,
            Code::BadPattern,
            "no place for a code",
        ),
        (
            r#""why": "One lamp is a bulb, all lamps are the fuse.","#,
            r#""why": "One lamp is a bulb, all lamps are the fuse.", "code_lines": ["status {code:zebra}"],"#,
            Code::BadPattern,
            "zebra",
        ),
    ] {
        let mut folder = lamp();
        edit(&mut folder, "tree.json", old, new);
        let problems = problems_in(&folder);
        assert_eq!(codes(&problems), [code], "{}", render(&problems));
        assert!(problems[0].message.contains(said), "{}", render(&problems));
    }
}
