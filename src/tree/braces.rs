//! Splits a text at its placeholders.

/// A part of a text with placeholders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BracePart<'t> {
    /// Literal text, in which `{{` and `}}` became `{` and `}`.
    Literal(String),
    /// The text between two single braces.
    Inside(&'t str),
}

/// Splits a text into literals and placeholders.
///
/// No literal is empty. `None` if a brace stands alone.
pub(super) fn split(text: &str) -> Option<Vec<BracePart<'_>>> {
    let mut parts = Vec::new();
    let mut literal = String::new();
    let mut rest = text;
    while let Some(brace) = rest.find(['{', '}']) {
        let (before, from) = rest.split_at(brace);
        literal.push_str(before);
        if let Some(after) = from.strip_prefix("{{") {
            literal.push('{');
            rest = after;
        } else if let Some(after) = from.strip_prefix("}}") {
            literal.push('}');
            rest = after;
        } else {
            let (inside, after) = from.strip_prefix('{')?.split_once('}')?;
            push_literal(&mut literal, &mut parts);
            parts.push(BracePart::Inside(inside));
            rest = after;
        }
    }
    literal.push_str(rest);
    push_literal(&mut literal, &mut parts);
    Some(parts)
}

fn push_literal(literal: &mut String, parts: &mut Vec<BracePart<'_>>) {
    if !literal.is_empty() {
        parts.push(BracePart::Literal(std::mem::take(literal)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn double_braces_are_literal() {
        let literal = |text: &str| BracePart::Literal(text.to_owned());
        for (text, expected) in [
            ("", vec![]),
            ("a{b}c", vec![literal("a"), BracePart::Inside("b"), literal("c")]),
            ("{a}{b}", vec![BracePart::Inside("a"), BracePart::Inside("b")]),
            ("{{a}} {b}", vec![literal("{a} "), BracePart::Inside("b")]),
        ] {
            assert_eq!(split(text), Some(expected), "{text}");
        }
        for text in ["{", "}", "a{b", "a}b"] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
