//! A line, and the record that may stand in it.

use std::sync::OnceLock;

use serde_json::Value;

use crate::text;

/// A line of text as patterns look at it.
#[derive(Debug)]
pub struct Line {
    text: String,
    lower: String,
    record: OnceLock<Option<Record>>,
}

impl Line {
    /// Folds the white space of a line.
    pub fn new(line: &str) -> Self {
        let text = text::fold_space(line);
        Self { lower: text.to_lowercase(), text, record: OnceLock::new() }
    }

    /// The line with its white space folded.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The same in lower case.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// The JSON record in the line, if there is one.
    pub fn record(&self) -> Option<&Record> {
        self.record.get_or_init(|| Record::in_text(&self.text)).as_ref()
    }
}

/// The scalar values of a JSON record by folded name, at whatever depth they stood.
#[derive(Debug, Default)]
pub struct Record {
    values: Vec<(String, String)>,
}

impl Record {
    /// The first JSON object in a text, whatever stands before and after it.
    fn in_text(text: &str) -> Option<Self> {
        let start = text.find('{')?;
        let mut documents = serde_json::Deserializer::from_str(text.get(start..)?).into_iter::<Value>();
        let mut record = Self::default();
        record.collect("", &documents.next()?.ok()?);
        Some(record)
    }

    fn collect(&mut self, name: &str, value: &Value) {
        match value {
            Value::Object(object) => {
                for (name, value) in object {
                    self.collect(&fold_name(name), value);
                }
            }
            Value::Array(elements) => {
                for element in elements {
                    self.collect(name, element);
                }
            }
            Value::Null => {}
            Value::Bool(_) | Value::Number(_) => self.values.push((name.to_owned(), value.to_string())),
            Value::String(text) => {
                // A record is often carried as text inside another.
                if let Some(inner) = text.trim_start().starts_with('{').then(|| Self::in_text(text)).flatten() {
                    self.values.extend(inner.values);
                }
                self.values.push((name.to_owned(), text.clone()));
            }
        }
    }

    /// The values of a field; those that stand for "empty" are left out, lists are split.
    pub fn values(&self, name: &str) -> Vec<&str> {
        let written = self.values.iter().filter(|(known, _)| known == name);
        written
            .flat_map(|(_, value)| value.split(',').flat_map(|part| part.split(" : ")))
            .map(str::trim)
            .filter(|part| !part.is_empty() && *part != "-")
            .collect()
    }
}

/// A field's name with case, `-` and `_` folded.
pub(super) fn fold_name(name: &str) -> String {
    name.chars().filter(|character| !matches!(character, '-' | '_')).flat_map(char::to_lowercase).collect()
}
