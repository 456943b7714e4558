//! Compares cards by what their signatures match.

use super::recognizer::Recognizer;
use super::record::Line;
use crate::tree::{CardId, SignatureId};
use crate::walk::HitKind;

impl Recognizer {
    /// Returns the kind of a hit by a signature.
    pub(super) fn kind_of(&self, id: SignatureId) -> HitKind {
        let decides = self.tree().signature(id).is_some_and(|signature| signature.decides);
        if decides { HitKind::Named } else { HitKind::Hint }
    }

    /// Returns the signatures that count, and the kind of hit.
    ///
    /// Beside a signature that names a failure, one that is only a code says nothing.
    pub fn telling(&self, mut found: Vec<SignatureId>) -> (Vec<SignatureId>, HitKind) {
        let is_named = |id: &SignatureId| self.kind_of(*id) == HitKind::Named;
        if !found.iter().any(is_named) {
            return (found, HitKind::Hint);
        }
        found.retain(is_named);
        (found, HitKind::Named)
    }

    /// Returns the signatures of cards that no other card outdoes.
    ///
    /// A card is outdone if its signatures match the samples of the other card, and not the other way round. A line
    /// that reports a failure and its reason therefore belongs to the card of the reason.
    pub fn most_specific(&self, found: &[SignatureId]) -> Vec<SignatureId> {
        let is_outdone =
            |card: CardId| found.iter().any(|other| other.card != card && self.is_broader(card, other.card, found));
        found.iter().filter(|id| !is_outdone(id.card)).copied().collect()
    }

    /// Returns whether the found signatures of two cards match each other's samples.
    pub fn are_alike(&self, one: CardId, other: CardId, found: &[SignatureId]) -> bool {
        one == other || (self.fits_samples(one, other, found) && self.fits_samples(other, one, found))
    }

    /// Returns the cards that the fields of a line contradict.
    ///
    /// The line has all fields of a signature with other values, and no signature of the card was found.
    pub fn contradicted_in(&self, line: &Line, found: &[SignatureId]) -> Vec<CardId> {
        if line.records().is_empty() {
            return Vec::new();
        }
        let denied = self.signatures_that(|_, needs| !needs.is_text() && line.may_have(needs));
        let denied = denied.filter(|(_, pattern)| pattern.is_contradicted(line)).map(|(id, _)| id.card);
        let mut denied: Vec<CardId> = denied.filter(|card| found.iter().all(|known| known.card != *card)).collect();
        denied.dedup();
        denied
    }

    /// Returns whether the found signatures of `broad` say less than `narrow`'s.
    fn is_broader(&self, broad: CardId, narrow: CardId, found: &[SignatureId]) -> bool {
        self.fits_samples(broad, narrow, found) && !self.fits_samples(narrow, broad, found)
    }

    /// Returns whether found signatures of a card match another card's samples.
    fn fits_samples(&self, card: CardId, samples_of: CardId, found: &[SignatureId]) -> bool {
        let own: Vec<_> = found.iter().filter(|id| id.card == card).collect();
        let others = found.iter().filter(|id| id.card == samples_of);
        let signatures = others.filter_map(|id| self.tree().signature(*id));
        signatures.flat_map(|signature| &signature.samples).any(|sample| {
            let line = self.line(sample);
            let mut patterns = self.signatures_that(|id, _| own.contains(&&id));
            patterns.any(|(.., pattern)| pattern.matches(&line))
        })
    }
}
