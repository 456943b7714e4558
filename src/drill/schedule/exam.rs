//! Makes exams and verifies their reports.
//!
//! An exam is a number of exercises without hints. In an exam, only the first named card counts, and it gets no
//! feedback. After a wrong card, its own remedies are offered; after a right one, those of the exercise's card. Because
//! an exam is determined by its seed, its report can be replayed with an equal version of the tree.

use serde::{Deserialize, Serialize};

use crate::drill::exercise::Exercise;
use crate::drill::generate::material::Material;
use crate::drill::generate::recognize::Recognize;
use crate::drill::judge::remedy;
use crate::drill::judge::state::{DrillAction, DrillState};
use crate::drill::mode::Mode;
use crate::drill::random::Random;
use crate::tree::{CardId, Tree, TreeHash};

/// The name and version of the report's format.
///
/// Version 1 did not ask for the line that matters, so its points were others.
const SCHEMA: &str = "wherefore/exam/2";

/// One exercise of an exam.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExamExercise {
    /// The kind of the exercise.
    pub mode: Mode,
    /// The card that the exercise is about.
    pub card: CardId,
    /// The seed of the exercise.
    pub seed: u64,
}

impl ExamExercise {
    /// Creates the exercise, without feedback on the named card.
    pub fn exercise(&self, material: &Material) -> Exercise {
        Exercise::new(material, self.mode, self.card, None, self.seed).strict()
    }
}

/// A list of exercises without hints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exam {
    /// The seed of the exam.
    pub seed: u64,
    /// The exercises, in order.
    pub tasks: Vec<ExamExercise>,
}

/// An action by names instead of positions, for reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionWords {
    /// Pointed to the line of this letter.
    Line(char),
    /// Made the check of the question with this id.
    Check(String),
    /// Picked the card with this id.
    Pick(String),
    /// Typed the name of the card with this id.
    Type(String),
    /// Chose the remedy with this id.
    ///
    /// A remedy of a look-alike is named `card/remedy`.
    Remedy(String),
    /// Took a hint.
    Hint,
    /// Said "I don't know".
    DontKnow,
    /// Gave up.
    GiveUp,
}

/// The result of one exercise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExerciseResult {
    /// The kind of the exercise.
    pub mode: Mode,
    /// The id of the card that the exercise is about.
    pub card: String,
    /// The seed of the exercise.
    pub seed: u64,
    /// The score, 0 to 100.
    pub points: u32,
    /// The ids of the named cards, in order.
    pub named: Vec<String>,
    /// The number of checks made, and of those in the shortest set.
    pub checks: (usize, usize),
    /// The seconds of the checks made, and of the shortest set.
    pub seconds: (u32, u32),
    /// The actions of the trainee.
    pub moves: Vec<ActionWords>,
}

/// The report of an exam; [`Report::faults`] verifies it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// The name and version of the format.
    pub schema: String,
    /// The id of the tree.
    pub tree: String,
    /// The hash of the tree's files.
    pub tree_hash: String,
    /// The day of the exam by the trainee's clock, for example `2026-01-15`.
    ///
    /// It cannot be verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// The seed of the exam.
    pub seed: u64,
    /// The mean of the scores, rounded.
    pub points: u32,
    /// The results of the exercises.
    pub exercises: Vec<ExerciseResult>,
}

impl Exam {
    /// Creates an exam of `count` exercises.
    ///
    /// Equal seeds give equal exams. Cards are drawn by likelihood, and no card is drawn again before all others were
    /// drawn. Half of the exercises are of each kind.
    pub fn new(tree: &Tree, seed: u64, count: usize) -> Self {
        let mut random = Random::new(seed);
        let mut tasks: Vec<ExamExercise> = Vec::new();
        let mut left: Vec<(CardId, f64)> = Vec::new();
        for at in 0..count {
            if left.is_empty() {
                left = tree.diagnoses().map(|(id, card)| (id, card.likelihood.weight())).collect();
            }
            let Some(card) = draw(&mut left, &mut random) else { break };
            let mode = if at % 2 == 0 { Mode::Recognize } else { Mode::Incident };
            tasks.push(ExamExercise { mode, card, seed: random.number() });
        }
        let mut modes: Vec<Mode> = tasks.iter().map(|task| task.mode).collect();
        random.shuffle(&mut modes);
        for (task, mode) in tasks.iter_mut().zip(modes) {
            task.mode = mode;
        }
        Self { seed, tasks }
    }

