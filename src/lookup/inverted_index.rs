//! Indexes the fields of all cards, and the cards of each word.
//!
//! A *field* is one text of a card, such as its title or one of its causes. A *posting* says that a card has a word,
//! with the weight of the best field that has it.

use std::ops::Range;
use std::sync::Arc;

use super::term_match::Term;
use super::term_weight::{is_code, is_stop_word, term_weight};
use super::tokenize::tokenize;
use super::vocabulary::Vocabulary;
use super::weights::{EXPLANATION_WEIGHT, IDF_EXPONENT, NAME_WEIGHT, OBSERVATION_WEIGHT, REMEDY_WEIGHT};
use crate::tree::{Card, CardId, Tree};

/// Which fields of the cards are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// All fields, and signatures.
    AllFields,
    /// Titles and other names.
    Names,
}

/// The member of a card that a field comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FieldKind {
    /// An error string, as it is printed.
    Error,
    /// The title of the card.
    Title,
    /// One of `also_called`.
    Name,
    /// One of `symptoms`.
    Symptom,
    /// A sign in `not_this_if` of another card that points to this one.
    Sign,
    /// The description.
    About,
    /// One of `causes`.
    Cause,
    /// The first sentence of a remedy.
    Remedy,
}

impl FieldKind {
    /// Returns the weight of a word in a field of this kind.
    pub(super) fn weight(self) -> f32 {
        match self {
            FieldKind::Error | FieldKind::Title | FieldKind::Name => NAME_WEIGHT,
            FieldKind::About | FieldKind::Cause => EXPLANATION_WEIGHT,
            FieldKind::Symptom | FieldKind::Sign => OBSERVATION_WEIGHT,
            FieldKind::Remedy => REMEDY_WEIGHT,
        }
    }

    /// Returns whether a field of this kind names its card.
    pub(super) fn is_name(self) -> bool {
        matches!(self, FieldKind::Error | FieldKind::Title | FieldKind::Name)
    }
}

/// One text of a card.
#[derive(Debug)]
pub(super) struct IndexedField {
    /// The position of its card in `InvertedIndex::cards`.
    pub card: usize,
    pub kind: FieldKind,
    pub text: Box<str>,
    /// Its words in order.
    ///
    /// Stop words are left out unless the field is a name.
    pub terms: Vec<Term>,
    /// The sum of the IDF of its words.
    pub total_idf: f32,
    /// Whether one of its words is a status code.
    pub has_code: bool,
}

/// A card, with the range of its fields in the index.
#[derive(Debug)]
pub(super) struct IndexedCard {
    pub tree: Arc<Tree>,
    pub card: CardId,
    fields: Range<usize>,
}

/// The record that a card has a word.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    /// The position of the card in `InvertedIndex::cards`.
    pub card: usize,
    /// The weight of the best field that has the word.
    pub weight: f32,
}

/// The fields of all cards and the postings of all words.
#[derive(Debug)]
pub(super) struct InvertedIndex {
    pub cards: Vec<IndexedCard>,
    pub vocabulary: Vocabulary,
    fields: Vec<IndexedField>,
    /// The postings of each term, sorted by card.
    postings: Vec<Vec<Posting>>,
    /// The IDF of each term.
    idf: Vec<f32>,
}

/// Returns a text up to and including its first full stop.
fn first_sentence(text: &str) -> &str {
    text.split_inclusive('.').next().unwrap_or_default()
}

impl InvertedIndex {
    /// Indexes the cards of all trees.
    pub(super) fn new(trees: &[Arc<Tree>], scope: Scope) -> Self {
        let mut index = Self {
            cards: Vec::new(),
            vocabulary: Vocabulary::new(),
            fields: Vec::new(),
            postings: Vec::new(),
            idf: Vec::new(),
        };
        for tree in trees {
            // A sign is written on the card that it speaks against, but describes the other card.
            let mut signs: Vec<Vec<&str>> = vec![Vec::new(); tree.cards().count()];
            for look_alike in tree.cards().flat_map(|(_, card)| &card.not_this_if) {
                let other = look_alike.card.and_then(|other| signs.get_mut(usize::from(other)));
                other.into_iter().for_each(|signs| signs.push(&look_alike.sign));
            }
            for ((id, card), signs) in tree.cards().zip(signs) {
                let first = index.fields.len();
                match scope {
                    Scope::AllFields => index.add_all_fields(card, &signs),
                    Scope::Names => index.add_names(card),
                }
                let fields = first..index.fields.len();
                index.cards.push(IndexedCard { tree: Arc::clone(tree), card: id, fields });
            }
        }
        index.weigh();
        index
    }

