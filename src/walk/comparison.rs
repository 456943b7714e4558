//! Compares evidence from before a change with evidence from after it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::event::{Event, Evidence, HitKind, StepOutcome};
use crate::text::CleanText;
use crate::tree::model::Effect;
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// A finding of evidence that can be compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sighting {
    /// Lines that point to these cards of a tree.
    Cards(CleanText, Vec<CardId>),
    /// Lines that answer a question of a tree.
    Answer(CleanText, QuestionId, OptionId),
    /// Lines that no card explains, by their template.
    Unexplained(CleanText),
}

/// The findings of evidence, with their numbers of lines.
pub type Sightings = BTreeMap<Sighting, u64>;

/// A finding before and after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The finding.
    pub what: Sighting,
    /// The number of lines before.
    pub before: u64,
    /// The number of lines after.
    pub after: u64,
}

/// The findings that went away, are new, or stayed.
///
/// Each part has the most lines first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// Seen before only.
    pub gone: Vec<Compared>,
    /// Seen after only.
    pub new: Vec<Compared>,
    /// Seen before and after.
    pub stayed: Vec<Compared>,
}

/// A step that may have changed what is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangingStep {
    /// The position of the event that marked it.
    pub event: usize,
    /// The card with the step.
    pub card: CardId,
    /// The position of the remedy in the card.
    pub remedy: usize,
}

impl Comparison {
    /// Compares two sets of sightings.
    pub fn of(before: &Sightings, after: &Sightings) -> Self {
        let mut comparison = Self::default();
        for what in before.keys().chain(after.keys().filter(|what| !before.contains_key(*what))) {
            let count = |of: &Sightings| of.get(what).copied().unwrap_or(0);
            let compared = Compared { what: what.clone(), before: count(before), after: count(after) };
            match (compared.before, compared.after) {
                (_, 0) => comparison.gone.push(compared),
                (0, _) => comparison.new.push(compared),
                _ => comparison.stayed.push(compared),
            }
        }
        for part in [&mut comparison.gone, &mut comparison.new, &mut comparison.stayed] {
            part.sort_by_key(|compared| Reverse(compared.before.max(compared.after)));
        }
        comparison
    }

    /// Returns whether nothing was seen before or after.
    pub fn is_empty(&self) -> bool {
        self.gone.is_empty() && self.new.is_empty() && self.stayed.is_empty()
    }
}

/// Adds what evidence of a tree shows.
pub fn add_sightings(sightings: &mut Sightings, tree: &CleanText, evidence: &Evidence) {
    let mut add = |what: Sighting, count: u64| {
        let counted = sightings.entry(what).or_default();
        *counted = counted.saturating_add(count);
    };
    for hit in evidence.hits.iter().filter(|hit| hit.kind != HitKind::Opened) {
        add(Sighting::Cards(tree.clone(), hit.cards.clone()), hit.count);
    }
    for proof in evidence.answers() {
        add(Sighting::Answer(tree.clone(), proof.question, proof.option), proof.count);
    }
    for kind in &evidence.unexplained {
        add(Sighting::Unexplained(kind.template.clone()), kind.count);
    }
}

/// The evidence of a walk, split at the steps that change something.
#[derive(Debug)]
pub(super) struct Changes<'w> {
    /// The first part has no step before it.
    parts: Vec<SeenPart<'w>>,
}

/// The evidence between two changes.
#[derive(Debug, Default)]
struct SeenPart<'w> {
    /// The change before it; the first part has none.
    after: Option<ChangingStep>,
    evidence: Vec<&'w Evidence>,
    has_answers: bool,
}

impl<'w> Changes<'w> {
    /// Splits the live events of a walk through a tree.
    pub(super) fn of(tree: &Tree, events: impl Iterator<Item = (usize, &'w Event)>) -> Self {
        let mut parts = vec![SeenPart::default()];
        for (at, event) in events {
            let Some(part) = parts.last_mut() else { continue };
            match event {
                Event::EvidenceAdded(evidence) if evidence.hits.iter().any(|hit| hit.kind == HitKind::Opened) => {}
                Event::EvidenceAdded(evidence) => part.evidence.push(evidence),
                Event::Answered { .. } | Event::NoneOfThese { .. } => part.has_answers = true,
                Event::StepMarked { card, remedy, outcome } if *outcome != StepOutcome::Skipped => {
                    let step = tree.card(*card).remedies.get(*remedy);
                    // A step that was done, and helped, changed something once.
                    let is_known = |part: &SeenPart<'_>| {
                        part.after.is_some_and(|known| (known.card, known.remedy) == (*card, *remedy))
                    };
                    let is_new = !parts.iter().any(is_known);
                    if is_new && step.is_some_and(|step| step.effect != Effect::Observe) {
                        let change = ChangingStep { event: at, card: *card, remedy: *remedy };
                        parts.push(SeenPart { after: Some(change), ..SeenPart::default() });
                    }
                }
                _ => {}
            }
        }
        Self { parts }
    }

    /// Returns the last change, if anything was seen before it.
    pub(super) fn last(&self) -> Option<ChangingStep> {
        let (last, before) = self.parts.split_last()?;
        let is_older = before.iter().any(|part| part.has_answers || !part.evidence.is_empty());
        last.after.filter(|_| is_older)
    }

    /// Returns the last change if no evidence is later than it.
    pub(super) fn unchecked(&self) -> Option<ChangingStep> {
        self.last().filter(|_| self.parts.last().is_some_and(|part| part.evidence.is_empty()))
    }

    /// Compares the evidence after the last change with that before it.
    pub(super) fn comparison(&self, tree: &Tree) -> Option<Comparison> {
        let (last, before) = self.parts.split_last()?;
        let before = before.iter().rev().find(|part| !part.evidence.is_empty())?;
        let sightings = |part: &SeenPart<'_>| {
            let mut sightings = Sightings::default();
            for evidence in &part.evidence {
                add_sightings(&mut sightings, &tree.id, evidence);
            }
            sightings
        };
        (!last.evidence.is_empty()).then(|| Comparison::of(&sightings(before), &sightings(last)))
    }
}
