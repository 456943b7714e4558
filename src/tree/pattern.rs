//! Patterns: the one language in which a tree describes text and records.
//!
//! This file holds the language as data; `recognize` finds patterns in evidence.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use super::bad_template::BadTemplate;
use super::braces::{self, BracePart};
use super::json_path::PathStep;
use super::quantity::Quantity;
use crate::text::CleanText;

/// A pattern of an option, a signature or a risk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Pattern {
    /// A literal with placeholders, found anywhere in a line.
    Text(Template),
    /// Values that one record holds.
    Fields(Arc<[Field]>),
    /// Places of a document; each step continues from the places before it.
    Json(Vec<PathStep>),
}

/// The placeholder of a code in the code lines of a question.
pub const CODE: &str = "code";

impl Pattern {
    /// Returns the names of the placeholders; paths have none.
    pub fn slots(&self) -> Vec<&str> {
        match self {
            Pattern::Text(template) => template.slots().collect(),
            Pattern::Fields(fields) => {
                fields.iter().flat_map(|field| &field.any_of).flat_map(Template::slots).collect()
            }
            Pattern::Json(_) => Vec::new(),
        }
    }

    /// Returns whether the pattern is text without a digit.
    ///
    /// `HTTP/1.1 502 Bad Gateway` has a code, and says no more than the code.
    pub fn is_words_alone(&self) -> bool {
        let has_no_digit = |part: &Part| match part {
            Part::Literal(literal) => !literal.bytes().any(|byte| byte.is_ascii_digit()),
            Part::Slot { .. } => true,
        };
        matches!(self, Pattern::Text(template) if template.parts.iter().all(has_no_digit))
    }

    /// Returns the fields that a pattern of fields asks for.
    pub fn fields(&self) -> Option<&[Field]> {
        match self {
            Pattern::Fields(fields) => Some(fields),
            Pattern::Text(_) | Pattern::Json(_) => None,
        }
    }

    /// Returns whether the pattern asks for nothing but codes in fields.
    ///
    /// No value that it asks for has a letter: `{"status": "502", "upstream": "{ip}"}`.
    pub fn has_only_codes(&self) -> bool {
        let has_letter = |template: &Template| {
            let mut literals = template.parts.iter().filter_map(|part| match part {
                Part::Literal(literal) => Some(literal.as_str()),
                Part::Slot { .. } => None,
            });
            literals.any(|literal| literal.contains(char::is_alphabetic))
        };
        match self {
            Pattern::Fields(fields) => fields.iter().all(|field| {
                let exact = field.conditions.iter().flat_map(|condition| &condition.exactly);
                !field.any_of.iter().chain(exact).any(has_letter)
            }),
            Pattern::Text(_) | Pattern::Json(_) => false,
        }
    }
}

/// A field of a record and what its value must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The name as the author wrote it.
    pub name: CleanText,
    /// The alternatives, each compared with the whole value.
    ///
    /// An empty template means "empty".
    pub any_of: Vec<Template>,
    /// Further alternatives, which text alone cannot say.
    pub conditions: Vec<Condition>,
}

/// A condition on the values of a field.
///
/// All of its parts must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Texts of which a whole value must be one, to the letter.
    pub exactly: Vec<Template>,
    /// The limits of a value that is a number.
    pub limits: Vec<Limit>,
    /// The values that the field must not have.
    ///
    /// The field must be there.
    pub not: Option<FieldValues>,
    /// Whether the field is absent.
    pub is_absent: Option<bool>,
}

/// Alternative values of a field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldValues {
    /// Texts, as in [`Field::any_of`].
    pub any_of: Vec<Template>,
    /// Conditions, as in [`Field::conditions`].
    pub conditions: Vec<Condition>,
}

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limit {
    /// The side of the quantity on which a number must be.
    pub bound: Bound,
    /// The quantity itself.
    pub quantity: Quantity,
}

/// The side of a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Bound {
    /// The number is equal or greater.
    AtLeast,
    /// The number is greater.
    Above,
    /// The number is equal or smaller.
    AtMost,
    /// The number is smaller.
    Below,
}

impl Limit {
    /// Returns whether a quantity is within the limit.
    ///
    /// It is not if the units do not go together.
    pub fn holds(self, quantity: Quantity) -> bool {
        quantity.compare(self.quantity).is_some_and(|order| match self.bound {
            Bound::AtLeast => order.is_ge(),
            Bound::Above => order.is_gt(),
            Bound::AtMost => order.is_le(),
            Bound::Below => order.is_lt(),
        })
    }
}

/// A text with placeholders: of a pattern, a value, or a command.
///
/// A clone shares the parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The literals and placeholders, in order.
    pub parts: Arc<[Part]>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// Text to the letter.
    Literal(CleanText),
    /// A place for what varies.
    Slot {
        /// The name under which the value is kept.
        name: CleanText,
        /// The kind of text that may stand there.
        kind: Kind,
    },
}

/// The kind of text that a placeholder matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// An IP address, with or without a port.
    Ip,
    /// An address, or a name with a dot, colon, underscore or digit.
    Host,
    /// Digits.
    Number,
    /// One digit.
    Digit,
    /// Anything without white space.
    Word,
    /// Anything.
    Any,
}

impl Kind {
    const NAMES: [(&str, Kind); 6] = [
        ("ip", Kind::Ip),
        ("host", Kind::Host),
        ("number", Kind::Number),
        ("digit", Kind::Digit),
        ("word", Kind::Word),
        ("any", Kind::Any),
    ];

    fn from_name(name: &str) -> Option<Kind> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
    }

    /// Returns whether a placeholder has the name of a kind.
    pub fn is_name(name: &str) -> bool {
        Self::from_name(name).is_some()
    }

    /// Returns the names of all kinds, for messages.
    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(name, _)| *name)
    }
}

