//! Names the changes of a case that are to be kept.

use std::collections::HashMap;

use crate::text::CleanText;

/// Something to keep on the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseChange {
    /// Lines to append to a case.
    Written(CaseLines),
    /// The operator took everything back and left: nothing is to be kept.
    Dropped {
        /// The number of the case in this run.
        case: u64,
    },
}

/// Lines of a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseLines {
    /// The number of the case in this run.
    pub case: u64,
    /// The id of its tree.
    pub tree: CleanText,
    /// Whether earlier lines no longer count.
    ///
    /// Then a first line goes before.
    pub is_anew: bool,
    /// The time, in seconds since 1970.
    pub at: i64,
    /// The lines, each with its end.
    pub lines: String,
}

/// The cases of this run, by their numbers.
#[derive(Debug, Default)]
pub(super) struct CaseLog {
    pub(super) is_on: bool,
    /// The number that was given last.
    pub(super) last: u64,
    /// The number of writes to each case.
    pub(super) writes: HashMap<u64, u64>,
    /// The case that was under way after the last message.
    pub(super) current: Option<u64>,
}

impl CaseLog {
    /// Returns the number of a new case.
    pub(super) fn number(&mut self) -> u64 {
        self.last += 1;
        // Its walk has no write yet, so it is behind.
        self.writes.insert(self.last, 1);
        self.last
    }
}
