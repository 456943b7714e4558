//! Describes an exercise: its task, its choices, and the verdict.

use crate::drill::{Check, Clue, DrillState, Exercise, Hint, Incident, Recognize, Stage};
use crate::export::block::Block;
use crate::export::format::capital;
use crate::text;
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::Given;

/// Returns the task and what is known so far.
///
/// For an exercise whose card is not settled.
pub fn task(exercise: &Exercise, played: &DrillState) -> Vec<Block> {
    let mut parts = known_so_far(exercise, played);
    parts.extend(latest(exercise, played));
    parts
}

/// Returns the facts that were known before the latest check.
///
/// This is the first part of a task.
pub fn known_so_far(exercise: &Exercise, played: &DrillState) -> Vec<Block> {
    match exercise {
        Exercise::Recognize(recognize) => {
            let mut parts = line_verdict(exercise, played);
            // Once the line is known, the others are noise.
            let is_told = !parts.is_empty();
            parts.extend(lines(recognize, |at| !is_told || recognize.telling().contains(&at)));
            parts
        }
        Exercise::Incident(incident) => situation(incident, played),
    }
}

/// Returns the rest of a task.
///
/// These are the latest check, the hints, and the wrong cards that were named.
pub fn latest(exercise: &Exercise, played: &DrillState) -> Vec<Block> {
    let mut parts = match (exercise, played.looking) {
        (Exercise::Incident(incident), Some(question)) => seen(incident, question),
        _ => Vec::new(),
    };
    parts.extend(hints(&played.hints));
    if played.is_unsure() {
        parts.extend(unsure(exercise, played));
    }
    let tree = exercise.tree();
    for card in played.named.iter().filter(|card| !exercise.right().contains(card)) {
        parts.push(Block::Bad(format!("It is not: {}", tree.card(*card).title)));
    }
    parts
}

/// Returns the tree's help for "I don't know".
///
/// It describes each offered card, or says what the tree would ask next.
pub fn unsure(exercise: &Exercise, played: &DrillState) -> Vec<Block> {
    let tree = exercise.tree();
    match exercise {
        Exercise::Recognize(recognize) => {
            let mut parts = vec![Block::Text("What the tree says about these cards:".to_owned())];
            for card in recognize.choices().iter().map(|offer| tree.card(offer.card)) {
                parts.push(Block::Text(format!("{}: {}", card.title, card.about)));
            }
            parts
        }
        Exercise::Incident(incident) => vec![match incident.would_ask(played) {
            Some(question) => {
                let question = tree.question(question);
                Block::Found("The tree would ask".into(), format!("{} {}", question.ask, question.why))
            }
            None => Block::Text("The tree has no more questions: this is enough to name the card.".to_owned()),
        }],
    }
}

/// Returns the hints with their prices.
pub fn hints(hints: &[Hint]) -> Vec<Block> {
    let mut parts = Vec::new();
    for hint in hints {
        let price = if hint.price > 0 { format!(" (costs {})", hint.price) } else { String::new() };
        parts.push(Block::Found("Hint".into(), format!("{}{price}", hint.text)));
        parts.extend(hint.command.clone().map(Block::Prompt));
    }
    parts
}

/// Returns the question to the trainee.
pub fn ask(exercise: &Exercise, played: &DrillState) -> &'static str {
    match (played.stage, exercise) {
        (Stage::Line, _) => "Which line matters?",
        (Stage::Remedy, _) => "What do you do first?",
        (_, Exercise::Recognize(_)) => "Which card is it?",
        (_, Exercise::Incident(_)) => "What do you check?",
    }
}

/// Returns the verdict on the line that was pointed to.
///
/// Nothing before that, and nothing in an exam.
pub fn line_verdict(exercise: &Exercise, played: &DrillState) -> Vec<Block> {
    let Exercise::Recognize(recognize) = exercise else { return Vec::new() };
    if !recognize.asks_for_line() || played.stage == Stage::Line || recognize.subject.is_strict {
        return Vec::new();
    }
    let matter = if recognize.telling().len() == 1 { "matters" } else { "matter" };
    let right = format!("{} {matter}.", capital(&recognize.telling_letters()));
    vec![match played.line {
        Some(at) if recognize.is_line_right(played) && recognize.telling().len() > 1 => {
            Block::Good(format!("Right: line {}. {right}", Recognize::letter(at)))
        }
        Some(_) if recognize.is_line_right(played) => Block::Good(format!("Right. {right}")),
        Some(at) => Block::Bad(format!("Line {} decides nothing here. {right}", Recognize::letter(at))),
        None => Block::Text(right),
    }]
}

/// Returns the lines that are shown, and what else is known.
fn lines(recognize: &Recognize, is_shown: impl Fn(usize) -> bool) -> Vec<Block> {
    let what = if recognize.telling().is_empty() { "Observed:" } else { "In the log:" };
    let mut parts = vec![Block::Text(what.to_owned())];
    for (at, line) in recognize.lines().iter().enumerate().filter(|(at, _)| is_shown(*at)) {
        parts.push(Block::Line { letter: Recognize::letter(at), text: line.clone(), marks: Vec::new() });
    }
    parts.extend(recognize.clues().iter().map(|clue| known(&recognize.subject.tree, *clue)));
    parts
}

