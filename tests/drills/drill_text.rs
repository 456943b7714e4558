//! Tests the texts that cards and questions have for exercises.
//!
//! Exercises show them, and loading the tree reports what is wrong with them.

use std::sync::Arc;

use wherefore::internals::drill::{DrillAction, Exercise, Incident, Material};
use wherefore::internals::prove::prove;
use wherefore::internals::tree::{Code, Tree};
use wherefore::internals::walk::Given;

use super::training_trees::{cards, lamp_with, oci};

const TREE: &str = include_str!("../fixtures/lamp/tree.json");
const FUSE: &str = include_str!("../fixtures/lamp/cards/fuse-blown.json");

/// The card of the fuse with something for exercises.
fn fuse_with(drill: &str) -> String {
    FUSE.replacen("\"title\"", &format!("\"drill\": {drill},\n  \"title\""), 1)
}

/// Loads the lamp tree with changes to how one finds out.
fn tree_with(find_out: &str, more: &str) -> String {
    let tree = TREE.replacen("\"shows\": {\"bright\": \"light\"}", find_out, 1);
    tree.replacen("\"start\"", &format!("{more}\n  \"start\""), 1)
}

fn incident(tree: Tree, card: &str, seed: u64) -> Incident {
    let card = tree.find_card(card).unwrap();
    Incident::new(&Material::new(Arc::new(tree)), card, seed)
}

fn shown(incident: &Incident) -> Vec<String> {
    incident.checks().iter().flat_map(|check| check.shows.clone()).collect()
}

#[test]
fn an_alarm_is_told_and_what_it_answers_is_known() {
    let alarm = r#"{"alarms": [{"says": "No light in two rooms.", "answers": {"others": "dark"}}]}"#;
    let (tree, problems) = lamp_with("cards/fuse-blown.json", &fuse_with(alarm));
    assert_eq!(problems, []);
    let incident = incident(tree, "fuse-blown", 1);
    assert_eq!(incident.alarm(), "No light in two rooms.");
    assert!(matches!(incident.known(), [(_, Given::Option(_))]));
    assert!(incident.checks().is_empty(), "nobody has to find out what was told");
    // The tree would ask nothing more: to name the card at once is no guess.
    let card = incident.subject.card;
    let remedy = incident.subject.remedies.iter().find(|choice| choice.is_right).unwrap().remedy;
    let exercise = Exercise::Incident(incident);
    let played = exercise.play(&[DrillAction::Name { card, typed: false }, DrillAction::Remedy(remedy)]);
    assert_eq!(exercise.points(&played), 100);
}

#[test]
fn what_is_printed_is_said_by_the_card_then_by_the_question() {
    let find_out = r#""shows": {"bright": "light"}, "prints": {"dark": ["dark from 10.0.0.1"], "none": ["no lamp"]}"#;
    let tree = || tree_with(find_out, "");
    let (plain, problems) = lamp_with("tree.json", &tree());
    assert_eq!(problems, []);
    let of_question = shown(&incident(plain, "fuse-blown", 1));
    assert!(of_question[0].starts_with("dark from 10."), "{of_question:?}");
    let own = r#"{"prints": {"others": {"dark": ["dark in the cellar, too"]}}}"#;
    let (with_own, problems) = lamp_with("cards/fuse-blown.json", &fuse_with(own));
    assert_eq!(problems, []);
    assert_eq!(shown(&incident(with_own, "fuse-blown", 1)), ["dark in the cellar, too"]);
    // The other card has another answer, of which nothing is said: what is shown to readers.
    let (plain, _) = lamp_with("tree.json", &tree());
    assert_eq!(shown(&incident(plain, "bulb-burnt-out", 1)), ["light"]);
}

