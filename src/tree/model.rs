//! The linked tree. Every reference exists, so nothing that works with it can fail.

pub mod card;
pub mod evidence;
pub mod ids;
pub mod link;
pub mod training;

use serde::{Deserialize, Serialize};

use crate::text::CleanText;
use crate::tree::pattern::{Pattern, Template};
use training::{ExpectedAnswer, Printed, TeamDrill};

pub use super::code_fields::CodeFields;
pub use super::lazy::Lazy;
pub use super::needs::Needs;
pub use super::scales::{Effect, Likelihood, Takes};
pub use super::source::card_file::{Doc, Escalate, RemedyCommand};
pub use super::source::evidence::{BackAndForth, FillSource};
pub use super::source::tree_file::DescribedValue;
pub use card::{Card, CardContent, Cause, LookAlike, Remedy};
pub use evidence::{Fill, Mention, PatternOwner, PatternSamples, RiskPattern, Signature, SuccessPattern};
pub use ids::{CardId, OptionId, PatternId, QuestionId, RemedyRef, SignatureId};
pub use link::Link;

/// The content of a tree. It has at least one question, one path and the escalation card.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct TreeContent {
    /// The path of its `tree.json`, for people.
    pub path: CleanText,
    /// Words and short phrases with which a person names the product.
    pub named_by: Vec<CleanText>,
    /// Groups of words that mean the same to a person who searches.
    pub synonyms: Lazy<Vec<Vec<CleanText>>>,
    /// The sources of values for placeholders of commands.
    pub fills: Vec<Fill>,
    /// The lines that name values of placeholders and say nothing else.
    pub mentions: Vec<Mention>,
    /// The placeholders whose values are names or settings of the system.
    ///
    /// The other values are of its traffic. Only these are filled into commands that change something.
    pub configured: Vec<CleanText>,
    /// Patterns of lines that are harmless although they may not look so.
    pub harmless: Vec<Pattern>,
    /// Patterns of reports on other systems in words of this one.
    pub foreign: Vec<Pattern>,
    /// The samples of the patterns of `tree.json`, for checks.
    pub pattern_samples: Lazy<Vec<PatternSamples>>,
    /// Fields in base64 that are worth reading, each with a description.
    pub encoded: Vec<(CleanText, CleanText)>,
    /// Lines that stand in the logs when nothing is wrong.
    pub everyday: Lazy<Vec<CleanText>>,
    /// Placeholders of commands, each with its meaning and sources.
    pub values: Lazy<Vec<(CleanText, DescribedValue)>>,
    /// Placeholders of commands, each with a made-up value for exercises.
    pub examples: Lazy<Vec<(CleanText, CleanText)>>,
    /// The needs of the patterns of signatures, options and risks.
    ///
    /// In this order.
    pub needs: Vec<(PatternId, Needs)>,
    /// The names of the fields that these patterns ask for.
    pub asked_names: Lazy<Vec<String>>,
    /// The fields in which signatures ask for codes.
    pub code_fields: Vec<CodeFields>,
    /// The questions, in the order of the file.
    pub(in crate::internals::tree) questions: Lazy<Vec<Question>>,
    /// The cards, in the order of their ids; behind them the links.
    pub(in crate::internals::tree) cards: Vec<Card>,
    /// The card that is shown when nothing fits.
    pub escalation: CardId,
    /// Every path from the start to a leaf, in the author's order.
    pub paths: Lazy<Vec<Path>>,
    /// The output of the check of each question, for exercises.
    pub(in crate::internals::tree) prints: Lazy<Vec<Vec<Printed>>>,
    /// Golden cases.
    pub cases: Lazy<Vec<GoldenCase>>,
    /// Incidents to train with, in the order of their ids.
    pub drills: Lazy<Vec<TeamDrill>>,
}

/// One way from the start to a leaf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Path {
    /// The questions on the path, each once, with the answers it needs.
    pub steps: Vec<(QuestionId, OptionId)>,
    /// The cards at its end.
    pub cards: Vec<CardId>,
}

impl Path {
    /// Returns the answer that this path needs to a question.
    pub fn answer(&self, question: QuestionId) -> Option<OptionId> {
        self.steps.iter().find(|(asked, _)| *asked == question).map(|(_, option)| *option)
    }
}

impl TreeContent {
    /// Returns the question with an id.
    pub fn question(&self, id: QuestionId) -> &Question {
        entry(&self.questions, id.0)
    }

