//! Marks the words of a text that a query matches.

use super::query::Query;
use super::word_index::WordIndex;
use crate::words::{is_stop_word, tokenize};

/// Returns the positions of the characters to highlight in a text.
///
/// If several words of the text match one word of the query, only the surest are highlighted. A stop word is
/// highlighted only between two highlighted words, before one that it precedes in the query, too (`TooManyRequests`), or
/// if the query has nothing else.
pub(super) fn highlights(query: &Query, index: &WordIndex, text: &str) -> Vec<usize> {
    let words = tokenize(text);
    let matched: Vec<Option<(usize, f32)>> = words
        .iter()
        .map(|word| {
            let (at, found) = query.term_match(index.vocabulary.find(&word.text)?)?;
            Some((at, found.quality))
        })
        .collect();
    let surest =
        |of: usize| matched.iter().flatten().filter(|(at, _)| *at == of).map(|(_, sure)| *sure).fold(0.0, f32::max);
    let is_sure = |at: usize| matched.get(at).copied().flatten().is_some_and(|(of, sure)| sure >= surest(of));
    let has_content = |at: usize| is_sure(at) && words.get(at).is_some_and(|word| !is_stop_word(&word.text));
    let is_between = |at: usize| is_sure(at) && at.checked_sub(1).is_some_and(has_content) && has_content(at + 1);
    let only_stop_words = !(0..words.len()).any(has_content);
    let word_of = |at: usize| matched.get(at).copied().flatten().map(|(of, _)| of);
    let follow =
        |at: usize| word_of(at).zip(word_of(at + 1)).is_some_and(|(one, other)| query.are_adjacent(one, other));
    let mut leads = vec![false; words.len() + 1];
    for at in (0..words.len()).rev() {
        let is_before = is_sure(at) && follow(at) && (has_content(at + 1) || leads.get(at + 1) == Some(&true));
        leads.get_mut(at).into_iter().for_each(|lead| *lead = is_before);
    }
    let is_lead = |at: usize| leads.get(at) == Some(&true);
    let shown = words
        .iter()
        .enumerate()
        .filter(|(at, _)| has_content(*at) || is_between(*at) || is_lead(*at) || (only_stop_words && is_sure(*at)));
    shown.flat_map(|(_, word)| word.start..word.end).collect()
}
