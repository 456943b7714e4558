//! JSON values that stand on several lines, to a tally: documents that a tree knows, lists of records, and values that
//! were cut off.

use serde_json::Value;

use super::patterns::{Patterns, Place};
use super::reader::Memory;
use super::scan::{At, Scanner, every_pattern};
use super::tally::Tally;
use super::trouble::Troubles;
use crate::recognize::Document;
use crate::text;

/// With so many elements, a list is what its document is about, whatever else stands there.
const MANY: usize = 20;

impl Scanner {
    /// Looks through one JSON value that may stand on several lines: a record, a list of records, or a document such as
    /// a configuration.
    pub fn document(&self, value: &[u8], at: At<'_>, tally: &mut Tally) {
        let Some(document) = Document::parse(value) else { return self.torn(value, at, tally) };
        let patterns = self.patterns();
        tally.opened_for(patterns);
        if patterns.recognizers().iter().any(|recognizer| recognizer.knows(&document)) {
            tally.records += 1;
            return known_document(patterns, &document, at, tally);
        }
        let Ok(value) = serde_json::from_slice::<Value>(value) else { return };
        let place = Place { path: at.path, line: at.line, ahead: &[] };
        let mut troubles = Troubles::default();
        for record in records(&value) {
            tally.records += 1;
            every_pattern(patterns, &record.to_string(), place, &mut troubles, tally);
        }
    }

    /// Looks through a value of which the end is missing: line by line, and if that says nothing, as one record.
    pub fn torn(&self, value: &[u8], at: At<'_>, tally: &mut Tally) {
        let mut by_lines = Tally::default();
        self.lines(value, at, &mut Memory::default(), &mut by_lines);
        let mut whole = Tally::default();
        if !by_lines.points_to_cards() {
            whole.opened_for(self.patterns());
            let place = Place { path: at.path, line: at.line, ahead: &[] };
            let line = text::clean_line(&String::from_utf8_lossy(value));
            every_pattern(self.patterns(), &line, place, &mut Troubles::default(), &mut whole);
            whole.records = 1;
        }
        tally.append(if whole.points_to_cards() { &mut whole } else { &mut by_lines });
    }
}

/// Counts what a document reveals to the trees of which one knows it.
fn known_document(patterns: &Patterns, document: &Document, at: At<'_>, tally: &mut Tally) {
    let place = Place { path: at.path, line: at.line, ahead: &[] };
    for (tree, recognizer) in patterns.recognizers().iter().enumerate() {
        tally.evidence(tree, recognizer.in_document(at.path, at.line, document), place);
    }
}

/// The records of a value: the objects of its outermost list if the value is there to hold that list, otherwise itself.
fn records(value: &Value) -> &[Value] {
    outermost_list(value).unwrap_or(std::slice::from_ref(value))
}

fn outermost_list(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Array(elements) if elements.iter().any(Value::is_object) => Some(elements),
        Value::Array(elements) => elements.iter().find_map(outermost_list),
        Value::Object(fields) => {
            // What has texts of its own is a record with a list in it.
            let has_texts = fields.values().any(|field| field.as_str().is_some_and(|text| !text.trim().is_empty()));
            let list = fields.values().find_map(outermost_list)?;
            (!has_texts || list.len() >= MANY).then_some(list)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(written: &str) -> usize {
        records(&serde_json::from_str(written).unwrap()).len()
    }

    #[test]
    fn a_list_in_wrappers_is_as_many_records() {
        for (written, expected) in [
            (r#"{"a": "b"}"#, 1),
            (r#"[{"a": 1}, {"a": 2}]"#, 2),
            (r#"{"data": {"fields": null, "results": [{"a": 1}, {"a": 2}], "summary": {"count": 2}}}"#, 2),
            (r#"[[{"a": 1}, {"a": 2}, {"a": 3}]]"#, 3),
            (r#"{"host": "a", "rules": [{"a": 1}, {"a": 2}]}"#, 1),
            (r#"[1, 2]"#, 1),
        ] {
            assert_eq!(count(written), expected, "{written}");
        }
    }
}
