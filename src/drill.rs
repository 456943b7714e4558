//! Training: exercises made from a tree, their scoring, and when to ask what again.
//!
//! Pure: the seed of an exercise and the day come in as arguments, so that the same exercise can be made again.

pub mod progress;
pub mod random;
pub mod schedule;
pub mod vary;
