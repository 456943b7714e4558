//! Tests that recognition exercises fit their card and no other choice.

use regex::Regex;
use wherefore::internals::diagnosis::{Scanner, diagnose_text};
use wherefore::internals::drill::schedule::Grade;
use wherefore::internals::drill::{Difference, DrillAction, Exercise, Material, Recognize, Stage};
use wherefore::internals::tree::CardId;
use wherefore::internals::walk::{Event, Evidence, EvidenceSource, Walk};

use super::simulated_trainees::right_line;
use super::training_trees::{cards, id, materials, oci};

const SEEDS: std::ops::Range<u64> = 0..3;

fn each(mut test: impl FnMut(&Material, CardId, u64, Recognize)) {
    for material in materials() {
        for card in cards(material.tree()) {
            for seed in SEEDS {
                test(material, card, seed, Recognize::new(material, card, None, seed));
            }
        }
    }
}

#[test]
fn the_telling_line_is_recognized_and_the_others_say_nothing() {
    each(|material, card, seed, exercise| {
        let name = format!("{} {seed}", id(material.tree(), card));
        assert!((1..=6).contains(&exercise.lines().len()), "{name}: the letters are a to f");
        if exercise.telling().is_empty() {
            assert!(material.tree().card(card).signatures.is_empty(), "{name}");
            return;
        }
        for (at, line) in exercise.lines().iter().enumerate() {
            let Evidence { hits, proofs, .. } = material.recognizer().evidence(&EvidenceSource::file(""), line);
            if exercise.telling().contains(&at) {
                assert!(hits.iter().any(|hit| hit.cards.contains(&card)), "{name}: {line}");
                assert!(exercise.decides().iter().any(|part| line.contains(part)), "{name}: {line}");
            } else {
                assert!(hits.is_empty() && proofs.is_empty(), "{name}: {line}");
            }
        }
    });
}

#[test]
fn the_lines_are_diagnosed_as_the_card() {
    for material in materials() {
        let tree = material.tree();
        let scanner = Scanner::new(std::slice::from_ref(tree));
        for card in cards(tree).into_iter().filter(|card| !tree.card(*card).signatures.is_empty()) {
            for seed in SEEDS {
                let exercise = Recognize::new(material, card, None, seed);
                let found =
                    diagnose_text(&scanner, &EvidenceSource::file("log"), &exercise.lines().join("\n")).findings;
                let first = found.first().unwrap_or_else(|| panic!("{} {seed}: nothing", id(tree, card))).card;
                let owners = &tree.card(card).shares_signatures_with;
                let name = format!("{} {seed}: {}", id(tree, card), id(tree, first));
                assert!(found.iter().any(|finding| finding.card == card), "{name}");
                assert!(first == card || owners.contains(&first), "{name}");
            }
        }
    }
}

