//! Finds cards for typed or pasted text.
//!
//! The text may be a fragment, a status code, a log line or a sentence, with typos and abbreviations.
//!
//! Screens, lines and the command line use the same search:
//!
//! 1. [`Recognizer`] finds signatures in the query. `status_codes` first expands codes such as `502 502` into a record.
//! 2. `tokenize` splits the query into words, and `query` finds the words of the cards that they may stand for, with
//!    `vocabulary` and `term_match` (forms, typos, abbreviations) and `lexicon` (synonyms, initials).
//! 3. `rank` scores each card by the `inverted_index`; `stop_words` says which words count little.
//! 4. If no word fits, `subsequence` compares the letters with all names.
//! 5. `rank_merge` makes one list of all that, and explains how in an example. `weights` has the numbers.
//!
//! Pure: trees come in, matches come out. `usage` turns the journal of opened cards, which `store` keeps, into weights.

use std::sync::{Arc, OnceLock};

mod inverted_index;
mod lexicon;
mod query;
mod query_word;
mod rank;
mod rank_merge;
mod status_codes;
mod stop_words;
mod subsequence;
mod term_match;
mod tokenize;
mod usage;
mod vocabulary;
mod weights;

use crate::recognize::{Line, Recognizer};
use crate::text::{self, CleanText};
use crate::tree::{CardId, Tree};
use crate::walk::{Evidence, Hit, Provenance};
use inverted_index::{IndexedCard, InvertedIndex};
use lexicon::Lexicon;
use query::{Query, QueryOptions};
use status_codes::StatusCodes;
use subsequence::SubsequenceIndex;
pub use usage::{Opened, Usage};

/// The path in the provenance of evidence that comes from a search.
pub const PATH: &str = "your search";

/// Bytes of a query that are read.
///
/// Far more than a log line; [`Query`] also has a limit in words.
const MAX_QUERY: usize = 64 * 1024;

/// Bytes up to which a text is searched whole.
///
/// In a longer text only the relevant lines count.
///
/// About a screen of log lines. Also limits one line and what is kept of the text.
const MAX_SHORT_TEXT: usize = 12 * 1024;

/// Bytes of a long text in which relevant lines are searched.
///
/// A limit, because pasting a huge log must not block the screen.
const MAX_READ: usize = 8 * 1024 * 1024;

/// A search over the cards of some trees.
///
/// Creating it costs nothing: the index is built at the first search.
#[derive(Debug)]
pub struct Index {
    trees: Vec<Arc<Tree>>,
    scope: Scope,
    tools: OnceLock<SearchTools>,
}

/// Which fields of the cards are searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    /// All fields, and signatures.
    AllFields,
    /// Titles and other names.
    Names,
}

/// Everything that a search needs, built once.
#[derive(Debug)]
struct SearchTools {
    index: InvertedIndex,
    /// Built for the first query that may be letters in order.
    subsequences: OnceLock<SubsequenceIndex>,
    lexicon: Lexicon,
    recognizers: Vec<TreeRecognizer>,
}

/// The signatures that were recognized in a query.
///
/// Cards are positions in the inverted index.
#[derive(Debug, Default)]
struct Recognized {
    /// Card, position of the signature in it, and all sharing cards.
    signatures: Vec<(usize, usize, Vec<CardId>)>,
    /// The cards that a record in the query rules out.
    denied: Vec<usize>,
}

/// Recognizes the signatures of one tree.
#[derive(Debug)]
struct TreeRecognizer {
    recognizer: Recognizer,
    status_codes: StatusCodes,
    /// The position of the tree's first card in the inverted index.
    first: usize,
}

/// The result of a search.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The cards that fit, the best first.
    pub matches: Vec<Match>,
    /// If no card fits: at most two that come nearest.
    pub nearest: Vec<Match>,
    /// If no card fits: the words of the query that some card has.
    pub understood: Vec<String>,
    /// Whether the first match is certainly the card.
    ///
    /// No other card comes near, and none shares what was found.
    pub is_sure: bool,
}

