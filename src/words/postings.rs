//! An inverted index of all compiled cards, read where it lies.
//!
//! Cards are numbered through all compiled trees. The postings of a word are the cards that have it, in ascending order,
//! each with the groups of fields. A posting is usually one byte: four bits for the distance to the card before, and four
//! for the groups. If the distance is 15 or more, bytes follow that are added to it, up to the first below 255.
//!
//! Example: a word in the titles of the cards 0, 3 and 40 is `0x01 0x31 0xf1 0x16`.

use super::compiled::{CardWords, Term};
use super::field::FieldKind;

/// The distance from which further bytes follow.
const FAR: u8 = 15;

/// Bytes of the number of cards, before the entries.
const HEADER: usize = 4;

/// Bytes of the entry of a word.
///
/// It is the end of its postings, and their number.
const ENTRY: usize = 8;

/// One kind for each group of fields that count alike.
const GROUPS: [FieldKind; 4] = [FieldKind::Title, FieldKind::Symptom, FieldKind::About, FieldKind::Remedy];

/// The cards that have each word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Postings {
    lists: &'static [u8],
    /// The number of cards, and an entry for each word.
    ///
    /// An entry is the end of the word's list and its number of cards. Each number is four bytes (little-endian).
    entries: &'static [u8],
}

/// A card that has a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Posting {
    /// The number of the card.
    pub card: usize,
    /// A bit for each group of fields with the word.
    groups: u8,
}

impl Posting {
    /// Returns a kind for each group of fields with the word.
    pub fn kinds(self) -> impl Iterator<Item = FieldKind> {
        GROUPS.into_iter().enumerate().filter(move |(at, _)| self.groups >> at & 1 == 1).map(|(_, kind)| kind)
    }
}

impl Postings {
    /// Takes what [`Postings::write`] made.
    pub const fn new(lists: &'static [u8], entries: &'static [u8]) -> Self {
        Self { lists, entries }
    }

    /// Writes the postings of some cards: the lists and the entries.
    ///
    /// There is an entry for each of `words` words.
    pub fn write<'w>(cards: impl IntoIterator<Item = &'w CardWords<'w>>, words: usize) -> (Vec<u8>, Vec<u8>) {
        let mut all: Vec<Vec<Posting>> = vec![Vec::new(); words];
        let mut count = 0_u32;
        for (card, words) in cards.into_iter().enumerate() {
            count += 1;
            let (mut reader, mut terms) = (words.reader(), Vec::new());
            while let Some(kind) = reader.next(&mut terms) {
                let groups = 1 << group_of(kind);
                for Term(word) in &terms {
                    let Some(list) = all.get_mut(*word as usize) else { continue };
                    match list.last_mut().filter(|last| last.card == card) {
                        Some(last) => last.groups |= groups,
                        None => list.push(Posting { card, groups }),
                    }
                }
            }
        }
        let (mut lists, mut entries) = (Vec::new(), count.to_le_bytes().to_vec());
        for list in all {
            let mut before = 0;
            for Posting { card, groups } in &list {
                push_posting(card - before, *groups, &mut lists);
                before = *card;
            }
            entries.extend((lists.len() as u32).to_le_bytes());
            entries.extend((list.len() as u32).to_le_bytes());
        }
        (lists, entries)
    }

    /// Returns the number of cards.
    pub fn cards(&self) -> usize {
        self.entries.first_chunk().map_or(0, |number| u32::from_le_bytes(*number) as usize)
    }

    /// Returns the number of cards that have a word.
    pub fn count(&self, word: usize) -> usize {
        self.entry(word).map_or(0, |[_, count]| count)
    }

    /// Returns the cards that have a word.
    pub fn of(&self, word: usize) -> impl Iterator<Item = Posting> {
        let start = word.checked_sub(1).map_or(Some(0), |before| Some(self.entry(before)?[0]));
        let list = start.zip(self.entry(word)).and_then(|(start, [end, _])| self.lists.get(start..end));
        let mut rest = list.unwrap_or_default().iter();
        let mut card = 0;
        std::iter::from_fn(move || {
            let first = *rest.next()?;
            card += usize::from(first >> 4);
            if first >> 4 == FAR {
                let mut more = u8::MAX;
                while more == u8::MAX {
                    more = *rest.next()?;
                    card += usize::from(more);
                }
            }
            Some(Posting { card, groups: first & 15 })
        })
    }

    fn entry(&self, word: usize) -> Option<[usize; 2]> {
        let [a, b, c, d, e, f, g, h] = *self.entries.get(HEADER + word * ENTRY..)?.first_chunk::<ENTRY>()?;
        Some([[a, b, c, d], [e, f, g, h]].map(|number| u32::from_le_bytes(number) as usize))
    }
}

