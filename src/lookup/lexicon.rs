//! What means the same: initials for words that often stand together, and the synonyms that the trees give.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashMapExt as _};

use super::catalogue::Catalogue;
use super::prepared::EMBEDDED;
use super::query::QueryWord;
use super::split::{Key, each_word};
use super::vocabulary::{Meaning, Term, Vocabulary, stem};
use super::words::words;
use crate::text::CleanText;
use crate::tree::Tree;

/// Words that stand together this often are known by their initials.
const MIN_FOR_INITIALS: u32 = 4;

/// How surely a synonym is what was meant.
const OF_SYNONYM: f32 = 0.98;

/// The same if it is a phrase, of which only one word is looked for.
const OF_PHRASE: f32 = 0.65;

/// What means the same.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// What stands side by side, counted when a word is met that stands nowhere.
    pairs: OnceLock<Pairs>,
    groups: Vec<Group>,
    /// The groups and their sequences by the beginning of the first word, in order.
    by_beginning: Vec<(Key, usize, usize)>,
}

/// Words that stand side by side.
#[derive(Debug)]
struct Pairs {
    /// How often each pair is met.
    counts: HashMap<[Term; 2], u32>,
    /// The pair that is met most often, by its initials.
    initials: HashMap<String, Vec<String>>,
}

/// Words and short phrases that mean the same.
#[derive(Debug)]
pub(super) struct Group {
    tree: Arc<Tree>,
    /// Its position among the synonyms of the tree.
    at: usize,
    /// Each in its words, taken apart when one of them may be met.
    sequences: OnceLock<Vec<Vec<String>>>,
    /// What it stands for, worked out when one of them is met.
    sense: OnceLock<Sense>,
}

/// What a group stands for.
#[derive(Debug)]
pub(super) struct Sense {
    /// All words of the cards that stand for it.
    pub meanings: Vec<Meaning>,
    /// How much it tells that one of them is there.
    pub rarity: f32,
}

impl Lexicon {
    /// Works out what means the same, from the cards and from the synonyms that their trees give.
    pub(super) fn new(catalogue: &Catalogue) -> Self {
        let mut groups = Vec::new();
        let mut by_beginning = Vec::new();
        let mut folded = String::new();
        let mut trees: Vec<_> = catalogue.entries.iter().map(|entry| &entry.tree).collect();
        trees.dedup_by(|one, other| Arc::ptr_eq(one, other));
        for tree in trees {
            for (at, synonyms) in tree.synonyms.iter().enumerate() {
                for (sequence, synonym) in synonyms.iter().enumerate() {
                    let mut beginning = EMBEDDED.first_word_of(synonym).map(beginning_of);
                    if beginning.is_none() {
                        each_word(synonym, &mut folded, |word, _, _, _| {
                            beginning = beginning.or_else(|| Some(beginning_of(word)));
                        });
                    }
                    by_beginning.extend(beginning.map(|beginning| (beginning, groups.len(), sequence)));
                }
                let (tree, sequences, sense) = (Arc::clone(tree), OnceLock::new(), OnceLock::new());
                groups.push(Group { tree, at, sequences, sense });
            }
        }
        by_beginning.sort_unstable();
        Self { pairs: OnceLock::new(), groups, by_beginning }
    }

    /// The groups and their sequences that begin like a word.
    fn beginning_like(&self, word: &str) -> impl Iterator<Item = (&Group, &Vec<String>)> {
        let beginning = beginning_of(word);
        let first = self.by_beginning.partition_point(|(known, ..)| *known < beginning);
        let from_there = self.by_beginning.iter().skip(first);
        from_there.take_while(move |(known, ..)| *known == beginning).filter_map(|(_, group, sequence)| {
            let group = self.groups.get(*group)?;
            Some((group, group.sequences().get(*sequence)?))
        })
    }

    /// The words that a word has the initials of.
    pub(super) fn spelled_out(&self, word: &str, catalogue: &Catalogue) -> Option<Vec<String>> {
        self.pairs(catalogue).initials.get(word).cloned()
    }

    /// Whether two words stand side by side somewhere.
    pub(super) fn stand_together(&self, one: Term, other: Term, catalogue: &Catalogue) -> bool {
        self.pairs(catalogue).counts.contains_key(&[one, other])
    }

