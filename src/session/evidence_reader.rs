//! Reads pasted text, and tells evidence from words to look up.
//!
//! Several lines or a record are evidence; a line of words is looked up. Evidence that only answers questions always
//! joins the walk, and a contradiction is shown. Text in which nothing is recognized is looked up, so a fragment that
//! is broken over two lines still finds its card.

use std::sync::{Arc, OnceLock};

use crate::diagnosis::{Diagnosis, Scanner, diagnose_text};
use crate::tree::Tree;
use crate::walk::{Contradiction, Evidence, EvidenceSource, Walk};

/// Reads pasted text. It costs nothing until the first paste.
#[derive(Debug)]
pub(super) struct EvidenceReader {
    trees: Vec<Arc<Tree>>,
    scanner: OnceLock<Scanner>,
}

/// Carries what a pasted text tells a walk.
#[derive(Clone, Debug)]
pub struct ReadEvidence {
    /// The tree that it speaks of.
    pub tree: Arc<Tree>,
    /// The evidence in the text.
    pub evidence: Evidence,
}

/// Evidence that contradicts the case.
#[derive(Debug)]
pub struct OpposedEvidence {
    /// The evidence, with its tree.
    pub read: ReadEvidence,
    /// The case as it would be with it.
    pub joined: Walk,
    /// The contradictions that are new then.
    pub contradictions: Vec<Contradiction>,
}

impl EvidenceReader {
    /// Makes a reader that knows the patterns of these trees.
    pub(super) fn new(trees: &[Arc<Tree>]) -> Self {
        Self { trees: trees.to_vec(), scanner: OnceLock::new() }
    }

    /// Reads a text with the patterns of all trees.
    pub(super) fn read(&self, text: &str, source: &EvidenceSource) -> Diagnosis {
        let scanner = self.scanner.get_or_init(|| Scanner::new(&self.trees));
        diagnose_text(scanner, source, text)
    }
}

/// Returns whether a paste is evidence, not words to look up.
///
/// Evidence is several lines, or a record or document. One line of words is looked up.
pub fn is_evidence(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else { return false };
    lines.next().is_some() || is_record(first)
}

/// Returns whether a line has a record anywhere in it.
pub fn is_record(line: &str) -> bool {
    let folded: String = line.chars().filter(|character| !character.is_whitespace()).collect();
    folded.starts_with("[{") || folded.contains("{\"") || folded.contains("{\\\"")
}

/// Returns the tree that a diagnosis is about. `None` if there is none, or nothing tells which.
pub fn tree_of(diagnosis: &Diagnosis) -> Option<&Arc<Tree>> {
    match diagnosis.trees().as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// Returns the evidence for each tree that a diagnosis may be about.
pub fn evidence_in(diagnosis: &Diagnosis) -> Vec<ReadEvidence> {
    diagnosis.trees().into_iter().filter_map(|tree| evidence_for(diagnosis, tree)).collect()
}

/// Returns the evidence of a diagnosis for one tree. `None` if it says nothing.
pub(super) fn evidence_for(diagnosis: &Diagnosis, tree: &Arc<Tree>) -> Option<ReadEvidence> {
    let read = ReadEvidence { tree: Arc::clone(tree), evidence: diagnosis.evidence(tree) };
    Some(read).filter(|read| !read.evidence.says_nothing())
}

/// Returns a walk that begins with the evidence of a diagnosis.
///
/// `None` if there is none, or nothing tells which tree it is about.
pub fn walk_of(diagnosis: &Diagnosis) -> Option<Walk> {
    let tree = tree_of(diagnosis)?;
    let mut walk = Walk::new(Arc::clone(tree));
    walk.push(crate::walk::Event::EvidenceAdded(diagnosis.evidence(tree)));
    Some(walk)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_records_are_evidence_and_words_are_not() {
        for (text, expected) in [
            ("", false),
            ("\n\n", false),
            ("no healthy backends", false),
            ("one line\n", false),
            ("one line\nanother", true),
            (r#"{"code": 5}"#, true),
            (r#"Jan 1 host app: { "code": 5 }"#, true),
            (r#"[ {"code": 5} ]"#, true),
            (r#""{\"code\":5}""#, true),
            ("set {a, b}", false),
        ] {
            assert_eq!(is_evidence(text), expected, "{text:?}");
        }
    }
}
