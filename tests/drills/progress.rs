//! Tests progress that is replayed from answers: cards, confusions, sessions.

use wherefore::internals::drill::progress::{Answered, DueExercise, Progress, Standing, dated_after};
use wherefore::internals::drill::schedule::Grade;
use wherefore::internals::drill::{DrillAction, Exercise, Recognize};
use wherefore::internals::tree::CardId;

use super::simulated_trainees::right_line;
use super::training_trees::{cards, id, oci};

const DAY: i64 = 20_000;

fn card(name: &str) -> CardId {
    oci().tree().find_card(name).unwrap()
}

fn answered(day: i64, name: &str, confused_with: Option<&str>, grade: Grade) -> Answered {
    Answered {
        day,
        tree: oci().tree().id.to_string(),
        card: name.to_owned(),
        confused_with: confused_with.map(str::to_owned),
        distinguished_from: Vec::new(),
        grade,
    }
}

#[test]
fn at_first_all_is_new_and_the_common_comes_first() {
    let tree = oci().tree();
    let progress = Progress::default();
    assert!(progress.due(DAY).is_empty());
    let session = progress.session(tree, DAY, 8);
    assert_eq!(session.len(), 8);
    assert_eq!(progress.count_new(tree.card_count, DAY, 8), 8);
    assert!(session.iter().all(|task| tree.card(task.card).likelihood.word() == "common" && task.beside.is_none()));
    assert_eq!(progress.new_cards(tree).len(), cards(tree).len());
    assert!(cards(tree).iter().all(|card| progress.standing(*card, DAY) == Standing::New));
}

#[test]
fn a_confusion_is_asked_beside_what_it_was_taken_for_until_both_are_told_apart() {
    let (tree, one, other) = (oci().tree(), "gateway-timeout", "backend-server-error");
    let mut progress = Progress::new(tree, &[answered(DAY, one, Some(other), Grade::Again)]);
    assert_eq!(progress.standing(card(one), DAY), Standing::Shaky);
    assert_eq!(progress.confusions(DAY).collect::<Vec<_>>(), [(card(one), card(other))]);
    assert_eq!(progress.due(DAY + 1), [DueExercise { card: card(one), beside: Some(card(other)) }]);
    let mut day = DAY + 1;
    for _ in 0..20 {
        let Some(task) = progress.due(day).first().copied() else {
            day += 1;
            continue;
        };
        // The exercise that is made of the task offers the other card; who picks right has told them apart.
        let exercise = Exercise::Recognize(Recognize::new(oci(), task.card, task.beside, day.unsigned_abs()));
        let remedy = exercise.remedies().iter().find(|choice| choice.is_right).unwrap().remedy;
        let mut moves = right_line(&exercise);
        moves.extend([DrillAction::Name { card: task.card, typed: true }, DrillAction::Remedy(remedy)]);
        let answer = exercise.answered(&exercise.play(&moves), day);
        assert!(answer.distinguished_from.contains(&other.to_owned()));
        progress.take_in(tree, &answer);
    }
    assert_eq!(progress.confusions(day).count(), 0);
    assert_eq!(progress.standing(card(one), day), Standing::Solid);
}

