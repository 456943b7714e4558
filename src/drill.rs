//! Trains operators with exercises that are made from a tree.
//!
//! `generate` makes an exercise from a tree and a seed, `judge` evaluates the trainee's actions, and `schedule` plans
//! when to repeat a card. This room is pure: seed and day are arguments, and every exercise can be made again. An
//! exercise never changes. The trainee's actions ([`DrillAction`]) are replayed to get the state ([`DrillState`]).
//! [`Material`] is a tree that is prepared for exercises.

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
pub use generate::recognise::{Clue, Feedback, Offer, Recognise};
pub use judge::debrief::{Asked, Better, Debrief};
pub use judge::hint::{Hint, HintLevel};
pub use judge::remedy::RemedyChoice;
pub use judge::score::Deduction;
pub use judge::state::{Checked, DrillAction, DrillState, Stage};
pub use judge::why_not::Difference;
pub use mode::Mode;
pub use schedule::exam::{ActionWords, Exam, ExerciseResult, Report, Task};
pub use schedule::progress;
pub use subject::Subject;
