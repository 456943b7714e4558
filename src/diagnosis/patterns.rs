//! Holds the patterns of all trees, and the prefilter for them.

use std::sync::{Arc, OnceLock, RwLock};

use foldhash::HashMap;

use super::inner_literals::{self, GramFrequency, InnerLiteral};
use super::line_hits::LineHits;
use super::log_lines::LogLines;
use super::prefilter::{self, Prefilter};
use crate::recognize::{Compiled, Line, LogFormats, Recognizer};
use crate::templates::{self, Templater};
use crate::tree::model::{Needs, PatternId};
use crate::tree::pattern::Pattern;
use crate::tree::{CardId, OptionId, QuestionId, SignatureId, Tree};
use crate::walk::EvidenceSource;

/// Sets of signatures whose most specific members are cached.
///
/// A line matches few signatures, and logs repeat themselves, so the bound is rarely reached.
const REMEMBERED: usize = 4096;

/// Bytes of a large text that are sampled for gram frequencies.
const TELLING: usize = 1 << 16;

/// The meaning of a match of a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) enum PatternRole {
    /// A card, by its signature.
    Signature(SignatureId),
    /// Points to an answer of a question.
    Answer(QuestionId, OptionId),
    /// Points to the options of a question that have a code.
    Code(QuestionId),
    /// A risk of a card, by its position.
    Risk(CardId, usize),
    /// Rules a card out.
    Success(CardId),
    /// Names values, by the position of the mention.
    Mention(usize),
    /// A place of a document.
    Place,
}

/// A compiled pattern with its tree and its role.
#[derive(Debug)]
pub(super) struct CompiledPattern {
    pub(super) tree: usize,
    pub(super) role: PatternRole,
    pattern: Pattern,
    pub(super) compiled: Arc<Compiled>,
}

/// The place of a line; its number is computed on demand.
#[derive(Clone, Copy, Debug)]
pub(super) struct LinePlace<'p> {
    pub(super) source: &'p EvidenceSource,
    /// The number of an earlier line, and the text between.
    pub(super) line: usize,
    pub(super) ahead: &'p [u8],
}

impl LinePlace<'_> {
    /// Returns the number of the line.
    pub(super) fn number(self) -> usize {
        self.line + memchr::memchr_iter(b'\n', self.ahead).count()
    }
}

/// The most specific of some signatures, by tree and signatures.
type MostSpecific = HashMap<(usize, Vec<SignatureId>), Arc<Vec<SignatureId>>>;

/// The patterns of all trees.
#[derive(Debug)]
pub(super) struct Patterns {
    /// The offset from UTC of times without a zone, in seconds east.
    pub(super) utc_offset: Option<i32>,
    recognizers: Arc<[Recognizer]>,
    all: Vec<CompiledPattern>,
    /// The numbers of the patterns about fields.
    about_fields: Vec<usize>,
    /// Finds lines of log formats.
    log_lines: LogLines,
    prefilter: Prefilter,
    /// A prefilter with literals chosen for texts like the first large one.
    tuned: OnceLock<Prefilter>,
    /// Whether every line must be matched: a pattern has no inner literal.
    needs_every_line: bool,
    /// Whether the prefilter can find no name of a document pattern.
    has_hidden_places: bool,
    /// Finds lines that may be harmless; `None` if any line may be.
    harmless_prefilter: Option<Prefilter>,
    /// The most specific signatures of sets that were seen, by tree.
    specific: RwLock<MostSpecific>,
}

impl Patterns {
    /// Compiles all patterns.
    pub(super) fn new(recognizers: &Arc<[Recognizer]>, formats: &Arc<LogFormats>) -> Self {
        let samples = recognizers.iter().flat_map(|recognizer| recognizer.tree().cards()).flat_map(|(_, card)| {
            let samples = card.signatures.iter().flat_map(|signature| signature.samples.iter().chain(&signature.never));
            samples.map(|line| line.as_bytes())
        });
        Self::with_needs(recognizers, formats, &prefilter::gram_frequency(samples), &|_| true)
    }

    /// Compiles the patterns whose needs may be met.
    pub(super) fn with_needs(
        recognizers: &Arc<[Recognizer]>,
        formats: &Arc<LogFormats>,
        frequency: &GramFrequency,
        may_be_met: &dyn Fn(&Needs) -> bool,
    ) -> Self {
        let mut all = Vec::new();
        let mut has_hidden_places = false;
        for (tree, recognizer) in recognizers.iter().enumerate() {
            for (id, compiled) in recognizer.patterns_that(|_, needs| may_be_met(needs)) {
                let Some(pattern) = recognizer.tree().pattern(id) else { continue };
                has_hidden_places |= !compiled.needed_names().is_empty() && !is_found_by_name(compiled);
                let Some(role) = role_of(id, pattern, compiled) else { continue };
                all.push(CompiledPattern { tree, role, pattern: pattern.clone(), compiled: Arc::clone(compiled) });
            }
        }
        let is_about_fields = |known: &CompiledPattern| matches!(known.pattern, Pattern::Fields(_));
        let about_fields =
            (0..).zip(&all).filter(|(_, known)| is_about_fields(known)).map(|(number, _)| number).collect();
        let (prefilter, needs_every_line) = line_prefilter(&all, frequency);
        let harmless: Vec<&Pattern> = recognizers.iter().flat_map(|recognizer| &recognizer.tree().harmless).collect();
        let harmless_prefilter = harmless_prefilter(&harmless, frequency);
        let patterns: Vec<&Pattern> = all.iter().map(|known| &known.pattern).collect();
        let log_lines = LogLines::new(Arc::clone(formats), &patterns, &harmless);
        let (tuned, specific) = (OnceLock::new(), RwLock::default());
        Self {
            utc_offset: None,
            recognizers: Arc::clone(recognizers),
            all,
            about_fields,
            log_lines,
            prefilter,
            tuned,
            needs_every_line,
            has_hidden_places,
            harmless_prefilter,
            specific,
        }
    }

