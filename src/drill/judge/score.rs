//! Scores an exercise: 100 points minus deductions, each with its reason.
//!
//! The full score is for an incident solved in the order of the tree (by usefulness or the author's order), in the
//! order of the team, or faster. The shortest set of checks never costs points, because it is known only in hindsight.

use crate::drill::generate::incident::Incident;
use crate::drill::generate::recognize::Recognize;
use crate::drill::judge::remedy::RemedyChoice;
use crate::drill::judge::state::DrillState;
use crate::drill::schedule::Grade;

/// The full score, in points.
pub(crate) const FULL: u32 = 100;

/// The points for the card in a "recognize" exercise.
///
/// The card gets most of the points, because the exercise trains to recognize it. Where no line is asked for, the line's
/// points are the card's.
const OF_CARD: u32 = 50;

/// The points for the line that matters in a "recognize" exercise.
const OF_LINE: u32 = 20;

/// The points for the remedy in a "recognize" exercise.
///
/// It is the rest of the full score.
const OF_REMEDY: u32 = FULL - OF_CARD - OF_LINE;

/// The deduction for each wrong card in an incident, in points.
///
/// It is the largest for one action, because acting on a wrong card does harm. The deduction for one mistake, or for
/// time, leaves at least 70 points in an incident. Only hints can cost more.
const WRONG_CARD: u32 = 25;

/// The deduction for naming a card while others are possible, in points.
///
/// It is nearly as large as for a wrong card, because the right card was partly a guess.
const UNPROVEN: u32 = 20;

/// The deduction for each wrong turn, in points.
///
/// A wrong turn is a check that found nothing, ruled out nothing and was not proposed (`Checked::is_wrong_turn`). It
/// costs only as much as the first hint, because its time counts as well.
const WRONG_TURN: u32 = 5;

/// The limit of the deductions for wrong turns, in points.
///
/// Wrong turns cost no more than an unproven card.
const WRONG_TURNS_AT_MOST: u32 = 20;

/// The deduction for a wrong remedy in an incident, in points.
const WRONG_REMEDY: u32 = 15;

/// The limit of the deduction for time, in points.
///
/// A slow trainee without any other mistake keeps 70 points.
const TIME_AT_MOST: f64 = 30.0;

/// The extra seconds that cost half of [`TIME_AT_MOST`].
///
/// One more look into a log (300 s) costs 8 points: this is little, because making sure is good.
const HALF_LOSS_SECONDS: f64 = 900.0;

/// The score from which an incident counts as known, in points.
///
/// Below it, the schedule asks again sooner. An unproven card (20) is still known, a wrong card (25) is not.
const KNOWN: u32 = 80;

/// The reasons for deductions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deduction {
    /// The card was not found.
    NotFound,
    /// Another line was pointed to, or none.
    Line,
    /// Wrong cards were named.
    WrongCard,
    /// The card was named while a check could still rule out others.
    Unproven,
    /// Checks found nothing, ruled out nothing and were not proposed.
    WrongTurns,
    /// A wrong remedy was named first, or none.
    Remedy,
    /// The checks took longer than the proposed orders.
    Time,
    /// Hints were taken.
    Hints,
}

/// Returns the score after these deductions.
pub(crate) fn points(deductions: &[(Deduction, u32)]) -> u32 {
    FULL.saturating_sub(deductions.iter().fold(0, |sum, (_, lost)| sum.saturating_add(*lost)))
}

/// Returns whether the chosen remedy is right.
///
/// If there are no remedies to choose from, it counts as right.
fn is_remedied_right(choices: &[RemedyChoice], state: &DrillState) -> bool {
    let is_right = |at| choices.iter().any(|choice| choice.remedy == at && choice.is_right);
    choices.is_empty() || state.remedy.is_some_and(is_right)
}

impl Recognize {
    /// Returns the reasons for deductions, with their points.
    pub(crate) fn deductions(&self, state: &DrillState) -> Vec<(Deduction, u32)> {
        if state.named.is_empty() {
            return vec![(Deduction::NotFound, FULL)];
        }
        let mut deductions = Vec::new();
        if !self.is_line_right(state) {
            deductions.push((Deduction::Line, OF_LINE));
        }
        let of_card = if self.asks_for_line() { OF_CARD } else { OF_CARD + OF_LINE };
        let is_named_right = self.subject.is_named_right(state);
        if !is_named_right {
            deductions.push((Deduction::WrongCard, of_card));
        } else if state.price() > 0 {
            deductions.push((Deduction::Hints, state.price()));
        }
        let is_asked = is_named_right || !self.subject.is_strict;
        if !is_asked || !is_remedied_right(&self.subject.remedies, state) {
            deductions.push((Deduction::Remedy, OF_REMEDY));
        }
        deductions
    }

    /// Returns whether the trainee pointed to a line that matters.
    ///
    /// If no line was asked for, it counts as right.
    pub fn is_line_right(&self, state: &DrillState) -> bool {
        !self.asks_for_line() || state.line.is_some_and(|at| self.telling().contains(&at))
    }

    /// Grades how well the trainee knew the card.
    ///
    /// Right without help is "good". It is "easy" if the name was typed, because recalling a name is harder than
    /// recognizing it among four. With hints, or after another line, it is "hard". After "I don't know", the grade is "again" although no
    /// points are lost, because knowing it today does not mean knowing it tomorrow. The remedy does not count, because
    /// it is chosen after the card.
    pub(crate) fn grade(&self, state: &DrillState) -> Grade {
        if !self.subject.is_named_right(state) || state.unknowns > 0 {
            Grade::Again
        } else if state.price() > 0 || !self.is_line_right(state) {
            Grade::Hard
        } else if state.typed {
            Grade::Easy
        } else {
            Grade::Good
        }
    }
}

impl Incident {
    /// Returns the reasons for deductions, with their points.
    pub(crate) fn deductions(&self, state: &DrillState) -> Vec<(Deduction, u32)> {
        let wrong_cards = self.wrong_cards(state).len();
        if !self.is_solved(state) || self.subject.is_strict && wrong_cards > 0 {
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
        (TIME_AT_MOST * over / (over + HALF_LOSS_SECONDS)).round() as u32
    }

    /// Grades how well the trainee found the card.
    ///
    /// A wrong card gives "again". Hints, "I don't know" or a low score give "hard". "I don't know" is not worse than a
    /// hint, because finding out is the purpose of an incident. The remedy does not count, because it is chosen after
    /// the card.
    pub(crate) fn grade(&self, state: &DrillState) -> Grade {
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