/// A card that was found.
#[derive(Clone, Debug)]
pub struct Match {
    /// The tree of the card.
    pub tree: Arc<Tree>,
    /// The card.
    pub card: CardId,
    /// The surest way in which it was found.
    pub tier: Tier,
    /// The score in thousandths; `rank_merge` says what is added up.
    pub score: i64,
    /// The field or signature that matched.
    pub text: String,
    /// The characters of `text` that matched, as positions in characters.
    pub letters: Vec<usize>,
    /// The cards that share what was found, including this one.
    ///
    /// Empty if no other card does.
    pub shared: Vec<CardId>,
}

/// The ways to find a card, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The query has a signature of the card.
    Signature,
    /// A name contains the query: an error string, title or other name.
    Contains,
    /// A name has all words of the query.
    Words,
    /// A name has all words, some as typos or abbreviations.
    Typos,
    /// Some words of the query occur anywhere in the card.
    Card,
    /// A name has the letters of the query in order.
    Subsequence,
}

impl Tier {
    /// Returns the name in JSON and text output.
    pub fn name(self) -> &'static str {
        match self {
            Tier::Signature => "signature",
            Tier::Contains => "contains",
            Tier::Words => "words",
            Tier::Typos => "typos",
            Tier::Card => "card",
            Tier::Subsequence => "subsequence",
        }
    }
}

impl Match {
    /// Returns the parts of the text that matched.
    pub fn matched_words(&self) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        let mut last = None;
        let mut letters = self.letters.iter().peekable();
        for (at, character) in self.text.chars().enumerate() {
            if letters.next_if(|letter| **letter == at).is_none() {
                continue;
            }
            match words.last_mut().filter(|_| last.is_some_and(|last| last + 1 == at)) {
                Some(word) => word.push(character),
                None => words.push(character.to_string()),
            }
            last = Some(at);
        }
        words
    }
}

impl Index {
    /// Prepares a search over the cards of all trees.
    pub fn new(trees: &[Arc<Tree>]) -> Self {
        Self { trees: trees.to_vec(), scope: Scope::AllFields, tools: OnceLock::new() }
    }

    /// Prepares a search over titles and other names only.
    ///
    /// For exercises in which a card must be known by name.
    pub fn of_names(trees: &[Arc<Tree>]) -> Self {
        Self { scope: Scope::Names, ..Self::new(trees) }
    }

    fn tools(&self) -> &SearchTools {
        self.tools.get_or_init(|| {
            let mut first = 0;
            let recognized = self.trees.iter().filter(|_| self.scope == Scope::AllFields);
            let recognizers = recognized.map(|tree| {
                let recognizer = Recognizer::new(Arc::clone(tree));
                let of_tree = TreeRecognizer { recognizer, status_codes: StatusCodes::new(tree), first };
                first += tree.cards().count();
                of_tree
            });
            let recognizers = recognizers.collect();
            let index = InvertedIndex::new(&self.trees, self.scope);
            let (subsequences, lexicon) = (OnceLock::new(), Lexicon::new(&index));
            SearchTools { index, subsequences, lexicon, recognizers }
        })
    }

    /// Returns the cards for a query, the best first.
    ///
    /// An empty query returns every card.
    ///
    /// Cards of equal score are ordered by usage, then by likelihood. White space at the end of the query means that
    /// its last word is finished; otherwise the last word also matches as a prefix.
    pub fn search(&self, query: &str, usage: &Usage, limit: usize) -> Found {
        let relevant = self.relevant_lines(query);
        let cleaned = text::clean_line(beginning(relevant.as_deref().unwrap_or(query)));
        let weight = |card: &IndexedCard| usage.weight(&card.tree.id, &card.tree.card(card.card).id);
        let likelihood = |card: &IndexedCard| card.tree.card(card.card).likelihood;
        let by_use = |one: &IndexedCard, other: &IndexedCard| {
            weight(other).total_cmp(&weight(one)).then(likelihood(one).cmp(&likelihood(other)))
        };
        let tools = self.tools();
        if cleaned.is_empty() {
            return rank_merge::everything(&tools.index, by_use, limit);
        }
        let recognized = self.recognize(&cleaned);
        let is_finished = query.ends_with(char::is_whitespace);
        let options = QueryOptions { is_finished, is_exact: !recognized.signatures.is_empty() };
        let words = Query::new(&cleaned, options, &tools.index, &tools.lexicon);
        rank_merge::merge(tools, &words, &cleaned, &recognized, by_use, limit)
    }

