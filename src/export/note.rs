//! Writes the note for a ticket when a case ends.
//!
//! The note has what the case knows: verdict, evidence, answers, steps with their times, values, reasons and the next
//! step.

use std::sync::Arc;

use super::block::Block;
use super::comparison::since_change;
use super::course::{marked_at, minute};
use super::evidence::{self, facts, line_of, placeholders};
use super::format::{capital, many};
use super::note_parts::{next, ruled_out, times_of_lines};
use super::outline::{CardText, Outline, StepOutline, in_walk};
use super::section::SectionKind;
use super::values::{CaseValue, case_values};
use super::verdict::{name_of_answer, verdict};
use crate::text;
use crate::tree::{CardId, Tree};
use crate::walk::{Origin, Provenance, StepOutcome, Verdict, Walk};

/// The most lines of the evidence in a note.
const LINES: usize = 6;

/// The most columns of a line of the evidence in a note.
///
/// Records of load balancers are whole in it.
const COLUMNS: usize = 2000;

/// The most cards that are listed as still possible.
const OTHERS: usize = 5;

/// Returns the note that a case is solved.
pub fn solved(trees: &[Arc<Tree>], walk: Option<&Walk>, tree: &Tree, id: CardId) -> CardText {
    let outline = in_walk(trees, walk, tree, id);
    let mut blocks = about(tree, &outline);
    if let Some(step) = outline.solution() {
        blocks.push(Block::Heading("What helped".to_owned()));
        let act = text::first_sentence(&step.act);
        blocks.push(Block::Text(format!("Step {} of {}: {act}", step.number, outline.steps.len())));
        blocks.push(Block::Labeled(step.verify_label(), step.verify.clone()));
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
        push_part(&mut blocks, "Not ruled out", still_possible(walk, Some(id)));
        push_end(&mut blocks, trees, walk, Some(id));
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
    let walk = walk_of(walk, tree);
    blocks.extend(walk.map(|walk| known(walk, Some(id))).unwrap_or_default());
    push_part(&mut blocks, "Steps", steps(walk, id, &outline.steps, outline.is_escalation));
    if let Some(walk) = walk {
        blocks.extend(marked(walk, Some(id)));
        push_part(&mut blocks, "After the change", after_change(walk));
        push_part(&mut blocks, "Values", values(walk, id));
    }
    blocks
}

/// Returns what was seen, and how each thing is known.
pub(super) fn known(walk: &Walk, id: Option<CardId>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let remarks = walk.known().remarks.iter().map(|remark| Block::Point(remark.to_string()));
    push_part(&mut blocks, "Seen or heard", remarks.collect());
    let mut found = lines(walk);
    found.extend(id.map(|id| facts(walk, id, &evidence::values(walk, id))).unwrap_or_default());
    push_part(&mut blocks, "Evidence", found);
    push_part(&mut blocks, "Answers", answers(walk));
    blocks.extend(times_of_lines(walk));
    blocks
}

/// Returns what lines show since a step changed something.
pub(super) fn after_change(walk: &Walk) -> Vec<Block> {
    let Some((said, parts)) = since_change(walk).filter(|(_, parts)| !parts.is_empty()) else { return Vec::new() };
    let rows = parts.iter().flat_map(|part| part.rows.iter().map(move |row| (part.heading, row)));
    let points = rows.map(|(heading, (lines, says))| Block::Point(format!("{heading}: {says} ({lines})")));
    [Block::Text(said)].into_iter().chain(points).collect()
}

/// Returns the marked steps of all cards but one.
pub(super) fn marked(walk: &Walk, id: Option<CardId>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for other in marked_cards(walk).into_iter().filter(|other| Some(*other) != id) {
        let outline = in_walk(&[], Some(walk), walk.tree(), other);
        let steps = steps(Some(walk), other, &outline.steps, false);
        push_part(&mut blocks, &format!("Steps of: {}", outline.title), steps);
    }
    blocks
}

/// Adds what ruled cards out, and the best next step.
pub(super) fn push_end(blocks: &mut Vec<Block>, trees: &[Arc<Tree>], walk: &Walk, id: Option<CardId>) {
    push_part(blocks, "Ruled out", ruled_out(walk));
    push_part(blocks, "Next", next(trees, walk, id));
}

/// Adds a part under its heading, unless it is empty.
pub(super) fn push_part(blocks: &mut Vec<Block>, heading: &str, part: Vec<Block>) {
    if !part.is_empty() {
        blocks.push(Block::Heading(heading.to_owned()));
        blocks.extend(part);
    }
}

fn walk_of<'w>(walk: Option<&'w Walk>, tree: &Tree) -> Option<&'w Walk> {
    walk.filter(|walk| walk.tree().id == tree.id)
}

