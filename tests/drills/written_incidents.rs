//! Tests incidents that are written in files by the authors of trees.
//!
//! Those of the embedded trees can be solved. What is wrong with one is reported.

use std::sync::Arc;

use wherefore::internals::drill::{Exercise, Incident};
use wherefore::internals::prove::prove;
use wherefore::internals::tree::{Code, Problem};

use super::simulated_trainees::by_the_tree;
use super::training_trees::{id, lamp_with, materials, oci};

#[test]
fn the_incidents_of_the_trees_are_played_to_full_marks() {
    let mut count = 0;
    for material in materials() {
        for drill in material.tree().drills.iter() {
            for seed in 0..2 {
                let incident = Incident::of_team(material, drill, seed);
                assert_eq!(incident.subject.card, drill.card);
                assert_eq!(incident.subject.right, [drill.card], "{}", drill.id);
                assert_eq!(incident.title(), Some(drill.title.as_str()));
                let offered: Vec<_> = incident.checks().iter().map(|check| check.question).collect();
                assert!(offered.starts_with(&drill.order), "{}", drill.id);
                for clue in &drill.clues {
                    let shown = &incident.check(clue.question).unwrap().shows;
                    assert!(clue.shows.is_empty() || shown.len() == clue.shows.len(), "{}", drill.id);
                }
                let moves = [by_the_tree(&incident, true), by_the_tree(&incident, false)];
                let exercise = Exercise::Incident(incident);
                for moves in moves {
                    assert_eq!(exercise.points(&exercise.play(&moves)), 100, "{}", drill.id);
                }
            }
            count += 1;
        }
    }
    assert!(count >= 3);
}

#[test]
fn the_traps_are_in_them() {
    let material = oci();
    let cards: Vec<_> = material.tree().drills.iter().map(|drill| id(material.tree(), drill.card)).collect();
    for card in ["backend-closed-connection", "health-check-status-mismatch", "health-check-connection-failed"] {
        assert!(cards.contains(&card), "{card}");
    }
    let incident = |name: &str| {
        let drill = material.tree().drills.iter().find(|drill| drill.id == name).unwrap();
        Incident::of_team(material, drill, 0)
    };
    assert!(incident("stray-502-after-a-new-image").alarm().contains("keepalive_timeout 60s"));
    let checkers = incident("one-checker-of-two");
    let question = material.tree().find_question("check-reason").unwrap();
    let shown = checkers.check(question).unwrap().shows.join("\n");
    // A check that fails on one node alone does no harm yet.
    let statuses = checkers.check(material.tree().find_question("status-pair").unwrap()).unwrap();
    assert_eq!(statuses.given, wherefore::internals::walk::Given::NoneOfThese);
    assert!(shown.contains("\"OK\"") && shown.contains("CONNECT_FAILED"), "{shown}");
}

const SOUND: &str = r#"{
  "title": "Dark", "story": "It is dark.", "card": "fuse-blown",
  "clues": {"others": {"option": "dark", "shows": ["all lamps are dark"]}},
  "red_herrings": ["bulb seven has no resistance"], "order": ["others"]
}"#;

/// All that is wrong with the lamp's tree with this drill.
fn problems(drill: &str) -> Vec<Problem> {
    let (tree, mut problems) = lamp_with("drills/dark.json", drill);
    let drills = tree.drills.len();
    let tree = Arc::new(tree);
    problems.extend(prove(&tree).1);
    assert_eq!(drills, usize::from(problems.iter().all(|problem| problem.code == Code::DrillFailed)));
    problems
}

#[test]
fn a_sound_one_has_no_problems() {
    assert_eq!(problems(SOUND), []);
}

#[test]
fn what_does_not_exist_is_named_with_what_was_meant() {
    let cases = [
        ("\"fuse-blown\"", "\"fuse-blow\"", Code::UnknownCard, "did you mean `fuse-blown`?"),
        ("{\"others\":", "{\"other\":", Code::UnknownQuestion, "did you mean `others`?"),
        ("[\"others\"]", "[\"otters\"]", Code::UnknownQuestion, "did you mean `others`?"),
        ("\"option\": \"dark\"", "\"option\": \"drak\"", Code::UnknownOption, "did you mean `dark`?"),
        ("\"fuse-blown\"", "\"call-an-electrician\"", Code::BadValue, "name another card"),
        ("\"clues\"", "\"clue\"", Code::UnknownField, "did you mean `clues`?"),
        ("\"story\": \"It is dark.\", ", "", Code::MissingField, "add \"story\""),
        ("\"dark\"", "\"unknown\"", Code::UnknownOption, "known: bright, dark"),
        ("[\"others\"]", "[\"others\", \"others\"]", Code::DuplicateId, "give each place in the order"),
        (
            "\"order\"",
            "\"remedies\": [\"look-at-fuse\"], \"order\"",
            Code::UnknownRemedy,
            "did you mean `look-at-the-fuse`?",
        ),
        ("\"order\"", "\"answers\": {\"others\": \"none\"}, \"order\"", Code::BadValue, "name an option"),
        ("{\"option\": \"dark\", \"shows\": [\"all lamps are dark\"]}", "{}", Code::MissingField, "add \"option\""),
    ];
    for (old, new, code, help) in cases {
        assert!(SOUND.contains(old), "{old}");
        let (_, problems) = lamp_with("drills/dark.json", &SOUND.replace(old, new));
        let [problem] = problems.as_slice() else { panic!("{new}: {problems:?}") };
        assert_eq!(problem.code, code, "{new}");
        assert!(problem.help.starts_with(help), "{new}: {}", problem.help);
        assert!(problem.place.is_some(), "{new}");
    }
}

#[test]
fn what_contradicts_the_hidden_card_is_found() {
    let cases = [
        ("\"option\": \"dark\", ", "\"option\": \"none\", ", "no path to `fuse-blown` agrees"),
        ("\"option\": \"dark\", ", "\"option\": \"bright\", ", "no path to `fuse-blown` agrees"),
        ("all lamps are dark", "bulb 7 has no resistance", "belongs to `bulb-burnt-out`"),
        ("bulb seven", "bulb 7", "belongs to `bulb-burnt-out`"),
        ("\"fuse-blown\"", "\"bulb-burnt-out\"", "no path to `bulb-burnt-out` agrees"),
        (
            "bulb seven has no resistance",
            "{\\\"fuse\\\": \\\"blown\\\", \\\"amperes\\\": 17}",
            "is a line of `fuse-blown` itself",
        ),
        ("It is dark.", "The fuse has blown, it seems.", "its story gives it away: it has the title"),
        (
            "\"Dark\"",
            "\"{\\\"fuse\\\": \\\"blown\\\", \\\"amperes\\\": 17}\"",
            "its title gives it away: it has a signature",
        ),
        (
            "\"card\": \"fuse-blown\",\n  \"clues\": {\"others\": {\"option\": \"dark\", ",
            "\"card\": \"bulb-burnt-out\",\n  \"clues\": {\"others\": {",
            "which contradicts `bulb-burnt-out`",
        ),
        ("\"card\"", "\"answers\": {\"others\": \"dark\"}, \"card\"", "clues.others is never shown"),
    ];
    for (old, new, message) in cases {
        assert!(SOUND.contains(old), "{old}");
        let problems = problems(&SOUND.replace(old, new));
        let [problem] = problems.as_slice() else { panic!("{new}: {problems:?}") };
        assert_eq!(problem.code, Code::DrillFailed);
        assert!(problem.message.contains(message), "{new}: {}", problem.message);
    }
}
