//! Patterns of several trees, looked for in blocks of bytes.

use std::sync::Arc;

use serde_json::Value;

use super::patterns::{Patterns, Place};
use super::tally::Tally;
use super::trouble::Troubles;
use crate::recognize::{Line, Recognizer};
use crate::text;
use crate::tree::Tree;

/// A longer line, in bytes, is looked at in pieces.
const LONGEST: usize = 1 << 20;

/// Where bytes come from.
#[derive(Clone, Copy, Debug)]
pub struct At<'p> {
    /// The file, or what else it is.
    pub path: &'p str,
    /// The number of the first line, from 1.
    pub line: usize,
}

/// The patterns of trees, ready to be looked for in much evidence. It can be shared between threads.
#[derive(Debug)]
pub struct Scanner {
    patterns: Arc<Patterns>,
}

impl Scanner {
    /// Gets the patterns of trees ready.
    pub fn new(trees: &[Arc<Tree>]) -> Self {
        Self { patterns: Arc::new(Patterns::new(trees)) }
    }

    /// The trees whose patterns these are.
    pub fn trees(&self) -> impl Iterator<Item = &Arc<Tree>> {
        self.patterns.recognizers().iter().map(Recognizer::tree)
    }

    /// Looks through whole lines, of which each may carry a record. Bytes that are no UTF-8 do not hurt.
    pub fn lines(&self, block: &[u8], at: At<'_>, tally: &mut Tally) {
        self.every_line(block, at, tally);
    }

    /// As [`Scanner::lines`], with every pattern looked for in every line: slow, and what the other must agree with.
    pub fn every_line(&self, block: &[u8], at: At<'_>, tally: &mut Tally) {
        tally.opened_for(&self.patterns);
        let mut troubles = Troubles::default();
        let block = block.strip_suffix(b"\n").unwrap_or(block);
        for (number, line) in (at.line..).zip(block.split(|byte| *byte == b'\n')) {
            tally.records += 1;
            let place = Place { path: at.path, line: number };
            for piece in line.chunks(LONGEST) {
                self.every_pattern(&String::from_utf8_lossy(piece), place, &mut troubles, tally);
            }
        }
    }

    /// Looks through one JSON value that may stand on several lines: a record, a list of records, or a document such as
    /// a configuration.
    pub fn document(&self, value: &[u8], at: At<'_>, tally: &mut Tally) {
        let Ok(document) = serde_json::from_slice::<Value>(value) else {
            return self.lines(value, at, tally);
        };
        tally.opened_for(&self.patterns);
        let place = Place { path: at.path, line: at.line };
        let mut troubles = Troubles::default();
        let records = match &document {
            Value::Array(elements) if !elements.is_empty() => elements.as_slice(),
            other => std::slice::from_ref(other),
        };
        for record in records {
            tally.records += 1;
            self.every_pattern(&record.to_string(), place, &mut troubles, tally);
        }
    }

    /// Looks for every pattern in what is one line to whoever wrote it; cleaned, it may be several.
    fn every_pattern(&self, written: &str, place: Place<'_>, troubles: &mut Troubles, tally: &mut Tally) {
        for line in text::clean(written).lines() {
            let line = Line::new(line);
            if !self.patterns.look(&line, 0..self.patterns.all().len(), place, tally)
                && let Some(template) = troubles.template(line.text())
            {
                tally.trouble(template, line.text(), place);
            }
        }
    }
}
