//! What an exercise is worth: 100 points less whatever was lost, each loss with its reason.

use crate::drill::Exercise;
use crate::drill::generate::incident::Incident;
use crate::drill::generate::recognise::Recognise;
use crate::drill::judge::state::DrillState;
use crate::drill::schedule::Grade;

/// The full score.
pub(in crate::drill) const FULL: u32 = 100;

/// In a line to recognise: what the card is worth, and what the remedy is.
const OF_CARD: u32 = 70;
const OF_REMEDY: u32 = 30;

/// In an incident: what is lost by naming a card that it is not, by naming one while others were possible that could have
/// been excluded, by a check that found nothing and excluded nothing where nobody who follows the tree would have made it,
/// by another remedy than the first, and at most by time.
const WRONG_CARD: u32 = 25;
const UNPROVEN: u32 = 20;
const WRONG_TURN: u32 = 5;
const WRONG_TURNS_AT_MOST: u32 = 20;
const WRONG_REMEDY: u32 = 15;
const TIME_AT_MOST: f64 = 30.0;

/// Somebody who needs this many seconds more than the tree loses half of what time can cost: one more look into a log to
/// be sure is worth a few points, not a third of all.
const SLACK: f64 = 900.0;

/// From so many points on an incident was known without help.
const KNOWN: u32 = 80;

/// Why points were lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deduction {
    /// The card was not found.
    NotFound,
    /// Cards were named that it is not.
    WrongCard,
    /// It was named while other cards were possible.
    Unproven,
    /// Checks found nothing where the tree would have asked something else.
    WrongTurns,
    /// Another remedy was named first, or none.
    Remedy,
    /// It took longer than following the tree.
    Time,
    /// Hints.
    Hints,
}

/// The score that is left.
pub(in crate::drill) fn points(deductions: &[(Deduction, u32)]) -> u32 {
    FULL.saturating_sub(deductions.iter().fold(0, |sum, (_, lost)| sum.saturating_add(*lost)))
}

impl Recognise {
    /// What was lost, and why.
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
        if !is_asked || !Exercise::is_remedied_right(self.remedies(), state) {
            deductions.push((Deduction::Remedy, OF_REMEDY));
        }
        deductions
    }

    /// Grades how well the card was known, without the remedy, which is named later.
    ///
    /// Right at once: easily if it was typed, for to recall is more than to pick. With hints: hard. Somebody who did not know, and said so, loses no points, and is asked again soon all the same: that they
    /// found out today does not mean that they will know tomorrow.
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
    /// What was lost, and why.
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
            (
                Deduction::Remedy,
                if Exercise::is_remedied_right(&self.remedies_after(state), state) { 0 } else { WRONG_REMEDY },
            ),
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
    /// Not to have known is no fault here, because finding out is the exercise; but what was found by a wrong card is not
    /// known, and what was found with hints, or where the tree would ask, or in a roundabout way, is hardly known.
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
