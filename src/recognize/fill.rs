//! Fills placeholders of commands with values beside those that patterns capture.

use std::borrow::Cow;

use foldhash::HashMap;
use serde_json::Value;

use super::document::Document;
use super::matcher::{BorrowedCaptures, Captures, Matcher, short_value};
use super::pairs::split;
use super::path::DocumentPlace;
use super::pattern::Compiled;
use super::record::Record;
use crate::text::{CleanText, fold_name};
use crate::tree::json_path::{Level, camel};
use crate::tree::model::{Fill, FillSource};

/// The placeholders that a tree fills, ready to be looked for.
#[derive(Debug)]
pub(super) struct Fills {
    fills: Vec<(CleanText, Vec<CompiledSource>)>,
    /// The positions of fills and their sources, by folded field name.
    by_field: HashMap<String, Vec<(usize, usize)>>,
}

#[derive(Debug)]
struct CompiledSource {
    /// The holder's name, folded as those of documents are.
    within: Option<String>,
    /// The field's name, folded as in documents, and as in records.
    field: Option<(String, String)>,
    shape: Option<Matcher>,
}

impl Fills {
    /// Gets the fills of a tree ready.
    pub(super) fn new(fills: &[Fill]) -> Self {
        let source = |source: &FillSource| CompiledSource {
            within: source.within.as_deref().map(camel),
            field: source.field.as_deref().map(|field| (camel(field), fold_name(field))),
            shape: source.shape.as_ref().map(Compiled::whole),
        };
        let fills = fills.iter().map(|fill| (fill.name.clone(), fill.sources.iter().map(source).collect()));
        let fills: Vec<(CleanText, Vec<CompiledSource>)> = fills.collect();
        let mut by_field: HashMap<String, Vec<(usize, usize)>> = HashMap::default();
        for (fill, (_, sources)) in fills.iter().enumerate() {
            for (at, source) in sources.iter().enumerate() {
                // Where a value must stand in something, a record cannot tell.
                if let Some((_, field)) = source.field.as_ref().filter(|_| source.within.is_none()) {
                    by_field.entry(field.clone()).or_default().push((fill, at));
                }
            }
        }
        Self { fills, by_field }
    }

    /// Returns the values that a record has, by placeholder.
    pub(super) fn in_record<'a>(&'a self, record: &'a Record) -> BorrowedCaptures<'a> {
        let mut best: Vec<Option<(usize, Cow<'a, str>)>> = vec![None; self.fills.len()];
        for (field, written) in record.each_field() {
            for (fill, at) in self.by_field.get(field).into_iter().flatten() {
                let (Some((name, sources)), Some(best)) = (self.fills.get(*fill), best.get_mut(*fill)) else {
                    continue;
                };
                if best.as_ref().is_some_and(|(known, _)| known <= at) {
                    continue;
                }
                let shape = sources.get(*at).and_then(|source| source.shape.as_ref());
                if let Some(value) = split(written).find_map(|value| shaped(name, shape, value)) {
                    *best = Some((*at, value));
                }
            }
        }
        let found = self.fills.iter().zip(best);
        found.filter_map(|((name, _), best)| Some((name, best?.1))).collect()
    }

    /// Returns the values at a node and above it, by placeholder.
    ///
    /// The nearest value counts.
    pub(super) fn in_document(&self, document: &Document, place: &DocumentPlace) -> Captures {
        let above = document.above(&place.levels);
        self.values(|source| {
            let inwards = 0..above.len();
            Some(inwards.rev().flat_map(|at| value_at(source, &above, at)).collect())
        })
    }

    fn values(&self, values_of: impl Fn(&CompiledSource) -> Option<Vec<String>>) -> Captures {
        let fills = self.fills.iter().filter_map(|(name, sources)| {
            let mut found = sources.iter().flat_map(|source| {
                let values = values_of(source).unwrap_or_default();
                values
                    .into_iter()
                    .filter_map(|value| Some(CleanText::new(&shaped(name, source.shape.as_ref(), &value)?)))
            });
            Some((name.clone(), found.next()?))
        });
        fills.collect()
    }
}

/// Returns the value of a source in an object above a node.
///
/// An entry for the node itself stands last.
fn value_at(source: &CompiledSource, above: &[(&Value, Option<Level>)], at: usize) -> Option<String> {
    let name_before = |back: usize| match &above.get(at.checked_sub(back)?)?.1 {
        Some(Level::Name(name)) => Some(name.as_str()),
        _ => None,
    };
    let is_within = |name: Option<&str>| name.map(camel) == source.within;
    let (holder, onwards) = above.get(at)?;
    let Some((field, _)) = &source.field else {
        // The name under which the next object stands in this one.
        let Some(Level::Name(name)) = onwards else { return None };
        return (is_within(name_before(1))).then(|| name.clone());
    };
    let fits = source.within.is_none() || is_within(name_before(1)) || is_within(name_before(2));
    match holder.get(field).filter(|_| fits)? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns the captured value of a placeholder, or the whole value.
fn shaped<'a>(name: &str, shape: Option<&'a Matcher>, value: &'a str) -> Option<Cow<'a, str>> {
    let whole = || short_value(value);
    let Some(shape) = shape else { return Some(whole()) };
    let captures = shape.captures_all(value)?;
    Some(captures.into_iter().find(|(slot, _)| *slot == name).map_or_else(whole, |(_, value)| value))
}
