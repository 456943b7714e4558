//! The names of fields that patterns ask for.

use std::collections::HashSet;

/// Characters of the longest name of a column.
const LONGEST: usize = 64;

/// Words of the longest name of a column.
///
/// A sentence has more.
const WORDS: usize = 4;

/// The folded names of fields that patterns ask for.
#[derive(Debug, Default)]
pub struct AskedNames(HashSet<String>);

impl AskedNames {
    /// Collects names.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Self {
        Self(names.into_iter().map(fold).collect())
    }

    /// Returns whether a pattern asks for one of the names.
    ///
    /// `data.status` is the field `status` in `data`.
    pub(super) fn has_any(&self, names: &[String]) -> bool {
        let has = |name: &str| self.0.contains(&fold(name));
        names.iter().any(|name| has(name) || name.rsplit('.').next().is_some_and(has))
    }
}

/// Returns a name without case, `-`, `_` and blanks.
fn fold(name: &str) -> String {
    let is_kept = |character: &char| !matches!(character, '-' | '_' | ' ');
    name.chars().filter(is_kept).flat_map(char::to_lowercase).collect()
}

/// Returns whether a text may be the name of a column.
pub(super) fn may_be_name(text: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || "_-.@/()*:%# ".contains(character);
    text.chars().count() <= LONGEST
        && text.starts_with(|first: char| first.is_alphabetic() || matches!(first, '@' | '_' | '#'))
        && text.chars().any(char::is_alphabetic)
        && text.chars().all(is_part)
        && text.split(' ').count() <= WORDS
        && !text.contains("  ")
}

/// Returns whether the texts may be the names of columns: each once.
pub(super) fn may_be_names(names: &[String]) -> bool {
    let mut known = HashSet::new();
    names.iter().all(|name| may_be_name(name) && known.insert(fold(name)))
}
