//! Training: every card of every tree can be drilled in both modes, what is shown is true, and who follows the tree gets
//! full marks.

mod exams;
mod herrings;
mod learning;
mod lines;
mod properties;
mod remedies;
mod team;
mod told;
pub(crate) mod trainees;
mod trees;
mod ways;
