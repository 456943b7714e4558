//! Tests the scores of simulated trainees.
//!
//! One follows the tree, one follows it in the author's order, and one does anything.

use std::collections::BTreeSet;
use std::sync::Arc;

use wherefore::internals::drill::random::Random;
use wherefore::internals::drill::{Deduction, DrillAction, Exercise, HintLevel, Incident, Material, Recognize, Stage};

use wherefore::internals::store::Library;
use wherefore::internals::tree::{RemedyRef, Tree};
use wherefore::internals::walk::{Event, EvidenceSource, Given, Step, Walk, remedies};

use super::training_trees::{cards, id, materials, oci};

/// Follows the tree: asks, names a card, tries the first remedy.
pub(crate) fn by_the_tree(incident: &Incident, shortest: bool) -> Vec<DrillAction> {
    let tree = tree_of(incident);
    let mut walk = Walk::replay(tree, vec![Event::ShortestFirst(shortest)]);
    incident.known().iter().for_each(|(question, given)| walk.answer(*question, *given));
    let mut moves = Vec::new();
    while let Step::Ask(question) = walk.position().step {
        moves.push(DrillAction::Check(question));
        let check = incident.check(question).unwrap();
        walk.answer(question, check.given);
        // Every reader of a line sees where it points.
        if !check.evidence.hits.is_empty() {
            walk.push(Event::EvidenceAdded(check.evidence.clone()));
        }
    }
    let card = walk.position().candidates[0].card;
    moves.push(DrillAction::Name { card, typed: true });
    moves.extend(first_remedy(incident));
    moves
}

/// Tries the remedy that the hidden card proposes first.
pub(crate) fn first_remedy(incident: &Incident) -> Option<DrillAction> {
    let (tree, card) = (tree_of(incident), incident.subject.card);
    let first = remedies(tree.card(card), |_| None).first().map(|first| RemedyRef { card, index: first.remedy });
    first.filter(|_| !incident.subject.remedies.is_empty()).map(DrillAction::Remedy)
}

fn tree_of(incident: &Incident) -> Arc<Tree> {
    let of = |material: &&Material| material.tree().id == incident.subject.tree.id;
    Arc::clone(materials().iter().find(of).unwrap().tree())
}

/// Points to a line that matters, if one is asked for.
pub(crate) fn right_line(exercise: &Exercise) -> Vec<DrillAction> {
    match exercise {
        Exercise::Recognize(recognize) if recognize.asks_for_line() => vec![DrillAction::Line(recognize.telling()[0])],
        _ => Vec::new(),
    }
}

/// Follows the cards in an exercise about lines.
fn by_the_card(exercise: &Exercise) -> Vec<DrillAction> {
    let remedy = exercise.remedies().iter().find(|choice| choice.is_best).map(|best| DrillAction::Remedy(best.remedy));
    let name = DrillAction::Name { card: exercise.card(), typed: false };
    right_line(exercise).into_iter().chain([name]).chain(remedy).collect()
}

/// Returns the place of the severest line.
///
/// It has the most severe level, else the highest status.
fn severest(lines: &[String]) -> usize {
    let levels = ["emerg", "alert", "crit", "fatal", "panic", "error", "warn"];
    let status = regex::Regex::new(r"\b[1-5]\d\d\b").unwrap();
    let severity = |line: &String| {
        let lower = line.to_lowercase();
        let level = levels.iter().position(|level| lower.contains(level)).map_or(0, |at| levels.len() - at);
        let highest = status.find_iter(line).filter_map(|found| found.as_str().parse::<usize>().ok()).max();
        (level, highest.unwrap_or(0))
    };
    let most = lines.iter().map(severity).max();
    lines.iter().position(|line| Some(severity(line)) == most).unwrap_or(0)
}

