//! Finds the placeholders of the commands on the screen.

use super::screen::Screen;
use crate::export::evidence::placeholders;
use crate::session::walks;
use crate::text::CleanText;
use crate::tree::{CardId, Tree};
use crate::walk::{Step, Walk};

/// Returns the placeholders of the card or question on top.
///
/// None if it is of another tree than the walk.
pub fn on_screen(top: Option<&Screen>, walk: Option<&Walk>) -> Vec<CleanText> {
    let Some(walk) = walk else { return Vec::new() };
    let of_card = |tree: &Tree, card: CardId| match tree.id == walk.tree().id {
        true => placeholders(tree, card).into_iter().map(CleanText::line).collect(),
        false => Vec::new(),
    };
    match (top, &walk.position().step) {
        (Some(Screen::Card(card)), _) => of_card(&card.tree, card.card),
        (Some(Screen::Walk(_)), Step::Ask(question)) => {
            let command = walk.tree().question(*question).find_out.command.as_ref();
            command.map(|command| command.slots().map(CleanText::line).collect()).unwrap_or_default()
        }
        (Some(Screen::Walk(_)), _) => walks::card_of(walk).map(|(tree, card)| of_card(&tree, card)).unwrap_or_default(),
        _ => Vec::new(),
    }
}
