//! Incidents that a team writes to train with, as they are used: what they name exists.

use super::model::{CardId, OptionId, QuestionId};

/// An incident that a team wrote to train with.
#[derive(Clone, Debug)]
pub struct TeamDrill {
    /// Its name, the name of its file.
    pub id: String,
    /// The file, for messages.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// What is told at first.
    pub story: String,
    /// The hidden card.
    pub card: CardId,
    /// What is seen by whoever looks.
    pub clues: Vec<Clue>,
    /// Lines that are no trouble, and look as if they were.
    pub red_herrings: Vec<String>,
    /// The questions in the order in which they are offered; the others follow.
    pub order: Vec<QuestionId>,
}

/// What finding out about a question shows in an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clue {
    /// The question.
    pub question: QuestionId,
    /// The answer, if it is to be another than what the card itself says.
    pub answer: Option<Said>,
    /// The lines that are shown.
    pub shows: Vec<String>,
}

/// The answer that a clue gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// One of the options.
    Option(OptionId),
    /// None of them is seen.
    Nothing,
}

impl Said {
    /// Whether a way on which the question has this answer, or does not stand, agrees.
    pub fn agrees_with(self, needed: Option<OptionId>) -> bool {
        needed.is_none_or(|needed| self == Said::Option(needed))
    }
}
