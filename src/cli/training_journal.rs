//! What is kept of training, on this machine only. `--no-history` switches it off.

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use super::failure::Failure;
use crate::drill::progress::{Answered, dated_after};
use crate::store::progress::{Kept, Read};
use crate::store::{Paths, ProgressJournal, day, keep_private};
use crate::text;

/// The journal of training, if there is one to be kept. Where it cannot be written one trains all the same, and that is
/// said once.
#[derive(Debug)]
pub(super) struct TrainingJournal {
    journal: Option<ProgressJournal>,
    /// The journals of this program, which others must not read.
    private: Vec<PathBuf>,
    /// Remarks on the journals that were made already: each is made once.
    told: Vec<String>,
    /// Nothing more is to be said of it.
    is_said: bool,
    /// It could not be read, so nobody counts on it.
    is_unreadable: bool,
}

impl TrainingJournal {
    pub(super) fn new(is_on: bool) -> Self {
        let Paths { opened, progress, .. } = if is_on { Paths::from_environment() } else { Paths::default() };
        let private = progress.iter().chain(&opened).cloned().collect();
        let journal = progress.map(ProgressJournal::new);
        Self { journal, private, told: Vec::new(), is_said: !is_on, is_unreadable: false }
    }

    /// The journal, for whoever asks for it by name.
    pub(super) fn journal(&self) -> Result<&ProgressJournal, Failure> {
        self.journal.as_ref().ok_or_else(|| {
            let help = "leave --no-history out, and set HOME or XDG_STATE_HOME to an absolute path";
            Failure::usage("there is no journal of training", help)
        })
    }

    /// Whether answers are likely to be kept.
    pub(super) fn is_kept(&self) -> bool {
        self.journal.is_some() && !self.is_unreadable
    }

    /// All answers so far, and what is to be said of them and was not said before.
    pub(super) fn read(&mut self) -> (Vec<Answered>, Option<String>) {
        let Some(journal) = &self.journal else { return (Vec::new(), None) };
        let mut said: Vec<String> = self.private.iter().filter_map(|path| keep_private(path)).collect();
        // Both journals are in one folder.
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

    /// Keeps an answer. What comes out is to be said.
    pub(super) fn keep(&mut self, answered: Answered, seed: u64) -> Option<String> {
        let failed = match &self.journal {
            Some(journal) => journal.keep(&Kept { answered, seed }).err().map(|error| error.to_string()),
            None => Some(Paths::why_none().to_owned()),
        };
        let why = failed.filter(|_| !self.is_said)?;
        self.is_said = true;
        Some(text::clean_line(&format!("Your progress cannot be kept: {why}. You can train all the same.")))
    }
}

/// Remarks on a journal that is not whole, or was written by a wrong clock.
pub(super) fn words_about(read: &Read, today: i64) -> Vec<String> {
    let mut said = Vec::new();
    if read.is_torn {
        said.push("The last answer was cut off while it was written, and is lost; all others are there.".to_owned());
    }
    if read.newer > 0 {
        let lines = text::count(read.newer, "answer was", "answers were");
        said.push(format!("{lines} written by a later version, and not read."));
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

/// Today.
pub(super) fn today() -> i64 {
    day::today()
}

/// A seed that is another one in every run.
pub(super) fn any_seed() -> u64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    // Beyond 64 bits nothing is lost that would make a seed less of a surprise.
    (since as u64) ^ (u64::from(std::process::id()) << 40)
}
