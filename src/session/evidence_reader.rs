//! Pasted text as evidence: which pastes are evidence and not words to look up, and what they come down to.

use std::sync::{Arc, OnceLock};

use crate::diagnosis::{Diagnosis, Scanner, diagnose_text};
use crate::text;
use crate::tree::Tree;
use crate::walk::{Evidence, Walk};

/// Where evidence says it comes from when it was pasted.
pub use crate::export::evidence::PASTE as PATH;

/// Reads pasted text. It costs nothing until the first paste.
#[derive(Debug)]
pub struct Reader {
    trees: Vec<Arc<Tree>>,
    scanner: OnceLock<Scanner>,
}

/// What a paste tells a walk.
#[derive(Debug)]
pub struct Pasted {
    /// The tree that it speaks of.
    pub tree: Arc<Tree>,
    /// What it says.
    pub evidence: Evidence,
}

impl Reader {
    /// A reader that knows the patterns of these trees.
    pub fn new(trees: &[Arc<Tree>]) -> Self {
        Self { trees: trees.to_vec(), scanner: OnceLock::new() }
    }

    /// What a text comes down to. Nothing if no pattern of any tree stands in it.
    pub fn read(&self, text: &str) -> Option<Pasted> {
        let scanner = self.scanner.get_or_init(|| Scanner::new(&self.trees));
        let diagnosis = diagnose_text(scanner, PATH, text);
        let tree = tree_of(&diagnosis)?;
        let evidence = diagnosis.evidence(tree);
        Some(Pasted { tree: Arc::clone(tree), evidence }).filter(|pasted| says_something(&pasted.evidence))
    }
}

/// Returns what to say of a paste that was cut.
///
/// `said` is what was said of the part that was read. The sizes are in bytes: of that part, and of the whole paste.
pub fn was_cut(said: Option<String>, read: usize, pasted: usize) -> String {
    let [read, pasted] = [read, pasted].map(|bytes| text::size(u64::try_from(bytes).unwrap_or(u64::MAX)));
    let said = said.map_or_else(String::new, |said| format!("{said} "));
    format!("{said}The paste was cut: {read} of {pasted} were read. Save it as a file and run: wherefore diagnose FILE")
}

/// Whether a paste is evidence: several lines, or a record or document. One line of words is looked up.
pub fn is_evidence(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else { return false };
    lines.next().is_some() || is_record(first)
}

/// Whether a line has a record in it, whatever stands before that.
pub fn is_record(line: &str) -> bool {
    let folded: String = line.chars().filter(|character| !character.is_whitespace()).collect();
    folded.starts_with("[{") || folded.contains("{\"") || folded.contains("{\\\"")
}

/// The tree that most of a diagnosis is about.
pub fn tree_of(diagnosis: &Diagnosis) -> Option<&Arc<Tree>> {
    let finding = diagnosis.findings.first().map(|finding| &finding.tree);
    finding.or_else(|| diagnosis.answers.first().map(|answer| &answer.tree))
}

/// Whether evidence has anything that a walk can use.
pub fn says_something(evidence: &Evidence) -> bool {
    !evidence.hits.is_empty() || !evidence.proofs.is_empty() || !evidence.risks.is_empty()
}

/// A walk that begins with what a diagnosis says. None if it says nothing.
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
