//! The paths of a pattern, followed in a document.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde_json_path::JsonPath;

use super::document::Document;
use crate::text::fold_name;
use crate::tree::json_path::{Level, PathStep, Segment};
use crate::tree::needs::level_names;

/// The most nodes that one step finds, or follows.
const MAX_NODES: usize = 1_000;

/// The approximate number of values that later steps visit.
///
/// A later step visits the whole document once for each node.
const WORK: usize = 20_000_000;

/// The steps of a pattern.
#[derive(Debug)]
pub struct CompiledPaths {
    steps: Vec<PathStep>,
    /// Got ready when a document may have it: most have not.
    first: OnceLock<Option<JsonPath>>,
    /// The needed names, folded as in documents, and as in records.
    needs: Vec<String>,
    needs_in_records: Vec<String>,
}

/// A node of a document that was found.
#[derive(Clone, Debug)]
pub(super) struct DocumentPlace {
    /// The levels from the document to the node.
    pub(super) levels: Vec<Level>,
    /// For each level whether the path names it.
    pub(super) named: Vec<bool>,
}

impl CompiledPaths {
    /// Takes in the steps of a pattern.
    pub(super) fn new(steps: &[PathStep]) -> Self {
        let needs = level_names(steps);
        let needs_in_records = needs.iter().map(|name| fold_name(name)).collect();
        Self { steps: steps.to_vec(), first: OnceLock::new(), needs, needs_in_records }
    }

    /// Returns the names without which nothing is found, in lowerCamelCase.
    pub(super) fn needs(&self) -> &[String] {
        &self.needs
    }

    /// Returns the needed names, folded as in records.
    pub(super) fn needs_in_records(&self) -> &[String] {
        &self.needs_in_records
    }

    /// Returns every node that the last step finds, each once.
    pub(super) fn find(&self, document: &Document) -> Vec<DocumentPlace> {
        if !document.has_all(&self.needs) {
            return Vec::new();
        }
        let Some((first, later)) = self.steps.split_first() else { return Vec::new() };
        // Paths have been checked when the tree was loaded, so this one can be read.
        let path = self.first.get_or_init(|| JsonPath::parse(first.text()).ok()).as_ref();
        let mut found = path.map(|path| places(path, document, &first.segments(), &[])).unwrap_or_default();
        for step in later {
            let segments = step.segments();
            let mut next: Vec<DocumentPlace> = Vec::new();
            let mut known = HashSet::new();
            for node in found.iter().take(WORK / document.size().max(1) + 1) {
                let path = step.at(&node.levels).and_then(|path| JsonPath::parse(&path).ok());
                let nodes = path.map(|path| places(&path, document, &segments, &node.named)).unwrap_or_default();
                next.extend(nodes.into_iter().filter(|node| known.insert(node.levels.clone())));
                if next.len() >= MAX_NODES {
                    break;
                }
            }
            next.truncate(MAX_NODES);
            found = next;
        }
        found
    }
}

/// Returns the nodes that a path finds.
///
/// `before` says which levels of the node that the path may go on from are named.
fn places(path: &JsonPath, document: &Document, segments: &[Segment], before: &[bool]) -> Vec<DocumentPlace> {
    let located = path.query_located(document.folded());
    let nodes = located.iter().take(MAX_NODES).map(|node| {
        let levels: Vec<Level> = node.location().iter().map(level).collect();
        let named = named(segments, &levels, before);
        DocumentPlace { levels, named }
    });
    nodes.collect()
}

fn level(element: &serde_json_path::PathElement<'_>) -> Level {
    match element.as_index() {
        Some(index) => Level::Index(index),
        None => Level::Name(element.as_name().unwrap_or_default().to_owned()),
    }
}

/// Returns for each level whether a segment of the path names it.
///
/// They are laid over the levels from the end: there each segment is one level, but where any number of levels may lie
/// before a segment.
fn named(segments: &[Segment], levels: &[Level], before: &[bool]) -> Vec<bool> {
    let mut named: Vec<bool> = (0..levels.len()).map(|at| before.get(at).copied().unwrap_or(false)).collect();
    let is_named =
        |segment: &Segment, level: &Level| matches!(level, Level::Name(name) if segment.names.contains(name));
    let mut rest = levels.len();
    let mut may_skip = false;
    for segment in segments.iter().rev() {
        let Some(mut at) = rest.checked_sub(1) else { break };
        while may_skip && at > 0 && !segment.names.is_empty() && !levels.get(at).is_some_and(|it| is_named(segment, it))
        {
            at -= 1;
        }
        if let (Some(level), Some(is)) = (levels.get(at), named.get_mut(at)) {
            *is = is_named(segment, level);
        }
        rest = at;
        may_skip = segment.is_anywhere;
    }
    named
}
