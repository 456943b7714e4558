//! Everything that can be found: the phrases of all cards, and which words stand where.

use std::sync::Arc;

use super::vocabulary::{Term, Vocabulary};
use super::words::{each_word, substance};
use crate::tree::{Card, CardId, Tree};

/// What a phrase is to its card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// An error string, as it is printed.
    Error,
    /// The title.
    Title,
    /// Another name of it, in the words of operators.
    Name,
    /// What is observed.
    Symptom,
    /// How to tell it from another card.
    Sign,
    /// What it is.
    About,
    /// Why it happens.
    Cause,
    /// What helps.
    Remedy,
}

impl Role {
    /// How much a word in such a phrase says about its card. What points to it and what it is called says most; a word
    /// in a remedy often belongs to the tool and not to the trouble.
    pub(super) fn weight(self) -> f32 {
        match self {
            Role::Error | Role::Title | Role::Name => 1.0,
            Role::Symptom | Role::Sign => 0.8,
            Role::About | Role::Cause => 0.7,
            Role::Remedy => 0.35,
        }
    }

    /// Whether it names the card: error strings, the title and other names.
    pub(super) fn is_name(self) -> bool {
        matches!(self, Role::Error | Role::Title | Role::Name)
    }
}

/// A stretch of text of a card.
#[derive(Debug)]
pub(super) struct Phrase {
    /// The position of its card in the catalogue.
    pub entry: u32,
    pub role: Role,
    pub text: Box<str>,
    /// Its words, as a range of the catalogue's list.
    first: u32,
    end: u32,
    /// How much all its words tell.
    pub mass: f32,
}

/// A card, and its phrases as a range of the catalogue's list.
#[derive(Debug)]
pub(super) struct Entry {
    pub tree: Arc<Tree>,
    pub card: CardId,
    first: u32,
    end: u32,
}

/// That a word stands in a card.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    /// The position of the card in the catalogue.
    pub entry: u32,
    /// The weight of the phrase in which it stands, the best one.
    pub weight: f32,
}

/// The phrases of all cards.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub entries: Vec<Entry>,
    pub vocabulary: Vocabulary,
    phrases: Vec<Phrase>,
    terms: Vec<Term>,
    /// For each word, the cards in which it stands.
    postings: Vec<Vec<Posting>>,
    /// For each word, how much it tells: the fewer cards have it, the more.
    rarity: Vec<f32>,
}

impl Catalogue {
    /// Takes in all cards.
    pub(super) fn new(trees: &[Arc<Tree>]) -> Self {
        let mut catalogue = Self::default();
        for tree in trees {
            let mut signs: Vec<Vec<&str>> = vec![Vec::new(); tree.cards().count()];
            for (_, card) in tree.cards() {
                for look_alike in &card.not_this_if {
                    // A sign is written on the card that it speaks against; it speaks for the other.
                    let other = look_alike.card.and_then(|other| signs.get_mut(usize::from(other)));
                    other.into_iter().for_each(|signs| signs.push(&look_alike.sign));
                }
            }
            for ((id, card), signs) in tree.cards().zip(signs) {
                catalogue.take_in(tree, id, card, &signs);
            }
        }
        let all = catalogue.entries.len() as f32;
        let rarity = |(at, postings): (usize, &Vec<Posting>)| {
            let cards = postings.len() as f32;
            let substance = substance(catalogue.vocabulary.word(Term(at as u32)));
            substance * (1.0 + (all - cards + 0.5) / (cards + 0.5)).ln()
        };
        catalogue.rarity = catalogue.postings.iter().enumerate().map(rarity).collect();
        let Self { phrases, terms, rarity, .. } = &mut catalogue;
        for phrase in phrases {
            let terms = terms.get(phrase.first as usize..phrase.end as usize).unwrap_or_default();
            phrase.mass = terms.iter().filter_map(|term| rarity.get(term.0 as usize)).sum();
        }
        catalogue
    }

    fn take_in(&mut self, tree: &Arc<Tree>, id: CardId, card: &Card, signs: &[&str]) {
        let first = self.phrases.len() as u32;
        let entry = self.entries.len() as u32;
        for error in card.error_strings() {
            self.phrase(entry, Role::Error, &error);
        }
        self.phrase(entry, Role::Title, &card.title);
        card.also_called.iter().for_each(|name| self.phrase(entry, Role::Name, name));
        card.symptoms.iter().for_each(|symptom| self.phrase(entry, Role::Symptom, symptom));
        signs.iter().for_each(|sign| self.phrase(entry, Role::Sign, sign));
        self.phrase(entry, Role::About, &card.about);
        card.causes.iter().for_each(|cause| self.phrase(entry, Role::Cause, &cause.text));
        card.remedies.iter().for_each(|remedy| self.phrase(entry, Role::Remedy, &remedy.act));
        let end = self.phrases.len() as u32;
        self.entries.push(Entry { tree: Arc::clone(tree), card: id, first, end });
    }

    fn phrase(&mut self, entry: u32, role: Role, text: &str) {
        let first = self.terms.len() as u32;
        let Self { vocabulary, terms, postings, .. } = self;
        each_word(text, |word, _, _| {
            let term = vocabulary.take_in(word);
            terms.push(term);
            if vocabulary.len() > postings.len() {
                postings.push(Vec::new());
            }
            let Some(postings) = postings.get_mut(term.0 as usize) else { return };
            match postings.last_mut() {
                Some(last) if last.entry == entry => last.weight = last.weight.max(role.weight()),
                _ => postings.push(Posting { entry, weight: role.weight() }),
            }
        });
        self.phrases.push(Phrase { entry, role, text: text.into(), first, end: self.terms.len() as u32, mass: 0.0 });
    }

    /// The phrases of a card, those that name it first.
    pub(super) fn phrases(&self, entry: &Entry) -> &[Phrase] {
        self.phrases.get(entry.first as usize..entry.end as usize).unwrap_or_default()
    }

    /// Every phrase that names its card, with its number.
    pub(super) fn names(&self) -> impl Iterator<Item = (u32, &str)> {
        let numbered = self.phrases.iter().enumerate().filter(|(_, phrase)| phrase.role.is_name());
        numbered.map(|(at, phrase)| (at as u32, &*phrase.text))
    }

    /// The phrase of a number.
    pub(super) fn phrase_at(&self, number: u32) -> Option<&Phrase> {
        self.phrases.get(number as usize)
    }

    /// Every phrase but those of remedies.
    pub(super) fn speaking(&self) -> impl Iterator<Item = &Phrase> {
        self.phrases.iter().filter(|phrase| phrase.role != Role::Remedy)
    }

    /// The words of a phrase, in order.
    pub(super) fn terms(&self, phrase: &Phrase) -> &[Term] {
        self.terms.get(phrase.first as usize..phrase.end as usize).unwrap_or_default()
    }

    /// The cards in which a word stands.
    pub(super) fn postings(&self, term: Term) -> &[Posting] {
        self.postings.get(term.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// How much a word tells.
    pub(super) fn rarity(&self, term: Term) -> f32 {
        self.rarity.get(term.0 as usize).copied().unwrap_or(0.0)
    }

    /// How much a word tells that stands in no card.
    pub(super) fn rarity_of_unknown(&self) -> f32 {
        (2.0 * self.entries.len() as f32 + 2.0).ln()
    }
}
