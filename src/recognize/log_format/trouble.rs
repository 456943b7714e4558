//! Makes expressions that lines with trouble match, and few other lines.
//!
//! They reject healthy lines without reading their fields. A line that matches is read in full.

use super::expression::{self, FieldExpression};
use crate::tree::log_format::{FormatKind, FormatPart, LogFormat};
use crate::tree::pattern::{Bound, Condition, Field, Kind, Part, Template};

/// Returns an expression for the beginnings of lines that may report trouble.
pub(super) fn trouble_expression(format: &LogFormat) -> String {
    let alternatives = format.trouble.iter().map(|fields| {
        let replaced = |name: &str, kind: &FormatKind| {
            fields.iter().find(|field| field.name == name).and_then(|field| value_expression(field, kind))
        };
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        expression::beginning(&cut(&format.line, &names), &replaced)
    });
    alternatives.collect::<Vec<_>>().join("|")
}

/// Returns the parts up to the last of some fields.
///
/// Optional parts with such a field are needed.
fn cut(line: &[FormatPart], names: &[&str]) -> Vec<FormatPart> {
    let last = line.iter().rposition(|part| has_any(part, names));
    let mut kept = Vec::new();
    for part in line.iter().take(last.map_or(0, |last| last + 1)) {
        match part {
            FormatPart::Optional(parts) if has_any(part, names) => kept.extend(cut(parts, names)),
            _ => kept.push(part.clone()),
        }
    }
    kept
}

fn has_any(part: &FormatPart, names: &[&str]) -> bool {
    match part {
        FormatPart::Literal(_) => false,
        FormatPart::Field { name, .. } => names.contains(&name.as_str()),
        FormatPart::Optional(parts) => parts.iter().any(|part| has_any(part, names)),
    }
}

/// Returns an expression for the wanted values of a field.
///
/// `None` if they are not simple enough; then any value of the kind may be wanted.
fn value_expression(field: &Field, kind: &FormatKind) -> FieldExpression {
    if !matches!(kind, FormatKind::Number(_) | FormatKind::Word) {
        return None;
    }
    let texts = field.any_of.iter().map(text_expression);
    let conditions = field.conditions.iter().map(|condition| condition_expression(condition, kind));
    let all: Vec<String> = texts.chain(conditions).collect::<Option<_>>()?;
    Some(format!("(?i:{})", all.join("|")))
}

fn text_expression(template: &Template) -> FieldExpression {
    let mut expression = String::new();
    for part in template.parts.iter() {
        match part {
            Part::Literal(text) => expression.push_str(&regex::escape(text)),
            Part::Slot { kind: Kind::Digit, .. } => expression.push_str("[0-9]"),
            Part::Slot { .. } => return None,
        }
    }
    (!template.is_empty()).then_some(expression)
}

fn condition_expression(condition: &Condition, kind: &FormatKind) -> FieldExpression {
    if !condition.exactly.is_empty() {
        let texts: Vec<String> = condition.exactly.iter().map(text_expression).collect::<Option<_>>()?;
        return Some(format!("(?:{})", texts.join("|")));
    }
    let lower = condition.limits.iter().find(|limit| matches!(limit.bound, Bound::AtLeast | Bound::Above))?;
    let whole = lower.quantity.whole().filter(|_| matches!(kind, FormatKind::Number(_)))?;
    Some(format!(r"\+?0*(?:{})", at_least(&whole.to_string())))
}

/// Returns an expression for whole numbers from a positive number on.
///
/// Example: `[6-9][0-9]{2}`, `5[1-9][0-9]`, `50[1-9]`, `500` and `[1-9][0-9]{3}` for 500.
fn at_least(number: &str) -> String {
    let rest = |digits: usize| if digits > 0 { format!("[0-9]{{{digits}}}") } else { String::new() };
    let mut all = vec![number.to_owned(), format!("[1-9]{}", rest(number.len()))];
    for (at, digit) in number.bytes().enumerate().filter(|(_, digit)| *digit < b'9') {
        let same = number.get(..at).unwrap_or_default();
        all.push(format!("{same}[{}-9]{}", char::from(digit + 1), rest(number.len() - at - 1)));
    }
    all.join("|")
}

#[cfg(test)]
mod tests {
    use regex::Regex;

    use super::*;

    #[test]
    fn numbers_from_a_number_on_are_found() {
        for from in [1, 9, 10, 99, 500, 1234] {
            let regex = Regex::new(&format!("^(?:{})$", at_least(&from.to_string()))).unwrap();
            for number in 0..3000 {
                let expected = number >= from && number.to_string().len() <= from.to_string().len() + 1;
                assert_eq!(regex.is_match(&number.to_string()), expected, "{number} from {from}");
            }
        }
    }
}
