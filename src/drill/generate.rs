//! Makes exercises from a tree.
//!
//! The modules in reading order:
//!
//! - [`material`] is a tree that is prepared for exercises: compiled patterns and collected lines.
//! - [`randomize`] replaces the values in sample lines, and [`synthetic_record`] makes records that prove an answer.
//! - [`log_lines`] composes log excerpts of a card's lines and background lines.
//! - [`ground_truth`] derives the true answer to every question.
//! - [`distractors`] orders cards by how easily they are confused.
//! - [`recognize`] makes and runs the exercise that shows log lines.
//! - [`incident`] runs the exercise that starts with an alarm and offers checks. [`build_incident`] makes it from an
//!   opening ([`opening`]) and the output of each check ([`check_output`]), which may contain a red herring
//!   ([`red_herring`]).

pub(super) mod build_incident;
pub(super) mod check_output;
pub(super) mod distractors;
pub(super) mod ground_truth;
pub(super) mod incident;
pub(super) mod log_lines;
pub(super) mod material;
pub(super) mod opening;
pub(super) mod randomize;
pub(super) mod recognize;
pub(super) mod red_herring;
pub(super) mod synthetic_record;
