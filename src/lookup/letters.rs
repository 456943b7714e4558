//! Letters of a phrase in order, as one types into a filter: `conrefwhi` for "connection refused while".
//!
//! The only file that names `fuzzy-matcher`. It is slow by the standards of a search on every key, so that what cannot
//! match is left out by its letters before it is asked.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

use super::vocabulary::letters as set_of;

/// The longest query that is taken as letters of a phrase.
const LONGEST: usize = 32;

/// How many phrases are looked at closely; on more, a query of so few letters says nothing.
const MAX_PHRASES: usize = 200;

/// Fewer letters stand in everything.
const SHORTEST: usize = 3;

/// Phrases by the letters in them.
pub(super) struct Letters {
    matcher: SkimMatcherV2,
    /// For each phrase a bit for each letter and digit in it, and its number.
    phrases: Vec<(u64, u32)>,
}

impl std::fmt::Debug for Letters {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Letters").field("phrases", &self.phrases.len()).finish_non_exhaustive()
    }
}

/// A phrase that has the letters.
#[derive(Debug)]
pub(super) struct Spelled {
    /// Its number.
    pub phrase: u32,
    /// How well they fit: 1 if the phrase has them side by side.
    pub strength: f32,
    /// The characters that matched, as positions in characters.
    pub letters: Vec<usize>,
}

impl Letters {
    /// Takes in phrases by their numbers.
    pub(super) fn new<'p>(phrases: impl Iterator<Item = (u32, &'p str)>) -> Self {
        Self {
            matcher: SkimMatcherV2::default().ignore_case().element_limit(1 << 20),
            phrases: phrases.map(|(number, text)| (set_of(text), number)).collect(),
        }
    }

    /// The phrases that have the letters of a query in order. `text_of` gives the text of a phrase.
    pub(super) fn search<'p>(&self, query: &str, text_of: impl Fn(u32) -> &'p str) -> Vec<Spelled> {
        let letters: String = query.chars().filter(|character| character.is_alphanumeric()).take(LONGEST + 1).collect();
        // The time it takes grows with the square of the length.
        if !(SHORTEST..=LONGEST).contains(&letters.len()) {
            return Vec::new();
        }
        let Some(best) = self.matcher.fuzzy_match(&letters, &letters).filter(|best| *best > 0) else {
            return Vec::new();
        };
        let wanted = set_of(&letters);
        let can_match = self.phrases.iter().filter(|(has, _)| wanted & !has == 0);
        can_match
            .filter(|(_, phrase)| is_inside(&letters, text_of(*phrase)))
            .take(MAX_PHRASES)
            .filter_map(|(_, phrase)| {
                let (score, indices) = self.matcher.fuzzy_indices(text_of(*phrase), &letters)?;
                Some(Spelled { phrase: *phrase, strength: score as f32 / best as f32, letters: indices })
            })
            .collect()
    }
}

fn is_inside(letters: &str, text: &str) -> bool {
    let mut rest = text.chars();
    letters.chars().all(|letter| rest.any(|other| other.eq_ignore_ascii_case(&letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_found_in_order_and_the_closest_together_fit_best() {
        let phrases = ["connection refused while connecting", "client certificate", "no reply"];
        let index = Letters::new(phrases.iter().enumerate().map(|(at, text)| (at as u32, *text)));
        let search = |query: &str| index.search(query, |at| phrases[at as usize]);
        let found = search("ConRef");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].phrase, found[0].letters.as_slice()), (0, &[0, 1, 2, 11, 12, 13][..]));
        let whole = search("no reply");
        assert!(whole[0].strength > 0.8 && found[0].strength < 1.0);
        assert!(search("").is_empty());
        assert!(search("fer noc").is_empty());
        assert!(search(&"a".repeat(1000)).is_empty());
    }
}
