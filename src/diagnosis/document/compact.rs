//! JSON written compactly, a record a line, without reading its values.

use serde_json::Value;

use crate::segment::DEEPEST;

/// The form in which a value was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CompactForm {
    /// Each of its records on a line of its own.
    Records,
    /// All of it.
    ///
    /// Its records are those of a list in it, or it may be one record with a list in it.
    Whole,
}

/// Writes the records of a JSON value compactly, one a line.
///
/// A list that holds an object is as many records as it has elements, an object without a list of objects is one. Texts
/// keep their escapes, but for those of letters and slashes: a record that has one is written anew, as patterns are
/// compared with letters.
///
/// A value that ends too early is `Whole`, and so is one that is nested too deep.
///
/// Worked example: `[ {"a": 1}, {"b": [2]} ]` becomes `{"a":1}` and `{"b":[2]}`.
pub(super) fn write(value: &[u8], lines: &mut Vec<u8>) -> CompactForm {
    let mut writer =
        Writer { value, at: 0, lists: 0, depth: 0, record: 0, line: lines.len(), is_irregular: false, lines };
    let is_list = value.trim_ascii_start().first() == Some(&b'[');
    let (mut has_object, mut has_list_of_objects) = (false, false);
    while let Some(&byte) = value.get(writer.at) {
        match byte {
            b'"' => writer.text(),
            b'{' | b'[' => {
                if byte == b'{' && writer.is_in_list() {
                    has_object |= writer.depth == 1;
                    has_list_of_objects = true;
                }
                if writer.depth >= DEEPEST {
                    return CompactForm::Whole;
                }
                writer.open(byte, is_list);
            }
            b'}' | b']' => writer.close(byte, is_list),
            b',' if writer.depth == 1 && is_list => writer.end_record(),
            b' ' | b'\n' | b'\r' | b'\t' => writer.at += 1,
            _ => writer.copy(byte),
        }
    }
    writer.end_record();
    let has_records = if is_list { has_object } else { !has_list_of_objects };
    match has_records && writer.depth == 0 {
        true => CompactForm::Records,
        false => CompactForm::Whole,
    }
}

struct Writer<'v> {
    value: &'v [u8],
    at: usize,
    /// The open brackets that are those of lists, as bits.
    lists: u128,
    depth: usize,
    /// The starts of the current record in value and lines.
    record: usize,
    line: usize,
    /// It has an escape that stands for a letter.
    is_irregular: bool,
    lines: &'v mut Vec<u8>,
}

impl Writer<'_> {
    fn is_in_list(&self) -> bool {
        self.depth.checked_sub(1).is_some_and(|depth| self.lists >> depth & 1 == 1)
    }

    fn copy(&mut self, byte: u8) {
        self.lines.push(byte);
        self.at += 1;
    }

    fn open(&mut self, byte: u8, is_list: bool) {
        let bit = 1_u128 << self.depth;
        self.lists = if byte == b'[' { self.lists | bit } else { self.lists & !bit };
        self.depth += 1;
        if self.depth == 1 && is_list {
            self.at += 1;
            self.record = self.at;
        } else {
            self.copy(byte);
        }
    }

    fn close(&mut self, byte: u8, is_list: bool) {
        self.depth = self.depth.saturating_sub(1);
        if self.depth == 0 && is_list {
            self.end_record();
        } else {
            self.copy(byte);
        }
    }

    /// Copies a text with its quotes.
    fn text(&mut self) {
        let rest = self.value.get(self.at..).unwrap_or_default();
        let mut end = 1;
        loop {
            let after = rest.get(end..).unwrap_or_default();
            match memchr::memchr2(b'"', b'\\', after) {
                Some(length) if after.get(length) == Some(&b'\\') => {
                    self.is_irregular |= matches!(after.get(length + 1), Some(b'u' | b'/'));
                    end += length + 2;
                }
                Some(length) => {
                    end += length + 1;
                    break;
                }
                None => {
                    end = rest.len();
                    break;
                }
            }
        }
        self.lines.extend_from_slice(rest.get(..end).unwrap_or(rest));
        self.at += end;
    }

    /// Ends the line of the current record, and skips the separator.
    fn end_record(&mut self) {
        if std::mem::take(&mut self.is_irregular) {
            let record = self.value.get(self.record..self.at).unwrap_or_default();
            if let Ok(record) = serde_json::from_slice::<Value>(record) {
                self.lines.truncate(self.line);
                self.lines.extend_from_slice(record.to_string().as_bytes());
            }
        }
        if self.lines.len() > self.line {
            self.lines.push(b'\n');
        }
        self.at += 1;
        (self.record, self.line) = (self.at, self.lines.len());
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::records_of;
    use super::*;

    fn written(value: &str) -> (CompactForm, String) {
        let mut lines = Vec::new();
        let written = write(value.as_bytes(), &mut lines);
        (written, String::from_utf8(lines).unwrap())
    }

    #[test]
    fn records_are_written_a_line_each() {
        for (value, expected) in [
            (r#"[ {"a": 1},{"b" : [2, {}]} , 3 ]"#, "{\"a\":1}\n{\"b\":[2,{}]}\n3\n"),
            ("{\r\n \"a\": \"b \\\" ,]\",\n\"c\": [1, [2]] }\n", "{\"a\":\"b \\\" ,]\",\"c\":[1,[2]]}\n"),
            (r#"{"a\u0062\/": "\n"}"#, "{\"ab/\":\"\\n\"}\n"),
            (r#"[{"a":"\u00fc"},{"b":"ü"}]"#, "{\"a\":\"ü\"}\n{\"b\":\"ü\"}\n"),
        ] {
            assert_eq!(written(value), (CompactForm::Records, expected.to_owned()), "{value}");
        }
        for value in ["[]", "[1, 2]", "[[{}]]", r#"{"a": [{}]}"#, &"[".repeat(1000), r#"{"a": {"b": [[1, {}]]}}"#] {
            assert_eq!(written(value).0, CompactForm::Whole, "{value}");
        }
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            "[a-c\"\\\\ ,:\\[\\]{}/\n\u{fc}\u{1}]{0,6}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 24, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
                prop::collection::vec(("[ab\"\u{fc}]{0,2}", inner), 0..4)
                    .prop_map(|fields| Value::Object(fields.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_are_the_records(value in json(), is_pretty in any::<bool>(), is_escaped in any::<bool>()) {
            prop_assume!(value.is_object() || value.is_array());
            let mut text = if is_pretty { format!("{value:#}") } else { value.to_string() };
            if is_escaped {
                text = text.replace('\u{fc}', "\\u00fc").replace('/', "\\/");
            }
            let (written, lines) = written(&text);
            let expected: String = records_of(&value).iter().map(|record| format!("{record}\n")).collect();
            match written {
                CompactForm::Records => prop_assert_eq!(lines, expected),
                CompactForm::Whole => prop_assert!(text.contains('[')),
            }
        }
    }
}
