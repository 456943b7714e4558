//! Tests training exercises for every card of every tree.
//!
//! All that an exercise shows is true, and a trainee who follows the tree gets full marks.

mod drill_text;
mod exams;
mod first_steps;
mod progress;
mod random_actions;
mod recognize_exercises;
mod red_herrings;
mod remedy_choices;
mod shortest_checks;
pub(crate) mod simulated_trainees;
mod training_trees;
mod written_incidents;
