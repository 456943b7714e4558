//! Follows what a card names, in lines.

use std::sync::Arc;

use super::dialogue::{Dialogue, DialogueMode, OpenCard};
use super::lines::LineWriter;
use crate::session::{LinkTarget, Session, walks};
use crate::tree::{CardId, Tree};
use crate::walk::{Step, Walk};

/// Returns whether a walk has come to this card.
pub(super) fn is_at(walk: Option<&Walk>, open: &OpenCard) -> bool {
    let at = walk.and_then(walks::card_of);
    at.is_some_and(|(tree, card)| tree.id == open.tree.id && card == open.card)
}

/// Lists what a card names, each with the reason to follow it.
pub(super) fn tell(session: &Session, OpenCard { tree, card, .. }: &OpenCard, out: &mut LineWriter) {
    out.text("See also:");
    let references = tree.card(*card).references();
    out.numbered(references.into_iter().map(|(why, to)| format!("{}. {why}", session.name_of(tree, to))));
}

impl Dialogue {
    /// Opens what the card in hand names, or lists it.
    pub(super) fn follow(&mut self, out: &mut LineWriter) {
        let Some(open) = self.card_in_hand() else {
            return out.text("No card is open.");
        };
        match open.tree.card(open.card).references().as_slice() {
            [] => out.text("This card names no other card."),
            [(_, only)] => self.follow_to(&open.tree, Some(open.card), *only, out),
            _ => {
                let before = match std::mem::replace(&mut self.mode, DialogueMode::Walk) {
                    DialogueMode::Card { before, .. } => before,
                    _ => Vec::new(),
                };
                self.mode = DialogueMode::References { open, before };
            }
        }
    }

    /// Opens the link to which the walk has come.
    pub(super) fn follow_leaf(&mut self, at: usize, out: &mut LineWriter) -> Option<()> {
        let walk = self.session.walk.as_ref()?;
        let Step::Link(to) = walk.position().step else { return None };
        let tree = Arc::clone(walk.tree());
        (at == 0).then(|| self.follow_to(&tree, None, to, out))
    }

    /// Opens an entry of the list of what a card names.
    pub(super) fn pick_reference(&mut self, at: usize, out: &mut LineWriter) -> Option<()> {
        let DialogueMode::References { open, .. } = &self.mode else { return None };
        let OpenCard { tree, card, .. } = open.clone();
        let (_, to) = tree.card(card).references().into_iter().nth(at)?;
        self.follow_to(&tree, Some(card), to, out);
        Some(())
    }

    /// Returns whether the walk was begun only to show this card.
    pub(super) fn is_only_for_card(&self) -> bool {
        let (Some(open), Some((entered, _))) = (self.card_in_hand(), self.entered.last()) else { return false };
        self.session.is_only_reading(entered, &open.tree, open.card)
    }

    /// Opens a card or a link that the card `on` names.
    pub(super) fn follow_to(&mut self, tree: &Arc<Tree>, on: Option<CardId>, to: CardId, out: &mut LineWriter) {
        match self.session.follow(tree, on, to) {
            Ok(LinkTarget::Card(tree, card)) => self.open_card(tree, card),
            Ok(LinkTarget::Walk(entered)) => {
                out.text(&format!("You followed a link to: {}", self.session.name_of(tree, to)));
                let back = std::mem::replace(&mut self.mode, DialogueMode::Walk);
                self.go_into(*entered, back, out);
            }
            Err(why) => out.text(&why),
        }
    }
}
