//! What can happen in a walk.

use crate::text::CleanText;
use crate::tree::{CardId, OptionId, QuestionId};

/// One thing that happened. A list of these is a walk, and a session file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// A question was answered with one of its options; a later answer replaces an earlier one.
    Answered {
        /// The question.
        question: QuestionId,
        /// The answer.
        option: OptionId,
    },
    /// A question was answered with "don't know".
    Unknown {
        /// The question.
        question: QuestionId,
    },
    /// A question was answered with "none of these".
    NoneOfThese {
        /// The question.
        question: QuestionId,
    },
    /// Text or records were read, and patterns were found in them.
    EvidenceAdded(Evidence),
    /// A remedy was tried.
    RemedyTried {
        /// The card.
        card: CardId,
        /// The remedy's position in the card.
        remedy: usize,
        /// Whether it helped.
        worked: bool,
    },
    /// From here on, ask what tells most for its effort (`true`), or what the author would (`false`).
    ShortestFirst(bool),
    /// An earlier event was taken back.
    Retracted {
        /// Its place in the list of events.
        event: usize,
    },
}

/// What was found in text or records.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Signatures of cards.
    pub hits: Vec<Hit>,
    /// Answers to questions.
    pub proofs: Vec<Proof>,
    /// What makes cards likelier without pointing to them.
    pub risks: Vec<Risk>,
    /// What looks like trouble and belongs to no card, by template.
    pub unexplained: Vec<Unexplained>,
    /// What all lines of a card have told besides, where more is known than the hits say.
    pub details: Vec<Detail>,
}

/// What the lines that point to a card have told besides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Detail {
    /// The card.
    pub card: CardId,
    /// The values of placeholders, each with how many lines have it, the most frequent first.
    pub values: Vec<(CleanText, Vec<(CleanText, u64)>)>,
    /// Encoded texts: what each is, and what it says, cleaned.
    pub decoded: Vec<(CleanText, CleanText)>,
}

/// Something that can lead to a card's trouble, such as a setting. It restricts nothing: the trouble at hand may be
/// another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Risk {
    /// The card.
    pub card: CardId,
    /// The position of the risk in the card.
    pub at: usize,
    /// Where it was found; the text is the path inside the document and the value there.
    pub provenance: Provenance,
}

/// Lines that look like trouble, are alike, and carry no pattern of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unexplained {
    /// What they have in common; what varies is masked.
    pub template: CleanText,
    /// How many there are.
    pub count: u64,
    /// The first of them.
    pub provenance: Provenance,
}

/// A line that carries the signature of one or more cards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The cards that own the signature.
    pub cards: Vec<CardId>,
    /// The values of its placeholders, by name.
    pub captures: Vec<(CleanText, CleanText)>,
    /// How many lines it stands for; this is the first of them.
    pub count: u64,
    /// Where it was found.
    pub provenance: Provenance,
}

/// A line that proves an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The question.
    pub question: QuestionId,
    /// The answer.
    pub option: OptionId,
    /// How many lines it stands for; this is the first of them.
    pub count: u64,
    /// Where it was found.
    pub provenance: Provenance,
}

/// Where a piece of evidence stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The file, or what else it came from.
    pub path: CleanText,
    /// The line, counted from 1.
    pub line: usize,
    /// The text of that line, cleaned.
    pub text: CleanText,
}

/// The events that count: those that no later event that counts has taken back. Taking back a taking-back brings the
/// first one back.
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
