//! Tests that exercises agree with the cards.
//!
//! The first step of a card is offered and right, and no output has a record that its command leaves out.

use regex::Regex;
use wherefore::internals::drill::{Check, DrillAction, Exercise, Incident, Mode, RemedyChoice};
use wherefore::internals::tree::{CardId, RemedyRef, Tree};
use wherefore::internals::walk::remedies;

use super::training_trees::{cards, id, oci};

/// The remedies that only turn off the alarm, with their cards.
const SILENCERS: [(&str, &str); 7] = [
    ("health-check-timeout", "raise-the-timeout"),
    ("health-check-tls-mismatch", "check-by-tcp"),
    ("health-status-flapping", "loosen-the-policy"),
    ("gateway-timeout", "raise-idle-timeout"),
    ("backend-server-error", "raise-the-proxy-timeout"),
    ("client-timed-out", "raise-the-client-timeout"),
    ("listener-connection-limit", "raise-the-cap"),
];

/// Checks the remedies that an exercise offers.
fn agrees_with_card(tree: &Tree, card: CardId, choices: &[RemedyChoice], about: &str) {
    let first = RemedyRef { card, index: remedies(tree.card(card), |_| None)[0].remedy };
    let offered = choices.iter().find(|choice| choice.remedy == first);
    let offered = offered.unwrap_or_else(|| panic!("{about}: {choices:?}"));
    assert!(offered.is_right, "{about}: {offered:?}");
    assert!(choices.iter().any(|choice| !choice.is_right), "{about}: nothing is asked");
    for choice in choices.iter().filter(|choice| choice.remedy.card == card) {
        let name = (id(tree, card), tree.remedy(choice.remedy).unwrap().id.as_str());
        assert!(!choice.is_right || !SILENCERS.contains(&name), "{about}: {choice:?}");
    }
}

#[test]
fn the_first_step_of_a_card_is_offered_and_never_wrong() {
    let material = oci();
    let tree = material.tree();
    for (card, remedy) in SILENCERS {
        let card = tree.card(tree.find_card(card).unwrap());
        assert!(card.remedies.iter().any(|known| known.id == remedy), "{}: {remedy}", card.id);
    }
    for card in cards(tree) {
        for seed in 0..12 {
            let exercise = Exercise::new(material, Mode::Recognize, card, None, seed);
            agrees_with_card(tree, card, exercise.remedies(), &format!("{} {seed}", id(tree, card)));
        }
        for seed in 0..4 {
            let exercise = Exercise::Incident(Incident::new(material, card, seed));
            let Exercise::Incident(incident) = &exercise else { panic!() };
            let all: Vec<_> = incident.checks().iter().map(|check| DrillAction::Check(check.question)).collect();
            for made in [0, 1, 2, all.len() / 2, all.len()] {
                let (_, choices) = exercise.offered(&exercise.play(&all[..made]));
                agrees_with_card(tree, card, &choices, &format!("{} {seed} after {made}", id(tree, card)));
            }
        }
    }
}

/// A command with what it prints.
///
/// In an output, a line that begins with `$` is another command, which may go on in lines that end with a backslash.
fn commands(tree: &Tree, check: &Check) -> Vec<(String, String)> {
    let find_out = &tree.question(check.question).find_out;
    let outer = find_out.stands_in.and_then(|outer| tree.question(outer).find_out.command.as_ref());
    let own = find_out.command.as_ref().or(outer);
    let mut commands = vec![(own.map(ToString::to_string).unwrap_or_default(), String::new())];
    let mut goes_on = false;
    for line in &check.shows {
        if line.starts_with("$ ") {
            commands.push((line.clone(), String::new()));
        } else if goes_on {
            commands.last_mut().unwrap().0 += line;
        } else {
            commands.last_mut().unwrap().1 += &format!("{line}\n");
        }
        goes_on = (goes_on || line.starts_with("$ ")) && line.ends_with(['\\', '|']);
    }
    commands
}

#[test]
fn no_output_has_a_record_that_its_command_leaves_out() {
    let material = oci();
    let tree = material.tree();
    let filter = Regex::new(r"lbStatusCode (!?=) '(\d+)'").unwrap();
    let status = Regex::new(r#""lbStatusCode"\s*:\s*"(\d+)""#).unwrap();
    let mut seen = 0;
    let mut test = |incident: &Incident, about: &str| {
        for check in incident.checks() {
            for (command, output) in commands(tree, check) {
                let Some(filter) = filter.captures(&command) else { continue };
                for found in status.captures_iter(&output) {
                    seen += 1;
                    let is_returned = (found[1] == filter[2]) == (&filter[1] == "=");
                    assert!(is_returned, "{about}: {command}\n{output}");
                }
            }
        }
    };
    for card in cards(tree) {
        for seed in 0..12 {
            test(&Incident::new(material, card, seed), &format!("{} {seed}", id(tree, card)));
        }
    }
    for (at, drill) in tree.drills.iter().enumerate() {
        test(&Incident::of_team(material, drill, 1), &format!("drill {at}"));
    }
    assert!(seen > 500, "{seen}");
}
