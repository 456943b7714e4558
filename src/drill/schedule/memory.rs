//! Models how a card is forgotten, and when to ask again (FSRS-6).
//!
//! The formulas and the default weights are those of the Free Spaced Repetition Scheduler, version 6
//! (<https://github.com/open-spaced-repetition>). The tests compare them with its published Python implementation,
//! without learning steps and without fuzz. Days are whole numbers, counted from any fixed day. Learning steps of
//! minutes are left out on purpose, because sessions are short and once a day, and steps of minutes need a program that
//! stays open.
//!
//! Example: after a first answer "good", a card has a stability of 2.3 days and is due on day 2. After another "good"
//! on that day, it has a stability of 11 days and is due on day 13.
//!
//! The model can fail for people whose memory differs much from the average, because it uses the default weights for
//! all.

/// The grade of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Not known, or another card was named.
    Again,
    /// Known with help.
    Hard,
    /// Known without help.
    Good,
    /// Known at once, without a list to pick from.
    Easy,
}

/// The memory of one thing that was learned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemoryState {
    /// The days until the probability of a right answer is `CHANCE_AT_STABILITY`.
    pub stability: f64,
    /// The difficulty of remembering, 1 to 10.
    pub difficulty: f64,
    /// The day of the last answer.
    pub asked: i64,
}

/// The probability of a right answer on the due day.
///
/// 0.9 is the default of FSRS.
pub const RETENTION: f64 = 0.9;

/// The probability of a right answer when the stability is over.
///
/// It belongs to the definition of stability in FSRS and does not change with [`RETENTION`].
const CHANCE_AT_STABILITY: f64 = 0.9;

/// The longest interval in days.
///
/// A hundred years is the limit of FSRS.
const LONGEST: f64 = 36_500.0;

/// The smallest stability in days.
///
/// The value is that of FSRS. It keeps divisions by the stability finite.
const LEAST_STABILITY: f64 = 0.001;

/// The default weights of FSRS-6, named by their use.
mod weight {
    /// The stability after the first answer, in days, by grade.
    pub(super) const FIRST_STABILITY: [f64; 4] = [0.212, 1.2931, 2.3065, 8.2956];
    pub(super) const FIRST_DIFFICULTY: f64 = 6.4133;
    pub(super) const FIRST_DIFFICULTY_BY_GRADE: f64 = 0.8334;
    pub(super) const DIFFICULTY_STEP: f64 = 3.0194;
    pub(super) const REVERSION: f64 = 0.001;
    pub(super) const RECALL: f64 = 1.8722;
    pub(super) const RECALL_BY_STABILITY: f64 = 0.1666;
    pub(super) const RECALL_BY_CHANCE: f64 = 0.796;
    pub(super) const LAPSE: f64 = 1.4835;
    pub(super) const LAPSE_BY_DIFFICULTY: f64 = 0.0614;
    pub(super) const LAPSE_BY_STABILITY: f64 = 0.2629;
    pub(super) const LAPSE_BY_CHANCE: f64 = 1.6483;
    pub(super) const HARD: f64 = 0.6014;
    pub(super) const EASY: f64 = 1.8729;
    pub(super) const SAME_DAY: f64 = 0.5425;
    pub(super) const SAME_DAY_SHIFT: f64 = 0.0912;
    pub(super) const SAME_DAY_BY_STABILITY: f64 = 0.0658;
    pub(super) const DECAY: f64 = 0.1542;
}

impl Grade {
    /// Returns the number of the grade in the formulas, 1 to 4.
    fn number(self) -> f64 {
        match self {
            Grade::Again => 1.0,
            Grade::Hard => 2.0,
            Grade::Good => 3.0,
            Grade::Easy => 4.0,
        }
    }

    fn first_stability(self) -> f64 {
        let [again, hard, good, easy] = weight::FIRST_STABILITY;
        match self {
            Grade::Again => again,
            Grade::Hard => hard,
            Grade::Good => good,
            Grade::Easy => easy,
        }
    }
}

impl MemoryState {
    /// Returns the memory after the first answer.
    pub fn first(grade: Grade, day: i64) -> Self {
        let difficulty = within(first_difficulty(grade));
        Self { stability: grade.first_stability(), difficulty, asked: day }
    }

    /// Returns the memory after another answer.
    ///
    /// If the day is before that of the last answer, it counts as that day, because a clock may have been set back.
    pub fn after(self, grade: Grade, day: i64) -> Self {
        let days = day.saturating_sub(self.asked);
        let stability = if days < 1 { self.same_day(grade) } else { self.next_stability(grade, self.chance(day)) };
        Self {
            stability: stability.max(LEAST_STABILITY),
            difficulty: self.next_difficulty(grade),
            asked: self.asked.max(day),
        }
    }

    /// Returns the probability of a right answer on a day.
    ///
    /// It is between 0 and 1.
    pub fn chance(&self, day: i64) -> f64 {
        let days = day.saturating_sub(self.asked).max(0) as f64;
        (1.0 + factor() * days / self.stability).powf(-weight::DECAY)
    }

    /// Returns the day on which to ask again.
    ///
    /// It is at least one day after the last answer.
    pub fn due(&self) -> i64 {
        let days = self.stability / factor() * (RETENTION.powf(-1.0 / weight::DECAY) - 1.0);
        self.asked.saturating_add(days.round_ties_even().clamp(1.0, LONGEST) as i64)
    }

    fn same_day(&self, grade: Grade) -> f64 {
        let growth = (weight::SAME_DAY * (grade.number() - 3.0 + weight::SAME_DAY_SHIFT)).exp()
            * self.stability.powf(-weight::SAME_DAY_BY_STABILITY);
        self.stability * if grade >= Grade::Good { growth.max(1.0) } else { growth }
    }

