//! Values that stood at one place of lines that are laid out alike, and what was found around them.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;

use super::super::prefilter::Mark;
use super::begins_with;

/// So many values are remembered of a place, and each has so many seats.
const SEATS: usize = 64;
const WAYS: usize = 2;

/// A longer value is not remembered.
const LONGEST: usize = 256;

/// What was found around a value: how far from its beginning, and what.
pub(super) type Marks = Vec<(isize, Mark)>;

/// Remembered values. An old one makes room for a new one, so that it does not matter how many there are.
#[derive(Debug, Default)]
pub(super) struct Values {
    known: Vec<Known>,
    /// Which of them was met last, and how often in a row if nothing was found around it.
    last: usize,
    times: u32,
}

#[derive(Clone, Debug, Default)]
struct Known {
    value: Vec<u8>,
    /// What stood behind it, by its number; `None` if nothing is known here.
    next: Option<usize>,
    marks: Marks,
}

impl Values {
    /// The length of the value that was met last, if a text begins with it and goes on with a quote.
    #[inline]
    pub(super) fn last_length(&self, text: &[u8]) -> Option<usize> {
        let known = self.known.get(self.last)?;
        let length = known.value.len();
        (text.get(length) == Some(&b'"') && begins_with(text, &known.value)).then_some(length)
    }

    /// What was found around the value that was met last, if it stood before the same, too.
    #[inline]
    pub(super) fn last(&mut self, next: usize) -> Option<&Marks> {
        let known = self.known.get(self.last).filter(|known| known.next == Some(next))?;
        self.times = self.times.saturating_add(1);
        Some(&known.marks)
    }

    /// What was found around a value when it stood before something.
    pub(super) fn get(&mut self, value: &[u8], next: usize) -> Option<&Marks> {
        let seat = seat(value);
        let is_it = |known: &Known| known.next == Some(next) && known.value == value;
        let found = (seat..seat + WAYS).find(|seat| self.known.get(*seat).is_some_and(is_it))?;
        self.times = if found == self.last { self.times.saturating_add(1) } else { 0 };
        self.last = found;
        self.known.get(found).map(|known| &known.marks)
    }

    /// The value that was met so many times in a row, without anything around it, and what stood behind it.
    pub(super) fn steady(&self, times: u32) -> Option<(&[u8], usize)> {
        let known = self.known.get(self.last).filter(|known| self.times >= times && known.marks.is_empty())?;
        Some((&known.value, known.next?))
    }

    /// Remembers what was found around a value.
    pub(super) fn keep(&mut self, value: &[u8], next: usize, marks: impl Iterator<Item = (isize, Mark)>) {
        if value.len() > LONGEST {
            return;
        }
        if self.known.is_empty() {
            self.known.resize(SEATS * WAYS, Known::default());
        }
        let seat = seat(value);
        // The one that was met last stays.
        let own = (seat..seat + WAYS).find(|seat| self.known.get(*seat).is_some_and(|known| known.next.is_none()));
        let own = own.unwrap_or(if self.last == seat { seat + 1 } else { seat });
        if let Some(known) = self.known.get_mut(own) {
            known.value.clear();
            known.value.extend_from_slice(value);
            known.next = Some(next);
            known.marks.clear();
            known.marks.extend(marks);
            (self.last, self.times) = (own, 0);
        }
    }
}

/// The first of the seats that a value may have.
fn seat(value: &[u8]) -> usize {
    (FixedState::with_seed(0).hash_one(value) as usize % SEATS) * WAYS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_remembered_by_what_stands_behind_them() {
        let mut values = Values::default();
        values.keep(b"a", 1, [(3, Mark::Word)].into_iter());
        values.keep(b"a", 2, [].into_iter());
        assert_eq!(values.get(b"a", 1), Some(&vec![(3, Mark::Word)]));
        assert_eq!(values.get(b"a", 2), Some(&Vec::new()));
        assert_eq!(values.get(b"a", 3), None);
        assert_eq!(values.get(b"b", 1), None);
        assert_eq!(values.get(b"a", 1), Some(&vec![(3, Mark::Word)]));
        assert_eq!(values.steady(2), None);
        values.keep(b"a", 2, [].into_iter());
        (0..3).for_each(|_| assert!(values.get(b"a", 2).is_some()));
        assert_eq!(values.steady(2), Some((&b"a"[..], 2)));
        assert_eq!(values.last(1), None);
        assert_eq!(values.last(2), Some(&Vec::new()));
        assert_eq!(values.last_length(b"a\""), Some(1));
        assert_eq!(values.last_length(b"ab\""), None);
    }

    #[test]
    fn of_many_values_those_that_are_remembered_are_right() {
        let mut values = Values::default();
        for round in 0..2000_usize {
            let value = round.to_string();
            values.keep(value.as_bytes(), round, [(round as isize, Mark::Word)].into_iter());
            assert_eq!(values.get(value.as_bytes(), round), Some(&vec![(round as isize, Mark::Word)]));
        }
        for round in 0..2000_usize {
            if let Some(marks) = values.get(round.to_string().as_bytes(), round) {
                assert_eq!(marks, &vec![(round as isize, Mark::Word)]);
            }
        }
        values.keep(&[b'x'; LONGEST + 1], 0, [].into_iter());
        assert_eq!(values.get(&[b'x'; LONGEST + 1], 0), None);
    }
}
