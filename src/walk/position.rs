//! Computes the position of a walk: the next step, and the candidates.

use super::candidates::{Alive, Candidate, alive};
use super::choose;
use super::known::{Given, Known};
use crate::tree::{CardId, OptionId, QuestionId, Tree};

/// The position of a walk.
#[derive(Clone, Debug, PartialEq)]
pub struct Position {
    /// The next step.
    pub step: Step,
    /// The cards that are still possible, the likeliest first.
    pub candidates: Vec<Candidate>,
    /// The expected number of remaining questions.
    pub questions_left: f64,
    /// Whether all remedies were tried in vain.
    ///
    /// The candidates are then the look-alikes of the cards whose remedies were tried.
    pub is_after_all_remedies: bool,
}

/// The next step of a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A question to ask.
    Ask(QuestionId),
    /// One card is left.
    Card(CardId),
    /// Several cards remain, and no open question separates them.
    Shortlist,
    /// One link to another tree is left.
    Link(CardId),
    /// No card fits: the tree's escalation card.
    Escalate,
    /// The knowledge excludes every card.
    Conflict(Conflict),
}

/// Answers and evidence that exclude each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The answers and evidence that cause the conflict.
    ///
    /// Without any one of them, the conflict would end. If none ends it alone, all that take part are listed.
    pub culprits: Vec<Culprit>,
}

/// A part of a conflict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Culprit {
    /// The answer to a question.
    Answer(QuestionId),
    /// All evidence: its signatures, and its answers.
    Evidence,
}

/// A question and answer that tell one card from the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// The question to find out about.
    pub question: QuestionId,
    /// The answer that speaks for the card.
    pub option: OptionId,
}

/// The candidates at the end of a walk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shortlist {
    /// The question that is most worth finding out about.
    pub check: Option<QuestionId>,
    /// The likeliest candidates.
    pub likeliest: Vec<Candidate>,
    /// The others, by the answer that speaks for them.
    pub others: Vec<ShortlistGroup>,
}

/// Candidates for which the same answer speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortlistGroup {
    /// The answer; `None` if nothing that is open speaks for them.
    pub sign: Option<Discriminator>,
    /// The cards, the likeliest first.
    pub cards: Vec<CardId>,
}

impl Position {
    pub(super) fn of(tree: &Tree, known: &Known) -> Self {
        Self::with_estimate(tree, known, |here| choose::questions_left(tree, known, here))
    }

    /// Returns the position with 0 remaining questions, whatever is left to ask.
    ///
    /// The estimate looks at many states.
    pub(super) fn without_estimate(tree: &Tree, known: &Known) -> Self {
        Self::with_estimate(tree, known, |_| 0.0)
    }

    fn with_estimate(tree: &Tree, known: &Known, questions_left: impl Fn(&Alive<'_>) -> f64) -> Self {
        let here = alive(tree, known);
        let Some(step) = step(tree, known, &here) else { return Self::without_candidates(tree, known) };
        let questions_left = questions_left(&here);
        Self { step, candidates: here.ranked, questions_left, is_after_all_remedies: false }
    }

    fn without_candidates(tree: &Tree, known: &Known) -> Self {
        let untried = Known { marked: Default::default(), ..known.clone() };
        let step = if !alive(tree, &untried).ranked.is_empty() {
            return after_all_remedies(tree, known, &untried);
        } else if has_excluded_all(tree, known) {
            Step::Escalate
        } else {
            Step::Conflict(conflict(tree, known))
        };
        Self { step, candidates: Vec::new(), questions_left: 0.0, is_after_all_remedies: false }
    }
}

/// Returns the next step while there are candidates.
pub(super) fn step(tree: &Tree, known: &Known, here: &Alive<'_>) -> Option<Step> {
    Some(match here.ranked.as_slice() {
        [] => return None,
        [only] if only.card == tree.escalation => Step::Escalate,
        [only] => card_or_link(tree, only.card),
        _ => choose::next_question(tree, known, here).map_or(Step::Shortlist, Step::Ask),
    })
}

/// Returns the step when a card or a link alone is left.
fn card_or_link(tree: &Tree, card: CardId) -> Step {
    if tree.card(card).leads_to.is_some() { Step::Link(card) } else { Step::Card(card) }
}

/// Returns the position after all remedies of all candidates failed.
///
/// The candidates are the look-alikes that those cards name.
fn after_all_remedies(tree: &Tree, known: &Known, untried: &Known) -> Position {
    let mut look_alikes: Vec<CardId> = Vec::new();
    for candidate in alive(tree, untried).ranked {
        for look_alike in &tree.card(candidate.card).not_this_if {
            look_alikes.extend(look_alike.card.filter(|card| !look_alikes.contains(card)));
        }
    }
    look_alikes.retain(|card| {
        *card != tree.escalation && !super::remedy::is_exhausted(tree.card(*card), |at| known.outcome(*card, at))
    });
    let total: f64 = look_alikes.iter().map(|card| tree.card(*card).likelihood.weight()).sum();
    let mut candidates: Vec<_> = look_alikes
        .into_iter()
        .map(|card| Candidate { card, share: tree.card(card).likelihood.weight() / total })
        .collect();
    candidates.sort_by(|one, other| other.share.total_cmp(&one.share));
    let step = match candidates.as_slice() {
        [] => Step::Escalate,
        [only] => card_or_link(tree, only.card),
        _ => Step::Shortlist,
    };
    Position { step, candidates, questions_left: 0.0, is_after_all_remedies: true }
}

/// Returns whether "none of these" excluded the candidates, not a contradiction.
///
/// Evidence that points to a card is no reason to give up: it is a contradiction that the operator can settle.
fn has_excluded_all(tree: &Tree, known: &Known) -> bool {
    let mut rest = known.clone();
    rest.answers.retain(|_, answer| answer.given != Given::NoneOfThese);
    let has_none_of_these = rest.answers.len() < known.answers.len();
    has_none_of_these && known.limiting().next().is_none() && !alive(tree, &rest).ranked.is_empty()
}

fn conflict(tree: &Tree, known: &Known) -> Conflict {
    let is_solved_by = |rest: Known| !alive(tree, &rest).ranked.is_empty();
    let taking_part: Vec<QuestionId> = known
        .answers
        .iter()
        .filter(|(_, answer)| answer.given != Given::Unknown)
        .map(|(question, _)| *question)
        .collect();
    let mut culprits: Vec<Culprit> = taking_part
        .iter()
        .filter(|question| is_solved_by(known.without(**question)))
        .map(|question| Culprit::Answer(*question))
        .collect();
    let has_evidence = known.limiting().next().is_some() || !known.successes.is_empty();
    if has_evidence && is_solved_by(known.without_evidence()) {
        culprits.push(Culprit::Evidence);
    }
    if culprits.is_empty() {
        culprits.extend(taking_part.into_iter().map(Culprit::Answer));
        culprits.extend(has_evidence.then_some(Culprit::Evidence));
    }
    Conflict { culprits }
}
