//! What was learned, as a picture of the tree: its branching with a mark and a word at each card.

use super::Part;
use crate::drill::progress::{Progress, Standing};
use crate::tree::model::Path;
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// Deeper branchings are drawn flat: a picture is to be seen at a glance.
const DEPTH: usize = 2;

/// The mark of a standing, the same in ASCII, and its word.
pub fn mark(standing: Standing) -> ((&'static str, &'static str), &'static str) {
    match standing {
        Standing::Solid => (("●", "#"), "solid"),
        Standing::Shaky => (("◐", "+"), "shaky"),
        Standing::New => (("○", "o"), "new"),
    }
}

/// `3 solid, 4 shaky, 20 new`.
pub fn count(tree: &Tree, progress: &Progress, day: i64) -> String {
    let counts = [Standing::Solid, Standing::Shaky, Standing::New].map(|wanted| {
        let count = tree.diagnoses().filter(|(card, _)| progress.standing(*card, day) == wanted).count();
        format!("{count} {}", mark(wanted).1)
    });
    counts.join(", ")
}

/// The picture. Each card stands where the author's order meets it first.
pub fn picture(tree: &Tree, progress: &Progress, day: i64) -> Vec<Part> {
    let mut parts = vec![Part::Text(format!("{}: {}.", tree.title, count(tree, progress, day)))];
    let mut drawing = Drawing { tree, progress, day, shown: Vec::new(), parts: Vec::new() };
    let paths: Vec<&Path> = tree.paths.iter().collect();
    drawing.branch(&paths, 0);
    parts.extend(drawing.parts);
    let confused: Vec<_> = progress.confusions(day).collect();
    if !confused.is_empty() {
        parts.push(Part::Heading("Not yet told apart for sure".to_owned()));
        for (card, other) in confused {
            parts.push(Part::Text(format!("{} taken for: {}", tree.card(card).title, tree.card(other).title)));
        }
    }
    parts
}

struct Drawing<'a> {
    tree: &'a Tree,
    progress: &'a Progress,
    day: i64,
    shown: Vec<CardId>,
    parts: Vec<Part>,
}

impl Drawing<'_> {
    fn branch(&mut self, paths: &[&Path], depth: usize) {
        let mut at = 0;
        while let Some(first) = paths.get(at) {
            let step = first.steps.get(depth).copied();
            let rest = paths.get(at..).unwrap_or_default();
            let alike = rest.iter().take_while(|path| path.steps.get(depth).copied() == step).count().max(1);
            let group = rest.get(..alike).unwrap_or_default();
            at += alike;
            if !group.iter().flat_map(|path| &path.cards).any(|card| self.is_new(*card)) {
                continue;
            }
            match step {
                Some((question, option)) if depth < DEPTH => {
                    self.label(question, option, depth);
                    self.branch(group, depth + 1);
                }
                _ => group.iter().flat_map(|path| &path.cards).for_each(|card| self.card(*card, depth)),
            }
        }
    }

    fn label(&mut self, question: QuestionId, option: OptionId, depth: usize) {
        let text = self.tree.option(question, option).label.clone();
        self.parts.push(Part::Row { depth, mark: ("", ""), text });
    }

    fn card(&mut self, card: CardId, depth: usize) {
        if self.is_new(card) {
            self.shown.push(card);
            let (mark, word) = mark(self.progress.standing(card, self.day));
            let text = format!("{}: {word}", self.tree.card(card).title);
            self.parts.push(Part::Row { depth, mark, text });
        }
    }

    fn is_new(&self, card: CardId) -> bool {
        card != self.tree.escalation && !self.shown.contains(&card)
    }
}
