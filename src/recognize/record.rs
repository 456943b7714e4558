//! A line, and the records that may stand in it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock, OnceLock};

use regex::Regex;
use serde_json::Value;

use super::base64_record::decoded;
use crate::text;

/// How many beginnings of an object are tried in one text.
const MAX_OBJECTS: usize = 64;

/// How many records are kept of one line.
///
/// A list of more is read as far as this.
const MAX_RECORDS: usize = 1000;

/// A line of text as patterns look at it.
#[derive(Debug)]
pub struct Line {
    text: String,
    lower: String,
    read: OnceLock<LineRecords>,
}

/// The records of a line.
#[derive(Debug, Default)]
struct LineRecords {
    records: Vec<Record>,
    /// The folded names under which objects and lists stand in it, and those of what stands around lists of records.
    holders: HashSet<String>,
}

impl Line {
    /// Folds the white space of a line, and decodes the records that it carries in base64.
    pub fn new(line: &str) -> Self {
        let text = text::fold_space(&decoded(line));
        Self { lower: text.to_lowercase(), text, read: OnceLock::new() }
    }

    /// A line that is clean, has no white space to fold but at its ends, and no record in base64.
    pub fn as_written(line: &str) -> Self {
        let text = line.trim().to_owned();
        let lower = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
        Self { text, lower, read: OnceLock::new() }
    }

    /// An element of a document, with the values around it.
    ///
    /// What is only read for its text has no records.
    pub(super) fn of_element(element: &Value, around: Option<&Arc<ParentFields>>, has_records: bool) -> Self {
        let line = Self::new(&element.to_string());
        let mut read = LineRecords::default();
        if has_records {
            unnest(element, around, &mut read);
        }
        // A record in base64 is found in the text alone.
        if has_records && matches!(decoded(&element.to_string()), Cow::Owned(_)) {
            read.records.extend(LineRecords::of(&line.text).records);
        }
        Self { read: OnceLock::from(read), ..line }
    }

    /// The line with its white space folded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text in lower case.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// The JSON records in the line.
    ///
    /// If there is none, the loose pairs of names and values, as one record.
    pub fn records(&self) -> &[Record] {
        &self.read().records
    }

    /// Whether objects or lists stand in the line's records under each of these folded names, or fields of these names.
    pub(super) fn has_all(&self, names: &[String]) -> bool {
        let read = self.read();
        let has = |name: &String| read.holders.contains(name) || read.records.iter().any(|record| record.has(name));
        names.iter().all(has)
    }

    /// Whether the name of a field, an object or a list in the line's records is one of these.
    pub(super) fn has_any(&self, names: &HashSet<String>) -> bool {
        let read = self.read();
        let mut fields = read.records.iter().flat_map(|record| &record.values);
        read.holders.iter().any(|name| names.contains(name)) || fields.any(|(name, _)| names.contains(name))
    }

    fn read(&self) -> &LineRecords {
        self.read.get_or_init(|| LineRecords::of(&self.text))
    }
}

/// The scalar values of a record by folded name, at whatever depth they stood.
#[derive(Clone, Debug)]
pub struct Record {
    values: Vec<(String, String)>,
    /// The values around the list that contains the record.
    around: Option<Arc<ParentFields>>,
    /// The record was read to its end: a field that is not there is empty. Of a torn one nobody knows.
    is_whole: bool,
}

/// The values around a list of records, shared between its records.
#[derive(Debug)]
pub(super) struct ParentFields {
    pub(super) values: Vec<(String, String)>,
    pub(super) outer: Option<Arc<ParentFields>>,
}

impl LineRecords {
    /// Every JSON object in a text, whatever stands before, between and after them. A list of objects is as many
    /// records, each with the values around the list.
    fn of(text: &str) -> Self {
        let mut all = Self::default();
        let mut rest = text;
        for _ in 0..MAX_OBJECTS {
            let Some(start) = rest.find('{') else { break };
            let from = rest.get(start..).unwrap_or_default();
            let mut documents = serde_json::Deserializer::from_str(from).into_iter::<Value>();
            let read = match documents.next() {
                Some(Ok(document)) => {
                    unnest(&document, None, &mut all);
                    documents.byte_offset()
                }
                _ => 1,
            };
            rest = from.get(read..).unwrap_or_default();
        }
        if all.records.is_empty() {
            all.records.extend(Record::torn(text));
        }
        all
    }
}

