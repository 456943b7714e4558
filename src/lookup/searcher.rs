//! Searches the cards of some trees.

use std::sync::{Arc, OnceLock};

use super::cards_of_code;
use super::code_answer::LeftByCode;
use super::found::{Found, Match, Tier};
use super::lexicon::Lexicon;
use super::named_systems::{self, SystemNames};
use super::query::{Query, QueryOptions};
use super::rank_merge;
use super::recognized::{Recognized, RecognizedSignature};
use super::search_tools::{SearchTools, TreeRecognizer};
use super::status_codes::StatusCodes;
use super::usage::Usage;
use super::weights::MAX_USE_SHARE;
use super::word_index::{IndexedCard, Scope, WordIndex};
use crate::recognize::{Line, Recognizer};
use crate::text::{self, CleanText};
use crate::tree::pattern::{Part, Pattern};
use crate::tree::{CardId, SignatureId, Tree};
use crate::walk::{Evidence, EvidenceSource, Hit, HitKind, Provenance};

/// Bytes of a query that are read.
///
/// Far more than a log line; [`Query`] also has a limit in words.
const MAX_QUERY: usize = 64 * 1024;

/// Bytes up to which a text is searched whole.
///
/// About a screen of log lines. In a longer text only the lines with a signature count.
const MAX_SHORT_TEXT: usize = 12 * 1024;

/// Bytes of the longest line that is searched in a long text.
///
/// Longer lines are skipped, because a log line is far shorter.
const MAX_LINE: usize = 12 * 1024;

/// Bytes of relevant lines after which reading stops.
///
/// As much as a text that is searched whole.
const MAX_RELEVANT: usize = 12 * 1024;

/// Bytes of a long text in which relevant lines are searched.
///
/// Without a limit, a huge paste would block the screen.
const MAX_READ: usize = 8 * 1024 * 1024;

/// A search over the cards of some trees.
///
/// Creating it costs nothing, because the index is built at the first search.
#[derive(Debug)]
pub struct Searcher {
    trees: Vec<Arc<Tree>>,
    scope: Scope,
    tools: OnceLock<SearchTools>,
    /// The first path to each card, by tree.
    ///
    /// Read when cards fit alike.
    first_paths: Vec<OnceLock<Vec<Option<usize>>>>,
}

impl Searcher {
    /// Prepares a search over the cards of all trees.
    pub fn new(trees: &[Arc<Tree>]) -> Self {
        let first_paths = trees.iter().map(|_| OnceLock::new()).collect();
        Self { trees: trees.to_vec(), scope: Scope::AllFields, tools: OnceLock::new(), first_paths }
    }

    /// Prepares a search over titles and `also_called` only.
    ///
    /// For exercises in which the operator must name a card.
    pub fn of_names(trees: &[Arc<Tree>]) -> Self {
        Self { scope: Scope::Names, ..Self::new(trees) }
    }

    fn tools(&self) -> &SearchTools {
        self.tools.get_or_init(|| {
            let mut first = 0;
            let recognized = self.trees.iter().filter(|_| self.scope == Scope::AllFields);
            let recognizers = recognized.map(|tree| {
                let recognizer = Recognizer::new(Arc::clone(tree));
                let (status_codes, names) = (StatusCodes::new(tree), SystemNames::new(tree));
                let of_tree = TreeRecognizer { recognizer, status_codes, names, first };
                first += tree.cards().count();
                of_tree
            });
            let recognizers = recognizers.collect();
            let index = WordIndex::new(&self.trees, self.scope);
            let (subsequences, lexicon) = (OnceLock::new(), Lexicon::new(&index));
            SearchTools { index, subsequences, lexicon, recognizers }
        })
    }

    /// Returns the cards for a query, the best first.
    ///
    /// An empty query returns every card.
    ///
    /// Cards of equal score are ordered by tier, then by usage, then by likelihood. If no card is sure, cards that are
    /// used rise among those of nearly the same score. The last word of a query also matches as a prefix, unless
    /// something follows it.
    pub fn search(&self, query: &str, usage: &Usage, limit: usize) -> Found {
        let relevant = self.relevant_lines(query);
        let cleaned = text::clean_line(beginning(relevant.as_deref().unwrap_or(query)));
        let weight = |card: &IndexedCard| usage.weight(&card.tree.id, &card.tree.card(card.card).id);
        let likelihood = |card: &IndexedCard| card.tree.card(card.card).likelihood;
        let by_use = |one: &IndexedCard, other: &IndexedCard| {
            let by_likelihood = || likelihood(one).cmp(&likelihood(other));
            weight(other)
                .total_cmp(&weight(one))
                .then_with(by_likelihood)
                .then_with(|| self.place(one).cmp(&self.place(other)))
        };
        let tools = self.tools();
        if cleaned.is_empty() {
            return rank_merge::everything(&tools.index, by_use, limit);
        }
        let recognized = self.recognize(&cleaned);
        let is_unfinished = !query.ends_with(char::is_whitespace);
        let options = QueryOptions { is_unfinished, is_exact: !recognized.signatures.is_empty() };
        let words = Query::new(&cleaned, options, &tools.index, &tools.lexicon);
        let mut found = rank_merge::merge(tools, &words, &cleaned, &recognized, by_use, limit);
        if !found.is_sure {
            rise_by_use(&mut found.matches, usage);
        }
        let left = self.left_by_code(&cleaned, &recognized, &found);
        if left.is_empty() { found } else { cards_of_code::left_by_code(&tools.index, left, found, usage, limit) }
    }

