//! Writes the report of a case, whatever its state.

use std::sync::Arc;

use super::block::Block;
use super::note::{self, push_part};
use super::note_parts::course_of_case;
use super::outline::CardText;
use crate::text;
use crate::tree::{CardId, Tree};
use crate::walk::{Step, Walk};

/// Returns the report of a case.
///
/// `solved` is the card of which a step helped; `standing` says where an open case stands.
pub fn report(trees: &[Arc<Tree>], walk: &Walk, solved: Option<CardId>, standing: &str) -> CardText {
    let tree = walk.tree();
    let mut report = match (solved, &walk.position().step) {
        (Some(card), _) => note::solved(trees, Some(walk), tree, card),
        (None, Step::Card(card)) => note::escalated(trees, Some(walk), tree, *card),
        (None, Step::Escalate) => note::escalated(trees, Some(walk), tree, tree.escalation),
        (None, _) => without_card(trees, walk),
    };
    if solved.is_none() {
        // The words of an escalated case say so themselves.
        report.title = if walk.is_escalated() { standing.to_owned() } else { format!("Open: {standing}") };
    }
    push_part(&mut report.blocks, "Course of the case", course_of_case(walk));
    report
}

/// Returns the report of a case without a card.
fn without_card(trees: &[Arc<Tree>], walk: &Walk) -> CardText {
    let mut blocks = vec![Block::Found("System".to_owned(), walk.tree().title.to_string())];
    blocks.extend(note::known(walk, None));
    blocks.extend(note::marked(walk, None));
    push_part(&mut blocks, "After the change", note::after_change(walk));
    push_part(&mut blocks, "Not ruled out", note::still_possible(walk, None));
    note::push_end(&mut blocks, trees, walk, None);
    let verdict = text::count(walk.position().candidates.len(), "card is possible", "cards are possible");
    CardText { title: String::new(), badges: String::new(), verdict, blocks }
}

/// Returns the parts of a report: headings and plain text.
///
/// The first part has no heading.
pub fn parts(report: &CardText, width: usize) -> Vec<(String, String)> {
    let mut parts: Vec<(String, Vec<Block>)> = vec![(String::new(), Vec::new())];
    for block in &report.blocks {
        match (block, parts.last_mut()) {
            (Block::Heading(heading), _) => parts.push((heading.clone(), Vec::new())),
            (other, Some((_, blocks))) => blocks.push(other.clone()),
            (_, None) => {}
        }
    }
    parts.into_iter().map(|(heading, blocks)| (heading, super::plain::blocks(&blocks, width))).collect()
}
