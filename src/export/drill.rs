//! Describes exercises and their results in words.
//!
//! The reading order is defined here, as blocks; screens and lines differ only in how they draw them.

mod debrief;
mod exercise;
mod progress_map;

pub use debrief::{after, outcome};
pub use exercise::{
    answer, ask, checks, cost, found_out, hints, known_so_far, latest, line_verdict, remedies, seen, task, unsure,
    verdict,
};
pub use progress_map::{count, mark, progress_map};
