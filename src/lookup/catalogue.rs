//! Everything that can be found: the phrases of all cards, and which words stand where.

use std::ops::Range;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt as _};

use super::Extent;
use super::prepared::EMBEDDED;
use super::split::{Key, each_word, first_sentence};
use super::substance::{is_code, joins, substance};
use super::vocabulary::{Term, Vocabulary};
use crate::tree::{Card, CardId, Tree};

/// How much the rarity of a word counts: with 1 as much as in a library, with 0 not at all. In a collection of some dozen
/// cards most words are rare by chance, and a sentence must not be judged by its one odd word.
const OF_RARITY: f32 = 0.3;

/// What a card has of each, about; only to have the room at once.
const TERMS_OF_CARD: usize = 400;
const POSTINGS_OF_CARD: usize = 300;
const BYTES_OF_CARD: usize = 3200;
const PHRASES_OF_CARD: usize = 55;
const WORDS_OF_CARD: usize = 80;

/// The more cards there are, the fewer words are new.
const MAX_ROOM: usize = 10_000;

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
            Role::About | Role::Cause => 0.6,
            Role::Symptom | Role::Sign => 0.5,
            Role::Remedy => 0.45,
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
    /// Its text, as a range of all texts.
    text: Range<u32>,
    /// Its words, as a range of all words.
    terms: Range<u32>,
    /// How much all its words tell.
    pub mass: f32,
    /// There is a code in it.
    pub has_code: bool,
}

/// A card, and its phrases as a range of the catalogue's list.
#[derive(Debug)]
pub(super) struct Entry {
    pub tree: Arc<Tree>,
    pub card: CardId,
    phrases: Range<u32>,
}

/// That a word stands in a card.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posting {
    /// The position of the card in the catalogue.
    pub entry: u32,
    /// The weight of the phrase in which it stands, the best one.
    pub weight: f32,
}

/// The phrases of all cards. Whatever there is many of stands in one list, and whatever has some of it has a range: the
/// whole is made anew at every start.
#[derive(Debug, Default)]
pub(super) struct Catalogue {
    pub entries: Vec<Entry>,
    pub vocabulary: Vocabulary,
    phrases: Vec<Phrase>,
    texts: String,
    terms: Vec<Term>,
    /// The cards in which each word stands: those of the first word, those of the second …
    postings: Vec<Posting>,
    /// Where those of each word end; they begin where those of the word before end.
    ends: Vec<u32>,
    /// For each word, how much it tells: the fewer cards have it, the more.
    rarity: Vec<f32>,
}

/// Postings in the order in which they are met.
#[derive(Debug, Default)]
struct Met {
    postings: Vec<(Term, Posting)>,
    /// What is known of each word.
    words: Vec<MetWord>,
    /// What is known of each prepared word, as far as they were met.
    prepared: Vec<Option<Known>>,
    /// Room to write in.
    folded: String,
}

/// What is known of a prepared word.
#[derive(Clone, Copy, Debug)]
struct Known {
    word: &'static str,
    joins: bool,
    is_code: bool,
    /// Once it is in the vocabulary.
    term: Option<Term>,
}

/// A word that was met.
#[derive(Clone, Copy, Debug)]
struct MetWord {
    /// Where its latest posting stands, and of which card that is.
    latest: u32,
    entry: u32,
    /// How many there are.
    count: u32,
}

impl Met {
    /// The prepared word at a position.
    fn known(&mut self, at: u16) -> Option<&mut Known> {
        let at = usize::from(at);
        if self.prepared.is_empty() {
            self.prepared.resize(EMBEDDED.words.len(), None);
        }
        let word = EMBEDDED.words.get(at)?;
        let ready = || Known { word, joins: joins(Key::of(word)), is_code: is_code(word), term: None };
        Some(self.prepared.get_mut(at)?.get_or_insert_with(ready))
    }