#[test]
fn no_line_is_older_than_the_one_before() {
    let time = Regex::new(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d").unwrap();
    let mut seen = 0;
    each(|material, card, seed, exercise| {
        let times = exercise.lines().iter().filter_map(|line| time.find(line)).map(|found| found.as_str());
        let times: Vec<&str> = times.collect();
        assert!(times.is_sorted(), "{} {seed}: {times:?}", id(material.tree(), card));
        seen += times.len();
    });
    assert!(seen > 100, "{seen}");
}

#[test]
fn only_the_right_card_is_right_and_each_other_one_is_wrong_for_a_reason() {
    each(|material, card, seed, exercise| {
        let tree = material.tree();
        let name = format!("{} {seed}", id(tree, card));
        let right: Vec<_> = exercise.choices().iter().filter(|offer| offer.wrong.is_none()).collect();
        assert_eq!(right.iter().map(|offer| offer.card).collect::<Vec<_>>(), [card], "{name}");
        assert_eq!(exercise.choices().len(), 4.min(cards(tree).len() + 1 - exercise.subject.right.len()), "{name}");
        // The line and the clues together leave the right card alone.
        let told: Vec<&str> = exercise.telling().iter().map(|at| exercise.lines()[*at].as_str()).collect();
        let evidence = material.recognizer().evidence(&EvidenceSource::file(""), &told.join("\n"));
        // The answers that a line gives may lead away from its card; then the signatures count alone.
        let hits = Evidence { hits: evidence.hits.clone(), ..Evidence::default() };
        let left_by = |evidence: &Evidence| -> Vec<_> {
            let mut walk = Walk::new(tree.clone());
            if !told.is_empty() {
                walk.push(Event::EvidenceAdded(evidence.clone()));
            }
            for clue in exercise.clues() {
                walk.push(Event::Answered { question: clue.question, option: clue.option });
            }
            walk.position().candidates.iter().map(|candidate| candidate.card).collect()
        };
        let left = [&evidence, &hits].map(left_by).into_iter().find(|left| left.contains(&card));
        let left = left.unwrap_or_else(|| panic!("{name}"));
        for offer in exercise.choices().iter().filter(|offer| offer.card != card) {
            let difference = offer.wrong.as_ref().unwrap();
            let why = difference.text(tree);
            assert!(why.len() > 20, "{name}: {why}");
            // An answer that was seen is in the line or in the clues.
            if let Difference::Answer { question, here, is_seen: true, .. } = difference {
                let is_proven = evidence.proofs.iter().any(|it| (it.question, it.option) == (*question, *here));
                let is_told = exercise.clues().iter().any(|it| (it.question, it.option) == (*question, *here));
                assert!(is_proven || is_told, "{name}: {why}");
            }
            assert!(!left.contains(&offer.card), "{name}: {} is as right", id(tree, offer.card));
            let feedback = exercise.feedback(offer.card);
            assert!(!feedback.is_right && feedback.why == why, "{name}");
        }
        // Typed cards that were not offered get their reason too.
        for (other, _) in tree.cards().filter(|(other, _)| !exercise.subject.right.contains(other)) {
            assert!(!exercise.feedback(other).why.is_empty(), "{name}");
        }
        assert!(exercise.feedback(card).is_right, "{name}");
        assert!(exercise.subject.remedies.iter().any(|choice| choice.is_right), "{name}");
    });
}

#[test]
fn the_same_seed_is_the_same_exercise_and_another_one_is_not() {
    let mut differing = 0;
    each(|material, card, seed, exercise| {
        let shown = |exercise: &Recognize| format!("{exercise:?}");
        assert_eq!(shown(&exercise), shown(&Recognize::new(material, card, None, seed)));
        differing += usize::from(shown(&exercise) != shown(&Recognize::new(material, card, None, seed + 1000)));
    });
    assert!(differing > 75, "{differing}");
}

#[test]
fn a_confusion_is_asked_again_beside_what_it_was_taken_for() {
    let material = oci();
    let cards = cards(material.tree());
    for seed in 0..1 {
        for (card, beside) in cards.iter().zip(cards.iter().rev()).filter(|(card, beside)| card != beside) {
            let exercise = Recognize::new(material, *card, Some(*beside), seed);
            let is_offered = exercise.choices().iter().any(|offer| offer.card == *beside);
            assert!(is_offered || exercise.subject.right.contains(beside), "{}", id(material.tree(), *card));
        }
    }
}

#[test]
fn marks_and_grades_follow_from_what_was_done() {
    let material = oci();
    let card = material.tree().find_card("backend-closed-connection").unwrap();
    let exercise = Exercise::Recognize(Recognize::new(material, card, None, 1));
    let Exercise::Recognize(recognize) = &exercise else { panic!() };
    let wrong = recognize.choices().iter().find(|offer| offer.wrong.is_some()).unwrap().card;
    let remedy = |right: bool| {
        DrillAction::Remedy(recognize.subject.remedies.iter().find(|it| it.is_right == right).unwrap().remedy)
    };
    let pick = |card| DrillAction::Name { card, typed: false };
    let typed = DrillAction::Name { card, typed: true };
    let cases: Vec<(Vec<DrillAction>, u32, Grade)> = vec![
        (vec![typed, remedy(true)], 100, Grade::Easy),
        (vec![pick(card), remedy(true)], 100, Grade::Good),
        (vec![pick(card), remedy(false)], 70, Grade::Good),
        (vec![pick(card), DrillAction::GiveUp], 70, Grade::Good),
        (vec![DrillAction::Hint, typed, remedy(true)], 95, Grade::Hard),
        (
            vec![DrillAction::Hint, DrillAction::Hint, DrillAction::Hint, DrillAction::Hint, pick(card), remedy(true)],
            65,
            Grade::Hard,
        ),
        (vec![DrillAction::DontKnow, pick(card), remedy(true)], 100, Grade::Again),
        (vec![pick(wrong), pick(card), remedy(true)], 50, Grade::Again),
        (vec![DrillAction::GiveUp, pick(card), remedy(true)], 0, Grade::Again),
        (vec![], 0, Grade::Again),
    ];
    assert!(recognize.asks_for_line());
    let background = (0..recognize.lines().len()).find(|at| !recognize.telling().contains(at)).unwrap();
    let begun = |moves: &[DrillAction]| [right_line(&exercise), moves.to_vec()].concat();
    for (line, points, grade) in [
        (DrillAction::Line(background), 80, Grade::Hard),
        (DrillAction::DontKnow, 80, Grade::Hard),
        (DrillAction::Line(recognize.telling()[0]), 100, Grade::Easy),
    ] {
        let played = exercise.play(&[line, typed, remedy(true)]);
        assert_eq!((exercise.points(&played), exercise.grade(&played)), (points, grade), "{line:?}");
    }
    let skipped = exercise.play(&[typed, DrillAction::Hint, DrillAction::Line(99)]);
    assert_eq!((skipped.stage, skipped.named.len(), skipped.hints.len()), (Stage::Line, 0, 0), "the line comes first");
    for (moves, points, grade) in cases {
        let played = exercise.play(&begun(&moves));
        assert_eq!((exercise.points(&played), exercise.grade(&played)), (points, grade), "{moves:?}");
        assert!(moves.is_empty() || played.stage == Stage::Done, "{moves:?}");
    }
    let answered = exercise.answered(&exercise.play(&begun(&[pick(wrong), remedy(true)])), 20_000);
    assert_eq!(answered.confused_with.as_deref(), Some(id(material.tree(), wrong)));
    assert_eq!(answered.distinguished_from, [""; 0], "who took it for another card told it from none");
    let answered = exercise.answered(&exercise.play(&begun(&[typed, remedy(true)])), 20_000);
    assert_eq!((answered.confused_with, answered.distinguished_from.len()), (None, 3));
}

#[test]
fn the_ladder_of_hints_ends_with_half_of_the_answer() {
    let lettered = Regex::new(r"^Look at (lines?) [a-f]").unwrap();
    let named = std::cell::Cell::new(0);
    each(|material, card, seed, exercise| {
        let exercise = Exercise::Recognize(exercise);
        let begun = |moves: &[DrillAction]| exercise.play(&[right_line(&exercise), moves.to_vec()].concat());
        let played = begun(&[DrillAction::Hint; 4]);
        assert_eq!(played.hints.len(), 3, "{} {seed}", id(material.tree(), card));
        assert!(played.hints.iter().all(|hint| !hint.text.is_empty()));
        if let Some(found) = lettered.captures(&played.hints[1].text) {
            assert!(["line", "lines"].contains(&&found[1]), "{:?}", played.hints);
            named.set(named.get() + 1);
        }
        assert!(played.hints[2].among.contains(&card));
        // Not to know is no hint: those are still to be had, at their price.
        assert!(begun(&[DrillAction::DontKnow]).is_unsure());
        let told = begun(&[DrillAction::DontKnow, DrillAction::Hint]);
        assert_eq!((told.hints.len(), told.price(), told.is_unsure()), (1, 5, false));
    });
    assert!(named.get() > 0, "no hint names lines");
}

#[test]
fn what_commands_say_is_not_of_the_machine_of_the_telling_line() {
    let address = regex::Regex::new(r"\b\d{1,3}(?:\.\d{1,3}){3}\b").unwrap();
    each(|material, card, seed, exercise| {
        let of = |lines: &[&String]| -> Vec<String> {
            lines.iter().flat_map(|line| address.find_iter(line)).map(|it| it.as_str().to_owned()).collect()
        };
        let (telling, others): (Vec<_>, Vec<_>) =
            exercise.lines().iter().enumerate().partition(|(at, _)| exercise.telling().contains(at));
        let lines = |part: Vec<(usize, _)>| part.into_iter().map(|(_, line)| line).collect::<Vec<&String>>();
        let others: Vec<&String> =
            lines(others).into_iter().filter(|line| !line.trim_start().starts_with('{')).collect();
        let telling = of(&lines(telling));
        for other in of(&others) {
            // An address of the vendor's own is one address wherever it stands.
            let is_varied = ["10.", "192.", "198.", "203.", "172."].iter().any(|start| other.starts_with(start));
            assert!(
                !is_varied || !telling.contains(&other),
                "{} {seed}: {:#?}",
                id(material.tree(), card),
                exercise.lines()
            );
        }
    });
}