/// Does anything, until it is over.
fn whatever(exercise: &Exercise, seed: u64) -> Vec<DrillAction> {
    let mut random = Random::new(seed);
    let cards = cards(exercise.tree());
    let mut moves: Vec<DrillAction> = Vec::new();
    let mut played = exercise.play(&moves);
    while !played.is_done() {
        let step = match (played.stage, exercise) {
            (Stage::Line, Exercise::Recognize(recognize)) => DrillAction::Line(random.below(recognize.lines().len())),
            (Stage::Remedy, _) => DrillAction::Remedy(random.one_of(exercise.remedies()).unwrap().remedy),
            (_, Exercise::Recognize(recognize)) => {
                DrillAction::Name { card: random.one_of(recognize.choices()).unwrap().card, typed: false }
            }
            (_, Exercise::Incident(incident)) => match random.below(4) {
                0 => DrillAction::Name { card: *random.one_of(&cards).unwrap(), typed: false },
                _ => DrillAction::Check(random.one_of(incident.checks()).unwrap().question),
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
                assert!(incident.subject.right.contains(&card), "{name}");
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
            let recognize = Exercise::Recognize(Recognize::new(material, card, None, seed));
            points.0 += recognize.points(&recognize.play(&whatever(&recognize, seed * 31)));
            let incident = Exercise::Incident(Incident::new(material, card, seed));
            points.1 += incident.points(&incident.play(&whatever(&incident, seed * 31)));
            points.2 += 1;
        }
    }
    let (recognize, incident, count) = points;
    assert!(recognize / count < 50, "{}", recognize / count);
    assert!(incident / count < 30, "{}", incident / count);
}

/// Exercises about lines of every tree, some 100 a tree.
fn about_lines() -> impl Iterator<Item = (&'static str, Exercise)> {
    let exercises = |material: &'static Material| {
        let cards = cards(material.tree());
        let rounds = 100_usize.div_ceil(cards.len());
        let all = (0..rounds).flat_map(move |round| cards.clone().into_iter().map(move |card| (card, round)));
        all.map(move |(card, round)| {
            let exercise = Recognize::new(material, card, None, round as u64);
            (material.tree().id.as_str(), Exercise::Recognize(exercise))
        })
    };
    materials().iter().flat_map(exercises)
}

#[test]
fn who_knows_the_cards_scores_full_marks_and_who_guesses_does_not() {
    let mut sums: std::collections::BTreeMap<&str, [u32; 5]> = std::collections::BTreeMap::new();
    for (at, (tree, exercise)) in about_lines().enumerate() {
        let moves = by_the_card(&exercise);
        let played = exercise.play(&moves);
        assert_eq!(exercise.points(&played), 100, "{tree}: {moves:?}");
        let guessed = exercise.points(&exercise.play(&whatever(&exercise, at as u64 * 31)));
        let Exercise::Recognize(recognize) = &exercise else { panic!() };
        let loud = severest(recognize.lines());
        let asked = u32::from(recognize.asks_for_line());
        let is_right = asked * u32::from(recognize.telling().contains(&loud));
        let sum = sums.entry(tree).or_default();
        for (sum, more) in sum.iter_mut().zip([1, guessed, u32::from(guessed == 100), asked, is_right]) {
            *sum += more;
        }
    }
    for (tree, [count, guessed, full, asked, loud]) in sums {
        let said =
            format!("{tree}: of {count}, guessed {guessed} points, {full} full, {asked} with a line, {loud} loud");
        println!("{said}");
        // The trees of the fixtures have too few cards to be hard to guess.
        if Library::embedded().tree(tree).is_some() {
            assert!(guessed < 40 * count && full * 100 <= 4 * count, "{said}");
            assert!(loud * 2 < count, "{said}");
        }
    }
}

#[test]
fn the_debrief_stands_beside_the_shortest_way() {
    let material = oci();
    let card = material.tree().find_card("backend-invalid-header").unwrap();
    let exercise = Exercise::Incident(Incident::new(material, card, 1));
    let Exercise::Incident(incident) = &exercise else { panic!() };
    let all = incident.checks().iter().map(|check| DrillAction::Check(check.question));
    let wrong = incident.look_alikes()[0];
    let moves: Vec<_> = all.chain([DrillAction::Name { card: wrong, typed: true }, DrillAction::GiveUp]).collect();
    let played = exercise.play(&moves);
    let debrief = incident.debrief(&played);
    assert_eq!((debrief.card, debrief.made.len()), (card, incident.checks().len()));
    assert_eq!(debrief.deductions, [(Deduction::NotFound, 100)]);
    assert_eq!(debrief.wrong.len(), 1);
    assert!(debrief.seconds.0 > debrief.seconds.1);
    assert!(played.checked.iter().any(|checked| checked.is_wrong_turn));
    let (best, _) = incident.best();
    assert_eq!(debrief.best.len(), best);
    assert_eq!(debrief.best.last().unwrap().checked.left.1, 1);
    // The last check of it settled the matter: nothing told more.
    assert!(debrief.best.last().unwrap().told_most && debrief.best.last().unwrap().better.is_none());
    for asked in debrief.made.iter().chain(&debrief.best) {
        let (before, after) = asked.checked.left;
        assert!(asked.better.is_none_or(|better| better.left < after && better.question != asked.checked.question));
        assert!(!asked.told_most || (after < before && asked.better.is_none()));
    }
}