    /// Returns the actions that count in an exam.
    ///
    /// Hints do not count. "I don't know" ends the exercise and costs as much as leaving it out.
    pub fn allowed(moves: &[DrillAction]) -> Vec<DrillAction> {
        let counts = moves.iter().filter(|step| !matches!(step, DrillAction::Hint));
        counts.map(|step| if *step == DrillAction::DontKnow { DrillAction::GiveUp } else { *step }).collect()
    }

    /// Creates the report.
    ///
    /// `moves` contains the actions of each exercise; a missing list means that the exercise was left out. `tree_hash`
    /// is the result of [`crate::tree::fingerprint()`].
    pub fn report(&self, material: &Material, tree_hash: &str, moves: &[Vec<DrillAction>]) -> Report {
        let tree = material.tree();
        let empty = Vec::new();
        let marks = self.tasks.iter().enumerate().map(|(at, task)| {
            let moves = Self::allowed(moves.get(at).unwrap_or(&empty));
            mark(tree, task, &task.exercise(material), &moves)
        });
        let exercises: Vec<ExerciseResult> = marks.collect();
        Report {
            schema: SCHEMA.to_owned(),
            tree: tree.id.to_string(),
            tree_hash: tree_hash.to_owned(),
            date: None,
            seed: self.seed,
            points: mean(&exercises),
            exercises,
        }
    }
}

fn mean(marks: &[ExerciseResult]) -> u32 {
    let points: u64 = marks.iter().map(|mark| u64::from(mark.points)).sum();
    let count = (marks.len() as u64).max(1);
    u32::try_from((points + count / 2) / count).unwrap_or(0)
}

/// Draws a card and removes it from the list.
///
/// Its probability is proportional to its weight.
fn draw(left: &mut Vec<(CardId, f64)>, random: &mut Random) -> Option<CardId> {
    // The number of positions that can be drawn. It makes the error of each probability less than one in a million.
    const STEPS: usize = 1 << 20;
    let total: f64 = left.iter().map(|(_, weight)| weight).sum();
    let mut at = random.below(STEPS) as f64 / STEPS as f64 * total;
    let found = left.iter().position(|(_, weight)| {
        at -= weight;
        at < 0.0
    });
    let place = found.or(left.len().checked_sub(1))?;
    Some(left.remove(place).0)
}

fn mark(tree: &Tree, task: &ExamExercise, exercise: &Exercise, moves: &[DrillAction]) -> ExerciseResult {
    let state: DrillState = exercise.play(moves);
    let (checks, seconds) = match exercise {
        Exercise::Recognize(_) => ((0, 0), (0, 0)),
        Exercise::Incident(incident) => {
            let (best_checks, best_seconds) = incident.best();
            ((state.checked.len(), best_checks), (incident.spent(&state), best_seconds))
        }
    };
    ExerciseResult {
        mode: task.mode,
        card: tree.card(task.card).id.to_string(),
        seed: task.seed,
        points: exercise.points(&state),
        named: state.named.iter().map(|card| tree.card(*card).id.to_string()).collect(),
        checks,
        seconds,
        moves: moves.iter().filter_map(|step| step.words(tree, exercise.offered_card(&state))).collect(),
    }
}

/// Parses the actions of a report.
///
/// A remedy is looked up in the card whose remedies are offered at that point.
fn read(words: &[ActionWords], tree: &Tree, exercise: &Exercise) -> Vec<DrillAction> {
    let mut state = exercise.begin();
    let mut moves = Vec::new();
    for step in words {
        let Some(step) = step.read(tree, exercise.offered_card(&state)) else { continue };
        exercise.step(&mut state, step);
        moves.push(step);
    }
    moves
}

