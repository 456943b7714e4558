//! Names the words that only connect others. The list is English.

use std::sync::LazyLock;

use foldhash::HashSet;

static STOP_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| word_list(include_str!("stop_words.txt")));

/// Parses a word list; lines that start with `#` are comments.
pub fn word_list(text: &str) -> HashSet<&str> {
    text.lines().filter(|line| !line.starts_with('#')).collect()
}

/// Returns whether a word only connects others, such as "the" and "of".
pub fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_exactly_those_of_the_list() {
        assert!(["a", "the", "your"].iter().all(|word| is_stop_word(word)));
        assert!(["", "th", "them ", "no", "handshake"].iter().all(|word| !is_stop_word(word)));
    }
}
