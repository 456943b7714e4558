//! Describes a case in the folder of cases.

use crate::case::{CaseState, CaseSummary};

/// A case in the folder.
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
    /// Returns whether the case can be continued and is not solved.
    pub fn is_open(&self) -> bool {
        self.summary.as_ref().is_some_and(|summary| summary.state == CaseState::Open)
    }
}
