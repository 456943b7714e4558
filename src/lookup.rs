//! From whatever is in the clipboard to cards: a fragment, a slip of the hand, a code, a whole line of a log, a sentence.
//!
//! One ranker stands behind the search on screens, in lines and on the command line. How it goes about it:
//!
//! 1. What a tree's patterns recognise in the query is found first, also codes as people write them (`shorthand`).
//! 2. The words of the query, made comparable (`words`), are looked up with their slips and abbreviations
//!    (`vocabulary`, `query`) in all phrases of all cards (`catalogue`), and weighed (`rank`).
//! 3. What is no words is compared letter by letter (`letters`).
//! 4. `fuse` makes one list of it.
//!
//! `split` takes texts apart, `prepared` has those of the embedded trees apart already.
//!
//! The only place that names `fuzzy-matcher`. Pure: the trees come in, matches go out.

use std::sync::{Arc, OnceLock};

mod catalogue;
mod fuse;
mod letters;
mod lexicon;
mod prepared;
mod query;
mod rank;
mod shorthand;
mod split;
mod substance;
mod usage;
mod vocabulary;
mod words;

use crate::recognize::{Line, Recognizer};
use crate::text::{self, CleanText};
use crate::tree::{CardId, Tree};
use crate::walk::{Evidence, Hit, Provenance};
use catalogue::{Catalogue, Entry};
use letters::Letters;
use lexicon::Lexicon;
use query::{Manner, Query};
use shorthand::Shorthand;
pub use usage::{Opened, Usage};

/// Where evidence says it comes from when it was looked up.
pub const PATH: &str = "your search";

/// Of a longer query, this many bytes are looked at.
const MAX_QUERY: usize = 64 * 1024;

/// Of a text that is longer than this, the lines with a signature are looked at; so far they are searched for.
const MAX_PASTED: usize = 12 * 1024;
const MAX_READ: usize = 8 * 1024 * 1024;

/// All that can be found. It costs nothing until the first search: who only walks does not wait for it.
#[derive(Debug)]
pub struct Index {
    trees: Vec<Arc<Tree>>,
    /// What of the cards can be found.
    extent: Extent,
    tools: OnceLock<Tools>,
}

/// What of cards can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    /// All that they say.
    Whole,
    /// What they are called.
    Names,
}

/// What a search works with.
#[derive(Debug)]
struct Tools {
    catalogue: Catalogue,
    /// Got ready for the first query that may be letters.
    letters: OnceLock<Letters>,
    lexicon: Lexicon,
    of_trees: Vec<TreeTools>,
}

/// What patterns say of a query. Cards are given by their positions in the catalogue.
#[derive(Debug, Default)]
struct Recognised {
    /// The cards of which a signature was found, its position in the card, and all cards that share it.
    signatures: Vec<(usize, usize, Vec<CardId>)>,
    /// The cards of which the query says that it is not they.
    denied: Vec<usize>,
}

/// What recognises the signatures of one tree.
#[derive(Debug)]
struct TreeTools {
    recognizer: Recognizer,
    shorthand: Shorthand,
    /// The position of its first card in the catalogue.
    first: usize,
}

/// What a search found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The cards that fit, the best first.
    pub matches: Vec<Match>,
    /// If none fits: at most two that come nearest.
    pub nearest: Vec<Match>,
    /// If none fits: the words of the query that stand in some card.
    pub understood: Vec<String>,
    /// The first match is the one: nothing else comes near it, and no other card shares what was found.
    pub is_sure: bool,
}

/// A card that was found.
#[derive(Clone, Debug)]
pub struct Match {
    /// The tree of the card.
    pub tree: Arc<Tree>,
    /// The card.
    pub card: CardId,
    /// In which way it was found.
    pub tier: Tier,
    /// How well, in thousandths; see `fuse` for what is added up.
    pub score: i64,
    /// The text that matched.
    pub text: String,
    /// The characters of `text` that matched, as positions in characters.
    pub letters: Vec<usize>,
    /// The cards that share what was found, this one among them; empty if no other does.
    pub shared: Vec<CardId>,
}

/// In which way a card was found, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// A signature of the card stands in the query.
    Signature,
    /// The query stands in an error string, title or other name of the card.
    Contains,
    /// All words of the query stand in one of these.
    Words,
    /// The same, but for slips of the hand and abbreviations.
    Typos,
    /// The words of the query stand here and there in the card.
    Card,
    /// The letters of the query stand in an error string, title or other name, in order.
    Subsequence,
}

impl Tier {
    /// The name that is printed.
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
    /// The stretches of the text that matched.
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
    /// Takes in the cards of all trees.
    pub fn new(trees: &[Arc<Tree>]) -> Self {
        Self { trees: trees.to_vec(), extent: Extent::Whole, tools: OnceLock::new() }
    }

    /// Only what the cards are called: titles and other names. For whoever is to know a card by name.
    pub fn of_names(trees: &[Arc<Tree>]) -> Self {
        Self { extent: Extent::Names, ..Self::new(trees) }
    }

