//! Takes phrases out of a query that tools put around any message.
//!
//! `Http Status Code: 400. Error Code: …` stands around each error of a library, so its words tell no card from another.
//! The phrases are data (`wrapping` in `vocabulary.json`).

use foldhash::{HashMap, HashMapExt as _};

use super::term_weight::is_number;
use crate::text::CleanText;
use crate::words::{Word, tokenize};

/// The placeholder of a number in a phrase.
const NUMBER: &str = "{number}";

/// A number in a phrase, as a word.
const ANY_NUMBER: &str = "0";

/// The phrases, each as its words, by their first word.
#[derive(Debug)]
pub(super) struct WrappingPhrases(HashMap<String, Vec<Vec<String>>>);

impl WrappingPhrases {
    /// Splits phrases into words.
    pub(super) fn new(phrases: &[CleanText]) -> Self {
        let mut by_first: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for phrase in phrases {
            let words: Vec<String> =
                tokenize(&phrase.replace(NUMBER, ANY_NUMBER)).into_iter().map(|word| word.text).collect();
            if let Some(first) = words.first() {
                by_first.entry(first.clone()).or_default().push(words);
            }
        }
        Self(by_first)
    }

    /// Returns the words outside of the phrases, and those in them.
    pub(super) fn unwrap(&self, words: Vec<Word>) -> (Vec<Word>, Vec<Word>) {
        let mut is_wrapping = vec![false; words.len()];
        for (at, word) in words.iter().enumerate() {
            for phrase in self.0.get(&word.text).into_iter().flatten() {
                let part = words.get(at..at + phrase.len()).unwrap_or_default();
                let is_same =
                    |(one, other): (&String, &Word)| *one == other.text || one == ANY_NUMBER && is_number(&other.text);
                if part.len() == phrase.len() && phrase.iter().zip(part).all(is_same) {
                    is_wrapping.iter_mut().skip(at).take(phrase.len()).for_each(|mark| *mark = true);
                }
            }
        }
        let (wrapping, kept): (Vec<_>, Vec<_>) = words.into_iter().zip(is_wrapping).partition(|(_, is)| *is);
        let words = |marked: Vec<(Word, bool)>| marked.into_iter().map(|(word, _)| word).collect();
        (words(kept), words(wrapping))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_taken_out_whole() {
        let phrases = ["service-controller", "status code {number}", "code {number} of"].map(CleanText::from);
        let phrases = WrappingPhrases::new(&phrases);
        for (text, left) in [
            ("Warning Failed service-controller no subnet", "warning failed no subnet"),
            ("service of the controller", "service of the controller"),
            ("Status Code: 400. gone", "gone"),
            ("status code 400 of it", "it"),
            ("status code wrong", "status code wrong"),
            ("service", "service"),
            ("", ""),
        ] {
            let words: Vec<String> = phrases.unwrap(tokenize(text)).0.into_iter().map(|word| word.text).collect();
            assert_eq!(words.join(" "), left, "{text}");
        }
    }
}
