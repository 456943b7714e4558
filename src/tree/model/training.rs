//! The data of a tree for exercises, with all references resolved.

use serde::{Deserialize, Serialize};

use super::ids::{CardId, OptionId, QuestionId, RemedyRef};
use crate::text::CleanText;
use crate::tree::pattern::Pattern;

/// The data of a card for exercises about it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct CardTraining {
    /// The texts that may open an incident.
    pub alarms: Vec<Alarm>,
    /// The output of a question's check when this card is the cause.
    pub prints: Vec<(QuestionId, Printed)>,
    /// The clues in lines that distinguish the causes of the card.
    pub cause_clues: Vec<CauseClue>,
    /// Remedies of look-alikes that treat none of the card's causes.
    pub wrong: Vec<RemedyRef>,
}

/// A pattern in a line that leaves only some causes possible.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CauseClue {
    /// The pattern: a text, or fields of a record.
    pub pattern: Pattern,
    /// The causes that it leaves possible, by position in the card.
    pub leaves: Vec<usize>,
    /// The reason, one sentence.
    pub says: CleanText,
}

/// A text that may open an incident about a card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alarm {
    /// The text, one or two sentences.
    pub says: CleanText,
    /// The questions that it answers.
    pub answers: Vec<(QuestionId, OptionId)>,
}

/// The output of a check for one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Printed {
    /// The answer.
    pub said: ExpectedAnswer,
    /// The output lines.
    pub lines: Vec<CleanText>,
}

/// An incident that a team wrote.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TeamDrill {
    /// The name, equal to the file name without its extension.
    pub id: CleanText,
    /// The path of the file, for messages.
    pub path: CleanText,
    /// The title; does not give the card away.
    pub title: CleanText,
    /// The text that opens the incident.
    pub story: CleanText,
    /// The questions that the story answers.
    pub answers: Vec<(QuestionId, OptionId)>,
    /// The hidden card.
    pub card: CardId,
    /// The output of some checks.
    pub clues: Vec<DrillClue>,
    /// Lines that look like a fault and are benign.
    pub red_herrings: Vec<CleanText>,
    /// The questions in the order of the offer; all others follow.
    pub order: Vec<QuestionId>,
    /// The right remedies by position; if empty, the causes decide.
    pub remedies: Vec<usize>,
}

/// The output of one check in a team's incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrillClue {
    /// The question that the check answers.
    pub question: QuestionId,
    /// The answer, if it differs from the card's own.
    pub answer: Option<ExpectedAnswer>,
    /// The output lines.
    pub shows: Vec<CleanText>,
}

/// An answer that an output is expected to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ExpectedAnswer {
    /// One of the options.
    Option(OptionId),
    /// None of the options.
    Nothing,
}

impl Alarm {
    /// Returns the answers that the text gives.
    pub fn said(&self) -> Vec<(QuestionId, ExpectedAnswer)> {
        self.answers.iter().map(|(question, option)| (*question, ExpectedAnswer::Option(*option))).collect()
    }
}

impl ExpectedAnswer {
    /// Returns whether a path agrees with this answer.
    ///
    /// `needed` is the path's own answer, if the question is on the path.
    pub fn agrees_with(self, needed: Option<OptionId>) -> bool {
        needed.is_none_or(|needed| self == ExpectedAnswer::Option(needed))
    }
}
