//! Remembers how a walk is kept, and when its events happened.

/// The place of a walk in the journal of cases.
///
/// A copy of a walk has the place of its original. The number of the write tells whether the file has gone on since.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WalkLog {
    /// The number of its case in this run.
    ///
    /// `None` until it is kept.
    pub case: Option<u64>,
    /// The number of the write that kept its events.
    ///
    /// 0 if the file has others.
    pub write: u64,
    /// The number of events that are kept.
    pub kept: usize,
    /// The times of the events, in seconds since 1970; 0 if unknown.
    ///
    /// Events that happened since the last message have none yet.
    pub times: Vec<i64>,
    /// Whether names such as `ip-1` stand in place of values.
    ///
    /// Then values do not look as the tree says they may.
    pub is_redacted: bool,
}

impl WalkLog {
    /// Returns the time of an event, by its place; `None` if unknown.
    pub fn time(&self, event: usize) -> Option<i64> {
        self.times.get(event).copied().filter(|time| *time != 0)
    }
}