/// Returns the telling lines, with the parts that decide.
fn telling(recognize: &Recognize) -> impl Iterator<Item = Block> {
    recognize.telling().iter().filter_map(|at| {
        let text = recognize.lines().get(*at)?.clone();
        let marks = recognize.decides().iter().filter(|part| text.contains(part.as_str())).cloned().collect();
        Some(Block::Line { letter: Recognize::letter(*at), text, marks })
    })
}

fn known(tree: &Tree, clue: Clue) -> Block {
    let label = &tree.option(clue.question, clue.option).label;
    Block::Found("Known".into(), format!("{} {label}", tree.question(clue.question).ask))
}

fn situation(incident: &Incident, played: &DrillState) -> Vec<Block> {
    let mut parts = Vec::new();
    parts.extend(incident.title().map(|title| Block::Heading(title.to_owned())));
    parts.push(Block::Found("Alarm".into(), incident.alarm().to_owned()));
    if !played.checked.is_empty() {
        parts.push(Block::Heading(format!("Checked so far, in {}", cost(incident.spent(played)))));
        // The trainee has read the output; to look again costs nothing.
        let earlier = played.checked.iter().filter(|checked| Some(checked.question) != played.looking);
        parts.extend(earlier.map(|it| Block::Text(incident.subject.tree.question(it.question).ask.to_string())));
    }
    parts
}

/// Returns the whole output of a check.
pub fn seen(incident: &Incident, question: QuestionId) -> Vec<Block> {
    let Some(check) = incident.check(question) else { return Vec::new() };
    let mut parts = vec![Block::Heading(incident.subject.tree.question(question).ask.to_string())];
    parts.extend(check.command.clone().map(Block::Prompt));
    if check.command.is_none() {
        parts.push(Block::Text(check.how.clone()));
    }
    parts.extend(check.shows.iter().cloned().map(Block::Output));
    parts.extend(check.note.clone().map(Block::Text));
    parts
}

/// Returns a question and its answer on one line.
pub fn answer(tree: &Tree, question: QuestionId, given: Given) -> String {
    let said = match given {
        Given::Option(option) => tree.option(question, option).label.as_str(),
        Given::Unknown => "not known",
        Given::NoneOfThese => "none of these",
    };
    format!("{} {said}", tree.question(question).ask)
}

/// Returns the checks with their costs, and whether each was made.
pub fn checks(incident: &Incident, played: &DrillState) -> Vec<(String, bool)> {
    let is_checked = |question| played.checked.iter().any(|checked| checked.question == question);
    let entry = |check: &Check| {
        let ask = &incident.subject.tree.question(check.question).ask;
        match is_checked(check.question) {
            true => (format!("{ask} (checked)"), true),
            false => (format!("{ask} ({})", cost(incident.cost(check.question, played))), false),
        }
    };
    incident.checks().iter().map(entry).collect()
}

/// Returns the remedies to choose from, in words.
///
/// Their costs are left out: to think of them is up to the trainee.
pub fn remedies(exercise: &Exercise, played: &DrillState) -> Vec<String> {
    let (_, offered) = exercise.offered(played);
    let remedies = offered.iter().filter_map(|choice| exercise.tree().remedy(choice.remedy));
    remedies.map(|remedy| text::first_sentence(&remedy.act).to_owned()).collect()
}

/// Returns the verdict on a named card, and the reason.
pub fn verdict(exercise: &Exercise, played: &DrillState) -> Vec<Block> {
    let tree = exercise.tree();
    let title = |card: CardId| &tree.card(card).title;
    let mut parts = Vec::new();
    match exercise {
        Exercise::Recognize(recognize) => {
            match played.named.first() {
                Some(named) if recognize.subject.right.contains(named) => {
                    parts.push(Block::Good(format!("Right: {}", title(*named))));
                }
                Some(named) => {
                    parts.push(Block::Bad(format!("Not that one: {}", title(*named))));
                    parts.push(Block::Found("Why".into(), recognize.feedback(*named).why));
                    parts.push(Block::Found("It is".into(), title(recognize.subject.card).to_string()));
                }
                None => parts.push(Block::Found("It is".into(), title(recognize.subject.card).to_string())),
            }
            parts.extend(telling(recognize));
            parts.push(Block::Text(recognize.what_decides()));
        }
        Exercise::Incident(incident) => {
            let named = played.named.last().filter(|named| incident.subject.right.contains(named));
            match named {
                Some(named) => parts.push(Block::Good(format!("Right: {}", title(*named)))),
                None => parts.push(Block::Found("It is".into(), title(incident.subject.card).to_string())),
            }
        }
    }
    parts
}

/// Returns what an incident has shown so far, check by check.
///
/// Nothing for log lines, which the verdict quotes.
pub fn found_out(exercise: &Exercise, played: &DrillState) -> Vec<Block> {
    let Exercise::Incident(incident) = exercise else { return Vec::new() };
    let mut parts = vec![Block::Found("Alarm".into(), incident.alarm().to_owned())];
    parts.extend(played.checked.iter().flat_map(|checked| seen(incident, checked.question)));
    parts
}

/// Formats seconds for people.
///
/// Examples: `30 s`, `5 min`, `5 min 30 s`, `1 h`.
pub fn cost(seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let parts = [(hours, "h"), (minutes, "min"), (rest, "s")];
    let said: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(n, unit)| format!("{n} {unit}")).collect();
    if said.is_empty() { "no time".to_owned() } else { said.join(" ") }
}
