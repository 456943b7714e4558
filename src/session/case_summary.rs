//! Says in a list what a case is about.

use super::walks::{self, has_events};
use crate::case::{CaseState, CaseSummary, HelpedStep, redacted};
use crate::export::verdict::verdict;
use crate::text::CleanText;
use crate::tree::CardId;
use crate::walk::{Event, StepOutcome, Walk};

/// Returns what a list says of a walk.
pub fn summary(walk: &Walk) -> CaseSummary {
    let known = walk.known();
    let answers = known.answers.keys().filter(|question| walks::is_of_operator(walk, **question)).count();
    let evidence = walk.live_events().filter(|(_, event)| matches!(event, Event::EvidenceAdded(_))).count();
    let state = match solved_by(walk) {
        _ if !has_events(walk) => CaseState::Empty,
        _ if walk.is_escalated() => CaseState::Escalated,
        Some(_) => CaseState::Solved,
        None => CaseState::Open,
    };
    let card = walks::card_of(walk).map(|(_, card)| card).filter(|card| *card != walk.tree().escalation);
    CaseSummary {
        tree: walk.tree().id.clone(),
        system: walk.tree().title.clone(),
        about: redacted(&CleanText::line(&walks::way(walk).join(" › "))),
        standing: CleanText::line(&walks::standing(walk)),
        verdict: card.map(|card| CleanText::line(&verdict(walk, card))).unwrap_or_default(),
        answers,
        evidence,
        steps: known.marked.len(),
        state,
        helped: helped_by(walk).and_then(|(card, remedy)| {
            let card = walk.tree().card(card);
            let step = card.remedies.get(remedy)?.id.clone();
            Some(HelpedStep { card: card.id.clone(), step })
        }),
    }
}

/// Returns the card of which a step helped.
pub fn solved_by(walk: &Walk) -> Option<CardId> {
    helped_by(walk).map(|(card, _)| card)
}

/// Returns the step that helped: its card, and the position in it.
pub(super) fn helped_by(walk: &Walk) -> Option<(CardId, usize)> {
    let mut marked = walk.known().marked.iter();
    marked.find(|(_, outcome)| **outcome == StepOutcome::Helped).map(|(step, _)| (step.card, step.index))
}
