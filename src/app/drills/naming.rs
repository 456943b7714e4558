//! Finds cards by a typed part of their names.

use std::sync::Arc;

use crate::lookup::{Searcher, Usage};
use crate::tree::{CardId, Tree};

/// The most characters of a text that may be a name.
const LONGEST: usize = 60;

/// The most cards that a text may name to count as recalled.
///
/// With more, the card was picked from a list.
const RECALLED: usize = 5;

/// The notice about a text that is too long for a name.
pub const TOO_LONG: &str = "That is too long. Type a few words of the card's title.";

/// A card that was named, and whether it was recalled.
pub type Named = (CardId, bool);

/// Returns the cards that words may name, the best first.
///
/// First come those whose title begins with the text, has its words, or words that begin so; then other names.
/// `searcher` knows only names. Returns `None` if the text is too long for a name.
pub fn named(searcher: &Searcher, tree: &Arc<Tree>, typed: &str) -> Option<Vec<Named>> {
    if typed.chars().count() > LONGEST {
        return None;
    }
    // The order must not depend on which cards were opened often.
    let found = searcher.search(typed, &Usage::default(), usize::MAX).matches;
    let own = found.into_iter().filter(|found| found.tree.id == tree.id && found.card != tree.escalation);
    let has_title = |card: CardId| has_words(&tree.card(card).title, typed);
    let mut cards: Vec<(CardId, bool)> = own.map(|found| (found.card, has_title(found.card))).collect();
    cards.sort_by_key(|(card, _)| fit(&tree.card(*card).title, typed));
    let by_title = cards.iter().filter(|(_, has_title)| *has_title).count();
    let all = cards.len();
    let rivals = |has_title: bool| if has_title { by_title } else { all };
    Some(cards.into_iter().map(|(card, has_title)| (card, rivals(has_title) <= RECALLED)).collect())
}

/// How well a title fits what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// It begins with these words, the last of which may be begun.
    Begins,
    /// It has these words.
    Words,
    /// It has words that begin so.
    Beginnings,
    /// It is found by another name.
    No,
}

fn fit(title: &str, typed: &str) -> Fit {
    let (own, wanted) = (words(title), words(typed));
    let begins = match wanted.split_last() {
        Some((last, first)) => {
            own.starts_with(first) && own.get(first.len()).is_some_and(|own| own.starts_with(last.as_str()))
        }
        None => false,
    };
    if begins {
        Fit::Begins
    } else if wanted.iter().all(|word| own.contains(word)) {
        Fit::Words
    } else if has_words(title, typed) {
        Fit::Beginnings
    } else {
        Fit::No
    }
}

/// Whether each word begins a word of a title.
fn has_words(title: &str, typed: &str) -> bool {
    let own = words(title);
    words(typed).iter().all(|word| own.iter().any(|own| own.starts_with(word.as_str())))
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_begins_with_the_text_fits_best() {
        let titles = ["504: no answer from any backend in time", "5xx from the backend: 500, 503, 504 and others"];
        for (typed, expected) in [
            ("504", [Fit::Begins, Fit::Words]),
            ("504 no ans", [Fit::Begins, Fit::No]),
            ("backend", [Fit::Words, Fit::Words]),
            ("backends", [Fit::No, Fit::No]),
            ("50", [Fit::Begins, Fit::Beginnings]),
            ("in any", [Fit::Words, Fit::No]),
        ] {
            assert_eq!(titles.map(|title| fit(title, typed)), expected, "{typed}");
        }
    }

    #[test]
    fn words_of_a_title_may_be_begun_and_stand_in_any_order() {
        for (typed, expected) in
            [("504", true), ("answ back", true), ("", true), ("back answers", false), ("wrong", false)]
        {
            assert_eq!(has_words("504: no answer from any backend in time", typed), expected, "{typed}");
        }
    }
}
