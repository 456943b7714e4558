//! Tests that no checks are shorter than the debrief's shortest ones.
//!
//! A trainee who follows the tree has full marks even if the tree needs more.

use wherefore::internals::drill::{DrillAction, Exercise, HintLevel, Incident};
use wherefore::internals::tree::{CardId, QuestionId};

use super::simulated_trainees::first_remedy;
use super::training_trees::{cards, id, materials, oci};

/// Seconds and checks.
type Length = (u32, usize);

fn each(mut test: impl FnMut(&str, &Exercise, &Incident)) {
    for material in materials() {
        let tree = material.tree();
        for card in cards(tree) {
            for seed in 1..3 {
                let exercise = Exercise::Incident(Incident::new(material, card, seed));
                let Exercise::Incident(incident) = &exercise else { panic!() };
                test(&format!("{} {seed}", id(tree, card)), &exercise, incident);
            }
        }
    }
}

fn moves(questions: &[QuestionId]) -> Vec<DrillAction> {
    questions.iter().map(|question| DrillAction::Check(*question)).collect()
}

/// Returns what checks cost, and how many cards they leave.
///
/// Without checks, all cards are left that there are before the first one.
fn made(exercise: &Exercise, incident: &Incident, questions: &[QuestionId]) -> (Length, usize) {
    let played = exercise.play(&moves(questions));
    let left = match played.checked.last() {
        Some(checked) => checked.left.1,
        None => exercise.play(&moves(&all(incident)[..1])).checked[0].left.0,
    };
    ((incident.spent(&played), played.checked.len()), left)
}

fn all(incident: &Incident) -> Vec<QuestionId> {
    incident.checks().iter().map(|check| check.question).collect()
}

/// The questions that hints name, one after the other.
fn by_hints(exercise: &Exercise, incident: &Incident) -> Vec<QuestionId> {
    let mut asked = Vec::new();
    loop {
        let played = exercise.play(&moves(&asked));
        let mut hinted = played.clone();
        exercise.step(&mut hinted, DrillAction::Hint);
        let hint = hinted.hints.last().unwrap();
        assert_eq!(hint.level, HintLevel::What);
        let tree = &incident.subject.tree;
        let named = tree.questions().find(|(id, question)| {
            hint.text.ends_with(&format!(": {} {}", question.ask, question.why)) && !asked.contains(id)
        });
        match named {
            Some((question, _)) => asked.push(question),
            None => {
                assert!(hint.text.starts_with("You have enough"), "{}", hint.text);
                assert_eq!(hint.price, 0, "that nothing more tells costs nothing: {}", hint.text);
                return asked;
            }
        }
    }
}

#[test]
fn no_check_and_no_hint_beats_the_shortest_way() {
    let mut shorter = 0;
    each(|name, exercise, incident| {
        let all = all(incident);
        let (_, fewest) = made(exercise, incident, &all);
        let played = exercise.play(&[]);
        let debrief = incident.debrief(&played);
        let way: Vec<QuestionId> = debrief.best.iter().map(|asked| asked.checked.question).collect();
        let (best, left) = made(exercise, incident, &way);
        assert_eq!((best.1, best.0), incident.best(), "{name}");
        assert_eq!(left, fewest, "{name}: it leaves as few as all checks together");
        let hinted = by_hints(exercise, incident);
        let singles = all.iter().map(|question| vec![*question]);
        for questions in singles.chain([hinted]) {
            let (length, left) = made(exercise, incident, &questions);
            assert!(left > fewest || length >= best, "{name}: {questions:?} takes {length:?}, not {best:?}");
        }
        let of_tree: Vec<QuestionId> = debrief.of_tree.0.iter().map(|asked| asked.checked.question).collect();
        assert!((debrief.of_tree.1, of_tree.len()) >= best, "{name}");
        shorter += usize::from((debrief.of_tree.1, of_tree.len()) > best);
    });
    assert!(shorter > 10, "{shorter}");
}

/// The shortest checks have full marks, and no hint beats them.
#[test]
fn the_shortest_way_has_full_marks() {
    each(|name, exercise, incident| {
        let debrief = incident.debrief(&exercise.play(&[]));
        let mut moves: Vec<DrillAction> =
            debrief.best.iter().map(|asked| DrillAction::Check(asked.checked.question)).collect();
        moves.push(DrillAction::Name { card: incident.subject.card, typed: true });
        moves.extend(first_remedy(incident));
        let played = exercise.play(&moves);
        assert_eq!(exercise.deductions(&played), [], "{name}");
        assert!(incident.best().1 <= incident.allowance(), "{name}");
    });
}

#[test]
fn one_check_that_settles_it_is_the_shortest_way() {
    let card = |name: &str| -> CardId { oci().tree().find_card(name).unwrap() };
    for name in ["listener-connection-limit", "gateway-timeout", "header-too-large"] {
        let incident = Incident::new(oci(), card(name), 1);
        assert_eq!(incident.best(), (1, 30), "{name}");
        assert!(incident.allowance() > 30, "{name}");
    }
}
