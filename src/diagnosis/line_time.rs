//! Reads the time at which a line of a log was written.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::DateTime;
use memchr::memmem::Finder;

/// The names of fields with the time of a record, best first.
const NAMES: [&str; 4] = ["timestamp", "time", "datetime", "date"];

/// Find the names.
static FINDERS: LazyLock<[Finder<'static>; 4]> = LazyLock::new(|| NAMES.map(Finder::new));

/// The time at which a line was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineTime {
    /// Milliseconds since 1970, in UTC if the line says no zone.
    pub millis: i64,
    /// Whether the line says the zone.
    ///
    /// Times with and without one cannot be put in order.
    pub has_zone: bool,
}

impl LineTime {
    /// Returns the time if a time without a zone has this offset.
    ///
    /// The offset is in seconds east of UTC; `None` if it is not known.
    pub fn with_offset(self, utc_offset: Option<i32>) -> Self {
        match utc_offset.filter(|_| !self.has_zone) {
            Some(seconds) => Self { millis: self.millis - i64::from(seconds) * 1000, has_zone: true },
            None => self,
        }
    }

    /// Returns the time of a line.
    ///
    /// It is the time in a field of one of the names, or else the first time in the line. A time without a year is none.
    pub fn of(text: &str) -> Option<Self> {
        FINDERS.iter().find_map(|finder| in_field(text, finder)).or_else(|| first_time(text))
    }
}

/// Returns the time in the first field of a name.
fn in_field(text: &str, finder: &Finder<'_>) -> Option<LineTime> {
    let mut from = 0;
    while let Some(found) = finder.find(text.as_bytes().get(from..)?) {
        let start = from + found;
        from = start + finder.needle().len();
        let before = text.as_bytes().get(start.wrapping_sub(1)).copied().unwrap_or(b' ');
        let is_name = !before.is_ascii_alphanumeric() && !matches!(before, b'_' | b'-');
        let rest = text.get(from..)?.trim_start_matches(['\\', '"']).trim_start();
        if is_name && let Some(value) = rest.strip_prefix([':', '=']) {
            let value = value.trim_start_matches(['\\', '"', ' ']);
            if let Some(time) = rfc3339(value).or_else(|| epoch(value)).or_else(|| common(value)) {
                return Some(time);
            }
        }
    }
    None
}

/// Returns the first time in a text, in any known form.
fn first_time(text: &str) -> Option<LineTime> {
    // A time stands at the beginning of a line, give or take a prefix.
    const NEAR: usize = 4096;
    let bytes = text.as_bytes().get(..NEAR).unwrap_or(text.as_bytes());
    let mut was_digit = false;
    for (at, byte) in bytes.iter().enumerate() {
        let is_digit = byte.is_ascii_digit();
        if is_digit
            && !was_digit
            && let Some(rest) = text.get(at..)
            && let Some(time) = rfc3339(rest).or_else(|| common(rest))
        {
            return Some(time);
        }
        was_digit = is_digit;
    }
    None
}

/// Returns the time of a value that is a number.
///
/// The number counts seconds since 1970, or finer units.
fn epoch(value: &str) -> Option<LineTime> {
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let number: i64 = value.get(..digits)?.parse().ok()?;
    if value.as_bytes().get(digits).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b':' | b'/'))
    {
        return None;
    }
    let millis = match digits {
        9..=10 => number * 1000,
        13 => number,
        16 => number / 1000,
        19 => number / 1_000_000,
        _ => return None,
    };
    Some(LineTime { millis, has_zone: true })
}

/// Reads a time such as `2026-01-15T10:20:30.5+01:00` at a text's start.
///
/// A space may replace the `T`. Without a zone it is UTC. Written by hand because text that is no time is rejected in 3
/// ns, where `BrokenDownTime::parse_prefix` of jiff takes 400 ns, and a time takes half as long; `DateTimeParser` is as
/// fast on a time, but must be told its end.
fn rfc3339(text: &str) -> Option<LineTime> {
    /// The length of `2026-01-15T10:20:30`.
    const CIVIL: usize = 19;
    let bytes = text.as_bytes();
    let has = |at: usize, allowed: &[u8]| bytes.get(at).is_some_and(|byte| allowed.contains(byte));
    let is_shaped = has(4, b"-/") && has(7, b"-/") && has(10, b"Tt ") && has(13, b":") && has(16, b":");
    if !is_shaped {
        return None;
    }
    let mut end = CIVIL;
    let mut millis = 0;
    if has(end, b".,") {
        let digits = bytes.iter().skip(end + 1).take_while(|byte| byte.is_ascii_digit()).count();
        let length = digits.min(3);
        millis = number(bytes, end + 1, length).unwrap_or(0) * [1000, 100, 10, 1].get(length)?;
        end += 1 + digits;
    }
    let two = |at: usize| number(bytes, at, 2);
    let seconds = civil([number(bytes, 0, 4)?, two(5)?, two(8)?], [two(11)?, two(14)?, two(17)?])?;
    let zone = zone(text.get(end..)?);
    Some(LineTime { millis: (seconds - zone.unwrap_or(0)) * 1000 + millis, has_zone: zone.is_some() })
}

