//! Matches the patterns of one tree.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use aho_corasick::AhoCorasick;

use super::document::Document;
use super::encoded;
use super::fill::Fills;
use super::flapping::{self, StateChange};
use super::identifiers::Identifiers;
use super::log_format::LogFormats;
use super::matcher::{BorrowedCaptures, Captures};
use super::path;
use super::pattern::Compiled;
use super::record::Line;
use crate::text::{self, CleanText};
use crate::tree::model::Signature;
use crate::tree::{CardId, OptionId, QuestionId, SignatureId, Tree};
use crate::walk::{Evidence, EvidenceSource, Hit, Proof, Provenance, Risk};

/// The patterns of one tree, ready to be looked for.
#[derive(Debug)]
pub struct Recognizer {
    tree: Arc<Tree>,
    pub(super) signatures: Vec<(SignatureId, Arc<Compiled>)>,
    /// Finds the longest literals of text signatures.
    ///
    /// Pattern numbers are positions in `with_literal`.
    ///
    /// `None` if the automaton cannot be built: then every signature is tried on every line.
    literals: Option<AhoCorasick>,
    /// Positions of the signatures that have a literal.
    with_literal: Vec<usize>,
    /// Positions of the signatures that are tried on every line.
    without_literal: Vec<usize>,
    /// Compiled patterns of options, risks, harmless lines and fills.
    ///
    /// Compiled on first use.
    options: OnceLock<Vec<(QuestionId, OptionId, Arc<Compiled>)>>,
    risks: OnceLock<Vec<(CardId, usize, Arc<Compiled>)>>,
    harmless: OnceLock<Vec<Compiled>>,
    fills: OnceLock<Fills>,
    formats: OnceLock<Arc<LogFormats>>,
    identifiers: Identifiers,
    /// A name for each path without which it finds nothing.
    ///
    /// `None` if there is a path without such.
    needed: OnceLock<Option<HashSet<String>>>,
}

impl Recognizer {
    /// Gets the patterns of a tree ready.
    ///
    /// Costly parts of a pattern are built when they are first needed.
    pub fn new(tree: Arc<Tree>) -> Self {
        let compiled = |(id, signature): (_, &Signature)| (id, Arc::new(Compiled::new(&signature.pattern)));
        let signatures: Vec<_> = tree.signatures().map(compiled).collect();
        let literals = AhoCorasick::new(signatures.iter().filter_map(|(.., pattern)| pattern.literal())).ok();
        let has_literal = |at: &usize| signatures.get(*at).is_some_and(|(.., pattern)| pattern.literal().is_some());
        let (with_literal, without_literal) =
            (0..signatures.len()).partition(|at| literals.is_some() && has_literal(at));
        Self {
            tree,
            signatures,
            literals,
            with_literal,
            without_literal,
            options: OnceLock::new(),
            risks: OnceLock::new(),
            harmless: OnceLock::new(),
            fills: OnceLock::new(),
            formats: OnceLock::new(),
            identifiers: Identifiers::default(),
            needed: OnceLock::new(),
        }
    }

    /// Returns the log formats with which the tree reads lines.
    pub fn formats(&self) -> &Arc<LogFormats> {
        self.formats.get_or_init(|| Arc::new(LogFormats::new(&self.tree.formats)))
    }

    /// Returns a line that uses the log formats of the tree.
    pub fn line(&self, text: &str) -> Line {
        Line::new(text).with_formats(self.formats())
    }

    fn risks(&self) -> &[(CardId, usize, Arc<Compiled>)] {
        self.risks.get_or_init(|| {
            let cards = self.tree.cards();
            let risks = cards.flat_map(|(id, card)| {
                let own = card.risks.iter().enumerate();
                own.map(move |(at, risk)| (id, at, Arc::new(Compiled::new(&risk.pattern))))
            });
            risks.collect()
        })
    }

    pub(super) fn identifiers(&self) -> &Identifiers {
        &self.identifiers
    }

    fn fills(&self) -> &Fills {
        self.fills.get_or_init(|| Fills::new(&self.tree.fills))
    }

    fn options(&self) -> &[(QuestionId, OptionId, Arc<Compiled>)] {
        self.options.get_or_init(|| {
            let tree = &self.tree;
            let mut options = Vec::new();
            for (question, _) in tree.questions() {
                for (option, choice) in tree.options(question) {
                    let compiled = |pattern| (question, option, Arc::new(Compiled::new(pattern)));
                    options.extend(choice.patterns.iter().map(compiled));
                }
            }
            options
        })
    }

    /// Returns the tree whose patterns these are.
    pub fn tree(&self) -> &Arc<Tree> {
        &self.tree
    }

    /// Returns the evidence of a text, line by line.
    ///
    /// `source` is its origin.
    pub fn evidence(&self, source: &EvidenceSource, text: &str) -> Evidence {
        let mut evidence = Evidence::default();
        for (at, written) in text::clean(text).lines().enumerate() {
            let line = self.line(written);
            let provenance = Provenance { source: source.clone(), line: at + 1, text: line.text().into() };
            self.add(&line, &provenance, &mut evidence);
        }
        evidence
    }

