//! Numbers with units, such as `30 s`, that can be compared.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The factor by which numbers are stored: nine decimal places are exact.
const SCALE: i128 = 1_000_000_000;

/// The most digits of a number, before and after its point.
///
/// Longer numbers are ids. With 15 digits, a number of days in nanoseconds fits into 128 bits.
const MAX_DIGITS: usize = 15;

/// A number, perhaps with a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quantity {
    /// The number in billionths.
    billionths: i128,
    /// The unit, if one was written.
    pub unit: Option<Unit>,
}

/// Whether something is measured in time, bytes or percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Dimension {
    Time,
    Size,
    Share,
}

macro_rules! units {
    ($($unit:ident $name:literal $dimension:ident $factor:literal,)*) => {
        /// A unit of time, size or share.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Unit {
            $(#[doc = concat!("`", $name, "`.")] $unit,)*
        }

        impl Unit {
            /// All units.
            pub const ALL: &'static [Unit] = &[$(Unit::$unit,)*];

            /// Returns the unit as it is written.
            pub fn name(self) -> &'static str {
                match self { $(Unit::$unit => $name,)* }
            }

            /// Returns the dimension, and the size in its smallest unit.
            fn measure(self) -> (Dimension, i128) {
                match self { $(Unit::$unit => (Dimension::$dimension, $factor),)* }
            }
        }
    };
}

units! {
    Nanosecond "ns" Time 1,
    Microsecond "us" Time 1_000,
    Millisecond "ms" Time 1_000_000,
    Second "s" Time 1_000_000_000,
    Minute "min" Time 60_000_000_000,
    Hour "h" Time 3_600_000_000_000,
    Day "d" Time 86_400_000_000_000,
    Byte "B" Size 1,
    Kilobyte "KB" Size 1_000,
    Megabyte "MB" Size 1_000_000,
    Gigabyte "GB" Size 1_000_000_000,
    Kibibyte "KiB" Size 1_024,
    Mebibyte "MiB" Size 1_048_576,
    Gibibyte "GiB" Size 1_073_741_824,
    Percent "%" Share 1,
}

impl Unit {
    /// Returns the unit with a name.
    pub fn from_name(name: &str) -> Option<Unit> {
        Self::ALL.iter().copied().find(|unit| unit.name() == name)
    }
}

impl Quantity {
    /// Parses a number and a unit: `30`, `-1`, `0.5 s`, `12ms`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, digits) = match text.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, text.strip_prefix('+').unwrap_or(text)),
        };
        let end = digits.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits.len());
        let (whole, after) = digits.split_at(end);
        let (fraction, after) = match after.strip_prefix('.') {
            Some(rest) => rest.split_at(rest.find(|it: char| !it.is_ascii_digit()).unwrap_or(rest.len())),
            None => ("", after),
        };
        if whole.is_empty() || whole.len() > MAX_DIGITS {
            return None;
        }
        let unit = match after.trim_start() {
            "" => None,
            name => Some(Unit::from_name(name)?),
        };
        let mut billionths = whole.parse::<i128>().ok()? * SCALE;
        let mut place = SCALE / 10;
        for digit in fraction.chars().filter_map(|digit| digit.to_digit(10)) {
            billionths += i128::from(digit) * place;
            place /= 10;
        }
        Some(Self { billionths: sign * billionths, unit })
    }

    /// Returns the number without its fraction.
    ///
    /// `None` if it is not positive or has a unit.
    pub fn whole(self) -> Option<u64> {
        let whole = u64::try_from(self.billionths / SCALE).ok()?;
        (self.unit.is_none() && whole > 0).then_some(whole)
    }

    /// Returns the number with another unit.
    pub fn with_unit(self, unit: Option<Unit>) -> Self {
        Self { unit, ..self }
    }

    /// Compares two quantities; `None` if their units do not go together.
    ///
    /// A quantity without a unit goes together with another one without.
    pub fn compare(self, other: Self) -> Option<std::cmp::Ordering> {
        let (one, two) = match (self.unit, other.unit) {
            (None, None) => (self.billionths, other.billionths),
            (Some(one), Some(two)) => {
                let ((dimension, factor), (other_dimension, other_factor)) = (one.measure(), two.measure());
                if dimension != other_dimension {
                    return None;
                }
                (self.billionths * factor, other.billionths * other_factor)
            }
            _ => return None,
        };
        Some(one.cmp(&two))
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.billionths < 0 { "-" } else { "" };
        let (whole, fraction) = (self.billionths.abs() / SCALE, self.billionths.abs() % SCALE);
        write!(to, "{sign}{whole}")?;
        if fraction > 0 {
            write!(to, ".{}", format!("{fraction:09}").trim_end_matches('0'))?;
        }
        match self.unit {
            Some(unit) => write!(to, " {}", unit.name()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::*;

    #[test]
    fn quantities_are_compared_in_one_unit() {
        let cases = [
            ("30 s", "29.9s", Some(Ordering::Greater)),
            ("1 min", "60000 ms", Some(Ordering::Equal)),
            ("-1", "0", Some(Ordering::Less)),
            ("0.073", "0.0730", Some(Ordering::Equal)),
            ("+3", "3", Some(Ordering::Equal)),
            ("1 KiB", "1 KB", Some(Ordering::Greater)),
            ("1 s", "1", None),
            ("1 s", "1 B", None),
        ];
        for (one, other, expected) in cases {
            let (one, other) = (Quantity::parse(one).unwrap(), Quantity::parse(other).unwrap());
            assert_eq!(one.compare(other), expected, "{one} and {other}");
        }
    }

    #[test]
    fn other_texts_are_no_quantities() {
        for text in ["", "-", "s", "1.2.3", "10.0.0.1", "12 parsecs", "1e9", "1234567890123456", "--1", ".5"] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
        assert_eq!(Quantity::parse("9.50 s").unwrap().to_string(), "9.5 s");
    }
}
