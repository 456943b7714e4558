//! Says that another system wrote the evidence of a card.

use std::sync::Arc;

use crate::tree::Tree;

/// Says which systems wrote the evidence, if not that of the card.
///
/// `noun` is the evidence with its verb: `lines are`. `None` without writers.
pub(super) fn written_by(writers: &[Arc<Tree>], noun: &str) -> Option<String> {
    let titles: Vec<&str> = writers.iter().map(|tree| tree.title.as_str()).collect();
    (!titles.is_empty()).then(|| format!("of another system: the {noun} from {}", titles.join(", ")))
}
