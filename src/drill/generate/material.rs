//! Prepares a tree for exercises: compiled patterns and collected lines.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use crate::drill::generate::randomize::Randomizer;
use crate::drill::generate::synthetic_record;
use crate::drill::random::Random;
use crate::recognize::{Compiled, Recognizer};
use crate::text::CleanText;
use crate::tree::model::Signature;
use crate::tree::{CardId, Tree};
use crate::walk::{Evidence, EvidenceSource, ProofKind};

/// The longest line in an exercise, in bytes.
///
/// 1200 bytes are ten rows of 120 columns, about as much as a trainee reads.
const LONGEST: usize = 1200;

/// A tree that is prepared for exercises.
///
/// Creating it compiles all patterns of the tree.
#[derive(Debug)]
pub struct Material {
    recognizer: Recognizer,
    /// Everyday lines: they occur in logs when nothing is wrong.
    pub(crate) everyday: Vec<CleanText>,
    /// Near misses and lines of golden cases in which nothing is recognized.
    pub(crate) benign: Vec<NearMiss>,
    /// All near misses of cards (`never` lines).
    ///
    /// Unlike `benign`, they include lines that prove another card.
    pub(crate) near_misses: Vec<NearMiss>,
    /// Values of placeholders in the samples of all cards.
    ///
    /// They are computed on first use, the most frequent first.
    values: OnceLock<Vec<(CleanText, CleanText)>>,
}

/// A line that resembles lines of some cards.
///
/// A line of a golden case resembles none.
#[derive(Clone, Debug)]
pub(crate) struct NearMiss {
    pub(crate) text: String,
    /// The cards that the line resembles without belonging to them.
    pub(crate) like: Vec<CardId>,
}

impl Material {
    /// Compiles the patterns of a tree and collects its lines.
    pub fn new(tree: Arc<Tree>) -> Self {
        let recognizer = Recognizer::new(Arc::clone(&tree));
        let never: Vec<(&CleanText, Option<CardId>)> = tree
            .cards()
            .flat_map(|(id, card)| {
                let never = card.signatures.iter().flat_map(|signature| &signature.never);
                never.map(move |line| (line, Some(id)))
            })
            .collect();
        let cases = tree.cases.iter().flat_map(|case| &case.evidence).map(|line| (line, None));
        let is_silent = |text: &str| evidence_of(&recognizer, text).says_nothing();
        let everyday: Vec<CleanText> = tree.everyday.iter().filter(|line| is_silent(line)).cloned().collect();
        let near_misses = gathered(never.iter().copied(), is_line);
        let benign = gathered(never.into_iter().chain(cases), |text| is_line(text) && is_silent(text));
        Self { recognizer, everyday, benign, near_misses, values: OnceLock::new() }
    }

    /// Returns the tree that was prepared.
    pub fn tree(&self) -> &Arc<Tree> {
        self.recognizer.tree()
    }

    /// Returns the compiled patterns of the tree.
    pub fn recognizer(&self) -> &Recognizer {
        &self.recognizer
    }

    /// Returns whether a query returns a record.
    pub(crate) fn passes(&self, filter: Option<&Compiled>, record: &str) -> bool {
        filter.is_none_or(|filter| filter.matches(&self.recognizer.line(record)))
    }

    /// Returns what the tree recognizes in a text.
    pub(crate) fn evidence(&self, text: &str) -> Evidence {
        evidence_of(&self.recognizer, text)
    }

    /// Returns the samples of a card that are recognized as its own.
    ///
    /// Samples that only quote the vendor's documentation have words in place of values. They are used only if there
    /// are no other samples, as are those of a status or code that does not decide.
    pub(crate) fn samples(&self, card: CardId) -> Vec<&str> {
        let signatures = &self.tree().card(card).signatures;
        let is_used = |signature: &&Signature| signature.decides || signatures.iter().all(|other| !other.decides);
        let mut own: Vec<(&str, bool)> = Vec::new();
        for (signature, sample) in
            signatures.iter().filter(is_used).flat_map(|it| it.samples.iter().map(move |sample| (it, sample)))
        {
            let is_known = own.iter().any(|(known, _)| known == sample);
            if is_line(sample) && !is_known && self.is_of(sample, card) {
                own.push((sample, signature.documented.as_ref().is_some_and(|text| sample.trim() == text.trim())));
            }
        }
        if own.iter().any(|(_, is_quote)| !is_quote) {
            own.retain(|(_, is_quote)| !is_quote);
        }
        own.into_iter().map(|(sample, _)| sample).collect()
    }

