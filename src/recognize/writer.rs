//! Tells whether the system of a tree wrote a line.
//!
//! A text may stand in the logs of several systems: a library prints "connection refused" in all of them. The form of a
//! line tells who wrote it. The system of a tree is its writer if
//!
//! - a log format in the tree's own folder reads the line,
//! - a pattern of the tree about fields fits a record in it, or a path fits the document, or
//! - it has an identifier that the tree's `fills` begin with, such as `ocid1.loadbalancer.`.
//!
//! A line of a log format that is not the tree's own is of another system, also if no tree has that system.
//!
//! A tree names further lines that report on other systems (`foreign`). It takes nothing from them.
//!
//! A pattern that is only a text tells nothing about the writer. If the systems of some trees are writers of a line, the
//! cards of the other trees come after theirs, and are marked. A line without a known writer orders nothing.

use std::sync::Arc;

use super::pattern::Compiled;
use super::recognizer::Recognizer;
use super::record::Line;
use crate::tree::log_format::LogFormat;
use crate::tree::model::PatternId;

impl Compiled {
    /// Returns whether a match of the pattern tells the writer.
    pub fn tells_writer(&self) -> bool {
        matches!(self, Compiled::Fields(_) | Compiled::Json(_))
    }
}

impl Recognizer {
    /// Returns whether a line has a format or identifier of the tree.
    ///
    /// Patterns about fields are not looked for.
    pub fn has_writer_sign(&self, line: &Line) -> bool {
        let tree = self.tree();
        let is_own_format = || format_of(line).is_some_and(|format| self.owns(format));
        !tree.own_formats.is_empty() && is_own_format() || self.identifiers().are_in(line, tree)
    }

    /// Returns the format of a line, unless the tree owns it.
    pub fn foreign_format<'l>(&self, line: &'l Line) -> Option<&'l LogFormat> {
        format_of(line).filter(|format| !self.owns(format))
    }

    /// Returns whether the tree says that a line reports on another system.
    pub fn is_foreign(&self, line: &Line) -> bool {
        let foreign = self.foreign.get_or_init(|| self.tree().foreign.iter().map(Compiled::new).collect());
        foreign.iter().any(|pattern| pattern.matches(line))
    }

    fn owns(&self, format: &LogFormat) -> bool {
        self.tree().own_formats.iter().any(|own| own.id == format.id)
    }

    /// Returns whether a line says that something works.
    pub fn says_success(&self, line: &Line) -> bool {
        let mut successes =
            self.patterns_that(|id, needs| matches!(id, PatternId::Success(..)) && line.may_have(needs));
        successes.any(|(_, pattern)| pattern.matches(line))
    }

    /// Returns whether the form of a line tells another writer.
    pub fn is_of_other(&self, line: &Line) -> bool {
        self.foreign_format(line).is_some() && !self.is_writer(line)
    }

    /// Returns whether the tree's system wrote a line.
    pub fn is_writer(&self, line: &Line) -> bool {
        let mut telling = self.patterns_that(|_, needs| !needs.is_text() && line.may_have(needs));
        self.has_writer_sign(line) || telling.any(|(_, pattern)| pattern.matches(line))
    }
}

fn format_of(line: &Line) -> Option<&LogFormat> {
    line.records().first()?.log_format().map(Arc::as_ref)
}
