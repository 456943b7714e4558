//! Writes the note for a ticket when a case ends.
//!
//! The note has what the case knows: verdict, evidence, answers, steps and values.

use std::sync::Arc;

use super::block::Block;
use super::evidence::{place, placeholders, shortened};
use super::format::{capital, many};
use super::outline::{CardText, Outline, StepOutline, in_walk};
use super::section::SectionKind;
use super::values::{CaseValue, case_values};
use super::verdict::{name_of_answer, verdict};
use crate::tree::{CardId, Tree};
use crate::walk::{Origin, Verdict, Walk};

/// The most lines of the evidence in a note.
const LINES: usize = 6;

/// The most columns of a line of the evidence in a note.
const COLUMNS: usize = 200;

/// The most cards that are listed as still possible.
const OTHERS: usize = 5;

/// Returns the note that a case is solved.
pub fn solved(trees: &[Arc<Tree>], walk: Option<&Walk>, tree: &Tree, id: CardId) -> CardText {
    let outline = in_walk(trees, walk, tree, id);
    let mut blocks = about(tree, &outline);
    if let Some(step) = outline.solution() {
        blocks.push(Block::Heading("What helped".to_owned()));
        blocks.push(Block::Text(format!("Step {} of {}: {}", step.number, outline.steps.len(), step.act)));
        blocks.extend(step.commands.iter().map(|command| Block::Command(command.command.clone())));
        blocks.push(Block::Labeled(step.verify_label(), step.verify.clone()));
        blocks.extend(step.undo.clone().map(|undo| Block::Labeled("Undo", undo)));
    }
    blocks.extend(case(walk, tree, id, &outline));
    note("Solved", &outline, blocks)
}

/// Returns the note that hands a case over to others.
///
/// The card for all that fits nothing stands for a case without a card.
pub fn escalated(trees: &[Arc<Tree>], walk: Option<&Walk>, tree: &Tree, id: CardId) -> CardText {
    let outline = in_walk(trees, walk, tree, id);
    let mut blocks = about(tree, &outline);
    blocks.extend(case(walk, tree, id, &outline));
    if let Some(walk) = walk_of(walk, tree) {
        push_part(&mut blocks, "Not ruled out", still_possible(walk, id));
    }
    if let Some(section) = outline.section(SectionKind::Escalate) {
        push_part(&mut blocks, "Escalate if", section.blocks.clone());
    }
    note("To escalate", &outline, blocks)
}

fn note(kind: &str, outline: &Outline, blocks: Vec<Block>) -> CardText {
    let verdict = outline.text().verdict;
    CardText { title: format!("{kind}: {}", outline.title), badges: String::new(), verdict, blocks }
}

fn about(tree: &Tree, outline: &Outline) -> Vec<Block> {
    let mut blocks = vec![Block::Found("System".to_owned(), tree.title.to_string())];
    if !outline.impact.is_empty() {
        blocks.push(Block::Found("Impact".to_owned(), outline.impact.clone()));
    }
    blocks.push(Block::Text(outline.about.clone()));
    blocks
}

/// Returns what is known about the case.
fn case(walk: Option<&Walk>, tree: &Tree, id: CardId, outline: &Outline) -> Vec<Block> {
    let mut blocks = outline.warnings.clone();
    if let Some(walk) = walk_of(walk, tree) {
        let found = if outline.found.is_empty() { lines(walk) } else { outline.found.clone() };
        push_part(&mut blocks, "Evidence", found);
        push_part(&mut blocks, "Answers", answers(walk));
    }
    let is_begun = outline.steps.iter().any(|step| step.outcome.is_some());
    if is_begun || outline.is_escalation {
        push_part(&mut blocks, "Steps", outline.steps.iter().map(step).collect());
    }
    if let Some(walk) = walk_of(walk, tree) {
        for other in marked_cards(walk).into_iter().filter(|other| *other != id) {
            let steps = in_walk(&[], Some(walk), tree, other).steps;
            let marked = steps.iter().filter(|step| step.outcome.is_some());
            push_part(&mut blocks, &format!("Steps of: {}", tree.card(other).title), marked.map(step).collect());
        }
        push_part(&mut blocks, "Values", values(walk, id));
    }
    blocks
}

