//! Describes a case for lists.

use super::summary::{CaseState, CaseSummary};

/// A case in the folder of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCase {
    /// The name of its file, without the end.
    pub id: String,
    /// The bytes of its file.
    pub bytes: u64,
    /// The time of the last event, in seconds since 1970.
    pub changed: i64,
    /// The last summary; `None` if the file has no readable one.
    pub summary: Option<CaseSummary>,
}

impl ListedCase {
    /// Returns the state in a word.
    pub fn state(&self) -> &'static str {
        self.summary.as_ref().map_or("damaged", |summary| summary.state.word())
    }

    /// Returns whether the case can be continued and is not solved.
    ///
    /// One that was handed over may come back.
    pub fn is_open(&self) -> bool {
        let is_open = |summary: &CaseSummary| matches!(summary.state, CaseState::Open | CaseState::Escalated);
        self.summary.as_ref().is_some_and(is_open)
    }
}
