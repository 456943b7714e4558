//! Remembers how a walk was entered, for the way back.

use std::sync::Arc;

use super::walks::has_events;
use crate::tree::{CardId, Tree};
use crate::walk::Walk;

/// Remembers how a walk was entered.
#[derive(Debug)]
pub struct EntryPoint {
    /// The place of the first event that belongs to the entry.
    pub(super) from: usize,
    /// The place behind the events of the entry itself.
    pub(super) until: usize,
    /// The card that is shown beside the walk.
    pub(super) card: Option<CardId>,
    /// A walk was begun for it.
    pub(super) is_begun: bool,
    /// The walk that was under way before one was begun.
    pub(super) earlier: Option<Walk>,
}

/// The place to which a link led.
#[derive(Debug)]
pub enum LinkTarget {
    /// A card that is shown beside the walk under way.
    Card(Arc<Tree>, CardId),
    /// A walk in another tree, which has begun.
    Walk(Box<EntryPoint>),
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

    /// Returns the card to show beside the walk.
    ///
    /// `None` if the walk itself is at that card, or there is none.
    pub fn card(&self) -> Option<CardId> {
        self.card
    }

    /// Returns whether a walk that was under way was parked for it.
    pub fn has_parked(&self) -> bool {
        self.earlier.as_ref().is_some_and(has_events)
    }

    /// Shows a card beside the walk.
    pub(super) fn beside(self, card: CardId) -> Self {
        Self { card: Some(card), ..self }
    }

    /// Makes the entry into the walk under way.
    ///
    /// It begins with the event `from`.
    pub(super) fn within(from: usize, with_evidence: bool) -> Self {
        Self { from, until: from + usize::from(with_evidence), card: None, is_begun: false, earlier: None }
    }
}
