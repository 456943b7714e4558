//! From a syntax tree to what was written, noting every problem on the way instead of stopping at the first.

use std::ops::Range;

use jsonc_parser::ast::{Object, Value};

use super::file::{Spanned, Text};
use super::json;
use super::pattern::{Slots, Template};
use super::problem::{Code, MAX_PROBLEMS, Problem, Source};
use crate::text::{self, CleanText};

/// Reads the values of one file and collects what is wrong with them.
#[derive(Debug)]
pub struct Reader<'s> {
    /// The file.
    pub source: Source<'s>,
    /// What was wrong so far.
    pub problems: Vec<Problem>,
    /// How many problems more there were than are listed.
    pub left_out: usize,
}

/// An object whose names have been checked.
#[derive(Clone, Copy, Debug)]
pub struct Fields<'v> {
    object: &'v Object<'v>,
    /// What the object is, for messages: `a question`.
    what: &'static str,
}

impl<'v> Fields<'v> {
    /// The value of a field, if it is there.
    pub fn get(&self, name: &str) -> Option<&'v Value<'v>> {
        self.object.properties.iter().find(|property| property.name.as_str() == name).map(|property| &property.value)
    }

    /// The bytes of the whole object.
    pub fn at(&self) -> Range<usize> {
        self.object.range.start..self.object.range.end
    }
}

