//! Training in words: what an exercise shows, what is said of an answer, and how it went.
//!
//! The order in which it is told stands here, as parts; screens and lines differ only in how they draw them.

mod debrief;
mod picture;

pub use debrief::{after, outcome};
pub use picture::{count, mark, picture};

use crate::drill::{Check, Clue, Exercise, Incident, Played, Recognise, Stage};
use crate::export::when::between;
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::Given;

/// A piece of what is told in training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Opens a part.
    Heading(String),
    /// Running text.
    Text(String),
    /// A line of a log with its number; the marked parts of it decide.
    Line {
        /// Its number, from 1.
        number: usize,
        /// The line.
        text: String,
        /// What decides, as it stands in the line.
        marks: Vec<String>,
    },
    /// A command.
    Command(String),
    /// What a command prints.
    Output(String),
    /// A word and what belongs to it.
    Labelled(&'static str, String),
    /// What went well; says so in words.
    Good(String),
    /// What did not; says so in words.
    Bad(String),
    /// A row of a picture: how deep it stands, its mark in Unicode and ASCII, its text.
    Row {
        /// How deep it stands.
        depth: usize,
        /// The mark, and the same in ASCII.
        mark: (&'static str, &'static str),
        /// What it is.
        text: String,
    },
}

/// What is to be done, and what is known so far: as long as no card is settled.
pub fn task(exercise: &Exercise, played: &Played) -> Vec<Part> {
    let mut parts = match exercise {
        Exercise::Recognise(recognise) => lines(recognise),
        Exercise::Incident(incident) => situation(incident, played),
    };
    for hint in &played.hints {
        let price = if hint.price > 0 { format!(" (costs {})", hint.price) } else { String::new() };
        parts.push(Part::Labelled("Hint", format!("{}{price}", hint.text)));
        parts.extend(hint.command.clone().map(Part::Command));
    }
    let tree = exercise.tree();
    for card in played.named.iter().filter(|card| !exercise.right().contains(card)) {
        parts.push(Part::Bad(format!("It is not: {}", tree.card(*card).title)));
    }
    parts
}

/// What is asked for.
pub fn ask(exercise: &Exercise, played: &Played) -> &'static str {
    match (played.stage, exercise) {
        (Stage::Remedy, _) => "What do you try first?",
        (_, Exercise::Recognise(_)) => "Which card is it?",
        (_, Exercise::Incident(_)) => "What do you check?",
    }
}

fn lines(recognise: &Recognise) -> Vec<Part> {
    let what = match recognise.telling() {
        Some(_) if recognise.lines().len() > 1 => "One of these lines tells:",
        Some(_) => "This stands in the log:",
        None => "This is observed:",
    };
    let mut parts = vec![Part::Text(what.to_owned())];
    for (at, line) in recognise.lines().iter().enumerate() {
        parts.push(Part::Line { number: at + 1, text: line.clone(), marks: Vec::new() });
    }
    parts.extend(recognise.clues().iter().map(|clue| known(recognise.tree(), *clue)));
    parts
}

/// The line that tells, with what decides in it.
fn telling(recognise: &Recognise) -> Option<Part> {
    let at = recognise.telling()?;
    let text = recognise.lines().get(at)?.clone();
    Some(Part::Line { number: at + 1, text, marks: recognise.decides().to_vec() })
}

fn known(tree: &Tree, clue: Clue) -> Part {
    let label = &tree.option(clue.question, clue.option).label;
    Part::Labelled("Known", format!("{} {label}", tree.question(clue.question).ask))
}

fn situation(incident: &Incident, played: &Played) -> Vec<Part> {
    let mut parts = Vec::new();
    parts.extend(incident.title().map(|title| Part::Heading(title.to_owned())));
    parts.push(Part::Labelled("Alarm", incident.alarm().to_owned()));
    let spent = cost(incident.spent(played));
    if let Some((last, earlier)) = played.checked.split_last() {
        parts.push(Part::Heading(format!("Found out so far, in {spent}")));
        for checked in earlier {
            let text = answer(incident.tree(), checked.question, checked.given);
            parts.push(Part::Text(text));
        }
        parts.extend(incident.check(last.question).map(|check| found(incident.tree(), check)).unwrap_or_default());
    }
    parts
}

/// What finding out showed, whole.
fn found(tree: &Tree, check: &Check) -> Vec<Part> {
    let mut parts = vec![Part::Text(tree.question(check.question).ask.clone())];
    parts.extend(check.command.clone().map(Part::Command));
    if check.command.is_none() {
        parts.push(Part::Text(check.how.clone()));
    }
    parts.extend(check.shows.iter().cloned().map(Part::Output));
    parts.extend(check.note.clone().map(Part::Text));
    parts
}

/// A question and its answer on a line.
pub fn answer(tree: &Tree, question: QuestionId, given: Given) -> String {
    let said = match given {
        Given::Option(option) => tree.option(question, option).label.as_str(),
        Given::Unknown => "not known",
        Given::NoneOfThese => "nothing of the kind",
    };
    format!("{} {said}", tree.question(question).ask)
}

/// What can be checked, each with its cost; `true` if it was checked.
pub fn checks(incident: &Incident, played: &Played) -> Vec<(String, bool)> {
    let is_checked = |question| played.checked.iter().any(|checked| checked.question == question);
    let entry = |check: &Check| {
        let ask = &incident.tree().question(check.question).ask;
        match is_checked(check.question) {
            true => (format!("{ask} (checked)"), true),
            false => (format!("{ask} ({})", cost(check.seconds)), false),
        }
    };
    incident.checks().iter().map(entry).collect()
}

/// The remedies to choose from, in words.
pub fn remedies(exercise: &Exercise) -> Vec<String> {
    let card = exercise.tree().card(exercise.card());
    let remedies = exercise.remedies().iter().filter_map(|choice| card.remedies.get(choice.remedy));
    remedies.map(|remedy| format!("{} ({}, {})", remedy.act, remedy.takes.word(), remedy.effect.word())).collect()
}

/// What is said once a card was named: right or wrong, and why.
pub fn verdict(exercise: &Exercise, played: &Played) -> Vec<Part> {
    let tree = exercise.tree();
    let title = |card: CardId| &tree.card(card).title;
    let mut parts = Vec::new();
    match exercise {
        Exercise::Recognise(recognise) => {
            parts.extend(telling(recognise));
            match played.named.first() {
                Some(named) if recognise.right().contains(named) => {
                    parts.push(Part::Good(format!("Right: {}", title(*named))));
                }
                Some(named) => {
                    parts.push(Part::Bad(format!("Not that one: {}", title(*named))));
                    parts.push(Part::Labelled("Why", recognise.feedback(*named).why));
                    parts.push(Part::Labelled("It is", title(recognise.card()).clone()));
                }
                None => parts.push(Part::Labelled("It is", title(recognise.card()).clone())),
            }
            parts.push(Part::Text(recognise.what_decides()));
        }
        Exercise::Incident(incident) => {
            let named = played.named.last().filter(|named| incident.right().contains(named));
            match named {
                Some(named) => parts.push(Part::Good(format!("Right: {}", title(*named)))),
                None => parts.push(Part::Labelled("It is", title(incident.card()).clone())),
            }
        }
    }
    parts
}

/// So many seconds as people say it: `30 s`, `5 min`, `1 h`.
pub fn cost(seconds: u32) -> String {
    if seconds == 0 { "0 s".to_owned() } else { between(0, i64::from(seconds) * 1000) }
}
