//! Verifies a literal by the bytes around it.

use super::super::inner_literals::{Firsts, fold};
use crate::templates;

/// Bytes of a value that are checked.
///
/// A longer value may be anything.
const VALUE: usize = 64;

/// A reason to check the line that contains a literal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum ProbeHit {
    /// The line may match the pattern with this number.
    Pattern(usize),
    /// The line may match any pattern about fields.
    Fields,
    /// The line may be an error: an error word is here.
    ErrorWord,
    /// The line may be an error by its level or status.
    ErrorLine,
}

/// The context that a literal needs.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verifier {
    /// Anything.
    Any,
    /// The first digit of a JSON escape of an ASCII character.
    Escape,
    /// A text: the bytes before and after the literal, in lower case.
    Text(Box<[u8]>, Box<[u8]>),
    /// A folded field name, and the first bytes of its value.
    Name(Box<[u8]>, Option<Firsts>),
    /// The end of a field name, and first bytes of values.
    NameEnd(Firsts),
    /// An error word, and the offset of the literal in it.
    Word { number: usize, offset: usize },
    /// The end of the protocol before an error status.
    WebStatus,
}

impl Verifier {
    /// Returns whether the literal is part of a field name.
    pub(super) fn is_name(&self) -> bool {
        matches!(self, Verifier::Name(..) | Verifier::NameEnd(_))
    }

    /// Returns the first bytes that the value may have.
    ///
    /// `None` if any byte will do.
    pub(super) fn firsts(&self) -> Option<Firsts> {
        match self {
            Verifier::Name(_, firsts) => *firsts,
            Verifier::NameEnd(firsts) => Some(*firsts),
            _ => None,
        }
    }

    /// Returns whether the literal may follow a byte.
    ///
    /// A line end stands for the beginning of a line.
    pub(super) fn may_follow(&self, byte: u8) -> bool {
        match self {
            Verifier::Word { offset: 0, number } => templates::may_follow(byte, *number),
            // `HTTP/1.1` or `HTTP/2`.
            Verifier::WebStatus => byte.is_ascii_digit() || matches!(byte, b'P' | b'/' | b'.'),
            _ => true,
        }
    }

    /// Returns whether the literal, of this many bytes, may precede a byte.
    pub(super) fn may_precede(&self, byte: u8, length: usize) -> bool {
        match self {
            // The literal may be the beginning of a word: `unavail` of `unavailable`.
            Verifier::Word { number, offset } => match templates::byte_of_word(*number, offset + length) {
                Some(b' ') => matches!(byte, b' ' | b'\t'),
                Some(next) => fold(byte) == next,
                None => templates::may_precede(byte),
            },
            // The literal may be the beginning of a name, or more may follow: `severit` of `severity`, `statusCode`.
            Verifier::NameEnd(_) => matches!(byte, b'"' | b'\\') || is_name(byte),
            Verifier::WebStatus => byte.is_ascii_digit(),
            Verifier::Escape => byte.is_ascii_hexdigit(),
            _ => true,
        }
    }

    /// Returns the start of the whole text of a literal at `start`.
    pub(super) fn begin(&self, start: usize) -> usize {
        match self {
            Verifier::Word { offset, .. } => start.saturating_sub(*offset),
            _ => start,
        }
    }

    /// Returns whether the bytes around the literal allow a match.
    ///
    /// Never false for a matching line, unless the line is irregular; false for most others.
    pub(super) fn may_stand(&self, block: &[u8], start: usize, end: usize) -> bool {
        match self {
            Verifier::Any => true,
            Verifier::Escape => {
                let digits = block.get(end - 1..end + 1).and_then(|digits| std::str::from_utf8(digits).ok());
                let byte = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
                byte.is_some_and(|byte| byte < 0x7f && !b"\"\\/<>&'=+".contains(&byte))
            }
            Verifier::Text(before, after) => {
                let ahead = block.get(..start).unwrap_or_default().iter().rev();
                are_alike(ahead, before.iter().rev()) && are_alike(block.get(end..).unwrap_or_default(), after.iter())
            }
            Verifier::Name(name, firsts) => {
                let begin =
                    block.get(..start).unwrap_or_default().iter().rev().take_while(|byte| is_name(**byte)).count();
                let stop = end_of_name(block, end);
                let written = block.get(start - begin..stop).unwrap_or_default();
                let mut letters = written.iter().filter(|byte| !matches!(byte, b'-' | b'_'));
                let mut wanted = name.iter();
                let is_it = loop {
                    match (letters.next(), wanted.next()) {
                        (None, None) => break true,
                        (Some(letter), Some(wanted)) if fold(*letter) == *wanted => {}
                        _ => break false,
                    }
                };
                let is_followed = || match firsts {
                    Some(firsts) => is_followed_by(block, end, *firsts),
                    None => !matches!(behind_name(block, end), Behind::Else),
                };
                is_it && is_followed()
            }
            Verifier::NameEnd(firsts) => is_followed_by(block, end, *firsts),
            Verifier::Word { number, offset } => {
                start.checked_sub(*offset).is_some_and(|begin| templates::stands_at(block, begin, *number))
            }
            Verifier::WebStatus => {
                let ahead = block.get(start.saturating_sub(6)..start).unwrap_or_default();
                let is_rest = |rest: &[u8]| rest.iter().all(u8::is_ascii_digit);
                ahead.windows(4).any(|protocol| protocol == b"HTTP") && block.get(end..end + 2).is_some_and(is_rest)
            }
        }
    }
}

