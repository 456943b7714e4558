//! Tests that a damaged file leaves all other files usable.
//!
//! The rest of its tree and all other trees are loaded, and no bytes end the program.

use std::borrow::Cow;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;
use wherefore::internals::store::Library;
use wherefore::internals::tree::{Code, Loaded, Tree, load};
use wherefore::internals::walk::{Event, Step, Walk};

use super::BULB;
use super::fixture_folder::{codes, edit, fixtures, ids, lamp, library_of, put, read_folder, render, write};

#[test]
fn a_card_that_cannot_be_read_leaves_the_others() {
    let mut folder = lamp();
    put(&mut folder, BULB, "not JSON");
    let tree = Arc::new(load(&folder).tree.unwrap());
    assert_eq!(end_of(&tree, "bright"), "escalate");
    assert_eq!(end_of(&tree, "dark"), "fuse-blown");
}

#[test]
fn a_leaf_that_cannot_be_read_leaves_the_others() {
    for node in ["7", "{}", r#"{"card": "moon"}"#, r#"{"see": "moon"}"#, r#"{"ask": "moon", "then": {}}"#] {
        let mut folder = lamp();
        edit(&mut folder, "tree.json", r#"{"card": "bulb-burnt-out"}"#, node);
        let tree = Arc::new(load(&folder).tree.unwrap());
        assert_eq!(end_of(&tree, "bright"), "escalate", "{node}");
        assert_eq!(end_of(&tree, "dark"), "fuse-blown", "{node}");
    }
}

#[test]
fn an_escalation_card_that_cannot_be_read_leaves_the_others() {
    let mut folder = lamp();
    put(&mut folder, "cards/call-an-electrician.json", "{");
    let tree = Arc::new(load(&folder).tree.unwrap());
    assert_eq!(end_of(&tree, "dark"), "fuse-blown");
    assert_eq!(tree.card(tree.escalation).id, "call-an-electrician");
}

#[test]
fn a_question_without_options_leads_to_the_escalation_card() {
    let mut folder = lamp();
    let no_options = r#""questions": {"smell": {"ask": "S", "why": "S", "options": [], "find_out": {"how": "S", "takes": "seconds"}},"#;
    edit(&mut folder, "tree.json", r#""questions": {"#, no_options);
    edit(&mut folder, "tree.json", r#"{"card": "bulb-burnt-out"}"#, r#"{"ask": "smell", "then": {}}"#);
    let tree = Arc::new(load(&folder).tree.unwrap());
    assert_eq!(end_of(&tree, "bright"), "escalate");
}

#[test]
fn a_pattern_that_lost_a_field_does_not_match_more() {
    let mut folder = lamp();
    edit(&mut folder, "cards/fuse-blown.json", r#""{number}"}"#, r#""{numbers}"}"#);
    let tree = load(&folder).tree.unwrap();
    assert_eq!(tree.card(tree.find_card("fuse-blown").unwrap()).signatures.len(), 0);
}

/// Trees that are small on disk and large to follow load quickly.
///
/// Trees that are wrong ten thousand times load quickly, too.
#[test]
fn no_tree_takes_long_or_ends_the_program() {
    let of = |count: usize, start: &str, branch: &dyn Fn(usize) -> String| {
        let question = |at| {
            let options = r#"[{"id": "no", "label": "No"}, {"id": "yes", "label": "Yes"}]"#;
            let find_out = r#"{"how": "Theme.", "takes": "seconds"}"#;
            format!(r#""q{at}": {{"ask": "?", "why": "So.", "options": {options}, "find_out": {find_out}}}"#)
        };
        let questions: Vec<_> = (0..60).map(question).collect();
        let branches: Vec<_> = (0..count).map(|at| format!(r#""b{at}": {}"#, branch(at))).collect();
        let head = r#""format": 1, "id": "lamp", "title": "T", "about": "A", "escalation": "call-an-electrician""#;
        let (questions, branches) = (questions.join(", "), branches.join(", "));
        format!(r#"{{{head}, "start": {start}, "questions": {{{questions}}}, "branches": {{{branches}}}}}"#)
    };
    let long = "x".repeat(50_000);
    let all = [
        of(20_000, r#"{"see": "b0"}"#, &|at| format!(r#"{{"see": "b{}"}}"#, at + 1)),
        of(59, r#"{"see": "b0"}"#, &|at| {
            let next = format!(r#"{{"see": "b{}"}}"#, at + 1);
            format!(r#"{{"ask": "q{at}", "then": {{"no": {next}, "yes": {next}}}}}"#)
        }),
        of(1, &format!(r#"{{"see": "{long}"}}"#), &|_| format!(r#"{{"see": "{long}y"}}"#)),
        of(10_000, r#"{"see": "b0"}"#, &|_| "1".to_owned()),
        of(10_000, r#"{"see": "b0"}"#, &|_| "\n1".to_owned()),
    ];
    for text in all {
        let mut folder = lamp();
        put(&mut folder, "tree.json", text);
        let loaded = load(&folder);
        assert!(loaded.tree.is_some());
        let said: usize =
            loaded.problems.iter().map(|problem| problem.place.as_ref().map_or(0, |at| at.text.len())).sum();
        assert!(loaded.problems.len() < 500 && said < 200_000, "{} problems, {said} bytes", loaded.problems.len());
    }
}

#[test]
fn what_is_said_of_a_tree_does_not_act_on_the_terminal() {
    let escape = "\u{1b}[2J";
    for (old, new) in [
        (r#""title""#, format!(r#""{escape}": 1, "title""#)),
        (r#""title""#, r#""\u001b[2J": 1, "title""#.to_owned()),
        (r#""bright", "label""#, format!(r#""bri{escape}ght", "label""#)),
        (r#""format": 1"#, format!(r#""format": {escape}"#)),
    ] {
        let mut folder = lamp();
        edit(&mut folder, "tree.json", old, &new);
        let said = render(&load(&folder).problems);
        assert!(!said.is_empty() && !said.contains('\u{1b}'), "{said:?}");
    }
}

#[test]
fn every_embedded_card_can_be_lost_without_losing_another() {
    let name = "oci-load-balancer";
    let folder = read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("decision_trees").join(name), name);
    let whole = load(&folder).tree.unwrap();
    for (_, lost) in whole.diagnoses() {
        let mut folder = folder.clone();
        put(&mut folder, &format!("cards/{}.json", lost.id), "{");
        let Loaded { tree, problems } = load(&folder);
        assert_eq!(codes(&problems), [Code::NotJson], "{}", lost.id);
        let left: Vec<_> = tree.as_ref().unwrap().cards().map(|(_, card)| card.id.clone()).collect();
        let expected: Vec<_> = whole.cards().map(|(_, card)| card.id.clone()).filter(|id| *id != lost.id).collect();
        assert_eq!(left, expected);
    }
}

#[test]
fn a_bad_folder_leaves_the_other_trees() {
    let trees = tempfile::tempdir().unwrap();
    let mut broken = lamp();
    put(&mut broken, "tree.json", "{");
    write(&trees.path().join("broken"), &broken);
    write(&trees.path().join("lamp"), &lamp());
    fs::create_dir(trees.path().join("empty")).unwrap();
    fs::write(trees.path().join("a file beside the trees"), "").unwrap();
    let library = library_of(&[trees.path()]);
    assert_eq!(ids(&library), ["lamp"]);
    assert_eq!(codes(&library.problems), [Code::NotJson, Code::NoTreeFile]);
}

#[test]
fn the_folder_of_a_single_tree_is_understood_too() {
    let library = library_of(&[&fixtures().join("lamp")]);
    assert_eq!(ids(&library), ["lamp"]);
    assert_eq!(render(&library.problems), "");
}

#[test]
fn a_directory_is_only_missed_when_somebody_named_it() {
    let nowhere = fixtures().join("nowhere");
    let mut library = Library::default();
    library.add_directory(&nowhere, false);
    assert_eq!(codes(&library.problems), []);
    library.add_directory(&nowhere, true);
    assert_eq!(codes(&library.problems), [Code::Unreadable]);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_opened_is_noted_and_blocks_nothing() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let trees = tempfile::tempdir().unwrap();
    let folder = trees.path().join("lamp");
    write(&folder, &lamp());
    symlink("nowhere", folder.join("cards/dangling.json")).unwrap();
    let is_made = std::process::Command::new("mkfifo").arg(folder.join("cards/pipe.json")).status().unwrap();
    assert!(is_made.success());
    let locked = folder.join("cases/locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
    // Nothing is locked for root.
    let locked_out = usize::from(fs::read_dir(&locked).is_err());
    let library = library_of(&[trees.path()]);
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(codes(&library.problems), vec![Code::Unreadable; 2 + locked_out]);
    assert_eq!(ids(&library), ["lamp"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_load(bytes in any::<Vec<u8>>(), name in file_name()) {
        let mut folder = lamp();
        put(&mut folder, &name, &bytes);
        check_usable(&load(&folder))?;
    }

    #[test]
    fn any_damage_to_a_tree_loads(
        file in any::<prop::sample::Index>(),
        damages in prop::collection::vec(damage(), 1..6),
    ) {
        let mut folder = lamp();
        let at = file.index(folder.files.len());
        let mut bytes = folder.files[at].content.clone().unwrap().into_owned();
        for damage in &damages {
            damage.apply(&mut bytes);
        }
        folder.files[at].content = Ok(Cow::Owned(bytes));
        check_usable(&load(&folder))?;
    }

    #[test]
    fn any_damage_to_an_embedded_tree_file_loads(damages in prop::collection::vec(damage(), 1..6)) {
        let mut bytes = include_bytes!("../../decision_trees/oci-load-balancer/tree.json").to_vec();
        for damage in &damages {
            damage.apply(&mut bytes);
        }
        let mut folder = lamp();
        put(&mut folder, "tree.json", &bytes);
        put(&mut folder, "cards/escalate-to-support.json", include_bytes!("../fixtures/lamp/cards/call-an-electrician.json"));
        check_usable(&load(&folder))?;
    }
}

fn file_name() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("tree.json".to_owned()),
        Just(BULB.to_owned()),
        Just("cases/all-dark.json".to_owned()),
        "(cards|cases|drills)?/?[a-z.-]{0,5}(.json)?",
    ]
}

/// Damage to a file: a stretch of its bytes is replaced.
#[derive(Clone, Debug)]
struct Damage {
    from: prop::sample::Index,
    length: usize,
    put: Vec<u8>,
}

fn damage() -> impl Strategy<Value = Damage> {
    let token = prop::sample::select(vec![
        "",
        "{",
        "}",
        "[",
        "]",
        "\"",
        ",",
        ":",
        "null",
        "7",
        "true",
        "\"ask\"",
        "\"card\"",
        "\"see\": \"tls\"",
        "{{",
        "\\u0000",
        "\u{1b}[2J",
        "é",
    ]);
    let put = prop_oneof![4 => token.prop_map(|token| token.as_bytes().to_vec()), 1 => any::<Vec<u8>>()];
    (any::<prop::sample::Index>(), 0..40_usize, put).prop_map(|(from, length, put)| Damage { from, length, put })
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        let from = self.from.index(bytes.len() + 1);
        let to = (from + self.length).min(bytes.len());
        bytes.splice(from..to, self.put.iter().copied());
    }
}

/// Checks that a folder gives a usable tree or a reason.
fn check_usable(loaded: &Loaded) -> Result<(), TestCaseError> {
    let Some(tree) = &loaded.tree else {
        prop_assert!(!loaded.problems.is_empty(), "no tree, and no problem either");
        return Ok(());
    };
    let mut walk = Walk::new(Arc::new(tree.clone()));
    while let Step::Ask(question) = walk.position().step {
        walk.push(Event::Unknown { question });
    }
    Ok(())
}

/// Where the walk ends after the answer to the lamp's only question.
fn end_of(tree: &Arc<Tree>, answer: &str) -> String {
    let mut walk = Walk::new(Arc::clone(tree));
    let question = tree.find_question("others").unwrap();
    walk.push(Event::Answered { question, option: tree.find_option(question, answer).unwrap() });
    match walk.position().step {
        Step::Card(card) => tree.card(card).id.to_string(),
        Step::Escalate => "escalate".to_owned(),
        ref other => format!("{other:?}"),
    }
}
