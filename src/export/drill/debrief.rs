//! Describes how an exercise went.

use super::exercise::{answer, cost, verdict};
use crate::drill::{Deduction, DrillState, Exercise, Incident, RatedCheck, RemedyChoice};
use crate::export::block::Block;
use crate::text;

/// Returns the result of an exercise: card, first step, points.
///
/// The rest of the verdict, which the trainee has read before, follows.
///
/// The second list is shown beside the first: for an incident, the shortest set of checks and the tree's walk.
pub fn after(exercise: &Exercise, played: &DrillState) -> (Vec<Block>, Vec<Block>) {
    let (verdict, news) = (verdict(exercise, played), news(exercise, played));
    let (made, beside) = checks(exercise, played);
    // The verdict on a settled card was shown with the question what to do first.
    let is_card = |part: &Block| match part {
        _ if !is_settled(exercise, played) => true,
        Block::Found(label, _) => label == "It is",
        part => matches!(part, Block::Good(_) | Block::Bad(_)),
    };
    let (card, read): (Vec<Block>, Vec<Block>) = verdict.into_iter().partition(is_card);
    ([card, news, read, made].concat(), beside)
}

/// Returns the result without the verdict, which was shown before.
pub fn outcome(exercise: &Exercise, played: &DrillState) -> (Vec<Block>, Vec<Block>) {
    let (made, beside) = checks(exercise, played);
    ([news(exercise, played), made].concat(), beside)
}

/// Returns what to do first, and the points.
fn news(exercise: &Exercise, played: &DrillState) -> Vec<Block> {
    let mut parts = Vec::new();
    if played.gave_up {
        let what = if is_settled(exercise, played) { "You skipped the first step" } else { "You gave up" };
        parts.push(Block::Text(format!("{what}.")));
    }
    parts.extend(remedy(exercise, played));
    let points = exercise.points(played);
    parts.push(Block::Found("Points".into(), format!("{points} of 100{}", lost(exercise, played))));
    parts
}

/// Returns the checks, and those to compare them with.
fn checks(exercise: &Exercise, played: &DrillState) -> (Vec<Block>, Vec<Block>) {
    let mut made = Vec::new();
    let beside = match exercise {
        Exercise::Recognize(_) => Vec::new(),
        Exercise::Incident(incident) => compare(incident, played, &mut made),
    };
    (made, beside)
}

/// Returns whether a card was settled and a remedy was asked for.
fn is_settled(exercise: &Exercise, played: &DrillState) -> bool {
    let is_named = match exercise {
        Exercise::Recognize(_) => !played.named.is_empty(),
        Exercise::Incident(incident) => played.named.iter().any(|named| incident.subject.right.contains(named)),
    };
    is_named && !exercise.remedies().is_empty()
}

/// Returns whether the chosen remedy is right, and the best one.
fn remedy(exercise: &Exercise, played: &DrillState) -> Vec<Block> {
    let (card, offered) = exercise.offered(played);
    // Remedies of another card say nothing about those of the right one.
    let choices = if card == exercise.card() { offered } else { Vec::new() };
    let said = |choice: &RemedyChoice| {
        let act = exercise.tree().remedy(choice.remedy).map(|remedy| remedy.act.as_str());
        format!("{} ({})", act.unwrap_or_default(), choice.why)
    };
    let named = played.remedy.and_then(|named| choices.iter().find(|choice| choice.remedy == named));
    let mut parts: Vec<Block> = Vec::new();
    parts.extend(named.map(|named| match (named.is_right, named.is_best) {
        (true, true) => Block::Good(format!("Correct first step: {}", said(named))),
        (true, false) => Block::Good(format!("Also reasonable, given this evidence: {}", said(named))),
        (false, _) => Block::Bad(format!("Not the best first step: {}", said(named))),
    }));
    if named.is_none_or(|named| !named.is_best) {
        let all = if choices.is_empty() { exercise.remedies() } else { &choices };
        let best = all.iter().find(|choice| choice.is_best);
        parts.extend(best.map(|best| Block::Found("First".into(), said(best))));
    }
    parts
}

