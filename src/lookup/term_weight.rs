//! Weighs stop words, everyday words and amounts less than other words.
//!
//! IDF alone is not enough in a collection of some dozen cards, because a stop word that occurs in two cards would
//! count as much as a rare error. The word lists are English.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::weights::{EVERYDAY_WORD_WEIGHT, STOP_WORD_WEIGHT};
use crate::words::is_stop_word;
use crate::words::stop_words::word_list;

static EVERYDAY_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| word_list(include_str!("everyday_words.txt")));

/// Returns the factor on a word's IDF; 1 for content words.
pub(super) fn term_weight(word: &str) -> f32 {
    if is_stop_word(word) {
        STOP_WORD_WEIGHT
    } else if EVERYDAY_WORDS.contains(word) || word.len() == 1 || is_amount(word) {
        EVERYDAY_WORD_WEIGHT
    } else {
        1.0
    }
}

/// Returns whether a word has three digits, as status codes have.
pub(super) fn is_code(word: &str) -> bool {
    word.len() == 3 && is_number(word)
}

/// Returns whether a word is a number other than a status code.
///
/// Codes are names and have full weight; amounts do not.
fn is_amount(word: &str) -> bool {
    word.len() != 3 && is_number(word)
}

/// Returns whether a word has digits only.
pub(super) fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_disjoint() {
        let stop_words = include_str!("../words/stop_words.txt");
        for text in [stop_words, include_str!("everyday_words.txt")] {
            let words: Vec<&str> = text.lines().skip(1).collect();
            assert!(text.starts_with('#') && words.is_sorted() && words.len() > 100);
        }
        assert!(word_list(stop_words).is_disjoint(&EVERYDAY_WORDS));
    }

    #[test]
    fn words_without_content_weigh_less() {
        assert!(term_weight("the") < term_weight("yesterday") && term_weight("yesterday") < term_weight("handshake"));
        assert_eq!(term_weight("502"), term_weight("handshake"), "a code is a name");
        assert!(term_weight("7") < 1.0 && term_weight("4711") < 1.0, "an amount is none");
    }
}
