//! Turns the line of a log format into a regular expression.

use crate::tree::log_format::{FormatKind, FormatPart, TimeLayout, TimePiece};

/// Bytes with which a text may begin, by value.
pub(super) type FirstBytes = Vec<bool>;

/// An expression for a field's value; `None` for any of the kind.
pub(super) type FieldExpression = Option<String>;

/// Returns the expression that replaces the usual one of a field.
///
/// `None` for the usual one.
type Replaced<'r> = &'r dyn Fn(&str, &FormatKind) -> FieldExpression;

/// Returns the anchored expression of a line.
///
/// It has a group for each field.
pub(super) fn expression(line: &[FormatPart]) -> String {
    let mut expression = String::from("^");
    write(line, &[], &|_, _| None, &mut expression);
    expression.push('$');
    expression
}

/// Returns the expression of the beginning of a line.
pub(super) fn beginning(parts: &[FormatPart], replaced: Replaced<'_>) -> String {
    let mut expression = String::from("^");
    write(parts, &[], replaced, &mut expression);
    expression
}

/// Adds the expression of some parts; `after` may follow them.
fn write(parts: &[FormatPart], after: &[char], replaced: Replaced<'_>, to: &mut String) {
    for (at, part) in parts.iter().enumerate() {
        let mut next = Vec::new();
        if next_characters(parts.get(at + 1..).unwrap_or_default(), &mut next) {
            next.extend(after);
        }
        match part {
            FormatPart::Literal(text) => to.push_str(&regex::escape(text)),
            FormatPart::Optional(parts) => {
                to.push_str("(?:");
                write(parts, &next, replaced, to);
                to.push_str(")?");
            }
            FormatPart::Field { name, kind } => match replaced(name, kind) {
                Some(value) => to.push_str(&value),
                None => write_field(kind, &next, to),
            },
        }
    }
}

/// Adds the characters with which the parts may begin, if known.
///
/// Returns whether all of the parts may be missing.
fn next_characters(parts: &[FormatPart], next: &mut Vec<char>) -> bool {
    for part in parts {
        match part {
            FormatPart::Literal(text) => {
                next.extend(text.chars().next());
                return false;
            }
            FormatPart::Field { .. } => return false,
            FormatPart::Optional(parts) => {
                next_characters(parts, next);
            }
        }
    }
    true
}

