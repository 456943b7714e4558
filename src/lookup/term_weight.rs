//! Weighs stop words, everyday words and amounts less than other words.
//!
//! IDF alone is not enough in a collection of some dozen cards, because a stop word that occurs in two cards would
//! count as much as a rare error. The word lists are English.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::weights::{EVERYDAY_WORD_WEIGHT, STOP_WORD_WEIGHT};

static STOP_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| word_list(include_str!("stop_words.txt")));
static EVERYDAY_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| word_list(include_str!("everyday_words.txt")));

/// Parses a word list; lines that start with `#` are comments.
fn word_list(text: &str) -> HashSet<&str> {
    text.lines().filter(|line| !line.starts_with('#')).collect()
}

/// Returns whether a word only connects others, such as "the" and "of".
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word)
}

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
        for text in [include_str!("stop_words.txt"), include_str!("everyday_words.txt")] {
            let words: Vec<&str> = text.lines().skip(1).collect();
            assert!(text.starts_with('#') && words.is_sorted() && words.len() > 100);
        }
        assert!(STOP_WORDS.is_disjoint(&EVERYDAY_WORDS));
    }

    #[test]
    fn stop_words_are_exactly_those_of_the_list() {
        assert!(["a", "the", "your"].iter().all(|word| is_stop_word(word)));
        assert!(["", "th", "them ", "no", "handshake"].iter().all(|word| !is_stop_word(word)));
    }

    #[test]
    fn words_without_content_weigh_less() {
        assert!(term_weight("the") < term_weight("yesterday") && term_weight("yesterday") < term_weight("handshake"));
        assert_eq!(term_weight("502"), term_weight("handshake"), "a code is a name");
        assert!(term_weight("7") < 1.0 && term_weight("4711") < 1.0, "an amount is none");
    }
}
