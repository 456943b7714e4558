//! Reads values that point to a card only when they flap.
//!
//! A single change of state does not prove flapping. It is shown as possible if it stands alone, and not at all if the
//! value came and went once, as it does when a problem is over.

use super::matcher::LONGEST_VALUE;
use super::recognizer::Recognizer;
use super::record::Line;
use crate::text::{CleanText, fold_name};
use crate::tree::CardId;
use crate::tree::model::BackAndForth;

/// A value that may flap, from a line that matches a signature.
///
/// Count for each `card` and `by` how often `of` differs from the value before it; after `times` changes, the card is
/// found. Until then the line does not point to the card, although a hit of the line may name it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StateChange {
    /// The card that is found if the value flaps.
    pub card: CardId,
    /// The machine or other thing that has the value.
    ///
    /// `None` if the line does not name it.
    pub by: Option<CleanText>,
    /// The value.
    pub of: CleanText,
    /// The number of changes that point to the card.
    pub times: u64,
}

impl Recognizer {
    /// Returns the values of a line that may flap: see [`StateChange`].
    pub fn state_changes(&self, line: &Line) -> Vec<StateChange> {
        let signatures = self.carried(line).filter_map(|(id, _)| {
            let back_and_forth = self.tree().signature(id)?.back_and_forth.as_ref()?;
            Some(state_change(id.card, back_and_forth, line))
        });
        let mut state_changes: Vec<StateChange> = Vec::new();
        for state_change in signatures {
            if !state_changes.contains(&state_change) {
                state_changes.push(state_change);
            }
        }
        state_changes
    }
}

/// Reads the value from a line that matches the signature.
fn state_change(card: CardId, back_and_forth: &BackAndForth, line: &Line) -> StateChange {
    let value = |name: &str| {
        let name = fold_name(name);
        let mut values = line
            .records()
            .iter()
            .filter_map(|record| record.values(&name).first().map(|it| CleanText::short_line(it, LONGEST_VALUE)));
        values.next()
    };
    let of = value(&back_and_forth.of);
    let by = value(&back_and_forth.by).filter(|_| of.is_some());
    StateChange { card, by, of: of.unwrap_or_default(), times: back_and_forth.times }
}
