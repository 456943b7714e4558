//! Arranges a card in short: diagnosis, causes, and what to do first.
//!
//! Each cause and each later remedy is only its first sentence.

use std::sync::Arc;

use super::block::Block;
use super::outline::{CardText, ValueOf, outline, tags};
use crate::text;
use crate::tree::model::Remedy;
use crate::tree::{CardId, Tree};
use crate::walk::remedies;

/// Columns to which a card is wrapped.
///
/// The output may be a pipe without a width. A terminal has at least 80; two stay free for quoting in tickets.
pub const WIDTH: usize = 78;

/// Most causes that are listed, the likeliest first.
const CAUSES: usize = 5;

/// Most look-alikes that are listed.
const LOOK_ALIKES: usize = 4;

/// Returns the short form of a card.
pub fn brief(trees: &[Arc<Tree>], tree: &Tree, id: CardId, value_of: &ValueOf<'_>) -> CardText {
    let card = tree.card(id);
    let order = remedies(card, |_| None);
    let full = outline(trees, tree, id, &order, value_of);
    let mut act = vec![Block::Text(card.about.to_string())];
    act.extend(card.impact.as_ref().map(|impact| Block::Found("Impact".to_owned(), impact.to_string())));
    let causes = card.causes_by_likelihood();
    let listed = causes.iter().take(CAUSES);
    let listed = listed.map(|cause| format!("{} ({})", text::first_sentence(&cause.text), cause.likelihood.word()));
    push_list(&mut act, "Why", listed, causes.len().saturating_sub(CAUSES));
    act.extend(full.step_with_heading(0));
    let mut rest = order.iter().skip(1).filter_map(|ranked| card.remedies.get(ranked.remedy)).peekable();
    if rest.peek().is_some() {
        act.push(Block::Heading("Then".to_owned()));
        let said = |remedy: &Remedy| format!("{} ({})", text::first_sentence(&remedy.act), tags(remedy));
        act.extend(rest.enumerate().map(|(at, remedy)| Block::Numbered(at + 2, said(remedy))));
    }
    let signs = card.not_this_if.iter().take(LOOK_ALIKES).map(|look_alike| match look_alike.card {
        Some(other) => format!("{} See {}.", look_alike.sign, tree.card(other).id),
        None => look_alike.sign.to_string(),
    });
    push_list(&mut act, "Not this if", signs, card.not_this_if.len().saturating_sub(LOOK_ALIKES));
    if let Some(escalate) = &card.escalate {
        act.extend([Block::Heading("Escalate if".to_owned()), Block::Text(escalate.when.to_string())]);
    }
    act.push(Block::Prompt(format!("wherefore show {}/{} --full", tree.id, card.id)));
    CardText { blocks: act, ..full.text() }
}

/// Adds points under a heading, and how many were left out.
fn push_list(blocks: &mut Vec<Block>, heading: &str, points: impl Iterator<Item = String>, left_out: usize) {
    let mut points = points.map(Block::Point).peekable();
    if points.peek().is_none() {
        return;
    }
    blocks.push(Block::Heading(heading.to_owned()));
    blocks.extend(points);
    if left_out > 0 {
        blocks.push(Block::Aside(format!("and {left_out} more")));
    }
}