/// The debrief shows the shorter of the tree's two walks.
#[test]
fn the_trees_way_is_the_shorter_of_those_it_proposes() {
    for material in materials() {
        for card in cards(material.tree()) {
            let exercise = Exercise::Incident(Incident::new(material, card, 4));
            let Exercise::Incident(incident) = &exercise else { panic!() };
            let length = |shortest: bool| {
                let played = exercise.play(&by_the_tree(incident, shortest));
                (played.checked.len(), incident.spent(&played))
            };
            let (asked, seconds) = incident.debrief(&exercise.play(&[])).of_tree;
            assert_eq!(seconds, length(true).1.min(length(false).1), "{}", id(material.tree(), card));
            assert!([length(true), length(false)].contains(&(asked.len(), seconds)));
        }
    }
}

/// Naming a card after the alarm alone is a guess.
///
/// One more look into a log costs less than a third of the score.
#[test]
fn a_guess_costs_more_than_a_look_too_many() {
    let material = oci();
    for card in cards(material.tree()) {
        let exercise = Exercise::Incident(Incident::new(material, card, 2));
        let Exercise::Incident(incident) = &exercise else { panic!() };
        let moves = by_the_tree(incident, false);
        let (checks, named) = moves.split_at(moves.len() - 2);
        let guessed = exercise.points(&exercise.play(named));
        let begun = exercise.play(checks);
        let other = incident.checks().iter().filter(|check| incident.cost(check.question, &begun) == 300);
        let other = other.map(|check| DrillAction::Check(check.question)).find(|check| !checks.contains(check));
        let careful = [checks, &[other.unwrap()], named].concat();
        let careful = exercise.points(&exercise.play(&careful));
        assert!(guessed == 80 || checks.is_empty(), "{guessed}");
        assert!(careful >= 85, "{}: {careful}", id(material.tree(), card));
    }
}

/// Looking again at a check costs nothing.
#[test]
fn to_look_again_costs_nothing() {
    let material = oci();
    let exercise = Exercise::Incident(Incident::new(material, cards(material.tree())[3], 1));
    let Exercise::Incident(incident) = &exercise else { panic!() };
    let [one, other] = [0, 1].map(|at| DrillAction::Check(incident.checks()[at].question));
    let once = exercise.play(&[one, other]);
    let again = exercise.play(&[one, other, one, one]);
    assert_eq!(again.looking, Some(incident.checks()[0].question));
    assert_eq!((&again.checked, incident.spent(&again)), (&once.checked, incident.spent(&once)));
}

/// No hint is sold twice, unless another check is next.
#[test]
fn a_hint_is_sold_once() {
    for material in materials() {
        for card in cards(material.tree()) {
            let exercise = Exercise::Incident(Incident::new(material, card, 3));
            let Exercise::Incident(incident) = &exercise else { panic!() };
            let mut moves = vec![DrillAction::Hint, DrillAction::Hint];
            for check in incident.checks() {
                moves.extend([DrillAction::Check(check.question), DrillAction::Hint, DrillAction::Hint]);
            }
            let hints = exercise.play(&moves).hints;
            for (at, hint) in hints.iter().enumerate() {
                let is_new = hints[..at].iter().all(|known| (known.level, &known.text) != (hint.level, &hint.text));
                let is_pair = hints[..at].last().is_some_and(|last| last.text == hint.text);
                assert!(is_new || !is_pair, "{}: {}", id(material.tree(), card), hint.text);
            }
            assert!(hints.iter().filter(|hint| hint.level == HintLevel::Half).count() <= 1);
        }
    }
}

