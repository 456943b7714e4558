//! Links to other trees.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::CleanText;
use crate::tree::problem::Place;

/// A place in another tree: a card, or the first question.
///
/// A tree is loaded by itself, so the place may not exist.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// The id of the tree.
    pub tree: CleanText,
    /// The id of the card; `None` for the first question.
    pub card: Option<CleanText>,
    /// A place where the link is written, for messages.
    pub place: Place,
}

impl fmt::Display for Link {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.tree)?;
        self.card.iter().try_for_each(|card| write!(formatter, "/{card}"))
    }
}
