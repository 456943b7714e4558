//! What a tree says for training, as it is used: what it names exists.

use super::ids::{CardId, OptionId, QuestionId, RemedyRef};
use super::pattern::Pattern;
use crate::text::CleanText;

/// What a card says for exercises about it.
#[derive(Clone, Debug, Default)]
pub struct Training {
    /// What may be told at first.
    pub alarms: Vec<Alarm>,
    /// What is printed by whatever answers a question, when this card is true.
    pub prints: Vec<(QuestionId, Printed)>,
    /// What in a line tells its causes apart.
    pub cause_clues: Vec<CauseClue>,
    /// Remedies of look-alikes that treat none of the card's causes.
    pub wrong: Vec<RemedyRef>,
}

/// What in a line tells the causes of a card apart.
#[derive(Clone, Debug)]
pub struct CauseClue {
    /// What reveals it: a text, or fields of a record.
    pub pattern: Pattern,
    /// The causes that it leaves possible, by position in the card.
    pub leaves: Vec<usize>,
    /// Why, a sentence.
    pub says: CleanText,
}

/// What may be told at first when a card is true.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// A sentence or two.
    pub says: CleanText,
    /// The questions that it answers.
    pub answers: Vec<(QuestionId, OptionId)>,
}

/// What is printed by whatever answers a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// If this is the answer.
    pub said: ExpectedAnswer,
    /// The lines.
    pub lines: Vec<CleanText>,
}

/// An incident that a team wrote to train with.
#[derive(Clone, Debug)]
pub struct TeamDrill {
    /// Its name, the name of its file.
    pub id: CleanText,
    /// The file, for messages.
    pub path: CleanText,
    /// What it is called.
    pub title: CleanText,
    /// What is told at first.
    pub story: CleanText,
    /// The questions that the story answers.
    pub answers: Vec<(QuestionId, OptionId)>,
    /// The hidden card.
    pub card: CardId,
    /// What is seen by whoever looks.
    pub clues: Vec<Clue>,
    /// Lines that are no trouble, and look as if they were.
    pub red_herrings: Vec<CleanText>,
    /// The questions in the order in which they are offered; the others follow.
    pub order: Vec<QuestionId>,
    /// The remedies that may be tried first, by position in the card; if none is named, what the card's own order says.
    pub remedies: Vec<usize>,
}

/// What finding out about a question shows in an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clue {
    /// The question.
    pub question: QuestionId,
    /// The answer, if it is to be another than what the card itself says.
    pub answer: Option<ExpectedAnswer>,
    /// The lines that are shown.
    pub shows: Vec<CleanText>,
}

/// The answer that something gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExpectedAnswer {
    /// One of the options.
    Option(OptionId),
    /// None of them is seen.
    Nothing,
}

impl Alarm {
    /// What it answers.
    pub fn said(&self) -> Vec<(QuestionId, ExpectedAnswer)> {
        self.answers.iter().map(|(question, option)| (*question, ExpectedAnswer::Option(*option))).collect()
    }
}

impl ExpectedAnswer {
    /// Whether a way on which the question has this answer, or does not stand, agrees.
    pub fn agrees_with(self, needed: Option<OptionId>) -> bool {
        needed.is_none_or(|needed| self == ExpectedAnswer::Option(needed))
    }
}
