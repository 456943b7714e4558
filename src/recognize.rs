//! What a line of text or a record reveals: which patterns of a tree it carries.
//!
//! Patterns are data of the tree; here they become something that can be looked for. Pure: lines come in, evidence
//! goes out.

mod pattern;
mod record;

use std::sync::Arc;

use crate::text;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{Evidence, Hit, Proof, Provenance};

pub use pattern::Compiled;
pub use record::Line;

/// The patterns of one tree, ready to be looked for.
#[derive(Debug)]
pub struct Recognizer {
    tree: Arc<Tree>,
    /// Each with its card, and its position in the card.
    signatures: Vec<(CardId, usize, Compiled)>,
    options: Vec<(QuestionId, OptionId, Compiled)>,
}

impl Recognizer {
    /// Gets the patterns of a tree ready. What is costly about a pattern is done when it is first needed.
    pub fn new(tree: Arc<Tree>) -> Self {
        let mut signatures = Vec::new();
        for (id, card) in tree.cards() {
            let own = card.signatures.iter().enumerate();
            signatures.extend(own.map(|(at, signature)| (id, at, Compiled::new(&signature.pattern))));
        }
        let mut options = Vec::new();
        for (question, _) in tree.questions() {
            for (option, choice) in tree.options(question) {
                options.extend(choice.patterns.iter().map(|pattern| (question, option, Compiled::new(pattern))));
            }
        }
        Self { tree, signatures, options }
    }

    /// The tree whose patterns these are.
    pub fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }

    /// What a text reveals, line by line. `path` says where the text came from.
    pub fn evidence(&self, path: &str, text: &str) -> Evidence {
        let mut evidence = Evidence::default();
        for (at, written) in text::clean(text).lines().enumerate() {
            let line = Line::new(written);
            let provenance = Provenance { path: path.to_owned(), line: at + 1, text: line.text().to_owned() };
            evidence.hits.extend(self.hit(&line, &provenance));
            for (question, option, pattern) in &self.options {
                if pattern.captures(&line).is_some() {
                    evidence.proofs.push(Proof {
                        question: *question,
                        option: *option,
                        provenance: provenance.clone(),
                    });
                }
            }
        }
        evidence
    }

    /// The signatures that a line carries: each with its card, and its position in the card.
    pub fn signatures_in(&self, line: &Line) -> impl Iterator<Item = (CardId, usize)> {
        self.signatures.iter().filter(|(.., pattern)| pattern.matches(line)).map(|(card, at, _)| (*card, *at))
    }

    /// The signatures that a line carries, as one hit with all cards that own one of them.
    fn hit(&self, line: &Line, provenance: &Provenance) -> Option<Hit> {
        let mut hit = Hit { cards: Vec::new(), captures: Vec::new(), provenance: provenance.clone() };
        for (card, _, pattern) in &self.signatures {
            if let Some(captures) = pattern.captures(line) {
                if !hit.cards.contains(card) {
                    hit.cards.push(*card);
                }
                for (name, value) in captures {
                    if !hit.captures.iter().any(|(known, _)| *known == name) {
                        hit.captures.push((name, value));
                    }
                }
            }
        }
        (!hit.cards.is_empty()).then_some(hit)
    }
}
