//! How an exercise went, once it is over.

use super::{Part, answer, cost, verdict};
use crate::drill::{Asked, Choice, Exercise, Incident, Loss, Played, remedy_at};
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
        parts.push(Part::Text("You gave up; it comes again soon.".to_owned()));
    }
    parts.extend(remedy(exercise, played));
    parts.push(Part::Labelled("Points", format!("{points} of 100{}", lost(exercise, played))));
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
    let (card, offered) = exercise.offered(played);
    // What was offered of a card that it is not says nothing of the one that it is.
    let (card, choices) = if card == exercise.card() { (card, offered) } else { (exercise.card(), Vec::new()) };
    let said = |choice: &Choice| {
        let act = remedy_at(exercise.tree(), card, choice.remedy).map(|(_, remedy)| remedy.act.as_str());
        format!("{} ({})", act.unwrap_or_default(), choice.why)
    };
    let named = played.remedy.and_then(|named| choices.iter().find(|choice| choice.remedy == named));
    let mut parts: Vec<Part> = Vec::new();
    parts.extend(named.map(|named| match (named.is_right, named.is_best) {
        (true, true) => Part::Good(format!("The right thing first: {}", said(named))),
        (true, false) => Part::Good(format!("Not wrong after what is shown: {}", said(named))),
        (false, _) => Part::Bad(format!("Not the first thing to do: {}", said(named))),
    }));
    if named.is_none_or(|named| !named.is_best) {
        let all = if choices.is_empty() { exercise.remedies() } else { &choices };
        let best = all.iter().find(|choice| choice.is_best);
        parts.extend(best.map(|best| Part::Labelled("First", said(best))));
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
    let settled = debrief.made.iter().position(|asked| asked.left.0 == 1).unwrap_or(debrief.made.len());
    let (telling, after) = debrief.made.split_at(settled);
    for (at, asked) in telling.iter().enumerate() {
        parts.extend(step(tree, at + 1, asked, true));
    }
    if !after.is_empty() {
        let more = text::count(after.len(), "more check", "more checks");
        parts.push(Part::Text(format!("Then {more}, with one cause left.")));
    }
    let count = text::count(debrief.best.len(), "check", "checks");
    let mut beside = vec![Part::Heading(format!("The tree's way: {count}, {}", cost(best)))];
    let told = incident.known().iter().map(|(question, given)| answer(tree, *question, *given));
    beside.extend(told.map(|told| Part::Labelled("Known from the alarm", told)));
    for (at, asked) in debrief.best.iter().enumerate() {
        beside.extend(step(tree, at + 1, asked, false));
    }
    beside
}

/// What was lost, and by what.
fn lost(exercise: &Exercise, played: &Played) -> String {
    let losses = exercise.losses(played).into_iter().map(|(loss, points)| {
        let what = match loss {
            Loss::NotFound => "as the card was not found",
            Loss::WrongCard => "by naming another card",
            Loss::Unproven => "by naming it while others were possible",
            Loss::WrongTurns => "by checks that found nothing and excluded nothing",
            Loss::Remedy => "by another remedy first",
            Loss::Time => "by time",
            Loss::Hints => "by hints",
        };
        format!("{points} lost {what}")
    });
    let losses: Vec<String> = losses.collect();
    if losses.is_empty() { String::new() } else { format!(": {}", losses.join(", ")) }
}

/// A check, what it left, and what would have told more.
fn step(tree: &Tree, number: usize, asked: &Asked, with_better: bool) -> Vec<Part> {
    let (before, after) = asked.left;
    let causes = |count: usize| text::count(count, "cause", "causes");
    let mut left = match before == after {
        true => format!("It excluded nothing more: {} left.", causes(after)),
        false => format!("{} before, {after} after.", causes(before)),
    };
    if with_better && asked.told_most {
        left.push_str(" Nothing told more there.");
    }
    let mut parts = vec![Part::Step(number, answer(tree, asked.question, asked.given)), Part::Aside(left)];
    if let Some((better, left)) = asked.better.filter(|_| with_better) {
        let ask = &tree.question(better).ask;
        parts.push(Part::Aside(format!("Would have told more there, with {} left: {ask}", causes(left))));
    }
    parts
}
