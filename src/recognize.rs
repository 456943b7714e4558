//! What a line of text or a record reveals: which patterns of a tree it carries.
//!
//! Patterns are data of the tree; here they become something that can be looked for. Pure: lines come in, evidence
//! goes out.

mod needles;
mod pattern;
mod record;
mod telling;

use std::sync::{Arc, OnceLock};

use crate::text;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{Evidence, Hit, Proof, Provenance};
use needles::Needles;

pub use pattern::Compiled;
pub use record::{Line, Record};

/// The patterns of one tree, ready to be looked for.
#[derive(Debug)]
pub struct Recognizer {
    tree: Arc<Tree>,
    /// Each with its card, and its position in the card.
    signatures: Vec<(CardId, usize, Compiled)>,
    /// The literals of the signatures that have one.
    needles: Needles,
    /// The positions of these signatures, and those of the others.
    with_needle: Vec<usize>,
    without_needle: Vec<usize>,
    /// What proves an option, got ready when evidence is first asked for.
    options: OnceLock<Vec<(QuestionId, OptionId, Compiled)>>,
}

impl Recognizer {
    /// Gets the patterns of a tree ready. What is costly about a pattern is done when it is first needed.
    pub fn new(tree: Arc<Tree>) -> Self {
        let mut signatures = Vec::new();
        for (id, card) in tree.cards() {
            let own = card.signatures.iter().enumerate();
            signatures.extend(own.map(|(at, signature)| (id, at, Compiled::new(&signature.pattern))));
        }
        let (with_needle, without_needle) =
            (0..signatures.len()).partition(|at| signatures.get(*at).is_some_and(|(.., it)| it.needle().is_some()));
        let needles = Needles::new(signatures.iter().filter_map(|(.., pattern)| pattern.needle()));
        Self { tree, signatures, needles, with_needle, without_needle, options: OnceLock::new() }
    }

    fn options(&self) -> &[(QuestionId, OptionId, Compiled)] {
        self.options.get_or_init(|| {
            let tree = &self.tree;
            let mut options = Vec::new();
            for (question, _) in tree.questions() {
                for (option, choice) in tree.options(question) {
                    options.extend(choice.patterns.iter().map(|pattern| (question, option, Compiled::new(pattern))));
                }
            }
            options
        })
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
            for (question, option, pattern) in self.options() {
                if pattern.captures(&line).is_some() {
                    evidence.proofs.push(Proof {
                        question: *question,
                        option: *option,
                        count: 1,
                        provenance: provenance.clone(),
                    });
                }
            }
        }
        evidence
    }

    /// The signatures that a line carries: each with its card, and its position in the card.
    pub fn signatures_in(&self, line: &Line) -> Vec<(CardId, usize)> {
        self.carried(line).map(|(card, at, _)| (*card, *at)).collect()
    }

    /// Of the signatures of a line, those of no card that is outdone by another: whose signatures are so broad that they
    /// match what the other's samples show too, while the other's match nothing of its samples. So a line that says that
    /// something failed, and why, belongs to the card of the reason.
    pub fn most_specific(&self, found: &[(CardId, usize)]) -> Vec<(CardId, usize)> {
        let is_outdone =
            |card: CardId| found.iter().any(|(other, _)| *other != card && self.is_broader(card, *other, found));
        found.iter().filter(|(card, _)| !is_outdone(*card)).copied().collect()
    }

    /// Whether two cards, of which signatures were found, share what was found: those of each match what the other's
    /// samples show.
    pub fn are_alike(&self, one: CardId, other: CardId, found: &[(CardId, usize)]) -> bool {
        one == other || (self.fits_samples(one, other, found) && self.fits_samples(other, one, found))
    }

    /// The cards of which a line has all fields that a signature asks for, with other values in them, and none of the
    /// signatures found in it.
    pub fn contradicted_in(&self, line: &Line, found: &[(CardId, usize)]) -> Vec<CardId> {
        if line.records().is_empty() {
            return Vec::new();
        }
        let denied =
            self.signatures.iter().filter(|(.., pattern)| pattern.is_contradicted(line)).map(|(card, ..)| *card);
        let mut denied: Vec<CardId> = denied.filter(|card| found.iter().all(|(known, _)| known != card)).collect();
        denied.dedup();
        denied
    }

    /// Whether the signatures of `broad` among those found say less than those of `narrow`.
    fn is_broader(&self, broad: CardId, narrow: CardId, found: &[(CardId, usize)]) -> bool {
        self.fits_samples(broad, narrow, found) && !self.fits_samples(narrow, broad, found)
    }

    /// Whether the signatures of a card among those found match a sample of those of another.
    fn fits_samples(&self, card: CardId, samples_of: CardId, found: &[(CardId, usize)]) -> bool {
        let own: Vec<_> = found.iter().filter(|(owner, _)| *owner == card).collect();
        let others = found.iter().filter(|(owner, _)| *owner == samples_of);
        let signatures = others.filter_map(|(_, at)| self.tree.card(samples_of).signatures.get(*at));
        signatures.flat_map(|signature| &signature.samples).any(|sample| {
            let line = Line::new(sample);
            let mut patterns = self.signatures.iter().filter(|(owner, at, _)| own.contains(&&(*owner, *at)));
            patterns.any(|(.., pattern)| pattern.matches(&line))
        })
    }

    fn carried(&self, line: &Line) -> impl Iterator<Item = &(CardId, usize, Compiled)> {
        let in_text = self.needles.in_text(line.lower()).into_iter().filter_map(|at| self.with_needle.get(at)).copied();
        let mut at: Vec<usize> = in_text.chain(self.without_needle.iter().copied()).collect();
        at.sort_unstable();
        let found = at.into_iter().filter_map(|at| self.signatures.get(at));
        found.filter(|(.., pattern)| pattern.matches(line))
    }

    /// The signatures that a line carries, as one hit with all cards that own one of the most specific.
    fn hit(&self, line: &Line, provenance: &Provenance) -> Option<Hit> {
        let mut hit = Hit { cards: Vec::new(), captures: Vec::new(), count: 1, provenance: provenance.clone() };
        let specific = self.most_specific(&self.signatures_in(line));
        for (card, _, pattern) in self.signatures.iter().filter(|(card, at, _)| specific.contains(&(*card, *at))) {
            if !hit.cards.contains(card) {
                hit.cards.push(*card);
            }
            for (name, value) in pattern.captures(line).unwrap_or_default() {
                if !hit.captures.iter().any(|(known, _)| *known == name) {
                    hit.captures.push((name, value));
                }
            }
        }
        (!hit.cards.is_empty()).then_some(hit)
    }
}