    /// Returns the places of a card's tree and of its first path.
    fn place(&self, card: &IndexedCard) -> (Option<usize>, Option<usize>) {
        let tree = self.trees.iter().position(|tree| tree.id == card.tree.id);
        let of_tree = tree.and_then(|at| self.first_paths.get(at));
        let places = of_tree.map(|places| places.get_or_init(|| first_paths(&card.tree)));
        (tree, places.and_then(|places| places.get(usize::from(card.card)).copied().flatten()))
    }

    /// Returns the questions that a query answers by its code.
    ///
    /// A signature that names a failure, or a card that surely fits, says more. If the text tells which systems wrote
    /// it, only their questions count.
    fn left_by_code(&self, text: &str, recognized: &Recognized, found: &Found) -> Vec<LeftByCode> {
        let is_named = recognized.signatures.iter().any(|signature| signature.decides);
        if is_named || recognized.has_words || recognized.is_short_record || !recognized.ruled_out.is_empty() {
            return Vec::new();
        }
        let line = self.line(text);
        let trees = self.tools().recognizers.iter().enumerate().filter(|(at, _)| !recognized.foreign.contains(at));
        let left = trees.filter_map(|(at, tree)| Some((at, LeftByCode::of(&tree.recognizer, &line, found.is_sure)?)));
        let mut left: Vec<_> = left.collect();
        let is_writer = |at: usize| recognized.writers.contains(&at);
        if left.iter().any(|(at, _)| is_writer(*at)) {
            left.retain(|(at, _)| is_writer(*at));
        }
        left.into_iter().map(|(_, left)| left).collect()
    }

    /// Returns a line that uses the log formats of the trees.
    fn line(&self, text: &str) -> Line {
        // All trees of a library have all its formats.
        let first = self.tools().recognizers.first();
        first.map_or_else(|| Line::new(text), |tree| tree.recognizer.line(text))
    }

    /// Matches the signatures of all trees against a text.
    ///
    /// For each tree without one, matches the record that the text is short for.
    fn recognize(&self, text: &str) -> Recognized {
        let line = self.line(text);
        let mut recognized = Recognized::default();
        let words = named_systems::folded_words(text);
        for (at, tree) in self.tools().recognizers.iter().enumerate() {
            let TreeRecognizer { recognizer, status_codes, names, first } = tree;
            recognized.named.extend(names.are_in(&words).then_some(at));
            if recognizer.is_foreign(&line) {
                recognized.foreign.push(at);
                continue;
            }
            let foreign = recognizer.foreign_format(&line);
            let is_writer = (self.trees.len() > 1 || foreign.is_some()) && recognizer.is_writer(&line);
            recognized.writers.extend(is_writer.then_some(at));
            recognized.foreign_format = foreign.map(|format| format.title.clone());
            let position = |card: &CardId| first + usize::from(*card);
            let mut found = recognizer.signatures_in(&line);
            if found.is_empty() && recognizer.says_success(&line) {
                recognized.foreign.push(at);
                continue;
            }
            let mut signatures = found.iter().filter_map(|id| recognizer.tree().signature(*id));
            recognized.has_words |= signatures.any(|signature| signature.pattern.is_words_alone());
            let record = if found.is_empty() { status_codes.expand(text) } else { None };
            let record = record.map(|record| Line::new(&record));
            if let Some(record) = &record {
                found = recognizer.signatures_in(record);
                recognized.is_short_record |= !found.is_empty();
                recognized.is_of_other_record |= !found.is_empty() && text.contains('=');
            }
            let ruled_out = recognizer.contradicted_in(record.as_ref().unwrap_or(&line), &found);
            recognized.ruled_out.extend(ruled_out.iter().map(position));
            let (found, kind) = recognizer.telling(recognizer.most_specific(&found));
            for id in &found {
                let sharing = found.iter().map(|other| other.card);
                let mut shared: Vec<_> =
                    sharing.filter(|other| recognizer.are_alike(id.card, *other, &found)).collect();
                shared.sort_unstable();
                shared.dedup();
                recognized.signatures.push(RecognizedSignature {
                    card: position(&id.card),
                    id: *id,
                    shared,
                    decides: kind == HitKind::Named,
                    coverage: coverage(recognizer.tree(), *id, text),
                });
            }
        }
        if !recognized.writers.is_empty() {
            recognized.foreign_format = None;
        }
        recognized
    }

