//! A pattern that can be looked for.

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use super::condition::FieldMatcher;
use super::matcher::{BorrowedCaptures, Captures, Matcher};
use super::path::CompiledPaths;
use super::record::{Line, Record};
use crate::text::{self, CleanText};
use crate::tree::model::DescribedValue;
use crate::tree::pattern::{Field, Pattern, Template};

/// A pattern that can be looked for.
///
/// Matching takes time linear in the length of the line.
#[derive(Debug)]
pub enum Compiled {
    /// A literal with placeholders, anywhere in a line.
    Text(Box<Matcher>),
    /// Values of one record.
    Fields(FieldMatchers),
    /// Places of a document.
    Json(CompiledPaths),
}

/// Values of the fields of a record.
#[derive(Debug)]
pub struct FieldMatchers {
    fields: Arc<[Field]>,
    /// Got ready for the first line with a record.
    ready: OnceLock<Vec<FieldMatcher>>,
}

/// Returns whether a value looks as its description says it may.
pub fn looks_like(described: &DescribedValue, value: &str) -> bool {
    let shapes = &described.looks_like;
    shapes.is_empty() || shapes.iter().any(|shape| Compiled::whole(shape).captures_all(value).is_some())
}

impl Compiled {
    /// Gets a pattern ready.
    pub fn new(pattern: &Pattern) -> Self {
        match pattern {
            Pattern::Text(template) => Compiled::Text(Box::new(Matcher::new(template, false))),
            Pattern::Fields(fields) => {
                Compiled::Fields(FieldMatchers { fields: Arc::clone(fields), ready: OnceLock::new() })
            }
            Pattern::Json(steps) => Compiled::Json(CompiledPaths::new(steps)),
        }
    }

    /// Returns a template that a whole value must fit.
    pub(super) fn whole(template: &Template) -> Matcher {
        Matcher::new(template, true)
    }

    /// Returns the names that a document of the pattern must have.
    pub fn needed_names(&self) -> &[String] {
        self.paths().map(CompiledPaths::needs).unwrap_or_default()
    }

    /// Returns whether the line may be a document with the pattern.
    pub fn may_be_in(&self, line: &Line) -> bool {
        self.paths().is_some_and(|paths| line.has_all(paths.needs_in_records()))
    }

    /// Returns the places of a document, if the pattern is about such.
    pub(super) fn paths(&self) -> Option<&CompiledPaths> {
        match self {
            Compiled::Json(paths) => Some(paths),
            Compiled::Text(_) | Compiled::Fields(_) => None,
        }
    }

    /// Returns whether the pattern looks for a named value of a document.
    pub(super) fn points_at(&self, name: &str, value: &str) -> bool {
        let fits = |matcher: &Matcher, value: &str| matcher.captures(value, &value.to_lowercase()).is_some();
        match self {
            Compiled::Text(matcher) => fits(matcher, &text::fold_space(value)),
            Compiled::Fields(values) => {
                values.ready().iter().filter(|field| field.name() == name).any(|field| field.points_at(value))
            }
            Compiled::Json(_) => false,
        }
    }

    /// Returns the captures if the line matches the pattern.
    pub fn captures(&self, line: &Line) -> Option<Captures> {
        let owned = |(name, value): (&CleanText, Cow<'_, str>)| (name.clone(), CleanText::new(&value));
        Some(self.borrowed_captures(line)?.into_iter().map(owned).collect())
    }

    /// Returns the captures of [`Compiled::captures`] without copying them.
    pub fn borrowed_captures<'a>(&'a self, line: &'a Line) -> Option<BorrowedCaptures<'a>> {
        match self {
            Compiled::Text(matcher) => matcher.captures(line.text(), line.lower()),
            Compiled::Fields(values) => line.records().iter().find_map(|record| values.captures_in(record)),
            Compiled::Json(_) => None,
        }
    }

    /// Returns whether a record has the pattern's fields with other values.
    pub fn is_contradicted(&self, line: &Line) -> bool {
        let Compiled::Fields(values) = self else { return false };
        let mut asked = values.ready().iter().filter(|field| !field.may_be_missing()).peekable();
        if asked.peek().is_none() {
            return false;
        }
        let asked: Vec<&str> = asked.map(FieldMatcher::name).collect();
        let has_all = |record: &Record| asked.iter().all(|name| record.has(name));
        line.records().iter().any(has_all) && !self.matches(line)
    }

    /// Returns whether every record, or the whole line, has the pattern.
    pub(super) fn is_all_of(&self, line: &Line) -> bool {
        match self {
            Compiled::Fields(values) => {
                let records = line.records();
                !records.is_empty() && records.iter().all(|record| values.captures_in(record).is_some())
            }
            Compiled::Text(_) | Compiled::Json(_) => self.matches(line),
        }
    }

    /// Returns whether the line carries the pattern.
    pub fn matches(&self, line: &Line) -> bool {
        self.borrowed_captures(line).is_some()
    }
}

impl FieldMatchers {
    /// Returns the matchers of the fields, of which all must fit.
    pub(super) fn ready(&self) -> &[FieldMatcher] {
        self.ready.get_or_init(|| self.fields.iter().map(FieldMatcher::new).collect())
    }