#[test]
fn marks_and_grades_follow_from_what_was_done() {
    use wherefore::internals::drill::schedule::Grade;
    let material = oci();
    let card = material.tree().find_card("backend-closed-connection").unwrap();
    let incident = Incident::new(material, card, 1);
    let moves = by_the_tree(&incident, true);
    let (checks, [named, remedy]) = moves.split_at(moves.len() - 2) else { panic!() };
    let wrong = DrillAction::Name { card: incident.look_alikes()[0], typed: true };
    let other = DrillAction::Remedy(incident.subject.remedies.iter().find(|choice| !choice.is_right).unwrap().remedy);
    let exercise = Exercise::Incident(incident);
    let done = |more: &[&[DrillAction]]| [&[checks], more].concat().concat();
    let cases = [
        (done(&[&[*named, *remedy]]), 100, Grade::Easy),
        (done(&[&[DrillAction::DontKnow, *named, *remedy]]), 100, Grade::Hard),
        (done(&[&[*named, DrillAction::GiveUp]]), 85, Grade::Easy),
        (done(&[&[*named, other]]), 85, Grade::Easy),
        (done(&[&[DrillAction::Hint, *named, *remedy]]), 100, Grade::Easy),
        (
            done(&[&[DrillAction::Hint, DrillAction::Hint, DrillAction::Hint, DrillAction::Hint, *named, *remedy]]),
            80,
            Grade::Hard,
        ),
        ([&[DrillAction::Hint], checks, &[*named, *remedy]].concat(), 95, Grade::Hard),
        (done(&[&[wrong, wrong, *named, *remedy]]), 75, Grade::Again),
        (done(&[&[DrillAction::GiveUp]]), 0, Grade::Again),
    ];
    for (moves, points, grade) in cases {
        let played = exercise.play(&moves);
        assert_eq!((exercise.points(&played), exercise.grade(&played)), (points, grade), "{moves:?}");
        assert!(played.is_done());
    }
}

/// "I don't know" is free and shows what the tree would ask.
///
/// It is shown until another check is made.
#[test]
fn not_to_know_leads_where_the_tree_would_look() {
    for material in materials() {
        for card in cards(material.tree()) {
            let exercise = Exercise::Incident(Incident::new(material, card, 6));
            let Exercise::Incident(incident) = &exercise else { panic!() };
            let mut moves = Vec::new();
            loop {
                moves.push(DrillAction::DontKnow);
                let played = exercise.play(&moves);
                assert!(played.is_unsure() && played.hints.is_empty());
                let Some(question) = incident.would_ask(&played) else { break };
                moves.push(DrillAction::Check(question));
                assert!(!exercise.play(&moves).is_unsure(), "it was found out");
            }
            moves.push(DrillAction::Name { card, typed: true });
            moves.extend(first_remedy(incident));
            let played = exercise.play(&moves);
            assert_eq!(exercise.deductions(&played), [], "{}", id(material.tree(), card));
        }
    }
}

/// The embedded tree has printed lines for every check.
///
/// No answer can be read off the label of an option.
#[test]
fn what_is_seen_is_what_is_printed() {
    let material = oci();
    let tree = material.tree();
    let mut faults = BTreeSet::new();
    for card in cards(tree) {
        for seed in 0..6 {
            let incident = Incident::new(material, card, seed);
            for check in incident.checks() {
                let name = format!("{}: {}", id(tree, card), tree.question(check.question).id);
                if check.given == Given::Unknown {
                    faults.insert(format!("{name} is unknown"));
                }
                let labels =
                    tree.options(check.question).flat_map(|(_, option)| [Some(&option.label), option.shows.as_ref()]);
                if labels.flatten().any(|label| check.shows.iter().any(|line| line == label)) {
                    faults.insert(format!("{name} prints a label: {:?}", check.shows));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}

/// Nothing shown in an incident contradicts the hidden card.
///
/// The alarm does not quote the card's error string.
#[test]
fn what_is_seen_is_no_lie() {
    for material in materials() {
        let tree = material.tree();
        for card in cards(tree) {
            let incident = Incident::new(material, card, 9);
            let name = id(tree, card);
            let alarm = material.recognizer().evidence(&EvidenceSource::file(""), incident.alarm());
            assert!(alarm.hits.is_empty() && alarm.answers().next().is_none(), "{name}: {}", incident.alarm());
            for check in incident.checks() {
                assert!(!check.shows.is_empty() || check.note.is_some(), "{name}");
                for line in &check.shows {
                    let seen = material.recognizer().evidence(&EvidenceSource::file(""), line);
                    assert!(seen.hits.iter().all(|hit| hit.cards.contains(&card)), "{name}: {line}");
                    for proof in seen.answers() {
                        let said = incident.check(proof.question).map_or(Given::Unknown, |check| check.given);
                        let agrees = matches!(said, Given::Unknown) || said == Given::Option(proof.option);
                        assert!(agrees, "{name}: {line}");
                    }
                }
            }
        }
    }
}
