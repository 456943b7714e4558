//! Collects the links of a tree. Each stands behind the cards, under an id of a card.

use super::stand_in::stand_in;
use crate::tree::model::ids::CardId;
use crate::tree::model::{Card, Likelihood, Link};
use crate::tree::problem::SourceText;
use crate::tree::source::decode::Text;

/// The links so far, each once.
#[derive(Debug)]
pub(super) struct Links {
    /// The number of cards; the links follow.
    cards: usize,
    /// The links, each with the first file that names it.
    links: Vec<(Link, String)>,
}

impl Links {
    /// Starts behind a number of cards.
    pub(super) fn behind(cards: usize) -> Self {
        Self { cards, links: Vec::new() }
    }

    /// Returns the id under which a link stands.
    pub(super) fn id(&mut self, source: SourceText<'_>, written: &Text) -> CardId {
        let known = self.links.iter().position(|(link, _)| link.to_string() == written.value.as_str());
        CardId(
            self.cards
                + known.unwrap_or_else(|| {
                    let (tree, card) = match written.value.split_once('/') {
                        Some((tree, card)) => (tree, Some(card.into())),
                        None => (written.value.as_str(), None),
                    };
                    let link = Link { tree: tree.into(), card, place: source.place(&written.at) };
                    self.links.push((link, source.path.to_owned()));
                    self.links.len() - 1
                }),
        )
    }

    /// Returns the id of a link that stands in a leaf.
    ///
    /// Messages name the place of the leaf: only leaves can lead in a circle.
    pub(super) fn id_of_leaf(&mut self, source: SourceText<'_>, written: &Text) -> CardId {
        let id = self.id(source, written);
        if let Some((link, path)) = self.links.get_mut(usize::from(id) - self.cards) {
            link.place = source.place(&written.at);
            *path = source.path.to_owned();
        }
        id
    }

    /// Returns the links in the form of cards.
    pub(super) fn into_cards(self) -> impl Iterator<Item = Card> {
        self.links.into_iter().map(|(link, path)| {
            let mut card = Card {
                title: format!("Go on in {link}").into(),
                likelihood: Likelihood::Occasional,
                leads_to: Some(link.clone()),
                ..stand_in(link.to_string().into(), &path)
            };
            card.content.about = "This goes on in another tree.".into();
            card.content.remedies.clear();
            card
        })
    }
}