    /// Returns the values of the placeholders, if a record has every field.
    fn captures_in<'a>(&'a self, record: &'a Record) -> Option<BorrowedCaptures<'a>> {
        let mut captures = Vec::new();
        for field in self.ready() {
            captures.extend(field.captures_in(record)?);
        }
        Some(captures)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::pattern::Slots;

    fn template(text: &str) -> Template {
        Template::parse(text, Slots::Typed).unwrap()
    }

    fn captures(pattern: &str, line: &str) -> Option<Captures> {
        Compiled::new(&Pattern::Text(template(pattern))).captures(&Line::new(line))
    }

    fn fits(fields: &[(&str, &[&str])], line: &str) -> bool {
        let fields = fields
            .iter()
            .map(|(name, values)| Field {
                name: (*name).into(),
                any_of: values.iter().map(|value| template(value)).collect(),
                conditions: Vec::new(),
            })
            .collect();
        Compiled::new(&Pattern::Fields(fields)).matches(&Line::new(line))
    }

    #[test]
    fn text_is_found_anywhere_whatever_its_case_and_spaces() {
        assert!(captures("no healthy backends", "ERR: No  Healthy\tBackends available").is_some());
        assert!(captures("no healthy backends", "no backends").is_none());
        assert!(captures("a.b", "axb").is_none(), "a literal is no regular expression");
    }

    #[test]
    fn placeholders_capture_what_varies() {
        let cases = [
            ("Backend {ip} closed", "Backend 10.0.20.11:8080 closed", "10.0.20.11:8080"),
            ("Backend {ip} closed", "Backend [2001:db8::1]:443 closed", "[2001:db8::1]:443"),
            ("Backend {host} closed", "Backend backend_ip_address closed", "backend_ip_address"),
            ("failed for {host}", "failed for app-1.example.com.", "app-1.example.com"),
            ("set {word}", r#"{"errorDetails":"set bs_web"}"#, "bs_web"),
            ("took {number} ms", "took 3000 ms", "3000"),
            ("from {any} to", "from here and there to nowhere", "here and there"),
            ("because {any}", "because of all that", "of all that"),
        ];
        for (pattern, line, expected) in cases {
            let found = captures(pattern, line).unwrap_or_else(|| panic!("{pattern} in {line}"));
            assert_eq!(found[0].1, expected, "{pattern}");
        }
        assert!(captures("Client {host} timed out", "Client request timed out").is_none());
    }

    #[test]
    fn fields_are_found_at_any_depth_under_any_spelling() {
        let pair: &[(&str, &[&str])] = &[("lbStatusCode", &["502"]), ("backendStatusCode", &[""])];
        for line in [
            r#"{"lbStatusCode":"502","backendStatusCode":""}"#,
            r#"{"lbStatusCode":"502","backendStatusCode":"-"}"#,
            r#"{"lbStatusCode":"502","backendStatusCode":"-, -"}"#,
            r#"{"lbStatusCode":502,"backendStatusCode":null}"#,
            r#"{"data":{"lb-status-code":"502"}}"#,
            r#"Jan 1 host lb: {"data":{"LB_STATUS_CODE":"502"}} trailing"#,
            r#"{"data":"{\"lbStatusCode\":\"502\"}"}"#,
            r#"[{"lbStatusCode":"200"},{"lbStatusCode":"502"}]"#,
            r#"{"lbStatusCode":"502","backendStatusCode":"","cut"#,
            "lbStatusCode=502 backendStatusCode=-",
        ] {
            assert!(fits(pair, line), "{line}");
        }
        for line in [
            r#"{"lbStatusCode":"502","backendStatusCode":"502"}"#,
            r#"{"lbStatusCode":"502","backendStatusCode":"-, 502"}"#,
            r#"{"lbStatusCode":"5020"}"#,
            "lbStatusCode 502",
            "lbStatusCode: 502",
            "{",
        ] {
            assert!(!fits(pair, line), "{line}");
        }
        let pattern = |value: &str| Field { name: "s".into(), any_of: vec![template(value)], conditions: Vec::new() };
        let is_contradicted =
            |line: &str| Compiled::new(&Pattern::Fields([pattern("5")].into())).is_contradicted(&Line::new(line));
        assert!(is_contradicted(r#"{"s":"6"}"#) && is_contradicted("s=") && !is_contradicted("s=5"));
        assert!(!is_contradicted(r#"{"t":"6"}"#), "what is not said is not denied");
        assert!(fits(&[("s", &["4{digit}{digit}", "502"])], r#"{"s":"200, 404"}"#));
        assert!(!fits(&[("s", &["4{digit}{digit}", "502"])], r#"{"s":"200, 500"}"#));
    }
}
