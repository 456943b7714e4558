//! Holds exercises that are asked one after the other, and their results.

use std::sync::Arc;

use super::plan::{Planned, Wanted, exercise, plan};
use crate::drill::progress::{Answered, Progress};
use crate::drill::{DrillAction, DrillState, Exam, ExamExercise, Exercise, Material, Recognize, Report, Stage};
use crate::tree::{CardId, Tree};

/// The result of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The card of the exercise.
    pub card: CardId,
    /// Its points, 0 to 100.
    pub points: u32,
}

/// An answer to be kept, with the seed of its exercise.
pub type KeptAnswer = (Answered, u64);

/// Exercises one after the other.
#[derive(Debug)]
pub struct DrillSession {
    material: Arc<Material>,
    plan: Vec<Planned>,
    exercise: Exercise,
    played: DrillState,
    moves: Vec<Vec<DrillAction>>,
    results: Vec<Outcome>,
    /// The day on which what is answered now counts.
    pub day: i64,
    exam: Option<Exam>,
}

impl DrillSession {
    /// The exercises that are wanted on a day. What was learned says which cards. `None` if the tree has no card to train.
    pub fn new(material: &Arc<Material>, progress: &Progress, day: i64, wanted: Wanted) -> Option<Self> {
        let plan = plan(material.tree(), progress, day, wanted);
        Self::begin(material, plan, day, None)
    }

    /// An exam: without hints, and nothing is said before its end.
    pub fn exam(material: &Arc<Material>, day: i64, exam: Exam) -> Option<Self> {
        let planned = |task: &ExamExercise| Planned {
            mode: task.mode,
            card: task.card,
            beside: None,
            seed: task.seed,
            team: None,
        };
        let plan = exam.tasks.iter().map(planned).collect();
        Self::begin(material, plan, day, Some(exam))
    }

    fn begin(material: &Arc<Material>, plan: Vec<Planned>, day: i64, exam: Option<Exam>) -> Option<Self> {
        let exercise = exercise(material, *plan.first()?, exam.is_some());
        Some(Self {
            material: Arc::clone(material),
            plan,
            played: exercise.begin(),
            exercise,
            moves: vec![Vec::new()],
            results: Vec::new(),
            day,
            exam,
        })
    }

    /// Returns the tree of the exercises.
    pub fn tree(&self) -> &Arc<Tree> {
        self.material.tree()
    }

    /// The exercise at hand.
    pub fn exercise(&self) -> &Exercise {
        &self.exercise
    }

    /// Where it stands.
    pub fn played(&self) -> &DrillState {
        &self.played
    }

    /// Returns what the entry at a place of the exercise means.
    pub fn entry(&self, at: usize) -> Option<DrillAction> {
        match (self.played.stage, &self.exercise) {
            (Stage::Done, _) => None,
            (Stage::Line, Exercise::Recognize(recognize)) => {
                (at < recognize.lines().len()).then_some(DrillAction::Line(at))
            }
            (Stage::Remedy, exercise) => {
                exercise.offered(&self.played).1.get(at).map(|choice| DrillAction::Remedy(choice.remedy))
            }
            (_, Exercise::Recognize(recognize)) => {
                recognize.choices().get(at).map(|offer| DrillAction::Name { card: offer.card, typed: false })
            }
            (_, Exercise::Incident(incident)) => {
                incident.checks().get(at).map(|check| DrillAction::Check(check.question))
            }
        }
    }

    /// Returns the place of the line that a letter names.
    ///
    /// `None` where no line is asked for.
    pub fn line_of(&self, typed: &str) -> Option<usize> {
        let Exercise::Recognize(recognize) = &self.exercise else { return None };
        let letter = typed.parse().ok().filter(|_| self.played.stage == Stage::Line)?;
        Recognize::place_of(letter).filter(|at| *at < recognize.lines().len())
    }

    /// Returns the results of the exercises that are over.
    pub fn results(&self) -> &[Outcome] {
        &self.results
    }

    /// How many exercises there are.
    pub fn length(&self) -> usize {
        self.plan.len()
    }

    /// The number of the exercise at hand, from 1.
    pub fn number(&self) -> usize {
        self.moves.len()
    }

    /// Whether it is an exam.
    pub fn is_exam(&self) -> bool {
        self.exam.is_some()
    }

    /// Whether every exercise is over.
    pub fn is_over(&self) -> bool {
        self.played.is_done() && self.number() >= self.length()
    }

    /// Whether something was answered in it.
    pub fn is_answered(&self) -> bool {
        !self.results.is_empty() || self.played.is_answered()
    }

    /// Makes a move. Returns an answer that must be kept before anything is said of it.
    ///
    /// Each exercise gives one answer: when the first card is named, or with giving up. The remedy is named later.
    pub fn step(&mut self, step: DrillAction) -> Option<KeptAnswer> {
        if self.played.is_done() {
            return None;
        }
        let allowed = if self.is_exam() { Exam::allowed(&[step]) } else { vec![step] };
        let was_answered = self.played.is_answered();
        for step in allowed {
            self.exercise.step(&mut self.played, step);
            self.moves.last_mut()?.push(step);
        }
        if self.played.is_done() {
            self.results.push(Outcome { card: self.exercise.card(), points: self.exercise.points(&self.played) });
        }
        let is_given = !was_answered && self.played.is_answered();
        let seed = self.plan.get(self.number().saturating_sub(1)).map_or(0, |planned| planned.seed);
        // An exam is not practice: it says how things stand, and is kept as its report.
        (is_given && !self.is_exam()).then(|| (self.exercise.answered(&self.played, self.day), seed))
    }

    /// Goes on to the next exercise. False if there is none, or this one is not over.
    pub fn go_on(&mut self) -> bool {
        let Some(next) = self.plan.get(self.number()).copied().filter(|_| self.played.is_done()) else { return false };
        self.exercise = exercise(&self.material, next, self.is_exam());
        self.played = self.exercise.begin();
        self.moves.push(Vec::new());
        true
    }

    /// All cards that can be named, in the author's order. Which of them what was found out leaves possible is for the
    /// trainee to say.
    pub fn cards(&self) -> Vec<CardId> {
        let tree = self.tree();
        let mut cards: Vec<CardId> = Vec::new();
        for card in tree.paths.iter().flat_map(|path| &path.cards) {
            let is_diagnosis = *card != tree.escalation && tree.card(*card).leads_to.is_none();
            if is_diagnosis && !cards.contains(card) {
                cards.push(*card);
            }
        }
        cards
    }

    /// The mean of the points so far.
    pub fn points(&self) -> u32 {
        let sum: u32 = self.results.iter().map(|result| result.points).sum();
        let count = u32::try_from(self.results.len()).unwrap_or(u32::MAX).max(1);
        (sum + count / 2) / count
    }

    /// Sums up the session in a sentence.
    pub fn summary(&self) -> String {
        let (done, length) = (self.results.len(), self.length());
        format!("{done} of {length} done, {} of 100 points on average.", self.points())
    }

    /// The report of an exam.
    pub fn report(&self, tree_hash: &str) -> Option<Report> {
        Some(self.exam.as_ref()?.report(&self.material, tree_hash, &self.moves))
    }
}
