//! Which values of records patterns ask for.

use super::record::fold_name;
use crate::tree::Tree;
use crate::tree::pattern::{Part, Pattern, Template};

/// What a pattern, or what fills placeholders, asks of the values of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asking {
    /// Any value may be what it asks for, and it may ask whether there is one.
    Any,
    /// Only one that begins with a text, in whatever case, can be what it asks for; of a list, one of them.
    Beginning(Box<str>),
}

impl Asking {
    fn of(template: &Template) -> Self {
        match template.parts.first() {
            Some(Part::Literal(text)) if !template.is_empty() => match text.split_whitespace().next() {
                Some(word) if word.is_ascii() => Asking::Beginning(word.into()),
                _ => Asking::Any,
            },
            _ => Asking::Any,
        }
    }

    /// Whether a value may be what is asked for; of any other, it does not matter which one it is.
    pub fn is_for(&self, value: &[u8]) -> bool {
        let Asking::Beginning(beginning) = self else { return true };
        // A list is split at commas and colons; of letters beyond ASCII, some become others in lower case.
        let is_simple = value.is_ascii() && !value.contains(&b',') && !value.windows(3).any(|it| it == b" : ");
        let start = value.trim_ascii().get(..beginning.len());
        !is_simple || start.is_some_and(|start| start.eq_ignore_ascii_case(beginning.as_bytes()))
    }
}

/// The folded names of all fields of records whose values the patterns of a tree ask for, and what they ask.
pub(super) fn of_tree(tree: &Tree) -> Vec<(String, Asking)> {
    let mut asked = Vec::new();
    let signatures = || tree.cards().flat_map(|(_, card)| &card.signatures);
    let turns = signatures().filter_map(|signature| signature.back_and_forth.as_ref());
    let whole = turns.flat_map(|turns| [&turns.of, &turns.by]).chain(tree.encoded.iter().map(|(field, _)| field));
    asked.extend(whole.map(|field| (fold_name(field), Asking::Any)));
    let risks = tree.cards().flat_map(|(_, card)| &card.risks).map(|risk| &risk.pattern);
    let questions = tree.questions().flat_map(|(question, _)| tree.options(question));
    let answers = questions.flat_map(|(_, option)| &option.patterns);
    for pattern in signatures().map(|signature| &signature.pattern).chain(risks).chain(answers) {
        let Pattern::Fields(fields) = pattern else { continue };
        for field in fields.iter() {
            asked.extend(field.any_of.iter().map(|value| (fold_name(&field.name), Asking::of(value))));
        }
    }
    for source in tree.fills.iter().flat_map(|fill| &fill.sources) {
        let Some(field) = &source.field else { continue };
        asked.push((fold_name(field), source.shape.as_ref().map_or(Asking::Any, Asking::of)));
    }
    asked
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::pattern::Slots;

    #[test]
    fn a_value_that_begins_otherwise_is_not_asked_for() {
        let asking = |text: &str| Asking::of(&Template::parse(text, Slots::Typed).unwrap());
        for (pattern, value, expected) in [
            ("5{digit}", "502", true),
            ("5{digit}", " 502 ", true),
            ("5{digit}", "200", false),
            ("5{digit}", "200, 502", true),
            ("Closed by {host}", "CLOSED BY x", true),
            ("Closed by {host}", "close", false),
            ("{host}", "200", true),
            ("", "200", true),
            ("", "", true),
            ("5{digit}", "", false),
        ] {
            assert_eq!(asking(pattern).is_for(value.as_bytes()), expected, "{pattern} {value}");
        }
    }
}
