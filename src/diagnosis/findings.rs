//! Describes a diagnosis: findings, answers, and error lines that no card explains.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::format_sample::ReadAs;
use crate::text::CleanText;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{
    self, Detail, Event, Evidence, FoundValue, Hit, HitKind, Proof, ProofKind, Provenance, Risk, RuledOutBy, Success,
    Verdict, verdicts_after,
};

/// The summary of all evidence that was read.
#[derive(Clone, Debug, Default)]
pub struct Diagnosis {
    /// The offset from UTC of times without a zone.
    ///
    /// In seconds east; `None` unless the operator gave it.
    pub utc_offset: Option<i32>,
    /// The inputs in the order in which they were read.
    pub inputs: Vec<Input>,
    /// The cards that it points to, the most telling first.
    pub findings: Vec<Finding>,
    /// Sample lines behind the findings, each with its tree.
    ///
    /// The counts of those of a card add up to the finding's.
    pub hits: Vec<(Arc<Tree>, Hit)>,
    /// The questions that it answers, in the order of their trees.
    ///
    /// One with several answers has one entry for each.
    pub answers: Vec<FoundAnswer>,
    /// The lines that say that something works, each with its tree.
    pub successes: Vec<(Arc<Tree>, Success)>,
    /// The values that lines name, each with its tree.
    pub values: Vec<(Arc<Tree>, FoundValue)>,
    /// Error lines that no card explains.
    pub unexplained: UnexplainedLines,
    /// Error lines without a signature whose words name a card.
    ///
    /// Empty unless a search looked them up.
    pub known_by_words: Vec<KnownByWords>,
}

impl Diagnosis {
    /// Returns the evidence for one tree, and what other trees found.
    pub fn evidence(&self, tree: &Tree) -> Evidence {
        let others = self.of_each_tree().into_iter().filter(|(other, _)| other.id != tree.id);
        let elsewhere = others.map(|(other, evidence)| (other.id.clone(), evidence)).collect();
        Evidence { utc_offset: self.utc_offset, elsewhere, ..self.found_by(tree) }
    }

    /// Returns what each tree found that found anything.
    pub fn of_each_tree(&self) -> Vec<(&Arc<Tree>, Evidence)> {
        let of_hits = self.hits.iter().map(|(tree, _)| tree);
        let of_answers = self.answers.iter().map(|answer| &answer.tree);
        let of_findings = self.findings.iter().map(|finding| &finding.tree);
        let of_values = self.values.iter().map(|(tree, _)| tree);
        let mut found: Vec<(&Arc<Tree>, Evidence)> = Vec::new();
        for tree in of_hits.chain(of_answers).chain(of_findings).chain(of_values) {
            if found.iter().all(|(known, _)| known.id != tree.id) {
                found.push((tree, self.found_by(tree)));
            }
        }
        found
    }

    /// Returns the trees that this may be about.
    ///
    /// One, if a line points to a card or has an answer: the tree that most of it is about. If all that was found is a
    /// status or code, each tree that knows it: nothing tells which system printed it.
    pub fn trees(&self) -> Vec<&Arc<Tree>> {
        let finding = self.findings.first().map(|finding| &finding.tree);
        let mut telling = self.answers.iter().filter(|answer| answer.kind == ProofKind::Answer);
        if let Some(tree) = finding.or_else(|| telling.next().map(|answer| &answer.tree)) {
            return vec![tree];
        }
        let mut trees: Vec<&Arc<Tree>> = Vec::new();
        for answer in &self.answers {
            if trees.iter().all(|known| known.id != answer.tree.id) {
                trees.push(&answer.tree);
            }
        }
        trees
    }

