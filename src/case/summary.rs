//! Says in one line of the file what a case is about.
//!
//! The last line of a file is enough for a list, however long the case is, and whatever became of its tree.

use serde::{Deserialize, Serialize};

use crate::text::{self, CleanText};

/// Describes a case for a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSummary {
    /// The id of the tree.
    #[serde(default)]
    pub tree: CleanText,
    /// The system, as screens call it.
    pub system: CleanText,
    /// The way to where the case stands; empty without answers.
    #[serde(default)]
    pub about: CleanText,
    /// The place where the case stands: a card or a question.
    pub standing: CleanText,
    /// The verdict about the card, if it stands at one.
    #[serde(default)]
    pub verdict: CleanText,
    /// The number of answers that the operator gave.
    #[serde(default)]
    pub answers: usize,
    /// The number of pieces of evidence.
    #[serde(default)]
    pub evidence: usize,
    /// The number of steps that were marked.
    #[serde(default)]
    pub steps: usize,
    /// Whether the case is open.
    pub state: CaseState,
    /// The step that helped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub helped: Option<HelpedStep>,
}

/// A step that helped, by the ids of its tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HelpedStep {
    /// The id of the card.
    pub card: CleanText,
    /// The id of the step.
    pub step: CleanText,
}

impl CaseSummary {
    /// Counts what is in the case.
    ///
    /// Example: `2 answers, 1 step`.
    pub fn counts(&self) -> String {
        let parts = [
            (self.answers, "answer", "answers"),
            (self.evidence, "piece of evidence", "pieces of evidence"),
            (self.steps, "step", "steps"),
        ];
        let counted = parts.into_iter().filter(|(count, ..)| *count > 0);
        let said: Vec<String> = counted.map(|(count, one, many)| text::count(count, one, many)).collect();
        if said.is_empty() { "no answers".to_owned() } else { said.join(", ") }
    }
}

/// Says whether a case is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CaseState {
    /// Nothing is left in it: everything was taken back.
    Empty,
    /// It is neither solved nor escalated.
    Open,
    /// A step helped.
    Solved,
    /// Others have it, and nobody went on with it here.
    Escalated,
}

impl CaseState {
    /// Returns the state in a word.
    pub fn word(self) -> &'static str {
        match self {
            CaseState::Empty => "empty",
            CaseState::Open => "open",
            CaseState::Solved => "solved",
            CaseState::Escalated => "escalated",
        }
    }
}

#[derive(Serialize, Deserialize)]
struct SummaryLine {
    summary: CaseSummary,
}

/// Returns the line of a summary, with its end.
pub fn summary_line(summary: CaseSummary) -> String {
    serde_json::to_string(&SummaryLine { summary }).map(|line| line + "\n").unwrap_or_default()
}

/// Returns the summary in a line, if it has one.
pub fn summary_of_line(line: &str) -> Option<CaseSummary> {
    serde_json::from_str::<SummaryLine>(line).ok().map(|line| line.summary)
}