    fn add_all_fields(&mut self, card: &Card, signs: &[&str]) {
        card.error_strings().iter().for_each(|error| self.add_field(FieldKind::Error, error));
        self.add_names(card);
        card.symptoms.iter().for_each(|symptom| self.add_field(FieldKind::Symptom, symptom));
        signs.iter().for_each(|sign| self.add_field(FieldKind::Sign, sign));
        self.add_field(FieldKind::About, &card.about);
        card.causes.iter().for_each(|cause| self.add_field(FieldKind::Cause, &cause.text));
        // The first sentence says what the remedy is for. The rest is instructions.
        card.remedies.iter().for_each(|remedy| self.add_field(FieldKind::Remedy, first_sentence(&remedy.act)));
    }

    fn add_names(&mut self, card: &Card) {
        self.add_field(FieldKind::Title, &card.title);
        card.also_called.iter().for_each(|name| self.add_field(FieldKind::Name, name));
    }

    fn add_field(&mut self, kind: FieldKind, text: &str) {
        let card = self.cards.len();
        let mut words = tokenize(text);
        words.retain(|word| kind.is_name() || !is_stop_word(&word.text));
        let has_code = words.iter().any(|word| is_code(&word.text));
        let terms: Vec<Term> = words.iter().map(|word| self.vocabulary.insert(&word.text)).collect();
        self.postings.resize(self.vocabulary.len(), Vec::new());
        for term in &terms {
            let Some(postings) = self.postings.get_mut(term.0 as usize) else { continue };
            match postings.last_mut().filter(|last| last.card == card) {
                Some(last) => last.weight = last.weight.max(kind.weight()),
                None => postings.push(Posting { card, weight: kind.weight() }),
            }
        }
        self.fields.push(IndexedField { card, kind, text: text.into(), terms, total_idf: 0.0, has_code });
    }

    /// Sets the IDF (inverse document frequency) of all words.
    ///
    /// For `n` of `N` cards, BM25 defines it as `ln(1 + (N − n + ½) / (n + ½))`.
    ///
    /// Here it is also flattened (`IDF_EXPONENT`) and multiplied by the word's `term_weight`. In the embedded tree, a
    /// word of one card in 28 has 1.4, a word of all cards 0.3.
    fn weigh(&mut self) {
        let all = self.cards.len() as f32;
        let idf = self.postings.iter().enumerate().map(|(at, postings)| {
            let cards = postings.len() as f32;
            let flattened = (1.0 + (all - cards + 0.5) / (cards + 0.5)).ln().powf(IDF_EXPONENT);
            term_weight(self.vocabulary.word(Term(at as u32))) * flattened
        });
        self.idf = idf.collect();
        for field in &mut self.fields {
            field.total_idf = field.terms.iter().filter_map(|term| self.idf.get(term.0 as usize)).sum();
        }
    }

    /// Returns the fields of a card, names first.
    pub(super) fn fields(&self, card: &IndexedCard) -> &[IndexedField] {
        self.fields.get(card.fields.clone()).unwrap_or_default()
    }

    /// Returns the fields that name their cards, each with its number.
    pub(super) fn names(&self) -> impl Iterator<Item = (usize, &str)> {
        let numbered = self.fields.iter().enumerate().filter(|(_, field)| field.kind.is_name());
        numbered.map(|(number, field)| (number, &*field.text))
    }

    /// Returns the field with a number that `names` gave.
    pub(super) fn field_at(&self, number: usize) -> Option<&IndexedField> {
        self.fields.get(number)
    }

    /// Returns the fields of all cards, except remedies.
    pub(super) fn descriptive_fields(&self) -> impl Iterator<Item = &IndexedField> {
        self.fields.iter().filter(|field| field.kind != FieldKind::Remedy)
    }

    /// Returns the cards that have a word.
    pub(super) fn postings(&self, term: Term) -> &[Posting] {
        self.postings.get(term.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Returns the flattened and weighted IDF of a word.
    pub(super) fn idf(&self, term: Term) -> f32 {
        self.idf.get(term.0 as usize).copied().unwrap_or(0.0)
    }

    /// Returns the flattened IDF of a word that no card has.
    pub(super) fn idf_of_unknown(&self) -> f32 {
        (2.0 * self.cards.len() as f32 + 2.0).ln().powf(IDF_EXPONENT)
    }
}
