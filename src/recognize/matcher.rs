//! A template that can be looked for in a text.

use std::borrow::Cow;
use std::sync::OnceLock;

use memchr::memmem::Finder;
use regex::Regex;

use super::backtrack::Backtracker;
use super::record::Record;
use crate::text::{self, CleanText};
use crate::tree::needs::longest_literal;
use crate::tree::pattern::{Kind, Part, Template};

/// A template as a regular expression, with a cheap check before it.
#[derive(Debug)]
pub struct Matcher {
    /// The longest literal in lower case: every matching text contains it.
    literal: String,
    /// The template stands for "empty".
    is_empty: bool,
    /// Whether the literal is the whole template, found anywhere.
    is_literal: bool,
    template: Template,
    /// Whether the template is a whole value, not part of a line.
    is_whole: bool,
    /// Finds the literal.
    finder: Finder<'static>,
    /// Built when the literal is first found: most are never needed.
    backtracker: OnceLock<Option<Backtracker>>,
    /// For texts that the backtracker does not read.
    ///
    /// Compiled when it is first needed.
    regex: OnceLock<Option<Regex>>,
}

/// The values of placeholders by name.
pub type Captures = Vec<(CleanText, CleanText)>;

/// The values of placeholders, borrowed from a pattern and a text.
///
/// The values are clean.
pub type BorrowedCaptures<'a> = Vec<(&'a CleanText, Cow<'a, str>)>;

/// Characters that are kept of a captured value.
///
/// A host name has at most 253, an Oracle Cloud id 255; a longer path or text is shown with `…` at its end.
pub(super) const LONGEST_VALUE: usize = 500;

impl Matcher {
    /// Prepares a template for a whole value, or part of a line.
    pub(super) fn new(template: &Template, is_whole: bool) -> Self {
        let literal = longest_literal(template);
        let is_literal = !is_whole && matches!(&*template.parts, [Part::Literal(_)]);
        let (is_empty, template) = (template.is_empty(), template.clone());
        let finder = Finder::new(&literal).into_owned();
        let (backtracker, regex) = (OnceLock::new(), OnceLock::new());
        Self { is_literal, literal, is_empty, template, is_whole, finder, backtracker, regex }
    }

    /// Returns the expression that tells upper and lower case apart.
    pub(super) fn exact_expression(&self) -> String {
        self.expression().replacen("(?i)", "", 1)
    }

    pub(super) fn expression(&self) -> String {
        let (before, after) = if self.is_whole { ("^", "$") } else { ("", "") };
        let mut expression = format!("(?i){before}");
        let last = self.template.parts.len().saturating_sub(1);
        for (at, part) in self.template.parts.iter().enumerate() {
            match part {
                Part::Literal(text) => expression.push_str(&escape_folding_space(text)),
                Part::Slot { kind, .. } => {
                    expression.push('(');
                    expression.push_str(slot_expression(*kind, at == last));
                    expression.push(')');
                }
            }
        }
        expression.push_str(after);
        expression
    }

    fn names(&self) -> impl Iterator<Item = &CleanText> {
        self.template.parts.iter().filter_map(|part| match part {
            Part::Slot { name, .. } => Some(name),
            Part::Literal(_) => None,
        })
    }

    /// Returns the values of the placeholders if a text fits.
    ///
    /// `lower` is the text in lower case.
    pub(super) fn captures<'a>(&'a self, text: &'a str, lower: &str) -> Option<BorrowedCaptures<'a>> {
        self.finder.find(lower.as_bytes())?;
        if self.is_literal {
            return Some(Vec::new());
        }
        let backtracker = self.backtracker.get_or_init(|| Backtracker::new(&self.template, self.is_whole));
        if text::is_folded_ascii(text)
            && let Some(found) = backtracker.as_ref().and_then(|it| it.find(lower.as_bytes()))
        {
            let values = found?.into_iter().map(|(start, end)| short_value(text.get(start..end).unwrap_or_default()));
            return Some(self.names().zip(values).collect());
        }
        // The expression is made of escaped literals and the fixed parts below, so it always compiles.
        let regex = self.regex.get_or_init(|| Regex::new(&self.expression()).ok()).as_ref()?;
        let found = regex.captures(text)?;
        let values = found.iter().skip(1).map(|group| short_value(group.map_or("", |group| group.as_str())));
        Some(self.names().zip(values).collect())
    }

