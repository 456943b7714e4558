//! Decodes what fills placeholders, and which field must change back and forth.

use jsonc_parser::ast::Value;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use super::decode::{Decoder, Fields};
use super::json;
use super::object::{Decode, object, simple};
use super::schema::Schemas;
use crate::text::CleanText;
use crate::tree::pattern::{Slots, Template};
use crate::tree::problem::Code;

object! {
    /// A field that must change back and forth before a signature counts.
    BackAndForth is "`back_and_forth`", also derives Serialize & Deserialize {
        /// The field whose value changes.
        required of: CleanText,
        /// The field that names the thing; changes are counted for each thing.
        required by: CleanText,
        /// The number of changes that are needed, at least 1.
        required times: ChangeCount,
    }
}

/// Adds a problem if something decides without a source.
pub(super) fn check_decides(
    decoder: &mut Decoder<'_>,
    fields: Fields<'_>,
    decides: Option<bool>,
    source: Option<&CleanText>,
) {
    if let (Some(value), Some(true), None) = (fields.get("decides"), decides, source) {
        let message = "this decides without a source";
        let help = "name the page that says that it has one meaning under \"source\"";
        decoder.note(Code::MissingField, &json::range_of(value), message, help);
    }
}

simple! {
    /// A number of changes, at least 1.
    ChangeCount: u64, {"type": "integer", "minimum": 1}, |decoder, value| {
        let number = value.as_number_lit().and_then(|number| number.value.parse().ok()).filter(|times| *times > 0);
        if number.is_none() {
            let help = "write a whole number, 1 or more";
            decoder.note(Code::BadValue, &json::range_of(value), "this is not a number of changes", help);
        }
        number
    }
}

/// A source of the value of a placeholder, in records and documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FillSource {
    /// The object or list around the holder of the field, in documents.
    pub within: Option<CleanText>,
    /// The field; `None` for the name of an object in `within`.
    pub field: Option<CleanText>,
    /// The shape of the value.
    ///
    /// The value is what the placeholder of the same name captures, or else the whole text.
    pub shape: Option<Template>,
}

/// The sources of the value of a placeholder, the best first.
#[derive(Debug)]
pub struct FillSources;

impl Decode for FillSources {
    type Value = Vec<FillSource>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Vec<FillSource>> {
        let sources = decoder.list(value, |decoder, value| match value {
            Value::Object(_) => {
                let fields = decoder.map(value, |decoder, value| {
                    let written = decoder.text(value)?;
                    decoder.template(&written, Slots::Typed)
                });
                match fields.as_slice() {
                    [(field, shape)] => Some(fill_source(&field.value, Some(shape.clone()))),
                    [] => None,
                    _ => {
                        let message = "a value comes from one field";
                        decoder.note(Code::BadValue, &json::range_of(value), message, "write an object for each field");
                        None
                    }
                }
            }
            _ => Some(fill_source(&decoder.text(value)?.value, None)),
        });
        if sources.is_empty() {
            let help = "name the fields that hold the value";
            decoder.note(Code::BadValue, &json::range_of(value), "nothing fills this", help);
            return None;
        }
        Some(sources)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let text = CleanText::schema(schemas);
        let shaped = json!({"type": "object", "additionalProperties": text, "minProperties": 1, "maxProperties": 1});
        json!({"type": "array", "items": {"oneOf": [text, shaped]}, "minItems": 1})
    }
}

/// Splits a source: `field`, `holder.field`, or `holder.*`.
///
/// The last one stands for the name under which an object stands in the holder.
fn fill_source(written: &str, shape: Option<Template>) -> FillSource {
    let (within, field) = match written.rsplit_once('.') {
        Some((within, field)) => (Some(within.into()), field),
        None => (None, written),
    };
    FillSource { within, field: (field != "*").then(|| field.into()), shape }
}
