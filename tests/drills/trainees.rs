//! Simulated trainees: one who follows the tree, one who follows it in the author's order, and one who does whatever.

use wherefore::drill::random::Random;
use wherefore::drill::{Exercise, Incident, Move, Recognise, Stage};
use wherefore::walk::{Event, Step, Walk};

use super::trees::{cards, id, materials, oci};

/// Asks what the tree asks, names what is left, and tries the first remedy.
pub(super) fn by_the_tree(incident: &Incident, shortest: bool) -> Vec<Move> {
    let tree = wherefore_tree(incident);
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

fn wherefore_tree(incident: &Incident) -> std::sync::Arc<wherefore::tree::Tree> {
    let of = |material: &&wherefore::drill::Material| material.tree().id == incident.tree().id;
    std::sync::Arc::clone(materials().iter().find(of).unwrap().tree())
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
                for shortest in [true, false] {
                    let moves = by_the_tree(&incident, shortest);
                    let exercise = Exercise::Incident(Incident::new(material, card, seed));
                    let played = exercise.play(&moves);
                    assert!(played.is_done(), "{name}: {moves:?}");
                    assert_eq!(exercise.points(&played), 100, "{name}: {played:?} {:?}", incident.debrief(&played));
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
