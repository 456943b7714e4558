//! Answers a question with a query that is only a code.
//!
//! `502`, `HTTP/1.1 502 Bad Gateway` and the text of a browser's error page say the same. They name no card: they leave
//! some options of a question, and the cards behind these.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::recognize::{Line, Recognizer};
use crate::text::CleanText;
use crate::tree::pattern::{Part, Pattern};
use crate::tree::{CardId, OptionId, QuestionId, Tree};
use crate::walk::{Event, Evidence, EvidenceSource, Proof, ProofKind, Provenance, position_after};
use crate::words::{is_stop_word, tokenize};

/// A question that a code answers in part.
#[derive(Clone, Debug)]
pub struct LeftByCode {
    /// The tree of the question.
    pub tree: Arc<Tree>,
    /// The question that asks for the code.
    pub question: QuestionId,
    /// The options that are possible with the code.
    pub options: Vec<OptionId>,
    /// The code, as it was typed.
    pub code: String,
}

/// Words of the longest query that may be a code alone.
const MAX_WORDS: usize = 5;

impl LeftByCode {
    /// Reads a query as a code.
    ///
    /// The code stands alone, beside words such as "status", or in one of the lines that the tree names. If a card fits
    /// surely (`is_sure`), such a line says more than the code. `None` if the query has no code that an option has.
    pub(super) fn of(recognizer: &Recognizer, line: &Line, is_sure: bool) -> Option<Self> {
        let tree = recognizer.tree();
        let words = || tokenize(line.text()).into_iter().map(|word| word.text).filter(|word| !is_stop_word(word));
        let is_short = || words().count() <= MAX_WORDS;
        let bare = || {
            let codes = words().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
            let [code] = codes.collect::<Vec<_>>().try_into().ok()?;
            recognizer.questions_with_codes().find_map(|question| {
                let options: Vec<OptionId> = tree.question(question).options_with(&code).collect();
                let is_only_code = || {
                    let known = words_of_code_lines(tree, question);
                    words().all(|word| word == code || known.contains(&word))
                };
                (!options.is_empty() && is_only_code()).then_some((question, options))
            })
        };
        // A record is more than a code.
        let in_line = || recognizer.codes_in(line).into_iter().next().filter(|_| !is_sure && line.records().is_empty());
        let (question, options) = if is_short() { bare().or_else(in_line) } else { in_line() }?;
        let leaves = |word: &String| tree.question(question).options_with(word).eq(options.iter().copied());
        let code = words().find(leaves).unwrap_or_default();
        Some(Self { tree: Arc::clone(tree), question, options, code })
    }

    /// Returns the evidence that the text is for a walk.
    pub fn evidence(&self, text: &CleanText) -> Evidence {
        let provenance = Provenance { source: EvidenceSource::Search, line: 1, text: text.clone() };
        let proof = |option: &OptionId| {
            let (question, option, kind) = (self.question, *option, ProofKind::Code);
            Proof { question, option, kind, count: 1, provenance: provenance.clone() }
        };
        Evidence { proofs: self.options.iter().map(proof).collect(), ..Evidence::default() }
    }

    /// Returns the cards that the code leaves, the likeliest first.
    ///
    /// Before them come cards with the code in their titles: few titles have `499`, and they mean it.
    pub fn cards(&self) -> Vec<CardId> {
        let events = [Event::EvidenceAdded(self.evidence(&CleanText::default()))];
        let candidates = position_after(&self.tree, &events).candidates;
        let mut cards: Vec<CardId> = candidates.into_iter().map(|candidate| candidate.card).collect();
        let is_named = |card: &CardId| tokenize(&self.tree.card(*card).title).iter().any(|word| word.text == self.code);
        cards.sort_by_key(|card| !is_named(card));
        cards
    }
}

/// Returns the words that stand around a code: `HTTP`, `status`, `error`.
fn words_of_code_lines(tree: &Tree, question: QuestionId) -> BTreeSet<String> {
    let templates = tree.question(question).code_lines.iter().filter_map(|pattern| match pattern {
        Pattern::Text(template) => Some(template),
        Pattern::Fields(_) | Pattern::Json(_) => None,
    });
    let literals = templates.flat_map(|template| template.parts.iter()).filter_map(|part| match part {
        Part::Literal(literal) => Some(literal),
        Part::Slot { .. } => None,
    });
    literals.flat_map(|literal| tokenize(literal)).map(|word| word.text).collect()
}
