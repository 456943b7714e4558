//! Training sessions: which exercises, one after the other, and what came of them. Screens and lines share it.

pub mod naming;
mod plan;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::drill::progress::{Answered, Progress, Standing};
use crate::drill::random::Random;
use crate::drill::{DrillAction, DrillState, Exam, Exercise, Material, Report, Task};
use crate::tree::{CardId, Tree};
pub use plan::SESSION;
use plan::{Planned, exercise, plan};

/// The milliseconds of a day.
const DAY: u64 = 24 * 60 * 60 * 1000;

/// Which modes are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Modes {
    /// Lines to recognise.
    Recognise,
    /// Incidents.
    Incident,
    /// Both, a few incidents among lines.
    #[default]
    Both,
}

/// What to train.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Which modes.
    pub modes: Modes,
    /// This card alone.
    pub card: Option<CardId>,
    /// This incident of a team alone, by its position among those of the tree.
    pub incident: Option<usize>,
    /// The seed gives the cards as well, and not what is due: so it is the same on every machine.
    pub is_by_seed: bool,
    /// The seed.
    pub seed: u64,
}

/// What came of an exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Its card.
    pub card: CardId,
    /// Its points, 0 to 100.
    pub points: u32,
}

/// An answer that is to be kept, with the seed of its exercise.
pub type Kept = (Answered, u64);

/// Exercises one after the other.
#[derive(Debug)]
pub struct Session {
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

impl Session {
    /// The exercises that are wanted on a day. What was learned says which cards. `None` if the tree has no card to train.
    pub fn new(material: &Arc<Material>, progress: &Progress, day: i64, wanted: Wanted) -> Option<Self> {
        let plan = plan(material.tree(), progress, day, wanted);
        Self::begin(material, plan, day, None)
    }

    /// An exam: without hints, and nothing is said before its end.
    pub fn exam(material: &Arc<Material>, day: i64, exam: Exam) -> Option<Self> {
        let planned =
            |task: &Task| Planned { mode: task.mode, card: task.card, beside: None, seed: task.seed, team: None };
        let plan = exam.tasks.iter().map(planned).collect();
        Self::begin(material, plan, day, Some(exam))
    }

    fn begin(material: &Arc<Material>, plan: Vec<Planned>, day: i64, exam: Option<Exam>) -> Option<Self> {
        let exercise = exercise(material, *plan.first()?, exam.is_some());
        Some(Self {
            material: Arc::clone(material),
            plan,
            exercise,
            played: DrillState::default(),
            moves: vec![Vec::new()],
            results: Vec::new(),
            day,
            exam,
        })
    }

    /// Its tree.
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

    /// What came of the exercises that are over.
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
    pub fn step(&mut self, step: DrillAction) -> Option<Kept> {
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
        self.played = DrillState::default();
        self.moves.push(Vec::new());
        true
    }

