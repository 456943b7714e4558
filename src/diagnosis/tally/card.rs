//! Counts of the matches of one card.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::bottom_k::{BottomK, Mergeable};
use super::super::findings::{Certainty, Finding, Sample};
use super::super::times::Histogram;
use super::first_n::{FirstN, SAMPLES};
use crate::recognize::Captures;
use crate::text::CleanText;
use crate::tree::{CardId, Tree};

/// Risk samples that are kept of a card.
const PLACES: usize = 50;

/// Values of a placeholder that a finding lists.
const VALUES: usize = 50;

/// Decoded texts that are kept of a card.
const DECODED: usize = 3;

/// The counts of one card.
#[derive(Debug, Default)]
pub(super) struct CardTally {
    /// Lines that point to the card.
    pub(super) lines: u64,
    /// Lines that name the failure of this card alone.
    pub(super) named: u64,
    /// Lines whose signatures count only when a value flaps.
    pub(super) undecided: u64,
    /// Values that may flap, by the machine that has them.
    pub(super) flapping: Option<BottomK<Flapping>>,
    /// Decoded texts.
    pub(super) decoded: Captures,
    /// Lines that other systems wrote.
    pub(super) of_others: u64,
    /// The trees of these systems.
    pub(super) writers: BTreeSet<usize>,
    /// The titles of the log formats of systems without a tree.
    pub(super) formats: BTreeSet<CleanText>,
    /// Places of its risks.
    pub(super) risks: u64,
    pub(super) times: Option<Histogram>,
    pub(super) captures: BTreeMap<CleanText, BottomK<u64>>,
    pub(super) samples: FirstN<Sample, SAMPLES>,
    pub(super) risk_samples: FirstN<Sample, PLACES>,
}

/// A value that may flap: it changes back and forth.
#[derive(Debug, Default)]
pub(super) struct Flapping {
    first: CleanText,
    last: CleanText,
    pub(super) changes: u64,
    /// The number of changes that point to the card.
    ///
    /// 0 before the first value.
    pub(super) times: u64,
}

impl Flapping {
    /// Adds the next value.
    pub(super) fn add(&mut self, value: &CleanText, times: u64) {
        if self.is_empty() {
            *self = Self { first: value.clone(), last: value.clone(), changes: 0, times };
        } else if self.last != *value {
            self.changes += 1;
            self.last.clone_from(value);
        }
    }
}

impl Mergeable for Flapping {
    fn is_empty(&self) -> bool {
        self.times == 0
    }

    fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// Continues where an earlier part of the input ended.
    fn append(&mut self, later: &mut Self) {
        if self.is_empty() {
            *self = later.take();
        } else if !later.is_empty() {
            self.changes += later.changes + u64::from(self.last != later.first);
            self.last = later.take().last;
        }
    }
}

impl CardTally {
    /// Returns the certainty of the card.
    ///
    /// `None` if its values changed once and did not flap.
    pub(super) fn certainty(&self) -> Option<Certainty> {
        let flapping = || self.flapping.iter().flat_map(BottomK::kept).map(|(_, flapping)| flapping);
        let is_undecided = self.undecided >= self.lines;
        if !is_undecided || flapping().any(|it| it.changes >= it.times) {
            return Some(if self.named > 0 { Certainty::Confirmed } else { Certainty::Possible });
        }
        (self.risks > 0 || self.lines > 0 && flapping().all(|it| it.changes == 0)).then_some(Certainty::Possible)
    }

    /// Returns the trees of the other systems that wrote all lines.
    ///
    /// A line without a known writer may be of the card's own system.
    pub(super) fn writers(&self) -> impl Iterator<Item = usize> {
        let are_of_others = self.are_of_others();
        self.writers.iter().copied().filter(move |_| are_of_others)
    }

    /// Returns the log formats of lines of systems without a tree.
    ///
    /// There are none if a line may be of the card's own system.
    pub(super) fn formats(&self) -> impl Iterator<Item = &CleanText> {
        let are_of_others = self.are_of_others();
        self.formats.iter().filter(move |_| are_of_others)
    }

    fn are_of_others(&self) -> bool {
        self.of_others > 0 && self.of_others >= self.lines
    }

    pub(super) fn keep_decoded(&mut self, decoded: &[(CleanText, CleanText)]) {
        for text in decoded {
            if self.decoded.len() < DECODED && !self.decoded.contains(text) {
                self.decoded.push(text.clone());
            }
        }
    }

    /// Moves the counts of a later part of the input here.
    pub(super) fn append(&mut self, later: &mut Self) {
        self.lines.append(&mut later.lines);
        self.of_others.append(&mut later.of_others);
        self.writers.append(&mut later.writers);
        self.formats.append(&mut later.formats);
        self.undecided.append(&mut later.undecided);
        // Later changes continue where the earlier part of the input ended.
        match (&mut self.flapping, later.flapping.take()) {
            (Some(flapping), Some(mut later)) => flapping.append(&mut later),
            (flapping @ None, later) => *flapping = later,
            (Some(_), None) => {}
        }
        self.keep_decoded(&std::mem::take(&mut later.decoded));
        self.named.append(&mut later.named);
        self.risks.append(&mut later.risks);
        match (&mut self.times, later.times.take()) {
            (Some(times), Some(later)) => times.append(&later),
            (times @ None, later) => *times = later,
            (Some(_), None) => {}
        }
        for (name, values) in &mut later.captures {
            match self.captures.get_mut(name) {
                Some(known) => known.append(values),
                None => {
                    let mut known = BottomK::like(values);
                    known.append(values);
                    self.captures.insert(name.clone(), known);
                }
            }
        }
        self.samples.append(&mut later.samples);
        self.risk_samples.append(&mut later.risk_samples);
    }

    pub(super) fn finding(&self, tree: &Arc<Tree>, card: CardId, certainty: Certainty) -> Finding {
        let captures = self.captures.iter().map(|(name, values)| {
            let mut values: Vec<_> = values.kept().into_iter().map(|(value, count)| (value.clone(), *count)).collect();
            values.sort_by(|(one, count), (other, other_count)| other_count.cmp(count).then_with(|| one.cmp(other)));
            values.truncate(VALUES);
            (name.clone(), values)
        });
        Finding {
            tree: Arc::clone(tree),
            card,
            certainty,
            count: if self.lines > 0 { self.lines } else { self.risks },
            times: self.times.as_ref().map(Histogram::times),
            captures: captures.collect(),
            samples: self.samples.kept().iter().chain(self.risk_samples.kept()).cloned().collect(),
            decoded: self.decoded.clone(),
            written_by: Vec::new(),
            foreign_formats: Vec::new(),
            opposed_by: Vec::new(),
        }
    }
}
