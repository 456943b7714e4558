//! A whole JSON document: a configuration, a report, a list of records.
//!
//! It is kept twice: as it was written, to be shown, and with its field names folded and its lists of plain values in
//! order, to be searched. Both have the same entries at the same positions, but for plain values in lists.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::field_list::FieldList;
use super::record::{Line, ParentFields, add_scalar};
use crate::text::{self, fold_name};
use crate::tree::json_path::{Level, camel};

/// Entries of the largest object whose names are shown as written.
///
/// Others are shown folded.
///
/// Finding the written name takes time linear in the entries.
const MAX_ENTRIES: usize = 10_000;

/// The name under which a document is often wrapped.
const ENVELOPE: &str = "data";

/// The widest value that is shown whole, in columns.
const MAX_VALUE: usize = 80;

/// The widest path that is shown whole, in columns.
const MAX_PATH: usize = 400;

/// A JSON object or list, ready to be searched.
#[derive(Debug)]
pub struct Document {
    written: Value,
    folded: Value,
    /// Every folded name in it.
    names: HashSet<String>,
    /// The number of values in it.
    size: usize,
}

/// A record of a document, or what stands around records.
#[derive(Debug)]
pub(super) struct DocumentPart<'d> {
    /// Its text and its values.
    pub(super) line: Line,
    at: Vec<Level>,
    element: &'d Value,
}

impl Document {
    /// Reads a document.
    ///
    /// `None` if it is no JSON object or list, or is nested deeper than any sensible one (128 levels).
    pub fn parse(written: impl AsRef<[u8]>) -> Option<Self> {
        let text = String::from_utf8_lossy(written.as_ref());
        let mut written: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()?;
        if !written.is_object() && !written.is_array() {
            return None;
        }
        unpack(&mut written);
        let mut names = HashSet::new();
        let mut size = 0;
        let folded = fold(&written, &mut names, &mut size);
        Some(Self { written, folded, names, size })
    }

    /// Returns the document with its names folded.
    pub(super) fn folded(&self) -> &Value {
        &self.folded
    }

    /// Returns whether fields of all these folded names are in it.
    pub(super) fn has_all(&self, names: &[impl AsRef<str>]) -> bool {
        names.iter().all(|name| self.names.contains(name.as_ref()))
    }

    /// Returns the number of values in it.
    pub(super) fn size(&self) -> usize {
        self.size
    }

    /// Shows a place of the searched document as `path = value`.
    ///
    /// Names marked as `named` and names of fields are shown folded, names of things as they were written.
    pub(super) fn show(&self, place: &[Level], named: &[bool]) -> String {
        self.show_written(&self.as_written(place), named)
    }

