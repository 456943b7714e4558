//! Says what may be claimed about each card.
//!
//! A verdict is derived from everything that is known but the cards that the operator opened: to open a card proves
//! nothing. A card is
//!
//! - *confirmed* if a line names its failure alone, or if the answers leave no other card, a path to it has a definite
//!   answer to every question, and the last of these decides (a status or code alone does not, see `Choice::decides`).
//!   "Don't know" stays what it is, even if a later answer implies one,
//! - *likely* if it is the only one left, or has more than half of the likelihood, and no line confirms another one,
//! - *possible* if it is another candidate, and
//! - *ruled out* otherwise.

use super::candidates::{Alive, alive};
use super::event::Provenance;
use super::known::{Given, Known};
use super::remedy;
use crate::tree::model::Path;
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// The share of the likelihood above which a card is likely.
const LIKELY: f64 = 0.5;

/// The claim that may be made about a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is this card.
    Confirmed(Confirmation),
    /// It is the best of the candidates.
    Likely,
    /// It fits, as others do.
    Possible,
    /// It does not fit.
    RuledOut(RuledOutBy),
}

impl Verdict {
    /// Returns the word in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Confirmed(_) => "confirmed",
            Verdict::Likely => "likely",
            Verdict::Possible => "possible",
            Verdict::RuledOut(_) => "ruled out",
        }
    }
}

/// The reason for which a card is confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Confirmation {
    /// A line that names the failure.
    Line(Provenance),
    /// Definite answers that leave no other card.
    Answers,
}

/// The reason for which a card is ruled out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuledOutBy {
    /// The answer to a question contradicts every path to the card.
    Answer(QuestionId),
    /// A code in a line contradicts every path to the card.
    Code(QuestionId, Provenance),
    /// The answers to several questions together contradict every path to the card.
    Answers(Vec<QuestionId>),
    /// A line names other cards.
    Line(Provenance),
    /// A line says that something works.
    Success(Provenance),
    /// Paths to other cards explain more answers.
    ///
    /// These are the answers that stand on them, and not on all paths to the card.
    Unexplained(Vec<QuestionId>),
    /// All its remedies were tried in vain.
    Remedies,
}

/// The verdicts of a walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdicts {
    /// The candidates with their verdicts, the likeliest first.
    pub candidates: Vec<(CardId, Verdict)>,
    /// The other cards, each with the reason.
    ///
    /// In the order of the tree. The escalation card is never among them.
    pub ruled_out: Vec<(CardId, RuledOutBy)>,
}

impl Verdicts {
    /// Derives the verdicts from what is known.
    pub fn of(tree: &Tree, known: &Known) -> Self {
        let known = known.without_opened();
        let here = alive(tree, &known);
        let is_candidate = |card: CardId| here.ranked.iter().any(|candidate| candidate.card == card);
        let confirmed: Vec<_> = here
            .ranked
            .iter()
            .map(|candidate| candidate.card)
            .filter_map(|card| Some((card, confirmation(tree, &known, &here, card)?)))
            .collect();
        let verdict = |card: CardId, share: f64| match confirmed.iter().find(|(of, _)| *of == card) {
            Some((_, by)) => Verdict::Confirmed(by.clone()),
            None if confirmed.is_empty() && (share > LIKELY || here.ranked.len() == 1) => Verdict::Likely,
            None => Verdict::Possible,
        };
        let candidates = here.ranked.iter().map(|candidate| (candidate.card, verdict(candidate.card, candidate.share)));
        let others = tree.diagnoses().map(|(card, _)| card).filter(|card| !is_candidate(*card));
        let ruled_out = others.map(|card| (card, ruled_out_by(tree, &known, &here, card)));
        Self { candidates: candidates.collect(), ruled_out: ruled_out.collect() }
    }

    /// Returns the verdict on a card; `None` for the escalation card.
    pub fn of_card(&self, card: CardId) -> Option<Verdict> {
        let candidate = self.candidates.iter().find(|(of, _)| *of == card).map(|(_, verdict)| verdict.clone());
        let ruled_out = || self.ruled_out.iter().find(|(of, _)| *of == card).map(|(_, by)| by.clone());
        candidate.or_else(|| ruled_out().map(Verdict::RuledOut))
    }