    /// Words come in the order of their numbers.
    fn note(&mut self, term: Term, entry: u32, weight: f32) {
        let latest = self.postings.len() as u32;
        match self.words.get_mut(term.0 as usize) {
            None => self.words.push(MetWord { latest, entry, count: 1 }),
            Some(word) if word.entry == entry => {
                if let Some((_, posting)) = self.postings.get_mut(word.latest as usize) {
                    posting.weight = if weight > posting.weight { weight } else { posting.weight };
                }
                return;
            }
            Some(word) => *word = MetWord { latest, entry, count: word.count + 1 },
        }
        self.postings.push((term, Posting { entry, weight }));
    }

    /// The postings by word, and where those of each word end.
    fn sorted(self) -> (Vec<Posting>, Vec<u32>) {
        let mut ends: Vec<u32> = self.words.iter().map(|word| word.count).collect();
        let mut before = 0;
        for end in &mut ends {
            // For now the beginning; it moves to the end as they come in.
            (*end, before) = (before, before + *end);
        }
        let mut sorted = vec![Posting { entry: 0, weight: 0.0 }; self.postings.len()];
        for (term, posting) in self.postings {
            if let Some(end) = ends.get_mut(term.0 as usize) {
                sorted.get_mut(*end as usize).into_iter().for_each(|place| *place = posting);
                *end += 1;
            }
        }
        (sorted, ends)
    }
}

