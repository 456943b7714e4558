//! Training: exercises made from a tree, their scoring, and when to ask what again.
//!
//! Pure: the seed of an exercise and the day come in as arguments, so that the same exercise can be made again. An
//! exercise never changes; what somebody does in it is a list of [`DrillAction`]s, and where that leaves them is derived by
//! replay ([`DrillState`]). [`Material`] is what the exercises of a tree are made of, got ready once.

mod generate;
mod judge;
pub mod random;
pub mod schedule;

use crate::tree::{CardId, Tree};

pub use generate::incident::{Check, Incident, seconds};
pub use generate::material::Material;
pub use generate::recognise::{Clue, Feedback, Offer, Recognise};
pub use judge::debrief::{Asked, Better, Debrief};
pub use judge::hint::{Hint, HintLevel};
pub use judge::remedy::RemedyChoice;
pub use judge::score::Deduction;
pub use judge::state::{Checked, DrillAction, DrillState, Stage};
pub use judge::why_not::Difference;
pub use schedule::exam::{ActionWords, Exam, ExerciseResult, Mode, Report, Task};
pub use schedule::progress;

use judge::{remedy, score};
use progress::Answered;
use schedule::Grade;

/// An exercise of either mode.
#[derive(Debug)]
pub enum Exercise {
    /// Which card is this line, and what to do first?
    Recognise(Recognise),
    /// Something is wrong: what is it, and what to do first?
    Incident(Incident),
}

impl Exercise {
    /// The exercise of a seed about a card. `beside` is the card that it was taken for, which is then among what is
    /// offered.
    pub fn new(material: &Material, mode: Mode, card: CardId, beside: Option<CardId>, seed: u64) -> Self {
        match mode {
            Mode::Recognise => Exercise::Recognise(Recognise::new(material, card, beside, seed)),
            Mode::Incident => Exercise::Incident(Incident::new(material, card, seed)),
        }
    }

    /// The same as in an exam: nothing is said of the card that is named, and it counts.
    #[must_use]
    pub fn strict(self) -> Self {
        match self {
            Exercise::Recognise(recognise) => Exercise::Recognise(recognise.strict()),
            Exercise::Incident(incident) => Exercise::Incident(incident.strict()),
        }
    }

    /// Its tree.
    pub fn tree(&self) -> &Tree {
        match self {
            Exercise::Recognise(recognise) => recognise.tree(),
            Exercise::Incident(incident) => incident.tree(),
        }
    }

    /// The card that it is about.
    pub fn card(&self) -> CardId {
        match self {
            Exercise::Recognise(recognise) => recognise.card(),
            Exercise::Incident(incident) => incident.card(),
        }
    }

    /// The cards that are right. More than one only where nothing in the tree tells them apart.
    pub fn right(&self) -> &[CardId] {
        match self {
            Exercise::Recognise(recognise) => recognise.right(),
            Exercise::Incident(incident) => incident.right(),
        }
    }

    /// The remedies to choose from once the card is settled, for whoever has seen everything.
    pub fn remedies(&self) -> &[RemedyChoice] {
        match self {
            Exercise::Recognise(recognise) => recognise.remedies(),
            Exercise::Incident(incident) => incident.remedies(),
        }
    }

    /// The remedies that are offered to whoever made these moves, and the card that they are of. Where nothing may be said
    /// of the card that was named, they are that card's, right or wrong.
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

    /// Where moves leave whoever makes them. Any moves are an exercise: what makes no sense changes nothing.
    pub fn play(&self, moves: &[DrillAction]) -> DrillState {
        let mut state = DrillState::default();
        for step in moves {
            self.step(&mut state, *step);
        }
        state
    }

    /// Makes one move.
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

    /// The score, 0 to 100. Nothing is scored before a card is named.
    pub fn points(&self, state: &DrillState) -> u32 {
        score::points(&self.deductions(state))
    }

    /// What is missing of the full score, and why.
    pub fn deductions(&self, state: &DrillState) -> Vec<(Deduction, u32)> {
        match self {
            Exercise::Recognise(recognise) => recognise.deductions(state),
            Exercise::Incident(incident) => incident.deductions(state),
        }
    }

    /// Whether the remedy that was named is one of those to try first, or there is none to name.
    fn is_remedied_right(choices: &[RemedyChoice], state: &DrillState) -> bool {
        let is_right = |at| choices.iter().any(|choice| choice.remedy == at && choice.is_right);
        choices.is_empty() || state.remedy.is_some_and(is_right)
    }

    /// How well it was known, for the schedule.
    pub fn grade(&self, state: &DrillState) -> Grade {
        match self {
            Exercise::Recognise(recognise) => recognise.grade(state),
            Exercise::Incident(incident) => incident.grade(state),
        }
    }

    /// What the journal keeps of it. It stays the same once [`DrillState::is_answered`] is true.
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
        // Only whoever names the right card first tells it from others. A hint does not make it another card.
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
