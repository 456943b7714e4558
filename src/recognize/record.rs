//! A line, and the records that may stand in it.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock, OnceLock};

use memchr::memmem::{self, Finder};
use serde::Deserialize as _;
use serde_json::Value;

use super::base64_record::decoded;
use super::byte_pairs::BytePairs;
use super::field_list::FieldList;
use super::json::Json;
use super::log_format::{LogFormats, peeled};
use super::pairs::{logfmt, loose_pairs, split};
use crate::text::{self, fold_name};
use crate::tree::log_format::LogFormat;
use crate::tree::model::Needs;
use crate::tree::quantity::Unit;

/// Beginnings of an object that are tried in one text.
const MAX_OBJECTS: usize = 64;

/// Records that are kept of one line.
///
/// A list of more is read as far as this.
const MAX_RECORDS: usize = 1000;

/// The field in which container runtimes carry a line of a log.
const CARRIER: &str = "log";

/// A line of text as patterns look at it.
#[derive(Debug)]
pub struct Line {
    text: String,
    lower: String,
    /// The pairs of bytes in `lower`.
    pairs: OnceLock<BytePairs>,
    /// The log formats with which it is read.
    formats: Option<Arc<LogFormats>>,
    read: OnceLock<LineRecords>,
}

/// The records of a line.
#[derive(Debug, Default)]
struct LineRecords {
    records: Vec<Record>,
    /// Names of objects, lists, and fields around lists of records.
    holders: FieldList,
}

impl Line {
    /// Folds the white space of a line, and decodes base64 records.
    pub fn new(line: &str) -> Self {
        let text = text::fold_space(&decoded(line));
        let lower = text.to_lowercase();
        Self { text, lower, pairs: OnceLock::new(), formats: None, read: OnceLock::new() }
    }

    /// Takes a line that is not irregular.
    ///
    /// It is clean, has white space to fold at most at its ends, and no record in base64.
    pub fn as_written(line: &str) -> Self {
        let text = line.trim().to_owned();
        let lower = if text.is_ascii() { text.to_ascii_lowercase() } else { text.to_lowercase() };
        Self { text, lower, pairs: OnceLock::new(), formats: None, read: OnceLock::new() }
    }

    /// Returns the line, to be read with log formats.
    #[must_use]
    pub fn with_formats(mut self, formats: &Arc<LogFormats>) -> Self {
        self.formats = Some(Arc::clone(formats));
        self
    }

    /// Returns an element of a document, with the values around it.
    ///
    /// An element that is only read for its text has no records.
    pub(super) fn of_element(element: &Value, around: Option<&Arc<ParentFields>>, has_records: bool) -> Self {
        let line = Self::new(&element.to_string());
        let mut read = LineRecords::default();
        if has_records && let Ok(element) = Json::deserialize(element) {
            unnest(&element, around, &mut read);
        }
        // A record in base64 is found in the text alone.
        if has_records && matches!(decoded(&element.to_string()), Cow::Owned(_)) {
            read.records.extend(LineRecords::of(&line.text, None).records);
        }
        Self { read: OnceLock::from(read), ..line }
    }

    /// Returns the line with its white space folded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text in lower case.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// Returns the records in the line.
    ///
    /// First the one that a log format reads, then those in JSON. If there is none, the loose pairs of names and
    /// values, as one record.
    pub fn records(&self) -> &[Record] {
        &self.read().records
    }

    /// Returns whether the line has what a pattern needs.
    pub(super) fn may_have(&self, needs: &Needs) -> bool {
        match needs {
            Needs::Text(literal) => {
                let pairs = self.pairs.get_or_init(|| BytePairs::of(&self.lower));
                pairs.may_contain(literal) && memmem::find(self.lower.as_bytes(), literal.as_bytes()).is_some()
            }
            Needs::Fields(names) => !self.records().is_empty() && self.has_all(names),
            // Paths are followed in documents only.
            Needs::Levels { .. } => false,
        }
    }

