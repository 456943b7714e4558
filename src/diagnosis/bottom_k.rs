//! Counts by name, in bounded memory: a bottom-k sketch.
//!
//! While there are few names, all are kept. Of many, the k names with the smallest hashes are kept. The choice depends
//! neither on the order of the names nor on how the input is split, so every kept count is exact, and sketches of parts
//! merge into the sketch of the whole. Ours keeps up to 2k names before it drops any, so that shrinking is rare, and keys
//! by the 64-bit hash alone: two names with the same hash would be counted as one.
//!
//! Example with k = 2 and hashes a = 3, b = 9, c = 5: of the names a, b, c the sketch keeps a and c.

use std::collections::HashMap;
use std::hash::BuildHasher as _;

use foldhash::quality::FixedState;

use crate::text::CleanText;

/// A value for each of the k names with the smallest hashes.
#[derive(Clone, Debug)]
pub(super) struct BottomK<V> {
    /// The number k of names.
    limit: usize,
    /// Names with this hash or a greater one are dropped.
    bound: u64,
    kept: HashMap<u64, (CleanText, V), FixedState>,
}

impl<V> BottomK<V> {
    /// Creates an empty sketch of `limit` names.
    pub(super) fn new(limit: usize) -> Self {
        Self { limit: limit.max(1), bound: u64::MAX, kept: HashMap::with_hasher(FixedState::with_seed(0)) }
    }

    /// Returns the value of a name, made if it is new.
    ///
    /// `None` if the name is not kept.
    pub(super) fn entry(&mut self, name: &str, make: impl FnOnce() -> V) -> Option<&mut V> {
        let hash = self.kept.hasher().hash_one(name);
        if hash >= self.bound {
            return None;
        }
        // Twice the limit, so that making room is rare.
        if self.kept.len() >= self.limit * 2 && !self.kept.contains_key(&hash) {
            self.shrink();
            if hash >= self.bound {
                return None;
            }
        }
        let (_, value) = self.kept.entry(hash).or_insert_with(|| (name.into(), make()));
        Some(value)
    }

    /// Creates an empty sketch with the limit of another one.
    pub(super) fn like(other: &Self) -> Self {
        Self::new(other.limit)
    }

    /// Returns the kept names with their values, in no order.
    pub(super) fn kept(&self) -> Vec<(&CleanText, &V)> {
        let mut kept: Vec<_> = self.kept.iter().collect();
        if kept.len() > self.limit {
            kept.select_nth_unstable_by_key(self.limit, |(hash, _)| **hash);
            kept.truncate(self.limit);
        }
        kept.into_iter().map(|(_, (name, value))| (name, value)).collect()
    }

    /// Drops the names with the greatest hashes.
    fn shrink(&mut self) {
        let mut hashes: Vec<u64> = self.kept.keys().copied().collect();
        if hashes.len() > self.limit {
            let (_, bound, _) = hashes.select_nth_unstable(self.limit);
            self.forget_from(*bound);
        }
    }

    /// Drops the names with hashes from a bound on.
    fn forget_from(&mut self, bound: u64) {
        self.bound = bound;
        self.kept.retain(|hash, _| *hash < bound);
    }
}

/// A count that can be merged from parts of the input.
pub(super) trait Mergeable {
    /// Returns whether it counts nothing.
    fn is_empty(&self) -> bool;

    /// Moves the count out and leaves an empty one.
    fn take(&mut self) -> Self;

    /// Adds what was counted later, and takes it from there.
    fn append(&mut self, later: &mut Self);
}

impl Mergeable for u64 {
    fn is_empty(&self) -> bool {
        *self == 0
    }

    fn take(&mut self) -> Self {
        std::mem::take(self)
    }

    fn append(&mut self, later: &mut Self) {
        *self += later.take();
    }
}

impl<V: Mergeable> BottomK<V> {
    /// Adds what was counted later, and takes it from there.
    ///
    /// The names stay there.
    pub(super) fn append(&mut self, later: &mut Self) {
        if later.bound < self.bound {
            self.forget_from(later.bound);
        }
        for (hash, (name, value)) in later.kept.iter_mut().filter(|(_, (_, value))| !value.is_empty()) {
            match self.kept.get_mut(hash) {
                _ if *hash >= self.bound => {}
                Some((_, known)) => known.append(value),
                None => {
                    self.kept.insert(*hash, (name.clone(), value.take()));
                }
            }
        }
        if self.kept.len() > self.limit * 2 {
            self.shrink();
        }
        if self.bound < later.bound {
            later.forget_from(self.bound);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(names: impl IntoIterator<Item = usize>) -> BottomK<u64> {
        let mut sketch = BottomK::new(10);
        for name in names {
            if let Some(count) = sketch.entry(&name.to_string(), || 0) {
                *count += 1;
            }
        }
        sketch
    }

    fn sorted(sketch: &BottomK<u64>) -> Vec<(String, u64)> {
        let mut kept: Vec<_> = sketch.kept().into_iter().map(|(name, count)| (name.to_string(), *count)).collect();
        kept.sort();
        kept
    }

    #[test]
    fn what_is_kept_is_counted_to_the_end_in_whatever_pieces() {
        let all = || (0..1000).flat_map(|at| [at % 7, at % 300]);
        let whole = counted(all());
        assert_eq!(whole.kept().len(), 10);
        for cut in [1, 13, 500, 1999] {
            let mut first = counted(all().take(cut));
            first.append(&mut counted(all().skip(cut)));
            assert_eq!(sorted(&first), sorted(&whole), "{cut}");
            // And in ever the same one.
            let (mut total, mut later) = (BottomK::new(10), BottomK::new(10));
            for (at, name) in all().enumerate() {
                if let Some(count) = later.entry(&name.to_string(), || 0) {
                    *count += 1;
                }
                if at % cut == 0 {
                    total.append(&mut later);
                }
            }
            total.append(&mut later);
            assert_eq!(sorted(&total), sorted(&whole), "{cut}");
        }
        let total: u64 = sorted(&counted((0..100).map(|at| at % 5))).iter().map(|(_, count)| count).sum();
        assert_eq!(total, 100);
    }
}
