//! Generates reproducible pseudorandom numbers from a seed.
//!
//! The numbers of a seed are equal on every machine and in every version of the program, because an exercise is
//! identified by its seed. The generator is SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
//! generators", 2014). It is written out here because crates change their generators.

/// A generator of pseudorandom numbers.
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// Creates the generator of a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the next number, any of the 64-bit numbers.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `limit`, or 0 if the limit is 0.
    pub fn below(&mut self, limit: usize) -> usize {
        // The upper half of a 128-bit product (Lemire's method without rejection). The bias is below 2^-64 * limit.
        let product = u128::from(self.number()) * limit as u128;
        usize::try_from(product >> 64).unwrap_or(0)
    }

    /// Returns a random element, or `None` if there is none.
    pub fn one_of<'t, T>(&mut self, several: &'t [T]) -> Option<&'t T> {
        several.get(self.below(several.len()))
    }

    /// Shuffles a slice (Fisher-Yates).
    pub fn shuffle<T>(&mut self, several: &mut [T]) {
        for last in (1..several.len()).rev() {
            several.swap(last, self.below(last + 1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_published_generator() {
        let mut random = Random::new(1_234_567);
        let numbers: Vec<u64> = (0..3).map(|_| random.number()).collect();
        assert_eq!(numbers, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn every_choice_is_met_and_none_beyond() {
        let mut random = Random::new(7);
        let mut met = [0; 5];
        for _ in 0..1000 {
            met[random.below(5)] += 1;
        }
        assert!(met.iter().all(|count| (150..250).contains(count)), "{met:?}");
        assert_eq!(random.below(0), 0);
        assert_eq!(random.one_of::<u8>(&[]), None);
        let mut several = [1, 2, 3, 4, 5];
        random.shuffle(&mut several);
        several.sort_unstable();
        assert_eq!(several, [1, 2, 3, 4, 5]);
    }
}
