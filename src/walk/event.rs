//! Events of a walk.

use std::fmt;

use crate::text::CleanText;
use crate::tree::{CardId, OptionId, QuestionId};

/// Something that happened. A list of events is a walk, and a session file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The operator chose an option; a later answer replaces an earlier one.
    Answered {
        /// The question that was answered.
        question: QuestionId,
        /// The answer.
        option: OptionId,
    },
    /// The operator answered "don't know".
    Unknown {
        /// The question that was answered.
        question: QuestionId,
    },
    /// The operator answered "none of these".
    NoneOfThese {
        /// The question that was answered.
        question: QuestionId,
    },
    /// Text or records were read, and patterns were found.
    EvidenceAdded(Evidence),
    /// A step of a card was marked.
    ///
    /// A later mark replaces an earlier one.
    StepMarked {
        /// The card with the step.
        card: CardId,
        /// The remedy's position in the card.
        remedy: usize,
        /// The outcome of the step.
        outcome: StepOutcome,
    },
    /// A placeholder of commands got a value, or lost it.
    ValueGiven(GivenValue),
    /// The operator noted what was seen or heard, in words.
    Remarked(CleanText),
    /// The operator escalated the case: others have it.
    Escalated,
    /// The order of questions changed: by information (`true`), or the author's (`false`).
    ShortestFirst(bool),
    /// A link from another tree was followed to this one.
    Followed(FollowedLink),
    /// An earlier event was retracted.
    Retracted {
        /// The position in the list of events.
        event: usize,
    },
}

/// The outcome of a step of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepOutcome {
    /// It is done; whether it helped is still open.
    Done,
    /// It ended the trouble.
    Helped,
    /// It was tried and did not help.
    DidNotHelp,
    /// It is left out.
    Skipped,
}

impl StepOutcome {
    /// Returns the outcome in words.
    pub fn word(self) -> &'static str {
        match self {
            StepOutcome::Done => "done",
            StepOutcome::Helped => "helped",
            StepOutcome::DidNotHelp => "did not help",
            StepOutcome::Skipped => "skipped",
        }
    }
}

/// A value for a placeholder of commands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenValue {
    /// The name of the placeholder.
    pub name: CleanText,
    /// The value; empty if the placeholder has none, whatever was found.
    pub value: CleanText,
    /// How the value was given.
    pub by: GivenBy,
}

/// The way in which a value was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GivenBy {
    /// The operator typed it.
    Typed,
    /// The operator accepted it for commands that change something.
    Accepted,
    /// The operator picked it among the values that were found.
    Picked,
    /// A link brought it from another tree, which found it.
    Carried {
        /// The title of the other tree.
        from: CleanText,
        /// Whether the other tree takes it for a value of the traffic.
        is_inferred: bool,
    },
}

/// The way into a tree by a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedLink {
    /// The card or the tree with the link, in words.
    pub from: CleanText,
    /// The walks of the case in other trees, the latest first.
    pub left: Vec<LeftWalk>,
}

/// A walk that was left by a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftWalk {
    /// The id of its tree.
    pub tree: CleanText,
    /// Its live events, without the links that were followed to it.
    pub events: Vec<Event>,
}

/// The findings in text or records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// The offset from UTC of times without a zone.
    ///
    /// In seconds east; `None` unless the operator gave it.
    pub utc_offset: Option<i32>,
    /// The matches of signatures.
    pub hits: Vec<Hit>,
    /// The answers to questions.
    pub proofs: Vec<Proof>,
    /// The risks, which make cards likelier without pointing to them.
    pub risks: Vec<Risk>,
    /// The lines that say that something works, and so rule cards out.
    pub successes: Vec<Success>,
    /// The lines that look like trouble and belong to no card.
    pub unexplained: Vec<Unexplained>,
    /// The values from all lines of a card, where hits have fewer.
    pub details: Vec<Detail>,
    /// The values from lines that name them and say nothing else.
    pub values: Vec<FoundValue>,
    /// The findings of other trees in the same text, by their ids.
    pub elsewhere: Vec<(CleanText, Evidence)>,
}

impl Evidence {
    /// Moves what another line or place reveals behind this.
    pub fn append(&mut self, later: &mut Self) {
        self.hits.append(&mut later.hits);
        self.proofs.append(&mut later.proofs);
        self.risks.append(&mut later.risks);
        self.successes.append(&mut later.successes);
        self.values.append(&mut later.values);
    }

    /// Returns whether it has nothing that a walk can use.
    pub fn says_nothing(&self) -> bool {
        let is_empty = self.hits.is_empty() && self.proofs.is_empty() && self.risks.is_empty();
        is_empty && self.successes.is_empty() && self.values.is_empty()
    }

    /// Returns the proofs that answer a question, without those of codes.
    pub fn answers(&self) -> impl Iterator<Item = &Proof> {
        self.proofs.iter().filter(|proof| proof.kind == ProofKind::Answer)
    }