    /// Returns the records of the document, and parts around lists.
    pub(super) fn parts(&self) -> Vec<DocumentPart<'_>> {
        let mut parts = Vec::new();
        add_parts(&self.written, &mut Vec::new(), None, &mut parts);
        parts
    }

    /// Shows the first wanted value of a part, or the whole part.
    pub(super) fn show_part(&self, part: &DocumentPart<'_>, is_looked_for: impl Fn(&str, &str) -> bool) -> String {
        let mut place = part.at.clone();
        find_leaf("", part.element, &mut place, &is_looked_for);
        // The field that is looked for, and the lists on the way to it, are known by name; other names may be those of
        // objects.
        let is_field = |at: usize| {
            let is_envelope = matches!(place.get(at), Some(Level::Name(name)) if name == ENVELOPE);
            !is_envelope && matches!(place.get(at + 1), None | Some(Level::Index(_)))
        };
        let named: Vec<bool> = (0..place.len()).map(is_field).collect();
        self.show_written(&place, &named)
    }

    /// Returns the values from the document down to a place.
    ///
    /// Each has the level that leads to the next.
    ///
    /// Levels are as they were written.
    pub(super) fn above(&self, place: &[Level]) -> Vec<(&Value, Option<Level>)> {
        let mut value = &self.folded;
        let mut above = Vec::new();
        for (level, written) in place.iter().zip(self.as_written(place)) {
            above.push((value, Some(written)));
            value = child(value, level);
        }
        above.push((value, None));
        above
    }

    /// Translates a place of the folded document to the written one.
    fn as_written(&self, place: &[Level]) -> Vec<Level> {
        let (mut folded, mut written) = (&self.folded, &self.written);
        let mut found = Vec::new();
        for level in place {
            let inner = child(folded, level);
            let own = match (level, written) {
                (Level::Name(name), Value::Object(object)) => {
                    let known = folded.as_object().filter(|object| object.len() <= MAX_ENTRIES);
                    let position = known.and_then(|object| object.keys().position(|key| key == name));
                    let name_there = position.and_then(|at| object.keys().nth(at)).unwrap_or(name);
                    Level::Name(name_there.clone())
                }
                (Level::Index(_), Value::Array(elements)) if is_plain(inner) => {
                    let position = elements.iter().position(|element| element == inner);
                    position.map_or(level.clone(), Level::Index)
                }
                _ => level.clone(),
            };
            written = child(written, &own);
            folded = inner;
            found.push(own);
        }
        found
    }

    /// Shows a place of the written document.
    ///
    /// A first name that only wraps the document is left out.
    fn show_written(&self, place: &[Level], named: &[bool]) -> String {
        let mut value = &self.written;
        let mut shown = String::new();
        for (depth, level) in place.iter().enumerate() {
            let is_named = named.get(depth).copied().unwrap_or(false);
            match level {
                Level::Name(name) if depth == 0 && place.len() > 1 && name == ENVELOPE && !is_named => {}
                Level::Index(index) => shown.push_str(&format!("[{index}]")),
                Level::Name(name) => {
                    if !shown.is_empty() {
                        shown.push('.');
                    }
                    let is_field = is_named || is_field(value, child(value, level));
                    shown.push_str(&if is_field { Cow::Owned(camel(name)) } else { Cow::Borrowed(name.as_str()) });
                }
            }
            value = child(value, level);
        }
        let mut text = String::new();
        match value {
            Value::String(whole) => text.push_str(whole),
            other => write(other, &mut text),
        }
        let cut = |text: &str, columns| text::fit(&text::clean_line(text), columns, "…");
        if shown.is_empty() {
            cut(&text, MAX_VALUE)
        } else {
            format!("{} = {}", cut(&shown, MAX_PATH), cut(&text, MAX_VALUE))
        }
    }
}

/// Returns the child of a value; null if there is none.
fn child<'v>(value: &'v Value, level: &Level) -> &'v Value {
    let found = match level {
        Level::Name(name) => value.get(name),
        Level::Index(index) => value.get(index),
    };
    found.unwrap_or(&Value::Null)
}

/// Returns whether the name of an object or list is a field's.
///
/// Where all values of an object are objects themselves, their names are those of things.
fn is_field(holder: &Value, held: &Value) -> bool {
    let has_plain = |object: &Map<String, Value>| object.values().any(|value| !value.is_null() && is_plain(value));
    held.is_array() || held.is_object() && holder.as_object().is_some_and(has_plain)
}