impl DrillAction {
    /// Returns the action by names.
    ///
    /// `card` is the card whose remedies are offered. `None` if the tree lacks the question, card or remedy.
    pub fn words(&self, tree: &Tree, card: CardId) -> Option<ActionWords> {
        let id = |card: CardId| tree.cards().find(|(known, _)| *known == card).map(|(_, card)| card.id.clone());
        Some(match self {
            DrillAction::Check(question) => {
                let (_, question) = tree.questions().find(|(known, _)| known == question)?;
                ActionWords::Check(question.id.to_string())
            }
            DrillAction::Name { card, typed: false } => ActionWords::Pick(id(*card)?.into_string()),
            DrillAction::Name { card, typed: true } => ActionWords::Type(id(*card)?.into_string()),
            DrillAction::Remedy(at) => ActionWords::Remedy(remedy::name_of(tree, card, *at)?),
            DrillAction::Line(at) => ActionWords::Line(Recognize::letter(*at)),
            DrillAction::Hint => ActionWords::Hint,
            DrillAction::DontKnow => ActionWords::DontKnow,
            DrillAction::GiveUp => ActionWords::GiveUp,
        })
    }
}

impl ActionWords {
    /// Returns the action that these names describe.
    ///
    /// `card` is the card whose remedies are offered. `None` if the tree lacks the question, card or remedy.
    pub fn read(&self, tree: &Tree, card: CardId) -> Option<DrillAction> {
        Some(match self {
            ActionWords::Check(id) => DrillAction::Check(tree.find_question(id)?),
            ActionWords::Pick(id) => DrillAction::Name { card: tree.find_card(id)?, typed: false },
            ActionWords::Type(id) => DrillAction::Name { card: tree.find_card(id)?, typed: true },
            ActionWords::Remedy(id) => DrillAction::Remedy(remedy::find_remedy(tree, card, id)?),
            ActionWords::Line(letter) => DrillAction::Line(Recognize::place_of(*letter)?),
            ActionWords::Hint => DrillAction::Hint,
            ActionWords::DontKnow => DrillAction::DontKnow,
            ActionWords::GiveUp => DrillAction::GiveUp,
        })
    }
}

impl Report {
    /// Returns the faults of the report, or nothing if it is right.
    ///
    /// A report is wrong in each of these cases:
    ///
    /// - it has another format,
    /// - it is about another version of the tree, or does not cover what all trees share,
    /// - its exercises are not those of its seed,
    /// - its scores are not those of its actions.
    pub fn faults(&self, material: &Material, hash: &TreeHash) -> Vec<String> {
        let tree = material.tree();
        if self.schema != SCHEMA {
            return vec![format!("it is a `{}`, not a `{SCHEMA}`", self.schema)];
        }
        if self.tree == tree.id && self.tree_hash == hash.folder {
            let message = "it was made by version 0.1, whose hash does not cover the shared vocabulary and log formats";
            return vec![message.to_owned()];
        }
        if self.tree != tree.id || self.tree_hash != hash.all {
            return vec![format!("it was made with another version of the tree `{}`", self.tree)];
        }
        let exam = Exam::new(tree, self.seed, self.exercises.len());
        let tasks = exam.tasks.iter().zip(&self.exercises);
        let moves = tasks.map(|(task, mark)| read(&mark.moves, tree, &task.exercise(material)));
        let again = exam.report(material, &hash.all, &moves.collect::<Vec<_>>());
        let differing =
            again.exercises.iter().zip(&self.exercises).enumerate().filter(|(_, (one, other))| one != other);
        let mut faults: Vec<String> = differing
            .map(|(at, (again, _))| format!("exercise {}: when replayed, it scores {}", at + 1, again.points))
            .collect();
        if again.exercises.len() != self.exercises.len() || again.points != self.points {
            faults.push(format!("when replayed, the exam scores {}", again.points));
        }
        faults
    }
}
