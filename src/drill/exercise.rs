//! Unites both kinds of exercises, and applies a trainee's actions.

use super::generate::incident::Incident;
use super::generate::material::Material;
use super::generate::recognize::Recognize;
use super::judge::remedy::{self, RemedyChoice};
use super::judge::score::{self, Deduction};
use super::judge::state::{DrillAction, DrillState, Stage};
use super::mode::Mode;
use super::schedule::Grade;
use super::schedule::progress::Answered;
use super::subject::Subject;
use crate::tree::{CardId, Tree};

/// An exercise of either kind.
#[derive(Debug)]
pub enum Exercise {
    /// Shows log lines and asks for their card.
    Recognize(Recognize),
    /// Opens with an alarm and asks which card is its cause.
    Incident(Incident),
}

impl Exercise {
    /// Creates an exercise about a card.
    ///
    /// Equal seeds give equal exercises. `beside` is a card that the trainee confused with this one before. It is
    /// offered as well, but only in a "recognize" exercise and if it is wrong.
    pub fn new(material: &Material, mode: Mode, card: CardId, beside: Option<CardId>, seed: u64) -> Self {
        match mode {
            Mode::Recognize => Exercise::Recognize(Recognize::new(material, card, beside, seed)),
            Mode::Incident => Exercise::Incident(Incident::new(material, card, seed)),
        }
    }

    /// Returns the exercise for an exam, without feedback on the card.
    #[must_use]
    pub fn strict(mut self) -> Self {
        match &mut self {
            Exercise::Recognize(recognize) => recognize.subject.is_strict = true,
            Exercise::Incident(incident) => incident.subject.is_strict = true,
        }
        self
    }

    /// Returns the parts that both kinds of exercises have.
    pub fn subject(&self) -> &Subject {
        match self {
            Exercise::Recognize(recognize) => &recognize.subject,
            Exercise::Incident(incident) => &incident.subject,
        }
    }

    /// Returns the tree of the [`Subject`].
    pub fn tree(&self) -> &Tree {
        &self.subject().tree
    }

    /// Returns the card of the [`Subject`].
    pub fn card(&self) -> CardId {
        self.subject().card
    }

    /// Returns the right cards of the [`Subject`].
    pub fn right(&self) -> &[CardId] {
        &self.subject().right
    }

    /// Returns the remedies of the [`Subject`].
    pub fn remedies(&self) -> &[RemedyChoice] {
        &self.subject().remedies
    }

    /// Returns the card whose remedies are offered in a state.
    ///
    /// In an exam, a wrong card is offered its own remedies, because the offer must not reveal the solution. In all
    /// other cases they are the remedies of the exercise's card, even if another right card was named.
    pub(crate) fn offered_card(&self, state: &DrillState) -> CardId {
        let Subject { card, right, is_strict, .. } = self.subject();
        *state.named.first().filter(|named| *is_strict && !right.contains(named)).unwrap_or(card)
    }

    /// Returns the remedies to offer in a state, and their card.
    pub fn offered(&self, state: &DrillState) -> (CardId, Vec<RemedyChoice>) {
        let card = self.offered_card(state);
        let choices = match self {
            _ if card != self.card() => remedy::of_wrong_card(self.tree(), card),
            Exercise::Recognize(_) => self.remedies().to_vec(),
            Exercise::Incident(incident) => incident.remedies_after(state),
        };
        (card, choices)
    }

    /// Returns the state before the first action.
    pub fn begin(&self) -> DrillState {
        let stage = match self {
            Exercise::Recognize(recognize) if recognize.asks_for_line() => Stage::Line,
            _ => Stage::default(),
        };
        DrillState { stage, ..DrillState::default() }
    }

    /// Replays actions from the start and returns the state after them.
    ///
    /// An action that is not possible in its state changes nothing.
    pub fn play(&self, moves: &[DrillAction]) -> DrillState {
        let mut state = self.begin();
        for step in moves {
            self.step(&mut state, *step);
        }
        state
    }

    /// Performs one action; an impossible action changes nothing.
    pub fn step(&self, state: &mut DrillState, step: DrillAction) {
        match (state.stage, step) {
            (Stage::Line, DrillAction::Line(at)) if self.has_line(at) => {
                state.line = Some(at);
                state.stage = Stage::Naming;
            }
            // The line is shown, and its points are lost.
            (Stage::Line, DrillAction::DontKnow) => state.stage = Stage::Naming,
            (Stage::Naming, DrillAction::Name { card, typed }) => self.name(state, card, typed),
            (Stage::Naming, DrillAction::Check(question)) => {
                if let Exercise::Incident(incident) = self {
                    incident.find_out(state, question);
                }
            }
            (Stage::Naming, DrillAction::Hint) => {
                if let Some(level) = state.next_level() {
                    state.take_hint(match self {
                        Exercise::Recognize(recognize) => recognize.hint(level),
                        Exercise::Incident(incident) => incident.hint(state, level),
                    });
                }
            }
            // "I don't know" costs no points, and naming goes on. It shows what the tree says to every user: the
            // description of each choice, or the tree's next question.
            (Stage::Naming, DrillAction::DontKnow) => {
                state.unknowns += 1;
                state.unsure_after = Some(state.checked.len());
            }
            (Stage::Remedy, DrillAction::Remedy(at))
                if self.offered(state).1.iter().any(|choice| choice.remedy == at) =>
            {
                state.remedy = Some(at);
                state.stage = Stage::Done;
            }
            (Stage::Line | Stage::Naming | Stage::Remedy, DrillAction::GiveUp) => state.give_up(),
            _ => {}
        }
    }

    fn has_line(&self, at: usize) -> bool {
        matches!(self, Exercise::Recognize(recognize) if at < recognize.lines().len())
    }

    fn name(&self, state: &mut DrillState, card: CardId, typed: bool) {
        let subject = self.subject();
        let exists = usize::from(card) < subject.tree.cards().count();
        if !exists || state.named.contains(&card) {
            return;
        }
        state.named.push(card);
        state.typed = typed;
        // An incident goes on after a wrong card. Feedback on log lines gives the solution away, so that only the first
        // card counts.
        if matches!(self, Exercise::Recognize(_)) || subject.is_strict || subject.right.contains(&card) {
            state.stage = if subject.remedies.is_empty() { Stage::Done } else { Stage::Remedy };
        }
    }

    /// Returns the score, 0 to 100.
    pub fn points(&self, state: &DrillState) -> u32 {
        score::points(&self.deductions(state))
    }

    /// Returns the reasons for deductions, with their points.
    pub fn deductions(&self, state: &DrillState) -> Vec<(Deduction, u32)> {
        match self {
            Exercise::Recognize(recognize) => recognize.deductions(state),
            Exercise::Incident(incident) => incident.deductions(state),
        }
    }

    /// Returns the grade for the schedule.
    pub fn grade(&self, state: &DrillState) -> Grade {
        match self {
            Exercise::Recognize(recognize) => recognize.grade(state),
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
        let is_told = self.subject().is_named_right(state);
        let confused_with = first.filter(|_| !is_told);
        let beside: Vec<CardId> = match self {
            Exercise::Recognize(recognize) => recognize.choices().iter().map(|offer| offer.card).collect(),
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
