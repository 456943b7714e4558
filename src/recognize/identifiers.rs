//! Identifiers that only the system of a tree gives.

use std::sync::OnceLock;

use super::record::Line;
use crate::tree::Tree;
use crate::tree::pattern::{Part, Template};

/// Letters and digits of the shortest beginning that identifies a system.
///
/// Shorter beginnings, such as `http`, are of no system in particular.
const SHORTEST_IDENTIFIER: usize = 8;

/// Beginnings of identifiers that only one system gives, in lower case.
#[derive(Debug, Default)]
pub(super) struct Identifiers(OnceLock<Vec<String>>);

impl Identifiers {
    /// Returns whether a line has one of the tree's identifiers.
    pub(super) fn are_in(&self, line: &Line, tree: &Tree) -> bool {
        let beginnings = self.0.get_or_init(|| {
            let sources = tree.fills.iter().flat_map(|fill| &fill.sources);
            sources.filter_map(|source| beginning(source.shape.as_ref()?)).collect()
        });
        beginnings.iter().any(|beginning| line.lower().contains(beginning))
    }
}

/// Returns the beginning of a template that identifies a system.
fn beginning(template: &Template) -> Option<String> {
    let Some(Part::Literal(text)) = template.parts.first() else { return None };
    let letters = text.chars().filter(|character| character.is_alphanumeric()).count();
    (letters >= SHORTEST_IDENTIFIER && !text.contains(char::is_whitespace)).then(|| text.to_lowercase())
}
