//! Tests the journal of cases: what is kept, and what comes back.

mod files;
mod keeping;
mod reading;
mod reports;
mod statistics;
mod travel;

use std::collections::BTreeMap;
use std::sync::Arc;

use wherefore::internals::app::{Effect, Model, Msg, update};
use wherefore::internals::case::{CaseHead, KeptWalk, read};
use wherefore::internals::session::CaseChange;
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;

/// A time that tests know: 2026-12-01 05:00:00 UTC.
const BEGAN: i64 = 1_796_101_200;

/// Files of cases by their numbers, as the program writes them.
#[derive(Default)]
pub(crate) struct Files(pub(crate) BTreeMap<u64, String>);

impl Files {
    /// Takes over what is to be kept.
    fn keep(&mut self, changes: impl IntoIterator<Item = CaseChange>) {
        for change in changes {
            match change {
                CaseChange::Written(lines) => {
                    let file = self.0.entry(lines.case).or_default();
                    if lines.is_anew {
                        file.push_str(&CaseHead::new(&lines.tree, "0123", lines.at).line());
                    }
                    assert!(!file.is_empty(), "a case begins with its first line");
                    file.push_str(&lines.lines);
                }
                CaseChange::Dropped { case } => _ = self.0.remove(&case),
            }
        }
    }

    /// Lets a message happen, and keeps what it changes.
    pub(crate) fn update(&mut self, model: &mut Model, message: Msg) {
        let effects = update(model, message).map(Effect::each).unwrap_or_default();
        self.keep(effects.into_iter().filter_map(|effect| match effect {
            Effect::Case(change) => Some(change),
            _ => None,
        }));
    }

    fn read(&self, case: u64, trees: &[Arc<Tree>]) -> KeptWalk {
        read(&self.0[&case], trees).unwrap_or_else(|why| panic!("{why:?}: {}", self.0[&case]))
    }
}

fn embedded() -> Vec<Arc<Tree>> {
    Library::embedded().trees
}

/// Lines of an incident that several patterns know.
fn incident() -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/incident");
    std::fs::read_to_string(format!("{folder}/error.log")).unwrap()
}
