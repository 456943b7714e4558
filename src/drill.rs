//! Training: exercises made from a tree, their scoring, and when to ask what again.
//!
//! Pure: the seed of an exercise and the day come in as arguments, so that the same exercise can be made again. An
//! exercise never changes; what somebody does in it is a list of [`Move`]s, and where that leaves them is derived by
//! replay ([`Played`]). [`Material`] is what the exercises of a tree are made of, got ready once.

mod generate;
mod judge;
pub mod random;
pub mod schedule;

use crate::tree::{CardId, Tree};

pub use generate::incident::{Check, Incident, seconds};
pub use generate::material::Material;
pub use generate::recognise::{Clue, Feedback, Offer, Recognise};
pub use judge::debrief::{Asked, Better, Debrief};
pub use judge::hint::{Hint, Rung};
pub use judge::remedy::{Choice, remedy_at};
pub use judge::score::Loss;
pub use judge::state::{Checked, Move, Played, Stage};
pub use judge::why_not::Difference;
pub use schedule::exam::{Exam, Mark, Mode, MoveWords, Report, Task};
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
    pub fn remedies(&self) -> &[Choice] {
        match self {
            Exercise::Recognise(recognise) => recognise.remedies(),
            Exercise::Incident(incident) => incident.remedies(),
        }
    }

    /// The remedies that are offered to whoever made these moves, and the card that they are of. Where nothing may be said
    /// of the card that was named, they are that card's, right or wrong.
    pub fn offered(&self, played: &Played) -> (CardId, Vec<Choice>) {
        let is_strict = match self {
            Exercise::Recognise(recognise) => recognise.is_strict,
            Exercise::Incident(incident) => incident.is_strict,
        };
        let wrong = played.named.first().filter(|named| is_strict && !self.right().contains(named));
        match wrong {
            Some(named) => (*named, remedy::of_another(self.tree(), *named)),
            None => match self {
                Exercise::Recognise(recognise) => (self.card(), recognise.remedies().to_vec()),
                Exercise::Incident(incident) => (self.card(), incident.remedies_after(played)),
            },
        }
    }

    /// Where moves leave whoever makes them. Any moves are an exercise: what makes no sense changes nothing.
    pub fn play(&self, moves: &[Move]) -> Played {
        let mut played = Played::default();
        for step in moves {
            self.step(&mut played, *step);
        }
        played
    }

    /// Makes one move.
    pub fn step(&self, played: &mut Played, step: Move) {
        if let (Stage::Remedy, Move::Remedy(at)) = (played.stage, step) {
            if self.offered(played).1.iter().any(|choice| choice.remedy == at) {
                played.remedy = Some(at);
                played.stage = Stage::Done;
            }
            return;
        }
        match self {
            Exercise::Recognise(recognise) => recognise.step(played, step),
            Exercise::Incident(incident) => incident.step(played, step),
        }
    }

    /// The score, 0 to 100. Nothing is scored before a card is named.
    pub fn points(&self, played: &Played) -> u32 {
        score::points(&self.losses(played))
    }

    /// What is missing of the full score, and why.
    pub fn losses(&self, played: &Played) -> Vec<(Loss, u32)> {
        match self {
            Exercise::Recognise(recognise) => recognise.losses(played),
            Exercise::Incident(incident) => incident.losses(played),
        }
    }

    /// Whether the remedy that was named is one of those to try first, or there is none to name.
    fn is_remedied_right(choices: &[Choice], played: &Played) -> bool {
        let is_right = |at| choices.iter().any(|choice| choice.remedy == at && choice.is_right);
        choices.is_empty() || played.remedy.is_some_and(is_right)
    }

    /// How well it was known, for the schedule.
    pub fn grade(&self, played: &Played) -> Grade {
        match self {
            Exercise::Recognise(recognise) => recognise.grade(played),
            Exercise::Incident(incident) => incident.grade(played),
        }
    }

    /// What the journal keeps of it. It stays the same once [`Played::is_answered`] is true.
    pub fn answered(&self, played: &Played, day: i64) -> Answered {
        let (tree, card) = (self.tree(), self.card());
        let name = |card: CardId| tree.card(card).id.clone();
        let first = played.named.first().copied();
        let is_told = first.is_some_and(|named| self.right().contains(&named));
        let taken_for = first.filter(|_| !is_told);
        let beside: Vec<CardId> = match self {
            Exercise::Recognise(recognise) => recognise.choices().iter().map(|offer| offer.card).collect(),
            Exercise::Incident(incident) => incident.look_alikes().to_vec(),
        };
        // Only whoever names the right card first tells it from others. A hint does not make it another card.
        let told_from = beside.into_iter().filter(|other| is_told && !self.right().contains(other));
        Answered {
            day,
            tree: tree.id.to_string(),
            card: name(card).into_string(),
            taken_for: taken_for.map(|card| name(card).into_string()),
            told_from: told_from.map(|card| name(card).into_string()).collect(),
            grade: self.grade(played),
        }
    }
}
