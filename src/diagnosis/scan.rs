//! Patterns of several trees, looked for in blocks of bytes.

use std::sync::Arc;

use super::tally::Tally;
use crate::recognize::Recognizer;
use crate::tree::Tree;

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
    recognizers: Vec<Recognizer>,
}

impl Scanner {
    /// Gets the patterns of trees ready.
    pub fn new(trees: &[Arc<Tree>]) -> Self {
        Self { recognizers: trees.iter().map(|tree| Recognizer::new(Arc::clone(tree))).collect() }
    }

    /// The trees whose patterns these are.
    pub fn trees(&self) -> impl Iterator<Item = &Arc<Tree>> {
        self.recognizers.iter().map(Recognizer::tree)
    }

    /// Looks through whole lines, of which each may carry a record. Bytes that are no UTF-8 do not hurt.
    pub fn lines(&self, block: &[u8], at: At<'_>, tally: &mut Tally) {
        let text = String::from_utf8_lossy(block);
        for recognizer in &self.recognizers {
            let evidence = recognizer.evidence(at.path, &text);
            tally.found.push((Arc::clone(recognizer.tree()), evidence));
        }
        tally.records += text.lines().count() as u64;
    }

    /// Looks through one JSON value that may stand on several lines: a record, a list of records, or a document such as
    /// a configuration.
    pub fn document(&self, value: &[u8], at: At<'_>, tally: &mut Tally) {
        self.lines(value, at, tally);
    }
}
