//! Simulated trainees: one who follows the tree, one who follows it in the author's order, and one who does whatever.

use std::sync::Arc;

use wherefore::drill::random::Random;
use wherefore::drill::{Exercise, Incident, Material, Move, Recognise, Stage};
use wherefore::tree::Tree;
use wherefore::walk::{Event, Step, Walk};

use super::trees::{cards, id, materials, oci};

/// Asks what the tree asks, names what is left, and tries the first remedy.
pub(super) fn by_the_tree(incident: &Incident, shortest: bool) -> Vec<Move> {
    let tree = tree_of(incident);
    let mut walk = Walk::replay(tree, vec![Event::ShortestFirst(shortest)]);
    let mut moves = Vec::new();
    while let Step::Ask(question) = walk.position().step {
        moves.push(Move::Check(question));
        walk.answer(question, incident.check(question).unwrap().given);
    }
    let card = walk.position().candidates[0].card;
    moves.push(Move::Name { card, typed: true });
    // In the order of the walk itself.
    let first = walk.remedies(incident.card()).first().map(|ranked| ranked.remedy);
    moves.extend(first.map(Move::Remedy));
    moves
}

fn tree_of(incident: &Incident) -> Arc<Tree> {
    let of = |material: &&Material| material.tree().id == incident.tree().id;
    Arc::clone(materials().iter().find(of).unwrap().tree())
}

/// Does anything, until it is over.
fn whatever(exercise: &Exercise, seed: u64) -> Vec<Move> {
    let mut random = Random::new(seed);
    let cards = cards(exercise.tree());
    let mut moves: Vec<Move> = Vec::new();
    let mut played = exercise.play(&moves);
    while !played.is_done() {
        let step = match (played.stage, exercise) {
            (Stage::Remedy, _) => Move::Remedy(random.one_of(exercise.remedies()).unwrap().remedy),
            (_, Exercise::Recognise(recognise)) => {
                Move::Name { card: random.one_of(recognise.choices()).unwrap().card, typed: false }
            }
            (_, Exercise::Incident(incident)) => match random.below(4) {
                0 => Move::Name { card: *random.one_of(&cards).unwrap(), typed: false },
                _ => Move::Check(random.one_of(incident.checks()).unwrap().question),
            },
        };
        exercise.step(&mut played, step);
        moves.push(step);
    }
    moves
}

#[test]
fn who_follows_the_tree_scores_full_marks_in_every_incident() {
    for material in materials() {
        for card in cards(material.tree()) {
            for seed in 0..2 {
                let incident = Incident::new(material, card, seed);
                let name = format!("{} {seed}", id(material.tree(), card));
                assert!(incident.right().contains(&card), "{name}");
                let moves = [by_the_tree(&incident, true), by_the_tree(&incident, false)];
                let exercise = Exercise::Incident(incident);
                for moves in moves {
                    let played = exercise.play(&moves);
                    assert!(played.is_done(), "{name}: {moves:?}");
                    assert_eq!(exercise.points(&played), 100, "{name}: {played:?}");
                }
            }
        }
    }
}

#[test]
fn who_does_whatever_does_not() {
    let material = oci();
    let mut points = (0, 0, 0);
    for card in cards(material.tree()) {
        for seed in 0..2 {
            let recognise = Exercise::Recognise(Recognise::new(material, card, None, seed));
            points.0 += recognise.points(&recognise.play(&whatever(&recognise, seed * 31)));
            let incident = Exercise::Incident(Incident::new(material, card, seed));
            points.1 += incident.points(&incident.play(&whatever(&incident, seed * 31)));
            points.2 += 1;
        }
    }
    let (recognise, incident, count) = points;
    assert!(recognise / count < 50, "{}", recognise / count);
    assert!(incident / count < 30, "{}", incident / count);
}

#[test]
fn the_debrief_stands_beside_the_shortest_walk() {
    let material = oci();
    let card = material.tree().find_card("backend-invalid-header").unwrap();
    let exercise = Exercise::Incident(Incident::new(material, card, 1));
    let Exercise::Incident(incident) = &exercise else { panic!() };
    let all = incident.checks().iter().map(|check| Move::Check(check.question));
    let wrong = incident.look_alikes()[0];
    let moves: Vec<_> = all.chain([Move::Name { card: wrong, typed: true }, Move::GiveUp]).collect();
    let played = exercise.play(&moves);
    let debrief = incident.debrief(&played);
    assert_eq!((debrief.card, debrief.points, debrief.made.len()), (card, 0, incident.checks().len()));
    assert_eq!(debrief.wrong.len(), 1);
    assert!(debrief.seconds.0 > debrief.seconds.1);
    assert!(played.checked.iter().any(|checked| checked.is_wrong_turn));
    let (best, _) = incident.best();
    assert_eq!(debrief.shortest.len(), best);
    for asked in &debrief.shortest {
        // The shortest walk asks what tells most for its effort.
        assert_eq!(asked.most.map(|(question, _)| question), Some(asked.question));
        assert!(asked.bits > 0.0);
    }
    assert_eq!(debrief.shortest.last().unwrap().left.1, 1);
}

#[test]
fn marks_and_grades_follow_from_what_was_done() {
    use wherefore::drill::schedule::Grade;
    let material = oci();
    let card = material.tree().find_card("backend-closed-connection").unwrap();
    let incident = Incident::new(material, card, 1);
    let moves = by_the_tree(&incident, true);
    let (checks, [named, remedy]) = moves.split_at(moves.len() - 2) else { panic!() };
    let wrong = Move::Name { card: incident.look_alikes()[0], typed: true };
    let other = Move::Remedy(incident.remedies().iter().find(|choice| !choice.is_right).unwrap().remedy);
    let exercise = Exercise::Incident(incident);
    let done = |more: &[&[Move]]| [&[checks], more].concat().concat();
    let cases = [
        (done(&[&[*named, *remedy]]), 100, Grade::Easy),
        (done(&[&[Move::DontKnow, *named, *remedy]]), 100, Grade::Good),
        (done(&[&[*named, other]]), 85, Grade::Good),
        (done(&[&[Move::Hint, *named, *remedy]]), 95, Grade::Hard),
        (done(&[&[Move::Hint, Move::Hint, Move::Hint, Move::Hint, *named, *remedy]]), 65, Grade::Hard),
        (done(&[&[wrong, wrong, *named, *remedy]]), 75, Grade::Again),
        (done(&[&[Move::GiveUp]]), 0, Grade::Again),
    ];
    for (moves, points, grade) in cases {
        let played = exercise.play(&moves);
        assert_eq!((exercise.points(&played), exercise.grade(&played)), (points, grade), "{moves:?}");
        assert!(played.is_done());
    }
}

/// Nothing that is seen in an incident speaks against the hidden card, and the alarm does not quote its error string.
#[test]
fn what_is_seen_is_no_lie() {
    for material in materials() {
        let tree = material.tree();
        for card in cards(tree) {
            let incident = Incident::new(material, card, 9);
            let name = id(tree, card);
            let alarm = material.recognizer().evidence("", incident.alarm());
            assert!(alarm.hits.is_empty() && alarm.proofs.is_empty(), "{name}: {}", incident.alarm());
            for check in incident.checks() {
                assert!(!check.shows.is_empty() || check.note.is_some(), "{name}");
                for line in &check.shows {
                    let hits = material.recognizer().evidence("", line).hits;
                    assert!(hits.iter().all(|hit| hit.cards.contains(&card)), "{name}: {line}");
                }
            }
        }
    }
}
