//! A tree as it is written: the words of the author, each with its place.
//!
//! Nothing here has been resolved: a reference is a word that may name nothing.

use std::ops::Range;

use super::model::{BackAndForth, Effect, FillSource, Likelihood, Takes};
use super::pattern::{Pattern, Template};
use crate::text::CleanText;

/// A value and the bytes of the file that it was read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub at: Range<usize>,
}

/// A text and its place.
pub type Text = Spanned<CleanText>;

/// `tree.json`.
#[derive(Clone, Debug)]
pub struct TreeFile {
    /// The tree's id.
    pub id: Text,
    /// What it is for, a few words.
    pub title: Text,
    /// What it is for, a sentence or two.
    pub about: Text,
    /// The card that is shown when nothing fits.
    pub escalation: Text,
    /// Groups of words that mean the same to whoever looks something up.
    pub synonyms: Vec<Vec<Text>>,
    /// What it says of evidence as a whole.
    pub evidence: EvidenceFile,
    /// Lines that stand in the logs when nothing is wrong.
    pub everyday: Vec<Text>,
    /// Placeholders of commands, each with a made-up value for exercises.
    pub examples: Vec<(Text, Text)>,
    /// The questions in the order of the file.
    pub questions: Vec<(Text, QuestionFile)>,
    /// The first node.
    pub start: NodeFile,
    /// Named nodes that several places share.
    pub branches: Vec<(Text, NodeFile)>,
}

/// What a tree says of evidence as a whole.
#[derive(Clone, Debug, Default)]
pub struct EvidenceFile {
    /// What fills placeholders of commands.
    pub fills: Vec<(Text, Vec<FillSource>)>,
    /// What is no trouble although it may look so.
    pub harmless: Vec<Pattern>,
    /// Fields that hold an encoded text, each with what it is.
    pub encoded: Vec<(Text, Text)>,
}

/// One question.
#[derive(Clone, Debug)]
pub struct QuestionFile {
    /// The question, as a person would ask it.
    pub ask: Text,
    /// What the answer changes.
    pub why: Text,
    /// The possible answers.
    pub options: Spanned<Vec<OptionFile>>,
    /// How to learn the answer.
    pub find_out: FindOutFile,
}

/// One possible answer.
#[derive(Clone, Debug)]
pub struct OptionFile {
    /// Its id within the question.
    pub id: Text,
    /// What a person reads.
    pub label: Text,
    /// What proves it.
    pub patterns: Vec<Pattern>,
}

/// How to learn the answer to a question.
#[derive(Clone, Debug)]
pub struct FindOutFile {
    /// A sentence.
    pub how: Text,
    /// A command that changes nothing, with placeholders.
    pub command: Option<Text>,
    /// How long it takes.
    pub takes: Takes,
    /// What is seen, by option.
    pub shows: Vec<(Text, Text)>,
    /// What is read is a log: there stand harmless lines, too.
    pub is_log: bool,
    /// What is printed, for exercises.
    pub prints: PrintsFile,
    /// The question in whose output the answer stands.
    pub stands_in: Option<Text>,
}

/// Lines that are printed, by option or `none`.
pub type PrintsFile = Vec<(Text, Vec<Text>)>;

/// A node of the branching.
#[derive(Clone, Debug)]
pub enum NodeFile {
    /// Ask a question, go on by the answer.
    Ask {
        /// The question's id.
        question: Text,
        /// Option and node.
        then: Spanned<Vec<(Text, NodeFile)>>,
    },
    /// The end: these cards.
    Cards(Vec<Text>),
    /// Go on in a named branch.
    See(Text),
    /// Something that could not be read; its problem has been noted.
    Unreadable,
}

/// `cards/<id>.json`.
#[derive(Clone, Debug)]
pub struct CardFile {
    /// The diagnosis in a few words.
    pub title: Text,
    /// What it is.
    pub about: Text,
    /// How often it is met.
    pub likelihood: Likelihood,
    /// The log categories in which it shows.
    pub log: Vec<Text>,
    /// What points to it.
    pub signatures: Vec<SignatureFile>,
    /// What can lead to it.
    pub risks: Vec<RiskFile>,
    /// The cards that own the same text.
    pub shares_signatures_with: Vec<Text>,
    /// The words of operators.
    pub also_called: Vec<Text>,
    /// What is observed.
    pub symptoms: Vec<Text>,
    /// Why it happens.
    pub causes: Vec<CauseFile>,
    /// What helps.
    pub remedies: Vec<RemedyFile>,
    /// Look-alikes.
    pub not_this_if: Vec<LookAlikeFile>,
    /// When to hand it on, and with what.
    pub escalate: Option<EscalateFile>,
    /// Where to read on.
    pub docs: Vec<DocFile>,
    /// Where the facts come from.
    pub source: Text,
    /// The day of the last review, `YYYY-MM-DD`.
    pub reviewed: Text,
    /// What it says for exercises.
    pub drill: CardDrillFile,
}

