//! Formats times, amounts and frequencies, for scripts and people.

use jiff::Timestamp;

use crate::diagnosis::Times;

/// Milliseconds of a minute.
const MINUTE: u64 = 60_000;
/// Milliseconds of an hour.
const HOUR: u64 = 60 * MINUTE;
/// Milliseconds of a day.
const DAY: u64 = 24 * HOUR;

/// Symbols of a curve, the lowest first.
///
/// The first means "none at all".
const CURVE: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// The symbols of [`CURVE`] in ASCII.
const ASCII_CURVE: [&str; 8] = ["_", ".", ":", "-", "=", "+", "*", "#"];

/// Stands behind a time without a zone.
const NO_ZONE: &str = "(no time zone)";

/// Formats milliseconds since 1970 as RFC 3339.
///
/// Without a zone, it has no `Z`. `None` for a time outside of the calendar.
pub fn rfc3339(at: i64, has_zone: bool) -> Option<String> {
    let at = Timestamp::from_millisecond(at).ok()?.to_string();
    Some(if has_zone { at } else { at.trim_end_matches('Z').to_owned() })
}

/// Formats the first and last time for people.
///
/// Names the day once if both times are on it.
pub fn span(times: &Times) -> Option<String> {
    let second = |at: i64| {
        let at = Timestamp::from_millisecond(at).ok()?;
        Some((at.strftime("%Y-%m-%d").to_string(), at.strftime("%H:%M:%S").to_string()))
    };
    let ((first_day, first), (last_day, last)) = (second(times.first)?, second(times.last)?);
    let zone = if times.has_zone { "UTC" } else { NO_ZONE };
    Some(match (first_day == last_day, first == last) {
        (true, true) => format!("{first_day} {first} {zone}"),
        (true, false) => format!("{first_day} {first} to {last} {zone}"),
        (false, _) => format!("{first_day} {first} to {last_day} {last} {zone}"),
    })
}

/// Formats the time between two times, rounded down.
///
/// Examples: `40 s`, `3 min`, `2 h 5 min`, `3 days`.
pub fn between(one: i64, other: i64) -> String {
    let length = one.abs_diff(other);
    match length {
        0..1_000 => format!("{length} ms"),
        1_000..120_000 => format!("{} s", length / 1_000),
        120_000..HOUR => format!("{} min", length / MINUTE),
        HOUR..DAY if length % HOUR < MINUTE => format!("{} h", length / HOUR),
        HOUR..DAY => format!("{} h {} min", length / HOUR, length % HOUR / MINUTE),
        _ => many(length / DAY, "day", "days"),
    }
}

/// Says how long ago something was, in seconds, rounded down.
///
/// Examples: `just now`, `5 min ago`, `3 h ago`, `2 days ago`.
pub fn ago(seconds: i64) -> String {
    let length = u64::try_from(seconds).unwrap_or(0).saturating_mul(1000);
    match length {
        0..MINUTE => "just now".to_owned(),
        MINUTE..HOUR => format!("{} min ago", length / MINUTE),
        HOUR..DAY => format!("{} h ago", length / HOUR),
        _ => format!("{} ago", many(length / DAY, "day", "days")),
    }
}

/// Draws a histogram as a curve of at most `columns`.
///
/// Empty if there is nothing to see: fewer than two columns, or no event.
pub fn curve(histogram: &[u64], columns: usize, unicode: bool) -> String {
    let steps = histogram.len().div_ceil(columns.max(1)).max(1);
    let sums: Vec<u64> = histogram.chunks(steps).map(|chunk| chunk.iter().sum()).collect();
    let most = sums.iter().max().copied().unwrap_or(0);
    if sums.len() < 2 || most == 0 {
        return String::new();
    }
    let signs = if unicode { CURVE } else { ASCII_CURVE };
    let sign = |sum: &u64| {
        // Rounds up, so that a single event is visible.
        let height = (u128::from(*sum) * 7).div_ceil(u128::from(most));
        usize::try_from(height).ok().and_then(|height| signs.get(height)).copied().unwrap_or_default()
    };
    sums.iter().map(sign).collect()
}

/// Formats a number with thousands separators: `1,204`.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut apart = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            apart.push(',');
        }
        apart.push(digit);
    }
    apart
}

/// Formats a number with its noun: `1 line`, `1,204 lines`.
pub fn many(number: u64, one: &str, more: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { more })
}

/// Returns a text with a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_once_where_they_are_the_same() {
        let span = |first, last| span(&Times { first, last, has_zone: true, histogram: vec![1] }).unwrap();
        let at = 1_768_472_430_100;
        assert_eq!(span(at, at), "2026-01-15 10:20:30 UTC");
        assert_eq!(span(at, at + 221_000), "2026-01-15 10:20:30 to 10:24:11 UTC");
        assert_eq!(span(at, at + 86_400_000), "2026-01-15 10:20:30 to 2026-01-16 10:20:30 UTC");
        assert_eq!(rfc3339(at, true).unwrap(), "2026-01-15T10:20:30.1Z");
        assert_eq!(rfc3339(0, false).unwrap(), "1970-01-01T00:00:00");
        assert_eq!(rfc3339(i64::MAX, true), None);
    }

    #[test]
    fn lengths_are_rounded_to_what_matters() {
        for (length, expected) in [
            (0, "0 ms"),
            (999, "999 ms"),
            (40_000, "40 s"),
            (185_000, "3 min"),
            (7_200_000, "2 h"),
            (7_500_000, "2 h 5 min"),
            (86_400_000, "1 day"),
            (950_400_000, "11 days"),
        ] {
            assert_eq!(between(0, length), expected);
            assert_eq!(between(length, 0), expected);
        }
    }

    #[test]
    fn a_curve_shows_what_happened_once() {
        assert_eq!(curve(&[0, 1, 1000, 500], 30, true), "▁▂█▅");
        assert_eq!(curve(&[0, 1, 1000, 500], 30, false), "_.#=");
        assert_eq!(curve(&[1, 1, 0, 0, 4, 4, 2, 2], 4, true), "▃▁█▅");
        assert_eq!(curve(&[7], 30, true), "", "a single time is no curve");
        assert_eq!(curve(&[], 30, true), "");
        assert_eq!(curve(&[u64::MAX / 2, 1], 1, true), "");
    }

    #[test]
    fn amounts_are_read_at_a_glance() {
        for (number, expected) in [(0, "0"), (999, "999"), (1_204, "1,204"), (12_345_678, "12,345,678")] {
            assert_eq!(thousands(number), expected);
        }
    }
}