    /// Returns the evidence of one line, which may be a document.
    ///
    /// A line counts once for each kind of finding; each place of a document is a finding of its own.
    pub fn in_line(&self, line: &Line, provenance: &Provenance) -> Evidence {
        let mut evidence = Evidence::default();
        self.add(line, provenance, &mut evidence);
        evidence
    }

    /// Returns the evidence of a document and its records.
    ///
    /// The text of each finding is the path inside the document and the value there. `source` is the origin of the
    /// document, `line` the line on which it begins, from 1.
    pub fn in_document(&self, source: &EvidenceSource, line: usize, document: &Document) -> Evidence {
        let mut evidence = Evidence::default();
        let at = |text: String| Provenance { source: source.clone(), line, text: text.into() };
        self.add_places(document, at, &mut evidence);
        for part in document.parts() {
            let mut found = Evidence::default();
            self.add_patterns(&part.line, &at(String::new()), &mut found);
            // Each finding says where in the part it is.
            for hit in &mut found.hits {
                let mut own = self.signatures.iter().filter(|(id, _)| hit.cards.contains(&id.card));
                let pattern = own.find(|(.., pattern)| pattern.matches(&part.line)).map(|(.., pattern)| pattern);
                hit.provenance = at(document
                    .show_part(&part, |name, value| pattern.is_some_and(|pattern| pattern.points_at(name, value))));
            }
            for proof in &mut found.proofs {
                let mut own = self
                    .options()
                    .iter()
                    .filter(|(question, option, _)| (*question, *option) == (proof.question, proof.option));
                let pattern = own.find(|(.., pattern)| pattern.matches(&part.line)).map(|(.., pattern)| pattern);
                proof.provenance = at(document
                    .show_part(&part, |name, value| pattern.is_some_and(|pattern| pattern.points_at(name, value))));
            }
            for risk in &mut found.risks {
                let pattern = self.risks().iter().find(|(card, at, _)| (*card, *at) == (risk.card, risk.at));
                risk.provenance = at(document.show_part(&part, |name, value| {
                    pattern.is_some_and(|(.., pattern)| pattern.points_at(name, value))
                }));
            }
            evidence.hits.append(&mut found.hits);
            evidence.proofs.append(&mut found.proofs);
            evidence.risks.append(&mut found.risks);
        }
        evidence
    }

    /// Returns whether the tree has patterns for places of the document.
    pub fn knows(&self, document: &Document) -> bool {
        self.paths().any(|paths| paths.may_be_in(document))
    }

    /// Returns the values for placeholders from the first record of a line.
    pub fn filled<'a>(&'a self, line: &'a Line) -> BorrowedCaptures<'a> {
        if self.tree.fills.is_empty() {
            return Vec::new();
        }
        let record = line.records().first();
        record.map(|record| self.fills().in_record(record)).unwrap_or_default()
    }

    /// Returns whether the tree says that the line is harmless.
    pub fn is_harmless(&self, line: &Line) -> bool {
        let harmless = self.harmless.get_or_init(|| self.tree.harmless.iter().map(Compiled::new).collect());
        harmless.iter().any(|pattern| pattern.is_all_of(line))
    }

    /// Returns the decoded texts of a line, each with its description.
    ///
    /// They are cleaned, and their length is bounded.
    pub fn decoded(&self, line: &Line) -> Captures {
        encoded::decoded(&self.tree.encoded, line)
    }

    /// Returns the values of a line that may flap: see [`StateChange`].
    pub fn state_changes(&self, line: &Line) -> Vec<StateChange> {
        let signatures = self.signatures.iter().filter_map(|(id, pattern)| {
            let back_and_forth = self.tree.signature(*id)?.back_and_forth.as_ref()?;
            pattern.matches(line).then(|| flapping::state_change(id.card, back_and_forth, line))
        });
        let mut state_changes: Vec<StateChange> = Vec::new();
        for state_change in signatures {
            if !state_changes.contains(&state_change) {
                state_changes.push(state_change);
            }
        }
        state_changes
    }

    /// Adds what a line reveals.
    fn add(&self, line: &Line, provenance: &Provenance, evidence: &mut Evidence) {
        self.add_patterns(line, provenance, evidence);
        if self.may_be_document(line) {
            let mut places = self.places_in(line, provenance);
            evidence.hits.append(&mut places.hits);
            evidence.proofs.append(&mut places.proofs);
            evidence.risks.append(&mut places.risks);
        }
    }

    /// Returns the evidence of the places of a line as document.
    pub fn places_in(&self, line: &Line, provenance: &Provenance) -> Evidence {
        let mut evidence = Evidence::default();
        if let Some(document) = Document::parse(line.text()) {
            let at = |text: String| Provenance { text: text.into(), ..provenance.clone() };
            self.add_places(&document, at, &mut evidence);
        }
        evidence
    }

