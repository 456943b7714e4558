//! Judges the actions of a trainee in an exercise.
//!
//! `state` has the result of all actions so far. `elimination` determines which cards are still possible, `why_not`
//! explains why a card is wrong, and `hint` has the levels of help. `remedy` judges the remedy to try first, by the
//! ranks of `remedy_order`, `score` computes points and grades, `shortest` searches for the shortest set of checks, and
//! `debrief` compares the trainee's checks with it.

pub(super) mod debrief;
pub(super) mod elimination;
pub(super) mod hint;
pub(super) mod remedy;
pub(super) mod remedy_order;
pub(super) mod score;
pub(super) mod shortest;
pub(super) mod state;
pub(super) mod why_not;
