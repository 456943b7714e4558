//! Keeps the walks that were left for another one.
//!
//! Evidence that was found joins the walk at hand only if its card is a candidate there before and after. A person who
//! looks up a second error usually has another problem, and a walk that mixes both would ask how to tell them apart.
//! The earlier walk is parked whole.

use std::collections::VecDeque;

use super::walks::has_events;
use crate::walk::{Event, Walk};

/// The most walks that are parked; the earliest is dropped first.
const MAX_PARKED: usize = 5;

/// The walks that were left for another one, the latest first. Invariant: something has happened in each.
#[derive(Debug, Default)]
pub(super) struct ParkedWalks {
    walks: VecDeque<Walk>,
}

impl ParkedWalks {
    /// Returns the parked walks, the latest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Walk> {
        self.walks.iter()
    }

    /// Parks a walk if anything has happened in it.
    pub(super) fn park(&mut self, walk: Walk) {
        if has_events(&walk) {
            self.forget(&walk);
            self.walks.push_front(walk);
            self.walks.truncate(MAX_PARKED);
        }
    }

    /// Goes on with a parked walk, and parks the present one.
    pub(super) fn resume(&mut self, at: usize, walk: &mut Option<Walk>) {
        if let Some(resumed) = self.walks.remove(at)
            && let Some(left) = walk.replace(resumed)
        {
            self.park(left);
        }
    }

    /// Drops a walk that is under way again. Returns what was parked.
    pub(super) fn forget(&mut self, walk: &Walk) -> Option<Walk> {
        let at = self.walks.iter().position(|parked| are_alike(parked, walk))?;
        self.walks.remove(at)
    }
}

/// Returns whether the same was said in two walks of one tree.
///
/// The links by which they were entered may differ.
fn are_alike(one: &Walk, other: &Walk) -> bool {
    fn said(walk: &Walk) -> impl Iterator<Item = &Event> {
        let events = walk.live_events().map(|(_, event)| event);
        events.filter(|event| !matches!(event, Event::Followed(_)))
    }
    one.tree().id == other.tree().id && said(one).eq(said(other))
}
