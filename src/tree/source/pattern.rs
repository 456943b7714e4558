//! Decodes patterns of options, signatures and risks.

use jsonc_parser::ast::Value;
use serde_json::{Value as Json, json};

use super::condition::FieldValuesFile;
use super::decode::{Decoder, Fields, Spanned, Text};
use super::json;
use super::object::{Decode, object, simple};
use super::schema::{Schemas, described, with};
use super::values::ListOf;
use crate::text::CleanText;
use crate::tree::json_path::PathStep;
use crate::tree::pattern::{CODE, Field, FieldValues, Part, Pattern, Slots};
use crate::tree::problem::Code;

/// A pattern: an object, or fields of another object.
#[derive(Debug)]
pub struct PatternFields;

impl PatternFields {
    /// The names of the fields; a pattern has exactly one.
    pub(super) const NAMES: &[&str] = &["text", "fields", "json"];

    /// Returns the schema of an object with these fields.
    pub(super) fn fields_schema(schemas: &mut Schemas) -> Json {
        let text = CleanText::schema(schemas);
        let values = FieldValuesFile::schema(schemas);
        json!({
            "type": "object",
            "properties": {
                "text": described(text.clone(), "A literal with placeholders, found anywhere in a line."),
                "fields": described(
                    json!({"type": "object", "additionalProperties": values, "minProperties": 1}),
                    "Names and values that one record holds, at any depth.",
                ),
                "json": described(
                    one_or_more_schema(&text),
                    "A JSONPath (RFC 9535) into a document, or a list of paths as steps.",
                ),
            },
            "oneOf": Self::NAMES.iter().map(|name| json!({"required": [name]})).collect::<Vec<_>>(),
        })
    }

    /// Decodes the pattern among the fields of an object.
    ///
    /// The place of the pattern is that of its one field.
    pub(super) fn decode_fields(decoder: &mut Decoder<'_>, fields: Fields<'_>) -> Option<Spanned<Pattern>> {
        let (value, pattern) = match (fields.get("text"), fields.get("fields"), fields.get("json")) {
            (Some(text), None, None) => (text, text_pattern(decoder, text)?),
            (None, Some(map), None) => (map, record_pattern(decoder, map)?),
            (None, None, Some(paths)) => (paths, Pattern::Json(steps(decoder, paths)?)),
            _ => {
                let at = fields.at().start;
                let message = "a pattern needs exactly one of `text`, `fields` and `json`";
                decoder.note(Code::BadPattern, &(at..at + 1), message, "say what reveals it, in one way");
                return None;
            }
        };
        Some(Spanned { value: pattern, at: json::range_of(value) })
    }
}

impl Decode for PatternFields {
    type Value = Spanned<Pattern>;

    fn decode(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Spanned<Pattern>> {
        let fields = decoder.fields(value, "a pattern", &[Self::NAMES])?;
        Self::decode_fields(decoder, fields)
    }

    fn schema(schemas: &mut Schemas) -> Json {
        schemas.define("Pattern", |schemas| {
            let pattern = with(Self::fields_schema(schemas), "additionalProperties", false);
            described(pattern, "A way to find something in a line, a record or a document.")
        })
    }
}

object! {
    /// A pattern with lines that it must match, and lines that it must not match.
    SampledPatternFile is "a pattern" {
        /// The pattern.
        flatten pattern: PatternFields,
        /// Lines or documents, as text, in which it must be found.
        optional samples: ListOf<CleanText>,
        /// Lines or documents that look alike and in which it must not be found.
        optional never: ListOf<CleanText>,
    }
}

/// Adds a problem if there is a list of samples without samples.
pub(super) fn check_samples(decoder: &mut Decoder<'_>, fields: Fields<'_>, what: &str, samples: &[CleanText]) {
    if let (Some(value), []) = (fields.get("samples"), samples) {
        let message = format!("{what} needs at least one sample");
        decoder.note(Code::MissingField, &json::range_of(value), message, "add a line that it must match");
    }
}

simple! {
    /// A text in which a code stands, with `{code:number}` in its place.
    CodeLine: Pattern, {"type": "string", "pattern": r"\{code:number\}"}, |decoder, value| {
        let written = decoder.text(value)?;
        let template = decoder.template(&written, Slots::Typed)?;
        if !template.slots().eq([CODE]) {
            let help = format!("write the text with `{{{CODE}:number}}` in the place of the code");
            decoder.note(Code::BadPattern, &written.at, "this text has no place for a code", help);
            return None;
        }
        Some(Pattern::Text(template))
    }
}

/// Decodes a literal with placeholders.
fn text_pattern(decoder: &mut Decoder<'_>, text: &Value<'_>) -> Option<Pattern> {
    let written = decoder.text(text)?;
    let template = decoder.template(&written, Slots::Typed)?;
    if !template.parts.iter().any(is_literal) {
        let message = "a pattern of placeholders alone matches everything";
        decoder.note(Code::BadPattern, &written.at, message, "add the words that stay the same");
        return None;
    }
    Some(Pattern::Text(template))
}

/// Decodes the fields that a record must have.
fn record_pattern(decoder: &mut Decoder<'_>, map: &Value<'_>) -> Option<Pattern> {
    let fields = decoder.map(map, FieldValuesFile::decode);
    let written = map.as_object().map_or(0, |object| object.properties.len());
    if fields.len() < written {
        // Without one of its fields, the pattern would match more than it should.
        return None;
    }
    if fields.is_empty() {
        let help = "name at least one field";
        decoder.note(Code::BadPattern, &json::range_of(map), "a pattern without fields matches everything", help);
        return None;
    }
    let fields = fields.into_iter().map(|(name, FieldValues { any_of, conditions })| Field {
        name: name.value.into_string().into(),
        any_of,
        conditions,
    });
    Some(Pattern::Fields(fields.collect()))
}

/// Decodes the paths of a pattern: one, or a list of steps.
fn steps(decoder: &mut Decoder<'_>, value: &Value<'_>) -> Option<Vec<PathStep>> {
    let written = one_or_more(decoder, value, Decoder::text);
    if written.is_empty() {
        if value.as_array().is_some_and(|array| array.elements.is_empty()) {
            let help = "write at least one path";
            decoder.note(Code::BadPattern, &json::range_of(value), "a pattern without paths finds nothing", help);
        }
        return None;
    }
    if value.as_array().is_some_and(|array| array.elements.len() != written.len()) {
        return None;
    }
    let mut steps = Vec::new();
    for (at, path) in written.iter().enumerate() {
        match PathStep::parse(&path.value, at == 0) {
            Ok(step) => steps.push(step),
            Err(bad) => decoder.note(Code::BadPattern, &path.at, bad.message, bad.help),
        }
    }
    (steps.len() == written.len()).then_some(steps)
}

/// Decodes a text, or each text of a list.
fn one_or_more<'s>(
    decoder: &mut Decoder<'s>,
    value: &Value<'_>,
    mut each: impl FnMut(&mut Decoder<'s>, &Value<'_>) -> Option<Text>,
) -> Vec<Text> {
    match value {
        Value::Array(_) => decoder.list(value, each),
        _ => each(decoder, value).into_iter().collect(),
    }
}

fn one_or_more_schema(one: &Json) -> Json {
    json!({"oneOf": [one, {"type": "array", "items": one, "minItems": 1}]})
}

fn is_literal(part: &Part) -> bool {
    matches!(part, Part::Literal(text) if !text.trim().is_empty())
}
