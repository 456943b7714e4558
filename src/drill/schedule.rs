//! Plans training over days.
//!
//! `memory` models how a card is forgotten, `progress` determines what is due, and `exam` makes exams and verifies
//! their reports.

pub(super) mod exam;
mod memory;
pub mod progress;

pub use memory::{Grade, MemoryState, RETENTION};
