//! Groups the lines that point to the same cards.

use crate::diagnosis::LineTime;
use crate::walk::{Hit, Provenance, Walk};

/// Lines that point to the same cards with the same strength.
#[derive(Clone, Copy, Debug)]
pub struct HitGroup<'w> {
    /// The first of them.
    pub first: &'w Hit,
    /// The number of lines.
    pub lines: u64,
    /// The earliest time of them, and its line.
    pub began: Option<(LineTime, &'w Provenance)>,
}

impl<'w> HitGroup<'w> {
    /// Groups the hits of a walk, in their order.
    pub fn all(walk: &'w Walk) -> Vec<Self> {
        let mut groups: Vec<Self> = Vec::new();
        for hit in &walk.known().hits {
            let time = LineTime::of(&hit.provenance.text).map(|time| time.with_offset(walk.known().utc_offset));
            let began = time.map(|time| (time, &hit.provenance));
            match groups.iter_mut().find(|group| group.first.is_like(hit)) {
                Some(group) => {
                    group.lines = group.lines.saturating_add(hit.count);
                    group.began = [group.began, began].into_iter().flatten().min_by_key(|(time, _)| time.millis);
                }
                None => groups.push(Self { first: hit, lines: hit.count, began }),
            }
        }
        groups
    }

    /// Returns the place in order of time.
    ///
    /// Times with a zone come before those without, and no time comes last.
    pub fn onset(&self) -> (bool, i64) {
        self.began.map_or((true, i64::MAX), |(time, _)| (!time.has_zone, time.millis))
    }
}
