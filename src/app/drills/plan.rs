//! Which exercises a session has.

use crate::drill::progress::{DueExercise, Progress};
use crate::drill::random::Random;
use crate::drill::{Exam, ExamExercise, Exercise, Incident, Material, Mode};
use crate::prove::is_sound;
use crate::tree::training::TeamDrill;
use crate::tree::{CardId, Tree};

/// The number of exercises of a session: about five minutes.
pub const SESSION: usize = 6;

/// In a session of both modes, every third exercise is an incident.
///
/// Incidents take longer.
const INCIDENT_EVERY: usize = 3;

/// Which modes are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Modes {
    /// Lines to recognize.
    Recognize,
    /// Incidents.
    Incident,
    /// Both, a few incidents among lines.
    #[default]
    Both,
}

/// The choice of exercises for a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Which modes.
    pub modes: Modes,
    /// This card alone.
    pub card: Option<CardId>,
    /// The only incident of a team, by its position in the tree.
    pub incident: Option<usize>,
    /// Whether the seed chooses the cards, not the schedule.
    ///
    /// The cards are then the same on every machine.
    pub is_by_seed: bool,
    /// The number from which the exercises are made.
    pub seed: u64,
}

/// One exercise to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Planned {
    pub(super) mode: Mode,
    pub(super) card: CardId,
    pub(super) beside: Option<CardId>,
    pub(super) seed: u64,
    /// An incident of a team, by its position.
    pub(super) team: Option<usize>,
}

/// The exercise that is planned.
pub(super) fn exercise(material: &Material, planned: Planned, is_exam: bool) -> Exercise {
    let Planned { mode, card, beside, seed, team } = planned;
    // An exam is the same for all who have the engine.
    if is_exam {
        return ExamExercise { mode, card, seed }.exercise(material);
    }
    let drills = &material.tree().drills;
    if let Some(drill) = team.and_then(|at| drills.get(at)) {
        return Exercise::Incident(Incident::of_team(material, drill, seed));
    }
    // One that contradicts its card, or gives it away, would teach what is not so.
    let is_fit = |drill: &&TeamDrill| drill.card == card && is_sound(material.recognizer(), drill);
    let own = || drills.iter().filter(is_fit).collect::<Vec<_>>();
    let mut random = Random::new(seed);
    // A team's incident is worth more than a generated one, and stays new if it does not always come.
    if mode == Mode::Incident
        && let Some(drill) = random.one_of(&own())
        && random.below(2) == 0
    {
        return Exercise::Incident(Incident::of_team(material, drill, seed));
    }
    Exercise::new(material, mode, card, beside, seed)
}

/// The exercises of a session on a day.
pub(super) fn plan(tree: &Tree, progress: &Progress, day: i64, wanted: Wanted) -> Vec<Planned> {
    let mut random = Random::new(wanted.seed);
    let alone = |card| DueExercise { card, beside: None };
    if let Some((at, drill)) = wanted.incident.and_then(|at| Some((at, tree.drills.get(at)?))) {
        let (mode, card, seed) = (Mode::Incident, drill.card, wanted.seed);
        return vec![Planned { mode, card, beside: None, seed, team: Some(at) }];
    }
    let tasks: Vec<DueExercise> = if let Some(card) = wanted.card {
        let count = if wanted.modes == Modes::Both { 2 } else { 1 };
        return (0..count)
            .map(|at| {
                // The first one has the seed itself, so that it can be asked for again.
                let seed = if at == 0 { wanted.seed } else { random.number() };
                let mode = if at == 0 && wanted.modes != Modes::Incident { Mode::Recognize } else { Mode::Incident };
                Planned { mode, card, beside: None, seed, team: None }
            })
            .collect();
    } else if wanted.is_by_seed {
        Exam::new(tree, wanted.seed, SESSION).tasks.into_iter().map(|task| alone(task.card)).collect()
    } else {
        match progress.session(tree, day, SESSION) {
            // Nothing is due: whoever wants to train all the same meets what is nearest to being forgotten.
            tasks if tasks.is_empty() => {
                let chance = |card: CardId| progress.card(card).map_or(0.0, |memory| memory.chance(day));
                let mut cards: Vec<CardId> = tree.diagnoses().map(|(card, _)| card).collect();
                cards.sort_by(|one, other| chance(*one).total_cmp(&chance(*other)));
                cards.into_iter().take(SESSION).map(alone).collect()
            }
            tasks => tasks,
        }
    };
    let mode = |at: usize, beside: Option<CardId>| match wanted.modes {
        Modes::Recognize => Mode::Recognize,
        Modes::Incident => Mode::Incident,
        // Two cards that were taken for each other stand beside each other only in a choice.
        Modes::Both if beside.is_none() && at % INCIDENT_EVERY == INCIDENT_EVERY - 1 => Mode::Incident,
        Modes::Both => Mode::Recognize,
    };
    let planned = tasks.into_iter().enumerate().map(|(at, DueExercise { card, beside })| Planned {
        mode: mode(at, beside),
        card,
        beside,
        seed: random.number(),
        team: None,
    });
    planned.collect()
}
