//! Matches the values of one field of a record.

use std::sync::OnceLock;

use regex::Regex;

use super::matcher::{BorrowedCaptures, Matcher};
use super::pairs::split;
use super::record::Record;
use crate::text::fold_name;
use crate::tree::pattern::{Condition, Field, Limit, Template};
use crate::tree::quantity::{Quantity, Unit};

/// The wanted values of a field, ready to be compared.
#[derive(Debug)]
pub(super) struct FieldMatcher {
    /// The folded name.
    name: String,
    wanted: WantedValues,
}

/// Alternative values.
#[derive(Debug)]
struct WantedValues {
    any_of: Vec<Matcher>,
    conditions: Vec<CompiledCondition>,
}

#[derive(Debug)]
struct CompiledCondition {
    condition: Condition,
    exactly: Vec<ExactMatcher>,
    not: Option<WantedValues>,
}

/// A template for a whole value, upper and lower case told apart.
#[derive(Debug)]
struct ExactMatcher {
    matcher: Matcher,
    regex: OnceLock<Option<Regex>>,
}

impl FieldMatcher {
    /// Gets a field of a pattern ready.
    pub(super) fn new(field: &Field) -> Self {
        Self { name: fold_name(&field.name), wanted: WantedValues::new(&field.any_of, &field.conditions) }
    }

    /// Returns the folded name.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Returns whether the field asks for more than that something is there.
    pub(super) fn says_something(&self) -> bool {
        !self.wanted.conditions.is_empty() || self.wanted.any_of.iter().any(Matcher::says_something)
    }

    /// Returns whether the field may be missing.
    ///
    /// It may if "empty" is one of several values, even in a record that was cut, or if a condition says that it is.
    pub(super) fn may_be_missing(&self) -> bool {
        let mut conditions = self.wanted.conditions.iter();
        self.is_empty_listed() || conditions.any(|condition| condition.condition.is_absent == Some(true))
    }

    /// Returns whether "empty" is one of several alternatives.
    fn is_empty_listed(&self) -> bool {
        let WantedValues { any_of, conditions } = &self.wanted;
        any_of.len() + conditions.len() > 1 && any_of.iter().any(Matcher::is_empty)
    }

    /// Returns the placeholders' values if the record has a wanted value.
    pub(super) fn captures_in<'a>(&'a self, record: &'a Record) -> Option<BorrowedCaptures<'a>> {
        let missing = || (self.is_empty_listed() && !record.has(&self.name)).then(Vec::new);
        self.wanted.captures_in(record, &self.name).or_else(missing)
    }

    /// Returns whether the field looks for the value.
    pub(super) fn points_at(&self, value: &str) -> bool {
        let mut texts = self.wanted.any_of.iter().filter(|matcher| !matcher.is_empty());
        let fits = |matcher: &Matcher, value: &str| matcher.captures(value, &value.to_lowercase()).is_some();
        texts.any(|matcher| value.split(',').any(|value| fits(matcher, value.trim())))
            || self.wanted.conditions.iter().any(|condition| condition.holds_for(value, None).is_some())
    }
}

impl WantedValues {
    fn new(any_of: &[Template], conditions: &[Condition]) -> Self {
        Self {
            any_of: any_of.iter().map(|value| Matcher::new(value, true)).collect(),
            conditions: conditions.iter().map(CompiledCondition::new).collect(),
        }
    }

    fn captures_in<'a>(&'a self, record: &'a Record, name: &str) -> Option<BorrowedCaptures<'a>> {
        let by_text = || self.any_of.iter().find_map(|value| value.fits(record, name));
        by_text().or_else(|| self.conditions.iter().find_map(|condition| condition.captures_in(record, name)))
    }
}

impl CompiledCondition {
    fn new(condition: &Condition) -> Self {
        let exact = |template| ExactMatcher { matcher: Matcher::new(template, true), regex: OnceLock::new() };
        Self {
            exactly: condition.exactly.iter().map(exact).collect(),
            not: condition.not.as_ref().map(|not| WantedValues::new(&not.any_of, &not.conditions)),
            condition: condition.clone(),
        }
    }

    fn captures_in<'a>(&'a self, record: &'a Record, name: &str) -> Option<BorrowedCaptures<'a>> {
        if let Some(is_absent) = self.condition.is_absent {
            let holds = if is_absent { record.lacks(name) } else { record.has(name) };
            return holds.then(Vec::new);
        }
        if let Some(not) = &self.not
            && (!record.has(name) || not.captures_in(record, name).is_some())
        {
            return None;
        }
        if self.exactly.is_empty() && self.condition.limits.is_empty() {
            return Some(Vec::new());
        }
        let unit = record.unit_of(name);
        record.written(name).find_map(|written| self.holds_for(written, unit))
    }

    /// Returns the captures if a written value is wanted.
    ///
    /// The value may be a list, of which one element is wanted.
    fn holds_for<'a>(&'a self, written: &'a str, unit: Option<Unit>) -> Option<BorrowedCaptures<'a>> {
        let whole = written.trim();
        // A lone `-` is no value of a list, but may be what is asked for.
        std::iter::once(whole).chain(split(whole)).find_map(|value| self.holds_for_one(value, unit))
    }

    fn holds_for_one<'a>(&'a self, value: &'a str, unit: Option<Unit>) -> Option<BorrowedCaptures<'a>> {
        if !self.condition.limits.is_empty() {
            let read = Quantity::parse(value)?;
            let quantity = read.with_unit(read.unit.or(unit));
            // A limit without a unit is compared with the number as it is written.
            let is_within = |limit: &Limit| match limit.quantity.unit {
                Some(_) => limit.holds(quantity),
                None => limit.holds(read.with_unit(None)),
            };
            if !self.condition.limits.iter().all(is_within) {
                return None;
            }
        }
        if self.exactly.is_empty() {
            return (!self.condition.limits.is_empty()).then(Vec::new);
        }
        self.exactly.iter().find_map(|exact| exact.captures(value))
    }
}

impl ExactMatcher {
    fn captures<'a>(&'a self, value: &'a str) -> Option<BorrowedCaptures<'a>> {
        let captures = self.matcher.captures_all(value)?;
        let expression = || Regex::new(&self.matcher.exact_expression()).ok();
        let is_exact = self.regex.get_or_init(expression).as_ref().is_some_and(|regex| regex.is_match(value));
        is_exact.then_some(captures)
    }
}
