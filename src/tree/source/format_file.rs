//! Declares `formats/<id>.json`, a log format.

use std::collections::HashMap;
use std::ops::Range;

use jsonc_parser::ast::Value;
use serde_json::{Value as Json, json};

use super::condition::FieldValuesFile;
use super::decode::{Decoder, Fields, Spanned};
use super::json;
use super::object::{Decode, object};
use super::schema::Schemas;
use super::values::{ByName, ListOf};
use crate::text::{self, CleanText};
use crate::tree::log_format::{FormatPart, faults, parse};
use crate::tree::pattern::{Field, FieldValues};
use crate::tree::problem::Code;

object! {
    /// The form of the lines of one log.
    FormatFile is "a log format", then check_format {
        /// The name of the log, as people know it: `NGINX error log`.
        required title: CleanText,
        /// The line: text to the letter, fields such as `{status:number}`, and optional parts.
        required line: FormatLine,
        /// Fields and values of lines that report trouble; of several objects, one must fit.
        optional trouble: TroubleFile,
        /// Lines that it must read, with made-up values.
        required samples: ListOf<CleanText, 1>,
        /// Lines that look alike and that it must not read.
        optional never: ListOf<CleanText>,
        /// The origin of the facts.
        optional source: Option<CleanText>,
    }
}

fn check_format(decoder: &mut Decoder<'_>, fields: Fields<'_>, format: FormatFile) -> Option<FormatFile> {
    if let (Some(value), []) = (fields.get("samples"), format.samples.as_slice()) {
        let help = "add a line of the log, with made-up values";
        decoder.note(Code::MissingField, &json::range_of(value), "a log format needs at least one sample", help);
    }
    let names = field_names(&format.line.value);
    for field in format.trouble.iter().flatten().filter(|field| !names.contains(&field.name.as_str())) {
        let at = fields.get("trouble").map_or_else(|| fields.at(), json::range_of);
        let message = format!("`{}` is trouble at times, and no field of the line", field.name);
        let help = match text::did_you_mean(&field.name, names.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("the line has: {}", names.join(", ")),
        };
        decoder.note(Code::BadFormat, &at, message, help);
    }
    Some(format)
}

/// Returns the names of the fields of a line.
fn field_names(line: &[FormatPart]) -> Vec<&str> {
    let names = line.iter().flat_map(|part| match part {
        FormatPart::Literal(_) => Vec::new(),
        FormatPart::Field { name, .. } => vec![name.as_str()],
        FormatPart::Optional(parts) => field_names(parts),
    });
    names.collect()
}

/// A line: a text, or a list of texts and optional parts.
#[derive(Debug)]
pub struct FormatLine;

impl Decode for FormatLine {
    type Value = Spanned<Vec<FormatPart>>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value> {
        let at = json::range_of(value);
        let mut places = HashMap::new();
        let line = parts(decoder, value, &mut places)?;
        let found = faults(&line);
        for fault in &found {
            let place = fault.field.as_ref().and_then(|name| places.get(&folded(name))).unwrap_or(&at);
            decoder.note(Code::AmbiguousFormat, place, fault.fault.message.clone(), fault.fault.help.clone());
        }
        found.is_empty().then_some(Spanned { value: line, at })
    }

    fn schema(schemas: &mut Schemas) -> Json {
        schemas.define("FormatLine", |schemas| {
            let text = json!({"type": "string", "pattern": "."});
            let line = schemas.define("FormatLine", |_| Json::Null);
            let optional = json!({
                "type": "object",
                "properties": {"optional": line},
                "required": ["optional"],
                "additionalProperties": false,
            });
            json!({
                "description": "Text to the letter with fields, or a list of such texts and of optional parts.",
                "oneOf": [text, {"type": "array", "items": {"oneOf": [text, optional]}, "minItems": 1}],
            })
        })
    }
}

/// Decodes the parts of a line, and notes where each field stands.
fn parts(
    decoder: &mut Decoder<'_>,
    value: &Value<'_>,
    places: &mut HashMap<String, Range<usize>>,
) -> Option<Vec<FormatPart>> {
    match value {
        Value::Array(array) => {
            let mut line = Vec::new();
            for element in &array.elements {
                match element {
                    Value::Object(_) => {
                        let fields = decoder.fields(element, "a part of a line", &[&["optional"]])?;
                        let inner = decoder.required(fields, "optional")?;
                        line.push(FormatPart::Optional(parts(decoder, inner, places)?));
                    }
                    _ => line.extend(text_parts(decoder, element, places)?),
                }
            }
            if line.is_empty() {
                let help = "write the text and the fields of a line";
                decoder.note(Code::BadFormat, &json::range_of(value), "there is nothing in this", help);
                return None;
            }
            Some(line)
        }
        _ => text_parts(decoder, value, places),
    }
}

/// Decodes a text with fields.
fn text_parts(
    decoder: &mut Decoder<'_>,
    value: &Value<'_>,
    places: &mut HashMap<String, Range<usize>>,
) -> Option<Vec<FormatPart>> {
    let text = decoder.any_text(value)?;
    let parts = match parse(&text.value) {
        Ok(parts) => parts,
        Err(bad) => {
            decoder.note(Code::BadFormat, &text.at, bad.message, bad.help);
            return None;
        }
    };
    for part in &parts {
        if let FormatPart::Field { name, .. } = part
            && places.insert(folded(name), text.at.clone()).is_some()
        {
            let message = format!("there are two fields with the name `{name}`");
            let help = "give each field a name of its own; case, `-` and `_` make no difference";
            decoder.note(Code::BadFormat, &text.at, message, help);
            return None;
        }
    }
    Some(parts)
}

/// Returns a field's name as it is compared.
fn folded(name: &str) -> String {
    name.to_lowercase().replace(['-', '_'], "")
}

/// The fields of records that report trouble.
#[derive(Debug)]
pub struct TroubleFile;

impl Decode for TroubleFile {
    type Value = Vec<Vec<Field>>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Self::Value> {
        let one = |decoder: &mut Decoder<'_>, value: &Value<'_>| {
            let fields = ByName::<FieldValuesFile>::decode(decoder, value)?;
            if fields.is_empty() {
                let help = "name a field and its values";
                decoder.note(Code::BadPattern, &json::range_of(value), "without fields every line is trouble", help);
                return None;
            }
            let field = |(name, values): (Spanned<CleanText>, FieldValues)| Field {
                name: name.value,
                any_of: values.any_of,
                conditions: values.conditions,
            };
            Some(fields.into_iter().map(field).collect())
        };
        Some(match value {
            Value::Array(_) => decoder.list(value, one),
            _ => one(decoder, value).into_iter().collect(),
        })
    }

    fn schema(schemas: &mut Schemas) -> Json {
        let values = FieldValuesFile::schema(schemas);
        let one = json!({"type": "object", "additionalProperties": values, "minProperties": 1});
        json!({"oneOf": [one, {"type": "array", "items": one, "minItems": 1}]})
    }
}
