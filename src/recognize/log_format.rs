//! Reads lines with log formats.
//!
//! A format becomes one anchored regular expression, which the `regex` crate matches in time linear in the line. Before
//! it, cheap checks reject nearly all lines that are not of the format: the first byte, bytes at fixed positions, and the
//! longest literal that every line of the format contains. Expressions are compiled when a line passes these checks for
//! the first time.

mod expression;
mod trouble;

use std::sync::{Arc, OnceLock};

use memchr::memmem::Finder;
use regex::{Regex, bytes};

use super::field_list::FieldList;
use super::prefix::{self, without_prefix};
use crate::tree::Tree;
use crate::tree::log_format::{FormatPart, LogFormat};
use expression::{expression, first_bytes, fixed_bytes};
use trouble::trouble_expression;

/// Prefixes that are peeled off one line, at most.
///
/// A container's line in a node's syslog has three.
const MAX_PREFIXES: usize = 4;

/// Log formats, ready to read lines.
#[derive(Debug)]
pub struct LogFormats {
    formats: Vec<CompiledFormat>,
    /// A bit for each format whose lines may begin with a byte.
    ///
    /// The last bit stands for all formats from the 64th on.
    by_first: Vec<u64>,
}

#[derive(Debug)]
struct CompiledFormat {
    format: Arc<LogFormat>,
    /// The bytes that every line has at fixed positions.
    fixed: Vec<(usize, u8)>,
    /// Finds the longest literal that every line has.
    finder: Finder<'static>,
    /// The names of the fields, in the order of the groups.
    names: Vec<String>,
    /// `None` if the expression is too large.
    regex: OnceLock<Option<bytes::Regex>>,
    /// Finds beginnings of lines that may report trouble.
    trouble: OnceLock<Option<Regex>>,
}

/// The fields of a line, with its format.
#[derive(Debug)]
pub(super) struct FormatFields {
    pub(super) format: Arc<LogFormat>,
    pub(super) values: FieldList,
}

impl LogFormats {
    /// Prepares formats; of several that fit a line, the first counts.
    pub fn new(formats: &[Arc<LogFormat>]) -> Self {
        let mut by_first = vec![0; 256];
        for (at, format) in formats.iter().enumerate() {
            let (first, _) = first_bytes(&format.line);
            for (known, may_begin) in by_first.iter_mut().zip(first) {
                *known |= if may_begin { bit(at) } else { 0 };
            }
        }
        Self { formats: formats.iter().map(CompiledFormat::new).collect(), by_first }
    }

    /// Prepares the formats of trees, each id once.
    pub fn of_trees<'t>(trees: impl IntoIterator<Item = &'t Arc<Tree>>) -> Self {
        Self::new(&LogFormat::first_of_each_id(trees.into_iter().flat_map(|tree| &tree.formats)))
    }

    /// Returns the format of a line.
    pub fn format_of(&self, line: &str) -> Option<&Arc<LogFormat>> {
        let fits = |line: &str| {
            let mut formats = self.candidates(line.as_bytes());
            formats.find_map(|(_, format)| format.regex()?.is_match(line.as_bytes()).then_some(format))
        };
        peeled(line).find_map(fits).map(|found| &found.format)
    }

    /// Returns the formats, in the order in which they are tried.
    pub fn formats(&self) -> impl Iterator<Item = &Arc<LogFormat>> {
        self.formats.iter().map(|format| &format.format)
    }

    /// Returns whether a line may be of a format.
    ///
    /// A prefix may stand before it. The check is cheap, because it compares bytes that need not be UTF-8. Where it is
    /// false, [`LogFormats::each_candidate`] visits nothing.
    pub fn may_read(&self, line: &[u8]) -> bool {
        prefix::may_be_first(line) || self.candidates(line).next().is_some()
    }

    /// Visits each format that a line may be of.
    ///
    /// The format is given by its position, and the line without prefixes.
    pub fn each_candidate(&self, line: &str, take: &mut dyn FnMut(usize, &str)) {
        for line in peeled(line) {
            self.candidates(line.as_bytes()).for_each(|(at, _)| take(at, line));
        }
    }

    /// Returns whether a line of a format may report trouble.
    pub fn may_be_trouble(&self, at: usize, line: &str) -> bool {
        self.formats.get(at).is_some_and(|format| format.may_be_trouble(line))
    }

    /// Returns the fields of a line with its white space folded.
    pub(super) fn read(&self, line: &str) -> Option<FormatFields> {
        peeled(line).find_map(|line| self.candidates(line.as_bytes()).find_map(|(_, format)| format.read(line)))
    }

    /// Returns the formats that pass the cheap checks.
    fn candidates<'f>(&'f self, line: &[u8]) -> impl Iterator<Item = (usize, &'f CompiledFormat)> {
        let first = line.first().and_then(|byte| self.by_first.get(usize::from(*byte)));
        let bits = first.copied().unwrap_or(0);
        // Most lines begin with a byte with which no format does.
        let formats = if bits == 0 { &[] } else { self.formats.as_slice() };
        let may_be = formats.iter().enumerate().filter(move |(at, _)| bits & bit(*at) != 0);
        may_be.filter(|(_, format)| format.passes(line))
    }
}

