//! A tree as it is used: every reference exists, so that nothing that works with it can fail.

pub mod evidence;
pub mod ids;
pub mod training;

use crate::text::CleanText;
use crate::tree::pattern::{Pattern, Template};
use training::{ExpectedAnswer, Printed, TeamDrill, Training};

pub use super::scales::{Effect, Likelihood, Takes};
pub use super::source::card_file::{Command, Doc, Escalate};
pub use super::source::evidence::{BackAndForth, FillSource};
pub use evidence::{Fill, Risk, Signature};
pub use ids::{CardId, OptionId, QuestionId, RemedyRef};

/// A decision tree. It has at least one question, one path and the escalation card.
#[derive(Clone, Debug)]
pub struct Tree {
    /// Its id, the name of its folder.
    pub id: CleanText,
    /// What it is for, a few words.
    pub title: CleanText,
    /// What it is for, a sentence or two.
    pub about: CleanText,
    /// Where it was read from: `embedded`, or a folder.
    pub origin: CleanText,
    /// The path of its `tree.json`, for people.
    pub path: CleanText,
    /// Groups of words that mean the same to whoever looks something up.
    pub synonyms: Vec<Vec<CleanText>>,
    /// What fills placeholders of commands.
    pub fills: Vec<Fill>,
    /// What is no trouble although it may look so.
    pub harmless: Vec<Pattern>,
    /// Fields that hold an encoded text worth reading (base64), each with what it is.
    pub encoded: Vec<(CleanText, CleanText)>,
    /// Lines that stand in the logs when nothing is wrong.
    pub everyday: Vec<CleanText>,
    /// Placeholders of commands, each with a made-up value for exercises.
    pub examples: Vec<(CleanText, CleanText)>,
    /// The questions, in the order of the file.
    pub(in crate::tree) questions: Vec<Question>,
    /// The cards, in the order of their ids.
    pub(in crate::tree) cards: Vec<Card>,
    /// The card that is shown when nothing fits.
    pub escalation: CardId,
    /// Every way from the start to a leaf on which each question has one answer, in the author's order.
    pub paths: Vec<Path>,
    /// Golden cases.
    pub cases: Vec<Case>,
    /// Incidents to train with, in the order of their ids.
    pub drills: Vec<TeamDrill>,
}

/// One way from the start to a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path {
    /// The questions on the way, in order, each once, with the answer that keeps to the way.
    pub steps: Vec<(QuestionId, OptionId)>,
    /// The cards at its end.
    pub cards: Vec<CardId>,
}

impl Path {
    /// The answer that this way needs to a question, if the question stands on it.
    pub fn answer(&self, question: QuestionId) -> Option<OptionId> {
        self.steps.iter().find(|(asked, _)| *asked == question).map(|(_, option)| *option)
    }
}

impl Tree {
    /// The question of an id.
    pub fn question(&self, id: QuestionId) -> &Question {
        entry(&self.questions, id.0)
    }

    /// The option of an id.
    pub fn option(&self, question: QuestionId, option: OptionId) -> &Choice {
        entry(&self.question(question).options, option.0)
    }

    /// The card of an id.
    pub fn card(&self, id: CardId) -> &Card {
        entry(&self.cards, id.0)
    }

    /// Every question with its id.
    pub fn questions(&self) -> impl DoubleEndedIterator<Item = (QuestionId, &Question)> {
        self.questions.iter().enumerate().map(|(at, question)| (QuestionId(at), question))
    }

    /// Every card with its id, the escalation card among them.
    pub fn cards(&self) -> impl DoubleEndedIterator<Item = (CardId, &Card)> {
        self.cards.iter().enumerate().map(|(at, card)| (CardId(at), card))
    }

    /// Every card that is a diagnosis: all but the escalation card.
    pub fn diagnoses(&self) -> impl Iterator<Item = (CardId, &Card)> {
        self.cards().filter(|(id, _)| *id != self.escalation)
    }

    /// The options of a question with their ids.
    pub fn options(&self, question: QuestionId) -> impl DoubleEndedIterator<Item = (OptionId, &Choice)> {
        self.question(question).options.iter().enumerate().map(|(at, option)| (OptionId(at), option))
    }

    /// The question of that name.
    pub fn find_question(&self, name: &str) -> Option<QuestionId> {
        self.questions().find(|(_, question)| question.id == name).map(|(id, _)| id)
    }

    /// The option of that name.
    pub fn find_option(&self, question: QuestionId, name: &str) -> Option<OptionId> {
        self.options(question).find(|(_, option)| option.id == name).map(|(id, _)| id)
    }

    /// The card of that name.
    pub fn find_card(&self, name: &str) -> Option<CardId> {
        self.cards().find(|(_, card)| card.id == name).map(|(id, _)| id)
    }

    /// Returns the remedy that a reference points to.
    pub fn remedy(&self, at: RemedyRef) -> Option<&Remedy> {
        self.cards.get(usize::from(at.card))?.remedies.get(at.index)
    }

    /// Whether some path to a card agrees with all these answers.
    pub fn has_path(&self, card: CardId, answers: &[(QuestionId, ExpectedAnswer)]) -> bool {
        let mut paths = self.paths.iter().filter(|path| path.cards.contains(&card));
        paths.any(|path| answers.iter().all(|(question, answer)| answer.agrees_with(path.answer(*question))))
    }
}

/// An id is only made by the table that it points into, which never shrinks.
fn entry<T>(table: &[T], at: usize) -> &T {
    match table.get(at) {
        Some(found) => found,
        None => unreachable!("an id of another tree"),
    }
}

