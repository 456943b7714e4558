//! Letters of a phrase in order, as one types into a filter: `conrefwhi` for "connection refused while".
//!
//! The only file that names `fuzzy-matcher`. It is slow by the standards of a search on every key, so that what cannot
//! match is left out by its letters before it is asked.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// The longest query that is taken as letters of a phrase.
const LONGEST: usize = 32;

/// How many phrases are looked at closely; on more, a query of so few letters says nothing.
const MAX_PHRASES: usize = 200;

/// Fewer letters stand in everything.
const SHORTEST: usize = 3;

/// A phrase is cut into so many parts, to know about where each letter stands without a look at the text.
const PARTS: usize = 4;

/// Phrases by the letters in them.
pub(super) struct Letters {
    matcher: SkimMatcherV2,
    /// For each phrase its number, and which letters stand in each part of it.
    phrases: Vec<(u32, [u32; PARTS])>,
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
            phrases: phrases.map(|(number, text)| (number, parts_of(text))).collect(),
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
        let wanted: Vec<u32> = letters.chars().map(bit).collect();
        let all = wanted.iter().fold(0, |all, letter| all | letter);
        let can_match = self.phrases.iter().filter(|(_, [one, two, three, four])| {
            all & !(one | two | three | four) == 0 && may_be_inside(&wanted, &[*one, *two, *three, *four])
        });
        can_match
            .filter(|(phrase, _)| is_inside(&letters, text_of(*phrase)))
            .take(MAX_PHRASES)
            .filter_map(|(phrase, _)| {
                let (score, indices) = self.matcher.fuzzy_indices(text_of(*phrase), &letters)?;
                Some(Spelled { phrase: *phrase, strength: score as f32 / best as f32, letters: indices })
            })
            .collect()
    }
}

/// A bit for a letter, whatever its case, or for some digits, or for all that is neither.
fn bit(character: char) -> u32 {
    match character.to_ascii_lowercase() {
        lower @ 'a'..='z' => 1 << (lower as u32 - 'a' as u32),
        digit @ '0'..='9' => 1 << (26 + (digit as u32 - '0' as u32) / 2),
        _ => 1 << 31,
    }
}

fn parts_of(text: &str) -> [u32; PARTS] {
    let mut parts = [0; PARTS];
    let length = text.len().div_ceil(PARTS).max(1);
    for (at, character) in text.char_indices() {
        parts.get_mut(at / length).into_iter().for_each(|part| *part |= bit(character));
    }
    parts
}

/// Whether letters may stand in a phrase in order: each part takes as many of them as it has.
fn may_be_inside(letters: &[u32], parts: &[u32]) -> bool {
    let mut rest = letters.iter().peekable();
    for part in parts {
        while rest.next_if(|letter| **letter & part != 0).is_some() {}
    }
    rest.peek().is_none()
}

fn is_inside(letters: &str, text: &str) -> bool {
    let mut rest = text.chars();
    letters.chars().all(|letter| rest.any(|other| other.eq_ignore_ascii_case(&letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_may_be_inside() {
        let may =
            |letters: &str, text: &str| may_be_inside(&letters.chars().map(bit).collect::<Vec<_>>(), &parts_of(text));
        let text = "HTTP 502: connexion refusée, très loin";
        for letters in ["http502", "cref", "éèlo", "2coin", "h5cfl", "n", ""] {
            assert!(is_inside(letters, text) && may(letters, text), "{letters}");
        }
        for letters in ["loinhttp", "refcon", "z", "9"] {
            assert!(!is_inside(letters, text) && !may(letters, text), "{letters}");
        }
        assert!(!may("a", ""));
    }

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