    /// Returns whether a card is a candidate.
    pub(super) fn is_candidate(&self, card: CardId) -> bool {
        self.candidates.iter().any(|(candidate, _)| *candidate == card)
    }

    /// Returns the first card that is confirmed.
    pub fn confirmed(&self) -> Option<CardId> {
        let mut candidates = self.candidates.iter();
        candidates.find(|(_, verdict)| matches!(verdict, Verdict::Confirmed(_))).map(|(card, _)| *card)
    }
}

fn confirmation(tree: &Tree, known: &Known, here: &Alive<'_>, card: CardId) -> Option<Confirmation> {
    let named = known.hits.iter().find(|hit| hit.names_alone(card));
    if let Some(hit) = named {
        return Some(Confirmation::Line(hit.provenance.clone()));
    }
    let is_definite = |path: &Path| {
        let is_answered = |question| matches!(known.given(question), Some(Given::Option(_)));
        // Also an answer that follows from another one: every path with the other has it.
        let follows = |(question, option): &(QuestionId, OptionId)| {
            let answered = path.steps.iter().filter(|(other, _)| is_answered(*other));
            let mut answered = answered
                .map(|(other, given)| tree.paths.iter().filter(move |path| path.answer(*other) == Some(*given)));
            answered.any(|mut paths| paths.all(|path| path.answer(*question) == Some(*option)))
        };
        // The answer to "If …, what?" does not settle a question that the operator left open.
        let is_open = |question| known.given(question).is_some_and(|given| !matches!(given, Given::Option(_)));
        path.steps.iter().all(|step| is_answered(step.0) || (!is_open(step.0) && follows(step)))
            && path.steps.last().is_some_and(|(question, option)| tree.option(*question, *option).decides)
    };
    let is_only = here.ranked.len() == 1;
    let mut paths = here.paths.best.iter().filter(|path| path.cards.contains(&card)).map(|alive| alive.path);
    (is_only && paths.any(is_definite)).then_some(Confirmation::Answers)
}

fn ruled_out_by(tree: &Tree, known: &Known, here: &Alive<'_>, card: CardId) -> RuledOutBy {
    let (given, own) = (known.given_answers(tree), tree.paths_to(card).collect::<Vec<&Path>>());
    let answered = || known.answers.keys().copied();
    if let Some(one) = answered().find(|question| own.iter().all(|path| given.contradicts_path(path, *question))) {
        return RuledOutBy::Answer(one);
    }
    if let Some(success) = known.disproof(card) {
        return RuledOutBy::Success(success.provenance.clone());
    }
    let has_code = |path: &Path, question| path.answer(question).is_none_or(|option| known.has_code(question, option));
    let mut codes = known.codes.iter();
    if let Some((question, code)) = codes.find(|(question, _)| own.iter().all(|path| !has_code(path, **question))) {
        return RuledOutBy::Code(*question, code.provenance.clone());
    }
    let first = |path: &&Path| answered().find(|question| given.contradicts_path(path, *question));
    let contradictions: Option<Vec<QuestionId>> = own.iter().map(first).collect();
    if let Some(mut questions) = contradictions {
        questions.sort_unstable();
        questions.dedup();
        return RuledOutBy::Answers(questions);
    }
    if here.owners.as_ref().is_some_and(|owners| !owners.contains(card))
        && let Some(hit) = known.limiting().find(|hit| !hit.cards.contains(&card))
    {
        return RuledOutBy::Line(hit.provenance.clone());
    }
    if known.has_marked(card) && remedy::is_exhausted(tree.card(card), |at| known.outcome(card, at)) {
        return RuledOutBy::Remedies;
    }
    // A better path explains these, and a path to the card does not.
    let answered =
        answered().chain(known.codes.keys().copied().filter(|question| known.left_by_code(*question).is_some()));
    let explained = answered.filter(|question| here.paths.best.iter().any(|path| path.explains.contains(*question)));
    let is_missing = |question: &QuestionId| own.iter().any(|path| path.answer(*question).is_none());
    RuledOutBy::Unexplained(explained.filter(is_missing).collect())
}
