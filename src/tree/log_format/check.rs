//! Finds lines of formats that are ambiguous, or that fit everything.

use super::model::{FormatKind, FormatPart};
use crate::tree::bad_template::BadTemplate;

/// A fault of a format's line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// The field that is at fault; `None` for the whole line.
    pub field: Option<String>,
    /// The fault, and the way to correct it.
    pub fault: BadTemplate,
}

/// One thing that can follow a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next<'p> {
    Literal(&'p str),
    Field(&'p str),
    End,
}

/// Returns what makes the line ambiguous, or fit every text.
///
/// Invariant: a line without faults has an end for each field that does not depend on later fields, so that reading it
/// takes time linear in its length.
pub fn faults(line: &[FormatPart]) -> Vec<LineFault> {
    let mut found = Vec::new();
    add_faults(line, &[Next::End], &mut found);
    if !line.iter().any(is_telling) {
        let message = "this fits any line: nothing in it is always there";
        let help = "begin with the words, signs or the time that every line of the log has";
        found.push(LineFault { field: None, fault: BadTemplate { message: message.into(), help: help.into() } });
    }
    found
}

fn add_faults(parts: &[FormatPart], after: &[Next<'_>], found: &mut Vec<LineFault>) {
    for (at, part) in parts.iter().enumerate() {
        let mut next = Vec::new();
        let may_end = add_next(parts.get(at + 1..).unwrap_or_default(), &mut next);
        if may_end {
            next.extend(after);
        }
        match part {
            FormatPart::Literal(_) => {}
            FormatPart::Optional(inner) => add_faults(inner, &next, found),
            FormatPart::Field { name, kind } => {
                if let Some(fault) = next.iter().find_map(|next| fault_before(name, kind, *next)) {
                    found.push(LineFault { field: Some(name.to_string()), fault });
                }
            }
        }
    }
}

/// Adds what the parts can begin with.
///
/// Returns whether all of them may be missing.
fn add_next<'p>(parts: &'p [FormatPart], next: &mut Vec<Next<'p>>) -> bool {
    for part in parts {
        match part {
            FormatPart::Literal(text) => {
                next.push(Next::Literal(text));
                return false;
            }
            FormatPart::Field { name, .. } => {
                next.push(Next::Field(name));
                return false;
            }
            FormatPart::Optional(inner) => {
                add_next(inner, next);
            }
        }
    }
    true
}

/// Returns the fault of a field before what follows it.
fn fault_before(name: &str, kind: &FormatKind, next: Next<'_>) -> Option<BadTemplate> {
    let (message, help) = match (kind, next) {
        (FormatKind::Rest, Next::End) | (_, Next::End) => return None,
        (FormatKind::Rest, _) => (
            format!("`{name}` is the rest of the line, and something follows it"),
            "put it last, or make it `text`, which ends at the literal that follows",
        ),
        // Quotes and layouts say where these end.
        (FormatKind::Quoted | FormatKind::Time(_), _) => return None,
        (_, Next::Field(other)) => (
            format!("nothing tells where `{name}` ends and `{other}` begins"),
            "write the sign that stands between them",
        ),
        (FormatKind::Text, Next::Literal(text)) if text.trim().is_empty() => (
            format!("`{name}` is any text, and ends at a space, which any text may have"),
            "make it a `word`, or end it with more than a space",
        ),
        _ => return None,
    };
    Some(BadTemplate { message, help: help.into() })
}

/// Returns whether the part is in every line and few other texts.
fn is_telling(part: &FormatPart) -> bool {
    match part {
        FormatPart::Literal(text) => !text.trim().is_empty(),
        FormatPart::Field { kind, .. } => matches!(kind, FormatKind::Time(_)),
        FormatPart::Optional(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::log_format::parse;

    /// A line in which each text after the first is optional.
    fn line(texts: &[&str]) -> Vec<FormatPart> {
        let mut parts = parse(texts[0]).unwrap();
        parts.extend(texts[1..].iter().map(|text| FormatPart::Optional(parse(text).unwrap())));
        parts
    }

    #[test]
    fn what_has_no_certain_end_is_a_fault() {
        let sound: &[&[&str]] = &[
            &["{a:time} {b:word} {c:rest}"],
            &["at {a:address}:{b:port} {c:quoted}{d:quoted}"],
            &["x {message:text}", ", client: {client:word}", ", host: {host:quoted}"],
            &["x {a:word}", " {b:word}"],
        ];
        for texts in sound {
            assert_eq!(faults(&line(texts)), [], "{texts:?}");
        }
        let bad: &[(&[&str], &str)] = &[
            (&["x {a:rest} {b:rest}"], "rest of the line"),
            (&["x {a:rest}", " y"], "rest of the line"),
            (&["x {a:text}{b:text}"], "where `a` ends"),
            (&["x {a:word}", "{b:word}"], "where `a` ends"),
            (&["x {a:text} {b:word}"], "any text"),
            (&["{a:word} {b:word}"], "fits any line"),
            (&["{a:word}", " [x]"], "fits any line"),
        ];
        for (texts, words) in bad {
            let found = faults(&line(texts));
            assert!(found.iter().any(|it| it.fault.message.contains(words)), "{texts:?}: {found:?}");
        }
    }
}
