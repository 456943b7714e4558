//! What is learned from use: which cards were opened, on this machine only. `--no-history` switches it off.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::lookup::{Opened, Usage};
use crate::store::{Journal, Paths};

/// The journal of opened cards, if there is one to be kept. A journal that cannot be read or written is no reason to
/// trouble anybody: nothing is learned, and all else works.
#[derive(Debug)]
pub(super) struct History {
    journal: Option<Journal>,
}

impl History {
    pub(super) fn new(is_on: bool) -> Self {
        Self { journal: Paths::from_environment().opened.filter(|_| is_on).map(Journal::new) }
    }

    /// How much each card was used so far.
    pub(super) fn usage(&self) -> Usage {
        self.journal.as_ref().map_or_else(Usage::default, |journal| Usage::new(journal.read(), now()))
    }

    /// Notes that a card was opened.
    pub(super) fn note(&self, tree: String, card: String) {
        if let Some(journal) = &self.journal {
            let _ = journal.append(&Opened { at: now(), tree, card });
        }
    }
}

/// Seconds since 1970; 0 before.
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
