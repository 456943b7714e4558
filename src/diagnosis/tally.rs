//! Counts all matches, in bounded memory.

mod card;
mod first_n;
mod open_block;
mod success;
mod trouble;
mod values;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use card::{CardTally, Flapping};
use first_n::{FirstN, SAMPLES};
pub(super) use open_block::{OpenBlock, ReadText, TellingLine, TellingPlace};
use success::SuccessTally;
use trouble::TroubleTally;
use values::ValueTally;

use super::bottom_k::{BottomK, Mergeable};
use super::findings::{Diagnosis, Finding, FoundAnswer, Sample};
use super::line_time::LineTime;
use super::patterns::{LinePlace, Patterns};
use super::times::Histogram;
use crate::recognize::StateChange;
use crate::text::CleanText;
use crate::tree::{CardId, OptionId, QuestionId, SignatureId, Tree};
use crate::walk::{Evidence, Hit, HitKind, ProofKind, Provenance};

/// Characters that are kept of a line.
const SHOWN: usize = 2000;

/// Values of a placeholder that are counted.
const COUNTED_VALUES: usize = 500;

/// Machines or other things of one card whose values are followed.
///
/// 1,000 bound the memory.
const MAX_FLAPPING: usize = 1000;

/// Groups of cards that are told apart.
const GROUPS: usize = 1000;

/// The counts of all matches so far.
#[derive(Debug, Default)]
pub struct Tally {
    /// Records or lines that were searched.
    pub records: u64,
    patterns: Option<Arc<Patterns>>,
    cards: BTreeMap<(usize, CardId), CardTally>,
    /// Lines by the group of cards that they point to.
    groups: BTreeMap<(usize, HitKind, Vec<CardId>), Sampled<CarryingLine>>,
    answers: BTreeMap<AnswerKey, Sampled<Sample>>,
    pub(super) successes: SuccessTally,
    pub(super) values: ValueTally,
    /// The signatures that matched.
    signatures: BTreeSet<(usize, SignatureId)>,
    /// Errors of Terraform that were read.
    pub error_blocks: u64,
    troubles: TroubleTally,
}

/// A line that matches signatures, and the captured values.
type CarryingLine = (Provenance, Vec<(CleanText, CleanText)>);

/// An answer of a tree, and the strength of its proof.
type AnswerKey = (usize, QuestionId, OptionId, ProofKind);

/// A count with its first samples.
#[derive(Debug)]
struct Sampled<T> {
    count: u64,
    samples: FirstN<T, SAMPLES>,
}

impl<T> Default for Sampled<T> {
    fn default() -> Self {
        Self { count: 0, samples: FirstN::default() }
    }
}

impl<T> Sampled<T> {
    /// Counts one more, and keeps a sample if there is room.
    fn once(&mut self, sample: impl FnOnce() -> T) {
        self.count += 1;
        self.samples.push(sample);
    }

    /// Moves the count and the samples of a later part here.
    fn append(&mut self, later: &mut Self) {
        self.count.append(&mut later.count);
        self.samples.append(&mut later.samples);
    }
}

impl Tally {
    /// Moves the counts of a later part of the input here.
    ///
    /// The later tally can be used again: it keeps its keys, so that counting the same again is cheap, and it keeps no
    /// more samples than are still wanted here.
    pub fn append(&mut self, later: &mut Tally) {
        self.records.append(&mut later.records);
        if self.patterns.is_none() {
            self.patterns.clone_from(&later.patterns);
        }
        for (key, card) in &mut later.cards {
            self.cards.entry(*key).or_default().append(card);
        }
        for (key, group) in &mut later.groups {
            if let Some(known) = self.groups.get_mut(key) {
                known.append(group);
            } else if self.groups.len() < GROUPS {
                self.groups.entry(key.clone()).or_default().append(group);
            } else {
                // There are as many groups as are kept.
                *group = Sampled::default();
            }
        }
        for (key, answer) in &mut later.answers {
            self.answers.entry(*key).or_default().append(answer);
        }
        self.successes.append(&mut later.successes);
        self.values.append(&mut later.values);
        self.signatures.extend(&later.signatures);
        self.error_blocks.append(&mut later.error_blocks);
        self.troubles.append(&mut later.troubles);
    }

    /// Returns the diagnosis without its inputs; the caller knows them.
    pub fn diagnosis(&self) -> Diagnosis {
        let Some(patterns) = &self.patterns else { return Diagnosis::default() };
        let mut answers = Vec::new();
        for ((tree, question, option, kind), answer) in &self.answers {
            if let Some(tree) = patterns.tree(*tree) {
                answers.push(FoundAnswer {
                    tree: Arc::clone(tree),
                    question: *question,
                    option: *option,
                    kind: *kind,
                    count: answer.count,
                    samples: answer.samples.kept().to_vec(),
                });
            }
        }
        let mut diagnosis = Diagnosis {
            successes: self.successes.found(patterns),
            values: self.values.found(patterns),
            utc_offset: patterns.utc_offset,
            known_by_words: Vec::new(),
            inputs: Vec::new(),
            findings: self.findings(patterns),
            hits: self.hits(patterns),
            answers,
            unexplained: self.troubles.unexplained(),
        };
        diagnosis.find_likely();
        diagnosis
    }

