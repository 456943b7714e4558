//! Finds lines of log formats in which patterns or troubles may be.
//!
//! The names of their fields do not stand in the lines, so the prefilter cannot find them. A line is a candidate if it
//! passes the cheap checks of a format ([`LogFormats::each_candidate`]), and contains a value that one of the patterns
//! asks for. Formats that concern no pattern and know no trouble cost nothing.
//!
//! It may report lines that match nothing, never misses one, as long as the line is not irregular.

use std::sync::Arc;

use aho_corasick::AhoCorasick;
use memchr::memchr;

use crate::recognize::{Line, LogFormats, TroubleFinder, may_carry_line};
use crate::templates::{self, Templater};
use crate::text::fold_name;
use crate::tree::log_format::LogFormat;
use crate::tree::pattern::{Field, Part, Pattern, Template};

/// The log formats of all trees, with the values to look for.
#[derive(Debug)]
pub(super) struct LogLines {
    formats: Arc<LogFormats>,
    /// For each format, the values that patterns ask for.
    wanted: Vec<WantedTexts>,
    /// For each format, the values that patterns of harmless lines ask for.
    harmless: Vec<WantedTexts>,
    troubles: TroubleFinder,
    /// Whether any line of a format may be a candidate.
    is_watching: bool,
}

/// The values of one format's fields that patterns ask for.
#[derive(Debug)]
enum WantedTexts {
    /// No pattern is about the fields of the format.
    Nothing,
    /// A matching line contains one of these texts.
    OneOf(Box<AhoCorasick>),
    /// Any line may match.
    Anything,
}

/// A line that may be of a log format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LogLine {
    /// The position of its first byte.
    pub(super) start: usize,
    /// Whether patterns about fields may match.
    pub(super) has_fields: bool,
    /// Whether it may report trouble.
    pub(super) may_be_trouble: bool,
}

impl LogLines {
    /// Prepares formats for the patterns about fields.
    ///
    /// `harmless` are those of harmless lines.
    pub(super) fn new(formats: Arc<LogFormats>, patterns: &[&Pattern], harmless: &[&Pattern]) -> Self {
        let all: Vec<Arc<LogFormat>> = formats.formats().cloned().collect();
        let of = |patterns: &[&Pattern]| all.iter().map(|format| WantedTexts::of(format, patterns)).collect();
        let (wanted, harmless): (Vec<WantedTexts>, Vec<WantedTexts>) = (of(patterns), of(harmless));
        let troubles = TroubleFinder::new(&all);
        let is_watching = !troubles.is_empty() || wanted.iter().any(|wanted| !matches!(wanted, WantedTexts::Nothing));
        Self { formats, wanted, harmless, troubles, is_watching }
    }

    /// Returns the log formats.
    pub(super) fn formats(&self) -> &Arc<LogFormats> {
        &self.formats
    }

    /// Returns whether the error words in a line do not count.
    ///
    /// They stand in fields, as in the path of a request, and the log format of the line says what is trouble. A status
    /// is no word.
    pub(super) fn is_ordinary(&self, line: &Line) -> bool {
        !templates::has_status(line.text()) && self.troubles.is_ordinary(line)
    }

