//! Keeps the first n of many items.

/// Samples of a card, an answer, or a group of cards.
pub(super) const SAMPLES: usize = 5;

/// The first `MOST` items of the input.
///
/// It has room for fewer if an earlier part of the input has some.
#[derive(Clone, Debug)]
pub(super) struct FirstN<T, const MOST: usize> {
    kept: Vec<T>,
    /// The number of items that are still wanted.
    room: usize,
}

impl<T, const MOST: usize> Default for FirstN<T, MOST> {
    fn default() -> Self {
        Self { kept: Vec::new(), room: MOST }
    }
}

impl<T, const MOST: usize> FirstN<T, MOST> {
    /// Returns the kept items.
    pub(super) fn kept(&self) -> &[T] {
        &self.kept
    }

    /// Keeps one more item, made only if it is wanted.
    pub(super) fn push(&mut self, make: impl FnOnce() -> T) {
        if self.kept.len() < self.room {
            self.kept.push(make());
        }
    }

    /// Moves later items here, and updates the room of the later part.
    pub(super) fn append(&mut self, later: &mut Self) {
        let missing = self.room.saturating_sub(self.kept.len());
        self.kept.extend(later.kept.drain(..).take(missing));
        later.room = self.room.saturating_sub(self.kept.len());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_kept_in_whatever_pieces_they_come() {
        let mut whole = FirstN::<u32, 5>::default();
        (0..20).for_each(|at| whole.push(|| at));
        assert_eq!(whole.kept(), [0, 1, 2, 3, 4]);
        for cuts in [[1, 2], [3, 3], [0, 7], [6, 20]] {
            let (mut total, mut later) = (FirstN::<u32, 5>::default(), FirstN::default());
            let mut from = 0;
            for to in cuts.into_iter().chain([20]) {
                (from..to).for_each(|at| later.push(|| at));
                total.append(&mut later);
                assert!(later.kept().is_empty());
                from = to;
            }
            assert_eq!(total.kept(), whole.kept(), "{cuts:?}");
            later.push(|| unreachable!("nothing is wanted any more"));
        }
    }
}