    /// Returns whether anything in it points to a card.
    pub(super) fn points_to_cards(&self) -> bool {
        !self.cards.is_empty()
    }

    /// Returns whether a line names a card.
    pub(super) fn names_a_card(&self) -> bool {
        self.cards.values().any(|card| card.named > 0)
    }

    /// Says whose patterns were looked for.
    pub(super) fn opened_for(&mut self, patterns: &Arc<Patterns>) {
        if self.patterns.is_none() {
            self.patterns = Some(Arc::clone(patterns));
        }
    }

    /// Counts a line that carries signatures of cards of one tree.
    pub(super) fn signatures(
        &mut self,
        tree: usize,
        (cards, kind): (&[CardId], HitKind),
        signatures: &[SignatureId],
        captures: &[(&CleanText, Cow<'_, str>)],
        text: &str,
        place: LinePlace<'_>,
    ) {
        for id in signatures {
            if !self.signatures.contains(&(tree, *id)) {
                self.signatures.insert((tree, *id));
            }
        }
        let utc_offset = self.patterns.as_ref().and_then(|patterns| patterns.utc_offset);
        let time = LineTime::of(text).map(|time| time.with_offset(utc_offset));
        for id in cards {
            let card = self.cards.entry((tree, *id)).or_default();
            card.lines += 1;
            card.named += u64::from(cards.len() == 1 && kind == HitKind::Named);
            if let Some(time) = time {
                match &mut card.times {
                    Some(times) => times.add(time),
                    none => *none = Some(Histogram::new(time)),
                }
            }
            for (name, value) in captures {
                if !card.captures.contains_key(*name) {
                    card.captures.insert((*name).clone(), BottomK::new(COUNTED_VALUES));
                }
                if let Some(values) = card.captures.get_mut(*name)
                    && let Some(count) = values.entry(value, || 0)
                {
                    *count += 1;
                }
            }
            card.samples.push(|| Sample { provenance: place.provenance(text), risk: None });
        }
        let key = (tree, kind, cards.to_vec());
        if self.groups.len() < GROUPS || self.groups.contains_key(&key) {
            let owned = |(name, value): &(&CleanText, Cow<'_, str>)| ((*name).clone(), CleanText::new(value));
            let sample = || (place.provenance(text), captures.iter().map(owned).collect());
            self.groups.entry(key).or_default().once(sample);
        }
    }

    /// Counts what was found in a document.
    ///
    /// `writers` are the trees that know the document. Returns whether anything was found.
    pub(super) fn evidence(&mut self, tree: usize, found: Evidence, place: LinePlace<'_>, writers: &[usize]) -> bool {
        let is_anything = !found.says_nothing();
        for hit in found.hits {
            let captures = hit.captures.iter().map(|(name, value)| (name, Cow::Borrowed(value.as_str())));
            let captures: Vec<_> = captures.collect();
            self.signatures(tree, (&hit.cards, hit.kind), &[], &captures, &hit.provenance.text, place);
            if !writers.is_empty() && !writers.contains(&tree) {
                hit.cards.iter().for_each(|card| self.written_by(tree, *card, writers, None));
            }
        }
        for proof in found.proofs {
            self.answer((tree, proof.question, proof.option, proof.kind), &proof.provenance.text, place);
        }
        for risk in found.risks {
            self.risk(tree, risk.card, risk.at, &risk.provenance.text, place);
        }
        for success in found.successes {
            self.successes.add((tree, success.card), || place.provenance(&success.provenance.text));
        }
        is_anything
    }

    /// Counts changes of values that may flap.
    pub(super) fn state_changes(&mut self, tree: usize, state_changes: &[StateChange]) {
        for StateChange { card, by, of, times } in state_changes {
            let card = self.cards.entry((tree, *card)).or_default();
            let flapping = card.flapping.get_or_insert_with(|| BottomK::new(MAX_FLAPPING));
            if let Some(by) = by
                && let Some(flapping) = flapping.entry(by, Flapping::default)
            {
                flapping.add(of, *times);
            }
        }
    }

    /// Counts the writers of a line that points to a card.
    ///
    /// `writers` are the other trees whose systems wrote it. `format` is its log format if no tree has that system.
    pub(super) fn written_by(&mut self, tree: usize, card: CardId, writers: &[usize], format: Option<&CleanText>) {
        let card = self.cards.entry((tree, card)).or_default();
        card.of_others += 1;
        card.writers.extend(writers);
        if let Some(format) = format
            && !card.formats.contains(format)
        {
            card.formats.insert(format.clone());
        }
    }

    /// Counts a line of which only many together point to a card.
    pub(super) fn undecided(&mut self, tree: usize, card: CardId) {
        self.cards.entry((tree, card)).or_default().undecided += 1;
    }

    /// Keeps decoded texts of a card, each once.
    pub(super) fn decoded(&mut self, tree: usize, card: CardId, decoded: &[(CleanText, CleanText)]) {
        if !decoded.is_empty() {
            self.cards.entry((tree, card)).or_default().keep_decoded(decoded);
        }
    }

    /// Counts a place where the risk of a card is found.
    pub(super) fn risk(&mut self, tree: usize, card: CardId, at: usize, text: &str, place: LinePlace<'_>) {
        let card = self.cards.entry((tree, card)).or_default();
        card.risks += 1;
        card.risk_samples.push(|| Sample { provenance: place.provenance(text), risk: Some(at) });
    }

    /// Counts a place that proves an answer.
    pub(super) fn answer(&mut self, answer: AnswerKey, text: &str, place: LinePlace<'_>) {
        let answer = self.answers.entry(answer).or_default();
        answer.once(|| Sample { provenance: place.provenance(text), risk: None });
    }

    /// Counts an unexplained error line by its template.
    ///
    /// It stands by itself, as a record of a document.
    pub(super) fn error_line<'t>(&mut self, template: &str, text: impl FnOnce() -> Cow<'t, str>, place: LinePlace<'_>) {
        self.troubles.count(template, || place.provenance(&text()));
    }

    /// Begins to read lines, and returns the block that they continue.
    ///
    /// `continues` says whether the first line belongs to the block of the line before it.
    pub(super) fn begin_lines(&mut self, continues: bool) -> Option<OpenBlock> {
        self.troubles.begin_lines(continues)
    }

    /// Counts a block that has ended.
    pub(super) fn end_block(&mut self, block: OpenBlock, read: ReadText<'_>) {
        self.troubles.end_block(block, read);
    }

    /// Keeps the last block, which the next lines may continue.
    pub(super) fn end_lines(&mut self, block: Option<OpenBlock>, read: ReadText<'_>) {
        self.troubles.end_lines(block, read);
    }

    /// Returns the findings: certain ones first, then specific ones, then frequent ones.
    ///
    /// Those that only lines of other systems point to come last.
    fn findings(&self, patterns: &Patterns) -> Vec<Finding> {
        let mut ranked: Vec<_> = Vec::new();
        for (tree_at, recognizer) in patterns.recognizers().iter().enumerate() {
            let found = self.signatures.iter().filter(|(tree, _)| *tree == tree_at);
            let breadth = patterns.breadth(tree_at, found.map(|(_, id)| *id).collect());
            for ((_, id), card) in self.cards.iter().filter(|((tree, _), _)| *tree == tree_at) {
                let broad = breadth.get(id).copied().unwrap_or(usize::MAX);
                if let Some(certainty) = card.certainty() {
                    let mut finding = card.finding(recognizer.tree(), *id, certainty);
                    finding.foreign_formats = card.formats().cloned().collect();
                    finding.written_by = card.writers().filter_map(|tree| patterns.tree(tree)).cloned().collect();
                    ranked.push((broad, tree_at, finding));
                }
            }
        }
        ranked.sort_by(|(broad, tree, one), (other_broad, other_tree, other)| {
            let by_count = other.count.cmp(&one.count);
            let by_place = (tree, one.place()).cmp(&(other_tree, other.place()));
            // Among cards that share a line, the more likely one comes first.
            let by_likelihood = other.likelihood().total_cmp(&one.likelihood());
            let by_writer = one.is_of_other().cmp(&other.is_of_other());
            let order = by_writer.then(one.certainty.cmp(&other.certainty)).then(broad.cmp(other_broad)).then(by_count);
            order.then(by_likelihood).then(by_place)
        });
        ranked.into_iter().map(|(.., finding)| finding).collect()
    }

    fn hits(&self, patterns: &Patterns) -> Vec<(Arc<Tree>, Hit)> {
        let mut hits = Vec::new();
        for ((at, kind, cards), group) in &self.groups {
            let Some(tree) = patterns.tree(*at) else { continue };
            let is_claimed =
                |card: &CardId| self.cards.get(&(*at, *card)).is_none_or(|card| card.certainty().is_some());
            let cards: Vec<CardId> = cards.iter().copied().filter(is_claimed).collect();
            if cards.is_empty() {
                continue;
            }
            // The first sample carries the count of all lines that were not sampled.
            let mut count = group.count - group.samples.kept().len().saturating_sub(1) as u64;
            for (provenance, captures) in group.samples.kept() {
                let (provenance, captures) = (provenance.clone(), captures.clone());
                hits.push((Arc::clone(tree), Hit { cards: cards.clone(), kind: *kind, captures, count, provenance }));
                count = 1;
            }
        }
        hits
    }
}

impl LinePlace<'_> {
    /// Returns the place with the beginning of its text.
    pub(super) fn provenance(self, text: &str) -> Provenance {
        // No text has more characters than bytes.
        let is_short = text.len() <= SHOWN;
        let end = if is_short { None } else { text.char_indices().nth(SHOWN).map(|(end, _)| end) };
        let text = text.get(..end.unwrap_or(text.len())).unwrap_or_default().to_owned();
        Provenance { source: self.source.clone(), line: self.number(), text: text.into() }
    }
}
