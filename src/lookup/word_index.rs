//! Holds the words of all cards.
//!
//! A *field* is one text of a card, such as its title or one of its causes. The words of compiled trees were split and
//! numbered by the build; those of other trees are split here.
//!
//! The cards of a word are in the postings of compiled trees, which the build made too. The words of other trees are read
//! from one end to the other. With some hundred cards that takes a tenth of a millisecond, and postings of each word need
//! more than that to be built.

use std::sync::Arc;

use super::term_weight::{is_code, term_weight};
use super::vocabulary::Vocabulary;
use super::weights::{EXPLANATION_WEIGHT, IDF_EXPONENT, NAME_WEIGHT, OBSERVATION_WEIGHT, REMEDY_WEIGHT};
use crate::tree::{CardId, CompiledWords, Tree};
use crate::words::postings::Posting;
use crate::words::{CardWords, FieldKind, Postings, Term, WordList, compiled, field_text};

/// Which fields of the cards are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// All fields, and signatures.
    AllFields,
    /// Titles and other names.
    Names,
}

impl Scope {
    fn has(self, kind: FieldKind) -> bool {
        self == Scope::AllFields || matches!(kind, FieldKind::Title | FieldKind::Name)
    }
}

/// Returns the weight of a word in a field of a kind.
pub(super) fn field_weight(kind: FieldKind) -> f32 {
    match kind {
        FieldKind::Error | FieldKind::Title | FieldKind::Name => NAME_WEIGHT,
        FieldKind::About | FieldKind::Cause => EXPLANATION_WEIGHT,
        FieldKind::Symptom | FieldKind::Sign => OBSERVATION_WEIGHT,
        FieldKind::Remedy => REMEDY_WEIGHT,
    }
}

/// One text of a card.
#[derive(Clone, Debug)]
pub(super) struct IndexedField {
    /// The position of its card in `WordIndex::cards`.
    pub card: usize,
    /// The position among the card's fields of its kind.
    position: usize,
    pub kind: FieldKind,
    /// Its words in order.
    ///
    /// Stop words are left out unless the field is a name.
    pub terms: Vec<Term>,
}

/// A card with its words.
#[derive(Debug)]
pub(super) struct IndexedCard {
    pub tree: Arc<Tree>,
    pub card: CardId,
    words: CardWords<'static>,
}

/// The words of all cards.
#[derive(Debug)]
pub(super) struct WordIndex {
    pub cards: Vec<IndexedCard>,
    pub vocabulary: Vocabulary,
    scope: Scope,
    postings: Postings,
    /// The position in `cards` of each card in the postings.
    compiled: Vec<Option<usize>>,
    /// The positions in `cards` of the cards that have no postings.
    others: Vec<usize>,
    /// The flattened and weighted IDF of each word.
    idf: Vec<f32>,
}

impl WordIndex {
    /// Indexes the cards of all trees.
    pub(super) fn new(trees: &[Arc<Tree>], scope: Scope) -> Self {
        let compiled = trees.iter().find_map(|tree| tree.compiled_words()).unwrap_or_default();
        let mut vocabulary = Vocabulary::new(WordList::new(compiled.list, compiled.ends));
        let (mut cards, mut in_postings, mut others) = (Vec::new(), Vec::new(), Vec::new());
        for tree in trees {
            let known = tree.compiled_words();
            let words = match known {
                Some(words) => compiled::read(words.numbers),
                None => compiled::number(&compiled::split(tree), |word| vocabulary.insert(word).0),
            };
            let positions = cards.len()..cards.len() + words.len();
            match known.filter(|_| scope == Scope::AllFields) {
                Some(CompiledWords { first_card, .. }) => {
                    in_postings.resize(in_postings.len().max(first_card + words.len()), None);
                    let slots = in_postings.iter_mut().skip(first_card);
                    slots.zip(positions).for_each(|(slot, position)| *slot = Some(position));
                }
                None => others.extend(positions),
            }
            cards.extend(words.into_iter().map(|(card, words)| IndexedCard { tree: Arc::clone(tree), card, words }));
        }
        let postings = Postings::new(compiled.postings, compiled.entries);
        let mut index = Self { cards, vocabulary, scope, postings, compiled: in_postings, others, idf: Vec::new() };
        index.count_cards();
        let flattened = flattened_idf(index.cards.len());
        let idf = index.vocabulary.counted().map(|(word, cards)| {
            let flattened = if cards == 0 { 0.0 } else { flattened.get(cards).copied().unwrap_or_default() };
            term_weight(word) * flattened
        });
        index.idf = idf.collect();
        index
    }

