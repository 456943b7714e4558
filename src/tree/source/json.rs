//! Parses JSON text into a syntax tree that knows all places.
//!
//! Catches mistakes that an ordinary parser accepts or reports badly: a byte-order mark, text after the document, names
//! that stand twice in one object.

use std::ops::Range;

use jsonc_parser::ast::{ObjectProp, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::errors::ParseErrorKind;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use memchr::{memchr, memchr2};

use crate::tree::problem::{Code, Problem, SourceText};

/// The largest file that is read, in bytes.
///
/// It is 50 times as large as the largest card of the embedded trees.
pub const MAX_BYTES: usize = 1 << 20;

/// Returns the text of a file, or the problem with its bytes.
pub fn text_of<'b>(path: &str, bytes: &'b [u8]) -> Result<&'b str, Box<Problem>> {
    if bytes.len() > MAX_BYTES {
        // Reading may stop at the limit, so the true size is not known.
        let message = format!("the file has more than {MAX_BYTES} bytes");
        let help = "split the tree, or remove what does not belong into it";
        return Err(Problem::of_file(Code::FileTooLarge, path, message, help).into());
    }
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("the file is not UTF-8 text: the byte at offset {} is wrong", error.valid_up_to());
        Box::new(Problem::of_file(Code::NotUtf8, path, message, "save the file as UTF-8"))
    })?;
    if text.starts_with('\u{feff}') {
        let source = SourceText { path, text };
        let message = "the file starts with a byte-order mark";
        let help = "save the file as UTF-8 without a BOM";
        return Err(source.problem(Code::ByteOrderMark, &(0..3), message, help).into());
    }
    Ok(text)
}

/// Parses strict JSON: no comments, no trailing commas. The parser itself bounds the nesting (512 levels).
pub fn parse<'s>(source: SourceText<'s>) -> Result<Value<'s>, Box<Problem>> {
    if let Some(at) = control_in_string(source.text) {
        let message = "this is not JSON: a line break or control character inside a string";
        let help = "write \\n for a line break, or close the string before it";
        return Err(source.problem(Code::NotJson, &at, message, help).into());
    }
    let strict = ParseOptions {
        allow_comments: false,
        allow_loose_object_property_names: false,
        allow_trailing_commas: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = parse_to_ast(source.text, &CollectOptions::default(), &strict).map_err(|error| {
        let range = error.range();
        let at = range.start..range.end;
        Box::new(match error.kind() {
            ParseErrorKind::MultipleRootJsonValues => {
                let message = "text follows the end of the JSON document";
                source.problem(Code::TrailingText, &at, message, "remove it; a file holds one JSON document")
            }
            ParseErrorKind::NestingDepthExceeded => {
                let message = "the JSON is nested deeper than any tree needs";
                source.problem(Code::NestedTooDeep, &at, message, "put shared parts under \"branches\"")
            }
            other => {
                let message = format!("this is not JSON: {}", lower_first(&other.to_string()));
                source.problem(Code::NotJson, &at, message, "correct it at the marked place, or a little before")
            }
        })
    })?;
    parsed.value.ok_or_else(|| {
        let help = "write a JSON object into it, or remove the file";
        source.problem(Code::NotJson, &(0..0), "the file is empty", help).into()
    })
}

/// Returns the place of the first bare control character in a string.
///
/// JSON allows it only as an escape. The parser accepts it; other readers of the same file do not.
fn control_in_string(text: &str) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(open) = memchr(b'"', bytes.get(at..)?) {
        let start = at + open + 1;
        let end = end_of_string(bytes, start);
        let inside = bytes.get(start..end).unwrap_or_default();
        if let Some(control) = inside.iter().position(|byte| *byte < 0x20) {
            return Some(start + control..start + control + 1);
        }
        at = end + 1;
    }
    None
}

/// Returns the end of the string that begins at a place.
///
/// It is the closing quotation mark, or the end of the text.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr2(b'"', b'\\', rest)) {
        if bytes.get(at + found) == Some(&b'"') {
            return at + found;
        }
        // The character behind a backslash does not end the string.
        at += found + 2;
    }
    bytes.len()
}

/// Returns the bytes of a value.
pub fn range_of(value: &Value<'_>) -> Range<usize> {
    value.start()..value.end()
}

/// Returns the bytes of the name of a property.
pub fn name_range(property: &ObjectProp<'_>) -> Range<usize> {
    property.name.start()..property.name.end()
}

fn lower_first(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(text: &str) -> Option<Code> {
        parse(SourceText { path: "t.json", text }).err().map(|problem| problem.code)
    }

    #[test]
    fn only_strict_json_is_read() {
        let cases = [
            (r#"{"a": [1, "b", null, true]}"#, None),
            (r#"{"a": 1,}"#, Some(Code::NotJson)),
            ("{'a': 1}", Some(Code::NotJson)),
            ("{a: 1}", Some(Code::NotJson)),
            ("// no\n{}", Some(Code::NotJson)),
            ("", Some(Code::NotJson)),
            ("{} {}", Some(Code::TrailingText)),
            ("{} x", Some(Code::TrailingText)),
            ("{\"a\"", Some(Code::NotJson)),
            ("{\"a\": \"b\nc\"}", Some(Code::NotJson)),
            ("{\"a\": \"b\\nc\"}", None),
        ];
        for (text, expected) in cases {
            assert_eq!(code_of(text), expected, "{text}");
        }
    }

    #[test]
    fn a_nesting_bomb_is_refused() {
        assert_eq!(code_of(&"[".repeat(100_000)), Some(Code::NestedTooDeep));
        assert_eq!(code_of(&format!("[\"{}\"]", "[".repeat(1_000))), None);
    }
}