    /// Returns the option with an id.
    pub fn option(&self, question: QuestionId, option: OptionId) -> &Choice {
        entry(&self.question(question).options, option.0)
    }

    /// Returns whether every path asks a question.
    pub fn is_on_every_path(&self, question: QuestionId) -> bool {
        self.paths.iter().all(|path| path.answer(question).is_some())
    }

    /// Returns the card with an id.
    pub fn card(&self, id: CardId) -> &Card {
        entry(&self.cards, id.0)
    }

    /// Returns whether the values of a placeholder may become settings.
    pub fn is_configured(&self, placeholder: &str) -> bool {
        self.configured.iter().any(|name| name.as_str() == placeholder)
    }

    /// Returns the description of a placeholder.
    pub fn described_value(&self, placeholder: &str) -> Option<&DescribedValue> {
        self.values.iter().find(|(name, _)| name.as_str() == placeholder).map(|(_, described)| described)
    }

    /// Returns all questions with their ids.
    pub fn questions(&self) -> impl DoubleEndedIterator<Item = (QuestionId, &Question)> {
        self.questions.iter().enumerate().map(|(at, question)| (QuestionId(at), question))
    }

    /// Returns all cards with their ids, the escalation card included.
    ///
    /// Links are left out.
    pub fn cards(&self) -> impl DoubleEndedIterator<Item = (CardId, &Card)> {
        self.all_cards().filter(|(_, card)| card.leads_to.is_none())
    }

    fn all_cards(&self) -> impl DoubleEndedIterator<Item = (CardId, &Card)> {
        self.cards.iter().enumerate().map(|(at, card)| (CardId(at), card))
    }

    /// Returns all links with their ids, each once.
    pub fn links(&self) -> impl Iterator<Item = (CardId, &Link)> {
        self.all_cards().filter_map(|(id, card)| Some((id, card.leads_to.as_ref()?)))
    }

    /// Returns all cards but the escalation card.
    pub fn diagnoses(&self) -> impl Iterator<Item = (CardId, &Card)> {
        self.cards().filter(|(id, _)| *id != self.escalation)
    }

    /// Returns the paths to a card.
    pub fn paths_to(&self, card: CardId) -> impl Iterator<Item = &Path> {
        self.paths.iter().filter(move |path| path.cards.contains(&card))
    }

    /// Returns the options of a question with their ids.
    pub fn options(&self, question: QuestionId) -> impl DoubleEndedIterator<Item = (OptionId, &Choice)> {
        self.question(question).options.iter().enumerate().map(|(at, option)| (OptionId(at), option))
    }