    /// Tells the likely cards from the other possible ones.
    ///
    /// They come first. Lines that other causes write, too, make no card likely, however few others are left; it comes
    /// first all the same. A card that the answers in the evidence rule out comes after the other cards of its tree: it
    /// may be the cause of another incident in the same log.
    pub(super) fn find_likely(&mut self) {
        let trees: BTreeMap<CleanText, Arc<Tree>> =
            self.findings.iter().map(|finding| (finding.tree.id.clone(), Arc::clone(&finding.tree))).collect();
        for tree in trees.into_values() {
            let verdicts = verdicts_after(&tree, &[Event::EvidenceAdded(self.found_by(&tree))]);
            let own = self.findings.iter_mut().filter(|finding| finding.tree.id == tree.id);
            for finding in own.filter(|finding| finding.certainty == Certainty::Possible && !finding.is_setting()) {
                match verdicts.of_card(finding.card) {
                    Some(Verdict::Likely) => finding.certainty = Certainty::Likely,
                    Some(Verdict::RuledOut(RuledOutBy::Answer(question))) => finding.opposed_by = vec![question],
                    Some(Verdict::RuledOut(RuledOutBy::Answers(questions))) => finding.opposed_by = questions,
                    _ => {}
                }
            }
        }
        let named = self.hits.iter().filter(|(_, hit)| hit.kind == HitKind::Named);
        let named: BTreeSet<(&CleanText, CardId)> =
            named.flat_map(|(tree, hit)| hit.cards.iter().map(|card| (&tree.id, *card))).collect();
        let trees_named: BTreeSet<&CleanText> = named.iter().map(|(tree, _)| *tree).collect();
        // Among equals, the one that began first may have led to the others. A tree of which the evidence only gives
        // hints stands behind a tree whose failures it names.
        let onset =
            |finding: &Finding| finding.times.as_ref().map_or((true, i64::MAX), |times| (!times.has_zone, times.first));
        self.findings.sort_by_key(|finding| {
            let is_unconfirmed = finding.certainty != Certainty::Confirmed;
            let has_only_hints = is_unconfirmed && !trees_named.contains(&finding.tree.id);
            let is_opposed = !finding.opposed_by.is_empty();
            (finding.is_of_other(), is_unconfirmed, has_only_hints, is_opposed, finding.certainty, onset(finding))
        });
        for finding in self.findings.iter_mut().filter(|finding| finding.certainty == Certainty::Likely) {
            if !named.contains(&(&finding.tree.id, finding.card)) {
                finding.certainty = Certainty::Possible;
            }
        }
    }

    /// Returns what one tree found.
    fn found_by(&self, tree: &Tree) -> Evidence {
        let mut evidence = Evidence::default();
        let hits = self.hits.iter().filter(|(other, _)| other.id == tree.id);
        evidence.hits.extend(hits.map(|(_, hit)| hit.clone()));
        for answer in self.answers.iter().filter(|answer| answer.tree.id == tree.id) {
            let FoundAnswer { question, option, kind, .. } = *answer;
            // The first sample carries the count of all places that were not sampled.
            let mut count = answer.count.saturating_sub(answer.samples.len().saturating_sub(1) as u64);
            for sample in &answer.samples {
                evidence.proofs.push(Proof { question, option, kind, count, provenance: sample.provenance.clone() });
                count = 1;
            }
        }
        for finding in self.findings.iter().filter(|finding| finding.tree.id == tree.id) {
            for sample in &finding.samples {
                if let Some(at) = sample.risk {
                    evidence.risks.push(Risk { card: finding.card, at, provenance: sample.provenance.clone() });
                }
            }
            let (values, decoded) = (finding.captures.clone(), finding.decoded.clone());
            evidence.details.push(Detail { card: finding.card, values, decoded });
        }
        let successes = self.successes.iter().filter(|(other, _)| other.id == tree.id);
        evidence.successes.extend(successes.map(|(_, success)| success.clone()));
        let values = self.values.iter().filter(|(other, _)| other.id == tree.id);
        evidence.values.extend(values.map(|(_, value)| value.clone()));
        evidence.unexplained.extend(self.unexplained.templates.iter().cloned());
        evidence
    }
}

/// One file or stream that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its path, `-` for standard input.
    pub path: CleanText,
    /// Its form in words: `JSON lines`, `gzip of plain text`.
    pub kind: String,
    /// The number of its records or lines.
    pub records: u64,
    /// The bytes that were read of it.
    pub bytes: u64,
    /// Remarks: it was cut, unreadable in part, or not searched whole.
    pub remarks: Vec<String>,
    /// The log format of its lines.
    pub read_as: Option<ReadAs>,
    /// The errors in it that Terraform wrote, each a block of lines.
    pub error_blocks: u64,
}

