//! Decides which cases are deleted.

use crate::case::{CaseState, ListedCase};

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// Seconds for which a case without events stays.
///
/// Nothing was written, or everything was taken back.
/// Long enough that the program that wrote it has gone or goes on with it.
const EMPTY: i64 = 60 * 60;

/// The limits of what is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseLimits {
    /// The days for which a case is kept after its last event.
    pub days: u32,
    /// The bytes of all cases together.
    pub bytes: u64,
}

impl Default for CaseLimits {
    /// Three months, and room for some thousand cases.
    fn default() -> Self {
        Self { days: 90, bytes: 20_000_000 }
    }
}

/// Returns the cases to delete; `listed` has the latest first.
///
/// These are the old ones, those in which nothing is left, and behind the limit of bytes the oldest.
pub(super) fn doomed(listed: &[ListedCase], limits: CaseLimits, now: i64) -> Vec<&ListedCase> {
    let mut bytes = 0_u64;
    let mut doomed = Vec::new();
    for case in listed {
        let age = now.saturating_sub(case.changed);
        let is_empty =
            case.bytes == 0 || case.summary.as_ref().is_some_and(|summary| summary.state == CaseState::Empty);
        if age > i64::from(limits.days).saturating_mul(DAY) || is_empty && age > EMPTY {
            doomed.push(case);
            continue;
        }
        bytes = bytes.saturating_add(case.bytes);
        if bytes > limits.bytes {
            doomed.push(case);
        }
    }
    doomed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::CaseSummary;

    fn listed(id: &str, days: i64, bytes: u64, state: Option<CaseState>) -> ListedCase {
        let summary = state.map(|state| CaseSummary {
            tree: "house".into(),
            system: "House".into(),
            about: "".into(),
            standing: "Dark".into(),
            verdict: "".into(),
            answers: 1,
            evidence: 0,
            steps: 0,
            state,
            helped: None,
        });
        ListedCase { id: id.to_owned(), bytes, changed: 1_000 * DAY - days * DAY, summary }
    }

    #[test]
    fn old_empty_and_too_many_cases_go_and_damaged_ones_stay_as_long_as_others() {
        let listed = [
            listed("new", 0, 40, Some(CaseState::Open)),
            listed("emptied", 1, 10, Some(CaseState::Empty)),
            listed("damaged", 2, 30, None),
            listed("big", 3, 40, Some(CaseState::Solved)),
            listed("old", 91, 1, Some(CaseState::Open)),
        ];
        let ids = |limits, now| doomed(&listed, limits, now).iter().map(|case| case.id.as_str()).collect::<Vec<_>>();
        let now = 1_000 * DAY;
        assert_eq!(ids(CaseLimits::default(), now), ["emptied", "old"]);
        assert_eq!(ids(CaseLimits { days: 90, bytes: 100 }, now), ["emptied", "big", "old"]);
        assert_eq!(ids(CaseLimits { days: 2, bytes: 1000 }, now), ["emptied", "big", "old"]);
        assert_eq!(ids(CaseLimits { days: 0, bytes: 0 }, now), ["new", "emptied", "damaged", "big", "old"]);
        // A clock that was set back deletes nothing.
        assert_eq!(ids(CaseLimits::default(), 0), Vec::<&str>::new());
    }
}
