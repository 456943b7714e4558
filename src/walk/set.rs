//! Sets of ids of one tree.

use std::marker::PhantomData;

/// A bit set of ids.
///
/// The walk compares many of them for every question it considers.
#[derive(Clone, Debug)]
pub(super) struct IdSet<Id> {
    words: Vec<u64>,
    ids: PhantomData<Id>,
}

impl<Id: Copy + Into<usize>> IdSet<Id> {
    /// Adds an id.
    pub(super) fn insert(&mut self, id: Id) {
        let at = id.into();
        let word = at / 64;
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        if let Some(bits) = self.words.get_mut(word) {
            *bits |= 1 << (at % 64);
        }
    }

    /// Adds the ids of another set.
    pub(super) fn insert_all(&mut self, other: &Self) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        self.words.iter_mut().zip(&other.words).for_each(|(bits, others)| *bits |= others);
    }

    /// Removes an id.
    pub(super) fn remove(&mut self, id: Id) {
        let at = id.into();
        if let Some(bits) = self.words.get_mut(at / 64) {
            *bits &= !(1 << (at % 64));
        }
    }

    /// Returns whether the id is in the set.
    pub(super) fn contains(&self, id: Id) -> bool {
        let at = id.into();
        self.words.get(at / 64).is_some_and(|bits| bits & (1 << (at % 64)) != 0)
    }

    /// Returns whether every id of this set is in the other.
    pub(super) fn is_subset_of(&self, other: &Self) -> bool {
        self.words.iter().enumerate().all(|(at, bits)| bits & !other.words.get(at).unwrap_or(&0) == 0)
    }

    /// Returns whether both sets have the same ids.
    pub(super) fn same_as(&self, other: &Self) -> bool {
        self.is_subset_of(other) && other.is_subset_of(self)
    }

    /// Returns whether the set is empty.
    pub(super) fn is_empty(&self) -> bool {
        self.words.iter().all(|bits| *bits == 0)
    }

    /// Returns the number of ids.
    pub(super) fn len(&self) -> usize {
        self.words.iter().map(|bits| bits.count_ones() as usize).sum()
    }
}

impl<Id> Default for IdSet<Id> {
    fn default() -> Self {
        Self { words: Vec::new(), ids: PhantomData }
    }
}

impl<Id: Copy + Into<usize>> FromIterator<Id> for IdSet<Id> {
    fn from_iter<I: IntoIterator<Item = Id>>(ids: I) -> Self {
        let mut set = Self::default();
        for id in ids {
            set.insert(id);
        }
        set
    }
}