    /// Returns the part of a text that the template fits.
    pub(super) fn found_in(&self, text: &str) -> Option<String> {
        let regex = self.regex.get_or_init(|| Regex::new(&self.expression()).ok()).as_ref()?;
        regex.find(text).map(|found| found.as_str().to_owned())
    }

    /// Returns whether the template asks for more than that something is there.
    pub(super) fn says_something(&self) -> bool {
        self.is_empty || self.literal.chars().any(char::is_alphanumeric)
    }

    /// Returns whether the template stands for "empty".
    pub(super) fn is_empty(&self) -> bool {
        self.is_empty
    }

    /// Returns the captures if a value of the field fits.
    ///
    /// The template for "empty" fits a field without values.
    pub(super) fn fits<'a>(&'a self, record: &'a Record, name: &str) -> Option<BorrowedCaptures<'a>> {
        if self.is_empty {
            return record.is_empty(name).then(Vec::new);
        }
        record.each_value(name).find_map(|value| self.captures_all(value))
    }

    /// Returns the captures if the template fits a whole value.
    pub(super) fn captures_all<'a>(&'a self, value: &'a str) -> Option<BorrowedCaptures<'a>> {
        // Most values are told from most others by how they begin.
        if let Some(Part::Literal(first)) = self.template.parts.first()
            && value.is_ascii()
            && first.bytes().all(|byte| byte.is_ascii_graphic())
        {
            let begins = value.get(..first.len()).is_some_and(|it| it.eq_ignore_ascii_case(first));
            if !begins || self.template.parts.len() == 1 {
                return (begins && value.len() == first.len()).then(Vec::new);
            }
        }
        let has_capitals = value.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii());
        let lower = if has_capitals { Cow::Owned(value.to_lowercase()) } else { Cow::Borrowed(value) };
        self.captures(value, &lower)
    }
}

/// Cleans a value, folds it into one line, and cuts it.
///
/// At most [`LONGEST_VALUE`] characters are kept.
pub(super) fn short_value(value: &str) -> Cow<'_, str> {
    match value.len() <= LONGEST_VALUE && text::is_folded_ascii(value) {
        true => Cow::Borrowed(value.trim_matches(' ')),
        false => Cow::Owned(CleanText::short_line(value, LONGEST_VALUE).into_string()),
    }
}

/// Returns the literal as an expression that takes any white space.
fn escape_folding_space(text: &str) -> String {
    let starts_with_space = text.starts_with(char::is_whitespace);
    let ends_with_space = text.ends_with(char::is_whitespace);
    let words: Vec<String> = text.split_whitespace().map(regex::escape).collect();
    let mut escaped = words.join(r"\s+");
    if starts_with_space {
        escaped.insert_str(0, r"\s+");
    }
    if ends_with_space && !words.is_empty() {
        escaped.push_str(r"\s+");
    }
    escaped
}

fn slot_expression(kind: Kind, is_last: bool) -> &'static str {
    match kind {
        Kind::Ip => r"\[?[0-9a-f]*[.:][0-9a-f.:]*[0-9a-f]\]?(?::\d+)?",
        Kind::Host => r"[a-z-]*[0-9._:\[](?:[\w.:%\[\]-]*[\w\]])?",
        Kind::Number => r"\d+",
        Kind::Digit => r"\d",
        Kind::Word => r#"[^\s"\\,;}]+"#,
        Kind::Any if is_last => ".*",
        Kind::Any => ".*?",
    }
}