impl CompiledFormat {
    fn new(format: &Arc<LogFormat>) -> Self {
        Self {
            fixed: fixed_bytes(&format.line),
            finder: Finder::new(longest_literal(format)).into_owned(),
            names: format.fields().iter().map(|(name, _)| name.to_string()).collect(),
            regex: OnceLock::new(),
            trouble: OnceLock::new(),
            format: Arc::clone(format),
        }
    }

    /// Returns the expression of a line.
    ///
    /// It is one of bytes unless it names other characters than ASCII, because classes of Unicode take ten times as long
    /// to compile. A value begins and ends beside a byte of ASCII, so it never has a part of a character.
    fn regex(&self) -> Option<&bytes::Regex> {
        let compile = || {
            let expression = expression(&self.format.line);
            let mode = if expression.is_ascii() { "(?-u)" } else { "" };
            bytes::Regex::new(&format!("{mode}{expression}")).ok()
        };
        self.regex.get_or_init(compile).as_ref()
    }

    /// Returns whether a line has the fixed bytes and the literal.
    fn passes(&self, line: &[u8]) -> bool {
        self.fixed.iter().all(|(at, byte)| line.get(*at) == Some(byte)) && self.finder.find(line).is_some()
    }

    fn may_be_trouble(&self, line: &str) -> bool {
        if self.format.trouble.is_empty() {
            return false;
        }
        let regex = self.trouble.get_or_init(|| Regex::new(&trouble_expression(&self.format)).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(line))
    }

    fn read(&self, line: &str) -> Option<FormatFields> {
        let captures = self.regex()?.captures(line.as_bytes())?;
        let mut values = FieldList::default();
        for (name, value) in self.names.iter().zip(captures.iter().skip(1)) {
            if let Some(value) = value.and_then(|value| line.get(value.range())) {
                values.push(name, value);
            }
        }
        Some(FormatFields { format: Arc::clone(&self.format), values })
    }
}

/// Returns a line as written, then without each of its prefixes.
pub(super) fn peeled(line: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(line), |line| without_prefix(line)).take(1 + MAX_PREFIXES)
}

/// Returns the bit of a format.
fn bit(at: usize) -> u64 {
    1 << at.min(63)
}

/// Returns the longest literal that every line of a format contains.
fn longest_literal(format: &LogFormat) -> &str {
    let literals = format.line.iter().filter_map(|part| match part {
        FormatPart::Literal(text) => Some(text.as_str()),
        FormatPart::Field { .. } | FormatPart::Optional(_) => None,
    });
    literals.max_by_key(|text| text.len()).unwrap_or_default()
}