    /// Sets the offset of times without a zone.
    ///
    /// In seconds east of UTC.
    pub(super) fn with_utc_offset(self, utc_offset: Option<i32>) -> Self {
        Self { utc_offset, ..self }
    }

    /// Returns whether every line must be matched: a pattern has no literal.
    pub(super) fn needs_every_line(&self) -> bool {
        self.needs_every_line
    }

    /// Returns whether the prefilter can find no name of a document pattern.
    pub(super) fn has_hidden_places(&self) -> bool {
        self.has_hidden_places
    }

    /// Returns whether a pattern is about a place of a document.
    pub(super) fn is_of_place(&self, number: usize) -> bool {
        self.all.get(number).is_some_and(|known| matches!(known.role, PatternRole::Place))
    }

    /// Returns the prefilter for a block.
    ///
    /// The choice changes the speed, never the result.
    pub(super) fn prefilter(&self, block: &[u8]) -> &Prefilter {
        match block.get(..TELLING) {
            Some(text) => self.tuned.get_or_init(|| line_prefilter(&self.all, &prefilter::gram_frequency([text])).0),
            None => self.tuned.get().unwrap_or(&self.prefilter),
        }
    }

    /// Returns the log formats, with the values to look for.
    pub(super) fn log_lines(&self) -> &LogLines {
        &self.log_lines
    }

    /// Returns a cleaned line, to be read with log formats.
    pub(super) fn line(&self, text: &str) -> Line {
        Line::new(text).with_formats(self.log_lines.formats())
    }

    /// Returns a regular line, to be read with log formats.
    pub(super) fn regular_line(&self, text: &str) -> Line {
        Line::as_written(text).with_formats(self.log_lines.formats())
    }

    /// Returns the hits in a cleaned line.
    ///
    /// All numbers are returned if the text has a long s, or a combining dot as lower-casing `İ` makes one: a pattern may
    /// match these although the bytes of its literal are not there.
    pub(super) fn hits_in(&self, line: &Line) -> LineHits {
        let (text, lower) = (line.text(), line.lower());
        let mut hits = LineHits::default();
        if lower.contains(['\u{17f}', '\u{307}']) {
            hits.numbers.extend(0..self.all.len());
            hits.words = templates::places(text);
            return hits;
        }
        let searched = if text.is_ascii() { text } else { lower };
        self.prefilter(&[]).each_hit(searched.as_bytes(), &mut |at, hit| hits.add(at, hit));
        if let Some(line) = self.log_lines.look(text.as_bytes()) {
            hits.add_log_line(&line);
        }
        match text.is_ascii() {
            true => hits.keep_words(text.as_bytes()),
            false => hits.words = templates::places(text),
        }
        self.complete(&mut hits);
        hits
    }

    /// Makes the numbers of a line's patterns ascend, each once.
    pub(super) fn complete(&self, hits: &mut LineHits) {
        if hits.needs_fields() {
            hits.numbers.extend(&self.about_fields);
        }
        hits.numbers.sort_unstable();
        hits.numbers.dedup();
    }

