//! What was learned, by replay: cards, confusions, sessions.

use wherefore::drill::progress::{Answered, Progress, Standing, Task};
use wherefore::drill::schedule::Grade;
use wherefore::drill::{Exercise, Move, Recognise};
use wherefore::tree::CardId;

use super::trees::{cards, id, oci};

const DAY: i64 = 20_000;

fn card(name: &str) -> CardId {
    oci().tree().find_card(name).unwrap()
}

fn answered(day: i64, name: &str, taken_for: Option<&str>, grade: Grade) -> Answered {
    Answered {
        day,
        tree: oci().tree().id.clone(),
        card: name.to_owned(),
        taken_for: taken_for.map(str::to_owned),
        told_from: Vec::new(),
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
    assert_eq!(progress.due(DAY + 1), [Task { card: card(one), beside: Some(card(other)) }]);
    let mut day = DAY + 1;
    for _ in 0..20 {
        let Some(task) = progress.due(day).first().copied() else {
            day += 1;
            continue;
        };
        // The exercise that is made of the task offers the other card; who picks right has told them apart.
        let exercise = Exercise::Recognise(Recognise::new(oci(), task.card, task.beside, day.unsigned_abs()));
        let remedy = exercise.remedies().iter().find(|choice| choice.is_right).unwrap().remedy;
        let moves = [Move::Name { card: task.card, typed: true }, Move::Remedy(remedy)];
        let answer = exercise.answered(&exercise.play(&moves), day);
        assert!(answer.told_from.contains(&other.to_owned()));
        progress.take_in(tree, &answer);
    }
    assert_eq!(progress.confusions(day).count(), 0);
    assert_eq!(progress.standing(card(one), day), Standing::Solid);
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
    // What names another tree, or cards that are gone, changes nothing.
    let mut stray = answers.clone();
    stray.push(Answered { tree: "elsewhere".to_owned(), ..answers[0].clone() });
    stray.push(answered(DAY, "no-such-card", Some("gateway-timeout"), Grade::Again));
    assert_eq!(progress, Progress::new(tree, &stray));
    let session = progress.session(tree, DAY + 21, 10);
    assert!(session.len() <= 10 && !session.is_empty());
    let new = session.iter().filter(|task| progress.standing(task.card, DAY + 21) == Standing::New).count();
    assert!(new <= 5, "{new}");
    let mut asked: Vec<_> = session.iter().map(|task| task.card).collect();
    asked.sort_unstable();
    asked.dedup();
    assert_eq!(asked.len(), session.len(), "each card once");
}