    /// Returns whether the line's records have each of the folded names.
    pub(super) fn has_all(&self, names: &[impl AsRef<str>]) -> bool {
        let read = self.read();
        let is_holder = |name: &str| read.holders.iter().any(|(holder, _)| holder == name);
        let has = |name: &str| is_holder(name) || read.records.iter().any(|record| record.has(name));
        names.iter().all(|name| has(name.as_ref()))
    }

    /// Returns whether the line's records have one of the names.
    pub(super) fn has_any(&self, names: &HashSet<String>) -> bool {
        let read = self.read();
        let fields = read.records.iter().flat_map(|record| record.values.iter());
        read.holders.iter().chain(fields).any(|(name, _)| names.contains(name))
    }

    fn read(&self) -> &LineRecords {
        self.read.get_or_init(|| LineRecords::of(&self.text, self.formats.as_deref()))
    }
}

/// The scalar values of a record at any depth, by folded name.
#[derive(Clone, Debug, Default)]
pub struct Record {
    values: FieldList,
    /// The values around the list that contains the record.
    around: Option<Arc<ParentFields>>,
    /// Whether the record was read to its end.
    ///
    /// Then a missing field is empty. In a torn record, a missing field is unknown.
    is_whole: bool,
    /// The log format that read it.
    format: Option<Arc<LogFormat>>,
}

/// The values around a list of records, shared between its records.
#[derive(Debug)]
pub(super) struct ParentFields {
    pub(super) values: FieldList,
    pub(super) outer: Option<Arc<ParentFields>>,
}

impl LineRecords {
    /// Reads a text with log formats, and every JSON object in it.
    ///
    /// A list of objects is as many records, each with the values around the list.
    fn of(text: &str, formats: Option<&LogFormats>) -> Self {
        let mut all = Self::default();
        if let Some(read) = formats.and_then(|formats| formats.read(text)) {
            all.records.push(Record { format: Some(read.format), ..Record::of_values(read.values) });
        }
        let mut rest = text;
        for _ in 0..MAX_OBJECTS {
            let Some(start) = rest.find('{') else { break };
            let from = rest.get(start..).unwrap_or_default();
            let mut documents = serde_json::Deserializer::from_str(from).into_iter::<Json<'_>>();
            let read = match documents.next() {
                Some(Ok(document)) => {
                    unnest(&document, None, &mut all);
                    documents.byte_offset()
                }
                _ => 1,
            };
            rest = from.get(read..).unwrap_or_default();
        }
        if let Some(formats) = formats.filter(|_| may_carry_line(text.as_bytes())) {
            all.records.iter_mut().for_each(|record| record.add_formatted(formats));
        }
        if all.records.is_empty() {
            all.records.extend(peeled(text).find_map(|text| logfmt(text, MAX_RECORDS)).map(Record::of_values));
        }
        if all.records.is_empty() {
            let mut values = FieldList::default();
            loose_pairs(text, MAX_RECORDS, &mut |name, value| add_text(name, value, &mut values));
            all.records.extend((!values.is_empty()).then_some(Record { values, is_whole: false, ..Record::default() }));
        }
        all
    }
}

impl Record {
    /// Returns a record that was read to its end.
    fn of_values(values: FieldList) -> Self {
        Self { values, is_whole: true, ..Self::default() }
    }

    /// Adds the fields of the log line in [`CARRIER`].
    fn add_formatted(&mut self, formats: &LogFormats) {
        let line_in = |(_, value): (&str, &str)| formats.read(&text::fold_space(value));
        let read = self.values.iter().filter(|(name, _)| *name == CARRIER).find_map(line_in);
        if let Some(read) = read {
            read.values.iter().for_each(|(name, value)| self.values.push(name, value));
            self.format = Some(read.format);
        }
    }

    /// Returns whether the record has a field of this name.
    pub fn has(&self, name: &str) -> bool {
        self.written(name).next().is_some()
    }

