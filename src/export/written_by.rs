//! Says that another system wrote the evidence of a card.

use std::sync::Arc;

use crate::text::CleanText;
use crate::tree::Tree;

/// Says which systems wrote the evidence, if not that of the card.
///
/// `formats` are the log formats of systems without a tree. `noun` is the evidence with its verb: `lines are`. `None` without writers.
pub(super) fn written_by(writers: &[Arc<Tree>], formats: &[CleanText], noun: &str) -> Option<String> {
    let titles = writers.iter().map(|tree| tree.title.as_str()).chain(formats.iter().map(CleanText::as_str));
    let titles: Vec<&str> = titles.collect();
    (!titles.is_empty()).then(|| format!("of another system: the {noun} from {}", titles.join(", ")))
}
