//! Converts days between dates and the numbers of the schedule.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

/// The date of day 0.
const FIRST: Date = Date::constant(1970, 1, 1);

/// Converts `2026-01-15` to a number of days since 1970.
///
/// `None` if the text is no date.
pub fn number_of(date: &str) -> Option<i64> {
    let date: Date = date.parse().ok()?;
    FIRST.until(date).ok().map(|span| i64::from(span.get_days()))
}

/// Converts a number of days since 1970 to `2026-01-15`.
///
/// `None` for a day outside of the calendar.
pub fn date_of(day: i64) -> Option<String> {
    let span = 0.days().try_days(day).ok()?;
    FIRST.checked_add(span).ok().map(|date| date.to_string())
}

/// Returns the number of the current day in UTC.
///
/// UTC, because a journal may move to another machine, and a day must not occur twice.
pub fn today() -> i64 {
    FIRST.until(TimeZone::UTC.to_datetime(Timestamp::now()).date()).map_or(0, |span| i64::from(span.get_days()))
}

/// Returns the milliseconds until the next day in UTC.
pub fn until_midnight() -> u64 {
    const DAY: i64 = 24 * 60 * 60 * 1000;
    u64::try_from(DAY - Timestamp::now().as_millisecond().rem_euclid(DAY)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (date, day) in [("1970-01-01", 0), ("1970-01-02", 1), ("1969-12-31", -1), ("2026-01-15", 20_468)] {
            assert_eq!((number_of(date), date_of(day).as_deref()), (Some(day), Some(date)));
        }
        for wrong in ["", "today", "2026-02-30", "15.1.2026"] {
            assert_eq!(number_of(wrong), None, "{wrong}");
        }
        assert_eq!(date_of(i64::MAX), None);
        assert!(today() > 20_000);
        assert!((1..=86_400_000).contains(&until_midnight()));
    }
}
