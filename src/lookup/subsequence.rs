//! Finds names that contain the letters of a query in order.
//!
//! Example: `conrefwhi` finds "connection refused while".
//!
//! The matcher is fuzzy-matcher's port of skim; no other file uses that crate. For all names of large trees it takes
//! longer than a key press may. So two fast filters come first: the letters that occur in each quarter of a name, and a
//! plain subsequence test. Neither drops a name that the matcher would accept.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Bytes of the longest query that is compared.
///
/// Only letters and digits count; those of English have one byte each. More letters are a sentence and not an
/// abbreviation.
const MAX_LETTERS: usize = 32;

/// Bytes of the shortest query that is compared.
///
/// Only letters and digits count. The letters of a shorter word, such as "thread", occur in order in some name by
/// chance.
const MIN_LETTERS: usize = 7;

/// Names that are scored for one query.
///
/// If more names contain the letters, the letters distinguish little.
const MAX_NAMES: usize = 200;

/// Cells of the largest score table of the matcher.
///
/// The table has a cell for each letter of the query and character of the name, so 32 letters fit against 31,000
/// characters. Longer names are matched greedily, so that one name cannot use all time and memory.
const MAX_CELLS: usize = 1 << 20;

/// Parts of a name that have a letter set each.
///
/// Four sets fit into 16 bytes.
const PARTS: usize = 4;

/// The names of all cards with their letter sets.
///
/// `F` is the owner of a name.
pub(super) struct SubsequenceIndex<F> {
    matcher: SkimMatcherV2,
    names: Vec<SearchedName<F>>,
}

/// A name, with what is compared before its text.
struct SearchedName<F> {
    field: F,
    text: String,
    /// The letter sets of the parts.
    parts: [u32; PARTS],
}

impl<F> std::fmt::Debug for SubsequenceIndex<F> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SubsequenceIndex").field("names", &self.names.len()).finish_non_exhaustive()
    }
}

/// A name that contains the letters of a query in order.
#[derive(Debug)]
pub(super) struct SubsequenceMatch<F> {
    /// The owner of the name.
    pub field: F,
    /// The score of the matcher, relative to the query's score against itself.
    ///
    /// About 0 to 1; 1 if the name begins with the letters.
    pub quality: f32,
    /// The matched characters, as positions in characters.
    pub letters: Vec<usize>,
}

impl<F: Clone> SubsequenceIndex<F> {
    /// Indexes names, given as text and field.
    pub(super) fn new(names: impl Iterator<Item = (String, F)>) -> Self {
        Self {
            matcher: SkimMatcherV2::default().ignore_case().element_limit(MAX_CELLS),
            names: names.map(|(text, field)| SearchedName { field, parts: parts_of(&text), text }).collect(),
        }
    }

    /// Returns the names that contain the letters of a query in order.
    pub(super) fn search(&self, query: &str) -> Vec<SubsequenceMatch<F>> {
        let letters: String =
            query.chars().filter(|character| character.is_alphanumeric()).take(MAX_LETTERS + 1).collect();
        if !(MIN_LETTERS..=MAX_LETTERS).contains(&letters.len()) {
            return Vec::new();
        }
        // The score of the letters against themselves is the best possible one.
        let Some(best) = self.matcher.fuzzy_match(&letters, &letters).filter(|best| *best > 0) else {
            return Vec::new();
        };
        let wanted: Vec<u32> = letters.chars().map(letter_bit).collect();
        let all = wanted.iter().fold(0, |all, letter| all | letter);
        let can_match = self.names.iter().filter(|SearchedName { parts, .. }| {
            all & !parts.iter().fold(0, |any, part| any | part) == 0 && may_contain(parts, &wanted)
        });
        can_match
            .filter(|name| contains(&name.text, &letters))
            .take(MAX_NAMES)
            .filter_map(|SearchedName { field, text, .. }| {
                let (score, indices) = self.matcher.fuzzy_indices(text, &letters)?;
                Some(SubsequenceMatch { field: field.clone(), quality: score as f32 / best as f32, letters: indices })
            })
            .collect()
    }
}

/// Returns the bit of a character in a letter set, ignoring case.
///
/// Each letter has its own bit, two digits share one, and everything else shares the last.
fn letter_bit(character: char) -> u32 {
    match character.to_ascii_lowercase() {
        lower @ 'a'..='z' => 1 << (lower as u32 - 'a' as u32),
        digit @ '0'..='9' => 1 << (26 + (digit as u32 - '0' as u32) / 2),
        _ => 1 << 31,
    }
}

/// Returns the letter set of each part of a text.
fn parts_of(text: &str) -> [u32; PARTS] {
    let mut parts = [0; PARTS];
    let length = text.len().div_ceil(PARTS).max(1);
    for (at, character) in text.char_indices() {
        parts.get_mut(at / length).into_iter().for_each(|part| *part |= letter_bit(character));
    }
    parts
}

/// Returns whether a name with these parts may contain the letters.
///
/// Each part takes as many of the next letters as occur in it, in any order. So the result may be wrongly true, but
/// never wrongly false.
fn may_contain(parts: &[u32], letters: &[u32]) -> bool {
    let mut rest = letters.iter().peekable();
    for part in parts {
        while rest.next_if(|letter| **letter & part != 0).is_some() {}
    }
    rest.peek().is_none()
}

/// Returns whether a text contains the letters in order.
fn contains(text: &str, letters: &str) -> bool {
    let mut rest = text.chars();
    letters.chars().all(|letter| rest.any(|other| other.eq_ignore_ascii_case(&letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_text_contains_it_may_contain() {
        let may = |text: &str, letters: &str| {
            may_contain(&parts_of(text), &letters.chars().map(letter_bit).collect::<Vec<_>>())
        };
        let text = "HTTP 502: connexion refusée, très loin";
        for letters in ["http502", "cref", "éèlo", "2coin", "h5cfl", "n", ""] {
            assert!(contains(text, letters) && may(text, letters), "{letters}");
        }
        for letters in ["loinhttp", "refcon", "z", "9"] {
            assert!(!contains(text, letters) && !may(text, letters), "{letters}");
        }
        assert!(!may("", "a"));
    }

    #[test]
    fn letters_are_found_in_order_and_the_closest_together_fit_best() {
        let names = ["connection refused while connecting", "client certificate", "no reply"];
        let index = SubsequenceIndex::new(names.iter().map(|name| (*name).to_owned()).zip(0..));
        let search = |query: &str| index.search(query);
        let found = search("ConnRef");
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].field, found[0].letters.as_slice()), (0, &[0, 1, 2, 3, 11, 12, 13][..]));
        let whole = search("no reply");
        assert!(whole[0].quality > 0.8 && found[0].quality < 1.0);
        assert!(search("").is_empty());
        assert!(search("refu noc").is_empty());
        assert!(search(&"a".repeat(1000)).is_empty());
    }
}
