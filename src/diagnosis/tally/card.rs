//! What was found of one card.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::few::Few;
use super::super::times::Histogram;
use super::super::{Certainty, Finding, Sample};
use super::extend;
use crate::tree::{CardId, Tree};

/// So many places are kept of the settings of a card.
pub(super) const PLACES: usize = 50;

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
    pub(super) decoded: Vec<(String, String)>,
    /// Places of its risks.
    pub(super) risks: u64,
    pub(super) times: Option<Histogram>,
    pub(super) captures: BTreeMap<String, Few<u64>>,
    pub(super) samples: Vec<Sample>,
    pub(super) risk_samples: Vec<Sample>,
}

/// A value that takes turns.
#[derive(Debug)]
pub(super) struct Turns {
    pub(super) first: String,
    pub(super) last: String,
    pub(super) changes: u64,
    /// How many changes tell something.
    pub(super) telling: u64,
}

impl Turns {
    /// Goes on where another part of the input ended.
    pub(super) fn append(&mut self, later: Self) {
        self.changes += later.changes + u64::from(self.last != later.first);
        self.last = later.last;
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

    pub(super) fn keep_decoded(&mut self, decoded: &[(String, String)]) {
        for text in decoded {
            if self.decoded.len() < DECODED && !self.decoded.contains(text) {
                self.decoded.push(text.clone());
            }
        }
    }

    pub(super) fn append(&mut self, later: Self) {
        self.lines += later.lines;
        self.undecided += later.undecided;
        match (&mut self.turns, later.turns) {
            (Some(turns), Some(later)) => turns.append(later, Turns::append),
            (turns @ None, later) => *turns = later,
            (Some(_), None) => {}
        }
        self.keep_decoded(&later.decoded);
        self.alone += later.alone;
        self.risks += later.risks;
        match (&mut self.times, later.times) {
            (Some(times), Some(later)) => times.append(&later),
            (times @ None, later) => *times = later,
            (Some(_), None) => {}
        }
        for (name, values) in later.captures {
            match self.captures.get_mut(&name) {
                Some(known) => known.append(values, |known, later| *known += later),
                None => {
                    self.captures.insert(name, values);
                }
            }
        }
        extend(&mut self.samples, later.samples);
        let room = PLACES.saturating_sub(self.risk_samples.len());
        self.risk_samples.extend(later.risk_samples.into_iter().take(room));
    }

    pub(super) fn finding(&self, tree: &Arc<Tree>, card: CardId, certainty: Certainty) -> Finding {
        let captures = self.captures.iter().map(|(name, values)| {
            let mut values: Vec<_> =
                values.kept().into_iter().map(|(value, count)| (value.to_owned(), *count)).collect();
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
            samples: self.samples.iter().chain(&self.risk_samples).cloned().collect(),
            decoded: self.decoded.clone(),
        }
    }
}
