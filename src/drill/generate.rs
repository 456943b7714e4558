//! Makes exercises from a tree.
//!
//! [`recognise`] makes the exercise that shows a few log lines. [`incident`] and [`build_incident`] make the exercise
//! that starts with an alarm and offers checks. Both take their lines from [`material`], a tree prepared for exercises.

pub(super) mod build_incident;
pub(super) mod check_output;
pub(super) mod distractors;
pub(super) mod ground_truth;
pub(super) mod incident;
pub(super) mod log_lines;
pub(super) mod material;
pub(super) mod opening;
pub(super) mod randomize;
pub(super) mod recognise;
pub(super) mod red_herring;
pub(super) mod synthetic_record;
