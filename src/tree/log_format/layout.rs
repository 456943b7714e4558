//! Layouts of times, in the notation of `strftime`.

use serde::{Deserialize, Serialize};

use crate::text::CleanText;
use crate::tree::bad_template::BadTemplate;

/// How a time is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeLayout {
    /// The layout in the notation of `strftime`; empty for ISO 8601.
    pub written: CleanText,
    /// The pieces of the layout, in order.
    pub pieces: Vec<TimePiece>,
}

/// A piece of a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TimePiece {
    /// A character to the letter.
    Literal(char),
    /// A fixed number of digits.
    Digits(usize),
    /// A day of the month without a leading zero.
    PaddedDay,
    /// Three letters of a month or a day of the week.
    ShortName,
    /// The fraction of a second with its point; may be missing.
    Fraction,
    /// A zone such as `+0000`, `+01:00` or `Z`.
    Zone,
    /// Seconds since 1970, perhaps with a fraction.
    Epoch,
    /// A whole time in ISO 8601.
    ///
    /// `T` or a space stands before the hour; the zone may be missing.
    Iso,
}

/// The directives with their pieces.
const DIRECTIVES: &[(&str, &[TimePiece])] = &[
    ("%Y", &[TimePiece::Digits(4)]),
    ("%y", &[TimePiece::Digits(2)]),
    ("%m", &[TimePiece::Digits(2)]),
    ("%d", &[TimePiece::Digits(2)]),
    ("%e", &[TimePiece::PaddedDay]),
    ("%H", &[TimePiece::Digits(2)]),
    ("%M", &[TimePiece::Digits(2)]),
    ("%S", &[TimePiece::Digits(2)]),
    ("%.f", &[TimePiece::Fraction]),
    ("%b", &[TimePiece::ShortName]),
    ("%a", &[TimePiece::ShortName]),
    ("%z", &[TimePiece::Zone]),
    ("%s", &[TimePiece::Epoch]),
    (
        "%T",
        &[
            TimePiece::Digits(2),
            TimePiece::Literal(':'),
            TimePiece::Digits(2),
            TimePiece::Literal(':'),
            TimePiece::Digits(2),
        ],
    ),
    ("%%", &[TimePiece::Literal('%')]),
];

impl TimeLayout {
    /// Parses a layout; an empty one is ISO 8601.
    pub fn parse(written: &str) -> Result<Self, BadTemplate> {
        let mut pieces = Vec::new();
        let mut rest = written;
        while let Some(first) = rest.chars().next() {
            let known = DIRECTIVES.iter().find_map(|(name, made)| Some((rest.strip_prefix(name)?, made)));
            match known {
                Some((after, made)) => {
                    pieces.extend(made.iter().cloned());
                    rest = after;
                }
                None if first == '%' => {
                    let directive: String = rest.chars().take(2).collect();
                    let known: Vec<_> = DIRECTIVES.iter().map(|(name, _)| *name).collect();
                    return Err(BadTemplate {
                        message: format!("`{directive}` is not known in the layout of a time"),
                        help: format!("use {}", known.join(" ")),
                    });
                }
                None => {
                    pieces.push(TimePiece::Literal(first));
                    rest = rest.get(first.len_utf8()..).unwrap_or_default();
                }
            }
        }
        if pieces.is_empty() {
            pieces.push(TimePiece::Iso);
        }
        if !pieces.iter().any(|piece| !matches!(piece, TimePiece::Literal(_))) {
            return Err(BadTemplate {
                message: format!("`{written}` is not the layout of a time"),
                help: "write it as strftime does, such as %d/%b/%Y:%H:%M:%S %z, or leave it out for ISO 8601".into(),
            });
        }
        Ok(Self { written: written.into(), pieces })
    }
}
