//! Writes and reads the words of trees as the build embeds them.
//!
//! The words of all compiled trees are numbered together, in alphabetical order, and a field is the numbers of its
//! words. So a search compares a typed word with each known word once, however many trees have it, and it reads the
//! numbers where they lie in the binary. Memory that is touched for the first time costs more than the reading.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::field::{FieldKind, FieldText, fields_of};
use super::stop_words::is_stop_word;
use super::tokenize::tokenize;
use crate::tree::{CardId, TreeContent};

/// A word, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(pub u32);

/// The fields of a card, with their words as numbers.
///
/// Each field is its kind, the number of its words, and the words, all as variable-length numbers (LEB128). Stop words
/// are left out unless the field is a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardWords<'b>(#[serde(borrow)] Cow<'b, [u8]>);

impl CardWords<'_> {
    /// Returns a reader of the fields, from the first.
    pub fn reader(&self) -> FieldReader<'_> {
        FieldReader { rest: &self.0 }
    }
}

/// Reads the fields of a card one after the other.
#[derive(Debug)]
pub struct FieldReader<'b> {
    rest: &'b [u8],
}

impl FieldReader<'_> {
    /// Reads the next field: returns its kind, and fills in its words.
    pub fn next(&mut self, words: &mut Vec<Term>) -> Option<FieldKind> {
        let kind = FieldKind::from_number(self.number()?);
        let length = self.number()?;
        words.clear();
        for _ in 0..length {
            words.push(Term(self.number()?));
        }
        Some(kind)
    }

    #[inline]
    fn number(&mut self) -> Option<u32> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let (byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if *byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
    }
}

/// Adds a number in variable length.
fn push_number(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Splits the fields of all cards, and numbers their words.
pub fn split(tree: &TreeContent, mut number_of: impl FnMut(&str) -> u32) -> Vec<(CardId, CardWords<'static>)> {
    let mut words_of = |fields: Vec<FieldText<'_>>| {
        let mut bytes = Vec::new();
        for (kind, text) in fields {
            let words = tokenize(&text).into_iter().map(|word| word.text);
            let words: Vec<String> = words.filter(|word| kind.is_name() || !is_stop_word(word)).collect();
            push_number(kind as u32, &mut bytes);
            push_number(words.len() as u32, &mut bytes);
            words.iter().for_each(|word| push_number(number_of(word), &mut bytes));
        }
        CardWords(Cow::Owned(bytes))
    };
    tree.cards().zip(fields_of(tree)).map(|((card, _), fields)| (card, words_of(fields))).collect()
}

/// Compiles the words of the cards of a tree.
///
/// Fails if a value cannot be written, which no tree has.
pub fn write(cards: &[(CardId, CardWords<'_>)]) -> postcard::Result<Vec<u8>> {
    postcard::to_stdvec(cards)
}

/// Reads the words of a compiled tree.
///
/// Invariant: the build wrote the bytes with the same types.
pub fn read(bytes: &[u8]) -> Vec<(CardId, CardWords<'_>)> {
    match postcard::from_bytes(bytes) {
        Ok(cards) => cards,
        Err(error) => unreachable!("compiled by another program: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back_with_numbers_of_any_size() {
        let fields = [
            (FieldKind::Title, vec![0, 1, 127, 128, 300, 16_383, 16_384, 2_097_151, u32::MAX]),
            (FieldKind::About, vec![]),
            (FieldKind::Remedy, vec![7]),
        ];
        let mut bytes = Vec::new();
        for (kind, words) in &fields {
            let numbers = [*kind as u32, words.len() as u32].into_iter().chain(words.iter().copied());
            numbers.for_each(|number| push_number(number, &mut bytes));
        }
        let words = CardWords(Cow::Owned(bytes));
        let (mut reader, mut terms) = (words.reader(), Vec::new());
        for (kind, words) in fields {
            assert_eq!(reader.next(&mut terms), Some(kind));
            assert_eq!(terms, words.into_iter().map(Term).collect::<Vec<_>>());
        }
        assert_eq!(reader.next(&mut terms), None);
    }
}
