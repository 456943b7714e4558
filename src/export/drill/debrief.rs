//! How an exercise went, once it is over.

use super::{Part, answer, cost, verdict};
use crate::drill::{Asked, Exercise, Incident, Played};
use crate::text;
use crate::tree::Tree;

/// How it went, the verdict first; and beside it, of an incident, the shortest walk.
pub fn after(exercise: &Exercise, played: &Played) -> (Vec<Part>, Vec<Part>) {
    let (parts, beside) = outcome(exercise, played);
    (verdict(exercise, played).into_iter().chain(parts).collect(), beside)
}

/// The same without the verdict, for where that was told already.
pub fn outcome(exercise: &Exercise, played: &Played) -> (Vec<Part>, Vec<Part>) {
    let points = exercise.points(played);
    let mut parts = Vec::new();
    if played.gave_up {
        parts.push(Part::Text("You wanted to see the answer; it comes again soon.".to_owned()));
    }
    parts.extend(remedy(exercise, played));
    let hints = match played.price() {
        0 => String::new(),
        price => format!(", hints cost {price}"),
    };
    parts.push(Part::Labelled("Points", format!("{points} of 100{hints}")));
    match exercise {
        Exercise::Recognise(_) => (parts, Vec::new()),
        Exercise::Incident(incident) => {
            let beside = walks(incident, played, &mut parts);
            (parts, beside)
        }
    }
}

/// Whether the remedy that was named is the first to try, and which one is.
fn remedy(exercise: &Exercise, played: &Played) -> Vec<Part> {
    let card = exercise.tree().card(exercise.card());
    let act = |at: usize| card.remedies.get(at).map(|remedy| remedy.act.as_str()).unwrap_or_default();
    let named = played.remedy.and_then(|named| exercise.remedies().iter().find(|choice| choice.remedy == named));
    let best = exercise.remedies().iter().find(|choice| choice.is_right);
    let mut parts = Vec::new();
    if let Some(named) = named {
        let said = format!("{} ({})", act(named.remedy), named.why);
        parts.push(match named.is_right {
            true => Part::Good(format!("The right thing first: {said}")),
            false => Part::Bad(format!("Not the first thing to try: {said}")),
        });
    }
    if let Some(best) = best.filter(|_| named.is_none_or(|named| !named.is_right)) {
        parts.push(Part::Labelled("First", format!("{} ({})", act(best.remedy), best.why)));
    }
    parts
}

/// What was checked goes to the parts, the shortest walk comes back.
fn walks(incident: &Incident, played: &Played, parts: &mut Vec<Part>) -> Vec<Part> {
    let debrief = incident.debrief(played);
    let tree = incident.tree();
    for (card, why) in &debrief.wrong {
        parts.push(Part::Bad(format!("You named: {}", tree.card(*card).title)));
        parts.push(Part::Labelled("Why not", why.clone()));
    }
    let (spent, best) = debrief.seconds;
    let made = text::count(debrief.made.len(), "check", "checks");
    parts.push(Part::Heading(format!("Your way: {made}, {}", cost(spent))));
    for (at, asked) in debrief.made.iter().enumerate() {
        parts.extend(step(tree, at + 1, asked, true));
    }
    let count = text::count(debrief.shortest.len(), "check", "checks");
    let mut beside = vec![Part::Heading(format!("The tree's shortest way: {count}, {}", cost(best)))];
    for (at, asked) in debrief.shortest.iter().enumerate() {
        beside.extend(step(tree, at + 1, asked, false));
    }
    beside
}

/// A check, what it left, and what would have told more.
fn step(tree: &Tree, number: usize, asked: &Asked, with_better: bool) -> Vec<Part> {
    let (before, after) = asked.left;
    let left = match before == after {
        true => format!("It excluded nothing: {} left.", text::count(after, "cause", "causes")),
        false => format!("{before} causes before, {after} after."),
    };
    let mut parts = vec![
        Part::Line { number, text: answer(tree, asked.question, asked.given), marks: Vec::new() },
        Part::Output(left),
    ];
    if let Some((better, _)) = asked.most.filter(|(most, _)| with_better && *most != asked.question) {
        parts.push(Part::Output(format!("Told most there: {}", tree.question(better).ask)));
    }
    parts
}