#[test]
fn what_tells_stands_among_lines_of_every_day() {
    let everyday = r#""everyday": ["one switched on", "two switched on", "three switched on", "four switched on"],"#;
    let (tree, problems) = lamp_with("tree.json", &tree_with(r#""log": true"#, everyday));
    assert_eq!(problems, []);
    let material = Material::new(Arc::new(tree));
    let card = material.tree().find_card("bulb-burnt-out").unwrap();
    let recognize = wherefore::internals::drill::Recognize::new(&material, card, None, 1);
    let noise = recognize.lines().iter().filter(|line| line.ends_with("switched on")).count();
    assert_eq!(noise, recognize.lines().len() - 1, "{:?}", recognize.lines());
}

/// A query that leaves records out prints none of them.
///
/// Neither lines of every day nor look-alikes of a team are printed if the pattern `filter` does not fit.
#[test]
fn a_record_that_the_query_leaves_out_is_not_printed() {
    let everyday = r#""everyday": ["{\"light\": 7}", "{\"light\": 8}", "{\"light\": 9}"],"#;
    let drill = r#"{"title": "Dark", "story": "It is dark.", "card": "fuse-blown",
        "red_herrings": ["{\"room\": \"attic\", \"light\": 8}"]}"#;
    for (filter, expected) in
        [("", [true, true, true]), (r#""filter": {"fields": {"light": {"not": "8"}}}, "#, [true, false, true])]
    {
        let find_out = format!(r#""log": true, {filter}"shows": {{"bright": "light"}}"#);
        let tree = tree_with(&find_out, everyday).replace(
            r#"{"text": "all lamps are dark", "samples": ["10:20 all lamps are dark"]}"#,
            r#"{"fields": {"light": "0"}}"#,
        );
        let (tree, problems) = lamp_with("tree.json", &tree);
        assert_eq!(problems, []);
        let (team, problems) = lamp_with("drills/dark.json", drill);
        assert_eq!(problems, []);
        let material = Material::new(Arc::new(tree));
        let lines = shown(&Incident::of_team(&material, &team.drills[0], 1));
        let has = |number: u32| lines.iter().any(|line| line.contains(&format!("\"light\": {number}")));
        assert_eq!([7, 8, 9].map(has), expected, "{lines:?}");
    }
}

#[test]
fn a_look_alike_that_a_team_wrote_stands_in_the_log() {
    let find_out = r#""log": true, "prints": {"dark": ["{\"room\": \"hall\", \"light\": 0}"]}"#;
    let (tree, problems) = lamp_with("tree.json", &tree_with(find_out, ""));
    assert_eq!(problems, []);
    let drill = r#"{"title": "Dark", "story": "It is dark.", "card": "fuse-blown",
        "red_herrings": ["{\"room\": \"attic\", \"light\": 1}", "a plain line"]}"#;
    let (team, problems) = lamp_with("drills/dark.json", drill);
    assert_eq!(problems, []);
    let incident = Incident::of_team(&Material::new(Arc::new(tree)), &team.drills[0], 1);
    let mut lines = shown(&incident);
    lines.sort();
    // A plain line does not stand among records.
    assert_eq!(lines, [r#"{"room": "attic", "light": 1}"#, r#"{"room": "hall", "light": 0}"#]);
}

/// Every tree has red herrings.
///
/// They are lines that another card's signature must not match, in the form that a log prints.
#[test]
fn a_look_alike_of_another_card_stands_in_the_log() {
    let herrings = |prints: &str, is_log: bool| {
        let log = if is_log { r#""log": true, "# } else { "" };
        let find_out = format!(r#"{log}"prints": {{"dark": ["{prints}"]}}"#);
        let (tree, problems) = lamp_with("tree.json", &tree_with(&find_out, ""));
        assert_eq!(problems, []);
        let incident = incident(tree, "fuse-blown", 1);
        let [check] = incident.checks() else { panic!() };
        (check.shows.clone(), check.red_herring.map(|card| incident.subject.tree.card(card).id.clone()))
    };
    let (mut lines, like) = herrings("it is dark in the hall", true);
    lines.sort();
    assert_eq!(lines, ["bulb seven has no resistance", "it is dark in the hall"]);
    assert_eq!(like.as_deref(), Some("bulb-burnt-out"));
    let others = ["2026-01-15T10:20:30Z it is dark", "$ lamp-switch hall on", r#"{\"room\": \"hall\"}"#];
    for (prints, is_log) in others.map(|prints| (prints, true)).into_iter().chain([("it is dark", false)]) {
        assert_eq!(herrings(prints, is_log).1, None, "{prints} has another form");
    }
}

#[test]
fn an_answer_that_stands_in_another_output_costs_that_look_too() {
    let material = oci();
    let tree = material.tree();
    let inner = tree.questions().find(|(_, question)| question.find_out.stands_in.is_some());
    let (inner, outer) = inner.and_then(|(id, question)| Some((id, question.find_out.stands_in?))).unwrap();
    let exercise = Exercise::Incident(Incident::new(material, cards(tree)[0], 1));
    let Exercise::Incident(incident) = &exercise else { panic!() };
    let cost = |made: &[_], question| {
        let moves: Vec<DrillAction> = made.iter().map(|question| DrillAction::Check(*question)).collect();
        incident.cost(question, &exercise.play(&moves))
    };
    assert_eq!(cost(&[], inner), cost(&[outer], inner) + cost(&[], outer));
    assert_eq!(cost(&[inner], outer), 0, "it was looked at on the way");
}

#[test]
fn what_contradicts_a_card_or_gives_it_away_is_found() {
    let alarm = |says: &str, answers: &str| format!(r#"{{"alarms": [{{"says": {says:?}, "answers": {answers}}}]}}"#);
    let prints = |option: &str, line: &str| format!(r#"{{"prints": {{"others": {{"{option}": [{line:?}]}}}}}}"#);
    for (drill, expected) in [
        (
            alarm("Dark.", r#"{"others": "bright"}"#),
            "no path to this card agrees with drill.alarms[0] (others: bright)",
        ),
        (alarm("The fuse has blown!", "{}"), "drill.alarms[0] gives the card away: it has the title"),
        (alarm(r#"{"fuse": "blown", "amperes": 3}"#, "{}"), "gives the card away: it has a signature"),
        (alarm("bulb 3 has no resistance", "{}"), "drill.alarms[0] belongs to `bulb-burnt-out`"),
        (prints("bright", "light"), "no path to this card has the answer of drill.prints.others.bright"),
        (prints("dark", "bulb 3 has no resistance"), "drill.prints.others.dark belongs to `bulb-burnt-out`"),
    ] {
        let (tree, problems) = lamp_with("cards/fuse-blown.json", &fuse_with(&drill));
        assert_eq!(problems, [], "{drill}");
        let found = prove(&Arc::new(tree)).1;
        let [problem] = found.as_slice() else { panic!("{drill}: {found:?}") };
        assert_eq!((problem.code, problem.path.as_str()), (Code::DrillFailed, "cards/fuse-blown.json"));
        assert!(problem.message.contains(expected), "{}", problem.message);
    }
    let find_out = r#""prints": {"bright": ["all lamps are dark"]}"#;
    let (tree, problems) = lamp_with("tree.json", &tree_with(find_out, ""));
    assert_eq!(problems, []);
    let found = prove(&Arc::new(tree)).1;
    assert!(found[0].message.starts_with("others.prints.bright proves others: dark"), "{found:?}");
    let find_out = r#""prints": {"bright": ["light"], "none": ["light"]}"#;
    let (tree, _) = lamp_with("tree.json", &tree_with(find_out, ""));
    let found = prove(&Arc::new(tree)).1;
    assert!(found[0].message.starts_with("others.bright prints the same as `none`"), "{found:?}");
    for (wrong, code) in [
        (r#"{"alarms": [{"says": "Dark.", "answers": {"other": "dark"}}]}"#, Code::UnknownQuestion),
        (r#"{"prints": {"others": {"drak": ["x"]}}}"#, Code::UnknownOption),
        (r#"{"alarm": []}"#, Code::UnknownField),
        (r#"{"remedies": ["look-at-it"]}"#, Code::UnknownField),
    ] {
        let (_, problems) = lamp_with("cards/fuse-blown.json", &fuse_with(wrong));
        assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [code], "{wrong}");
    }
}

/// Every card of the embedded tree has alarms, all different.
#[test]
fn every_card_of_the_tree_has_alarms_of_its_own() {
    let tree = oci().tree();
    let mut told: Vec<&str> = Vec::new();
    for card in cards(tree) {
        let alarms = &tree.card(card).training.alarms;
        assert!(alarms.len() >= 2, "{}", tree.card(card).id);
        for alarm in alarms {
            assert!(!told.contains(&alarm.says.as_str()), "{}", alarm.says);
            assert!(!alarm.answers.is_empty(), "{}", alarm.says);
            told.push(&alarm.says);
        }
    }
}
