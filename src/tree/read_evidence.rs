//! What a tree says of evidence as a whole: what fills placeholders, what is harmless, what is worth decoding.

use jsonc_parser::ast::Value;

use super::decode::{Fields, Reader};
use super::file::EvidenceFile;
use super::json;
use super::model::{BackAndForth, FillSource};
use super::pattern::{Slots, Template};
use super::problem::Code;
use super::read_pattern::bare_pattern;

/// The keys `fills`, `harmless` and `encoded` of a tree; each may be left out.
pub(super) fn evidence(reader: &mut Reader<'_>, fields: Fields<'_>) -> EvidenceFile {
    let fills = fields.get("fills").map(|value| reader.map(value, sources).value).unwrap_or_default();
    let harmless =
        reader.field_list(fields, "harmless", |reader, value| bare_pattern(reader, value).map(|pattern| pattern.value));
    let encoded = fields.get("encoded").map(|value| reader.map(value, Reader::text).value).unwrap_or_default();
    EvidenceFile { fills, harmless, encoded }
}

/// Where the value of a placeholder is found.
fn sources(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Vec<FillSource>> {
    let sources = reader.list(value, |reader, value| match value {
        // A field, and what its value must be.
        Value::Object(_) => {
            let fields = reader.map(value, |reader, value| {
                let written = reader.text(value)?;
                reader.template(&written, Slots::Typed)
            });
            match fields.value.as_slice() {
                [(field, shape)] => Some(source(&field.value, Some(shape.clone()))),
                [] => None,
                _ => {
                    let message = "a value comes from one field";
                    reader.note(Code::BadValue, &fields.at, message, "write an object for each field");
                    None
                }
            }
        }
        _ => Some(source(&reader.text(value)?.value, None)),
    });
    if sources.value.is_empty() {
        reader.note(
            Code::BadValue,
            &json::range_of(value),
            "nothing fills this",
            "name the fields that hold the value",
        );
        return None;
    }
    Some(sources.value)
}

/// `field`, `holder.field`, or `holder.*` for the name under which an object stands.
fn source(written: &str, shape: Option<Template>) -> FillSource {
    let (within, field) = match written.rsplit_once('.') {
        Some((within, field)) => (Some(within.into()), field),
        None => (None, written),
    };
    FillSource { within, field: (field != "*").then(|| field.into()), shape }
}

/// What must take turns before a signature tells something.
pub(super) fn back_and_forth(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<BackAndForth> {
    let fields = reader.fields(value, "`back_and_forth`", &["of", "by", "times"])?;
    let (of, by) = (reader.field_text(fields, "of"), reader.field_text(fields, "by"));
    let times = reader.required(fields, "times")?;
    let Some(number) = times.as_number_lit().and_then(|number| number.value.parse().ok()).filter(|times| *times > 0)
    else {
        let help = "write a whole number, 1 or more";
        reader.note(Code::BadValue, &json::range_of(times), "this is not a number of changes", help);
        return None;
    };
    Some(BackAndForth { of: of.value, by: by.value, times: number })
}
