//! Tests that any actions in any order are a valid exercise.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::Index;
use wherefore::internals::drill::{ActionWords, DrillAction, Exercise, Incident, Recognize};
use wherefore::internals::tree::{CardId, QuestionId, RemedyRef};
use wherefore::internals::walk::Given;

use super::training_trees::{cards, materials, oci};

/// Some exercises of every tree.
static EXERCISES: LazyLock<Vec<Exercise>> = LazyLock::new(|| {
    let mut exercises = Vec::new();
    for material in materials() {
        for (seed, card) in cards(material.tree()).into_iter().enumerate().filter(|(at, _)| at % 5 == 0) {
            exercises.push(Exercise::Recognize(Recognize::new(material, card, None, seed as u64)));
            exercises.push(Exercise::Incident(Incident::new(material, card, seed as u64)));
        }
    }
    exercises
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_moves_are_a_drill(which in any::<Index>(), moves in prop::collection::vec(any_move(), 0..24)) {
        let exercise = which.get(&EXERCISES);
        // The ids are those of the largest tree: what another tree does not have changes nothing.
        let mut played = exercise.play(&[]);
        for step in &moves {
            let before = played.clone();
            exercise.step(&mut played, *step);
            prop_assert!(!before.is_done() || played == before, "nothing happens after the end");
            prop_assert!(exercise.points(&played) <= 100);
        }
        prop_assert_eq!(&exercise.play(&moves), &played);
        prop_assert!(played.hints.len() <= 3 * (1 + played.checked.len()));
        exercise.grade(&played);
        let answered = exercise.answered(&played, 20_000);
        prop_assert!(answered.confused_with.as_ref() != Some(&answered.card));
        if let Exercise::Incident(incident) = exercise {
            let debrief = incident.debrief(&played);
            prop_assert_eq!(debrief.made.len(), played.checked.len());
            // Causes get fewer and never more, and what finds something is no wrong turn.
            prop_assert!(debrief.made.iter().all(|asked| asked.checked.left.1 > 0 && asked.checked.left.1 <= asked.checked.left.0));
            let finds = |given: Given| matches!(given, Given::Option(_));
            prop_assert!(played.checked.iter().all(|checked| !checked.is_wrong_turn || !finds(checked.given)));
            let lost: u32 = debrief.deductions.iter().map(|(_, points)| points).sum();
            prop_assert_eq!(exercise.points(&played), 100_u32.saturating_sub(lost));
        }
    }

    #[test]
    fn words_give_the_move_back(step in any_move(), card in any::<Index>()) {
        let tree = oci().tree();
        let card = *card.get(&cards(tree));
        if let Some(words) = step.words(tree, card) {
            prop_assert_eq!(words.read(tree, card), Some(step));
        } else {
            prop_assert!(matches!(step, DrillAction::Remedy(_)));
        }
        prop_assert_eq!(ActionWords::Pick("no-such-card".to_owned()).read(tree, card), None);
    }
}

fn any_move() -> impl Strategy<Value = DrillAction> {
    let all: Vec<CardId> = oci().tree().cards().map(|(id, _)| id).collect();
    let questions: Vec<QuestionId> = oci().tree().questions().map(|(id, _)| id).collect();
    prop_oneof![
        6 => prop::sample::select(questions).prop_map(DrillAction::Check),
        2 => (prop::sample::select(all.clone()), any::<bool>()).prop_map(|(card, typed)| DrillAction::Name { card, typed }),
        2 => (prop::sample::select(all), 0..12_usize).prop_map(|(card, index)| DrillAction::Remedy(RemedyRef { card, index })),
        2 => Just(DrillAction::Hint),
        1 => Just(DrillAction::DontKnow),
        1 => Just(DrillAction::GiveUp),
    ]
}
