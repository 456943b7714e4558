//! Decodes the wanted values of a field: texts, and conditions on them.

use jsonc_parser::ast::Value;
use serde_json::{Value as Json, json};

use super::decode::{Decoder, Fields};
use super::json;
use super::object::{Decode, object};
use super::schema::Schemas;
use super::values::{AnyText, Flag};
use crate::tree::pattern::{Bound, Condition, FieldValues, Limit, Slots, Template};
use crate::tree::problem::Code;
use crate::tree::quantity::Quantity;

/// The alternative values of a field: texts and conditions.
#[derive(Debug)]
pub struct FieldValuesFile;

impl Decode for FieldValuesFile {
    type Value = FieldValues;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<FieldValues> {
        let mut values = FieldValues::default();
        let elements = one_or_list(value);
        if elements.is_empty() {
            let help = "name the values of which one must fit";
            decoder.note(Code::BadPattern, &json::range_of(value), "the list of values is empty", help);
            return None;
        }
        for element in elements {
            match element {
                Value::Object(_) => values.conditions.push(ConditionFile::decode(decoder, element)?.into()),
                _ => {
                    let written = decoder.any_text(element)?;
                    values.any_of.push(decoder.template(&written, Slots::Typed)?);
                }
            }
        }
        Some(values)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        schemas.define("FieldValues", |schemas| {
            let one = json!({"oneOf": [AnyText::schema(schemas), ConditionFile::schema(schemas)]});
            json!({
                "description": "A value, a condition, or a list of which one must fit.",
                "oneOf": [
                    AnyText::schema(schemas),
                    ConditionFile::schema(schemas),
                    {"type": "array", "items": one, "minItems": 1},
                ],
            })
        })
    }
}

/// Returns the elements of a list.
///
/// Any other value is the only element.
fn one_or_list<'v, 'a>(value: &'v Value<'a>) -> &'v [Value<'a>] {
    match value {
        Value::Array(array) => array.elements.as_slice(),
        one => std::slice::from_ref(one),
    }
}

object! {
    /// A condition on the values of a field; all parts of it must hold.
    ConditionFile is "a condition", then check_condition {
        /// The whole value, upper and lower case told apart; or a list of which one must fit.
        optional exactly: Option<ExactTexts>,
        /// The smallest number; may have a unit: `"30 s"`.
        optional at_least: Option<QuantityFile>,
        /// A number that the value must exceed.
        optional above: Option<QuantityFile>,
        /// The greatest number.
        optional at_most: Option<QuantityFile>,
        /// A number that the value must not reach.
        optional below: Option<QuantityFile>,
        /// The values that the field must not have; it must be there.
        optional not: Option<FieldValuesFile>,
        /// Whether the record must lack the field; `-` and an empty value do not lack it.
        optional absent: Option<Flag>,
    }
}

fn check_condition(decoder: &mut Decoder<'_>, fields: Fields<'_>, file: ConditionFile) -> Option<ConditionFile> {
    let condition = Condition::from(file.clone());
    let fault = if condition == Condition::default() {
        Some(("this condition asks for nothing", "say what the value must be"))
    } else if condition.is_absent.is_some()
        && condition != (Condition { is_absent: condition.is_absent, ..Condition::default() })
    {
        Some(("an absent field has no value that a condition could ask for", "keep \"absent\", or the rest"))
    } else if is_impossible(&condition.limits) {
        Some(("no number is within these limits", "correct one of them; their units must go together"))
    } else {
        None
    };
    match fault {
        Some((message, help)) => {
            decoder.note(Code::BadPattern, &fields.at(), message, help);
            None
        }
        None => Some(file),
    }
}

/// Returns whether a lower and an upper limit exclude each other.
fn is_impossible(limits: &[Limit]) -> bool {
    let is_lower = |limit: &Limit| matches!(limit.bound, Bound::AtLeast | Bound::Above);
    let (lower, upper): (Vec<&Limit>, Vec<&Limit>) = limits.iter().partition(|limit| is_lower(limit));
    lower.iter().any(|lower| {
        upper.iter().any(|upper| match lower.quantity.compare(upper.quantity) {
            None => true,
            Some(order) => {
                let has_both = (lower.bound, upper.bound) == (Bound::AtLeast, Bound::AtMost);
                order.is_gt() || (order.is_eq() && !has_both)
            }
        })
    })
}

impl From<ConditionFile> for Condition {
    fn from(file: ConditionFile) -> Self {
        let limits = [
            (Bound::AtLeast, file.at_least),
            (Bound::Above, file.above),
            (Bound::AtMost, file.at_most),
            (Bound::Below, file.below),
        ];
        let limit = |(bound, quantity): (Bound, Option<Quantity>)| Some(Limit { bound, quantity: quantity? });
        Self {
            exactly: file.exactly.unwrap_or_default(),
            limits: limits.into_iter().filter_map(limit).collect(),
            not: file.not,
            is_absent: file.absent,
        }
    }
}

/// Texts that are compared to the letter: one, or a list.
#[derive(Debug)]
pub struct ExactTexts;

impl Decode for ExactTexts {
    type Value = Vec<Template>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Vec<Template>> {
        let templates = one_or_list(value).iter().map(|element| {
            let written = decoder.text(element)?;
            decoder.template(&written, Slots::Typed)
        });
        templates.collect()
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let text = crate::text::CleanText::schema(schemas);
        json!({"oneOf": [text, {"type": "array", "items": text, "minItems": 1}]})
    }
}

/// A number, or a text with a number and a unit.
#[derive(Debug)]
pub struct QuantityFile;

impl Decode for QuantityFile {
    type Value = Quantity;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Quantity> {
        let written = match value {
            Value::NumberLit(number) => number.value,
            Value::StringLit(text) => &*text.value,
            _ => {
                decoder.wrong_type(value, "a number");
                return None;
            }
        };
        let quantity = Quantity::parse(written);
        if quantity.is_none() {
            let message = format!("`{written}` is not a quantity");
            decoder.note(
                Code::BadValue,
                &json::range_of(value),
                message,
                "write a number, or one with a unit: \"30 s\"",
            );
        }
        quantity
    }

    fn schema(_: &mut Schemas) -> Json {
        json!({"oneOf": [{"type": "number"}, {"type": "string", "pattern": "^[-+]?[0-9]+([.][0-9]+)? ?[A-Za-z%]*$"}]})
    }
}