impl Catalogue {
    /// Takes in all cards.
    pub(super) fn new(trees: &[Arc<Tree>], extent: Extent) -> Self {
        let mut catalogue = Self::default();
        let mut met = Met::default();
        let cards: usize = trees.iter().map(|tree| tree.cards().count()).sum();
        catalogue.terms.reserve(cards * TERMS_OF_CARD);
        catalogue.texts.reserve(cards * BYTES_OF_CARD);
        catalogue.phrases.reserve(cards * PHRASES_OF_CARD);
        met.postings.reserve(cards * POSTINGS_OF_CARD);
        catalogue.vocabulary.reserve(MAX_ROOM.min(cards * WORDS_OF_CARD));
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
                match extent {
                    Extent::Whole => catalogue.take_in(tree, id, card, &signs, &mut met),
                    Extent::Names => catalogue.take_in_names(tree, id, card, &mut met),
                }
            }
        }
        (catalogue.postings, catalogue.ends) = met.sorted();
        catalogue.weigh();
        catalogue
    }

    fn weigh(&mut self) {
        let all = self.entries.len() as f32;
        // Many words stand in as many cards: what that tells is worked out once.
        let mut by_cards: HashMap<usize, f32> = HashMap::new();
        let mut of_cards = |cards: usize| {
            *by_cards.entry(cards).or_insert_with(|| {
                let cards = cards as f32;
                (1.0 + (all - cards + 0.5) / (cards + 0.5)).ln().powf(OF_RARITY)
            })
        };
        let rarity = (0..self.vocabulary.len()).map(|at| {
            let term = Term(at as u32);
            substance(self.vocabulary.word(term)) * of_cards(self.postings(term).len())
        });
        self.rarity = rarity.collect();
        let Self { phrases, terms, rarity, .. } = self;
        for phrase in phrases {
            let terms = terms.get(range(&phrase.terms)).unwrap_or_default();
            phrase.mass = terms.iter().filter_map(|term| rarity.get(term.0 as usize)).sum();
        }
    }

    fn take_in(&mut self, tree: &Arc<Tree>, id: CardId, card: &Card, signs: &[&str], met: &mut Met) {
        let first = self.phrases.len() as u32;
        let mut take = |role: Role, text: &str| self.phrase(role, text, met);
        card.error_strings().iter().for_each(|error| take(Role::Error, error));
        take(Role::Title, &card.title);
        card.also_called.iter().for_each(|name| take(Role::Name, name));
        card.symptoms.iter().for_each(|symptom| take(Role::Symptom, symptom));
        signs.iter().for_each(|sign| take(Role::Sign, sign));
        take(Role::About, &card.about);
        card.causes.iter().for_each(|cause| take(Role::Cause, &cause.text));
        // What a remedy is for stands in its first sentence; the rest is how to go about it.
        card.remedies.iter().for_each(|remedy| take(Role::Remedy, first_sentence(&remedy.act)));
        let phrases = first..self.phrases.len() as u32;
        self.entries.push(Entry { tree: Arc::clone(tree), card: id, phrases });
    }

    fn take_in_names(&mut self, tree: &Arc<Tree>, id: CardId, card: &Card, met: &mut Met) {
        let first = self.phrases.len() as u32;
        self.phrase(Role::Title, &card.title, met);
        card.also_called.iter().for_each(|name| self.phrase(Role::Name, name, met));
        let phrases = first..self.phrases.len() as u32;
        self.entries.push(Entry { tree: Arc::clone(tree), card: id, phrases });
    }

    fn phrase(&mut self, role: Role, text: &str, met: &mut Met) {
        let (entry, weight) = (self.entries.len() as u32, role.weight());
        let (first_text, first_term) = (self.texts.len() as u32, self.terms.len() as u32);
        let mut has_code = false;
        // In a sentence, what only joins words tells nothing, and there is much of it.
        let is_told = |joins: bool| role.is_name() || !joins;
        let mut note = |term: Term, is_code: bool, met: &mut Met| {
            has_code |= is_code;
            self.terms.push(term);
            met.note(term, entry, weight);
        };
        if let Some(words) = EMBEDDED.words_of(text) {
            for at in words {
                let Some(known) = met.known(*at).filter(|known| is_told(known.joins)) else { continue };
                let term = *known.term.get_or_insert_with(|| self.vocabulary.take_in(Key::of(known.word), known.word));
                let is_code = known.is_code;
                note(term, is_code, met);
            }
        } else {
            let mut folded = std::mem::take(&mut met.folded);
            each_word(text, &mut folded, |word, key, _, _| {
                if is_told(joins(key)) {
                    note(self.vocabulary.take_in(key, word), is_code(word), met);
                }
            });
            met.folded = folded;
        }
        self.texts.push_str(text);
        let text = first_text..self.texts.len() as u32;
        let terms = first_term..self.terms.len() as u32;
        self.phrases.push(Phrase { entry, role, text, terms, mass: 0.0, has_code });
    }

    /// The phrases of a card, those that name it first.
    pub(super) fn phrases(&self, entry: &Entry) -> &[Phrase] {
        self.phrases.get(range(&entry.phrases)).unwrap_or_default()
    }

    /// Every phrase that names its card, with its number.
    pub(super) fn names(&self) -> impl Iterator<Item = (u32, &str)> {
        let numbered = self.phrases.iter().enumerate().filter(|(_, phrase)| phrase.role.is_name());
        numbered.map(|(at, phrase)| (at as u32, self.text(phrase)))
    }

    /// The phrase of a number.
    pub(super) fn phrase_at(&self, number: u32) -> Option<&Phrase> {
        self.phrases.get(number as usize)
    }

    /// Every phrase but those of remedies.
    pub(super) fn speaking(&self) -> impl Iterator<Item = &Phrase> {
        self.phrases.iter().filter(|phrase| phrase.role != Role::Remedy)
    }

    /// The text of a phrase.
    pub(super) fn text(&self, phrase: &Phrase) -> &str {
        self.texts.get(range(&phrase.text)).unwrap_or_default()
    }

    /// The words of a phrase, in order.
    pub(super) fn terms(&self, phrase: &Phrase) -> &[Term] {
        self.terms.get(range(&phrase.terms)).unwrap_or_default()
    }

    /// The cards in which a word stands.
    pub(super) fn postings(&self, term: Term) -> &[Posting] {
        let at = term.0 as usize;
        let start = at.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.postings.get(range(&(start..end))).unwrap_or_default()
    }

    /// How much a word tells.
    pub(super) fn rarity(&self, term: Term) -> f32 {
        self.rarity.get(term.0 as usize).copied().unwrap_or(0.0)
    }

    /// How much a word tells that stands in no card.
    pub(super) fn rarity_of_unknown(&self) -> f32 {
        (2.0 * self.entries.len() as f32 + 2.0).ln().powf(OF_RARITY)
    }
}

fn range(range: &Range<u32>) -> Range<usize> {
    range.start as usize..range.end as usize
}
