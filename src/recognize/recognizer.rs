//! Matches the patterns of one tree.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::document::Document;
use super::encoded;
use super::fill::Fills;
use super::identifiers::Identifiers;
use super::log_format::LogFormats;
use super::matcher::{BorrowedCaptures, Captures};
use super::met_needs::MetNeeds;
use super::path;
use super::pattern::Compiled;
use super::record::Line;
use super::sample_fits::SampleFits;
use crate::text::{self, CleanText};
use crate::tree::model::{Needs, PatternId};
use crate::tree::{SignatureId, Tree};
use crate::walk::{Evidence, EvidenceSource, FoundValue, Hit, HitKind, Proof, ProofKind, Provenance, Risk, Success};

/// The patterns of one tree, ready to be looked for.
///
/// Creating it costs nothing. A pattern is compiled for the first line that has what the pattern needs.
#[derive(Debug)]
pub struct Recognizer {
    tree: Arc<Tree>,
    met: MetNeeds,
    /// The compiled patterns, in the order of `TreeContent::needs`.
    compiled: OnceLock<Vec<OnceLock<Arc<Compiled>>>>,
    /// Compiled patterns of harmless lines, foreign lines and fills.
    harmless: OnceLock<Vec<Compiled>>,
    pub(super) foreign: OnceLock<Vec<Compiled>>,
    fills: OnceLock<Fills>,
    formats: OnceLock<Arc<LogFormats>>,
    identifiers: Identifiers,
    pub(super) sample_fits: SampleFits,
    /// A name for each path without which it finds nothing.
    ///
    /// `None` if there is a path without such.
    needed: OnceLock<Option<HashSet<String>>>,
}