    /// All cards that can be named, in the author's order. Which of them what was found out leaves possible is for the
    /// trainee to say.
    pub fn cards(&self) -> Vec<CardId> {
        let tree = self.tree();
        let mut cards: Vec<CardId> = Vec::new();
        for card in tree.paths.iter().flat_map(|path| &path.cards) {
            if *card != tree.escalation && !cards.contains(card) {
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

    /// What came of it, in a sentence.
    pub fn summary(&self) -> String {
        let (done, length) = (self.results.len(), self.length());
        format!("{done} of {length} done, {} of 100 points on average.", self.points())
    }

    /// The report of an exam.
    pub fn report(&self, tree_hash: &str) -> Option<Report> {
        Some(self.exam.as_ref()?.report(&self.material, tree_hash, &self.moves))
    }
}

/// Which day it is: a program may be left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The day on which the program was started.
    pub day: i64,
    /// The milliseconds of the run after which it is over; `None` if it is that day for as long as the program runs.
    pub midnight: Option<u64>,
}

impl Calendar {
    /// The day after so many milliseconds of the run.
    pub fn day(&self, now: u64) -> i64 {
        let over = self.midnight.and_then(|midnight| now.checked_sub(midnight));
        let days = over.map_or(0, |over| 1 + over / DAY);
        self.day.saturating_add(i64::try_from(days).unwrap_or(i64::MAX))
    }
}

/// What somebody has learned, and the session under way.
#[derive(Debug)]
pub struct Training {
    progress: BTreeMap<String, Progress>,
    /// Which day it is.
    pub calendar: Calendar,
    seeds: Random,
    /// What was asked for on the command line.
    wanted: Option<Wanted>,
    /// The session under way.
    pub session: Option<Session>,
    /// Whether the time is shown.
    pub has_timer: bool,
    /// Whether answers are kept beyond the run.
    pub is_kept: bool,
    /// The milliseconds of the run, as of the last key.
    pub now: u64,
    /// When the exercise at hand began.
    pub began: u64,
}

impl Training {
    /// From all that was answered up to this day.
    pub fn new(trees: &[Arc<Tree>], answers: &[Answered], day: i64, seed: u64) -> Self {
        let calendar = Calendar { day, midnight: None };
        let progress = trees.iter().map(|tree| (tree.id.to_string(), Progress::on(tree, answers, day))).collect();
        let seeds = Random::new(seed);
        Self {
            progress,
            calendar,
            seeds,
            wanted: None,
            session: None,
            has_timer: true,
            is_kept: true,
            now: 0,
            began: 0,
        }
    }

    /// The same in a program that was started so many milliseconds before midnight.
    #[must_use]
    pub fn until(self, midnight: Option<u64>) -> Self {
        Self { calendar: Calendar { midnight, ..self.calendar }, ..self }
    }

    /// Today.
    pub fn day(&self) -> i64 {
        self.calendar.day(self.now)
    }

    /// What was learned of a tree.
    pub fn progress(&self, tree: &Tree) -> Progress {
        self.progress.get(tree.id.as_str()).cloned().unwrap_or_default()
    }

    /// What is due and what is new today: `3 due, 5 new`.
    pub fn today(&self, tree: &Tree) -> String {
        if let Some(session) = self.under_way(tree) {
            return format!("go on, {} of {} done", session.results().len(), session.length());
        }
        let progress = self.progress(tree);
        let day = self.day();
        let due = progress.due(day).len();
        let tasks = progress.session(tree, day, SESSION);
        let new = tasks.iter().filter(|task| progress.standing(task.card, day) == Standing::New).count();
        match (due, new) {
            (0, 0) => "nothing is due today".to_owned(),
            (0, new) => format!("{new} new"),
            (due, 0) => format!("{due} due"),
            (due, new) => format!("{due} due, {new} new"),
        }
    }

    /// What is wanted of the next session.
    pub fn want(&mut self, wanted: Wanted) {
        self.wanted = Some(wanted);
    }

    /// Begins a session, or goes on with the one under way. False if there is nothing to train.
    pub fn begin(&mut self, tree: &Arc<Tree>) -> bool {
        if self.under_way(tree).is_some() {
            return true;
        }
        let seed = self.seeds.number();
        let wanted = self.wanted.take().unwrap_or(Wanted { seed, ..Wanted::default() });
        let material = Arc::new(Material::new(Arc::clone(tree)));
        self.session = Session::new(&material, &self.progress(tree), self.day(), wanted);
        self.began = self.now;
        self.session.is_some()
    }

    /// Makes a move in the session. What comes out is to be kept.
    pub fn step(&mut self, step: DrillAction) -> Option<Kept> {
        let day = self.day();
        let session = self.session.as_mut()?;
        session.day = day;
        let kept = session.step(step)?;
        let tree = Arc::clone(session.tree());
        self.progress.entry(tree.id.to_string()).or_default().take_in(&tree, &kept.0);
        Some(kept)
    }

    /// Goes on to the next exercise; after the last one the session is over, and false comes back.
    pub fn go_on(&mut self) -> bool {
        self.began = self.now;
        let goes_on = self.session.as_mut().is_some_and(Session::go_on);
        if !goes_on {
            self.session = None;
        }
        goes_on
    }

    fn under_way(&self, tree: &Tree) -> Option<&Session> {
        self.session.as_ref().filter(|session| session.tree().id == tree.id && !session.is_over())
    }
}
