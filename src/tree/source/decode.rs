//! Decodes JSON values and collects all problems of a file.

use std::collections::HashSet;
use std::ops::Range;

use jsonc_parser::ast::{Object, Value};

use super::json;
use crate::text::{self, CleanText};
use crate::tree::pattern::{Slots, Template};
use crate::tree::problem::{Code, MAX_PROBLEMS, Problem, SourceText};

/// A value with its place, the bytes of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The decoded content.
    pub value: T,
    /// The bytes of the file.
    pub at: Range<usize>,
}

/// A text and its place.
pub type Text = Spanned<CleanText>;

/// Decodes the values of one file and collects their problems.
#[derive(Debug)]
pub struct Decoder<'s> {
    /// The file.
    pub source: SourceText<'s>,
    /// The problems so far, at most [`MAX_PROBLEMS`].
    pub problems: Vec<Problem>,
    /// The number of problems that are not in the list.
    pub left_out: usize,
}

/// A decoded file of a tree.
#[derive(Debug)]
pub struct Decoded<'s, T> {
    /// The id, from the name of the file.
    pub id: &'s str,
    /// The text.
    pub source: SourceText<'s>,
    /// The content.
    pub file: T,
}

/// An object whose field names have been checked.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'v> {
    object: &'v Object<'v>,
    /// The name of the object in messages: `a question`.
    what: &'static str,
}

impl<'v> Fields<'v> {
    /// Returns the value of a field, if the field exists.
    pub fn get(&self, name: &str) -> Option<&'v Value<'v>> {
        self.object.properties.iter().find(|property| property.name.as_str() == name).map(|property| &property.value)
    }

    /// Returns the bytes of the whole object.
    pub fn at(&self) -> Range<usize> {
        self.object.range.start..self.object.range.end
    }
}

impl<'s> Decoder<'s> {
    /// Starts with the text of a file.
    pub fn new(source: SourceText<'s>) -> Self {
        Self { source, problems: Vec::new(), left_out: 0 }
    }

