//! Resolves names of other things of a tree, and reports unknown names.

use std::collections::{HashMap, HashSet};

use crate::text;
use crate::tree::model::ids::CardId;
use crate::tree::problem::{Code, Problem, SourceText};
use crate::tree::source::decode::Text;

/// Resolves names of cards that occur in one file.
#[derive(Clone, Copy)]
pub(super) struct Names<'n> {
    /// The file that the names are in.
    pub(super) source: SourceText<'n>,
    /// The cards that could be decoded.
    pub(super) ids: &'n HashMap<&'n str, CardId>,
    /// The cards that have a file, decoded or not.
    pub(super) exist: &'n HashSet<&'n str>,
}

impl Names<'_> {
    /// Returns the card with this name, or notes that there is none.
    ///
    /// No problem is noted for a card whose file exists but cannot be read: that file has its own problem.
    pub(super) fn card(&self, name: &Text, problems: &mut Vec<Problem>) -> Option<CardId> {
        let found = self.ids.get(name.value.as_str()).copied();
        if found.is_none() && !self.exist.contains(name.value.as_str()) {
            let known = self.exist.iter().copied();
            problems.push(unknown(self.source, Code::UnknownCard, "card", name, known));
        }
        found
    }
}

/// Returns the problem of an unknown name, with the closest known name.
pub(super) fn unknown<'k>(
    source: SourceText<'_>,
    code: Code,
    what: &str,
    name: &Text,
    known: impl Iterator<Item = &'k str>,
) -> Problem {
    let mut known: Vec<_> = known.collect();
    known.sort_unstable();
    let help = match text::did_you_mean(&name.value, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if (1..=12).contains(&known.len()) => format!("known: {}", known.join(", ")),
        None => format!("add the {what}, or name one that exists"),
    };
    source.problem(code, &name.at, format!("there is no {what} `{}`", name.value), help)
}