/// Adds the checks, and returns those to compare them with.
///
/// These are the shortest set, and those of the tree's walk if it differs.
fn compare(incident: &Incident, played: &DrillState, parts: &mut Vec<Block>) -> Vec<Block> {
    let debrief = incident.debrief(played);
    let tree = &incident.subject.tree;
    for (card, why) in &debrief.wrong {
        parts.push(Block::Bad(format!("You named: {}", tree.card(*card).title)));
        parts.push(Block::Found("Why not".into(), why.clone()));
    }
    let (spent, best) = debrief.seconds;
    let made = text::count(debrief.made.len(), "check", "checks");
    parts.push(Block::Heading(format!("Your path: {made}, {}", cost(spent))));
    let settled = debrief.made.iter().position(|asked| asked.checked.left.0 == 1).unwrap_or(debrief.made.len());
    let (telling, after) = debrief.made.split_at(settled);
    for (at, asked) in telling.iter().enumerate() {
        parts.extend(step(incident, at + 1, asked));
        if let Some(like) = incident.check(asked.checked.question).and_then(|check| check.red_herring) {
            let title = &tree.card(like).title;
            parts.push(Block::Aside(format!("It contained a red herring that only looked like: {title}")));
        }
    }
    if !after.is_empty() {
        let more = text::count(after.len(), "more check", "more checks");
        parts.push(Block::Text(format!("Then {more}, with one card left.")));
    }
    let told = incident.known().iter().map(|(question, given)| answer(tree, *question, *given));
    let known: Vec<Block> = told.map(|told| Block::Found("Known from the alarm".into(), told)).collect();
    let questions = |asked: &[RatedCheck]| asked.iter().map(|asked| asked.checked.question).collect::<Vec<_>>();
    let (of_tree, seconds) = &debrief.of_tree;
    let is_same = questions(of_tree) == questions(&debrief.best);
    let name = if is_same { "The shortest path, which is also the tree's" } else { "The shortest path, in hindsight" };
    let mut beside = check_list(incident, name, &debrief.best, best);
    beside.splice(1..1, known);
    if !is_same {
        beside.extend(check_list(incident, "The tree's path", of_tree, *seconds));
    }
    beside
}

/// Returns a list of checks with its length.
fn check_list(incident: &Incident, name: &str, asked: &[RatedCheck], seconds: u32) -> Vec<Block> {
    let count = text::count(asked.len(), "check", "checks");
    let mut parts = vec![Block::Heading(format!("{name}: {count}, {}", cost(seconds)))];
    parts.extend(asked.iter().enumerate().flat_map(|(at, asked)| step(incident, at + 1, asked)));
    parts
}

/// Describes the points that were lost, with the reasons.
fn lost(exercise: &Exercise, played: &DrillState) -> String {
    let deductions = exercise.deductions(played).into_iter().map(|(deduction, points)| {
        let what = match deduction {
            Deduction::Line => "for the line",
            Deduction::NotFound => "because the card was not found",
            Deduction::WrongCard => "for naming another card",
            Deduction::Unproven => "for naming it while others were possible",
            Deduction::WrongTurns => "for checks that found nothing and ruled out nothing",
            Deduction::Remedy if played.remedy.is_none() => "for skipping the first step",
            Deduction::Remedy => "for trying another step first",
            Deduction::Time => "for time",
            Deduction::Hints => "for hints",
        };
        format!("{points} lost {what}")
    });
    let deductions: Vec<String> = deductions.collect();
    if deductions.is_empty() { String::new() } else { format!(": {}", deductions.join(", ")) }
}

/// Returns a check, the causes it left, and a better check.
fn step(incident: &Incident, number: usize, asked: &RatedCheck) -> Vec<Block> {
    let tree = &incident.subject.tree;
    let (before, after) = asked.checked.left;
    let cards = |count: usize| text::count(count, "card", "cards");
    let mut left = match before == after {
        true => format!("It ruled out nothing further: {} left.", cards(after)),
        false => format!("Narrowed {} to {after}.", cards(before)),
    };
    // The answer may exclude nothing, although the output points to the card.
    if incident.check(asked.checked.question).is_some_and(|check| !check.evidence.hits.is_empty()) {
        left.push_str(" A line in it points to the card.");
    }
    if asked.told_most {
        left.push_str(" No other check would have ruled out more.");
    }
    let mut parts =
        vec![Block::Numbered(number, answer(tree, asked.checked.question, asked.checked.given)), Block::Aside(left)];
    if let Some(better) = asked.better {
        let ask = &tree.question(better.question).ask;
        let what = format!("{} left, in {}", cards(better.left), cost(better.seconds));
        parts.push(Block::Aside(format!("A better check at that point, with {what}: {ask}")));
    }
    parts
}