    /// Returns the hits that limit the candidates to their cards.
    pub fn limiting(&self) -> impl Iterator<Item = &Hit> {
        self.hits.iter().filter(|hit| hit.limits())
    }
}

/// The values from all lines that point to a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The card that the lines point to.
    pub card: CardId,
    /// The values of placeholders with their numbers of lines, most frequent first.
    pub values: Vec<(CleanText, Vec<(CleanText, u64)>)>,
    /// The encoded texts, cleaned, each with a description.
    pub decoded: Vec<(CleanText, CleanText)>,
}

/// A value of a placeholder in lines that name it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundValue {
    /// The name of the placeholder.
    pub name: CleanText,
    /// The text in the lines.
    pub value: CleanText,
    /// The number of lines that name it.
    pub count: u64,
    /// The place of the first line.
    pub provenance: Provenance,
}

/// A finding that can lead to a card's trouble, like a setting.
///
/// It restricts nothing: the present trouble may be another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// The card whose trouble it can lead to.
    pub card: CardId,
    /// The position of the risk in the card.
    pub at: usize,
    /// The place; its text is the path and value in the document.
    pub provenance: Provenance,
}

/// Lines that show that something works, which a card's trouble would prevent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Success {
    /// The card that they rule out.
    pub card: CardId,
    /// The number of lines.
    pub count: u64,
    /// The place of the first line.
    pub provenance: Provenance,
}

/// Similar lines that look like trouble and match no pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexplained {
    /// The common part, with the varying parts masked.
    pub template: CleanText,
    /// The number of lines.
    pub count: u64,
    /// The place of the first line.
    pub provenance: Provenance,
}

/// A line that carries the signature of one or more cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The cards that own the signature.
    pub cards: Vec<CardId>,
    /// The strength of the hit.
    pub kind: HitKind,
    /// The values of its placeholders, by name.
    pub captures: Vec<(CleanText, CleanText)>,
    /// The number of lines; the provenance is that of the first.
    pub count: u64,
    /// The place.
    pub provenance: Provenance,
}

impl Hit {
    /// Returns whether the hit limits the candidates to its cards.
    pub fn limits(&self) -> bool {
        self.kind != HitKind::Hint
    }

    /// Returns whether another hit points to the same cards.
    ///
    /// With the same strength, too.
    pub fn is_like(&self, other: &Hit) -> bool {
        (self.kind, &self.cards) == (other.kind, &other.cards)
    }

    /// Returns whether the hit names the failure of a card alone.
    pub(super) fn names_alone(&self, card: CardId) -> bool {
        self.kind == HitKind::Named && self.cards == [card]
    }
}

/// The strength with which a line points to its cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum HitKind {
    /// It names the failure, so that it is one of the cards.
    Named,
    /// It makes the cards likelier.
    ///
    /// It has only a status or code, or another system wrote it.
    Hint,
    /// The operator opened the card, and nothing else speaks for it.
    Opened,
}

/// A line that proves an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The question that is answered.
    pub question: QuestionId,
    /// The answer.
    pub option: OptionId,
    /// The strength of the proof.
    pub kind: ProofKind,
    /// The number of lines; the provenance is that of the first.
    pub count: u64,
    /// The place.
    pub provenance: Provenance,
}

/// The strength with which a line proves an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProofKind {
    /// It proves the answer.
    Answer,
    /// Its code leaves this answer, and perhaps others.
    Code,
}

/// Names where evidence was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EvidenceSource {
    /// A text that was typed to look it up.
    Search,
    /// Pasted text.
    Paste,
    /// The input of a pipe.
    StandardInput,
    /// The file of this path.
    File(CleanText),
}

impl EvidenceSource {
    /// Names a file.
    pub fn file(path: &str) -> Self {
        Self::File(CleanText::line(path))
    }
}

impl fmt::Display for EvidenceSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            EvidenceSource::Search => "your search",
            EvidenceSource::Paste => "your paste",
            EvidenceSource::StandardInput => "-",
            EvidenceSource::File(path) => path,
        })
    }
}

/// The place of a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// Where it was read.
    pub source: EvidenceSource,
    /// The line, counted from 1.
    pub line: usize,
    /// The text of that line, cleaned.
    pub text: CleanText,
}

/// Returns the live events: those that no live event retracts.
///
/// The retraction of a retraction brings the first event back.
pub(super) fn live(events: &[Event]) -> impl DoubleEndedIterator<Item = (usize, &Event)> {
    let mut counts = vec![true; events.len()];
    for (at, event) in events.iter().enumerate().rev() {
        if let Event::Retracted { event: target } = event
            && counts.get(at).copied().unwrap_or(false)
            && *target < at
            && let Some(entry) = counts.get_mut(*target)
        {
            *entry = false;
        }
    }
    events
        .iter()
        .enumerate()
        .zip(counts)
        .filter(|((_, event), counts)| *counts && !matches!(event, Event::Retracted { .. }))
        .map(|(entry, _)| entry)
}