/// Whether the names in braces must say what may stand there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slots {
    /// Patterns: `{kind}` or `{name:kind}`.
    Typed,
    /// Commands: `{name}`, to be filled in.
    Free,
}

impl Template {
    /// Reads a text with placeholders. `{{` and `}}` are literal braces.
    pub fn parse(text: &str, slots: Slots) -> Result<Self, BadTemplate> {
        let mut parts = Vec::new();
        for part in braces::split(text).ok_or_else(lonely_brace)? {
            parts.push(match part {
                BracePart::Literal(text) => Part::Literal(text.into()),
                BracePart::Inside(name) => slot(name, slots)?,
            });
        }
        Ok(Self { parts: parts.into() })
    }

    /// Returns the names of the placeholders.
    pub fn slots(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| match part {
            Part::Literal(_) => None,
            Part::Slot { name, .. } => Some(name.as_str()),
        })
    }

    /// Returns whether the template stands for "empty".
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    /// Replaces each placeholder by the value for its name, or by `{name}`.
    pub fn fill(&self, mut value_of: impl FnMut(&str) -> Option<String>) -> String {
        let mut filled = String::new();
        for part in self.parts.iter() {
            match part {
                Part::Literal(text) => filled.push_str(text),
                Part::Slot { name, .. } => match value_of(name) {
                    Some(value) => filled.push_str(&value),
                    None => filled.push_str(&format!("{{{name}}}")),
                },
            }
        }
        filled
    }
}

impl std::fmt::Display for Template {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.fill(|_| None))
    }
}

impl std::fmt::Display for Pattern {
    /// Writes the pattern as text, `name: "value"` pairs, or paths.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Pattern::Text(template) => template.fmt(formatter),
            Pattern::Fields(fields) => {
                let mut shown = Vec::new();
                for field in fields.iter() {
                    shown.push(format!("{}: {}", field.name, show_values(&field.any_of, &field.conditions)));
                }
                formatter.write_str(&shown.join(" "))
            }
            Pattern::Json(steps) => {
                let steps: Vec<_> = steps.iter().map(PathStep::text).collect();
                formatter.write_str(&steps.join(", then "))
            }
        }
    }
}

impl std::fmt::Display for Condition {
    /// Writes the condition in words: `at least 500 and below 600`.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = Vec::new();
        if !self.exactly.is_empty() {
            shown.push(format!("exactly {}", show_values(&self.exactly, &[])));
        }
        shown.extend(self.limits.iter().map(|limit| {
            let side = match limit.bound {
                Bound::AtLeast => "at least",
                Bound::Above => "above",
                Bound::AtMost => "at most",
                Bound::Below => "below",
            };
            format!("{side} {}", limit.quantity)
        }));
        shown.extend(self.not.iter().map(|not| format!("not {}", show_values(&not.any_of, &not.conditions))));
        shown.extend(self.is_absent.map(|is_absent| if is_absent { "absent".into() } else { "not absent".into() }));
        formatter.write_str(&shown.join(" and "))
    }
}

/// Joins alternative values by `or`.
fn show_values(any_of: &[Template], conditions: &[Condition]) -> String {
    let values = any_of.iter().map(|value| format!("\"{value}\""));
    values.chain(conditions.iter().map(Condition::to_string)).collect::<Vec<_>>().join(" or ")
}

fn lonely_brace() -> BadTemplate {
    BadTemplate {
        message: "a brace stands alone".into(),
        help: "write {{ or }} for a literal brace, and close every placeholder".into(),
    }
}

fn slot(inside: &str, slots: Slots) -> Result<Part, BadTemplate> {
    let (name, kind) = match slots {
        Slots::Free => (inside, Some(Kind::Any)),
        Slots::Typed => {
            let (name, kind) = inside.split_once(':').unwrap_or((inside, inside));
            (name, Kind::from_name(kind))
        }
    };
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    match kind {
        Some(kind) if is_name => Ok(Part::Slot { name: name.into(), kind }),
        Some(_) => Err(BadTemplate {
            message: format!("`{{{inside}}}` is not a placeholder: its name is not in snake_case"),
            help: "name it in lower case with underscores, or write {{ }} for literal braces".into(),
        }),
        None => Err(BadTemplate {
            message: format!("`{{{inside}}}` is not a placeholder that patterns know"),
            help: format!(
                "use one of {}, or name one as in {{server:host}}",
                Kind::names().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ")
            ),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_literals_and_slots() {
        let template = Template::parse("Backend {backend_ip:host} sent {{{number}}}", Slots::Typed).unwrap();
        assert_eq!(
            *template.parts,
            [
                Part::Literal("Backend ".into()),
                Part::Slot { name: "backend_ip".into(), kind: Kind::Host },
                Part::Literal(" sent {".into()),
                Part::Slot { name: "number".into(), kind: Kind::Number },
                Part::Literal("}".into()),
            ]
        );
        assert_eq!(template.to_string(), "Backend {backend_ip} sent {{number}}");
        assert_eq!(template.fill(|name| Some(format!("<{name}>"))), "Backend <backend_ip> sent {<number>}");
    }

    #[test]
    fn a_bad_template_says_what_to_do() {
        for (text, word) in [("a { b", "alone"), ("a } b", "alone"), ("{zebra}", "zebra"), ("{Ip:ip}", "snake_case")] {
            let bad = Template::parse(text, Slots::Typed).unwrap_err();
            assert!(bad.message.contains(word), "{text}: {}", bad.message);
            assert!(!bad.help.is_empty());
        }
        assert!(Template::parse("{zebra}", Slots::Free).is_ok());
        assert!(Template::parse("", Slots::Typed).unwrap().is_empty());
    }
}