    fn next_stability(&self, grade: Grade, chance: f64) -> f64 {
        if grade == Grade::Again {
            let long = weight::LAPSE
                * self.difficulty.powf(-weight::LAPSE_BY_DIFFICULTY)
                * ((self.stability + 1.0).powf(weight::LAPSE_BY_STABILITY) - 1.0)
                * ((1.0 - chance) * weight::LAPSE_BY_CHANCE).exp();
            return long.min(self.stability / (weight::SAME_DAY * weight::SAME_DAY_SHIFT).exp());
        }
        let by_grade = match grade {
            Grade::Hard => weight::HARD,
            Grade::Easy => weight::EASY,
            _ => 1.0,
        };
        let growth = weight::RECALL.exp()
            * (11.0 - self.difficulty)
            * self.stability.powf(-weight::RECALL_BY_STABILITY)
            * (((1.0 - chance) * weight::RECALL_BY_CHANCE).exp() - 1.0)
            * by_grade;
        self.stability * (1.0 + growth)
    }

    fn next_difficulty(&self, grade: Grade) -> f64 {
        let step = -weight::DIFFICULTY_STEP * (grade.number() - 3.0);
        let damped = self.difficulty + (10.0 - self.difficulty) * step / 9.0;
        within(weight::REVERSION * first_difficulty(Grade::Easy) + (1.0 - weight::REVERSION) * damped)
    }
}

fn first_difficulty(grade: Grade) -> f64 {
    weight::FIRST_DIFFICULTY - (weight::FIRST_DIFFICULTY_BY_GRADE * (grade.number() - 1.0)).exp() + 1.0
}

fn within(difficulty: f64) -> f64 {
    difficulty.clamp(1.0, 10.0)
}

fn factor() -> f64 {
    CHANCE_AT_STABILITY.powf(-1.0 / weight::DECAY) - 1.0
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A day, a grade, and the resulting stability, difficulty and due day.
    type Review = (i64, u8, f64, f64, i64);

    /// From the Python package `fsrs` 6.3.2: `Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)`.
    const VECTORS: &[&[Review]] = &[
        &[
            (0, 3, 2.3065, 2.118104, 2),
            (2, 3, 10.964332, 2.111214, 13),
            (13, 3, 46.280217, 2.104331, 59),
            (59, 3, 162.862202, 2.097455, 222),
        ],
        &[
            (0, 1, 0.212, 6.4133, 1),
            (1, 3, 1.886788, 6.402115, 3),
            (3, 2, 4.522347, 7.596785, 8),
            (8, 1, 0.886188, 9.195308, 9),
            (9, 3, 1.843483, 9.181341, 11),
        ],
        &[(0, 4, 8.2956, 1.0, 8), (8, 4, 65.624226, 1.0, 74), (74, 3, 242.436014, 1.0, 316)],
        &[
            (0, 2, 1.2931, 5.112171, 1),
            (1, 2, 3.249412, 6.74046, 4),
            (4, 1, 0.713728, 8.91384, 5),
            (5, 1, 0.242388, 9.628215, 6),
            (6, 3, 0.76859, 9.613815, 7),
        ],
        &[
            (0, 3, 2.3065, 2.118104, 2),
            (0, 3, 2.3065, 2.111214, 2),
            (0, 1, 0.775084, 7.392238, 1),
            (5, 3, 5.218782, 7.380074, 10),
        ],
        &[
            (0, 3, 2.3065, 2.118104, 2),
            (30, 3, 37.420638, 2.111214, 67),
            (32, 2, 41.876478, 4.748285, 74),
            (33, 1, 2.286454, 8.259025, 35),
            (33, 4, 3.914007, 7.662501, 37),
            (42, 3, 13.495286, 7.650067, 55),
        ],
    ];

    fn grade(number: u8) -> Grade {
        [Grade::Again, Grade::Hard, Grade::Good, Grade::Easy][usize::from(number) - 1]
    }

    #[test]
    fn it_is_the_published_model() {
        for steps in VECTORS {
            let mut memory: Option<MemoryState> = None;
            for (day, number, stability, difficulty, due) in *steps {
                let next = match memory {
                    Some(memory) => memory.after(grade(*number), *day),
                    None => MemoryState::first(grade(*number), *day),
                };
                assert!((next.stability - stability).abs() < 1e-5, "{steps:?}: {next:?}");
                assert!((next.difficulty - difficulty).abs() < 1e-5, "{steps:?}: {next:?}");
                assert_eq!(next.due(), *due, "{steps:?}: {next:?}");
                memory = Some(next);
            }
        }
    }

    #[test]
    fn the_chance_falls_to_nine_in_ten_when_the_stability_is_over() {
        let memory = MemoryState { stability: 12.0, difficulty: 5.0, asked: 100 };
        assert_eq!(memory.chance(100), 1.0);
        assert!((memory.chance(112) - CHANCE_AT_STABILITY).abs() < 1e-9);
        assert!(memory.chance(400) < memory.chance(200));
        assert_eq!(memory.chance(3), 1.0, "a clock that was set back");
    }

    #[test]
    fn no_history_breaks_it() {
        let mut memory = MemoryState::first(Grade::Again, i64::MIN);
        for (at, day) in [i64::MAX, 0, i64::MIN, i64::MAX, 5].into_iter().cycle().take(1000).enumerate() {
            memory = memory.after(grade(1 + (at % 4) as u8), day);
            assert!(memory.stability.is_finite() && memory.stability > 0.0, "{memory:?}");
            assert!(memory.due() >= memory.asked);
        }
    }
}