/// A card, and what speaks for it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The card's tree.
    pub tree: Arc<Tree>,
    /// The card that was found.
    pub card: CardId,
    /// The certainty of the card.
    pub certainty: Certainty,
    /// The lines or places that point to it.
    pub count: u64,
    /// The times at which they were written, if known.
    pub times: Option<Times>,
    /// The values of placeholders with their counts, the most frequent first.
    pub captures: Vec<(CleanText, Vec<(CleanText, u64)>)>,
    /// The first places that point to it.
    pub samples: Vec<Sample>,
    /// Decoded texts from these lines, each with its description.
    pub decoded: Vec<(CleanText, CleanText)>,
    /// The trees of the other systems that wrote the lines.
    ///
    /// Empty if the card's own system wrote some of them, or if no tree tells.
    pub written_by: Vec<Arc<Tree>>,
    /// The titles of the log formats of the lines.
    ///
    /// Empty unless systems without a tree wrote them all.
    pub foreign_formats: Vec<CleanText>,
    /// The questions whose answers in the same evidence rule the card out.
    ///
    /// Empty if none does. In a log of several incidents it may still be the cause of one.
    pub opposed_by: Vec<QuestionId>,
}

impl Finding {
    /// Returns whether only settings lead to it.
    pub fn is_setting(&self) -> bool {
        !self.samples.is_empty() && self.samples.iter().all(|sample| sample.risk.is_some())
    }

    /// Returns whether other systems wrote all its lines.
    pub(super) fn is_of_other(&self) -> bool {
        !self.written_by.is_empty() || !self.foreign_formats.is_empty()
    }

    /// Returns the weight of the likelihood of its card.
    pub(super) fn likelihood(&self) -> f64 {
        self.tree.card(self.card).likelihood.weight()
    }

    /// Returns the position of the first path to its card.
    pub(super) fn place(&self) -> usize {
        let paths = &self.tree.paths;
        paths.iter().position(|path| path.cards.contains(&self.card)).unwrap_or(paths.len())
    }
}

/// The certainty of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// A line names the failure of this card alone.
    Confirmed,
    /// It is the likeliest in a walk with the evidence.
    ///
    /// No line names it.
    Likely,
    /// It may be this card or another.
    ///
    /// Other cards share its signature, the signature is only a code, another system wrote the lines, or only a risk was
    /// found, that is a setting that can lead to it.
    Possible,
}

impl Certainty {
    /// Returns the word in text and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Certainty::Confirmed => "confirmed",
            Certainty::Likely => "likely",
            Certainty::Possible => "possible",
        }
    }
}

/// Lines whose words name a card, as a search says surely.
#[derive(Clone, Debug)]
pub struct KnownByWords {
    /// The card's tree.
    pub tree: Arc<Tree>,
    /// The card that the words name.
    pub card: CardId,
    /// Their template, count and first place.
    pub lines: walk::Unexplained,
}

/// A place that points to a card or proves an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Its place and its text.
    ///
    /// In a document, the text is the path and the value there.
    pub provenance: Provenance,
    /// The risk of the card that was found there, by position.
    ///
    /// `None` for a signature.
    pub risk: Option<usize>,
}

/// The times of matches, in milliseconds since 1970 (UTC).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// The first time.
    pub first: i64,
    /// The last time.
    pub last: i64,
    /// Whether all of the lines say their time zone.
    ///
    /// Without it, UTC is assumed. Times with and without a zone cannot be put in order.
    pub has_zone: bool,
    /// Counts between the two, in steps of equal length.
    ///
    /// Never empty.
    pub histogram: Vec<u64>,
}

/// An answer that evidence gives to a question.
#[derive(Clone, Debug)]
pub struct FoundAnswer {
    /// The question's tree.
    pub tree: Arc<Tree>,
    /// The question that the evidence answers.
    pub question: QuestionId,
    /// The answer.
    pub option: OptionId,
    /// The strength of the proof.
    pub kind: ProofKind,
    /// The lines or places that prove it.
    pub count: u64,
    /// The first of these.
    pub samples: Vec<Sample>,
}

/// Error lines that no card explains.
///
/// A block of several lines, such as a stack trace, is one; its most telling line stands for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnexplainedLines {
    /// The number of lines.
    pub count: u64,
    /// The most frequent kinds of them, the most frequent first.
    pub templates: Vec<walk::Unexplained>,
    /// The lines of templates that were not kept.
    pub others: u64,
}
