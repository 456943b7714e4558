//! Training sessions: exercises one after the other, and their results.
//!
//! Screens and lines share it.

pub mod naming;
mod plan;
mod session;
mod training;

pub use plan::{Modes, SESSION, Wanted};
pub use session::{DrillSession, KeptAnswer, Outcome};
pub use training::{Calendar, TrainingState};
