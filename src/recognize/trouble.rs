//! Tells whether a line reports trouble, as its log format says.

use std::sync::Arc;

use super::condition::FieldMatcher;
use super::record::{Line, Record};
use crate::text::{CleanText, fold_name};
use crate::tree::log_format::{FormatKind, LogFormat};

/// The values that report trouble in the lines of log formats.
#[derive(Debug)]
pub struct TroubleFinder {
    formats: Vec<TroubleOfFormat>,
}

#[derive(Debug)]
struct TroubleOfFormat {
    format: Arc<LogFormat>,
    /// Alternatives, of each of which all fields must fit.
    any_of: Vec<Vec<FieldMatcher>>,
    /// Names of the fields that tell troubles apart, as written and folded.
    ///
    /// A name is `None` if the field is free text.
    telling: Vec<(Option<CleanText>, String)>,
}

/// The telling fields of a line that reports trouble.
///
/// A name is `None` if the field is free text.
pub type TellingFields<'l> = Vec<(Option<&'l str>, &'l str)>;

impl TroubleFinder {
    /// Prepares the formats that know trouble.
    pub fn new(formats: &[Arc<LogFormat>]) -> Self {
        let formats = formats.iter().filter(|format| !format.trouble.is_empty());
        Self { formats: formats.map(TroubleOfFormat::new).collect() }
    }

    /// Returns whether no format knows trouble.
    pub fn is_empty(&self) -> bool {
        self.formats.is_empty()
    }

    /// Returns the title of the format, and the telling fields.
    ///
    /// `None` if the line reports no trouble.
    pub fn find<'l>(&'l self, line: &'l Line) -> Option<(&'l str, TellingFields<'l>)> {
        let (known, record) = self.known(line)?;
        if !known.is_trouble(record) {
            return None;
        }
        let value = |name: &str| record.formatted(name).filter(|value| !value.is_empty());
        let telling = known.telling.iter().filter_map(|(name, folded)| Some((name.as_deref(), value(folded)?)));
        Some((&known.format.title, telling.collect()))
    }

    /// Returns whether the format knows trouble, and the line is none.
    pub fn is_ordinary(&self, line: &Line) -> bool {
        self.known(line).is_some_and(|(known, record)| !known.is_trouble(record))
    }

    /// Returns the format that reads a line and knows trouble.
    fn known<'l>(&'l self, line: &'l Line) -> Option<(&'l TroubleOfFormat, &'l Record)> {
        let record = line.records().first()?;
        let format = record.log_format()?;
        let known = self.formats.iter().find(|known| Arc::ptr_eq(&known.format, format))?;
        Some((known, record))
    }
}

impl TroubleOfFormat {
    fn is_trouble(&self, record: &Record) -> bool {
        let fits = |fields: &Vec<FieldMatcher>| fields.iter().all(|field| field.captures_in(record).is_some());
        self.any_of.iter().any(fits)
    }

    fn new(format: &Arc<LogFormat>) -> Self {
        let any_of = format.trouble.iter().map(|fields| fields.iter().map(FieldMatcher::new).collect()).collect();
        let named = format.trouble.iter().flat_map(|fields| fields.iter()).map(|field| &field.name);
        let mut telling: Vec<(Option<CleanText>, String)> = Vec::new();
        for (name, kind) in format.fields() {
            let is_named = named.clone().any(|named| fold_name(named) == fold_name(name));
            match kind {
                FormatKind::Text | FormatKind::Rest if is_named || telling.len() < 2 => {
                    telling.push((None, fold_name(name)));
                }
                _ if is_named => telling.push((Some(name.clone()), fold_name(name))),
                _ => {}
            }
        }
        // Without a named field before it, free text is rarely about the trouble.
        let first_named = telling.iter().position(|(name, _)| name.is_some()).unwrap_or(0);
        telling.drain(..first_named);
        Self { format: Arc::clone(format), any_of, telling }
    }
}
