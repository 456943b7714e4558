//! Keeps the journal of training, on this machine only.
//!
//! `--no-history` switches it off.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use super::failure::Failure;
use crate::drill::progress::{Answered, dated_after};
use crate::store::progress::{Kept, Read};
use crate::store::{Paths, ProgressJournal, day, keep_private};
use crate::text;

/// The journal of training, if it is kept.
///
/// If it cannot be written, training continues, and one message says so.
#[derive(Debug)]
pub(super) struct TrainingJournal {
    journal: Option<ProgressJournal>,
    /// The journals of this program, which other users must not read.
    private: Vec<PathBuf>,
    /// Messages about the journals that were printed: each is printed once.
    told: Vec<String>,
    /// Whether the message about failed writing was printed, or is not wanted.
    is_said: bool,
    /// Whether the journal could not be read.
    is_unreadable: bool,
}

impl TrainingJournal {
    pub(super) fn new(is_on: bool) -> Self {
        let Paths { opened, progress, .. } = if is_on { Paths::from_environment() } else { Paths::default() };
        let private = progress.iter().chain(&opened).cloned().collect();
        let journal = progress.map(ProgressJournal::new);
        Self { journal, private, told: Vec::new(), is_said: !is_on, is_unreadable: false }
    }

    /// Returns the journal; fails if none is kept.
    pub(super) fn journal(&self) -> Result<&ProgressJournal, Failure> {
        self.journal.as_ref().ok_or_else(|| {
            let help = "omit --no-history, and set HOME or XDG_STATE_HOME to an absolute path";
            Failure::usage("no practice journal is kept", help)
        })
    }

    /// Returns whether answers are likely to be kept.
    pub(super) fn is_kept(&self) -> bool {
        self.journal.is_some() && !self.is_unreadable
    }

    /// Returns all answers so far, and new messages about them.
    pub(super) fn read(&mut self) -> (Vec<Answered>, Option<String>) {
        let Some(journal) = &self.journal else { return (Vec::new(), None) };
        let mut said: Vec<String> = self.private.iter().filter_map(|path| keep_private(path)).collect();
        // Both journals are in one folder, which would be named twice.
        said.dedup();
        let answers = match journal.read() {
            Ok(read) => {
                said.extend(words_about(&read, today()));
                read.kept.into_iter().map(|kept| kept.answered).collect()
            }
            Err(error) => {
                self.is_unreadable = true;
                said.push(format!("Your progress cannot be read: {}: {error}", journal.path().display()));
                Vec::new()
            }
        };
        said.retain(|word| !self.told.contains(word));
        self.told.extend(said.iter().cloned());
        (answers, (!said.is_empty()).then(|| text::clean_line(&said.join(" "))))
    }

    /// Keeps an answer; returns a message if that failed.
    pub(super) fn keep(&mut self, answered: Answered, seed: u64) -> Option<String> {
        let failed = match &self.journal {
            Some(journal) => journal.keep(&Kept { answered, seed }).err().map(|error| error.to_string()),
            None => Some(Paths::why_none().to_owned()),
        };
        let why = failed.filter(|_| !self.is_said)?;
        self.is_said = true;
        Some(text::clean_line(&format!("Your progress cannot be saved: {why}. You can still practice.")))
    }
}

/// Returns messages about a damaged or wrongly dated journal.
///
/// Also about answers that a later version wrote. Dates in the future come from a wrong clock.
pub(super) fn words_about(read: &Read, today: i64) -> Vec<String> {
    let mut said = Vec::new();
    if read.is_torn {
        said.push("The last answer was not written completely and is lost; all others are there.".to_owned());
    }
    if read.newer > 0 {
        let lines = text::count(read.newer, "answer was", "answers were");
        said.push(format!("{lines} written by a later version, and skipped."));
    }
    if let Some((count, last)) = dated_after(read.kept.iter().map(|kept| &kept.answered), today) {
        let answers = text::count(count, "answer is", "answers are");
        let until = if count == 1 { "" } else { "up to " };
        let last = day::date_of(last).unwrap_or_default();
        let counts = if count == 1 { "does not count before that day" } else { "do not count before their days" };
        said.push(format!("{answers} dated in the future ({until}{last}) and {counts}. Check the clock."));
    }
    said
}

/// Returns the number of the current day.
pub(super) fn today() -> i64 {
    day::today()
}

/// Returns a seed that differs in every run.
pub(super) fn any_seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    // The lost high bits do not matter: a seed only has to differ between runs.
    (since as u64) ^ (u64::from(std::process::id()) << 40)
}
