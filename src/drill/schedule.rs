//! Plans training over days: what is remembered, what is due, and exams.

pub(super) mod exam;
mod memory;
pub mod progress;

pub use memory::{Grade, Memory, RETENTION};
