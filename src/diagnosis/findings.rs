//! Describes a diagnosis: findings, answers, and error lines that no card explains.

use std::sync::Arc;

use crate::text::CleanText;
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{self, Detail, Evidence, Hit, Proof, Provenance, Risk};

/// The summary of all evidence that was read.
#[derive(Clone, Debug, Default)]
pub struct Diagnosis {
    /// The inputs in the order in which they were read.
    pub inputs: Vec<Input>,
    /// The cards that it points to, the most telling first.
    pub findings: Vec<Finding>,
    /// The lines behind the findings, a few of those that point to the same cards, each with its tree. The counts of
    /// those of a card add up to the finding's.
    pub hits: Vec<(Arc<Tree>, Hit)>,
    /// The questions that it answers, in the order of their trees.
    ///
    /// One with several answers has one entry for each.
    pub answers: Vec<Answer>,
    /// Error lines that no card explains.
    pub unexplained: Unexplained,
}

impl Diagnosis {
    /// Returns the evidence for one tree.
    pub fn evidence(&self, tree: &Tree) -> Evidence {
        let mut evidence = Evidence::default();
        let hits = self.hits.iter().filter(|(other, _)| other.id == tree.id);
        evidence.hits.extend(hits.map(|(_, hit)| hit.clone()));
        for answer in self.answers.iter().filter(|answer| answer.tree.id == tree.id) {
            let Answer { question, option, .. } = *answer;
            // The first sample carries the count of all places that were not sampled.
            let mut count = answer.count.saturating_sub(answer.samples.len().saturating_sub(1) as u64);
            for sample in &answer.samples {
                evidence.proofs.push(Proof { question, option, count, provenance: sample.provenance.clone() });
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
    /// How many records or lines it had.
    pub records: u64,
    /// How many bytes were read of it.
    pub bytes: u64,
    /// Remarks on it: it was cut, could not be read to its end, was not searched as a whole.
    pub remarks: Vec<String>,
}

/// A card, and what speaks for it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The card's tree.
    pub tree: Arc<Tree>,
    /// The card.
    pub card: CardId,
    /// How sure it is.
    pub certainty: Certainty,
    /// How many lines or places point to it.
    pub count: u64,
    /// When they were written, where that can be read from them.
    pub times: Option<Times>,
    /// The values of placeholders, each with how often it was met, the most frequent first.
    pub captures: Vec<(CleanText, Vec<(CleanText, u64)>)>,
    /// The first places that point to it.
    pub samples: Vec<Sample>,
    /// Encoded texts that were found in these lines: what each is, and what it says, cleaned.
    pub decoded: Vec<(CleanText, CleanText)>,
}

impl Finding {
    /// How often its card is met.
    pub(super) fn likelihood(&self) -> f64 {
        self.tree.card(self.card).likelihood.weight()
    }

    /// Where the author's branching first comes to its card.
    pub(super) fn place(&self) -> usize {
        let paths = &self.tree.paths;
        paths.iter().position(|path| path.cards.contains(&self.card)).unwrap_or(paths.len())
    }
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// A signature that no other card owns was found.
    Matched,
    /// It may be this card, or another that shares its signature.
    ///
    /// The same for a card of which only a risk was found: a setting that can lead to it.
    Possible,
}

/// A place that points to a card or proves an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// Where it is, and its text.
    ///
    /// Of a document, the path inside it and the value there.
    pub provenance: Provenance,
    /// The risk of the card that was found there, by position.
    ///
    /// `None` for a signature.
    pub risk: Option<usize>,
}

/// When something was met, in milliseconds since 1970 (UTC).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// The first time.
    pub first: i64,
    /// The last time.
    pub last: i64,
    /// How often between the two, in steps of the same length.
    ///
    /// Never empty.
    pub histogram: Vec<u64>,
}

/// An answer that evidence gives to a question.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The question's tree.
    pub tree: Arc<Tree>,
    /// The question.
    pub question: QuestionId,
    /// The answer.
    pub option: OptionId,
    /// How many lines or places prove it.
    pub count: u64,
    /// The first of these.
    pub samples: Vec<Sample>,
}

/// Error lines that no card explains.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unexplained {
    /// How many lines.
    pub count: u64,
    /// The most frequent kinds of them, the most frequent first.
    pub templates: Vec<walk::Unexplained>,
    /// How many lines are of kinds that were not kept, as there were too many.
    pub others: u64,
}