    /// Matches the signatures of all trees against a text.
    ///
    /// If there are none, matches the record that the text is short for.
    fn recognize(&self, text: &str) -> Recognized {
        let line = Line::new(text);
        let mut recognized = Recognized::default();
        for TreeRecognizer { recognizer, status_codes, first } in &self.tools().recognizers {
            let position = |card: &CardId| first + usize::from(*card);
            let mut found = recognizer.signatures_in(&line);
            let record = if found.is_empty() { status_codes.expand(text) } else { None };
            let record = record.map(|record| Line::new(&record));
            if let Some(record) = &record {
                found = recognizer.signatures_in(record);
            }
            let denied = recognizer.contradicted_in(record.as_ref().unwrap_or(&line), &found);
            recognized.denied.extend(denied.iter().map(position));
            let found = recognizer.most_specific(&found);
            for (card, signature) in &found {
                let sharing = found.iter().map(|(other, _)| *other);
                let mut shared: Vec<_> = sharing.filter(|other| recognizer.are_alike(*card, *other, &found)).collect();
                shared.sort_unstable();
                shared.dedup();
                recognized.signatures.push((position(card), *signature, shared));
            }
        }
        recognized
    }

    /// Returns the different lines of a long text that have a signature.
    ///
    /// `None` if the text is short or no line has a signature; then the beginning is searched.
    pub fn relevant_lines(&self, text: &str) -> Option<String> {
        if text.len() <= MAX_SHORT_TEXT {
            return None;
        }
        let mut kept = String::new();
        let mut read = 0;
        let mut seen = std::collections::HashSet::new();
        for line in text.lines() {
            read += line.len();
            if read > MAX_READ || kept.len() > MAX_SHORT_TEXT {
                break;
            }
            if line.len() > MAX_SHORT_TEXT {
                continue;
            }
            let cleaned = Line::new(&text::clean_line(line));
            let mut recognizers = self.tools().recognizers.iter().map(|tree| &tree.recognizer);
            let is_relevant = recognizers.any(|recognizer| !recognizer.signatures_in(&cleaned).is_empty());
            if is_relevant && seen.insert(cleaned.text().to_owned()) {
                kept.push_str(cleaned.text());
                kept.push('\n');
            }
        }
        (!kept.is_empty()).then_some(kept)
    }

    /// Returns the evidence that opening a match adds to a walk.
    ///
    /// These are the patterns in the query that point to the opened card. If there are none, the operator's choice
    /// itself points to the card, or to all cards that share what was found.
    pub fn evidence(&self, query: &str, opened: &Match) -> Evidence {
        let relevant = self.relevant_lines(query);
        let query = beginning(relevant.as_deref().unwrap_or(query));
        let shown = CleanText::line(query);
        let tree = self.tools().recognizers.iter().find(|known| Arc::ptr_eq(known.recognizer.tree(), &opened.tree));
        let mut evidence = Evidence::default();
        if let Some(TreeRecognizer { recognizer, status_codes, .. }) = tree {
            evidence = recognizer.evidence(PATH, query);
            if evidence.hits.is_empty()
                && let Some(record) = status_codes.expand(&shown)
            {
                evidence = recognizer.evidence(PATH, &record);
                let places = evidence.hits.iter_mut().map(|hit| &mut hit.provenance);
                places.chain(evidence.proofs.iter_mut().map(|proof| &mut proof.provenance)).for_each(|place| {
                    place.text.clone_from(&shown);
                });
            }
        }
        // The text may point to other cards, too, which were not opened.
        evidence.hits.retain(|hit| hit.cards.contains(&opened.card));
        for hit in &mut evidence.hits {
            hit.cards.retain(|card| *card == opened.card || opened.shared.contains(card));
        }
        if evidence.hits.is_empty() {
            let cards = if opened.shared.is_empty() { vec![opened.card] } else { opened.shared.clone() };
            let provenance = Provenance { path: PATH.into(), line: 1, text: shown };
            let hit = Hit { cards, captures: Vec::new(), count: 1, provenance };
            evidence = Evidence { hits: vec![hit], ..Evidence::default() };
        }
        evidence
    }
}

/// Returns the first `MAX_QUERY` bytes of a query, cut between characters.
fn beginning(query: &str) -> &str {
    let end = (0..=MAX_QUERY.min(query.len())).rev().find(|end| query.is_char_boundary(*end));
    query.get(..end.unwrap_or(0)).unwrap_or_default()
}
