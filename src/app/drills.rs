//! Training sessions: which exercises, one after the other, and what came of them. Screens and lines share it.

pub mod naming;
mod plan;
mod session;
mod training;

pub use plan::{Modes, SESSION, Wanted};
pub use session::{DrillSession, KeptAnswer, Outcome};
pub use training::{Calendar, TrainingState};
