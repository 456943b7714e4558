//! Keeps the journal of opened cards, on this machine only.
//!
//! `--no-history` switches it off.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::lookup::{Opened, Usage};
use crate::store::{Journal, Paths};

/// The journal of opened cards, if it is kept.
///
/// If the journal cannot be read or written, nothing is learned, and everything else works. Nothing is reported.
#[derive(Debug)]
pub(super) struct History {
    journal: Option<Journal>,
}

impl History {
    pub(super) fn new(is_on: bool) -> Self {
        Self { journal: Paths::from_environment().opened.filter(|_| is_on).map(Journal::new) }
    }

    /// Returns how often and how recently each card was opened.
    pub(super) fn usage(&self) -> Usage {
        self.journal.as_ref().map_or_else(Usage::default, |journal| Usage::new(journal.read(), now()))
    }

    /// Adds an opened card to the journal.
    pub(super) fn note(&self, tree: String, card: String) {
        if let Some(journal) = &self.journal {
            let _ = journal.append(&Opened { at: now(), tree, card });
        }
    }
}

/// Returns seconds since 1970; 0 if the clock is set earlier.
pub(super) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