impl Reader<'_> {
    /// Notes a problem at a place of the file.
    pub fn note(&mut self, code: Code, at: &Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(self.source.problem(code, at, message, help));
        } else {
            self.left_out += 1;
        }
    }

    fn wrong_type(&mut self, value: &Value<'_>, wanted: &str) {
        let message = format!("expected {wanted}, found {}", type_name(value));
        self.note(Code::WrongType, &json::range_of(value), message, format!("write {wanted} here"));
    }

    /// The fields of an object that may have the `known` names and no others.
    pub fn fields<'v>(
        &mut self,
        value: &'v Value<'v>,
        what: &'static str,
        known: &[&'static str],
    ) -> Option<Fields<'v>> {
        let object = self.object(value)?;
        for property in &object.properties {
            let name = property.name.as_str();
            if !known.contains(&name) {
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

    /// An object, with names that stand twice noted.
    fn object<'v>(&mut self, value: &'v Value<'v>) -> Option<&'v Object<'v>> {
        let Some(object) = value.as_object() else {
            self.wrong_type(value, "an object");
            return None;
        };
        let mut seen = std::collections::HashSet::new();
        for property in &object.properties {
            let name = property.name.as_str();
            if !seen.insert(name) {
                let message = format!("`{name}` stands twice in this object; only the first is used");
                self.note(Code::DuplicateKey, &json::name_range(property), message, "remove or rename one of the two");
            }
        }
        Some(object)
    }

    /// The value of a field that must be there.
    pub fn required<'v>(&mut self, fields: Fields<'v>, name: &str) -> Option<&'v Value<'v>> {
        let value = fields.get(name);
        if value.is_none() {
            let at = fields.at();
            let message = format!("{} needs a field `{name}`", fields.what);
            self.note(Code::MissingField, &(at.start..at.start + 1), message, format!("add \"{name}\""));
        }
        value
    }

    /// A text, which must not be empty.
    pub fn text(&mut self, value: &Value<'_>) -> Option<Text> {
        let read = self.any_text(value)?;
        if read.value.trim().is_empty() {
            self.note(Code::EmptyText, &read.at, "this text is empty", "write it, or leave the entry out");
            return None;
        }
        Some(read)
    }

    /// A text, empty or not, cleaned of what could act on a terminal.
    pub fn any_text(&mut self, value: &Value<'_>) -> Option<Text> {
        let Some(literal) = value.as_string_lit() else {
            self.wrong_type(value, "a string");
            return None;
        };
        Some(Spanned { value: CleanText::new(&literal.value), at: json::range_of(value) })
    }

    /// The text of a field that must be there; a stand-in if it is not, so that the rest can be read.
    pub fn field_text(&mut self, fields: Fields<'_>, name: &str) -> Text {
        self.required(fields, name)
            .and_then(|value| self.text(value))
            .unwrap_or_else(|| Spanned { value: stand_in(name).into(), at: fields.at() })
    }

    /// The text of a field that may be left out.
    pub fn optional_text(&mut self, fields: Fields<'_>, name: &str) -> Option<Text> {
        fields.get(name).and_then(|value| self.text(value))
    }

    /// A text with placeholders to be filled in: checked here, kept as text.
    pub fn command(&mut self, value: &Value<'_>) -> Option<Text> {
        let written = self.text(value)?;
        let template = self.template(&written, Slots::Free)?;
        for fault in super::lint::command(&template) {
            self.note(fault.code, &written.at, fault.message, fault.help);
        }
        Some(written)
    }

    /// The template that a text is.
    pub fn template(&mut self, written: &Text, slots: Slots) -> Option<Template> {
        match Template::parse(&written.value, slots) {
            Ok(template) => Some(template),
            Err(bad) => {
                self.note(Code::BadPattern, &written.at, bad.message, bad.help);
                None
            }
        }
    }

    /// A list, each element read by `each`; elements that cannot be read are left out, with their problems noted.
    pub fn list<T>(
        &mut self,
        value: &Value<'_>,
        mut each: impl FnMut(&mut Self, &Value<'_>) -> Option<T>,
    ) -> Spanned<Vec<T>> {
        let at = json::range_of(value);
        let Some(array) = value.as_array() else {
            self.wrong_type(value, "a list");
            return Spanned { value: Vec::new(), at };
        };
        let mut read = Vec::new();
        for element in &array.elements {
            read.extend(each(self, element));
        }
        Spanned { value: read, at }
    }

    /// The list of a field that may be left out.
    pub fn field_list<T>(
        &mut self,
        fields: Fields<'_>,
        name: &str,
        each: impl FnMut(&mut Self, &Value<'_>) -> Option<T>,
    ) -> Vec<T> {
        fields.get(name).map(|value| self.list(value, each).value).unwrap_or_default()
    }

    /// A list of texts in a field that may be left out.
    pub fn field_texts(&mut self, fields: Fields<'_>, name: &str) -> Vec<Text> {
        self.field_list(fields, name, Self::text)
    }

    /// An object from names to values of one kind.
    pub fn map<T>(
        &mut self,
        value: &Value<'_>,
        mut each: impl FnMut(&mut Self, &Value<'_>) -> Option<T>,
    ) -> Spanned<Vec<(Text, T)>> {
        let at = json::range_of(value);
        let mut read: Vec<(Text, T)> = Vec::new();
        let mut seen = std::collections::HashSet::new();
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
        Spanned { value: read, at }
    }

    /// `true` or `false`.
    pub fn flag(&mut self, value: &Value<'_>) -> Option<bool> {
        let flag = value.as_boolean_lit().map(|literal| literal.value);
        if flag.is_none() {
            self.wrong_type(value, "true or false");
        }
        flag
    }

    /// One of the words of a closed set.
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

    /// An id: lower-case words joined by hyphens.
    pub fn check_id(&mut self, id: &Text) {
        if !is_id(&id.value) && !is_stand_in(&id.value) {
            let message = format!("`{}` is not an id", id.value);
            self.note(Code::BadId, &id.at, message, "use lower-case letters and digits, joined by single hyphens");
        }
    }
}

/// The text in the place of one that is missing, so that the rest can be read.
fn stand_in(name: &str) -> String {
    format!("({name}?)")
}

/// Whether a text is such a stand-in: what is wrong there has been noted.
pub fn is_stand_in(text: &str) -> bool {
    text.starts_with('(') && text.ends_with("?)")
}

/// Whether a text is made of lower-case words joined by hyphens.
pub fn is_id(text: &str) -> bool {
    text.split('-').all(|word| {
        !word.is_empty() && word.chars().all(|character| character.is_ascii_lowercase() || character.is_ascii_digit())
    })
}

/// Notes every id that an earlier entry of the same list has already.
pub(super) fn unique<'t>(reader: &mut Reader<'_>, ids: impl Iterator<Item = &'t Text>, what: &str) {
    let mut seen = std::collections::HashSet::new();
    for id in ids {
        if !seen.insert(id.value.as_str()) {
            let message = format!("there are two entries with the id `{}`", id.value);
            reader.note(Code::DuplicateId, &id.at, message, format!("give each {what} an id of its own"));
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
