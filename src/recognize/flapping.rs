//! What tells something only when it takes turns.

use super::matcher::LONGEST_VALUE;
use super::record::{Line, fold_name};
use crate::text::CleanText;
use crate::tree::CardId;
use crate::tree::model::BackAndForth;

/// A line whose signature speaks for a card only if a field takes turns in many lines.
///
/// Count for each `card` and `by` how often `of` differs from the one before; when it has done so `times` times, the card
/// is found. Until then such a line says nothing of the card, although a hit of the line may name it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StateChange {
    /// The card.
    pub card: CardId,
    /// Whose value it is; `None` if the line does not say, so that it cannot be counted.
    pub by: Option<CleanText>,
    /// The value.
    pub of: CleanText,
    /// How many changes make it telling.
    pub times: u64,
}

/// What a line that carries such a signature adds.
pub(super) fn state_change(card: CardId, back_and_forth: &BackAndForth, line: &Line) -> StateChange {
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
