//! Finds synonyms of words.
//!
//! Synonyms are data: words of general English and networking are shared by all trees (`vocabulary.json`), and a tree
//! adds words that are peculiar to its product (`synonyms` in `tree.json`).

use std::borrow::Cow;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashMapExt as _};

use super::query_word::QueryWord;
use super::term_match::{TermMatch, first_three, is_same_word};
use super::weights::{SYNONYM_PHRASE_QUALITY, SYNONYM_QUALITY};
use super::word_index::WordIndex;
use super::wrapping::WrappingPhrases;
use crate::tree::Tree;
use crate::words::compiled::{self, Synonym};

/// The synonyms of the trees.
#[derive(Debug)]
pub(super) struct Lexicon {
    groups: Vec<SynonymGroup>,
    /// Synonyms by the first three characters of their first word.
    ///
    /// A synonym is given as the position of its group and its position in the group.
    by_first_three: HashMap<Cow<'static, str>, Vec<(usize, usize)>>,
    /// The phrases that say nothing.
    pub(super) wrapping: WrappingPhrases,
}

/// Words and short phrases with one meaning, given by a tree.
#[derive(Debug)]
pub(super) struct SynonymGroup {
    /// Each synonym as its words.
    synonyms: Vec<Synonym>,
    /// Computed for the first query with a synonym of the group.
    meaning: OnceLock<GroupMeaning>,
}

/// The words of the cards that a group of synonyms stands for.
#[derive(Debug)]
pub(super) struct GroupMeaning {
    pub matches: Vec<TermMatch>,
    /// The lowest IDF among the synonyms; infinite without matches.
    ///
    /// A rare synonym then counts no more than the most common one.
    pub idf: f32,
}

impl Lexicon {
    /// Reads the synonyms of the trees whose cards are indexed.
    pub(super) fn new(index: &WordIndex) -> Self {
        let mut trees: Vec<&Arc<Tree>> = index.cards.iter().map(|card| &card.tree).collect();
        trees.dedup_by(|one, other| Arc::ptr_eq(one, other));
        let mut groups = Vec::new();
        let mut by_first_three: HashMap<Cow<'static, str>, Vec<(usize, usize)>> = HashMap::new();
        let shared = trees.first().map(|tree| &*tree.vocabulary);
        let wrapping = shared.map(|shared| shared.wrapping.as_slice()).unwrap_or_default();
        let wrapping = WrappingPhrases::new(wrapping);
        let compiled = trees.iter().find_map(|tree| tree.compiled_words());
        let shared = match (shared, compiled) {
            (Some(shared), Some(words)) if shared.is_compiled => compiled::read_synonyms(words.shared_synonyms),
            (shared, _) => compiled::split_synonyms(shared.map(|it| it.synonyms.as_slice()).unwrap_or_default()),
        };
        let of_tree = |tree: &&Arc<Tree>| match tree.compiled_words() {
            Some(words) => compiled::read_synonyms(words.synonyms),
            None => compiled::split_synonyms(&tree.synonyms),
        };
        for synonyms in shared.into_iter().chain(trees.iter().flat_map(of_tree)) {
            for (at, synonym) in synonyms.iter().enumerate() {
                if let Some(first) = synonym.first() {
                    let beginning = match first {
                        Cow::Borrowed(first) => Cow::Borrowed(first_three(first)),
                        Cow::Owned(first) => Cow::Owned(first_three(first).to_owned()),
                    };
                    by_first_three.entry(beginning).or_default().push((groups.len(), at));
                }
            }
            groups.push(SynonymGroup { synonyms, meaning: OnceLock::new() });
        }
        Self { groups, by_first_three, wrapping }
    }

    /// Returns the synonyms that begin with the word's first three characters.
    fn with_first_three_of(&self, word: &str) -> impl Iterator<Item = (&SynonymGroup, &Synonym)> {
        let places = self.by_first_three.get(first_three(word)).into_iter().flatten();
        places.filter_map(|(group, synonym)| {
            let group = self.groups.get(*group)?;
            Some((group, group.synonyms.get(*synonym)?))
        })
    }

    /// Returns the groups with a synonym in the query.
    ///
    /// Each comes with the range of its synonym in `sequence`.
    pub(super) fn groups_in(&self, words: &[QueryWord], sequence: &[usize]) -> Vec<(Range<usize>, &SynonymGroup)> {
        let texts: Vec<&str> = sequence.iter().filter_map(|at| Some(words.get(*at)?.text.as_str())).collect();
        let mut found: Vec<(Range<usize>, &SynonymGroup)> = Vec::new();
        for (start, text) in texts.iter().enumerate() {
            for (group, synonym) in self.with_first_three_of(text) {
                let range = start..start + synonym.len();
                let part = texts.get(range.clone()).unwrap_or_default();
                let is_same = part.len() == synonym.len()
                    && synonym.iter().zip(part).all(|(one, other)| is_same_word(one, other));
                let is_known = || found.iter().any(|(known, of)| *known == range && std::ptr::eq(*of, group));
                if is_same && !is_known() {
                    found.push((range, group));
                }
            }
        }
        found
    }
}

impl SynonymGroup {
    /// Returns the words of the cards that the group stands for.
    pub(super) fn meaning(&self, index: &WordIndex) -> &GroupMeaning {
        self.meaning.get_or_init(|| self.meaning_in(index))
    }

    fn meaning_in(&self, index: &WordIndex) -> GroupMeaning {
        let mut matches: Vec<TermMatch> = Vec::new();
        let mut idf = f32::INFINITY;
        for synonym in &self.synonyms {
            // The rarest word of a phrase stands for the whole phrase.
            let forms = synonym.iter().map(|word| {
                let forms = index.vocabulary.forms(word);
                let common = forms.iter().map(|form| index.idf(form.term)).fold(f32::INFINITY, f32::min);
                (common, forms)
            });
            let known = forms.filter(|(_, forms)| !forms.is_empty());
            let Some((common, forms)) = known.max_by(|one, other| one.0.total_cmp(&other.0)) else { continue };
            idf = idf.min(common);
            let quality = if synonym.len() == 1 { SYNONYM_QUALITY } else { SYNONYM_PHRASE_QUALITY };
            for form in forms {
                if matches.iter().all(|known| known.term != form.term) {
                    matches.push(TermMatch { quality: quality * form.quality, ..form });
                }
            }
        }
        GroupMeaning { matches, idf }
    }
}
