//! Which of many literals stand in a text, in one pass.
//!
//! Each literal is filed under one of its runs of four bytes, the one with the fewest others; a text is looked up at
//! every byte. A bit for each hash keeps the table out of most of these look-ups.

use foldhash::{HashMap, HashMapExt as _};

/// The length of a run.
const RUN: usize = 4;

/// Runs are sorted into this many bits.
const BITS: usize = 1 << 16;

/// Literals, each with its number in the order in which they were given.
#[derive(Debug)]
pub(super) struct Needles {
    needles: Vec<Box<str>>,
    by_run: HashMap<u32, Vec<usize>>,
    has_run: Box<[u64]>,
    /// Those that are shorter than a run.
    short: Vec<usize>,
}

impl Needles {
    /// Takes in literals.
    pub(super) fn new<'n>(literals: impl IntoIterator<Item = &'n str>) -> Self {
        let mut needles = Self {
            needles: literals.into_iter().map(Box::from).collect(),
            by_run: HashMap::new(),
            has_run: vec![0; BITS / 64].into(),
            short: Vec::new(),
        };
        for (at, needle) in needles.needles.iter().enumerate() {
            let filed = |run: &u32| needles.by_run.get(run).map_or(0, Vec::len);
            match runs(needle).min_by_key(filed) {
                Some(run) => {
                    needles.by_run.entry(run).or_default().push(at);
                    let (word, bit) = place(run);
                    if let Some(word) = needles.has_run.get_mut(word) {
                        *word |= bit;
                    }
                }
                None => needles.short.push(at),
            }
        }
        needles
    }

    /// The numbers of the literals that stand in a text, in order.
    pub(super) fn in_text(&self, text: &str) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        for run in runs(text) {
            let (word, bit) = place(run);
            if self.has_run.get(word).is_some_and(|word| word & bit != 0)
                && let Some(filed) = self.by_run.get(&run)
            {
                found.extend(filed);
            }
        }
        found.extend(&self.short);
        found.sort_unstable();
        found.dedup();
        found.retain(|at| self.needles.get(*at).is_some_and(|needle| text.contains(&**needle)));
        found
    }
}

/// Every run of a text, as a number.
fn runs(text: &str) -> impl Iterator<Item = u32> {
    text.as_bytes().windows(RUN).filter_map(|run| Some(u32::from_le_bytes(run.try_into().ok()?)))
}

fn place(run: u32) -> (usize, u64) {
    // Fibonacci hashing: the upper bits of the product depend on all four bytes.
    let hash = (run.wrapping_mul(0x9E37_79B1) >> 16) as usize;
    (hash / 64, 1 << (hash % 64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_literal_that_stands_in_a_text_is_found() {
        let needles = Needles::new(["connection refused", "refused", "up", "", "connection reset", "élan vital"]);
        assert_eq!(needles.in_text("tcp: connection refused"), [0, 1, 3]);
        assert_eq!(needles.in_text("reset? connection reset, backup élan vital"), [2, 3, 4, 5]);
        assert_eq!(needles.in_text(""), [3]);
    }
}