    /// Counts for each word the cards that have it.
    fn count_cards(&mut self) {
        let mut last = vec![usize::MAX; self.vocabulary.len()];
        let mut counts = vec![0; self.vocabulary.len()];
        // A tree that is not searched, or that another replaces, leaves gaps.
        let is_whole = self.compiled.iter().all(Option::is_some) && self.compiled.len() == self.postings.cards();
        for (word, count) in counts.iter_mut().enumerate().take(self.vocabulary.compiled_len()) {
            *count = match is_whole {
                true => self.postings.count(word) as u32,
                false => self.postings_of(Term(word as u32)).count() as u32,
            };
        }
        for card in self.others.iter().copied() {
            self.each_field(card, |field| {
                for Term(word) in &field.terms {
                    let (last, count) = (last.get_mut(*word as usize), counts.get_mut(*word as usize));
                    if let (Some(last), Some(count)) = (last.filter(|last| **last != card), count) {
                        *last = card;
                        *count += 1;
                    }
                }
            });
        }
        self.vocabulary.set_counts(counts);
    }

    /// Returns the positions of the compiled cards that have a word.
    ///
    /// Each comes with a kind of each group of fields that have it. In [`Scope::Names`] there are none.
    pub(super) fn postings_of(&self, term: Term) -> impl Iterator<Item = (usize, Posting)> {
        let postings = self.postings.of(term.0 as usize);
        postings.filter_map(|posting| Some(((*self.compiled.get(posting.card)?)?, posting)))
    }

    /// Returns the positions of the cards that have no postings.
    pub(super) fn without_postings(&self) -> &[usize] {
        &self.others
    }

    /// Visits the fields of the card at a position, names first.
    pub(super) fn each_field(&self, card: usize, mut visit: impl FnMut(&IndexedField)) {
        let Some(known) = self.cards.get(card) else { return };
        let mut reader = known.words.reader();
        // Used again for each field, because nearly all fields are only looked at.
        let mut field = IndexedField { card, position: 0, kind: FieldKind::Error, terms: Vec::with_capacity(32) };
        let mut before = None;
        while let Some(kind) = reader.next(&mut field.terms) {
            // Fields of one kind follow each other.
            field.position = if before == Some(kind) { field.position + 1 } else { 0 };
            before = Some(kind);
            field.kind = kind;
            if self.scope.has(kind) {
                visit(&field);
            }
        }
    }

    /// Returns the first field of the card at a position.
    pub(super) fn first_field(&self, card: usize) -> Option<IndexedField> {
        let mut first = None;
        self.each_field(card, |field| {
            first.get_or_insert_with(|| field.clone());
        });
        first
    }

    /// Returns the fields that name their cards, card by card.
    pub(super) fn names(&self) -> impl Iterator<Item = IndexedField> {
        (0..self.cards.len()).flat_map(|card| {
            let mut names = Vec::new();
            self.each_field(card, |field| names.extend(field.kind.is_name().then(|| field.clone())));
            names
        })
    }

    /// Returns the text of a field.
    pub(super) fn text(&self, field: &IndexedField) -> String {
        let card = self.cards.get(field.card);
        card.map(|known| field_text(&known.tree, known.card, field.kind, field.position)).unwrap_or_default()
    }

    /// Returns the sum of the IDF of the words of a field.
    pub(super) fn total_idf(&self, field: &IndexedField) -> f32 {
        field.terms.iter().map(|term| self.idf(*term)).sum()
    }

    /// Returns whether a word of a field is a status code.
    pub(super) fn has_code(&self, field: &IndexedField) -> bool {
        field.terms.iter().any(|term| is_code(self.vocabulary.word(*term)))
    }

    /// Returns whether one word directly follows another in some field.
    ///
    /// Remedies do not count, because they describe no problem.
    pub(super) fn are_adjacent(&self, one: Term, other: Term) -> bool {
        let mut found = false;
        let compiled = self.postings_of(one).map(|(card, _)| card);
        for card in compiled.chain(self.others.iter().copied()) {
            self.each_field(card, |field| {
                let is_pair = || field.terms.windows(2).any(|pair| pair == [one, other]);
                found = found || (field.kind != FieldKind::Remedy && is_pair());
            });
        }
        found
    }

    /// Returns the flattened and weighted IDF of a word.
    ///
    /// `flattened_idf` has the formula; the weight is the word's `term_weight`.
    pub(super) fn idf(&self, term: Term) -> f32 {
        self.idf.get(term.0 as usize).copied().unwrap_or(0.0)
    }

    /// Returns the flattened IDF of a word that no card has.
    pub(super) fn idf_of_unknown(&self) -> f32 {
        (2.0 * self.cards.len() as f32 + 2.0).ln().powf(IDF_EXPONENT)
    }
}

/// Returns the flattened IDF (inverse document frequency) for each number of cards.
///
/// For `n` of `N` cards, BM25 defines it as `ln(1 + (N − n + ½) / (n + ½))`. It is flattened with `IDF_EXPONENT`. In a
/// tree of 28 cards, a word of one card has 1.4, a word of all cards 0.3.
fn flattened_idf(cards: usize) -> Vec<f32> {
    let all = cards as f32;
    let idf = |having: usize| {
        let having = having as f32;
        (1.0 + (all - having + 0.5) / (having + 0.5)).ln().powf(IDF_EXPONENT)
    };
    (0..=cards).map(idf).collect()
}