/// Returns the steps that were marked, in short, and counts the others.
///
/// `is_whole` lists the others too. Empty if no step was marked, unless it is.
fn steps(walk: Option<&Walk>, card: CardId, steps: &[StepOutline], is_whole: bool) -> Vec<Block> {
    let is_listed = |step: &&StepOutline| is_whole || step.outcome.is_some();
    let listed = steps.iter().filter(is_listed).map(|step| {
        let outcome = step.outcome.map_or("not tried", StepOutcome::word);
        let at = walk.and_then(|walk| marked_at(walk, card, step.remedy));
        let at = at.map(|at| format!(", {}", minute(at))).unwrap_or_default();
        Block::Numbered(step.number, format!("{} ({outcome}{at})", text::first_sentence(&step.act)))
    });
    let mut blocks: Vec<Block> = listed.collect();
    let others: Vec<String> =
        steps.iter().filter(|step| !is_listed(step)).map(|step| step.number.to_string()).collect();
    if !blocks.is_empty() && !others.is_empty() {
        let step = if others.len() == 1 { "step" } else { "steps" };
        blocks.push(Block::Aside(format!("Not tried: {step} {}.", others.join(", "))));
    }
    blocks
}

/// Returns the lines of the evidence that matter.
///
/// They point to cards, prove answers, or belong to no card. They are quoted whole, because times and names in them matter to whoever goes on.
fn lines(walk: &Walk) -> Vec<Block> {
    let known = walk.known();
    let hits = known.hits.iter().map(|hit| (&hit.provenance, hit.count, ""));
    let answers = known.answers.values().filter_map(|answer| match &answer.origin {
        Origin::Evidence(line) => Some((line, 1, "")),
        Origin::Operator { .. } => None,
    });
    let unexplained =
        known.unexplained.iter().take(LINES).map(|kind| (&kind.provenance, kind.count, ", no card explains it"));
    let mut quoted: Vec<&Provenance> = Vec::new();
    let mut blocks = Vec::new();
    for (line, count, remark) in hits.chain(answers).take(LINES).chain(unexplained) {
        if quoted.contains(&line) {
            continue;
        }
        quoted.push(line);
        let like_it = if count > 1 { format!(", {} like it", many(count, "line", "lines")) } else { String::new() };
        blocks.push(Block::Text(format!("{}{like_it}{remark}:", capital(&line_of(line)))));
        blocks.push(Block::Output(text::fit(&line.text, COLUMNS, "...")));
    }
    blocks
}

fn answers(walk: &Walk) -> Vec<Block> {
    let tree = walk.tree();
    let said = walk.known().answers.iter().map(|(question, answer)| {
        let from = match &answer.origin {
            Origin::Operator { .. } => String::new(),
            Origin::Evidence(line) => format!(" (from {})", line_of(line)),
        };
        let label = name_of_answer(tree, *question, answer.given);
        Block::Point(format!("{} {label}{from}", tree.question(*question).ask))
    });
    said.collect()
}

/// Returns the other cards that are still possible, with their verdicts.
pub(super) fn still_possible(walk: &Walk, id: Option<CardId>) -> Vec<Block> {
    let tree = walk.tree();
    let others = || walk.position().candidates.iter().filter(|candidate| Some(candidate.card) != id);
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
