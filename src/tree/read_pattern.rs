//! Patterns, field by field: the one language in which options and signatures are written.

use jsonc_parser::ast::Value;

use super::decode::{Fields, Reader};
use super::file::Spanned;
use super::json;
use super::json_path::Step;
use super::pattern::{Field, Part, Pattern, Slots, Template};
use super::problem::Code;

/// Reads the pattern of an option or a signature.
pub(super) fn pattern(reader: &mut Reader<'_>, fields: Fields<'_>) -> Option<Spanned<Pattern>> {
    let at = fields.at();
    let read = match (fields.get("text"), fields.get("fields"), fields.get("json")) {
        (None, None, Some(paths)) => {
            let steps = steps(reader, paths)?;
            return Some(Spanned { value: Pattern::Json(steps), at: json::range_of(paths) });
        }
        (Some(text), None, None) => {
            let written = reader.text(text)?;
            let template = reader.template(&written, Slots::Typed)?;
            if !template.parts.iter().any(is_literal) {
                let message = "a pattern of placeholders alone matches everything";
                reader.note(Code::BadPattern, &written.at, message, "add the words that stay the same");
                return None;
            }
            return Some(Spanned { value: Pattern::Text(template), at: written.at });
        }
        (None, Some(map), None) => {
            let read = reader.map(map, values);
            let written = map.as_object().map_or(0, |object| object.properties.len());
            if read.value.len() < written {
                // Without one of its fields the pattern would match more than it should.
                return None;
            }
            read
        }
        _ => {
            let message = "a pattern needs exactly one of `text`, `fields` and `json`";
            reader.note(Code::BadPattern, &(at.start..at.start + 1), message, "say what reveals it, in one way");
            return None;
        }
    };
    if read.value.is_empty() {
        let help = "name at least one field";
        reader.note(Code::BadPattern, &read.at, "a pattern without fields matches everything", help);
        return None;
    }
    let fields = read.value.into_iter().map(|(name, any_of)| Field { name: name.value.into_string().into(), any_of });
    Some(Spanned { value: Pattern::Fields(fields.collect()), at: read.at })
}

/// The paths of a pattern: one, or a list of steps.
fn steps(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Vec<Step>> {
    let written = match value {
        Value::Array(array) if array.elements.is_empty() => {
            let help = "write at least one path";
            reader.note(Code::BadPattern, &json::range_of(value), "a pattern without paths finds nothing", help);
            return None;
        }
        Value::Array(_) => {
            let list = reader.list(value, Reader::text).value;
            let is_whole = value.as_array().is_some_and(|array| array.elements.len() == list.len());
            is_whole.then_some(list)?
        }
        _ => vec![reader.text(value)?],
    };
    let mut steps = Vec::new();
    for (at, path) in written.iter().enumerate() {
        match Step::parse(&path.value, at == 0) {
            Ok(step) => steps.push(step),
            Err(bad) => reader.note(Code::BadPattern, &path.at, bad.message, bad.help),
        }
    }
    (steps.len() == written.len()).then_some(steps)
}

/// Reads a pattern that stands alone.
pub(super) fn bare_pattern(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Spanned<Pattern>> {
    let fields = reader.fields(value, "a pattern", &["text", "fields", "json"])?;
    pattern(reader, fields)
}

fn is_literal(part: &Part) -> bool {
    matches!(part, Part::Literal(text) if !text.trim().is_empty())
}

fn values(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Vec<Template>> {
    let written = match value {
        Value::Array(_) => reader.list(value, Reader::any_text).value,
        _ => vec![reader.any_text(value)?],
    };
    if written.is_empty() {
        let help = "name the values of which one must fit";
        reader.note(Code::BadPattern, &json::range_of(value), "the list of values is empty", help);
        return None;
    }
    written.iter().map(|text| reader.template(text, Slots::Typed)).collect()
}
