//! Tells quickly that a text does not contain another.
//!
//! Most texts that patterns need stand in no line at all, and most of these have a pair of bytes that the line has not.

/// Bits of the set.
///
/// A line of a log has far fewer pairs.
const BITS: usize = 4096;

/// The pairs of bytes of a text, in a Bloom filter.
#[derive(Debug)]
pub(super) struct BytePairs(Box<[u64; BITS / 64]>);

impl BytePairs {
    /// Collects the pairs of a text.
    pub(super) fn of(text: &str) -> Self {
        let mut bits = Box::new([0; BITS / 64]);
        for (word, bit) in pairs(text) {
            bits.get_mut(word).into_iter().for_each(|word| *word |= bit);
        }
        Self(bits)
    }

    /// Returns whether the text may contain another.
    ///
    /// `false` is certain.
    pub(super) fn may_contain(&self, text: &str) -> bool {
        pairs(text).all(|(word, bit)| self.0.get(word).is_some_and(|word| word & bit != 0))
    }
}

/// Returns the word and the bit of each pair.
fn pairs(text: &str) -> impl Iterator<Item = (usize, u64)> {
    let bytes = text.as_bytes();
    bytes.iter().zip(bytes.iter().skip(1)).map(|(one, other)| {
        let hash = (usize::from(*one) << 6 ^ usize::from(*other)) % BITS;
        (hash / 64, 1 << (hash % 64))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contained_text_is_never_excluded() {
        let text = "upstream timed out (110: Connection timed out) while reading, é";
        let pairs = BytePairs::of(text);
        for start in 0..text.len() {
            for end in start..=text.len() {
                assert!(text.get(start..end).is_none_or(|part| pairs.may_contain(part)));
            }
        }
        assert!(!pairs.may_contain("no healthy") && !BytePairs::of("").may_contain("ab"));
        assert!(BytePairs::of("").may_contain("") && BytePairs::of("x").may_contain("y"));
    }
}
