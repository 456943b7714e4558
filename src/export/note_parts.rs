//! Writes the reasons and the next step of a note.

use std::sync::Arc;

use super::block::Block;
use super::course::{course, minute};
use super::outline::{StepOutline, in_walk};
use super::timeline::Timeline;
use super::values::read_only_command;
use super::verdict::ruled_out as reason_in_words;
use crate::text;
use crate::tree::{CardId, QuestionId, Tree};
use crate::walk::{Step, StepOutcome, Walk};

/// The most reasons for which cards are ruled out.
const REASONS: usize = 5;

/// The most cards that a reason names.
const NAMED: usize = 3;

/// Returns what the lines of the evidence say in order of time.
pub(super) fn times_of_lines(walk: &Walk) -> Vec<Block> {
    let parts = Timeline::of(walk).parts;
    // A single time is in its line.
    if parts.iter().map(|part| part.rows.len()).sum::<usize>() < 2 {
        return Vec::new();
    }
    let mut blocks = Vec::new();
    for part in parts {
        blocks.push(Block::Heading(part.heading));
        blocks.extend(part.rows.into_iter().map(|(time, says)| Block::Point(format!("{time}{says}"))));
    }
    blocks
}

/// Returns what the operator did in order of time.
///
/// Empty if no time is known.
pub(super) fn course_of_case(walk: &Walk) -> Vec<Block> {
    let events = course(walk);
    if events.iter().all(|event| event.at.is_none()) {
        return Vec::new();
    }
    let at = |at: Option<i64>| at.map_or_else(|| "time unknown".to_owned(), minute);
    events.into_iter().map(|event| Block::Point(format!("{}: {}", at(event.at), event.says))).collect()
}

/// Returns what ruled cards out, with the cards.
///
/// A reason that rules many cards out comes first.
pub(super) fn ruled_out(walk: &Walk) -> Vec<Block> {
    let mut reasons: Vec<(String, Vec<CardId>)> = Vec::new();
    for (card, by) in &walk.verdicts().ruled_out {
        let reason = reason_in_words(walk, by);
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, cards)) => cards.push(*card),
            None => reasons.push((reason, vec![*card])),
        }
    }
    reasons.sort_by_key(|(_, cards)| std::cmp::Reverse(cards.len()));
    let title = |card: &CardId| walk.tree().card(*card).title.to_string();
    let point = |(reason, cards): &(String, Vec<CardId>)| {
        let named = cards.iter().take(NAMED).map(title).collect::<Vec<_>>().join("; ");
        let more = cards.len().saturating_sub(NAMED);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        Block::Point(format!("{}: {named}{more}", super::format::capital(reason)))
    };
    let mut blocks: Vec<Block> = reasons.iter().take(REASONS).map(point).collect();
    let more = reasons.len().saturating_sub(REASONS);
    let count = text::count(more, "other reason", "other reasons");
    blocks.extend((more > 0).then(|| Block::Aside(format!("and {count}"))));
    blocks
}

/// Returns the best next step; empty if there is none.
///
/// It is the first open step of the card, or the question that is worth finding out about.
pub(super) fn next(trees: &[Arc<Tree>], walk: &Walk, card: Option<CardId>) -> Vec<Block> {
    let steps = card.map(|card| in_walk(trees, Some(walk), walk.tree(), card).steps).unwrap_or_default();
    if steps.iter().any(|step| step.outcome == Some(StepOutcome::Helped)) {
        return Vec::new();
    }
    if let Some(step) = steps.iter().find(|step| step.outcome.is_none()) {
        return step_in_words(step, steps.len());
    }
    let asked = match &walk.position().step {
        Step::Ask(question) => Some(*question),
        Step::Shortlist => walk.shortlist().check,
        _ => None,
    };
    asked.map(|question| question_in_words(walk, question)).unwrap_or_default()
}

fn step_in_words(step: &StepOutline, count: usize) -> Vec<Block> {
    let act = text::first_sentence(&step.act);
    let mut blocks = vec![Block::Text(format!("Step {} of {count}: {act}", step.number))];
    blocks.extend(step.commands.first().map(|command| Block::Command(command.command.clone())));
    blocks
}

fn question_in_words(walk: &Walk, question: QuestionId) -> Vec<Block> {
    let question = walk.tree().question(question);
    let mut blocks = vec![Block::Text(format!("Find out: {}", question.ask))];
    let find_out = &question.find_out;
    blocks.push(Block::Text(find_out.how.to_string()));
    blocks.extend(find_out.command.iter().map(|command| Block::Command(read_only_command(walk, command))));
    blocks
}
