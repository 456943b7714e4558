//! The result of a search.

use std::sync::Arc;

use super::code_answer::LeftByCode;
use crate::text::CleanText;
use crate::tree::{CardId, Tree};
use crate::walk::Evidence;

/// The result of a search.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The cards that fit, the best first.
    pub matches: Vec<Match>,
    /// The questions that the query answers in part, one of each tree.
    ///
    /// Empty unless it is only a code. The matches are then the cards that the code leaves. With several trees, the
    /// system that printed the code is not known.
    pub left_by_code: Vec<LeftByCode>,
    /// At most two cards that come nearest, if none fits.
    pub nearest: Vec<Match>,
    /// The content words of the query that matched, if no card fits.
    ///
    /// They matched a word of a card, at least as a typo or abbreviation. Negations are left out.
    pub understood: Vec<String>,
    /// The share of the query that the first card explains.
    ///
    /// `None` if the floor does not judge it: for signatures, letters in order and bare status codes.
    pub explained: Option<f32>,
    /// Whether the first match is clearly the best.
    ///
    /// It is the only card whose failure a signature in the query names, or one of its names has all words and scores high and far
    /// above the second card. A single word is never sure, and neither are words beside a record that rules cards out, or
    /// codes in fields that the card's tree does not know.
    pub is_sure: bool,
}

/// A card in the result of a search.
#[derive(Clone, Debug)]
pub struct Match {
    /// The tree of the card.
    pub tree: Arc<Tree>,
    /// The card that was found; its id is valid in `tree` only.
    pub card: CardId,
    /// The way in which it was found.
    pub tier: Tier,
    /// The score in thousandths, which `rank_merge` explains; 0 for an empty query.
    pub score: i64,
    /// The field or signature that matched.
    ///
    /// A signature is written as its vendor documents it, or else as its pattern. For an empty query, this is the first
    /// field of the card.
    pub text: String,
    /// The characters of `text` that matched, as positions in characters.
    pub letters: Vec<usize>,
    /// The trees of the other systems that wrote the query's text.
    ///
    /// Empty if the card's own system wrote it, or if no tree tells.
    pub written_by: Vec<Arc<Tree>>,
    /// The title of the log format of the query.
    ///
    /// Empty unless a system without a tree wrote it.
    pub foreign_formats: Vec<CleanText>,
    /// Whether the signature in the query names no failure alone.
    ///
    /// Other causes, or other systems, write it too.
    pub is_hint: bool,
    /// Whether the query is a code that leaves this card, among others.
    pub is_left_by_code: bool,
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
    /// A name has the words of the query adjacent and in order.
    ///
    /// A *name* is an error string, a title or another name. Beginnings of words count.
    Contains,
    /// A name has all words of the query in any order.
    ///
    /// Forms, synonyms and beginnings of words count.
    Words,
    /// A name has all words, some as typos or abbreviations.
    Typos,
    /// The card has words of the query in any field.
    ///
    /// Also the tier of a card that the query rules out, and of all cards for an empty query.
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
    /// Narrows evidence to this card and those that share its match.
    ///
    /// `None` if no line points to it. A text may point to other cards, too, which were not opened.
    pub fn narrow(&self, mut evidence: Evidence) -> Option<Evidence> {
        let is_wanted = |card: &CardId| *card == self.card || self.shared.contains(card);
        evidence.hits.retain(|hit| hit.cards.contains(&self.card));
        evidence.hits.iter_mut().for_each(|hit| hit.cards.retain(is_wanted));
        evidence.details.retain(|detail| is_wanted(&detail.card));
        (!evidence.hits.is_empty()).then_some(evidence)
    }

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
