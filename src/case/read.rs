//! Reads the lines of a case, and replays them as a walk.

use std::sync::Arc;

use serde_json::Value;

use super::decode::EventDecoder;
use super::head::{CaseHead, FORMAT, time_of_words};
use super::rows::EventLine;
use crate::text;
use crate::tree::Tree;
use crate::walk::{Event, Walk};

/// A case that was read.
#[derive(Debug)]
pub struct KeptWalk {
    /// The first line that counts.
    pub head: CaseHead,
    /// The walk as it was, as far as the tree still allows.
    ///
    /// Its log has the times of its events.
    pub walk: Walk,
    /// The events and findings that no longer fit the tree, in words.
    pub left_out: Vec<String>,
    /// The number of events that are lost because lines are damaged.
    pub lost: usize,
    /// Whether the last line was not written completely.
    pub is_torn: bool,
    /// Whether the events have the positions that they have in the file.
    ///
    /// If not, the file cannot be continued: it begins anew.
    pub is_whole: bool,
    /// Where it comes from.
    pub from: KeptFrom,
}

/// Says where a kept case comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptFrom {
    /// The file of a case.
    File,
    /// Groups of letters, which [`super::code()`] writes.
    Code {
        /// Whether the code is of this version of the tree.
        is_same_version: bool,
    },
}

/// The most things that are named because they no longer fit.
const NAMED: usize = 3;

impl KeptWalk {
    /// Says what came of a case that is continued.
    ///
    /// `is_copy` if another program has it open.
    pub fn words(&self, is_copy: bool) -> String {
        let mut said = vec!["The case continues where it was.".to_owned()];
        match self.from {
            KeptFrom::File if is_copy => {
                said.push("It is open elsewhere or cannot be written, so you continue a copy.".to_owned());
            }
            KeptFrom::Code { is_same_version: false } if self.left_out.is_empty() => {
                said.push("The code is of another version of the system; all of it still fits.".to_owned());
            }
            _ => {}
        }
        if !self.left_out.is_empty() {
            let named = self.left_out.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
            let more = self.left_out.len().saturating_sub(NAMED);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            said.push(format!("The system has changed since; left out: {named}{more}."));
        }
        if self.is_torn {
            said.push("The last event was not written completely and is lost.".to_owned());
        }
        if self.lost > 0 {
            said.push(format!("{} in the file.", text::count(self.lost, "event is damaged", "events are damaged")));
        }
        said.join(" ")
    }
}

/// Explains why a case cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnusableCase {
    /// It has no readable first line.
    NoHead,
    /// A later version of the program wrote it.
    Newer,
    /// The tree with this id is not installed.
    NoTree(String),
}

impl UnusableCase {
    /// Returns the reason in words.
    pub fn words(&self) -> String {
        match self {
            UnusableCase::NoHead => "the file is damaged: it has no first line".to_owned(),
            UnusableCase::Newer => "a later version of the program wrote it".to_owned(),
            UnusableCase::NoTree(id) => format!("its system {id} is not installed"),
        }
    }
}

/// Reads a case.
///
/// A damaged line costs its event and nothing else. A line that was written twice counts once.
///
/// # Errors
///
/// The reason why no walk can be made.
pub fn read(text: &str, trees: &[Arc<Tree>]) -> Result<KeptWalk, UnusableCase> {
    let mut head: Option<CaseHead> = None;
    let mut entries: Vec<Option<EventLine>> = Vec::new();
    let (mut is_torn, mut damaged) = (false, 0);
    for line in text.split_inclusive('\n').filter(|line| !line.trim().is_empty()) {
        let Ok(Value::Object(line_object)) = serde_json::from_str::<Value>(line) else {
            is_torn = !line.ends_with('\n');
            damaged += usize::from(!is_torn);
            continue;
        };
        if line_object.contains_key("format") {
            if line_object.get("format").and_then(Value::as_u64).is_none_or(|format| format > u64::from(FORMAT)) {
                return Err(UnusableCase::Newer);
            }
            match serde_json::from_value(Value::Object(line_object)) {
                Ok(read) => (head, entries, damaged) = (Some(read), Vec::new(), 0),
                Err(_) => damaged += 1,
            }
        } else if line_object.contains_key("n") {
            match serde_json::from_value::<EventLine>(Value::Object(line_object)) {
                Ok(read) => add(&mut entries, read),
                Err(_) => damaged += 1,
            }
        }
        // Summaries, and whatever a later version adds without a new format, are no events.
    }
    let head = head.ok_or(UnusableCase::NoHead)?;
    let tree = trees.iter().find(|tree| tree.id == head.tree);
    let tree = tree.ok_or_else(|| UnusableCase::NoTree(head.tree.to_string()))?;
    let gaps = entries.iter().filter(|entry| entry.is_none()).count();
    let (walk, left_out, is_mapped) = replay(entries, trees, tree);
    // No later line tells how many events the damaged lines at the end had.
    let lost = gaps.max(damaged);
    let is_whole = is_mapped && lost == 0;
    Ok(KeptWalk { head, walk, left_out, lost, is_torn, is_whole, from: KeptFrom::File })
}

/// The most events that a line may say are missing before it.
///
/// More can only come from a damaged number.
const MOST_LOST: usize = 1000;

fn add(entries: &mut Vec<Option<EventLine>>, line: EventLine) {
    match line.n.checked_sub(entries.len()) {
        Some(missing @ 0..=MOST_LOST) => {
            entries.extend((0..missing).map(|_| None));
            entries.push(Some(line));
        }
        // It was written twice, or after damage.
        _ => {
            if let Some(entry @ None) = entries.get_mut(line.n) {
                *entry = Some(line);
            }
        }
    }
}

/// Replays events.
///
/// Returns also what did not fit, and whether all positions are kept.
fn replay(entries: Vec<Option<EventLine>>, trees: &[Arc<Tree>], tree: &Arc<Tree>) -> (Walk, Vec<String>, bool) {
    let mut decoder = EventDecoder { trees, tree, left_out: Vec::new() };
    let (mut events, mut times, mut places) = (Vec::new(), Vec::new(), Vec::new());
    let count = entries.len();
    for entry in entries {
        let read = entry.and_then(|line| Some((decoder.event(line.event)?, time_of_words(&line.at))));
        let event = match read {
            // A retraction of an event that is left out has nothing to retract.
            Some((Event::Retracted { event }, at)) => {
                let target: Option<usize> = places.get(event).copied().flatten();
                target.map(|event| (Event::Retracted { event }, at))
            }
            other => other,
        };
        places.push(event.as_ref().map(|_| events.len()));
        if let Some((event, at)) = event {
            events.push(event);
            times.push(at);
        }
    }
    let is_mapped = events.len() == count;
    let mut walk = Walk::replay(Arc::clone(tree), events);
    walk.log.times = times;
    (walk, decoder.left_out, is_mapped)
}