/// Reads a time such as `15/Jan/2026:10:20:30 +0000` at a text's start.
///
/// Web servers write it. By hand for the same reason as `rfc3339`.
fn common(text: &str) -> Option<LineTime> {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let bytes = text.as_bytes();
    let has = |at: usize, wanted: u8| bytes.get(at) == Some(&wanted);
    if !(has(2, b'/') && has(6, b'/') && has(11, b':') && has(14, b':') && has(17, b':')) {
        return None;
    }
    let two = |at: usize| number(bytes, at, 2);
    let name = text.get(3..6)?;
    let month = MONTHS.iter().position(|month| month.eq_ignore_ascii_case(name))?;
    let month = i64::try_from(month + 1).ok()?;
    let seconds = civil([number(bytes, 7, 4)?, month, two(0)?], [two(12)?, two(15)?, two(18)?])?;
    let zone = zone(text.get(20..)?.trim_start());
    Some(LineTime { millis: (seconds - zone.unwrap_or(0)) * 1000, has_zone: zone.is_some() })
}

/// Returns the number that some digits at a position are.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<i64> {
    let digits = bytes.get(at..at + length)?;
    let is_number = !digits.is_empty() && digits.iter().all(u8::is_ascii_digit);
    is_number.then(|| digits.iter().fold(0, |all, digit| all * 10 + i64::from(digit - b'0')))
}

/// Returns the seconds since 1970 of a time in UTC.
fn civil([year, month, day]: [i64; 3], [hour, minute, second]: [i64; 3]) -> Option<i64> {
    let small = |number: i64| i8::try_from(number).ok();
    let (month, day, year) = (small(month)?, small(day)?, i16::try_from(year).ok()?);
    // A leap second is written as the 60th.
    let time = DateTime::new(year, month, day, small(hour)?, small(minute)?, small(second.min(59))?, 0).ok()?;
    let zoned: Timestamp = jiff::tz::Offset::UTC.to_timestamp(time).ok()?;
    Some(zoned.as_second())
}

/// Reads an offset from UTC: `+01:00`, `-0330` or `Z`, in seconds east.
///
/// `None` for any other text, and for an offset of more than 14 hours, which no place has.
pub fn utc_offset(text: &str) -> Option<i32> {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_whole = matches!(text, "Z" | "z") || digits == 4 && text.len() == 5 + usize::from(text.contains(':'));
    let seconds = i32::try_from(zone(text)?).ok()?;
    (is_whole && seconds.abs() <= 14 * 3600).then_some(seconds)
}

/// Returns the offset of `+01:00`, `+0100` or `Z` in seconds.
///
/// `None` for any other text.
fn zone(text: &str) -> Option<i64> {
    let bytes = text.as_bytes();
    let sign = match bytes.first() {
        Some(b'+') => 1,
        Some(b'-') => -1,
        Some(b'Z' | b'z') => return Some(0),
        _ => return None,
    };
    let colon = usize::from(bytes.get(3) == Some(&b':'));
    match (number(bytes, 1, 2), number(bytes, 3 + colon, 2)) {
        (Some(hours), Some(minutes)) => Some(sign * (hours * 3600 + minutes * 60)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_moves_only_times_without_a_zone() {
        let of = |text: &str| LineTime::of(text).map(|time| time.with_offset(utc_offset("+02:00")));
        let expected = Some(LineTime { millis: 1_768_472_430_000, has_zone: true });
        assert_eq!(of("2026-01-15 12:20:30 up"), expected);
        assert_eq!(of("2026-01-15T10:20:30Z up"), expected);
        for (text, seconds) in [("Z", 0), ("+0000", 0), ("-03:30", -12_600), ("+1400", 50_400)] {
            assert_eq!(utc_offset(text), Some(seconds), "{text}");
        }
        for text in ["", "2", "+2", "+02", "02:00", "+02:00 ", "+02:0", "+15:00", "UTC", "+02:00:00"] {
            assert_eq!(utc_offset(text), None, "{text}");
        }
    }

    #[test]
    fn a_time_is_read_in_the_forms_that_logs_have() {
        for text in [
            r#"{"timestamp":"2026-01-15T10:20:30+00:00","a":1}"#,
            r#"{"time":"2026-01-15T11:20:30.000+01:00"}"#,
            r#"{"data":"{\"timestamp\":\"2026-01-15T10:20:30Z\"}"}"#,
            r#"{"datetime":1768472430000}"#,
            r#"{"datetime": "1768472430"}"#,
            r#"{"date":1768472430000000,"created":"2020-01-01T00:00:00Z"}"#,
            "time=2026-01-15T10:20:30Z level=error",
            "2026-01-15 10:20:30 up",
            "2026/01/15 10:20:30 [error] 7#7: *1 refused",
            r#"10.0.0.1 - - [15/Jan/2026:10:20:30 +0000] "GET / HTTP/1.1" 502 0"#,
            "id 20260115 at 2026-01-15T08:20:30-02:00",
        ] {
            let has_zone = !text.contains(" up") && !text.contains("refused");
            assert_eq!(LineTime::of(text), Some(LineTime { millis: 1_768_472_430_000, has_zone }), "{text}");
        }
        let millis = |text: &str| LineTime::of(text).map(|time| time.millis);
        assert_eq!(millis(r#"{"timestamp":"2026-01-15T10:20:30.25Z"}"#), Some(1_768_472_430_250));
        for text in ["", "10:20:30", "2026-13-15T10:20:30Z", "uptime=1768472430", r#"{"time":"soon"}"#, "time: 5"] {
            assert_eq!(millis(text), None, "{text}");
        }
        let both = r#"{"time":"2020-01-01T00:00:00Z","timestamp":"2026-01-15T10:20:30Z"}"#;
        assert_eq!(millis(both), Some(1_768_472_430_000), "the better name");
    }
}