    /// Adds a problem at a place of the file.
    pub fn note(&mut self, code: Code, at: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(self.source.problem(code, at, message, help));
        } else {
            self.left_out += 1;
        }
    }

    /// Adds the problem that a value has another type than `wanted`.
    pub fn wrong_type(&mut self, value: &Value<'_>, wanted: &str) {
        let message = format!("expected {wanted}, found {}", type_name(value));
        self.note(Code::WrongType, &json::range_of(value), message, format!("write {wanted} here"));
    }

    /// Returns the fields of an object that may only have `known` names.
    ///
    /// The names come in groups, which messages list one after the other.
    pub fn fields<'v>(
        &mut self,
        value: &'v Value<'v>,
        what: &'static str,
        known: &[&[&'static str]],
    ) -> Option<Fields<'v>> {
        let object = self.object(value)?;
        for property in &object.properties {
            let name = property.name.as_str();
            if !known.iter().any(|group| group.contains(&name)) {
                let known = known.concat();
                let message = format!("{what} has no field `{name}`");
                let help = match text::did_you_mean(name, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("known fields: {}", known.join(", ")),
                };
                self.note(Code::UnknownField, &json::name_range(property), message, help);
            }
        }
        Some(Fields { object, what })
    }

    /// Returns an object; a name that it has twice is a problem.
    fn object<'v>(&mut self, value: &'v Value<'v>) -> Option<&'v Object<'v>> {
        let Some(object) = value.as_object() else {
            self.wrong_type(value, "an object");
            return None;
        };
        let mut seen = HashSet::new();
        for property in &object.properties {
            let name = property.name.as_str();
            if !seen.insert(name) {
                let message = format!("`{name}` stands twice in this object; only the first is used");
                self.note(Code::DuplicateKey, &json::name_range(property), message, "remove or rename one of the two");
            }
        }
        Some(object)
    }

    /// Returns the value of a required field; its absence is a problem.
    pub fn required<'v>(&mut self, fields: Fields<'v>, name: &str) -> Option<&'v Value<'v>> {
        let value = fields.get(name);
        if value.is_none() {
            let at = fields.at();
            let message = format!("{} needs a field `{name}`", fields.what);
            self.note(Code::MissingField, &(at.start..at.start + 1), message, format!("add \"{name}\""));
        }
        value
    }

    /// Decodes a text that must not be empty.
    pub fn text(&mut self, value: &Value<'_>) -> Option<Text> {
        let read = self.any_text(value)?;
        if read.value.trim().is_empty() {
            self.note(Code::EmptyText, &read.at, "this text is empty", "write it, or leave the entry out");
            return None;
        }
        Some(read)
    }

    /// Decodes a text that may be empty, without its terminal escapes.
    pub fn any_text(&mut self, value: &Value<'_>) -> Option<Text> {
        let Some(literal) = value.as_string_lit() else {
            self.wrong_type(value, "a string");
            return None;
        };
        Some(Spanned { value: CleanText::new(&literal.value), at: json::range_of(value) })
    }

    /// Parses a text with placeholders.
    pub fn template(&mut self, written: &Text, slots: Slots) -> Option<Template> {
        match Template::parse(&written.value, slots) {
            Ok(template) => Some(template),
            Err(bad) => {
                self.note(Code::BadPattern, &written.at, bad.message, bad.help);
                None
            }
        }
    }

    /// Decodes a list, each element with `each`; unreadable elements are left out.
    pub fn list<T>(&mut self, value: &Value<'_>, mut each: impl FnMut(&mut Self, &Value<'_>) -> Option<T>) -> Vec<T> {
        let Some(array) = value.as_array() else {
            self.wrong_type(value, "a list");
            return Vec::new();
        };
        array.elements.iter().filter_map(|element| each(self, element)).collect()
    }

    /// Decodes an object from names to values of one kind.
    pub fn map<T>(
        &mut self,
        value: &Value<'_>,
        mut each: impl FnMut(&mut Self, &Value<'_>) -> Option<T>,
    ) -> Vec<(Text, T)> {
        let mut read: Vec<(Text, T)> = Vec::new();
        let mut seen = HashSet::new();
        if let Some(object) = self.object(value) {
            for property in &object.properties {
                let name = Spanned { value: CleanText::new(property.name.as_str()), at: json::name_range(property) };
                if seen.insert(name.value.clone())
                    && let Some(entry) = each(self, &property.value)
                {
                    read.push((name, entry));
                }
            }
        }
        read
    }

    /// Decodes one of the words of a closed set.
    pub fn word<T: Copy>(&mut self, value: &Value<'_>, all: &[T], word_of: impl Fn(T) -> &'static str) -> Option<T> {
        let written = self.text(value)?;
        let found = all.iter().copied().find(|candidate| word_of(*candidate) == written.value);
        if found.is_none() {
            let words: Vec<_> = all.iter().map(|known| word_of(*known)).collect();
            let help = match text::did_you_mean(&written.value, words.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("use one of: {}", words.join(", ")),
            };
            self.note(Code::BadValue, &written.at, format!("`{}` is not known here", written.value), help);
        }
        found
    }
}

/// Returns whether a text is made of lower-case words joined by hyphens.
pub fn is_id(text: &str) -> bool {
    text.split('-').all(|word| {
        !word.is_empty() && word.chars().all(|character| character.is_ascii_lowercase() || character.is_ascii_digit())
    })
}

/// Adds a problem for every id that an earlier entry has.
pub(super) fn unique<'t>(decoder: &mut Decoder<'_>, ids: impl Iterator<Item = &'t Text>, what: &str) {
    let mut seen = HashSet::new();
    for id in ids {
        if !seen.insert(id.value.as_str()) {
            let message = format!("there are two entries with the id `{}`", id.value);
            decoder.note(Code::DuplicateId, &id.at, message, format!("give each {what} an id of its own"));
        }
    }
}

fn type_name(value: &Value<'_>) -> &'static str {
    match value {
        Value::StringLit(_) => "a string",
        Value::NumberLit(_) => "a number",
        Value::BooleanLit(_) => "a truth value",
        Value::Object(_) => "an object",
        Value::Array(_) => "a list",
        Value::NullKeyword(_) => "null",
    }
}
