//! Remembers how a walk was entered, for the way back.

use super::walks::has_events;
use crate::walk::Walk;

/// Remembers how a walk was entered.
#[derive(Debug)]
pub struct EntryPoint {
    /// The place of the first event that belongs to the entry.
    pub(super) from: usize,
    /// Whether the event at that place is the evidence of the entry.
    pub(super) with_evidence: bool,
    /// A walk was begun for it.
    pub(super) is_begun: bool,
    /// The walk that was under way before one was begun.
    pub(super) earlier: Option<Walk>,
}

/// Says where a step back led.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BackStep {
    /// To an earlier place of the walk.
    Within,
    /// Out of the walk, to where it was entered.
    Out,
}

impl EntryPoint {
    /// Returns whether a walk was begun for it.
    pub fn is_begun(&self) -> bool {
        self.is_begun
    }

    /// Returns whether a walk that was under way was parked for it.
    pub fn has_parked(&self) -> bool {
        self.earlier.as_ref().is_some_and(has_events)
    }

    /// Makes the entry into the walk under way.
    ///
    /// It begins with the event `from`.
    pub(super) fn within(from: usize, with_evidence: bool) -> Self {
        Self { from, with_evidence, is_begun: false, earlier: None }
    }
}