/// Returns whether bytes equal the wanted ones.
///
/// From the first byte beyond ASCII on, they may.
fn are_alike<'b>(there: impl IntoIterator<Item = &'b u8>, wanted: impl Iterator<Item = &'b u8>) -> bool {
    let mut there = there.into_iter();
    for wanted in wanted {
        match there.next() {
            Some(byte) if !byte.is_ascii() || !wanted.is_ascii() => return true,
            Some(byte) if fold(*byte) == *wanted => {}
            _ => return false,
        }
    }
    true
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn end_of_name(block: &[u8], from: usize) -> usize {
    from + block.get(from..).unwrap_or_default().iter().take_while(|byte| is_name(**byte)).count()
}

/// The text after a field name.
enum Behind<'b> {
    /// A value and the rest of the text.
    Value(&'b [u8]),
    /// Not understood: there may be a value.
    Unclear,
    /// No value, so it is not a field name.
    Else,
}

/// Returns the text after the field name around `from`.
fn behind_name(block: &[u8], from: usize) -> Behind<'_> {
    let rest = block.get(end_of_name(block, from)..).unwrap_or_default();
    let mark = rest.iter().position(|byte| !matches!(byte, b'\\' | b'"' | b' ')).unwrap_or(rest.len());
    match rest.get(mark..).and_then(<[u8]>::split_first) {
        Some((b':' | b'=', rest)) => Behind::Value(rest),
        // An escape may be a quote.
        Some((b'u', _)) => Behind::Unclear,
        Some((byte, _)) if !byte.is_ascii() => Behind::Unclear,
        _ => Behind::Else,
    }
}

/// Returns whether the field before `from` may have such a value.
///
/// `firsts` are the first bytes of the value.
///
/// Each part of a list is a value. If the text is not understood, it may have any value.
pub(super) fn is_followed_by(block: &[u8], from: usize, firsts: Firsts) -> bool {
    let rest = match behind_name(block, from) {
        Behind::Value(rest) => rest,
        Behind::Unclear => return true,
        Behind::Else => return false,
    };
    let start = rest.iter().position(|byte| !matches!(byte, b'\\' | b'"' | b' ')).unwrap_or(rest.len());
    let is_before = |mark: u8| rest.get(..start).is_some_and(|before| before.contains(&mark));
    let (is_quoted, is_escaped) = (is_before(b'"'), is_before(b'\\'));
    let mut begins = true;
    for (at, byte) in rest.get(start..).unwrap_or_default().iter().enumerate() {
        if !byte.is_ascii() || at > VALUE || matches!(byte, b'[' | b'{') {
            return true;
        }
        match byte {
            b'"' | b'\n' | b'}' | b']' => return false,
            // A quote that is escaped ends what begins with one.
            b'\\' => return !(is_escaped && rest.get(start + at + 1) == Some(&b'"')),
            b',' | b';' if !is_quoted => return false,
            b' ' if !is_quoted && !begins => return false,
            // A number may be written with a fraction or an exponent.
            b'.' | b'e' | b'E' | b'+' if !is_quoted && !begins => return true,
            b',' | b':' | b' ' => begins = true,
            byte if begins && (firsts >> byte) & 1 == 1 => return true,
            _ => begins = false,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_may_begin_anew_behind_marks_and_spaces() {
        let firsts = 1 << b'4' | 1 << b'5';
        for (text, expected) in [
            (r#"status":"502""#, true),
            (r#"status": 404}"#, true),
            (r#"statusCode":"200, 502""#, true),
            (r#"status":"200 502""#, true),
            (r#"status":"200","a":"502""#, false),
            (r#"status":200,"a":"502""#, false),
            (r#"status\":\"200\",\"a\":\"502\""#, false),
            // A quote in a value does not end it.
            (r#"status":"200 \" 502""#, true),
            (r#"status":["200"]"#, true),
            (r#"status of 502"#, false),
            (r#"status"#, false),
        ] {
            assert_eq!(is_followed_by(text.as_bytes(), "status".len(), firsts), expected, "{text}");
        }
    }

    #[test]
    fn a_name_is_one_if_something_can_follow_it() {
        let name = Verifier::Name((*b"backends").into(), None);
        for (text, expected) in [
            (r#""backends":[]"#, true),
            (r#""backends" : """#, true),
            (r#"\"backends\":{"#, true),
            (r#""backends\u0022:"#, true),
            ("backends=3", true),
            ("No healthy backends available", false),
            ("backends", false),
            (r#""allBackends":[]"#, false),
        ] {
            let start = text.to_lowercase().find("ackends").unwrap();
            assert_eq!(name.may_stand(text.as_bytes(), start, start + 7), expected, "{text}");
        }
    }
}