/// The memory of a pair depends on telling the two apart alone.
#[test]
fn a_confusion_is_graded_by_whether_the_two_were_told_apart() {
    let (tree, one, other) = (oci().tree(), "gateway-timeout", "backend-server-error");
    let taken = answered(DAY, one, Some(other), Grade::Again);
    let exercise = Exercise::Recognize(Recognize::new(oci(), card(one), Some(card(other)), 3));
    let Exercise::Recognize(recognize) = &exercise else { panic!() };
    let third = recognize.choices().iter().map(|offer| offer.card).find(|it| ![card(one), card(other)].contains(it));
    let remedy = |right: bool| {
        let choice = exercise.remedies().iter().find(|choice| choice.is_right == right);
        DrillAction::Remedy(choice.unwrap().remedy)
    };
    let named = |card| DrillAction::Name { card, typed: false };
    let stability = |moves: &[DrillAction]| {
        let moves = [right_line(&exercise), moves.to_vec()].concat();
        let answer = exercise.answered(&exercise.play(&moves), DAY + 1);
        let progress = Progress::new(tree, [&taken, &answer]);
        let days = progress.confusion(card(one), card(other)).unwrap();
        (days.asked, (days.stability * 100.0).round())
    };
    let before = Progress::new(tree, [&taken]).confusion(card(one), card(other)).unwrap().stability;
    let right = stability(&[named(card(one)), remedy(true)]);
    assert!(right.1 > before * 100.0);
    assert_eq!(right, stability(&[named(card(one)), remedy(false)]), "a wrong remedy does not make it the other card");
    assert_eq!(right, stability(&[DrillAction::Hint, named(card(one)), remedy(true)]), "nor does a hint");
    let helped = stability(&[DrillAction::DontKnow, named(card(one)), remedy(true)]);
    assert!(helped.1 < right.1 && helped.1 > before * 100.0, "who found out told them apart, with help");
    // Somebody who names a third card, or none, has shown nothing of the two: they are asked again when they are due.
    for moves in [&[named(third.unwrap()), remedy(true)][..], &[DrillAction::GiveUp]] {
        assert_eq!(stability(moves), (DAY, (before * 100.0).round()), "{moves:?}");
    }
    let again = stability(&[named(card(other)), remedy(true)]);
    assert!(again.0 == DAY + 1 && again.1 < right.1, "taken for it once more");
}

/// A clock that was wrong once dates answers far in the future.
#[test]
fn what_is_dated_in_the_future_counts_from_its_day_on() {
    let (tree, one) = (oci().tree(), "gateway-timeout");
    let past = answered(DAY - 9, one, None, Grade::Again);
    let future = answered(DAY + 60_000, one, Some("backend-server-error"), Grade::Good);
    let both = [past.clone(), future];
    assert_eq!(Progress::on(tree, &both, DAY), Progress::new(tree, [&past]));
    assert_eq!(Progress::on(tree, &both, DAY + 59_999), Progress::new(tree, [&past]));
    assert_eq!(Progress::on(tree, &both, DAY + 60_000), Progress::new(tree, &both));
    // It neither hides nor undoes answers in between.
    let now = answered(DAY, one, None, Grade::Good);
    assert_eq!(Progress::on(tree, [&past, &now, &both[1]], DAY + 1), Progress::new(tree, [&past, &now]));
    for (day, expected) in [(DAY - 10, Some((2, DAY + 60_000))), (DAY, Some((1, DAY + 60_000))), (DAY + 60_000, None)] {
        assert_eq!(dated_after(&both, day), expected, "{day}");
    }
}

#[test]
fn replay_is_the_same_as_taking_in_one_by_one() {
    let tree = oci().tree();
    let answers: Vec<Answered> = (0..60)
        .map(|at| {
            let all = cards(tree);
            let grade = [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy][at % 4];
            let taken = (at % 4 == 0).then(|| id(tree, all[at * 5 % all.len()]));
            answered(DAY + at as i64 / 3, id(tree, all[at * 7 % all.len()]), taken, grade)
        })
        .collect();
    let mut progress = Progress::default();
    answers.iter().for_each(|answer| progress.take_in(tree, answer));
    assert_eq!(progress, Progress::new(tree, &answers));
    // Answers about another tree, or about cards that are gone, change nothing.
    let mut stray = answers.clone();
    stray.push(Answered { tree: "elsewhere".to_owned(), ..answers[0].clone() });
    stray.push(answered(DAY, "no-such-card", Some("gateway-timeout"), Grade::Again));
    assert_eq!(progress, Progress::new(tree, &stray));
    let session = progress.session(tree, DAY + 21, 10);
    let new = session.iter().filter(|task| progress.standing(task.card, DAY + 21) == Standing::New).count();
    assert_eq!(progress.count_new(tree.card_count, DAY + 21, 10), new);
    assert!(session.len() <= 10 && !session.is_empty());
    let new = session.iter().filter(|task| progress.standing(task.card, DAY + 21) == Standing::New).count();
    assert!(new <= 5, "{new}");
    let mut asked: Vec<_> = session.iter().map(|task| task.card).collect();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), session.len(), "each card once");
}
