//! From a few typed letters, or a pasted line, to cards.
//!
//! The only place that names `fuzzy-matcher`. Pure: the trees come in, matches go out.

use std::sync::Arc;

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

mod usage;

use crate::recognize::{Line, Recognizer};
use crate::text;
use crate::tree::{CardId, Tree};
use crate::walk::{Evidence, Hit, Provenance};
pub use usage::{Opened, Usage};

/// Where evidence says it comes from when it was looked up.
pub const PATH: &str = "your search";

/// The longest query, in characters, that is compared letter by letter; of longer ones the beginning is.
const MAX_LETTERS: usize = 64;

/// The least score for each letter of the query that is not noise: three letters found far apart in a long sentence
/// have less.
const MIN_SCORE_PER_LETTER: i64 = 12;

/// The texts of all cards.
pub struct Index {
    entries: Vec<Entry>,
    recognizers: Vec<Recognizer>,
    matcher: SkimMatcherV2,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Index").field("entries", &self.entries).finish_non_exhaustive()
    }
}

/// One card with what can be found of it.
#[derive(Debug)]
struct Entry {
    tree: Arc<Tree>,
    card: CardId,
    /// Error strings first: they are what is looked for, and win among equals.
    texts: Vec<String>,
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
    /// How well, among matches of one tier.
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
    /// The same, but for slips of the hand.
    Typos,
    /// The words of the query stand here and there in the card.
    Card,
    /// The letters of the query stand in a text of the card, in order.
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
        for (at, character) in self.text.chars().enumerate() {
            if !self.letters.contains(&at) {
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
        let entries = trees.iter().flat_map(|tree| {
            tree.cards().map(|(id, card)| {
                let mut texts = card.error_strings();
                texts.push(card.title.clone());
                texts.extend(card.also_called.iter().cloned());
                Entry { tree: Arc::clone(tree), card: id, texts }
            })
        });
        Self {
            entries: entries.collect(),
            recognizers: trees.iter().map(|tree| Recognizer::new(Arc::clone(tree))).collect(),
            matcher: SkimMatcherV2::default().ignore_case().element_limit(1 << 20),
        }
    }

    /// What was found for a query: every card, if it is empty. What was opened often and lately comes first among equals.
    pub fn search(&self, query: &str, usage: &Usage, limit: usize) -> Found {
        let query = text::clean_line(query);
        let mut matches: Vec<Match> = if query.is_empty() {
            self.entries.iter().map(Entry::itself).collect()
        } else {
            let line = Line::new(&query);
            self.entries.iter().filter_map(|entry| self.best(entry, &query, &line)).collect()
        };
        // Among equals, what is met more often comes first.
        let likelihood = |found: &Match| found.tree.card(found.card).likelihood;
        matches.sort_by(|one, other| {
            let by_score = one.tier.cmp(&other.tier).then(other.score.cmp(&one.score));
            let used = |found: &Match| usage.weight(&found.tree.id, &found.tree.card(found.card).id);
            let by_use = used(other).total_cmp(&used(one));
            by_score.then(by_use).then(likelihood(one).cmp(&likelihood(other)))
        });
        matches.truncate(limit);
        let is_sure = matches.first().is_some_and(|first| first.tier == Tier::Signature && first.shared.is_empty());
        Found { matches, is_sure, ..Found::default() }
    }

    /// What opening a match tells a walk: the patterns that stand in the query, or else that the operator takes it to be
    /// this card, or one of those that share what was found.
    pub fn evidence(&self, query: &str, opened: &Match) -> Evidence {
        let recognizer = self.recognizers.iter().find(|recognizer| Arc::ptr_eq(recognizer.tree(), &opened.tree));
        let mut evidence = recognizer.map(|recognizer| recognizer.evidence(PATH, query)).unwrap_or_default();
        if !evidence.hits.iter().any(|hit| hit.cards.contains(&opened.card)) {
            let cards = if opened.shared.is_empty() { vec![opened.card] } else { opened.shared.clone() };
            let provenance = Provenance { path: PATH.to_owned(), line: 1, text: text::clean_line(query) };
            evidence = Evidence { hits: vec![Hit { cards, captures: Vec::new(), provenance }], proofs: Vec::new() };
        }
        evidence
    }

    fn best(&self, entry: &Entry, query: &str, line: &Line) -> Option<Match> {
        if let Some(text) = self.signature_in(entry, line) {
            return Some(Match { tier: Tier::Signature, text, ..entry.itself() });
        }
        let letters: String = query.chars().take(MAX_LETTERS).collect();
        let mut best: Option<Match> = None;
        for text in &entry.texts {
            let Some((score, positions)) = self.matcher.fuzzy_indices(text, &letters) else { continue };
            let contains = text.to_lowercase().contains(&query.to_lowercase());
            let enough = MIN_SCORE_PER_LETTER * letters.chars().count() as i64;
            if !contains && score < enough {
                continue;
            }
            let tier = if contains { Tier::Contains } else { Tier::Subsequence };
            let is_better =
                best.as_ref().is_none_or(|so_far| tier < so_far.tier || (tier == so_far.tier && score > so_far.score));
            if is_better {
                best = Some(Match { tier, score, text: text.clone(), letters: positions, ..entry.itself() });
            }
        }
        best
    }
}

impl Index {
    /// The signature of a card that stands in a line, as its vendor prints it.
    fn signature_in(&self, entry: &Entry, line: &Line) -> Option<String> {
        let recognizer = self.recognizers.iter().find(|recognizer| Arc::ptr_eq(recognizer.tree(), &entry.tree))?;
        let (card, at) = recognizer.signatures_in(line).find(|(card, _)| *card == entry.card)?;
        let signature = entry.tree.card(card).signatures.get(at)?;
        Some(signature.documented.clone().unwrap_or_else(|| signature.pattern.to_string()))
    }
}

impl Entry {
    /// The card with the first of its texts, nothing in it marked.
    fn itself(&self) -> Match {
        Match {
            tree: Arc::clone(&self.tree),
            card: self.card,
            tier: Tier::Subsequence,
            score: 0,
            text: self.texts.first().cloned().unwrap_or_default(),
            letters: Vec::new(),
            shared: Vec::new(),
        }
    }
}