impl Recognizer {
    /// Gets the patterns of a tree ready.
    pub fn new(tree: Arc<Tree>) -> Self {
        Self {
            tree,
            met: MetNeeds::default(),
            compiled: OnceLock::new(),
            harmless: OnceLock::new(),
            foreign: OnceLock::new(),
            fills: OnceLock::new(),
            formats: OnceLock::new(),
            identifiers: Identifiers::default(),
            sample_fits: SampleFits::default(),
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

    /// Returns the pattern at a position in `TreeContent::needs`.
    fn compiled(&self, at: usize) -> Option<&Arc<Compiled>> {
        let all = self.compiled.get_or_init(|| self.tree.needs.iter().map(|_| OnceLock::new()).collect());
        let slot = all.get(at)?;
        if let Some(known) = slot.get() {
            return Some(known);
        }
        let (id, _) = self.tree.needs.get(at)?;
        let pattern = self.tree.pattern(*id)?;
        Some(slot.get_or_init(|| Arc::new(Compiled::new(pattern))))
    }

    /// Returns the patterns whose needs are met, in tree order.
    pub fn patterns_that(
        &self,
        may_be: impl Fn(PatternId, &Needs) -> bool,
    ) -> impl Iterator<Item = (PatternId, &Arc<Compiled>)> {
        let wanted = self.tree.needs.iter().enumerate().filter(move |(_, (id, needs))| may_be(*id, needs));
        wanted.filter_map(|(at, (id, _))| Some((*id, self.compiled(at)?)))
    }

    /// Returns the positions of the patterns that a line may match.
    ///
    /// A foreign line matches none.
    pub(super) fn met(&self, line: &Line) -> Vec<usize> {
        let met = self.met.of(line, &self.tree.needs);
        if met.is_empty() || !self.is_foreign(line) { met } else { Vec::new() }
    }

    /// Returns the wanted patterns at some positions, in this order.
    pub(super) fn patterns_at(
        &self,
        positions: impl IntoIterator<Item = usize>,
        is_wanted: impl Fn(PatternId) -> bool,
    ) -> impl Iterator<Item = (PatternId, &Arc<Compiled>)> {
        let ids = positions.into_iter().filter_map(|at| Some((at, self.tree.needs.get(at)?.0)));
        ids.filter(move |(_, id)| is_wanted(*id)).filter_map(|(at, id)| Some((id, self.compiled(at)?)))
    }

    /// Returns the patterns of signatures whose needs are met, in tree order.
    pub(super) fn signatures_that(
        &self,
        may_be: impl Fn(SignatureId, &Needs) -> bool,
    ) -> impl Iterator<Item = (SignatureId, &Arc<Compiled>)> {
        let wanted = self.patterns_that(move |id, needs| signature(id).is_some_and(|id| may_be(id, needs)));
        wanted.filter_map(|(id, pattern)| Some((signature(id)?, pattern)))
    }

    /// Returns the signatures that a line matches, with their patterns.
    pub(super) fn carried(&self, line: &Line) -> impl Iterator<Item = (SignatureId, &Arc<Compiled>)> {
        self.signatures_at(self.met(line), line)
    }

    /// Returns the signatures at some positions that a line matches.
    fn signatures_at(
        &self,
        met: impl IntoIterator<Item = usize>,
        line: &Line,
    ) -> impl Iterator<Item = (SignatureId, &Arc<Compiled>)> {
        let patterns = self.patterns_at(met, |id| signature(id).is_some());
        let signatures = patterns.filter_map(|(id, pattern)| Some((signature(id)?, pattern)));
        signatures.filter(|(_, pattern)| pattern.matches(line))
    }

    pub(super) fn identifiers(&self) -> &Identifiers {
        &self.identifiers
    }

    fn fills(&self) -> &Fills {
        self.fills.get_or_init(|| Fills::new(&self.tree.fills))
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
            if found.says_nothing() {
                continue;
            }
            // Each finding says where in the part it is.
            let place = |pattern: Option<&Arc<Compiled>>| {
                let is_pointed_at =
                    |name: &str, value: &str| pattern.is_some_and(|pattern| pattern.points_at(name, value));
                at(document.show_part(&part, is_pointed_at))
            };
            let met = self.met(&part.line);
            let first = |is_own: &dyn Fn(PatternId) -> bool| {
                let mut own = self.patterns_at(met.iter().copied(), is_own);
                own.find(|(_, pattern)| pattern.matches(&part.line)).map(|(_, pattern)| pattern)
            };
            for hit in &mut found.hits {
                let is_own = |id| signature(id).is_some_and(|id| hit.cards.contains(&id.card));
                hit.provenance = place(first(&is_own));
            }
            for proof in &mut found.proofs {
                let own = (proof.question, proof.option);
                let is_own = |id| matches!(id, PatternId::Option(asked, option, _) if (asked, option) == own);
                proof.provenance = place(first(&is_own));
            }
            for risk in &mut found.risks {
                risk.provenance = place(first(&|id| id == PatternId::Risk(risk.card, risk.at)));
            }
            for success in &mut found.successes {
                let is_own = |id| matches!(id, PatternId::Success(card, _) if card == success.card);
                success.provenance = place(first(&is_own));
            }
            evidence.append(&mut found);
        }
        evidence
    }

    /// Returns whether the tree has patterns for places of the document.
    pub fn knows(&self, document: &Document) -> bool {
        let may_be_in = |needs: &Needs| match needs {
            Needs::Levels { names, .. } => !names.is_empty() && document.has_all(names),
            Needs::Text(_) | Needs::Fields(_) => false,
        };
        self.tree.needs.iter().any(|(_, needs)| may_be_in(needs))
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

    /// Adds what a line reveals.
    fn add(&self, line: &Line, provenance: &Provenance, evidence: &mut Evidence) {
        self.add_patterns(line, provenance, evidence);
        if self.may_be_document(line) {
            evidence.append(&mut self.places_in(line, provenance));
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
        let levels = || {
            self.tree.needs.iter().filter_map(|(_, needs)| match needs {
                Needs::Levels { folded, .. } => Some(folded),
                Needs::Text(_) | Needs::Fields(_) => None,
            })
        };
        let needed =
            self.needed.get_or_init(|| levels().map(|folded| Some(folded.last()?.as_ref().to_owned())).collect());
        let may_have_any = needed.as_ref().is_none_or(|names| line.has_any(names));
        may_have_any && levels().any(|folded| line.has_all(folded))
    }

    /// Returns the patterns of signatures, options and risks, in tree order.
    pub fn patterns(&self) -> impl Iterator<Item = (PatternId, &Arc<Compiled>)> {
        self.patterns_that(|_, _| true)
    }

    /// Adds what the patterns about texts and records find in a line.
    fn add_patterns(&self, line: &Line, provenance: &Provenance, evidence: &mut Evidence) {
        let met = self.met(line);
        for (question, options) in self.codes_at(&met, line) {
            for option in options {
                let (kind, provenance) = (ProofKind::Code, provenance.clone());
                evidence.proofs.push(Proof { question, option, kind, count: 1, provenance });
            }
        }
        evidence.hits.extend(self.hit(line, &met, provenance));
        let (first, first_success, first_value) =
            (evidence.proofs.len(), evidence.successes.len(), evidence.values.len());
        for (id, pattern) in self.patterns_at(met, |id| signature(id).is_none()) {
            let provenance = || provenance.clone();
            match id {
                PatternId::Option(question, option, _) => {
                    // A line is one proof, however many of the option's patterns it has.
                    let mut own = evidence.proofs.iter().skip(first).filter(|proof| proof.kind == ProofKind::Answer);
                    let is_known = own.any(|proof| (proof.question, proof.option) == (question, option));
                    if !is_known && pattern.matches(line) {
                        let (kind, provenance) = (ProofKind::Answer, provenance());
                        evidence.proofs.push(Proof { question, option, kind, count: 1, provenance });
                    }
                }
                PatternId::Risk(card, at) if pattern.matches(line) => {
                    evidence.risks.push(Risk { card, at, provenance: provenance() });
                }
                PatternId::Success(card, _) if pattern.matches(line) => {
                    if !evidence.successes.iter().skip(first_success).any(|known| known.card == card) {
                        evidence.successes.push(Success { card, count: 1, provenance: provenance() });
                    }
                }
                PatternId::Mention(at) => {
                    for (name, value) in self.values_of(at, pattern, line) {
                        if !evidence.values.iter().skip(first_value).any(|known| known.name == *name) {
                            let (name, value, provenance) = (name.clone(), CleanText::new(&value), provenance());
                            evidence.values.push(FoundValue { name, value, count: 1, provenance });
                        }
                    }
                }
                PatternId::Risk(..) | PatternId::Success(..) | PatternId::Signature(_) | PatternId::Code(..) => {}
            }
        }
    }

    /// Adds what the patterns about places find in a document.
    fn add_places(&self, document: &Document, at: impl Fn(String) -> Provenance, evidence: &mut Evidence) {
        let may_be_in = |needs: &Needs| matches!(needs, Needs::Levels { names, .. } if document.has_all(names));
        let show = |place: &path::DocumentPlace| at(document.show(&place.levels, &place.named));
        for (id, pattern) in self.patterns_that(|_, needs| may_be_in(needs)) {
            for place in pattern.paths().map(|paths| paths.find(document)).unwrap_or_default() {
                let provenance = show(&place);
                match id {
                    PatternId::Signature(id) => {
                        let captures = self.fills().in_document(document, &place);
                        let kind = self.kind_of(id);
                        evidence.hits.push(Hit { cards: vec![id.card], kind, captures, count: 1, provenance });
                    }
                    PatternId::Option(question, option, _) => {
                        let kind = ProofKind::Answer;
                        evidence.proofs.push(Proof { question, option, kind, count: 1, provenance });
                    }
                    PatternId::Code(..) | PatternId::Mention(_) => {}
                    PatternId::Risk(card, at) => evidence.risks.push(Risk { card, at, provenance }),
                    PatternId::Success(card, _) => evidence.successes.push(Success { card, count: 1, provenance }),
                }
            }
        }
    }

    /// Returns the signatures that match a line.
    pub fn signatures_in(&self, line: &Line) -> Vec<SignatureId> {
        self.carried(line).map(|(id, _)| id).collect()
    }

    /// Returns a hit with the cards of the most specific signatures.
    ///
    /// `met` are the positions of the patterns that the line may match.
    fn hit(&self, line: &Line, met: &[usize], provenance: &Provenance) -> Option<Hit> {
        let found: Vec<SignatureId> = self.signatures_at(met.iter().copied(), line).map(|(id, _)| id).collect();
        let (specific, mut kind) = self.telling(self.most_specific(&found));
        if kind == HitKind::Named && self.is_of_other(line) {
            kind = HitKind::Hint;
        }
        let mut hit = Hit { cards: Vec::new(), kind, captures: Vec::new(), count: 1, provenance: provenance.clone() };
        for (id, pattern) in self.signatures_that(|id, _| specific.contains(&id)) {
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

/// Returns the signature that has a pattern.
fn signature(id: PatternId) -> Option<SignatureId> {
    if let PatternId::Signature(id) = id { Some(id) } else { None }
}
