//! Draws training progress as a map of the tree.
//!
//! The map has the tree's branches, with a mark at each card, and a word at those that are not new.

use crate::drill::progress::{Progress, Standing};
use crate::export::block::Block;
use crate::tree::model::Path;
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// Levels of branches that are drawn.
///
/// Deeper branches are drawn flat, because the map must be clear at a glance.
const DEPTH: usize = 2;

/// Returns the mark of a standing, its ASCII form, and its word.
pub fn mark(standing: Standing) -> ((&'static str, &'static str), &'static str) {
    match standing {
        Standing::Solid => (("●", "#"), "solid"),
        Standing::Shaky => (("◐", "+"), "shaky"),
        Standing::New => (("○", "o"), "new"),
    }
}

/// Counts the cards of each standing: `3 solid, 4 shaky, 20 new`.
pub fn count(tree: &Tree, progress: &Progress, day: i64) -> String {
    let counts = [Standing::Solid, Standing::Shaky, Standing::New].map(|wanted| {
        let count = tree.diagnoses().filter(|(card, _)| progress.standing(*card, day) == wanted).count();
        format!("{count} {}", mark(wanted).1)
    });
    counts.join(", ")
}

/// Returns the map, and the cards that were confused.
///
/// Each card has one place, where the fewest answers lead to it.
pub fn progress_map(tree: &Tree, progress: &Progress, day: i64) -> Vec<Block> {
    let mut parts = vec![Block::Text(format!("{}: {}.", tree.title, count(tree, progress, day)))];
    let mut drawing = Drawing { tree, progress, day, parts: Vec::new() };
    drawing.branch(&places(tree), 0);
    parts.extend(drawing.parts);
    let confused: Vec<_> = progress.confusions(day).collect();
    if !confused.is_empty() {
        parts.push(Block::Heading("Not yet reliably told apart".to_owned()));
        for (card, other) in confused {
            parts.push(Block::Text(format!("{} confused with: {}", tree.card(card).title, tree.card(other).title)));
        }
    }
    parts
}

/// Returns each card with its shortest path, in the author's order.
fn places(tree: &Tree) -> Vec<(&Path, CardId)> {
    let mut places: Vec<(usize, &Path, CardId)> = Vec::new();
    for (at, path) in tree.paths.iter().enumerate() {
        let is_diagnosis = |card: &&CardId| **card != tree.escalation && tree.card(**card).leads_to.is_none();
        for card in path.cards.iter().filter(is_diagnosis) {
            match places.iter_mut().find(|(.., known)| known == card) {
                Some(known) if path.steps.len() < known.1.steps.len() => *known = (at, path, *card),
                Some(_) => {}
                None => places.push((at, path, *card)),
            }
        }
    }
    places.sort_by_key(|(at, ..)| *at);
    places.into_iter().map(|(_, path, card)| (path, card)).collect()
}

struct Drawing<'a> {
    tree: &'a Tree,
    progress: &'a Progress,
    day: i64,
    parts: Vec<Block>,
}

impl Drawing<'_> {
    fn branch(&mut self, places: &[(&Path, CardId)], depth: usize) {
        let mut rest = places;
        while let Some((first, card)) = rest.first() {
            let step = first.steps.get(depth).copied();
            let alike = rest.iter().take_while(|(path, _)| path.steps.get(depth).copied() == step).count().max(1);
            let (group, others) = rest.split_at(alike);
            rest = others;
            match step {
                // A branch with a single card says no more than the card.
                Some(_) if group.len() == 1 => self.card(*card, depth),
                Some((question, option)) if depth < DEPTH => {
                    self.label(question, option, depth);
                    self.branch(group, depth + 1);
                }
                _ => group.iter().for_each(|(_, card)| self.card(*card, depth)),
            }
        }
    }

    fn label(&mut self, question: QuestionId, option: OptionId, depth: usize) {
        let text = self.tree.option(question, option).label.clone();
        self.parts.push(Block::Row { depth, mark: ("", ""), text: text.into_string() });
    }

    fn card(&mut self, card: CardId, depth: usize) {
        let standing = self.progress.standing(card, self.day);
        let (mark, word) = mark(standing);
        let title = &self.tree.card(card).title;
        // At first all cards are new, and the word would be on each line.
        let text = if standing == Standing::New { title.to_string() } else { format!("{title}: {word}") };
        self.parts.push(Block::Row { depth, mark, text });
    }
}