    /// Returns the template of a line that reports trouble.
    pub(super) fn trouble<'t>(&self, line: &Line, templater: &'t mut Templater) -> Option<&'t str> {
        let (title, fields) = if self.troubles.is_empty() { None } else { self.troubles.find(line) }?;
        Some(templater.trouble(title, &fields))
    }

    /// Returns whether a harmless pattern may fit the fields of a line.
    ///
    /// Also whether a format may read it, of which some say what is trouble.
    pub(super) fn may_be_harmless(&self, line: &str) -> bool {
        let is_read = || may_carry_line(line.as_bytes()) || self.formats.may_read(line.as_bytes().trim_ascii());
        let mut may_be = !self.troubles.is_empty() && is_read();
        if !may_be && self.harmless.iter().any(|wanted| !matches!(wanted, WantedTexts::Nothing)) {
            may_be = may_carry_line(line.as_bytes());
            self.formats.each_candidate(line.trim(), &mut |at, line| {
                may_be = may_be || self.harmless.get(at).is_some_and(|wanted| wanted.may_be_in(line));
            });
        }
        may_be
    }

    /// Finds the candidates among the lines of a piece.
    pub(super) fn find(&self, piece: &[u8], found: &mut Vec<LogLine>) {
        found.clear();
        if !self.is_watching {
            return;
        }
        let may_carry = may_carry_line(piece);
        let mut start = 0;
        while start < piece.len() {
            let rest = piece.get(start..).unwrap_or_default();
            let length = memchr(b'\n', rest).unwrap_or(rest.len());
            let line = rest.get(..length).unwrap_or_default();
            found.extend(self.look_at(line, may_carry).map(|line| LogLine { start, ..line }));
            start += length + 1;
        }
    }

    /// Returns the possible findings in a line; `None` if there are none.
    pub(super) fn look(&self, line: &[u8]) -> Option<LogLine> {
        if self.is_watching { self.look_at(line, true) } else { None }
    }

    /// Does so; `may_carry` says whether the line may carry another in JSON.
    fn look_at(&self, line: &[u8], may_carry: bool) -> Option<LogLine> {
        let trimmed = line.trim_ascii();
        let mut found = LogLine { start: 0, has_fields: false, may_be_trouble: false };
        if may_carry && may_carry_line(line) {
            return Some(LogLine { has_fields: true, may_be_trouble: true, ..found });
        }
        // Most lines end here, before their UTF-8 is checked.
        if !self.formats.may_read(trimmed) {
            return None;
        }
        match std::str::from_utf8(trimmed) {
            Ok(line) => self.formats.each_candidate(line, &mut |at, line| {
                found.has_fields = found.has_fields || self.wanted.get(at).is_some_and(|it| it.may_be_in(line));
                found.may_be_trouble = found.may_be_trouble || self.formats.may_be_trouble(at, line);
            }),
            Err(_) => (found.has_fields, found.may_be_trouble) = (true, true),
        }
        (found.has_fields || found.may_be_trouble).then_some(found)
    }
}

impl WantedTexts {
    fn may_be_in(&self, line: &str) -> bool {
        match self {
            WantedTexts::Nothing => false,
            WantedTexts::OneOf(texts) => texts.is_match(line),
            WantedTexts::Anything => true,
        }
    }

    fn of(format: &LogFormat, patterns: &[&Pattern]) -> Self {
        let names: Vec<String> = format.fields().iter().map(|(name, _)| fold_name(name)).collect();
        let mut texts: Vec<String> = Vec::new();
        let mut has_any = false;
        for pattern in patterns {
            let Pattern::Fields(fields) = pattern else { continue };
            let is_known = |field: &Field| names.contains(&fold_name(&field.name)) || may_be_missing(field);
            if !fields.iter().all(is_known) {
                continue;
            }
            has_any = true;
            // The longest texts are the rarest.
            let shortest = |texts: &Vec<String>| texts.iter().map(String::len).min();
            let of_field = |field: &Field| field.any_of.iter().map(text_of).collect::<Option<Vec<String>>>();
            let plain = fields.iter().filter(|field| field.conditions.is_empty());
            match plain.filter_map(of_field).max_by_key(shortest) {
                Some(own) => texts.extend(own),
                None => return WantedTexts::Anything,
            }
        }
        if !has_any {
            return WantedTexts::Nothing;
        }
        let searcher = AhoCorasick::builder().ascii_case_insensitive(true).build(texts);
        searcher.map_or(WantedTexts::Anything, |searcher| WantedTexts::OneOf(Box::new(searcher)))
    }
}

/// Returns whether a record without the field may match.
fn may_be_missing(field: &Field) -> bool {
    field.any_of.iter().any(Template::is_empty)
        || field.conditions.iter().any(|condition| condition.is_absent == Some(true))
}

/// Returns a text that every fitting value contains.
///
/// White space may be written in several ways, and letters beyond ASCII in two cases.
fn text_of(template: &Template) -> Option<String> {
    let words = template.parts.iter().flat_map(|part| match part {
        Part::Literal(text) => text.split_whitespace().collect::<Vec<_>>(),
        Part::Slot { .. } => Vec::new(),
    });
    words.filter(|word| word.is_ascii()).max_by_key(|word| word.len()).map(str::to_owned)
}
