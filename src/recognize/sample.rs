//! A sample of a pattern: a line, which may be a document.

use std::sync::Arc;

use super::document::Document;
use super::log_format::LogFormats;
use super::pattern::Compiled;
use super::recognizer::Recognizer;
use super::record::Line;
use crate::tree::SignatureId;
use crate::tree::model::Needs;

/// A sample of a pattern, read once for all patterns.
#[derive(Debug)]
pub struct PatternSample {
    line: Line,
    document: Option<Document>,
    /// The records of the document, and the parts around lists.
    parts: Vec<Line>,
}

impl PatternSample {
    /// Reads a sample. As a line, it is read with the log formats.
    pub fn new(text: &str, formats: &Arc<LogFormats>) -> Self {
        let document = Document::parse(text);
        let parts = document.iter().flat_map(Document::parts).map(|part| part.line).collect();
        Self { line: Line::new(text).with_formats(formats), document, parts }
    }

    fn lines(&self) -> impl Iterator<Item = &Line> {
        std::iter::once(&self.line).chain(&self.parts)
    }
}

impl Compiled {
    /// Returns whether a sample has the pattern, as line or document.
    pub fn is_in_sample(&self, sample: &PatternSample) -> bool {
        sample.lines().any(|line| self.matches(line)) || self.has_place_in(sample)
    }

    /// Returns whether a sample is a document with the pattern.
    fn has_place_in(&self, sample: &PatternSample) -> bool {
        let places = self.paths().zip(sample.document.as_ref());
        places.is_some_and(|(paths, document)| !paths.find(document).is_empty())
    }
}

impl Recognizer {
    /// Returns the signatures that a sample has, in tree order.
    ///
    /// They are those for which [`Compiled::is_in_sample`] is true.
    pub fn signatures_in_sample(&self, sample: &PatternSample) -> Vec<SignatureId> {
        let in_lines = sample.lines().flat_map(|line| self.carried(line));
        let of_places = self.signatures_that(|_, needs| matches!(needs, Needs::Levels { .. }));
        let in_places = of_places.filter(|(_, pattern)| pattern.has_place_in(sample));
        let mut found: Vec<SignatureId> = in_lines.chain(in_places).map(|(id, _)| id).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
