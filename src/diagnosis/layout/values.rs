//! Values that stood at one place of lines that are laid out alike, and what was found around them.

use std::cell::Cell;

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
    /// Which of them was met last, and how often in a row.
    last: Cell<usize>,
    times: Cell<u32>,
}

#[derive(Clone, Debug, Default)]
struct Known {
    value: Vec<u8>,
    /// What stood behind it, by its number; `None` if nothing is known here.
    next: Option<usize>,
    marks: Marks,
}

impl Values {
    /// What stood behind a value, and what was found around it, if that stands behind it again.
    #[inline(always)]
    pub(super) fn get(&self, value: &[u8], stands: impl Fn(usize) -> bool) -> Option<(usize, &Marks)> {
        let seat = seat(value);
        for found in seat..seat + WAYS {
            let known = self.known.get(found)?;
            if let Some(next) = known.next
                && known.value.len() == value.len()
                && begins_with(value, &known.value)
                && stands(next)
            {
                let times = if self.last.replace(found) == found { self.times.get().saturating_add(1) } else { 0 };
                self.times.set(times);
                return Some((next, &known.marks));
            }
        }
        None
    }

    /// The value that was met so many times in a row, without anything around it, and what stood behind it.
    pub(super) fn steady(&self, times: u32) -> Option<(&[u8], usize)> {
        let is_steady = |known: &&Known| self.times.get() >= times && known.marks.is_empty();
        let known = self.known.get(self.last.get()).filter(is_steady)?;
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
        let own = own.unwrap_or(if self.last.get() == seat { seat + 1 } else { seat });
        if let Some(known) = self.known.get_mut(own) {
            known.value.clear();
            known.value.extend_from_slice(value);
            known.next = Some(next);
            known.marks.clear();
            known.marks.extend(marks);
            self.last.set(own);
            self.times.set(0);
        }
    }
}

/// The first of the seats that a value may have: by its length, its first and its last bytes, and some in between, which
/// is quick, and enough for values of which there are few.
#[inline(always)]
fn seat(value: &[u8]) -> usize {
    // An odd number whose upper bits depend on all bits of the other factor (Fibonacci hashing).
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let middle = || value.get(value.len() / 2 - 4..).and_then(<[u8]>::first_chunk::<8>);
    let bytes = match (value.first_chunk::<8>(), value.last_chunk::<8>()) {
        (Some(first), Some(last)) => {
            let middle = middle().map_or(0, |middle| u64::from_le_bytes(*middle));
            u64::from_le_bytes(*first) ^ u64::from_le_bytes(*last).rotate_left(23) ^ middle.rotate_left(47)
        }
        _ => value.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)),
    };
    ((bytes ^ value.len() as u64).wrapping_mul(FACTOR) >> 32) as usize % SEATS * WAYS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_remembered_by_what_stands_behind_them() {
        let mut values = Values::default();
        values.keep(b"a", 1, [(3, Mark::Word)].into_iter());
        values.keep(b"a", 2, [].into_iter());
        let get = |value: &[u8], next| values.get(value, |known| known == next).map(|(_, marks)| marks.clone());
        assert_eq!(get(b"a", 1), Some(vec![(3, Mark::Word)]));
        assert_eq!(get(b"a", 2), Some(Vec::new()));
        assert_eq!(get(b"a", 3), None);
        assert_eq!(get(b"b", 1), None);
        assert_eq!(get(b"ab", 1), None);
        assert_eq!(get(b"a", 1), Some(vec![(3, Mark::Word)]));
        assert_eq!(values.steady(0), None);
        (0..3).for_each(|_| assert!(get(b"a", 2).is_some()));
        assert_eq!(values.steady(2), Some((&b"a"[..], 2)));
        assert_eq!(values.steady(3), None);
        values.keep(b"a", 2, [].into_iter());
        assert_eq!(values.steady(1), None);
    }

    #[test]
    fn of_many_values_those_that_are_remembered_are_right() {
        let mut values = Values::default();
        for round in 0..2000_usize {
            let value = round.to_string();
            values.keep(value.as_bytes(), round, [(round as isize, Mark::Word)].into_iter());
            let marks = vec![(round as isize, Mark::Word)];
            assert_eq!(values.get(value.as_bytes(), |_| true), Some((round, &marks)));
        }
        for round in 0..2000_usize {
            if let Some((next, marks)) = values.get(round.to_string().as_bytes(), |_| true) {
                assert_eq!((next, marks), (round, &vec![(round as isize, Mark::Word)]));
            }
        }
        values.keep(&[b'x'; LONGEST + 1], 0, [].into_iter());
        assert_eq!(values.get(&[b'x'; LONGEST + 1], |_| true), None);
    }
}
