//! Tests the red herrings of incidents.
//!
//! Most incidents have output that looks like another card. It contradicts no true answer.

use std::collections::BTreeSet;

use wherefore::internals::diagnosis::{Scanner, diagnose_text};
use wherefore::internals::drill::{Exercise, Incident};
use wherefore::internals::walk::{EvidenceSource, Given};

use super::simulated_trainees::by_the_tree;
use super::training_trees::{cards, id, materials, oci};

#[test]
fn most_incidents_have_one_and_it_is_no_trouble() {
    let (mut with, mut all) = (BTreeSet::new(), 0);
    let mut like = BTreeSet::new();
    for material in materials() {
        let tree = material.tree();
        for card in cards(tree) {
            let alike = &tree.card(card).shares_signatures_with;
            for seed in 0..4 {
                let incident = Incident::new(material, card, seed);
                let name = format!("{} {seed}", id(tree, card));
                for check in incident.checks() {
                    let Some(other) = check.red_herring else { continue };
                    assert!(other != card && !alike.contains(&other), "{name}");
                    let evidence = material.recognizer().evidence(&EvidenceSource::file(""), &check.shows.join("\n"));
                    assert!(evidence.hits.iter().all(|hit| hit.cards.contains(&card)), "{name}: {:?}", check.shows);
                    for proof in evidence.answers() {
                        let said = incident.check(proof.question).map_or(Given::Unknown, |check| check.given);
                        let agrees = said == Given::Unknown || said == Given::Option(proof.option);
                        assert!(agrees, "{name}: {:?}", check.shows);
                    }
                    if tree.id == oci().tree().id {
                        with.insert((id(tree, card), seed));
                        like.insert(id(tree, other));
                    }
                }
                all += usize::from(tree.id == oci().tree().id);
                let moves = [by_the_tree(&incident, true), by_the_tree(&incident, false)];
                let exercise = Exercise::Incident(incident);
                for moves in moves {
                    assert_eq!(exercise.points(&exercise.play(&moves)), 100, "{name}");
                }
            }
        }
    }
    // An empty log, and a query that leaves successes out, have none.
    assert!(with.len() * 4 >= all * 3, "{} of {all}: {with:?}", with.len());
    assert!(like.len() >= 5, "{like:?}");
}

/// Printed lines are evidence that names the hidden card first.
#[test]
fn what_is_printed_is_diagnosed_as_the_card() {
    let (mut tried, mut named) = (0, 0);
    for material in materials() {
        let tree = material.tree();
        let scanner = Scanner::new(std::slice::from_ref(tree));
        for card in cards(tree) {
            for seed in 0..4 {
                let incident = Incident::new(material, card, seed);
                let shown: Vec<&str> =
                    incident.checks().iter().flat_map(|check| &check.shows).map(String::as_str).collect();
                let found = diagnose_text(&scanner, &EvidenceSource::file("log"), &shown.join("\n")).findings;
                tried += 1;
                let Some(first) = found.first().map(|finding| finding.card) else { continue };
                named += 1;
                let is_right = first == card || tree.card(card).shares_signatures_with.contains(&first);
                assert!(is_right, "{} {seed}: {}", id(tree, card), id(tree, first));
            }
        }
    }
    // Some checks print nothing that a pattern knows.
    assert!(tried >= 100 && named * 2 >= tried, "{named} of {tried} incidents were diagnosed");
}