impl Record {
    /// The names and values of a text that is no JSON, or was cut: `name: "value"`, `name=value`, also behind
    /// backslashes.
    fn torn(text: &str) -> Option<Self> {
        static PAIR: LazyLock<Option<Regex>> = LazyLock::new(|| {
            let name = r#"\\*"?([A-Za-z][\w-]*)\\*"?"#;
            // The last value may have lost its closing quote.
            let value = r#"(?:\\*"([^"\\]*)(?:\\*"|$)|([^\s,;{}\[\]"\\]*))"#;
            Regex::new(&format!(r"{name}\s*[:=]\s*{value}")).ok()
        });
        if !text.contains([':', '=']) {
            return None;
        }
        let pairs = PAIR.as_ref()?.captures_iter(text).take(MAX_RECORDS);
        let values: Vec<_> = pairs
            .filter_map(|pair| {
                let value = pair.get(2).or_else(|| pair.get(3))?.as_str();
                Some((fold_name(pair.get(1)?.as_str()), value.to_owned()))
            })
            .collect();
        (!values.is_empty()).then_some(Self { values, around: None, is_whole: false })
    }

    /// Whether the record has a field of this name, with whatever value.
    pub fn has(&self, name: &str) -> bool {
        self.written(name).next().is_some()
    }

    /// The values of a field as they are written, its own before those around it.
    pub(super) fn written(&self, name: &str) -> impl Iterator<Item = &str> {
        let around = std::iter::successors(self.around.as_ref(), |around| around.outer.as_ref());
        let all = std::iter::once(&self.values).chain(around.map(|around| &around.values));
        all.flatten().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Every value with its folded name, its own before those around it.
    fn all_values(&self) -> Vec<(String, String)> {
        let around = std::iter::successors(self.around.as_ref(), |around| around.outer.as_ref());
        self.values.iter().chain(around.flat_map(|around| &around.values)).cloned().collect()
    }

    /// Whether a field is empty: it has no value, or only such as stand for "none".
    pub fn is_empty(&self, name: &str) -> bool {
        (self.is_whole || self.has(name)) && self.each_value(name).next().is_none()
    }

    /// The values of a field.
    ///
    /// Those that stand for "empty" are left out, lists are split.
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.each_value(name).collect()
    }

    /// Visits the values of a field one by one.
    pub(super) fn each_value(&self, name: &str) -> impl Iterator<Item = &str> {
        self.written(name).flat_map(split)
    }

    /// Every field with its folded name and what is written there, its own before those around it.
    pub(super) fn each_field(&self) -> impl Iterator<Item = (&str, &str)> {
        let around = std::iter::successors(self.around.as_ref(), |around| around.outer.as_ref());
        let all = std::iter::once(&self.values).chain(around.map(|around| &around.values));
        all.flatten().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// The values of a field of which a list may be written.
///
/// Those that stand for "empty" are left out.
pub(super) fn split(written: &str) -> impl Iterator<Item = &str> {
    let parts = written.split(',').flat_map(|part| part.split(" : "));
    parts.map(str::trim).filter(|part| !part.is_empty() && *part != "-")
}

/// Adds the records of an object.
fn unnest(object: &Value, around: Option<&Arc<ParentFields>>, all: &mut LineRecords) {
    let mut own = Vec::new();
    let mut lists = Vec::new();
    collect("", object, &mut own, &mut lists, &mut all.holders);
    let mut elements = lists.into_iter().flatten().peekable();
    if elements.peek().is_none() {
        all.records.push(Record { values: own, around: around.cloned(), is_whole: true });
        return;
    }
    all.holders.extend(own.iter().map(|(name, _)| name.clone()));
    let around = Arc::new(ParentFields { values: own, outer: around.cloned() });
    for element in elements {
        if all.records.len() >= MAX_RECORDS {
            return;
        }
        unnest(element, Some(&around), all);
    }
}

/// The values that stand outside of lists of objects, these lists, and the names under which objects and lists stand.
fn collect<'v>(
    name: &str,
    value: &'v Value,
    own: &mut Vec<(String, String)>,
    lists: &mut Vec<Vec<&'v Value>>,
    holders: &mut HashSet<String>,
) {
    if value.is_object() || value.is_array() {
        holders.insert(name.to_owned());
    }
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                collect(&fold_name(name), value, own, lists, holders);
            }
        }
        Value::Array(elements) if elements.iter().any(Value::is_object) => {
            lists.push(elements.iter().filter(|element| element.is_object()).collect());
        }
        Value::Array(elements) => {
            for element in elements {
                collect(name, element, own, lists, holders);
            }
        }
        scalar => own.extend(scalar_values(name, scalar)),
    }
}

