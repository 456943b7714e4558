//! Scores an exercise: 100 points minus deductions, each with its reason.
//!
//! Full marks are for following the tree (by usefulness or in the author's order) or the order of a team, and for
//! anything faster. The shortest way, which is known only in hindsight, never costs points.

use crate::drill::generate::incident::Incident;
use crate::drill::generate::recognise::Recognise;
use crate::drill::judge::remedy::RemedyChoice;
use crate::drill::judge::state::DrillState;
use crate::drill::schedule::Grade;

/// The full score, in points.
pub(in crate::drill) const FULL: u32 = 100;

/// The points for the card and for the remedy in a "recognize" exercise: the card is what is trained.
const OF_CARD: u32 = 70;
const OF_REMEDY: u32 = 30;

/// The deductions of an incident, in points.
///
/// A wrong card costs most, because it would be acted on. A card named while a check could still exclude others costs
/// nearly as much. A wrong turn is a check that found and excluded nothing and that no proposed order contains. A
/// trainee with a single mistake keeps at least 70 points.
const WRONG_CARD: u32 = 25;
const UNPROVEN: u32 = 20;
const WRONG_TURN: u32 = 5;
const WRONG_TURNS_AT_MOST: u32 = 20;
const WRONG_REMEDY: u32 = 15;
const TIME_AT_MOST: f64 = 30.0;

/// The extra time, in seconds, that costs half of [`TIME_AT_MOST`].
///
/// One more look into a log (300 s) costs 8 points, because it is good to be sure.
const SLACK: f64 = 900.0;

/// The score from which an incident counts as solved without help, for the schedule.
const KNOWN: u32 = 80;

/// The reasons for deductions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deduction {
    /// The card was not found.
    NotFound,
    /// Wrong cards were named.
    WrongCard,
    /// The card was named while a check could still have excluded others.
    Unproven,
    /// Checks found and excluded nothing where no proposed order has them.
    WrongTurns,
    /// A wrong remedy was named first, or none.
    Remedy,
    /// It took longer than the proposed orders.
    Time,
    /// Hints were taken.
    Hints,
}

/// Returns the score after these deductions.
pub(in crate::drill) fn points(deductions: &[(Deduction, u32)]) -> u32 {
    FULL.saturating_sub(deductions.iter().fold(0, |sum, (_, lost)| sum.saturating_add(*lost)))
}

/// Whether the chosen remedy is right, or there are none to choose from.
fn is_remedied_right(choices: &[RemedyChoice], state: &DrillState) -> bool {
    let is_right = |at| choices.iter().any(|choice| choice.remedy == at && choice.is_right);
    choices.is_empty() || state.remedy.is_some_and(is_right)
}

impl Recognise {
    /// Returns the deductions, with their points.
    pub(in crate::drill) fn deductions(&self, state: &DrillState) -> Vec<(Deduction, u32)> {
        if state.named.is_empty() {
            return vec![(Deduction::NotFound, FULL)];
        }
        let mut deductions = Vec::new();
        let is_named_right = self.is_named_right(state);
        if !is_named_right {
            deductions.push((Deduction::WrongCard, OF_CARD));
        } else if state.price() > 0 {
            deductions.push((Deduction::Hints, state.price().min(OF_CARD)));
        }
        let is_asked = is_named_right || !self.is_strict;
        if !is_asked || !is_remedied_right(self.remedies(), state) {
            deductions.push((Deduction::Remedy, OF_REMEDY));
        }
        deductions
    }

    /// Grades how well the card was known, without the remedy, which is named later.
    ///
    /// Right without help is "good", and "easy" if the name was typed, because recalling is harder than recognizing one
    /// of four. With hints it is "hard". A trainee who said "I don't know" loses no points, but gets "again": knowing
    /// it today does not mean knowing it tomorrow.
    pub(in crate::drill) fn grade(&self, state: &DrillState) -> Grade {
        if !self.is_named_right(state) || state.unknowns > 0 {
            Grade::Again
        } else if state.price() > 0 {
            Grade::Hard
        } else if state.typed {
            Grade::Easy
        } else {
            Grade::Good
        }
    }
}

impl Incident {
    /// Returns the deductions, with their points.
    pub(in crate::drill) fn deductions(&self, state: &DrillState) -> Vec<(Deduction, u32)> {
        let wrong_cards = self.wrong_cards(state).len();
        if !self.is_solved(state) || self.is_strict && wrong_cards > 0 {
            return vec![(Deduction::NotFound, FULL)];
        }
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let turns = state.checked.iter().filter(|checked| checked.is_wrong_turn).count();
        let is_unproven = !self.is_proven(state);
        let deductions = [
            (Deduction::WrongCard, count(wrong_cards).saturating_mul(WRONG_CARD)),
            (Deduction::Unproven, if is_unproven { UNPROVEN } else { 0 }),
            (Deduction::WrongTurns, count(turns).saturating_mul(WRONG_TURN).min(WRONG_TURNS_AT_MOST)),
            (Deduction::Remedy, if is_remedied_right(&self.remedies_after(state), state) { 0 } else { WRONG_REMEDY }),
            (Deduction::Time, self.lost_by_time(state)),
            (Deduction::Hints, state.price()),
        ];
        deductions.into_iter().filter(|(_, lost)| *lost > 0).collect()
    }

    fn lost_by_time(&self, state: &DrillState) -> u32 {
        let over = f64::from(self.spent(state).saturating_sub(self.allowance()));
        (TIME_AT_MOST * over / (over + SLACK)).round() as u32
    }

    /// Grades how well the card was found, without the remedy, which is named later.
    ///
    /// Not knowing is no fault in an incident, because finding out is the exercise. A wrong card gives "again". Hints,
    /// help from the tree or a low score give "hard".
    pub(in crate::drill) fn grade(&self, state: &DrillState) -> Grade {
        let deductions: Vec<_> =
            self.deductions(state).into_iter().filter(|(deduction, _)| *deduction != Deduction::Remedy).collect();
        let points = points(&deductions);
        if !self.is_solved(state) || !self.wrong_cards(state).is_empty() {
            Grade::Again
        } else if state.price() > 0 || state.unknowns > 0 || points < KNOWN {
            Grade::Hard
        } else if points == FULL {
            Grade::Easy
        } else {
            Grade::Good
        }
    }
}
