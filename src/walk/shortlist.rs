//! Sums up what is left when no question is open.

use super::Walk;
use super::known::Given;
use super::position::{Discriminator, Shortlist, ShortlistGroup};
use crate::tree::{CardId, QuestionId};

/// The most candidates that are shown each with its sign.
const LIKELIEST: usize = 5;

impl Walk {
    /// Returns the candidates as the end of a walk shows them.
    ///
    /// The others are grouped by their answer to the best next check, or by the last open question on the way to them.
    pub fn shortlist(&self) -> Shortlist {
        let candidates = &self.position.candidates;
        let check = self.worth_finding_out();
        // A single one more takes no more room than its group.
        let shown = if candidates.len() == LIKELIEST + 1 { candidates.len() } else { LIKELIEST };
        let (likeliest, rest) = candidates.split_at(shown.min(candidates.len()));
        let signs = if rest.is_empty() { Vec::new() } else { self.signs(check) };
        let mut others: Vec<ShortlistGroup> = Vec::new();
        for candidate in rest {
            let sign = signs.iter().find(|(card, _)| *card == candidate.card).map(|(_, sign)| *sign);
            match others.iter_mut().find(|group| group.sign == sign) {
                Some(group) => group.cards.push(candidate.card),
                None => others.push(ShortlistGroup { sign, cards: vec![candidate.card] }),
            }
        }
        Shortlist { check, likeliest: likeliest.to_vec(), others }
    }

    /// Returns an open answer that speaks for each card.
    fn signs(&self, check: Option<QuestionId>) -> Vec<(CardId, Discriminator)> {
        let here = self.alive();
        let is_open = |question: QuestionId| matches!(self.known.given(question), None | Some(Given::Unknown));
        let mut signs: Vec<(CardId, Discriminator)> = Vec::new();
        for alive in &here.paths.best {
            let open = || alive.path.steps.iter().rev().filter(|(question, _)| is_open(*question));
            let of_check = open().find(|(question, _)| Some(*question) == check);
            let Some(&(question, option)) = of_check.or_else(|| open().next()) else { continue };
            for card in alive.cards.iter() {
                match signs.iter_mut().find(|(known, _)| known == card) {
                    Some((_, sign)) if Some(question) == check && Some(sign.question) != check => {
                        *sign = Discriminator { question, option };
                    }
                    Some(_) => {}
                    None => signs.push((*card, Discriminator { question, option })),
                }
            }
        }
        signs
    }
}