    /// Returns lines by which a card can be recognized.
    ///
    /// This is one random sample, or three records if the signature of the sample detects flapping. Empty for a card
    /// without samples.
    pub(crate) fn telling(&self, card: CardId, random: &mut Random) -> Vec<String> {
        let samples = self.samples(card);
        let Some(sample) = random.one_of(&samples).copied() else { return Vec::new() };
        let mut signatures = self.tree().card(card).signatures.iter();
        let own = signatures.find(|signature| signature.samples.iter().any(|own| own == sample));
        let turning = own.and_then(|signature| signature.back_and_forth.as_ref());
        let turns =
            turning.map(|turning| synthetic_record::turns(&samples, &turning.of, &turning.by)).unwrap_or_default();
        if turns.iter().any(|line| !self.is_of(line, card)) || turns.is_empty() {
            return vec![sample.to_owned()];
        }
        turns
    }

    /// Returns the records from which synthetic records can be made.
    pub(crate) fn records(&self) -> impl Iterator<Item = &str> {
        let samples = self.tree().cards().flat_map(|(_, card)| &card.signatures).flat_map(|it| &it.samples);
        self.everyday.iter().chain(samples).map(CleanText::as_str).filter(|line| is_record(line) && is_line(line))
    }

    /// Returns values of placeholders with their names, the most frequent first.
    ///
    /// A command that is filled with frequent values is consistent, because they occur together in samples.
    pub(crate) fn values(&self) -> impl Iterator<Item = &(CleanText, CleanText)> {
        let values = self.values.get_or_init(|| {
            let mut counts: BTreeMap<(CleanText, CleanText), usize> = BTreeMap::new();
            let cards = self.tree().cards().map(|(card, _)| card);
            for sample in cards.flat_map(|card| self.samples(card)) {
                let hits = self.evidence(sample).hits;
                hits.into_iter().flat_map(|hit| hit.captures).for_each(|it| *counts.entry(it).or_default() += 1);
            }
            let mut values: Vec<_> = counts.into_iter().collect();
            values.sort_by_key(|(_, count)| Reverse(*count));
            values.into_iter().map(|(value, _)| value).collect()
        });
        values.iter()
    }

    /// Returns the cards in a line that a more specific card outdoes.
    pub(crate) fn outdone(&self, line: &str) -> Vec<CardId> {
        let found = self.recognizer.signatures_in(&self.recognizer.line(line));
        let specific = self.recognizer.most_specific(&found);
        let is_specific = |card: CardId| specific.iter().any(|id| id.card == card);
        found.iter().map(|id| id.card).filter(|card| !is_specific(*card)).collect()
    }

    /// Returns whether a line is recognized as a line of a card.
    pub(crate) fn is_of(&self, line: &str, card: CardId) -> bool {
        self.evidence(line).hits.iter().any(|hit| hit.cards.contains(&card))
    }

    /// Returns a sample with randomized values.
    ///
    /// Its times shift by `seconds` more. The sample is unchanged if it would no longer be recognized as a line of the
    /// card.
    pub(crate) fn randomized(&self, sample: &str, card: CardId, randomizer: &mut Randomizer, seconds: i64) -> String {
        let replaced = randomizer.text_at(sample, seconds);
        if self.is_of(&replaced, card) { replaced } else { sample.to_owned() }
    }

    /// Returns the parts of a line that match a card.
    ///
    /// If the card matches no part that can be quoted, returns the whole line.
    pub(crate) fn decides(&self, line: &str, card: CardId) -> Vec<String> {
        let mut parts = self.recognizer.matched_parts(&self.recognizer.line(line), card);
        parts.iter_mut().for_each(|part| part.truncate(part.trim_end().len()));
        parts.retain(|part| line.contains(part.as_str()));
        if parts.is_empty() {
            parts.push(line.to_owned());
        }
        parts
    }
}

/// Collects accepted lines, each once, with all cards that it resembles.
fn gathered<'l>(
    lines: impl Iterator<Item = (&'l CleanText, Option<CardId>)>,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<NearMiss> {
    let mut gathered: Vec<NearMiss> = Vec::new();
    for (text, like) in lines {
        if let Some(known) = gathered.iter_mut().find(|known| known.text == *text) {
            known.like.extend(like);
        } else if is_wanted(text) {
            gathered.push(NearMiss { text: text.to_string(), like: like.into_iter().collect() });
        }
    }
    gathered
}

pub(crate) fn is_record(line: &str) -> bool {
    line.starts_with('{')
}

fn is_line(text: &str) -> bool {
    text.len() <= LONGEST && !text.contains('\n')
}

/// Returns what a tree recognizes in a text, for exercises.
///
/// A status or code that leaves several answers is left out, as it tells a trainee nothing for certain.
fn evidence_of(recognizer: &Recognizer, text: &str) -> Evidence {
    let mut evidence = recognizer.evidence(&EvidenceSource::Paste, text);
    evidence.proofs.retain(|proof| proof.kind == ProofKind::Answer);
    evidence
}
