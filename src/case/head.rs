//! Writes and reads the first line of a case.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::text::CleanText;

/// The number of the format that this version writes.
///
/// It grows when an earlier version could misread a file.
pub const FORMAT: u32 = 1;

/// The first line of a case: what the events behind it mean.
///
/// A further one in the file begins anew: earlier events no longer count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseHead {
    /// The number of the format.
    pub format: u32,
    /// The version of the program.
    pub program: CleanText,
    /// The id of the tree.
    pub tree: CleanText,
    /// The hash of tree and shared files; empty if unknown.
    #[serde(default)]
    pub hash: CleanText,
    /// The time in UTC.
    #[serde(default)]
    pub at: CleanText,
}

impl CaseHead {
    /// Makes the first line of a case that is written now.
    pub fn new(tree: &str, hash: &str, at: i64) -> Self {
        let (program, tree, hash) = (env!("CARGO_PKG_VERSION").into(), tree.into(), hash.into());
        Self { format: FORMAT, program, tree, hash, at: time_in_words(at).into() }
    }

    /// Returns the line, with its end.
    pub fn line(&self) -> String {
        serde_json::to_string(self).map(|line| line + "\n").unwrap_or_default()
    }

    /// Returns the time in seconds since 1970; 0 if unknown.
    pub fn time(&self) -> i64 {
        time_of_words(&self.at)
    }
}

/// Writes seconds since 1970 as a time in UTC; empty for 0.
pub(super) fn time_in_words(at: i64) -> String {
    let time = Timestamp::from_second(at).ok().filter(|_| at != 0);
    time.map(|time| time.to_string()).unwrap_or_default()
}

/// Reads a time as seconds since 1970; 0 if it is none.
pub(super) fn time_of_words(words: &str) -> i64 {
    words.parse().map_or(0, Timestamp::as_second)
}