/// Adds the expression of a field.
///
/// White space of a line is folded to single spaces.
fn write_field(kind: &FormatKind, next: &[char], to: &mut String) {
    match kind {
        // As short as may be, so that a port that follows is not part of it.
        FormatKind::Address => to.push_str(r#"(unix:[^ ,;"]*?|[0-9A-Za-z_.:%\[\]*-]+?)"#),
        FormatKind::Port => to.push_str("(-|[0-9]{1,5})"),
        FormatKind::Number(_) => to.push_str(r"([+-]?[0-9]+(?:\.[0-9]+)?|-)"),
        FormatKind::Word => {
            // A word ends at the sign that follows it. Letters and digits may be in the word, too.
            let signs: String = next.iter().filter(|it| !it.is_alphanumeric() && !it.is_whitespace()).collect();
            let signs = regex::escape(&signs);
            to.push_str(&format!(r"([^ \{{{signs}][^ {signs}]*)"));
        }
        // At the end of a line that was cut, the closing quote may be missing.
        FormatKind::Quoted => to.push_str(r#""((?:[^"\\]|\\.)*)(?:"|$)"#),
        FormatKind::List => to.push_str(r"(-|[^ ,]+(?:(?:, ?| : )[^ ,]+)*)"),
        FormatKind::Text => to.push_str("(.*?)"),
        FormatKind::Rest => to.push_str("(.*)"),
        FormatKind::Time(layout) => {
            to.push('(');
            layout.pieces.iter().for_each(|piece| to.push_str(&time_piece(piece)));
            to.push(')');
        }
    }
}

fn time_piece(piece: &TimePiece) -> String {
    match piece {
        TimePiece::Literal(character) => regex::escape(&character.to_string()),
        TimePiece::Digits(count) => format!("[0-9]{{{count}}}"),
        // White space is folded, so that a padded day is one digit.
        TimePiece::PaddedDay => "[0-9]{1,2}".into(),
        TimePiece::ShortName => "[A-Za-z]{3}".into(),
        TimePiece::Fraction => "(?:[.,][0-9]+)?".into(),
        TimePiece::Zone => "(?:Z|[+-][0-9]{2}:?[0-9]{2})".into(),
        TimePiece::Epoch => r"[0-9]{9,10}(?:\.[0-9]+)?".into(),
        TimePiece::Iso => {
            let zone = "(?:Z|[+-][0-9]{2}:?[0-9]{2})?";
            format!("[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}[T ][0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(?:[.,][0-9]+)?{zone}")
        }
    }
}

/// Returns the bytes that every line has at fixed positions.
///
/// They stand in the literals and the times with which a line begins.
pub(super) fn fixed_bytes(line: &[FormatPart]) -> Vec<(usize, u8)> {
    let mut fixed = Vec::new();
    let mut at = 0;
    for part in line {
        match part {
            FormatPart::Literal(text) => {
                fixed.extend((at..).zip(text.bytes()));
                at += text.len();
            }
            FormatPart::Field { kind: FormatKind::Time(layout), .. } => {
                for piece in &layout.pieces {
                    match piece {
                        TimePiece::Literal(character) if character.is_ascii() => {
                            fixed.extend(u8::try_from(*character).ok().map(|byte| (at, byte)));
                            at += 1;
                        }
                        TimePiece::Digits(count) => at += count,
                        TimePiece::ShortName => at += 3,
                        TimePiece::Iso => {
                            fixed.extend([(at + 4, b'-'), (at + 7, b'-'), (at + 13, b':'), (at + 16, b':')]);
                            return fixed;
                        }
                        _ => return fixed,
                    }
                }
            }
            FormatPart::Field { .. } | FormatPart::Optional(_) => return fixed,
        }
    }
    fixed
}

/// Returns the bytes with which some parts may begin.
///
/// The second value says whether all of the parts may be missing.
pub(super) fn first_bytes(parts: &[FormatPart]) -> (FirstBytes, bool) {
    let mut all = vec![false; 256];
    for part in parts {
        let (bytes, may_be_missing) = match part {
            FormatPart::Literal(text) => (just(text.bytes().next()), false),
            FormatPart::Field { kind, .. } => (first_of(kind), matches!(kind, FormatKind::Text | FormatKind::Rest)),
            FormatPart::Optional(parts) => (first_bytes(parts).0, true),
        };
        all.iter_mut().zip(bytes).for_each(|(known, added)| *known |= added);
        if !may_be_missing {
            return (all, false);
        }
    }
    (all, true)
}

fn first_of(kind: &FormatKind) -> FirstBytes {
    match kind {
        FormatKind::Port => those(|byte| byte.is_ascii_digit() || byte == b'-'),
        FormatKind::Number(_) => those(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+')),
        FormatKind::Address => those(|byte| byte.is_ascii_alphanumeric() || b"_.:%[]*-".contains(&byte)),
        FormatKind::Quoted => just(Some(b'"')),
        FormatKind::Time(layout) => first_of_time(layout),
        // Lines in JSON are not tried.
        FormatKind::Word => those(|byte| byte != b'{'),
        FormatKind::List | FormatKind::Text | FormatKind::Rest => those(|_| true),
    }
}

fn first_of_time(layout: &TimeLayout) -> FirstBytes {
    match layout.pieces.first() {
        Some(TimePiece::Literal(character)) => {
            let mut bytes = [0; 4];
            just(character.encode_utf8(&mut bytes).bytes().next())
        }
        Some(TimePiece::ShortName) => those(|byte| byte.is_ascii_alphabetic()),
        Some(TimePiece::Fraction | TimePiece::Zone) | None => those(|_| true),
        Some(_) => those(|byte| byte.is_ascii_digit()),
    }
}

fn just(byte: Option<u8>) -> FirstBytes {
    those(|other| byte.is_none_or(|byte| byte == other))
}

fn those(is_one: impl Fn(u8) -> bool) -> FirstBytes {
    (0..=u8::MAX).map(is_one).collect()
}