    /// Returns the template of an error line or a reported trouble.
    pub(super) fn error_template<'t>(
        &self,
        line: &Line,
        words: &[usize],
        templater: &'t mut Templater,
    ) -> Option<&'t str> {
        if templater.template(line.text(), words).is_some() {
            return Some(templater.last());
        }
        self.log_lines.trouble(line, templater)
    }

    /// Returns whether a tree or log format takes the line for harmless.
    pub(super) fn is_harmless(&self, line: &Line) -> bool {
        self.log_lines.is_ordinary(line) || self.recognizers.iter().any(|recognizer| recognizer.is_harmless(line))
    }

    /// Does the same as `is_harmless` for a line that needs no cleaning.
    ///
    /// A prefilter rejects most lines cheaply.
    pub(super) fn is_harmless_as_written(&self, written: &str) -> bool {
        let mut may_be = self.harmless_prefilter.is_none();
        if let Some(prefilter) = &self.harmless_prefilter {
            prefilter.each_hit(written.as_bytes(), &mut |_, _| may_be = true);
        }
        may_be = may_be || self.log_lines.may_be_harmless(written);
        may_be && self.is_harmless(&self.regular_line(written))
    }

    pub(super) fn recognizers(&self) -> &[Recognizer] {
        &self.recognizers
    }

    /// Returns the tree at a position.
    pub(super) fn tree(&self, at: usize) -> Option<&Arc<Tree>> {
        self.recognizers.get(at).map(Recognizer::tree)
    }

    /// Returns all patterns; the number of a pattern is its position.
    pub(super) fn all(&self) -> &[CompiledPattern] {
        &self.all
    }

    /// Returns the most specific of some signatures of a tree.
    pub(super) fn most_specific(&self, tree: usize, found: Vec<SignatureId>) -> Arc<Vec<SignatureId>> {
        let key = (tree, found);
        if let Ok(known) = self.specific.read()
            && let Some(specific) = known.get(&key)
        {
            return Arc::clone(specific);
        }
        let narrowed = self.recognizers.get(tree).map(|recognizer| recognizer.most_specific(&key.1));
        let specific = Arc::new(narrowed.unwrap_or_default());
        if let Ok(mut known) = self.specific.write()
            && known.len() < REMEMBERED
        {
            known.insert(key, Arc::clone(&specific));
        }
        specific
    }

    /// Ranks cards of one tree from specific (0) to broad.
    ///
    /// Rank 0 holds the cards that no other card is more specific than, rank 1 those that only cards of rank 0 are more
    /// specific than.
    pub(super) fn breadth(&self, tree: usize, found: Vec<SignatureId>) -> HashMap<CardId, usize> {
        let mut breadth = HashMap::default();
        let mut rest = found;
        while !rest.is_empty() {
            let narrow = self.most_specific(tree, rest.clone());
            // Cards that are broader than each other in a circle are of the same breadth.
            let narrow = if narrow.is_empty() { Arc::new(rest.clone()) } else { narrow };
            let round = breadth.values().max().map_or(0, |last: &usize| last + 1);
            breadth.extend(narrow.iter().map(|id| (id.card, round)));
            rest.retain(|signature| !narrow.contains(signature));
        }
        breadth
    }
}

/// Builds the prefilter, and returns whether every line must be matched.
fn line_prefilter(all: &[CompiledPattern], frequency: &GramFrequency) -> (Prefilter, bool) {
    let mut needs_every_line = false;
    let mut builder = prefilter::Builder::default();
    for (number, CompiledPattern { pattern, compiled, .. }) in all.iter().enumerate() {
        let literals = match pattern {
            Pattern::Json(_) => of_places(compiled, frequency),
            _ => inner_literals::of_pattern(pattern, frequency),
        };
        match literals {
            Some(literals) => builder.pattern(number, literals),
            None => needs_every_line = true,
        }
    }
    builder.error_lines(frequency);
    builder.escapes();
    (builder.build(frequency), needs_every_line)
}

/// Returns the literals of the rarest name that a document must have.
///
/// `None` if there are none.
fn of_places(pattern: &Compiled, frequency: &GramFrequency) -> Option<Vec<InnerLiteral>> {
    let literals = pattern.needed_names().iter().filter_map(|name| inner_literals::of_name(name, None, frequency));
    literals.min_by_key(|literals| inner_literals::cost(literals, frequency))
}

/// Returns whether the prefilter can find a needed name of the pattern.
fn is_found_by_name(pattern: &Compiled) -> bool {
    of_places(pattern, &GramFrequency::default()).is_some()
}

/// Returns the meaning of a match of a pattern in a line.
///
/// `None` if it matches no line.
fn role_of(id: PatternId, pattern: &Pattern, compiled: &Compiled) -> Option<PatternRole> {
    Some(match (pattern, id) {
        // A whole document may stand on one line; the recognizer of its tree looks for all places at once. Places that
        // no name tells from others are looked for in documents only.
        (Pattern::Json(_), _) if is_found_by_name(compiled) => PatternRole::Place,
        (Pattern::Json(_), _) => return None,
        (_, PatternId::Signature(id)) => PatternRole::Signature(id),
        (_, PatternId::Option(question, option, _)) => PatternRole::Answer(question, option),
        (_, PatternId::Code(question, _)) => PatternRole::Code(question),
        (_, PatternId::Risk(card, at)) => PatternRole::Risk(card, at),
        (_, PatternId::Success(card, _)) => PatternRole::Success(card),
        (_, PatternId::Mention(at)) => PatternRole::Mention(at),
    })
}

/// Returns a prefilter for harmless lines.
///
/// `None` if any line may be harmless.
fn harmless_prefilter(harmless: &[&Pattern], frequency: &GramFrequency) -> Option<Prefilter> {
    let mut builder = prefilter::Builder::default();
    for pattern in harmless {
        builder.pattern(0, inner_literals::of_pattern(pattern, frequency)?);
    }
    if !harmless.is_empty() {
        builder.escapes();
    }
    Some(builder.build(frequency))
}