/// The values that a field with no object or list in it holds: its own, and those of a record carried in it as text.
pub(super) fn scalar_values(name: &str, value: &Value) -> Vec<(String, String)> {
    match value {
        Value::Null => vec![(name.to_owned(), String::new())],
        Value::String(text) => {
            let mut values = Vec::new();
            // A record is often carried as text inside another.
            if text.trim_start().starts_with('{') {
                values.extend(LineRecords::of(text).records.iter().flat_map(Record::all_values));
            }
            values.push((name.to_owned(), text.clone()));
            values
        }
        other => vec![(name.to_owned(), other.to_string())],
    }
}

/// A field's name with case, `-` and `_` folded.
pub fn fold_name(name: &str) -> String {
    if name.is_ascii() {
        let mut folded = name.to_owned();
        folded.make_ascii_lowercase();
        if memchr::memchr2(b'-', b'_', folded.as_bytes()).is_some() {
            folded.retain(|character| !matches!(character, '-' | '_'));
        }
        return folded;
    }
    name.chars().filter(|character| !matches!(character, '-' | '_')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::*;

    fn values(text: &str, name: &str) -> Vec<Vec<String>> {
        let line = Line::new(text);
        line.records().iter().map(|record| record.values(name).into_iter().map(str::to_owned).collect()).collect()
    }

    #[test]
    fn every_object_of_a_line_is_a_record() {
        assert_eq!(values(r#"{"a":1} and {"a":2}{"a":3}"#, "a"), [["1"], ["2"], ["3"]]);
        assert_eq!(values(r#"x {y {"a":1}"#, "a"), [["1"]], "what is no object is passed over");
        assert_eq!(values("nothing here", "a"), Vec::<Vec<String>>::new());
    }

    #[test]
    fn a_list_of_objects_is_as_many_records_with_what_stands_around_it() {
        let list = r#"{"set":"s","all":[{"a":1},{"a":2,"in":[{"b":3}]}]}"#;
        assert_eq!(values(list, "a"), [["1"], ["2"]]);
        assert_eq!(values(list, "set"), [["s"], ["s"]]);
        assert_eq!(values(list, "b"), [vec![], vec!["3".to_owned()]]);
        assert_eq!(values(r#"{"a":[1,2],"all":[]}"#, "a"), [["1", "2"]]);
    }

    #[test]
    fn a_torn_record_says_what_it_has_and_nothing_else() {
        for text in [
            r#""code":"5","other":"","la"#,
            r#"{"deep":{"code":"5","other":"","last":"cu"#,
            r#"code: "5", other: "-""#,
            "code=5 other=",
            r#"{\"code\":\"5\",\"other\":\"\""#,
        ] {
            let line = Line::new(text);
            let [record] = line.records() else { panic!("{text}: {:?}", line.records()) };
            assert_eq!(record.values("code"), ["5"], "{text}");
            assert!(record.is_empty("other"), "{text}");
            assert!(!record.is_empty("absent"), "{text}");
        }
        assert!(Line::new(r#"{"code":"5"}"#).records()[0].is_empty("absent"));
    }

    #[test]
    fn a_record_in_base64_is_written_out() {
        let record = r#"{"code":"5","note":"a record in a message of a stream"}"#;
        let line = format!(r#"{{"key":null,"value":"{}"}}"#, STANDARD.encode(record));
        assert_eq!(values(&line, "code"), [["5"]]);
        assert!(Line::new(&line).text().contains("a message of a stream"));
        let other = "eWVzIHRoaXMgaXMgbm90IGEgcmVjb3JkIGF0IGFsbCBidXQgdGV4dA==";
        assert_eq!(Line::new(other).text(), other);
    }

    #[test]
    fn a_million_braces_are_given_up() {
        assert!(Line::new(&"{".repeat(1_000_000)).records().is_empty());
        assert!(Line::new(&"[{".repeat(200_000)).records().is_empty());
    }
}
