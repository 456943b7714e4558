//! What was found of one card.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::few::{Counted, Few};
use super::super::times::Histogram;
use super::super::{Certainty, Finding, Sample};
use super::SAMPLES;
use super::first::First;
use crate::recognize::Captures;
use crate::text::CleanText;
use crate::tree::{CardId, Tree};

/// So many places are kept of the settings of a card.
const PLACES: usize = 50;

/// So many values of a placeholder are given.
const VALUES: usize = 50;

/// So many encoded texts are kept of a card.
pub(super) const DECODED: usize = 3;

/// What was found of one card.
#[derive(Debug, Default)]
pub(super) struct OfCard {
    /// Lines that point to it, and those among them that point to no other card.
    pub(super) lines: u64,
    pub(super) alone: u64,
    /// Lines whose signatures count only when they take turns.
    pub(super) undecided: u64,
    /// What took turns, by whose value it is.
    pub(super) turns: Option<Few<Turns>>,
    /// Encoded texts.
    pub(super) decoded: Captures,
    /// Places of its risks.
    pub(super) risks: u64,
    pub(super) times: Option<Histogram>,
    pub(super) captures: BTreeMap<CleanText, Few<u64>>,
    pub(super) samples: First<Sample, SAMPLES>,
    pub(super) risk_samples: First<Sample, PLACES>,
}

/// A value that takes turns.
#[derive(Debug, Default)]
pub(super) struct Turns {
    pub(super) first: CleanText,
    pub(super) last: CleanText,
    pub(super) changes: u64,
    /// How many changes tell something.
    pub(super) telling: u64,
}

impl Counted for Turns {
    fn is_nothing(&self) -> bool {
        false
    }

    fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    /// Goes on where another part of the input ended.
    fn append(&mut self, later: &mut Self) {
        self.changes += later.changes + u64::from(self.last != later.first);
        self.last = std::mem::take(&mut later.last);
    }
}

impl OfCard {
    /// How sure it is that it is this card; `None` if it is not: what was found of it came and went once, as it does when
    /// a trouble is over.
    pub(super) fn certainty(&self) -> Option<Certainty> {
        let turns = || self.turns.iter().flat_map(Few::kept).map(|(_, turns)| turns);
        let is_undecided = self.undecided >= self.lines;
        if !is_undecided || turns().any(|turns| turns.changes >= turns.telling) {
            return Some(if self.alone > 0 { Certainty::Matched } else { Certainty::Possible });
        }
        (self.risks > 0 || self.lines > 0 && turns().all(|turns| turns.changes == 0)).then_some(Certainty::Possible)
    }

    pub(super) fn keep_decoded(&mut self, decoded: &[(CleanText, CleanText)]) {
        for text in decoded {
            if self.decoded.len() < DECODED && !self.decoded.contains(text) {
                self.decoded.push(text.clone());
            }
        }
    }

    /// Adds what was found later, and takes it from there.
    pub(super) fn append(&mut self, later: &mut Self) {
        self.lines.append(&mut later.lines);
        self.undecided.append(&mut later.undecided);
        // What took turns goes on from where this ends, and begins anew there.
        match (&mut self.turns, later.turns.take()) {
            (Some(turns), Some(mut later)) => turns.append(&mut later),
            (turns @ None, later) => *turns = later,
            (Some(_), None) => {}
        }
        self.keep_decoded(&std::mem::take(&mut later.decoded));
        self.alone.append(&mut later.alone);
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
                    let mut known = Few::like(values);
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
        }
    }
}