    /// Returns the output of the check of a question, for exercises.
    pub fn prints(&self, id: QuestionId) -> &[Printed] {
        self.prints.get(id.0).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns the question with a name.
    pub fn find_question(&self, name: &str) -> Option<QuestionId> {
        self.questions().find(|(_, question)| question.id == name).map(|(id, _)| id)
    }

    /// Returns the option with a name.
    pub fn find_option(&self, question: QuestionId, name: &str) -> Option<OptionId> {
        self.options(question).find(|(_, option)| option.id == name).map(|(id, _)| id)
    }

    /// Returns the card with a name.
    pub fn find_card(&self, name: &str) -> Option<CardId> {
        self.cards().find(|(_, card)| card.id == name).map(|(id, _)| id)
    }

    /// Returns all signatures with their ids, card by card.
    pub fn signatures(&self) -> impl Iterator<Item = (SignatureId, &Signature)> {
        self.cards().flat_map(|(card, content)| {
            content
                .signatures
                .iter()
                .enumerate()
                .map(move |(index, signature)| (SignatureId { card, index }, signature))
        })
    }

    /// Returns the signature with an id.
    pub fn signature(&self, id: SignatureId) -> Option<&Signature> {
        self.card(id.card).signatures.get(id.index)
    }

    /// Returns the pattern with an id.
    pub fn pattern(&self, id: PatternId) -> Option<&Pattern> {
        match id {
            PatternId::Signature(id) => self.signature(id).map(|signature| &signature.pattern),
            PatternId::Option(question, option, at) => self.option(question, option).patterns.get(at),
            PatternId::Code(question, at) => self.question(question).code_lines.get(at),
            PatternId::Risk(card, at) => self.card(card).risks.get(at).map(|risk| &risk.pattern),
            PatternId::Success(card, at) => self.card(card).disproved_by.get(at).map(|success| &success.pattern),
            PatternId::Mention(at) => self.mentions.get(at).map(|mention| &mention.pattern),
        }
    }

    /// Returns the pattern of an owner in `tree.json`.
    pub fn owned_pattern(&self, owner: PatternOwner) -> Option<&Pattern> {
        match owner {
            PatternOwner::Option(question, option, at) => self.pattern(PatternId::Option(question, option, at)),
            PatternOwner::Harmless(at) => self.harmless.get(at),
            PatternOwner::Foreign(at) => self.foreign.get(at),
            PatternOwner::Mention(at) => self.pattern(PatternId::Mention(at)),
        }
    }

    /// Returns the remedy that a reference points to.
    pub fn remedy(&self, at: RemedyRef) -> Option<&Remedy> {
        self.cards.get(usize::from(at.card))?.remedies.get(at.index)
    }

    /// Returns whether some path to a card agrees with all answers.
    pub fn has_path(&self, card: CardId, answers: &[(QuestionId, ExpectedAnswer)]) -> bool {
        let mut paths = self.paths_to(card);
        paths.any(|path| answers.iter().all(|(question, answer)| answer.agrees_with(path.answer(*question))))
    }
}

/// Returns the entry of an id.
///
/// Invariant: an id is only made by the table that it points into, and the table never shrinks.
fn entry<T>(table: &[T], at: usize) -> &T {
    match table.get(at) {
        Some(found) => found,
        None => unreachable!("an id of another tree"),
    }
}

/// Something that can be observed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Question {
    /// The name.
    pub id: CleanText,
    /// The question, as a person would ask it.
    pub ask: CleanText,
    /// The reason to ask: what the answer changes.
    pub why: CleanText,
    /// The possible answers, one to nine.
    pub options: Vec<Choice>,
    /// The way to learn the answer.
    pub find_out: FindOut,
    /// The question without whose answer this one cannot be answered.
    pub premise: Option<QuestionId>,
    /// Texts in which a code stands that only some options have.
    ///
    /// Each has the placeholder [`CODE`](crate::internals::tree::pattern::CODE).
    pub code_lines: Vec<Pattern>,
}

impl Question {
    /// Returns the options that are possible with a code.
    pub fn options_with(&self, code: &str) -> impl Iterator<Item = OptionId> {
        let has_code = move |choice: &Choice| choice.codes.iter().any(|known| known == code);
        self.options.iter().enumerate().filter(move |(_, choice)| has_code(choice)).map(|(at, _)| OptionId(at))
    }
}

/// One possible answer to a question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Choice {
    /// The name within the question.
    pub id: CleanText,
    /// The answer, as a person reads it.
    pub label: CleanText,
    /// The patterns that prove this answer.
    pub patterns: Vec<Pattern>,
    /// The codes with which the answer is possible.
    pub codes: Vec<CleanText>,
    /// Whether a walk that ends with this answer confirms its card.
    ///
    /// A status or code does not, unless it is documented to mean one thing.
    pub decides: bool,
    /// The output of the question's check when this is the answer.
    pub shows: Option<CleanText>,
}

/// The way to learn the answer to a question.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FindOut {
    /// A sentence.
    pub how: CleanText,
    /// A command that changes nothing.
    pub command: Option<Template>,
    /// The way in a web console that shows the same.
    pub console: Option<CleanText>,
    /// The duration.
    pub takes: Takes,
    /// Whether a log is read, in which harmless lines stand too.
    pub is_log: bool,
    /// The pattern of the records that the query of the command returns.
    ///
    /// Without it, the query returns all records.
    pub filter: Option<Pattern>,
    /// The question whose output has the answer, to be found out first.
    pub stands_in: Option<QuestionId>,
}

/// A golden case: what goes in, and where it must end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GoldenCase {
    /// The file, for messages.
    pub path: CleanText,
    /// The purpose of the case.
    pub about: CleanText,
    /// Lines of evidence.
    pub evidence: Vec<CleanText>,
    /// Questions and answers by name.
    ///
    /// The question may be `*`, the answer `unknown` or `none`.
    pub answers: Vec<(CleanText, CleanText)>,
    /// `card`, `shortlist`, `link`, `escalate` or `question`.
    pub ends: CleanText,
    /// The cards at its end, by name.
    pub cards: Vec<CleanText>,
}
