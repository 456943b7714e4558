//! Judges what a trainee does in an exercise: the state after each action, hints, score and debrief.

pub(super) mod debrief;
pub(super) mod elimination;
pub(super) mod hint;
pub(super) mod remedy;
pub(super) mod score;
pub(super) mod shortest;
pub(super) mod state;
pub(super) mod why_not;
