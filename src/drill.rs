//! Trains operators with exercises that are made from a tree.
//!
//! The modules in reading order:
//!
//! - `mode` names the kinds of exercises, and `subject` holds the parts that both kinds have.
//! - `random` generates the pseudorandom numbers of a seed.
//! - `generate` makes an exercise from a tree and a seed. [`Material`] is a tree that is prepared for exercises.
//! - `judge` evaluates the trainee's actions.
//! - `exercise` unites both kinds of exercises and replays the actions ([`DrillAction`]) to get the state
//!   ([`DrillState`]).
//! - `schedule` plans when to repeat a card, and makes exams.
//!
//! This room is pure: seed and day are arguments, and every exercise can be made again. An exercise never changes.

mod exercise;
mod generate;
mod judge;
mod mode;
pub mod random;
pub mod schedule;
mod subject;

pub use exercise::Exercise;
pub use generate::incident::{Check, Incident, seconds};
pub use generate::material::Material;
pub use generate::recognize::{Clue, Feedback, Offer, Recognize};
pub use judge::debrief::{Better, Debrief, RatedCheck};
pub use judge::hint::{Hint, HintLevel};
pub use judge::remedy::RemedyChoice;
pub use judge::score::Deduction;
pub use judge::state::{Checked, DrillAction, DrillState, Stage};
pub use judge::why_not::Difference;
pub use mode::Mode;
pub use schedule::exam::{ActionWords, Exam, ExamExercise, ExerciseResult, Report};
pub use schedule::progress;
pub use subject::Subject;
