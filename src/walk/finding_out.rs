//! Finds the questions that are worth finding out about.

use super::Walk;
use super::candidates::{Alive, alive};
use super::choose;
use super::known::Given;
use super::position::Discriminator;
use crate::tree::{CardId, QuestionId};

impl Walk {
    /// Returns the cheapest way to tell a card from the other candidates.
    ///
    /// It considers the open questions on the card's paths, also those answered with "don't know". A question whose
    /// answer leaves this card alone is better than one whose answer leaves fewer cards; then the one with less effort
    /// is better.
    pub fn discriminator(&self, card: CardId) -> Option<Discriminator> {
        let (tree, here) = (&*self.tree, self.alive());
        let own =
            here.paths.best.iter().filter(|alive| alive.cards.contains(&card)).flat_map(|alive| &alive.path.steps);
        let mut best: Option<((bool, f64, usize), Discriminator)> = None;
        for &(question, option) in own {
            let is_open = matches!(self.known.given(question), None | Some(Given::Unknown));
            let left = here.paths.after(question, option);
            if !is_open || left.same_as(&here.cards) {
                continue;
            }
            let worth = (left.len() > 1, tree.question(question).find_out.takes.weight(), left.len());
            if best.as_ref().is_none_or(|(least, _)| worth < *least) {
                best = Some((worth, Discriminator { question, option }));
            }
        }
        best.map(|(_, discriminator)| discriminator)
    }

    /// Returns the sign that tells a card from an exhausted look-alike.
    ///
    /// A card is exhausted if its remedies were tried in vain. The sign is in the words of that card.
    pub fn look_alike_sign(&self, card: CardId) -> Option<&str> {
        let tried = self.known.marked.keys().map(|marked| self.tree.card(marked.card));
        let mut signs = tried.flat_map(|card| &card.not_this_if).filter(|sign| sign.card == Some(card));
        signs.next().map(|look_alike| look_alike.sign.as_str())
    }

    /// Returns the "don't know" question that is most worth finding out about.
    pub fn worth_finding_out(&self) -> Option<QuestionId> {
        let mut reopened = self.known.clone();
        reopened.answers.retain(|_, answer| answer.given != Given::Unknown);
        let here = alive(&self.tree, &reopened);
        let mut open = choose::open_questions(&self.tree, &reopened, &here);
        open.retain(|question| self.known.given(*question) == Some(Given::Unknown));
        choose::most_informative(&self.tree, &here, &open)
    }

    /// Returns the open questions that would separate candidates.
    pub fn open_questions(&self) -> Vec<QuestionId> {
        choose::separating(&self.tree, &self.known, &self.alive())
    }

    /// Returns the open question that tells the most, whatever effort it takes.
    pub fn most_telling(&self) -> Option<QuestionId> {
        let here = self.alive();
        choose::most_telling(&self.tree, &here, &choose::open_questions(&self.tree, &self.known, &here))
    }

    /// Returns the paths and cards that are still possible.
    pub(super) fn alive(&self) -> Alive<'_> {
        alive(&self.tree, &self.known)
    }
}
