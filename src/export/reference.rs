//! Names the cards and links that a card refers to.

use std::sync::Arc;

use crate::tree::model::Link;
use crate::tree::{CardId, Tree};

/// Returns the title of a card, or names a link's place.
pub(super) fn name_of(trees: &[Arc<Tree>], tree: &Tree, id: CardId) -> String {
    let card = tree.card(id);
    match &card.leads_to {
        Some(link) => name_of_link(trees, link),
        None => card.title.to_string(),
    }
}

/// Names the place of a link: `Title of the card (tree/card)`.
///
/// A link that leads nowhere is only `tree/card`.
fn name_of_link(trees: &[Arc<Tree>], link: &Link) -> String {
    let tree = trees.iter().find(|tree| tree.id == link.tree);
    let title = tree.and_then(|tree| match &link.card {
        Some(card) => tree.find_card(card).map(|card| &tree.card(card).title),
        None => Some(&tree.title),
    });
    title.map_or_else(|| link.to_string(), |title| format!("{title} ({link})"))
}
