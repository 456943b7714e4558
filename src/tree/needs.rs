//! Tells what a text must have to match a pattern.
//!
//! Most patterns are in none of the lines that a person pastes. What a pattern needs is kept apart from it, so that a
//! pattern is opened and compiled only for a line that may have it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::json_path::PathStep;
use super::pattern::{Condition, Field, Part, Pattern, Template};
use crate::text::{fold_name, fold_space};

/// The parts without which a text does not match a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Needs {
    /// The longest literal of a text, in lower case. It may be empty.
    Text(#[serde(borrow)] Cow<'static, str>),
    /// The folded names of fields, all in one record.
    Fields(Vec<NeededName>),
    /// The names of the levels of a document.
    Levels {
        /// As documents spell them, in lowerCamelCase.
        names: Vec<NeededName>,
        /// Folded, as records spell them.
        folded: Vec<NeededName>,
    },
}

/// A name that a pattern needs.
///
/// It is read where it lies in the binary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeededName(#[serde(borrow)] Cow<'static, str>);

impl AsRef<str> for NeededName {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<String> for NeededName {
    fn from(name: String) -> Self {
        Self(name.into())
    }
}

impl Needs {
    /// Returns what a pattern needs.
    pub fn of(pattern: &Pattern) -> Self {
        match pattern {
            Pattern::Text(template) => Needs::Text(longest_literal(template).into()),
            Pattern::Fields(fields) => {
                let needed = fields.iter().filter(|field| is_needed(field));
                Needs::Fields(needed.map(|field| fold_name(&field.name).into()).collect())
            }
            Pattern::Json(steps) => {
                let names = level_names(steps);
                let folded = names.iter().map(|name| fold_name(name).into()).collect();
                Needs::Levels { names: names.into_iter().map(NeededName::from).collect(), folded }
            }
        }
    }

    /// Returns whether the pattern is a text.
    pub fn is_text(&self) -> bool {
        matches!(self, Needs::Text(_))
    }
}

/// Returns the longest literal of a template.
///
/// It is in lower case, and its white space is folded.
pub fn longest_literal(template: &Template) -> String {
    let literals = template.parts.iter().filter_map(|part| match part {
        Part::Literal(text) => Some(text.trim()),
        Part::Slot { .. } => None,
    });
    fold_space(literals.max_by_key(|text| text.len()).unwrap_or_default()).to_lowercase()
}

/// Returns the names of levels that a matching document has.
///
/// They are in lowerCamelCase.
pub fn level_names(steps: &[PathStep]) -> Vec<String> {
    let first = steps.first().map(PathStep::segments).unwrap_or_default();
    let single = first.into_iter().filter(|segment| segment.names.len() == 1);
    single.flat_map(|segment| segment.names).collect()
}

/// Returns whether a record without the field cannot have the pattern.
fn is_needed(field: &Field) -> bool {
    let asks_for_absence = |condition: &Condition| condition.is_absent == Some(true);
    !field.any_of.iter().any(Template::is_empty) && !field.conditions.iter().any(asks_for_absence)
}

#[cfg(test)]
mod tests {
    use super::super::pattern::Slots;
    use super::*;

    #[test]
    fn a_field_that_may_be_missing_is_not_needed() {
        let template = |text: &str| Template::parse(text, Slots::Typed).unwrap();
        let field = |name: &str, values: &[&str], is_absent: Option<bool>| Field {
            name: name.into(),
            any_of: values.iter().map(|value| template(value)).collect(),
            conditions: is_absent
                .map(|is| Condition { is_absent: Some(is), ..Condition::default() })
                .into_iter()
                .collect(),
        };
        let fields = [
            field("lbStatus-code", &["502"], None),
            field("empty", &[""], None),
            field("either", &["a", ""], None),
            field("absent", &[], Some(true)),
            field("present", &[], Some(false)),
        ];
        assert_eq!(
            Needs::of(&Pattern::Fields(fields.into())),
            Needs::Fields(["lbstatuscode", "present"].map(|name| name.to_owned().into()).into())
        );
        let text = Pattern::Text(template("No  Healthy {word} in"));
        assert_eq!(Needs::of(&text), Needs::Text("no healthy".into()));
    }
}
