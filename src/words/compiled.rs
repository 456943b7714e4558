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
use crate::tree::lazy::opened;
use crate::tree::{CardId, TreeContent};

/// A word, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Term(pub u32);

/// The number of all words beyond the 65,535th.
///
/// Thousands of cards have fewer words. A search takes those beyond for one another.
const LAST: u16 = u16::MAX;

/// The fields of a card, with their words as numbers.
///
/// Each field is its kind, the number of its words, and the words, each in two bytes (little-endian). Stop words are left
/// out unless the field is a name.
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
    #[inline]
    pub fn next(&mut self, words: &mut Vec<Term>) -> Option<FieldKind> {
        let ([kind, length], rest) = split_numbers(self.rest)?;
        let (own, rest) = rest.split_at_checked(2 * usize::from(length))?;
        self.rest = rest;
        words.clear();
        words.extend(own.as_chunks().0.iter().map(|bytes| Term(u16::from_le_bytes(*bytes).into())));
        Some(FieldKind::from_number(kind))
    }
}

/// Splits off the first two numbers.
fn split_numbers(bytes: &[u8]) -> Option<([u16; 2], &[u8])> {
    let ([a, b, c, d], rest) = bytes.split_first_chunk()?;
    Some(([u16::from_le_bytes([*a, *b]), u16::from_le_bytes([*c, *d])], rest))
}

/// Adds a number in two bytes.
fn push_number(number: u32, bytes: &mut Vec<u8>) {
    bytes.extend(u16::try_from(number).unwrap_or(LAST).to_le_bytes());
}

/// A field of a card, split into words.
#[derive(Debug)]
pub struct SplitField {
    kind: FieldKind,
    words: Vec<String>,
}

/// Splits the fields of all cards.
pub fn split(tree: &TreeContent) -> Vec<(CardId, Vec<SplitField>)> {
    let split_field = |(kind, text): FieldText<'_>| {
        let words = tokenize(&text).into_iter().map(|word| word.text);
        let words = words.filter(|word| kind.is_name() || !is_stop_word(word));
        SplitField { kind, words: words.take(LAST.into()).collect() }
    };
    let cards = tree.cards().zip(fields_of(tree));
    cards.map(|((card, _), fields)| (card, fields.into_iter().map(split_field).collect())).collect()
}

/// Returns the words of some cards in order.
pub fn words_of(cards: &[(CardId, Vec<SplitField>)]) -> impl Iterator<Item = &str> {
    cards.iter().flat_map(|(_, fields)| fields).flat_map(|field| field.words.iter().map(String::as_str))
}

/// Replaces the words of some cards by their numbers.
pub fn number(
    cards: &[(CardId, Vec<SplitField>)],
    mut number_of: impl FnMut(&str) -> u32,
) -> Vec<(CardId, CardWords<'static>)> {
    let mut numbered = |fields: &[SplitField]| {
        let mut bytes = Vec::new();
        for SplitField { kind, words } in fields {
            push_number(*kind as u32, &mut bytes);
            push_number(words.len() as u32, &mut bytes);
            words.iter().for_each(|word| push_number(number_of(word), &mut bytes));
        }
        CardWords(Cow::Owned(bytes))
    };
    cards.iter().map(|(card, fields)| (*card, numbered(fields))).collect()
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
    opened(bytes)
}

/// The words of a synonym, which may be a phrase.
pub type Synonym = Vec<Cow<'static, str>>;

/// Splits groups of synonyms into words.
pub fn split_synonyms(groups: &[Vec<impl AsRef<str>>]) -> Vec<Vec<Synonym>> {
    let split = |synonym: &str| tokenize(synonym).into_iter().map(|word| Cow::Owned(word.text)).collect();
    groups.iter().map(|group| group.iter().map(|synonym| split(synonym.as_ref())).collect()).collect()
}

/// Compiles groups of synonyms.
///
/// Fails if a value cannot be written, which no tree has.
pub fn write_synonyms(groups: &[Vec<impl AsRef<str>>]) -> postcard::Result<Vec<u8>> {
    postcard::to_stdvec(&split_synonyms(groups))
}

/// Reads the synonyms of a compiled tree.
///
/// Invariant: the build wrote the bytes with the same types.
pub fn read_synonyms(bytes: &'static [u8]) -> Vec<Vec<Synonym>> {
    let groups: Vec<Vec<Vec<&'static str>>> = opened(bytes);
    let borrowed = |synonym: Vec<&'static str>| synonym.into_iter().map(Cow::Borrowed).collect();
    groups.into_iter().map(|group| group.into_iter().map(borrowed).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_come_back() {
        let fields = [
            (FieldKind::Title, vec![0, 1, 255, 256, 300, u32::from(LAST)]),
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
