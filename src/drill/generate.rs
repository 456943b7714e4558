//! Makes an exercise from a tree: which card it is about, and what the trainee sees of it.
//!
//! [`recognise`] makes the exercise with a few log lines, [`incident`] and [`build_incident`] the one with an alarm and
//! checks. Both draw on [`material`], the tree prepared once.

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