    /// Returns whether a line may be a document of the tree.
    fn may_be_document(&self, line: &Line) -> bool {
        let needed = self.needed.get_or_init(|| {
            let last = |paths: &path::CompiledPaths| paths.needs_in_records().last().cloned();
            self.paths().map(last).collect()
        });
        let may_have_any = needed.as_ref().is_none_or(|names| line.has_any(names));
        may_have_any && self.paths().any(|paths| line.has_all(paths.needs_in_records()))
    }

    /// Returns every pattern that is about places of documents.
    fn paths(&self) -> impl Iterator<Item = &path::CompiledPaths> {
        self.patterns().filter_map(|pattern| pattern.paths())
    }

    /// Returns the patterns of signatures, options and risks, in tree order.
    pub fn patterns(&self) -> impl Iterator<Item = &Arc<Compiled>> {
        let signatures = self.signatures.iter().map(|(.., pattern)| pattern);
        let options = self.options().iter().map(|(.., pattern)| pattern);
        let risks = self.risks().iter().map(|(.., pattern)| pattern);
        signatures.chain(options).chain(risks)
    }

    /// Adds what the patterns about texts and records find in a line.
    fn add_patterns(&self, line: &Line, provenance: &Provenance, evidence: &mut Evidence) {
        evidence.hits.extend(self.hit(line, provenance));
        let first = evidence.proofs.len();
        for (question, option, pattern) in self.options() {
            // A line is one proof, however many of the option's patterns it has.
            let mut own = evidence.proofs.iter().skip(first);
            let is_known = own.any(|proof| (proof.question, proof.option) == (*question, *option));
            if !is_known && pattern.matches(line) {
                let provenance = provenance.clone();
                evidence.proofs.push(Proof { question: *question, option: *option, count: 1, provenance });
            }
        }
        for (card, at, pattern) in self.risks() {
            if pattern.matches(line) {
                evidence.risks.push(Risk { card: *card, at: *at, provenance: provenance.clone() });
            }
        }
    }

    /// Adds what the patterns about places find in a document.
    fn add_places(&self, document: &Document, at: impl Fn(String) -> Provenance, evidence: &mut Evidence) {
        let places = |pattern: &Compiled| pattern.paths().map(|paths| paths.find(document)).unwrap_or_default();
        let show = |place: &path::DocumentPlace| at(document.show(&place.levels, &place.named));
        for (id, pattern) in &self.signatures {
            for place in places(pattern) {
                let captures = self.fills().in_document(document, &place);
                evidence.hits.push(Hit { cards: vec![id.card], captures, count: 1, provenance: show(&place) });
            }
        }
        for (question, option, pattern) in self.options() {
            for place in places(pattern) {
                let provenance = show(&place);
                evidence.proofs.push(Proof { question: *question, option: *option, count: 1, provenance });
            }
        }
        for (card, risk, pattern) in self.risks() {
            for place in places(pattern) {
                evidence.risks.push(Risk { card: *card, at: *risk, provenance: show(&place) });
            }
        }
    }

    /// Returns the signatures that match a line.
    pub fn signatures_in(&self, line: &Line) -> Vec<SignatureId> {
        self.carried(line).map(|(id, _)| *id).collect()
    }

    pub(super) fn carried(&self, line: &Line) -> impl Iterator<Item = &(SignatureId, Arc<Compiled>)> {
        let found = self.literals.iter().flat_map(|literals| literals.find_overlapping_iter(line.lower()));
        let with_literal = found.filter_map(|found| self.with_literal.get(found.pattern().as_usize()));
        let mut at: Vec<usize> = with_literal.chain(&self.without_literal).copied().collect();
        at.sort_unstable();
        at.dedup();
        let found = at.into_iter().filter_map(|at| self.signatures.get(at));
        found.filter(|(.., pattern)| pattern.matches(line))
    }

    /// Returns a hit with the cards of the most specific signatures.
    fn hit(&self, line: &Line, provenance: &Provenance) -> Option<Hit> {
        let mut hit = Hit { cards: Vec::new(), captures: Vec::new(), count: 1, provenance: provenance.clone() };
        let specific = self.most_specific(&self.signatures_in(line));
        for (id, pattern) in self.signatures.iter().filter(|(id, _)| specific.contains(id)) {
            if !hit.cards.contains(&id.card) {
                hit.cards.push(id.card);
            }
            for (name, value) in pattern.captures(line).unwrap_or_default() {
                if !hit.captures.iter().any(|(known, _)| *known == name) {
                    hit.captures.push((name, value));
                }
            }
        }
        if hit.cards.is_empty() {
            return None;
        }
        // Captures of the patterns come before values from elsewhere in the record.
        for (name, value) in self.filled(line) {
            if !hit.captures.iter().any(|(known, _)| known == name) {
                hit.captures.push((name.clone(), CleanText::new(&value)));
            }
        }
        Some(hit)
    }
}
