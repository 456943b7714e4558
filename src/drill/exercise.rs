//! Unites both kinds of exercises, and applies a trainee's actions.

use super::generate::incident::Incident;
use super::generate::material::Material;
use super::generate::recognise::Recognise;
use super::judge::remedy::{self, RemedyChoice};
use super::judge::score::{self, Deduction};
use super::judge::state::{DrillAction, DrillState, Stage};
use super::mode::Mode;
use super::schedule::Grade;
use super::schedule::progress::Answered;
use crate::tree::{CardId, Tree};

/// An exercise of either kind.
#[derive(Debug)]
pub enum Exercise {
    /// Shows log lines and asks for their card.
    Recognise(Recognise),
    /// Opens with an alarm and asks which card is its cause.
    Incident(Incident),
}

impl Exercise {
    /// Creates an exercise about a card.
    ///
    /// Equal seeds give equal exercises. `beside` is a card that the trainee confused with this one before. It is
    /// offered as well, but only in a "recognize" exercise.
    pub fn new(material: &Material, mode: Mode, card: CardId, beside: Option<CardId>, seed: u64) -> Self {
        match mode {
            Mode::Recognise => Exercise::Recognise(Recognise::new(material, card, beside, seed)),
            Mode::Incident => Exercise::Incident(Incident::new(material, card, seed)),
        }
    }

    /// Returns the exercise for an exam, without feedback on the card.
    #[must_use]
    pub fn strict(self) -> Self {
        match self {
            Exercise::Recognise(recognise) => Exercise::Recognise(recognise.strict()),
            Exercise::Incident(incident) => Exercise::Incident(incident.strict()),
        }
    }

    /// Returns the tree that the exercise is about.
    pub fn tree(&self) -> &Tree {
        match self {
            Exercise::Recognise(recognise) => recognise.tree(),
            Exercise::Incident(incident) => incident.tree(),
        }
    }

    /// Returns the card that the exercise is about.
    pub fn card(&self) -> CardId {
        match self {
            Exercise::Recognise(recognise) => recognise.card(),
            Exercise::Incident(incident) => incident.card(),
        }
    }

    /// Returns the cards that count as right.
    ///
    /// There are several if the tree cannot distinguish them.
    pub fn right(&self) -> &[CardId] {
        match self {
            Exercise::Recognise(recognise) => recognise.right(),
            Exercise::Incident(incident) => incident.right(),
        }
    }

    /// Returns the remedies to choose from.
    ///
    /// They are judged as if the trainee had seen all lines and outputs of the exercise.
    pub fn remedies(&self) -> &[RemedyChoice] {
        match self {
            Exercise::Recognise(recognise) => recognise.remedies(),
            Exercise::Incident(incident) => incident.remedies(),
        }
    }

    /// Returns the remedies to offer in a state, and their card.
    ///
    /// In an exam, the remedies are those of the named card, right or wrong, because the offer must not reveal the
    /// solution.
    pub fn offered(&self, state: &DrillState) -> (CardId, Vec<RemedyChoice>) {
        let is_strict = match self {
            Exercise::Recognise(recognise) => recognise.is_strict,
            Exercise::Incident(incident) => incident.is_strict,
        };
        let wrong = state.named.first().filter(|named| is_strict && !self.right().contains(named));
        match wrong {
            Some(named) => (*named, remedy::of_wrong_card(self.tree(), *named)),
            None => match self {
                Exercise::Recognise(recognise) => (self.card(), recognise.remedies().to_vec()),
                Exercise::Incident(incident) => (self.card(), incident.remedies_after(state)),
            },
        }
    }

    /// Replays actions from the start and returns the state after them.
    ///
    /// An action that is not possible in its state changes nothing.
    pub fn play(&self, moves: &[DrillAction]) -> DrillState {
        let mut state = DrillState::default();
        for step in moves {
            self.step(&mut state, *step);
        }
        state
    }

    /// Performs one action; an impossible action changes nothing.
    pub fn step(&self, state: &mut DrillState, step: DrillAction) {
        if let (Stage::Remedy, DrillAction::Remedy(at)) = (state.stage, step) {
            if self.offered(state).1.iter().any(|choice| choice.remedy == at) {
                state.remedy = Some(at);
                state.stage = Stage::Done;
            }
            return;
        }
        match self {
            Exercise::Recognise(recognise) => recognise.step(state, step),
            Exercise::Incident(incident) => incident.step(state, step),
        }
    }

    /// Returns the score, 0 to 100.
    pub fn points(&self, state: &DrillState) -> u32 {
        score::points(&self.deductions(state))
    }

    /// Returns the reasons for deductions, with their points.
    pub fn deductions(&self, state: &DrillState) -> Vec<(Deduction, u32)> {
        match self {
            Exercise::Recognise(recognise) => recognise.deductions(state),
            Exercise::Incident(incident) => incident.deductions(state),
        }
    }

    /// Returns the grade for the schedule.
    pub fn grade(&self, state: &DrillState) -> Grade {
        match self {
            Exercise::Recognise(recognise) => recognise.grade(state),
            Exercise::Incident(incident) => incident.grade(state),
        }
    }

    /// Returns the answer for the journal.
    ///
    /// It is final as soon as [`DrillState::is_answered`] is true.
    pub fn answered(&self, state: &DrillState, day: i64) -> Answered {
        let (tree, card) = (self.tree(), self.card());
        let name = |card: CardId| tree.card(card).id.clone();
        let first = state.named.first().copied();
        let is_told = first.is_some_and(|named| self.right().contains(&named));
        let confused_with = first.filter(|_| !is_told);
        let beside: Vec<CardId> = match self {
            Exercise::Recognise(recognise) => recognise.choices().iter().map(|offer| offer.card).collect(),
            Exercise::Incident(incident) => incident.look_alikes().to_vec(),
        };
        // A card is distinguished from the others only if it is named first. Hints do not change this.
        let distinguished_from = beside.into_iter().filter(|other| is_told && !self.right().contains(other));
        Answered {
            day,
            tree: tree.id.to_string(),
            card: name(card).into_string(),
            confused_with: confused_with.map(|card| name(card).into_string()),
            distinguished_from: distinguished_from.map(|card| name(card).into_string()).collect(),
            grade: self.grade(state),
        }
    }
}