    fn pairs(&self, catalogue: &Catalogue) -> &Pairs {
        self.pairs.get_or_init(|| Pairs::new(catalogue))
    }

    /// Whether a word by itself is a synonym of something.
    pub(super) fn is_synonym(&self, word: &str) -> bool {
        let mut sequences = self.beginning_like(word).map(|(_, sequence)| sequence);
        sequences.any(|sequence| matches!(sequence.as_slice(), [only] if Vocabulary::is_same(only, word)))
    }

    /// The groups of which a part of a query is one, with that part as a range of its sequence.
    pub(super) fn groups_in(&self, words: &[QueryWord], sequence: &[usize]) -> Vec<(Range<usize>, &Group)> {
        let texts: Vec<&str> = sequence.iter().filter_map(|at| Some(words.get(*at)?.text.as_str())).collect();
        let mut found: Vec<(Range<usize>, &Group)> = Vec::new();
        for (start, text) in texts.iter().enumerate() {
            for (group, synonym) in self.beginning_like(text) {
                let range = start..start + synonym.len();
                let part = texts.get(range.clone()).unwrap_or_default();
                let is_same = part.len() == synonym.len()
                    && synonym.iter().zip(part).all(|(one, other)| Vocabulary::is_same(one, other));
                let is_known = || found.iter().any(|(known, of)| *known == range && std::ptr::eq(*of, group));
                if is_same && !is_known() {
                    found.push((range, group));
                }
            }
        }
        found
    }
}

/// What words that may be the same begin with.
fn beginning_of(word: &str) -> Key {
    Key::of(stem(word))
}

impl Group {
    fn sequences(&self) -> &[Vec<String>] {
        self.sequences.get_or_init(|| {
            let in_words = |synonym: &CleanText| words(synonym).into_iter().map(|word| word.text).collect();
            self.tree.synonyms.get(self.at).into_iter().flatten().map(in_words).collect()
        })
    }

    /// What the group stands for in these cards.
    pub(super) fn sense(&self, catalogue: &Catalogue) -> &Sense {
        self.sense.get_or_init(|| self.sense_in(catalogue))
    }

    fn sense_in(&self, catalogue: &Catalogue) -> Sense {
        let mut meanings: Vec<Meaning> = Vec::new();
        let mut rarity = f32::INFINITY;
        for sequence in self.sequences() {
            // Of a phrase, the word that tells most stands for the whole.
            let forms = sequence.iter().map(|word| {
                let forms = catalogue.vocabulary.forms(word);
                let common = forms.iter().map(|form| catalogue.rarity(form.term)).fold(f32::INFINITY, f32::min);
                (common, forms)
            });
            let known = forms.filter(|(_, forms)| !forms.is_empty());
            let Some((common, forms)) = known.max_by(|one, other| one.0.total_cmp(&other.0)) else { continue };
            rarity = rarity.min(common);
            let quality = if sequence.len() == 1 { OF_SYNONYM } else { OF_PHRASE };
            for form in forms {
                if meanings.iter().all(|known| known.term != form.term) {
                    meanings.push(Meaning { quality: quality * form.quality, ..form });
                }
            }
        }
        Sense { meanings, rarity: if rarity.is_finite() { rarity } else { 0.0 } }
    }
}

impl Pairs {
    fn new(catalogue: &Catalogue) -> Self {
        let mut counts: HashMap<[Term; 2], u32> = HashMap::new();
        for phrase in catalogue.speaking() {
            for pair in catalogue.terms(phrase).windows(2) {
                if let Ok(pair) = pair.try_into() {
                    *counts.entry(pair).or_default() += 1;
                }
            }
        }
        let mut best: HashMap<String, (u32, [&str; 2])> = HashMap::new();
        for (pair, count) in counts.iter().filter(|(_, count)| **count >= MIN_FOR_INITIALS) {
            let words = pair.map(|term| catalogue.vocabulary.word(term));
            let initials: String = words.iter().filter_map(|word| word.chars().next()).collect();
            let is_better = best.get(&initials).is_none_or(|so_far| (*count, words) > *so_far);
            if is_better && words.iter().all(|word| word.chars().all(char::is_alphabetic)) {
                best.insert(initials, (*count, words));
            }
        }
        let initials = best.into_iter().map(|(initials, (_, words))| (initials, words.map(str::to_owned).to_vec()));
        Self { initials: initials.collect(), counts }
    }
}