/// What a card says for exercises about it.
#[derive(Clone, Debug, Default)]
pub struct CardDrillFile {
    /// What may be told at first.
    pub alarms: Vec<AlarmFile>,
    /// What is printed when this card is true, by question.
    pub prints: Vec<(Text, PrintsFile)>,
    /// What in a line tells the causes apart.
    pub tells: Vec<TellFile>,
    /// Remedies of look-alikes that are offered beside those of the card, by card.
    pub wrong: Vec<(Text, Vec<Text>)>,
}

/// What in a line tells the causes of a card apart.
#[derive(Clone, Debug)]
pub struct TellFile {
    /// What reveals it.
    pub pattern: Spanned<Pattern>,
    /// The causes that it leaves possible.
    pub leaves: Vec<Text>,
    /// Why, a sentence.
    pub says: Text,
}

/// What may be told at first when a card is true.
#[derive(Clone, Debug)]
pub struct AlarmFile {
    /// A sentence or two.
    pub says: Text,
    /// The questions that are answered by it, with their options.
    pub answers: Vec<(Text, Text)>,
}

/// A pattern that points to a card.
#[derive(Clone, Debug)]
pub struct SignatureFile {
    /// The pattern.
    pub pattern: Spanned<Pattern>,
    /// What must take turns.
    pub back_and_forth: Option<BackAndForth>,
    /// The error string as its vendor prints it.
    pub documented: Option<Text>,
    /// Lines that it matches.
    pub samples: Vec<Text>,
    /// Lines that it must not match.
    pub never: Vec<Text>,
}

/// What can lead to a card's trouble.
#[derive(Clone, Debug)]
pub struct RiskFile {
    /// The pattern.
    pub pattern: Spanned<Pattern>,
    /// What it means.
    pub says: Spanned<Template>,
    /// Lines or documents in which it is found.
    pub samples: Vec<Text>,
    /// Lines or documents in which it must not be found.
    pub never: Vec<Text>,
}

/// A cause within a card.
#[derive(Clone, Debug)]
pub struct CauseFile {
    /// Its id within the card.
    pub id: Text,
    /// A sentence.
    pub text: Text,
    /// How often it is the cause.
    pub likelihood: Likelihood,
}

/// A remedy within a card.
#[derive(Clone, Debug)]
pub struct RemedyFile {
    /// Its id within the card.
    pub id: Text,
    /// What to do.
    pub act: Text,
    /// The causes it removes, or tells apart.
    pub fixes: Spanned<Vec<Text>>,
    /// What it does to the system.
    pub effect: Effect,
    /// How long it takes.
    pub takes: Takes,
    /// Commands with placeholders.
    pub commands: Vec<CommandFile>,
    /// How to see that it worked.
    pub verify: Text,
    /// How to take it back.
    pub undo: Option<Text>,
}

/// A command and what it prints.
#[derive(Clone, Debug)]
pub struct CommandFile {
    /// The command, with placeholders.
    pub run: Text,
    /// What its output looks like when this is the cause.
    pub shows: Text,
}

/// A look-alike of a card.
#[derive(Clone, Debug)]
pub struct LookAlikeFile {
    /// How to tell.
    pub sign: Text,
    /// The card that it is instead.
    pub card: Option<Text>,
}

/// When to hand a case on.
#[derive(Clone, Debug)]
pub struct EscalateFile {
    /// When.
    pub when: Text,
    /// What to hand over.
    pub with: Vec<Text>,
}

/// A page to read.
#[derive(Clone, Debug)]
pub struct DocFile {
    /// Its title.
    pub title: Text,
    /// Its address.
    pub url: Text,
}

/// `drills/<id>.json`: an incident to train with.
#[derive(Clone, Debug)]
pub struct DrillFile {
    /// What it is called.
    pub title: Text,
    /// What is told at first.
    pub story: Text,
    /// The hidden card.
    pub card: Text,
    /// Question and what finding out about it shows.
    pub clues: Vec<(Text, ClueFile)>,
    /// Lines that are no trouble, and look as if they were.
    pub red_herrings: Vec<Text>,
    /// The questions in the order in which they are offered.
    pub order: Vec<Text>,
    /// The questions that the story answers, with their options.
    pub answers: Vec<(Text, Text)>,
    /// The remedies that may be tried first.
    pub remedies: Vec<Text>,
}

/// What finding out about a question shows in an incident.
#[derive(Clone, Debug)]
pub struct ClueFile {
    /// The answer.
    pub option: Option<Text>,
    /// The lines that are shown.
    pub shows: Vec<Text>,
}

/// `cases/<id>.json`: a golden case.
#[derive(Clone, Debug)]
pub struct CaseFile {
    /// What it shows.
    pub about: Text,
    /// Lines of evidence.
    pub evidence: Vec<Text>,
    /// Question (or `*`) and answer.
    pub answers: Vec<(Text, Text)>,
    /// How the walk ends.
    pub ends: Text,
    /// The cards at its end.
    pub cards: Vec<Text>,
}