fn push_posting(distance: usize, groups: u8, to: &mut Vec<u8>) {
    let near = u8::try_from(distance).unwrap_or(FAR).min(FAR);
    to.push(near << 4 | groups);
    if near == FAR {
        let mut left = distance - usize::from(FAR);
        while left >= usize::from(u8::MAX) {
            to.push(u8::MAX);
            left -= usize::from(u8::MAX);
        }
        to.push(left as u8);
    }
}

/// Returns the position of the group of a kind in [`GROUPS`].
fn group_of(kind: FieldKind) -> usize {
    match kind {
        FieldKind::Error | FieldKind::Title | FieldKind::Name => 0,
        FieldKind::Symptom | FieldKind::Sign => 1,
        FieldKind::About | FieldKind::Cause => 2,
        FieldKind::Remedy => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::CardId;
    use crate::words::compiled;

    #[test]
    fn postings_are_those_of_the_example() {
        let mut lists = Vec::new();
        [0, 3, 37].into_iter().for_each(|distance| push_posting(distance, 1, &mut lists));
        assert_eq!(lists, [0x01, 0x31, 0xf1, 0x16]);
        let entries = [[41, 0, 0, 0], [4, 0, 0, 0], [3, 0, 0, 0]].concat();
        let postings = Postings::new(lists.leak(), entries.leak());
        let cards: Vec<usize> = postings.of(0).map(|posting| posting.card).collect();
        assert_eq!((cards, postings.count(0), postings.count(1)), (vec![0, 3, 40], 3, 0));
        assert_eq!(postings.cards(), 41);
        assert!(postings.of(0).all(|posting| posting.kinds().eq([FieldKind::Title])));
        assert_eq!(postings.of(1).count(), 0);
    }

    #[test]
    fn distances_come_back() {
        for distance in [0, 14, 15, 16, 269, 270, 271, 10_000] {
            let mut lists = Vec::new();
            push_posting(distance, 9, &mut lists);
            let entries = [1, lists.len() as u32, 1].map(u32::to_le_bytes).concat();
            let postings = Postings::new(lists.leak(), entries.leak());
            assert_eq!(postings.of(0).collect::<Vec<_>>(), [Posting { card: distance, groups: 9 }]);
        }
    }

    #[test]
    fn each_card_of_a_word_is_a_posting() {
        let library = crate::store::Library::embedded();
        let split = compiled::split(&library.trees[0]);
        let mut words: Vec<&str> = compiled::words_of(&split).collect();
        words.sort_unstable();
        words.dedup();
        let cards: Vec<(CardId, CardWords<'_>)> =
            compiled::number(&split, |word| words.binary_search(&word).unwrap() as u32);
        let (lists, entries) = Postings::write(cards.iter().map(|(_, words)| words), words.len());
        let postings = Postings::new(lists.leak(), entries.leak());
        for (card, (_, numbered)) in cards.iter().enumerate() {
            let (mut reader, mut terms) = (numbered.reader(), Vec::new());
            while let Some(kind) = reader.next(&mut terms) {
                for Term(word) in &terms {
                    let mut of_word = postings.of(*word as usize);
                    let posting = of_word.find(|posting| posting.card == card).unwrap();
                    assert!(posting.kinds().any(|known| group_of(known) == group_of(kind)));
                }
            }
        }
        assert!((0..words.len()).all(|word| postings.of(word).count() == postings.count(word)));
    }
}