    /// Returns the values of a field as written, the record's own first.
    pub(super) fn written(&self, name: &str) -> impl Iterator<Item = &str> {
        self.each_field().filter(move |(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Returns whether a field has no value but those for "none".
    pub fn is_empty(&self, name: &str) -> bool {
        (self.is_whole || self.has(name)) && self.each_value(name).next().is_none()
    }

    /// Returns the values of a field.
    ///
    /// Those that stand for "empty" are left out, lists are split.
    pub fn values(&self, name: &str) -> Vec<&str> {
        self.each_value(name).collect()
    }

    /// Returns whether the record lacks a field for certain.
    pub(super) fn lacks(&self, name: &str) -> bool {
        self.is_whole && !self.has(name)
    }

    /// Returns the log format that read it.
    pub(super) fn log_format(&self) -> Option<&Arc<LogFormat>> {
        self.format.as_ref()
    }

    /// Returns the value of a field that a log format read.
    pub(super) fn formatted(&self, name: &str) -> Option<&str> {
        self.format.as_ref().and_then(|_| self.written(name).next())
    }

    /// Returns the unit of a field's numbers, as its log format says.
    pub(super) fn unit_of(&self, name: &str) -> Option<Unit> {
        self.format.as_ref()?.unit_of(|field| fold_name(field) == name)
    }

    /// Visits the values of a field one by one.
    pub(super) fn each_value(&self, name: &str) -> impl Iterator<Item = &str> {
        self.written(name).flat_map(split)
    }

    /// Returns each folded name with its value, the record's own first.
    pub fn each_field(&self) -> impl Iterator<Item = (&str, &str)> {
        let around = std::iter::successors(self.around.as_ref(), |around| around.outer.as_ref());
        self.values.iter().chain(around.flat_map(|around| around.values.iter()))
    }
}

/// Returns whether a record in the text may carry a log line.
pub fn may_carry_line(text: &[u8]) -> bool {
    static QUOTED: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"log"));
    QUOTED.find(text).is_some()
}

/// Adds the records of an object.
fn unnest(object: &Json<'_>, around: Option<&Arc<ParentFields>>, all: &mut LineRecords) {
    let mut own = FieldList::default();
    let mut lists = Vec::new();
    collect("", object, &mut own, &mut lists, &mut all.holders);
    let mut elements = lists.into_iter().flatten().filter(|element| element.is_object()).peekable();
    if elements.peek().is_none() {
        all.records.push(Record { values: own, around: around.cloned(), is_whole: true, format: None });
        return;
    }
    own.iter().for_each(|(name, _)| all.holders.push(name, ""));
    let around = Arc::new(ParentFields { values: own, outer: around.cloned() });
    for element in elements {
        if all.records.len() >= MAX_RECORDS {
            return;
        }
        unnest(element, Some(&around), all);
    }
}

/// Collects values outside of lists of objects, these lists, and names.
///
/// The names are those of objects and lists.
fn collect<'v, 't>(
    name: &str,
    value: &'v Json<'t>,
    own: &mut FieldList,
    lists: &mut Vec<&'v [Json<'t>]>,
    holders: &mut FieldList,
) {
    match value {
        Json::Object(object) => {
            holders.push(name, "");
            for (name, value) in object {
                collect(name, value, own, lists, holders);
            }
        }
        Json::List(elements) => {
            holders.push(name, "");
            if elements.iter().any(Json::is_object) {
                lists.push(elements);
            } else {
                elements.iter().for_each(|element| collect(name, element, own, lists, holders));
            }
        }
        Json::Null => own.push(name, ""),
        Json::Text(text) => add_text(name, text, own),
        Json::Bool(value) => own.push(name, if *value { "true" } else { "false" }),
        Json::Number(number) => own.push(name, &number.to_string()),
    }
}

/// Adds the plain value of a field.
pub(super) fn add_scalar(name: &str, value: &Value, own: &mut FieldList) {
    match value {
        Value::Null => own.push(name, ""),
        Value::String(text) => add_text(name, text, own),
        other => own.push(name, &other.to_string()),
    }
}

/// Adds a text, after the values of records in it.
///
/// A record is often carried as text inside another.
fn add_text(name: &str, text: &str, own: &mut FieldList) {
    if text.trim_start().starts_with('{') {
        for record in &LineRecords::of(text, None).records {
            record.each_field().for_each(|(name, value)| own.push(name, value));
        }
    }
    own.push(name, text);
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
