//! What stands around a window: whether it may be what is looked for.

use super::super::error_lines;
use super::super::inner_literals::{Firsts, fold};

/// So much of a value is looked at.
const VALUE: usize = 64;

/// What to do with a line in which something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum ProbeHit {
    /// See whether it carries the pattern of a number.
    Pattern(usize),
    /// See which patterns about fields it carries.
    Fields,
    /// See whether it looks like trouble: a word of it stands here.
    ErrorWord,
    /// See whether it looks like trouble.
    ErrorLine,
}

/// What a window is part of.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verifier {
    /// Anything.
    Any,
    /// A text, with what stands before and after the window, in lower case.
    Text(Box<[u8]>, Box<[u8]>),
    /// The name of a field, folded, and with what its value may begin.
    Name(Box<[u8]>, Option<Firsts>),
    /// The end of a name, the window at its beginning, and with what the value may begin.
    NameEnd(Firsts),
    /// A word of trouble, by its number, and where in it the window begins.
    Word { number: usize, offset: usize },
    /// The end of a protocol in a line of a web server, with the status that follows.
    WebStatus,
}

impl Verifier {
    /// Whether this is a name, or the end of one.
    pub(super) fn is_name(&self) -> bool {
        matches!(self, Verifier::Name(..) | Verifier::NameEnd(_))
    }

    /// With which bytes the value behind the name must begin; `None` if this is no name, or anything will do.
    pub(super) fn firsts(&self) -> Option<Firsts> {
        match self {
            Verifier::Name(_, firsts) => *firsts,
            Verifier::NameEnd(firsts) => Some(*firsts),
            _ => None,
        }
    }

    /// Whether its window may stand right behind a byte, or at the beginning of a line.
    pub(super) fn may_follow(&self, byte: u8) -> bool {
        match self {
            Verifier::Word { offset: 0, number } => error_lines::may_follow(byte, *number),
            _ => true,
        }
    }

    /// Whether its window may stand right before a byte.
    pub(super) fn may_precede(&self, byte: u8) -> bool {
        match self {
            Verifier::Word { .. } => error_lines::may_precede(byte),
            // The only name that is as short as this ends with it.
            Verifier::NameEnd(_) => matches!(byte, b'"' | b'\\'),
            _ => true,
        }
    }

    /// Where the whole of it begins, if its window begins at a place.
    pub(super) fn begin(&self, start: usize) -> usize {
        match self {
            Verifier::Word { offset, .. } => start.saturating_sub(*offset),
            _ => start,
        }
    }

    /// Whether it may stand where its window stands in a block. A line in which it stands is never denied, unless it is
    /// odd; of others, most are.
    pub(super) fn may_stand(&self, block: &[u8], start: usize, end: usize) -> bool {
        match self {
            Verifier::Any => true,
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
                start.checked_sub(*offset).is_some_and(|begin| error_lines::stands_at(block, begin, *number))
            }
            Verifier::WebStatus => {
                let ahead = block.get(start.saturating_sub(6)..start).unwrap_or_default();
                ahead.windows(4).any(|protocol| protocol == b"HTTP")
            }
        }
    }
}

/// Whether bytes are the wanted ones as far as one can tell: what is not ASCII is not compared.
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

/// What stands behind a name.
enum Behind<'b> {
    /// A value, and what follows.
    Value(&'b [u8]),
    /// Something that is not understood.
    Unclear,
    /// No value: it is no name.
    Else,
}

/// What stands behind a name of which a part ends at a place.
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

/// Whether a name of which a part ends at a place may have a value that begins with one of some bytes; each part of a
/// list is a value. What is not understood may have any value.
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
