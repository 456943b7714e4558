//! Names the step at hand, and the consequences of a mark.

use crate::text::CleanText;
use crate::tree::CardId;

/// The step that the operator chose, by its place.
#[derive(Debug)]
pub(super) struct ChosenStep {
    /// The id of the tree.
    pub(super) tree: CleanText,
    /// The card with the step.
    pub(super) card: CardId,
    /// The place, from 0.
    pub(super) at: usize,
}

/// The consequences of a mark on a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedStep {
    /// The result in words.
    pub said: String,
    /// Whether the step may have changed what was seen before it.
    pub is_change: bool,
    /// Whether the step ended the trouble.
    pub is_solved: bool,
    /// Whether no step of the card is open any more.
    pub is_last: bool,
    /// Whether the card is ruled out, because none of its steps helped.
    pub is_ruled_out: bool,
}
