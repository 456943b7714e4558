//! Tests exams and their reports.
//!
//! A seed always gives the same exam, likely cards come more often, and a changed report is noticed.

use std::collections::BTreeSet;

use wherefore::internals::drill::{DrillAction, Exam, Exercise, Mode, Report};
use wherefore::internals::store::Library;
use wherefore::internals::tree::TreeHash;

use super::simulated_trainees::{by_the_tree, right_line};
use super::training_trees::{cards, materials, oci};

/// Returns the actions of a trainee who knows everything.
fn perfect(exam: &Exam) -> Vec<Vec<DrillAction>> {
    let material = oci();
    let moves = exam.tasks.iter().map(|task| match task.exercise(material) {
        Exercise::Incident(incident) => by_the_tree(&incident, true),
        exercise @ Exercise::Recognize(_) => {
            let remedy = exercise.remedies().iter().find(|choice| choice.is_right).unwrap().remedy;
            let named = [DrillAction::Name { card: task.card, typed: false }, DrillAction::Remedy(remedy)];
            right_line(&exercise).into_iter().chain(named).collect()
        }
    });
    moves.collect()
}

#[test]
fn an_exam_has_both_modes_and_no_card_twice_before_all_came_once() {
    let tree = oci().tree();
    assert_eq!(Exam::new(tree, 5, 10), Exam::new(tree, 5, 10));
    assert_ne!(Exam::new(tree, 5, 10), Exam::new(tree, 6, 10));
    for seed in 0..50 {
        let exam = Exam::new(tree, seed, 10);
        assert_eq!(exam.tasks.iter().filter(|task| task.mode == Mode::Incident).count(), 5);
        assert_eq!(exam.tasks.iter().map(|task| task.card).collect::<BTreeSet<_>>().len(), 10);
    }
    let all = cards(tree).len();
    let long = Exam::new(tree, 1, 2 * all);
    let first: BTreeSet<_> = long.tasks[..all].iter().map(|task| task.card).collect();
    assert_eq!(first.len(), all);
    assert!(Exam::new(tree, 1, 0).tasks.is_empty());
}

#[test]
fn what_is_met_often_is_examined_often() {
    let tree = oci().tree();
    let (mut common, mut rare) = (0.0, 0.0);
    for seed in 0..300 {
        for task in Exam::new(tree, seed, 5).tasks {
            match tree.card(task.card).likelihood.word() {
                "common" => common += 1.0,
                "rare" => rare += 1.0,
                _ => {}
            }
        }
    }
    let count = |word| tree.diagnoses().filter(|(_, card)| card.likelihood.word() == word).count() as f64;
    assert!(common / count("common") > 3.0 * (rare / count("rare")), "{common} {rare}");
}

#[test]
fn a_report_holds_for_the_tree_it_is_about_and_only_as_it_was_written() {
    let (material, exam) = (oci(), Exam::new(oci().tree(), 42, 4));
    let [hash, other] = ["abc", "abd"].map(|all| TreeHash { folder: "ab".to_owned(), all: all.to_owned() });
    let report = exam.report(material, "abc", &perfect(&exam));
    assert_eq!(report.points, 100);
    let written = serde_json::to_string(&report).unwrap();
    let read: Report = serde_json::from_str(&written).unwrap();
    assert_eq!(read, report);
    assert_eq!(read.faults(material, &hash), Vec::<String>::new());
    assert_eq!(read.faults(material, &other).len(), 1);
    assert!(written.contains("\"line\":"), "{written}");
    let earlier: Report = serde_json::from_str(&written.replace("wherefore/exam/2", "wherefore/exam/1")).unwrap();
    assert_eq!(earlier.faults(material, &hash), ["it is a `wherefore/exam/1`, not a `wherefore/exam/2`"]);
    // A hash of the folder alone is of an older version, not of another tree.
    let old = exam.report(material, "ab", &perfect(&exam)).faults(material, &hash);
    assert!(old.len() == 1 && old[0].contains("version 0.1"), "{old:?}");
    let mut better = exam.report(material, "abc", &[]);
    assert_eq!((better.points, better.exercises.len()), (0, 4));
    better.exercises[2].points = 100;
    assert_eq!(better.faults(material, &hash).len(), 1);
    better.points = 25;
    assert_eq!(better.faults(material, &hash).len(), 2);
    let mut shorter = report.clone();
    shorter.exercises.pop();
    shorter.seed = 41;
    assert!(!shorter.faults(material, &hash).is_empty());
}

#[test]
fn there_are_no_hints_in_an_exam_and_not_to_know_costs_no_more_than_nothing() {
    let (material, exam) = (oci(), Exam::new(oci().tree(), 7, 2));
    let hinted: Vec<_> = perfect(&exam).into_iter().map(|moves| [vec![DrillAction::Hint; 3], moves].concat()).collect();
    assert_eq!(exam.report(material, "", &hinted).points, 100);
    let unknown: Vec<_> =
        perfect(&exam).into_iter().map(|moves| [vec![DrillAction::DontKnow], moves].concat()).collect();
    let report = exam.report(material, "", &unknown);
    assert_eq!(report.points, 0);
    assert!(report.exercises.iter().all(|mark| mark.named.is_empty()));
}

#[test]
fn every_tree_has_a_hash_of_its_own() {
    let library = Library::embedded();
    for tree in &library.trees {
        let hash = library.fingerprint(tree).unwrap();
        assert_eq!((hash.all.len(), hash.folder.len()), (64, 64));
        assert_ne!(hash.all, hash.folder);
        // A folder with the same files is the same tree.
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("decision_trees").join(tree.id.as_str());
        let mut own = Library::embedded();
        own.add_directory(&folder, true);
        let found = own.tree(&tree.id).unwrap();
        assert_ne!(found.origin, "embedded");
        assert_eq!(own.fingerprint(found), Some(hash));
    }
    let lamp = materials().iter().find(|material| material.tree().id == "lamp").unwrap();
    assert!(library.fingerprint(lamp.tree()).is_some());
    let mut gone = (**lamp.tree()).clone();
    gone.origin = "/nowhere/at/all".into();
    assert_eq!(library.fingerprint(&gone), None);
}