    fn tools(&self) -> &Tools {
        self.tools.get_or_init(|| {
            let mut first = 0;
            let recognised = self.trees.iter().filter(|_| self.extent == Extent::Whole);
            let of_trees = recognised.map(|tree| {
                let recognizer = Recognizer::new(Arc::clone(tree));
                let of_tree = TreeTools { recognizer, shorthand: Shorthand::new(tree), first };
                first += tree.cards().count();
                of_tree
            });
            let of_trees = of_trees.collect();
            let catalogue = Catalogue::new(&self.trees, self.extent);
            let (letters, lexicon) = (OnceLock::new(), Lexicon::new(&catalogue));
            Tools { catalogue, letters, lexicon, of_trees }
        })
    }

    /// What was found for a query: every card, if it is empty. What was opened often and lately comes first among equals.
    pub fn search(&self, query: &str, usage: &Usage, limit: usize) -> Found {
        let essence = self.essence(query);
        let cleaned = text::clean_line(beginning(essence.as_deref().unwrap_or(query)));
        let weight = |entry: &Entry| usage.weight(&entry.tree.id, &entry.tree.card(entry.card).id);
        let likelihood = |entry: &Entry| entry.tree.card(entry.card).likelihood;
        let by_use = |one: &Entry, other: &Entry| {
            weight(other).total_cmp(&weight(one)).then(likelihood(one).cmp(&likelihood(other)))
        };
        if cleaned.is_empty() {
            return fuse::everything(&self.tools().catalogue, by_use, limit);
        }
        let tools = self.tools();
        // White space at the end of the query says that its last word is finished.
        let is_finished = query.ends_with(char::is_whitespace);
        let recognised = self.recognised(&cleaned);
        let manner = Manner { is_finished, to_the_letter: !recognised.signatures.is_empty() };
        let words = Query::new(&cleaned, manner, &tools.catalogue, &tools.lexicon);
        fuse::fuse((&tools.catalogue, &tools.letters), &words, &cleaned, &recognised, by_use, limit)
    }

    /// What patterns say of a text.
    fn recognised(&self, text: &str) -> Recognised {
        let line = Line::new(text);
        let mut recognised = Recognised::default();
        for TreeTools { recognizer, shorthand, first } in &self.tools().of_trees {
            let position = |card: &CardId| first + usize::from(*card);
            let mut found = recognizer.signatures_in(&line);
            let record = if found.is_empty() { shorthand.written_out(text) } else { None };
            let record = record.map(|record| Line::new(&record));
            if let Some(record) = &record {
                found = recognizer.signatures_in(record);
            }
            let denied = recognizer.contradicted_in(record.as_ref().unwrap_or(&line), &found);
            recognised.denied.extend(denied.iter().map(position));
            let found = recognizer.most_specific(&found);
            for (card, signature) in &found {
                let sharing = found.iter().map(|(other, _)| *other);
                let mut shared: Vec<_> = sharing.filter(|other| recognizer.are_alike(*card, *other, &found)).collect();
                shared.sort_unstable();
                shared.dedup();
                recognised.signatures.push((position(card), *signature, shared));
            }
        }
        recognised
    }

    /// What of a long text is worth looking at: the lines with a signature in them. `None` if the text is short, or if
    /// there are none; its beginning is looked at then.
    pub fn essence(&self, text: &str) -> Option<String> {
        if text.len() <= MAX_PASTED {
            return None;
        }
        let mut kept = String::new();
        let mut read = 0;
        let mut seen = std::collections::HashSet::new();
        for line in text.lines() {
            read += line.len();
            if read > MAX_READ || kept.len() > MAX_PASTED {
                break;
            }
            if line.len() > MAX_PASTED {
                continue;
            }
            let cleaned = Line::new(&text::clean_line(line));
            let mut recognizers = self.tools().of_trees.iter().map(|tree| &tree.recognizer);
            let is_telling = recognizers.any(|recognizer| !recognizer.signatures_in(&cleaned).is_empty());
            if is_telling && seen.insert(cleaned.text().to_owned()) {
                kept.push_str(cleaned.text());
                kept.push('\n');
            }
        }
        (!kept.is_empty()).then_some(kept)
    }

    /// What opening a match tells a walk: the patterns that stand in the query, or else that the operator takes it to be
    /// this card, or one of those that share what was found.
    pub fn evidence(&self, query: &str, opened: &Match) -> Evidence {
        let essence = self.essence(query);
        let query = beginning(essence.as_deref().unwrap_or(query));
        let shown = CleanText::line(query);
        let tree = self.tools().of_trees.iter().find(|known| Arc::ptr_eq(known.recognizer.tree(), &opened.tree));
        let mut evidence = Evidence::default();
        if let Some(TreeTools { recognizer, shorthand, .. }) = tree {
            evidence = recognizer.evidence(PATH, query);
            if evidence.hits.is_empty()
                && let Some(record) = shorthand.written_out(&shown)
            {
                evidence = recognizer.evidence(PATH, &record);
                let places = evidence.hits.iter_mut().map(|hit| &mut hit.provenance);
                places.chain(evidence.proofs.iter_mut().map(|proof| &mut proof.provenance)).for_each(|place| {
                    place.text.clone_from(&shown);
                });
            }
        }
        // Of a text that says several things, what speaks for the opened card.
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

/// As much of a query as is looked at.
fn beginning(query: &str) -> &str {
    let end = (0..=MAX_QUERY.min(query.len())).rev().find(|end| query.is_char_boundary(*end));
    query.get(..end.unwrap_or(0)).unwrap_or_default()
}
