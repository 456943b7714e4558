//! Collects the hits in one line, until it is matched.

use super::log_lines::LogLine;
use super::prefilter::ProbeHit;
use crate::templates;

/// Everything that was found in one line before it is matched.
#[derive(Debug, Default)]
pub(super) struct LineHits {
    /// The numbers of patterns that the line may match.
    pub(super) numbers: Vec<usize>,
    /// The positions of error words.
    pub(super) words: Vec<usize>,
    /// Whether the line may match any pattern about fields.
    needs_fields: bool,
    /// Whether the line may be an error by its level or status.
    is_error_line: bool,
    /// Whether the line may report trouble in its log format.
    may_be_trouble: bool,
}

impl LineHits {
    /// Adds a hit at a position of the line.
    pub(super) fn add(&mut self, at: usize, hit: ProbeHit) {
        match hit {
            ProbeHit::Pattern(number) => self.numbers.push(number),
            ProbeHit::Fields => self.needs_fields = true,
            ProbeHit::ErrorWord => self.words.push(at),
            ProbeHit::ErrorLine => self.is_error_line = true,
        }
    }

    /// Adds the findings in a line of a log format.
    pub(super) fn add_log_line(&mut self, line: &LogLine) {
        self.needs_fields |= line.has_fields;
        self.may_be_trouble |= line.may_be_trouble;
    }

    /// Returns whether the line may report trouble in its log format.
    pub(super) fn may_be_trouble(&self) -> bool {
        self.may_be_trouble
    }

    /// Returns whether the line may match any pattern about fields.
    pub(super) fn needs_fields(&self) -> bool {
        self.needs_fields
    }

    /// Returns whether the line may match a pattern.
    pub(super) fn may_match(&self) -> bool {
        self.needs_fields || !self.numbers.is_empty()
    }

    /// Returns whether the line may be an error.
    pub(super) fn may_be_error(&self) -> bool {
        self.is_error_line || !self.words.is_empty()
    }

    /// Sorts the error words, and drops denied ones.
    pub(super) fn keep_words(&mut self, line: &[u8]) {
        self.words.sort_unstable();
        self.words.retain(|at| !templates::is_denied(line, *at));
    }

    /// Forgets all hits, and keeps the memory.
    pub(super) fn clear(&mut self) {
        self.numbers.clear();
        self.words.clear();
        (self.needs_fields, self.is_error_line, self.may_be_trouble) = (false, false, false);
    }
}