/// Something that can be observed.
#[derive(Clone, Debug)]
pub struct Question {
    /// Its name.
    pub id: CleanText,
    /// The question, as a person would ask it.
    pub ask: CleanText,
    /// What the answer changes.
    pub why: CleanText,
    /// The possible answers, one to nine.
    pub options: Vec<Choice>,
    /// How to learn the answer.
    pub find_out: FindOut,
}

/// One possible answer to a question.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its name within the question.
    pub id: CleanText,
    /// What a person reads.
    pub label: CleanText,
    /// What proves it.
    pub patterns: Vec<Pattern>,
    /// What the question's command, or the screen, shows when this is the answer.
    pub shows: Option<CleanText>,
}

/// How to learn the answer to a question.
#[derive(Clone, Debug)]
pub struct FindOut {
    /// A sentence.
    pub how: CleanText,
    /// A command that changes nothing.
    pub command: Option<Template>,
    /// How long it takes.
    pub takes: Takes,
    /// What is read is a log: there stand harmless lines, too.
    pub is_log: bool,
    /// What is printed, for exercises.
    pub prints: Vec<Printed>,
    /// The question in whose output the answer stands: whoever has not found out about that has to do so first.
    pub stands_in: Option<QuestionId>,
}

/// A diagnosis with what to do about it.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its name, the name of its file.
    pub id: CleanText,
    /// The path of its file, for people.
    pub path: CleanText,
    /// The diagnosis in a few words.
    pub title: CleanText,
    /// What it is.
    pub about: CleanText,
    /// How often it is met.
    pub likelihood: Likelihood,
    /// The log categories in which it shows.
    pub log: Vec<CleanText>,
    /// What points to it.
    pub signatures: Vec<Signature>,
    /// What can lead to it.
    pub risks: Vec<Risk>,
    /// The cards that own the same text.
    pub shares_signatures_with: Vec<CardId>,
    /// The words of operators.
    pub also_called: Vec<CleanText>,
    /// What is observed.
    pub symptoms: Vec<CleanText>,
    /// Why it happens.
    pub causes: Vec<Cause>,
    /// What helps, in the author's order.
    pub remedies: Vec<Remedy>,
    /// Look-alikes.
    pub not_this_if: Vec<LookAlike>,
    /// When to hand it on.
    pub escalate: Option<Escalate>,
    /// Where to read on.
    pub docs: Vec<Doc>,
    /// Where the facts come from.
    pub source: CleanText,
    /// The day of the last review, `YYYY-MM-DD`.
    pub reviewed: CleanText,
    /// What it says for exercises.
    pub training: Training,
}

impl Card {
    /// The error strings of the card, as people meet them: what the vendor prints and the texts of its signatures, each
    /// once. Fields of a record stand for themselves only where nothing else does.
    pub fn error_strings(&self) -> Vec<CleanText> {
        let mut strings: Vec<CleanText> = Vec::new();
        let mut add = |string: CleanText| {
            if !strings.iter().any(|known| known.eq_ignore_ascii_case(&string)) {
                strings.push(string);
            }
        };
        self.signatures.iter().filter_map(|signature| signature.documented.clone()).for_each(&mut add);
        for signature in self.signatures.iter().filter(|signature| signature.documented.is_none()) {
            if matches!(signature.pattern, Pattern::Text(_)) {
                add(signature.pattern.to_string().into());
            }
        }
        if strings.is_empty() {
            strings.extend(self.signatures.iter().map(|signature| signature.pattern.to_string().into()));
        }
        strings
    }

    /// Returns the positions of the remedies among which exercises ask for the first one.
    ///
    /// If at least two remedies change something, remedies that only look are left out: to look first is nearly always
    /// right, so choosing it would not show whether the trainee knows the card.
    pub fn remedies_of_exercises(&self) -> Vec<usize> {
        let changes = |at: &usize| self.remedies.get(*at).is_some_and(|remedy| remedy.effect != Effect::Observe);
        let mut remedies: Vec<usize> = (0..self.remedies.len()).collect();
        if remedies.iter().filter(|at| changes(at)).count() > 1 {
            remedies.retain(changes);
        }
        remedies
    }
}

/// Why something happens.
#[derive(Clone, Debug)]
pub struct Cause {
    /// Its name within the card.
    pub id: CleanText,
    /// A sentence.
    pub text: CleanText,
    /// How often it is the cause, among the causes of its card.
    pub likelihood: Likelihood,
}

/// What helps.
#[derive(Clone, Debug)]
pub struct Remedy {
    /// Its name within the card.
    pub id: CleanText,
    /// What to do.
    pub act: CleanText,
    /// Positions, in the card's list of causes, of those that it removes or tells apart.
    pub fixes: Vec<usize>,
    /// What it does to the system.
    pub effect: Effect,
    /// How long it takes.
    pub takes: Takes,
    /// The commands.
    pub commands: Vec<Command>,
    /// How to see that it worked.
    pub verify: CleanText,
    /// How to take it back.
    pub undo: Option<CleanText>,
}

/// A look-alike of a card.
#[derive(Clone, Debug)]
pub struct LookAlike {
    /// How to tell.
    pub sign: CleanText,
    /// The card that it is instead.
    pub card: Option<CardId>,
}

/// A golden case: what goes in, and where it must end.
#[derive(Clone, Debug)]
pub struct Case {
    /// The file, for messages.
    pub path: CleanText,
    /// What it shows.
    pub about: CleanText,
    /// Lines of evidence.
    pub evidence: Vec<CleanText>,
    /// Question and answer, by name; the question may be `*`, the answer `unknown` or `none`.
    pub answers: Vec<(CleanText, CleanText)>,
    /// `card`, `shortlist`, `escalate` or `question`.
    pub ends: CleanText,
    /// The cards at its end, by name.
    pub cards: Vec<CleanText>,
}
