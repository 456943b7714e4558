//! Finds the placeholders of the commands of a card.

use crate::export::evidence::placeholders;
use crate::session::Session;
use crate::text::CleanText;
use crate::tree::{CardId, Tree};

/// The placeholders of the commands on a screen, each once.
#[derive(Debug, Default)]
pub struct ScreenPlaceholders {
    /// Those of the step at hand, or of the question.
    pub here: Vec<CleanText>,
    /// Those of the other steps of the card.
    pub on_card: Vec<CleanText>,
}

/// Returns the placeholders of a card.
///
/// Those of the step at hand come first; none if it is of another tree than the walk.
pub fn of_card(session: &Session, tree: &Tree, card: CardId) -> ScreenPlaceholders {
    let is_of_walk = session.walk.as_ref().is_some_and(|walk| walk.tree().id == tree.id);
    if !is_of_walk {
        return ScreenPlaceholders::default();
    }
    let at = session.step_at_hand(tree, card);
    let step = session.card_outline(tree, card).steps.get(at).map(|step| step.remedy);
    let commands = step.and_then(|step| tree.card(card).remedies.get(step)).into_iter();
    let mut here: Vec<CleanText> = Vec::new();
    for name in commands.flat_map(|remedy| &remedy.commands).flat_map(|command| command.run.slots()) {
        if !here.iter().any(|known| known == name) {
            here.push(CleanText::line(name));
        }
    }
    let others = placeholders(tree, card).into_iter().filter(|name| !here.iter().any(|known| known == name));
    let on_card = others.map(CleanText::line).collect();
    ScreenPlaceholders { here, on_card }
}
