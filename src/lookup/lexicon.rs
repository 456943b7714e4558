//! Finds synonyms of words, initials of word pairs, and adjacent words.
//!
//! Synonyms are data of a tree (`synonyms` in `tree.json`), because which words mean the same depends on the subject.
//! Word pairs are counted in the fields of the cards. Two words are *adjacent* if one follows the other in a field;
//! values that `tokenize` drops do not count as words between them, and neither do stop words in fields other than
//! names.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use foldhash::{HashMap, HashMapExt as _};

use super::inverted_index::InvertedIndex;
use super::query_word::QueryWord;
use super::term_match::{Term, TermMatch, first_three, is_same_word};
use super::tokenize::tokenize;
use super::weights::{SYNONYM_PHRASE_QUALITY, SYNONYM_QUALITY};
use crate::tree::Tree;

/// Occurrences of a word pair from which its initials count.
///
/// With a lower limit, chance pairs make initials of ordinary two-letter words.
const MIN_FOR_INITIALS: u32 = 4;

/// The synonyms of the trees and the word pairs of the cards.
#[derive(Debug)]
pub(super) struct Lexicon {
    /// Counted for the first query with an unknown word.
    ///
    /// Most queries have none.
    pairs: OnceLock<WordPairs>,
    groups: Vec<SynonymGroup>,
    /// Synonyms by the first three characters of their first word.
    ///
    /// A synonym is given as the position of its group and its position in the group.
    by_first_three: HashMap<String, Vec<(usize, usize)>>,
}

/// The pairs of words that are adjacent in a field.
#[derive(Debug)]
struct WordPairs {
    counts: HashMap<[Term; 2], u32>,
    /// The most frequent pair for each two initials: `cr` gives `connection refused`.
    initials: HashMap<String, Vec<String>>,
}

/// Words and short phrases with one meaning, given by a tree.
#[derive(Debug)]
pub(super) struct SynonymGroup {
    /// Each synonym as its words.
    synonyms: Vec<Vec<String>>,
    /// Computed for the first query with a synonym of the group.
    meaning: OnceLock<GroupMeaning>,
}

/// The words of the cards that a group of synonyms stands for.
#[derive(Debug)]
pub(super) struct GroupMeaning {
    pub matches: Vec<TermMatch>,
    /// The lowest IDF among the synonyms.
    ///
    /// A rare synonym then counts no more than the most common one.
    pub idf: f32,
}

impl Lexicon {
    /// Reads the synonyms of the trees whose cards are indexed.
    pub(super) fn new(index: &InvertedIndex) -> Self {
        let mut trees: Vec<&Arc<Tree>> = index.cards.iter().map(|card| &card.tree).collect();
        trees.dedup_by(|one, other| Arc::ptr_eq(one, other));
        let mut groups = Vec::new();
        let mut by_first_three: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
        for group in trees.into_iter().flat_map(|tree| &tree.synonyms) {
            let in_words = |synonym: &str| tokenize(synonym).into_iter().map(|word| word.text).collect::<Vec<_>>();
            let synonyms: Vec<Vec<String>> = group.iter().map(|synonym| in_words(synonym)).collect();
            for (at, synonym) in synonyms.iter().enumerate() {
                if let Some(first) = synonym.first() {
                    by_first_three.entry(first_three(first).to_owned()).or_default().push((groups.len(), at));
                }
            }
            groups.push(SynonymGroup { synonyms, meaning: OnceLock::new() });
        }
        Self { pairs: OnceLock::new(), groups, by_first_three }
    }

    /// Returns the synonyms that begin with the word's first three characters.
    fn with_first_three_of(&self, word: &str) -> impl Iterator<Item = (&SynonymGroup, &Vec<String>)> {
        let places = self.by_first_three.get(first_three(word)).into_iter().flatten();
        places.filter_map(|(group, synonym)| {
            let group = self.groups.get(*group)?;
            Some((group, group.synonyms.get(*synonym)?))
        })
    }

    /// Returns the two words that have these initials.
    pub(super) fn spelled_out(&self, initials: &str, index: &InvertedIndex) -> Option<Vec<String>> {
        self.pairs(index).initials.get(initials).cloned()
    }

    /// Returns whether two words are adjacent in some field.
    pub(super) fn are_adjacent(&self, one: Term, other: Term, index: &InvertedIndex) -> bool {
        self.pairs(index).counts.contains_key(&[one, other])
    }

    fn pairs(&self, index: &InvertedIndex) -> &WordPairs {
        self.pairs.get_or_init(|| WordPairs::new(index))
    }

    /// Returns whether a synonym consists of this word only.
    pub(super) fn is_synonym(&self, word: &str) -> bool {
        let mut synonyms = self.with_first_three_of(word).map(|(_, synonym)| synonym);
        synonyms.any(|synonym| matches!(synonym.as_slice(), [only] if is_same_word(only, word)))
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
    pub(super) fn meaning(&self, index: &InvertedIndex) -> &GroupMeaning {
        self.meaning.get_or_init(|| self.meaning_in(index))
    }

    fn meaning_in(&self, index: &InvertedIndex) -> GroupMeaning {
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
        GroupMeaning { matches, idf: if idf.is_finite() { idf } else { 0.0 } }
    }
}

impl WordPairs {
    fn new(index: &InvertedIndex) -> Self {
        let mut counts: HashMap<[Term; 2], u32> = HashMap::new();
        for field in index.descriptive_fields() {
            for pair in field.terms.windows(2) {
                if let Ok(pair) = pair.try_into() {
                    *counts.entry(pair).or_default() += 1;
                }
            }
        }
        let mut best: HashMap<String, (u32, [&str; 2])> = HashMap::new();
        for (pair, count) in counts.iter().filter(|(_, count)| **count >= MIN_FOR_INITIALS) {
            let words = pair.map(|term| index.vocabulary.word(term));
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