    /// Returns the different lines of a long text that have a signature.
    ///
    /// `None` if the text is short or no line has a signature; then the beginning is searched.
    pub fn relevant_lines(&self, text: &str) -> Option<String> {
        if text.len() <= MAX_SHORT_TEXT {
            return None;
        }
        let mut kept = String::new();
        let mut read = 0;
        let mut seen = std::collections::HashSet::new();
        for line in text.lines() {
            read += line.len();
            if read > MAX_READ || kept.len() > MAX_RELEVANT {
                break;
            }
            if line.len() > MAX_LINE {
                continue;
            }
            let cleaned = self.line(&text::clean_line(line));
            let mut recognizers = self.tools().recognizers.iter().map(|tree| &tree.recognizer);
            let is_relevant = recognizers.any(|recognizer| !recognizer.signatures_in(&cleaned).is_empty());
            if is_relevant && seen.insert(cleaned.text().to_owned()) {
                kept.push_str(cleaned.text());
                kept.push('\n');
            }
        }
        (!kept.is_empty()).then_some(kept)
    }

    /// Returns the evidence that opening a match adds to a walk.
    ///
    /// These are the patterns in the query that point to the opened card. If there are none, the operator's choice
    /// itself points to the card, or to all cards that share what was found.
    pub fn evidence(&self, query: &str, opened: &Match) -> Evidence {
        let relevant = self.relevant_lines(query);
        let query = beginning(relevant.as_deref().unwrap_or(query));
        let shown = CleanText::line(query);
        let tree = self.tools().recognizers.iter().find(|known| Arc::ptr_eq(known.recognizer.tree(), &opened.tree));
        let mut evidence = Evidence::default();
        if let Some(TreeRecognizer { recognizer, status_codes, .. }) = tree {
            evidence = recognizer.evidence(&EvidenceSource::Search, query);
            if evidence.hits.iter().all(|hit| hit.kind == HitKind::Hint) && query.trim().contains('\n') {
                // Only all lines together may name the failure.
                let provenance = Provenance { source: EvidenceSource::Search, line: 1, text: shown.clone() };
                let whole = recognizer.in_line(&recognizer.line(&shown), &provenance);
                let is_named = whole.hits.iter().any(|hit| hit.kind == HitKind::Named);
                evidence = if is_named { whole } else { evidence };
            }
            if evidence.hits.is_empty()
                && let Some(record) = status_codes.expand(&shown)
            {
                evidence = recognizer.evidence(&EvidenceSource::Search, &record);
                let places = evidence.hits.iter_mut().map(|hit| &mut hit.provenance);
                places.chain(evidence.proofs.iter_mut().map(|proof| &mut proof.provenance)).for_each(|place| {
                    place.text.clone_from(&shown);
                });
            }
        }
        if opened.is_left_by_code
            && let Some(left) = tree.and_then(|tree| LeftByCode::of(&tree.recognizer, &self.line(&shown), false))
        {
            // The question that goes on from the code, not one of the cards behind it.
            return left.evidence(&shown);
        }
        let mut evidence = opened.narrow(evidence).unwrap_or_default();
        if evidence.limiting().next().is_none() {
            let cards = if opened.shared.is_empty() { vec![opened.card] } else { opened.shared.clone() };
            let provenance = Provenance { source: EvidenceSource::Search, line: 1, text: shown };
            let captures = Vec::new();
            evidence.hits.push(Hit { cards, kind: HitKind::Opened, captures, count: 1, provenance });
        }
        evidence
    }
}

/// Returns the first `MAX_QUERY` bytes of a query, cut between characters.
fn beginning(query: &str) -> &str {
    let end = (0..=MAX_QUERY.min(query.len())).rev().find(|end| query.is_char_boundary(*end));
    query.get(..end.unwrap_or(0)).unwrap_or_default()
}

/// Returns the position of the first path to each card.
fn first_paths(tree: &Tree) -> Vec<Option<usize>> {
    let mut first = vec![None; tree.cards().count()];
    for (at, path) in tree.paths.iter().enumerate() {
        for card in &path.cards {
            first.get_mut(usize::from(*card)).into_iter().for_each(|place| _ = place.get_or_insert(at));
        }
    }
    first
}

/// Returns how much of a text is literal text of a signature.
///
/// 0 to 1, in bytes.
fn coverage(tree: &Tree, id: SignatureId, text: &str) -> f32 {
    let length = |part: &Part| match part {
        Part::Literal(literal) => literal.len(),
        Part::Slot { .. } => 0,
    };
    let literal: usize = match tree.signature(id).map(|signature| &signature.pattern) {
        Some(Pattern::Text(template)) => template.parts.iter().map(length).sum(),
        _ => 0,
    };
    (literal as f32 / text.len().max(1) as f32).min(1.0)
}

/// Lets used cards rise among those of nearly the same score.
///
/// Signatures stay first, in their order: they say what a line is about, whatever was looked up before.
fn rise_by_use(matches: &mut [Match], usage: &Usage) {
    let signatures = matches.iter().take_while(|found| found.tier == Tier::Signature).count();
    let raised = |found: &Match| {
        let weight = usage.weight(&found.tree.id, &found.tree.card(found.card).id);
        found.score as f64 * (1.0 + f64::from(MAX_USE_SHARE) * weight / (1.0 + weight))
    };
    // The sort is stable: without usage, nothing moves.
    matches.get_mut(signatures..).unwrap_or_default().sort_by(|one, other| raised(other).total_cmp(&raised(one)));
}
