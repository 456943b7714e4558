//! Writes cases as lines.

use std::sync::Arc;

use super::case_summary::summary;
use crate::case::{CaseHead, event_line, summary_line};
use crate::tree::Tree;
use crate::walk::Walk;

/// Returns the lines of a case that another machine can import.
///
/// `hash` is the hash of its tree, and `began` the time of its first line.
pub fn exported(trees: &[Arc<Tree>], walk: &Walk, hash: &str, began: i64) -> String {
    CaseHead::new(&walk.tree().id, hash, began).line() + &lines_of(trees, walk, 0)
}

/// Returns the lines of events from a position on, and the summary.
pub(super) fn lines_of(trees: &[Arc<Tree>], walk: &Walk, from: usize) -> String {
    let events = walk.events().iter().enumerate().skip(from);
    let line = |(n, event)| event_line(trees, walk.tree(), (n, walk.log.time(n).unwrap_or(0)), event);
    events.map(line).collect::<String>() + &summary_line(summary(walk))
}