fn is_plain(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// Replaces texts that hold an object by the object.
///
/// A text inside an unpacked object stays a text, which bounds the depth.
fn unpack(value: &mut Value) {
    match value {
        Value::Object(object) => object.values_mut().for_each(unpack),
        Value::Array(elements) => elements.iter_mut().for_each(unpack),
        Value::String(text) if text.trim_start().starts_with('{') => {
            if let Ok(inner @ Value::Object(_)) = serde_json::from_str(text) {
                *value = inner;
            }
        }
        _ => {}
    }
}

/// Folds field names to lowerCamelCase, and sorts lists of plain values.
fn fold(value: &Value, names: &mut HashSet<String>, size: &mut usize) -> Value {
    *size += 1;
    match value {
        Value::Object(object) => {
            let mut folded = Map::new();
            for (written, value) in object {
                let mut name = camel(written);
                if folded.contains_key(&name) {
                    // Two spellings of one name: the first is found by it, the other by what it holds.
                    name.clone_from(written);
                    while folded.contains_key(&name) {
                        name.push('_');
                    }
                }
                if !names.contains(&name) {
                    names.insert(name.clone());
                }
                folded.insert(name, fold(value, names, size));
            }
            Value::Object(folded)
        }
        Value::Array(elements) => {
            let mut folded: Vec<Value> = elements.iter().map(|element| fold(element, names, size)).collect();
            if folded.iter().all(is_plain) {
                folded.sort_by_cached_key(|element| (element.is_string(), element.to_string()));
                folded.dedup();
            }
            Value::Array(folded)
        }
        plain => plain.clone(),
    }
}

/// Writes a value as JSON, as far as it may be shown.
fn write(value: &Value, text: &mut String) {
    const ENOUGH: usize = 8 * MAX_VALUE;
    if text.len() > ENOUGH {
        return;
    }
    match value {
        Value::Object(object) => {
            text.push('{');
            for (at, (name, value)) in object.iter().enumerate().take(MAX_VALUE) {
                text.push_str(if at > 0 { ", \"" } else { "\"" });
                text.push_str(name);
                text.push_str("\": ");
                write(value, text);
            }
            text.push('}');
        }
        Value::Array(elements) => {
            text.push('[');
            for (at, value) in elements.iter().enumerate().take(MAX_VALUE) {
                text.push_str(if at > 0 { ", " } else { "" });
                write(value, text);
            }
            text.push(']');
        }
        plain => text.push_str(&plain.to_string()),
    }
}

/// Flattens a value into records.
///
/// It is one record for each element of a list of objects, with the fields around the list, and one otherwise. What
/// holds such lists is only read for its text.
fn add_parts<'d>(
    value: &'d Value,
    at: &mut Vec<Level>,
    around: Option<&Arc<ParentFields>>,
    parts: &mut Vec<DocumentPart<'d>>,
) {
    let mut own = FieldList::default();
    let mut lists = Vec::new();
    if value.is_object() || value.is_array() {
        sort_out("", value, at, &mut own, &mut lists);
    }
    if lists.is_empty() {
        let line = Line::of_element(value, around, true);
        parts.push(DocumentPart { line, at: at.clone(), element: value });
        return;
    }
    if !own.is_empty() {
        let line = Line::of_element(&without_lists(value), None, false);
        parts.push(DocumentPart { line, at: at.clone(), element: value });
    }
    let around = Arc::new(ParentFields { values: own, outer: around.cloned() });
    for (mut place, element) in lists {
        add_parts(element, &mut place, Some(&around), parts);
    }
}

/// Collects the elements of lists of objects, and the values outside.
fn sort_out<'d>(
    name: &str,
    value: &'d Value,
    at: &mut Vec<Level>,
    own: &mut FieldList,
    lists: &mut Vec<(Vec<Level>, &'d Value)>,
) {
    match value {
        Value::Object(object) => {
            for (name, value) in object {
                at.push(Level::Name(name.clone()));
                sort_out(name, value, at, own, lists);
                at.pop();
            }
        }
        Value::Array(elements) => {
            let has_objects = elements.iter().any(Value::is_object);
            for (index, element) in elements.iter().enumerate() {
                at.push(Level::Index(index));
                if element.is_object() {
                    lists.push((at.clone(), element));
                } else if !has_objects {
                    sort_out(name, element, at, own, lists);
                }
                at.pop();
            }
        }
        plain => add_scalar(name, plain, own),
    }
}

/// Returns a value without the lists of objects in it.
fn without_lists(value: &Value) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object.iter().filter(|(_, value)| !holds_objects(value));
            Value::Object(kept.map(|(name, value)| (name.clone(), without_lists(value))).collect())
        }
        other => other.clone(),
    }
}

fn holds_objects(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|elements| elements.iter().any(|element| element.is_object() || holds_objects(element)))
}

/// Finds the first wanted plain value inside a value.
///
/// Where there is none, the place is left as it was.
fn find_leaf(name: &str, value: &Value, place: &mut Vec<Level>, is_looked_for: &impl Fn(&str, &str) -> bool) -> bool {
    match value {
        Value::Object(object) => object.iter().any(|(name, value)| {
            place.push(Level::Name(name.clone()));
            let is_found = find_leaf(&fold_name(name), value, place, is_looked_for);
            if !is_found {
                place.pop();
            }
            is_found
        }),
        Value::Array(elements) => elements.iter().enumerate().any(|(index, element)| {
            place.push(Level::Index(index));
            let is_found = find_leaf(name, element, place, is_looked_for);
            if !is_found {
                place.pop();
            }
            is_found
        }),
        Value::Null => false,
        Value::String(text) => is_looked_for(name, text),
        plain => is_looked_for(name, &plain.to_string()),
    }
}
