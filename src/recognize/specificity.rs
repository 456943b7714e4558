//! Compares cards by what their signatures match.

use std::collections::BTreeMap;

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
        let by_card = by_card(found);
        let is_outdone = |card: &CardId, own: &[SignatureId]| {
            by_card.iter().any(|(other, theirs)| other != card && self.is_broader(own, theirs))
        };
        let outdone: Vec<CardId> =
            by_card.iter().filter(|(card, own)| is_outdone(card, own)).map(|(card, _)| *card).collect();
        found.iter().filter(|id| !outdone.contains(&id.card)).copied().collect()
    }

    /// Returns whether the found signatures of two cards match each other's samples.
    pub fn are_alike(&self, one: CardId, other: CardId, found: &[SignatureId]) -> bool {
        let of = |card: CardId| found.iter().filter(|id| id.card == card).copied().collect::<Vec<_>>();
        let (own, others) = (of(one), of(other));
        one == other || (self.fits_samples(&own, &others) && self.fits_samples(&others, &own))
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

    /// Returns whether the signatures of one card say less than another card's.
    fn is_broader(&self, broad: &[SignatureId], narrow: &[SignatureId]) -> bool {
        self.fits_samples(broad, narrow) && !self.fits_samples(narrow, broad)
    }

    /// Returns whether signatures of a card match samples of another card's.
    fn fits_samples(&self, own: &[SignatureId], others: &[SignatureId]) -> bool {
        own.iter().any(|id| others.iter().any(|other| self.fits_a_sample(*id, *other)))
    }

    /// Returns whether a signature matches a sample of another one.
    fn fits_a_sample(&self, id: SignatureId, other: SignatureId) -> bool {
        if let Some(known) = self.sample_fits.get(id, other) {
            return known;
        }
        let mut pattern = self.signatures_that(|known, _| known == id).map(|(_, pattern)| pattern);
        let fits = pattern
            .next()
            .zip(self.tree().signature(other))
            .is_some_and(|(pattern, other)| other.samples.iter().any(|sample| pattern.matches(&self.line(sample))));
        self.sample_fits.insert(id, other, fits);
        fits
    }
}

/// Returns the signatures of each card.
fn by_card(found: &[SignatureId]) -> BTreeMap<CardId, Vec<SignatureId>> {
    let mut by_card: BTreeMap<CardId, Vec<SignatureId>> = BTreeMap::new();
    for id in found {
        by_card.entry(id.card).or_default().push(*id);
    }
    by_card
}