/// Adds a part under its heading, unless it is empty.
fn push_part(blocks: &mut Vec<Block>, heading: &str, part: Vec<Block>) {
    if !part.is_empty() {
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.extend(part);
    }
}

fn walk_of<'w>(walk: Option<&'w Walk>, tree: &Tree) -> Option<&'w Walk> {
    walk.filter(|walk| walk.tree().id == tree.id)
}

/// Returns a step with what came of it.
fn step(step: &StepOutline) -> Block {
    let outcome = step.outcome.map_or("not tried", |outcome| outcome.word());
    Block::Numbered(step.number, format!("{} ({outcome})", step.act))
}

/// Returns the lines that point to cards, and lines that none explains.
fn lines(walk: &Walk) -> Vec<Block> {
    let hits = walk.known().hits.iter().take(LINES).map(|hit| {
        let line = shortened(&hit.provenance.text, walk.tree(), &hit.cards, COLUMNS);
        let more = if hit.count > 1 { format!(" ({})", many(hit.count, "line", "lines")) } else { String::new() };
        Block::Found(capital(&place(&hit.provenance)), format!("{line}{more}"))
    });
    let unexplained = walk.known().unexplained.iter().take(LINES);
    let unexplained = unexplained.map(|kind| {
        let said = format!("{} ({}, no card explains it)", kind.template, many(kind.count, "line", "lines"));
        Block::Found(capital(&place(&kind.provenance)), said)
    });
    hits.chain(unexplained).collect()
}

fn answers(walk: &Walk) -> Vec<Block> {
    let tree = walk.tree();
    let said = walk.known().answers.iter().map(|(question, answer)| {
        let from = match &answer.origin {
            Origin::Operator { .. } => String::new(),
            Origin::Evidence(line) => format!(" (from {})", super::evidence::line_of(line)),
        };
        let label = name_of_answer(tree, *question, answer.given);
        Block::Point(format!("{} {label}{from}", tree.question(*question).ask))
    });
    said.collect()
}

/// Returns the other cards that are still possible, with their verdicts.
fn still_possible(walk: &Walk, id: CardId) -> Vec<Block> {
    let tree = walk.tree();
    let others = || walk.position().candidates.iter().filter(|candidate| candidate.card != id);
    let mut blocks: Vec<Block> = others()
        .take(OTHERS)
        .map(|candidate| match walk.verdicts().of_card(candidate.card) {
            Some(Verdict::RuledOut(_)) | None => Block::Point(tree.card(candidate.card).title.to_string()),
            Some(_) => Block::Point(format!("{} ({})", tree.card(candidate.card).title, verdict(walk, candidate.card))),
        })
        .collect();
    let more = others().count().saturating_sub(OTHERS);
    blocks.extend((more > 0).then(|| Block::Aside(format!("and {more} more"))));
    blocks
}

/// Returns the values in the commands of the card, with their origins.
fn values(walk: &Walk, id: CardId) -> Vec<Block> {
    let here = placeholders(walk.tree(), id);
    let known = case_values(walk, &here).into_iter().filter(|value| here.contains(&value.name));
    let point = |value: &CaseValue<'_>| Some(format!("{{{}}}: {} ({})", value.name, value.value()?, value.origin()));
    known.filter_map(|value| point(&value).map(Block::Point)).collect()
}

/// Returns the cards with steps that were marked, each once.
fn marked_cards(walk: &Walk) -> Vec<CardId> {
    let mut cards: Vec<CardId> = walk.known().marked.keys().map(|marked| marked.card).collect();
    cards.dedup();
    cards
}
