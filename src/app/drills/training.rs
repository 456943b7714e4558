//! Holds what somebody has learned, and the session under way.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::plan::{SESSION, Wanted};
use super::session::{DrillSession, KeptAnswer};
use crate::drill::progress::{Answered, Progress};
use crate::drill::random::Random;
use crate::drill::{DrillAction, Material};
use crate::tree::Tree;

/// The milliseconds of a day.
const DAY: u64 = 24 * 60 * 60 * 1000;

/// Which day it is: a program may be left open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    /// The day on which the program was started.
    pub day: i64,
    /// The milliseconds of the run at which the day ends.
    ///
    /// `None` if it is that day for as long as the program runs.
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

/// The progress of somebody who trains, and the session under way.
#[derive(Debug)]
pub struct TrainingState {
    progress: BTreeMap<String, Progress>,
    /// Which day it is.
    pub calendar: Calendar,
    seeds: Random,
    /// The choice of exercises from the command line.
    wanted: Option<Wanted>,
    /// The session under way.
    pub session: Option<DrillSession>,
    /// Whether the time is shown.
    pub has_timer: bool,
    /// Whether answers are kept beyond the run.
    pub is_kept: bool,
    /// The milliseconds of the run, as of the last key.
    pub now: u64,
    /// When the exercise at hand began.
    pub began: u64,
}

impl TrainingState {
    /// From all that was answered up to this day.
    pub fn new(trees: &[Arc<Tree>], answers: &[Answered], day: i64, seed: u64) -> Self {
        let calendar = Calendar { day, midnight: None };
        // A tree without an answer is not opened.
        let trained = trees.iter().filter(|tree| answers.iter().any(|answered| tree.id == answered.tree));
        let progress = trained.map(|tree| (tree.id.to_string(), Progress::on(tree, answers, day))).collect();
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

    /// Returns what stays on the normal screen after practice.
    ///
    /// `None` if nothing was answered in the session under way.
    pub fn farewell(&self) -> Option<String> {
        let session = self.session.as_ref().filter(|session| session.is_answered() && !session.is_exam())?;
        let kept = if self.is_kept { "\nWhat you answered is kept." } else { "" };
        let tree = &session.tree().id;
        Some(format!("Practice: {}{kept}\nMore practice:  wherefore drill {tree}\n", session.summary()))
    }

    /// Sets how many milliseconds remain until midnight.
    #[must_use]
    pub fn until(self, midnight: Option<u64>) -> Self {
        Self { calendar: Calendar { midnight, ..self.calendar }, ..self }
    }

    /// Today.
    pub fn day(&self) -> i64 {
        self.calendar.day(self.now)
    }

    /// Returns the progress in a tree.
    pub fn progress(&self, tree: &Tree) -> Progress {
        self.progress.get(tree.id.as_str()).cloned().unwrap_or_default()
    }

    /// Counts the cards of today in words: `3 due, 5 new`.
    pub fn today(&self, tree: &Tree) -> String {
        if let Some(session) = self.under_way(tree) {
            return format!("go on, {} of {} done", session.results().len(), session.length());
        }
        let progress = self.progress(tree);
        let day = self.day();
        let due = progress.due(day).len();
        let new = progress.count_new(tree.card_count, day, SESSION);
        match (due, new) {
            (0, 0) => "nothing is due today".to_owned(),
            (0, new) => format!("{new} new"),
            (due, 0) => format!("{due} due"),
            (due, new) => format!("{due} due, {new} new"),
        }
    }

    /// Counts the cards of all trees that are due today.
    pub fn due(&self) -> usize {
        self.progress.values().map(|progress| progress.due(self.day()).len()).sum()
    }

    /// Returns the tree of the session under way.
    pub fn tree_under_way(&self) -> Option<&Arc<Tree>> {
        self.unfinished().map(DrillSession::tree)
    }

    /// Sets the choice of exercises for the next session.
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
        self.session = DrillSession::new(&material, &self.progress(tree), self.day(), wanted);
        self.began = self.now;
        self.session.is_some()
    }

    /// Makes a move in the session. What comes out is to be kept.
    pub fn step(&mut self, step: DrillAction) -> Option<KeptAnswer> {
        let day = self.day();
        let session = self.session.as_mut()?;
        session.day = day;
        let kept = session.step(step)?;
        let tree = Arc::clone(session.tree());
        self.progress.entry(tree.id.to_string()).or_default().take_in(&tree, &kept.0);
        Some(kept)
    }

    /// Goes on to the next exercise.
    ///
    /// After the last one the session is over, and the result is false.
    pub fn go_on(&mut self) -> bool {
        self.began = self.now;
        let goes_on = self.session.as_mut().is_some_and(DrillSession::go_on);
        if !goes_on {
            self.session = None;
        }
        goes_on
    }

    fn under_way(&self, tree: &Tree) -> Option<&DrillSession> {
        self.unfinished().filter(|session| session.tree().id == tree.id)
    }

    fn unfinished(&self) -> Option<&DrillSession> {
        self.session.as_ref().filter(|session| !session.is_over())
    }
}
