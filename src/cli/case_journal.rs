//! Keeps cases, on this machine only.
//!
//! `--no-history` switches it off.

use std::collections::HashMap;

use super::failure::Failure;
use crate::app::Msg;
use crate::case::{CaseHead, HelpedHere, ListedCase};
use crate::session::{CaseChange, CaseLines};
use crate::store::{CaseFile, CaseFolder, CaseLimits, Library, Paths, Syncer, WrittenFile};
use crate::text;

/// Bytes that wait at most for a place to write to.
const MAX_WAITING: usize = 8 << 20;

/// Cases that the first screen offers at most.
const OFFERED: usize = 3;

/// Cases whose ends are read to find those that are offered.
///
/// Each costs about 20 µs before the first frame.
const LOOKED_AT: usize = 8;

/// Cases of which the steps that helped are counted, the latest ones.
const COUNTED: usize = 500;

/// Seconds after which an open case is no longer offered: two weeks.
const RECENT: i64 = 14 * 24 * 60 * 60;

/// The cases of this run, if they are kept.
///
/// If a case cannot be written, it goes on, and one message says so.
#[derive(Debug)]
pub(super) struct CaseJournal {
    folder: Option<CaseFolder>,
    is_on: bool,
    /// The trees with their hashes, for the first lines.
    library: Library,
    /// The open files, by the numbers of their cases in this run.
    open: HashMap<u64, CaseFile>,
    /// The lines of cases for which no file could be made yet.
    waiting: HashMap<u64, String>,
    /// The files that were written since the last sync.
    written: Vec<WrittenFile>,
    syncer: Option<Syncer>,
    /// Whether the last write failed.
    is_failing: bool,
    /// Whether the steps that helped were counted.
    has_counted: bool,
}

impl CaseJournal {
    pub(super) fn new(is_on: bool) -> Self {
        let folder = Paths::from_environment().cases.filter(|_| is_on).map(CaseFolder::new);
        Self {
            folder,
            is_on,
            library: Library::default(),
            open: HashMap::new(),
            waiting: HashMap::new(),
            written: Vec::new(),
            syncer: None,
            is_failing: false,
            has_counted: false,
        }
    }

    /// Returns the folder of the cases.
    ///
    /// # Errors
    ///
    /// Nothing is kept.
    pub(super) fn folder(&self) -> Result<&CaseFolder, Failure> {
        self.folder.as_ref().ok_or_else(|| {
            let help = "omit --no-history and history = false, and set HOME or XDG_STATE_HOME to an absolute path";
            Failure::usage("no cases are kept", help)
        })
    }

    /// Returns the latest cases that are open, for the first screen.
    pub(super) fn recent(&self) -> Vec<ListedCase> {
        let listed = self.folder.as_ref().and_then(|folder| folder.list(LOOKED_AT).ok()).unwrap_or_default();
        let is_recent = |case: &ListedCase| case.is_open() && now().saturating_sub(case.changed) < RECENT;
        listed.into_iter().filter(is_recent).take(OFFERED).collect()
    }

    /// Returns which steps helped in the latest cases.
    ///
    /// Only the first call does, which takes some milliseconds.
    pub(super) fn helped_here(&mut self) -> Option<HelpedHere> {
        if std::mem::replace(&mut self.has_counted, true) {
            return None;
        }
        let listed = self.folder.as_ref()?.list(COUNTED).ok()?;
        Some(HelpedHere::new(listed.iter().filter_map(|case| case.summary.as_ref())))
    }

    /// Returns whether the last write failed.
    pub(super) fn is_failing(&self) -> bool {
        self.is_failing
    }

    /// Returns whether cases are to be kept.
    pub(super) fn is_kept(&self) -> bool {
        self.is_on
    }

    /// Takes over the trees, whose hashes are in the first lines.
    pub(super) fn begin(&mut self, library: &Library) {
        if self.is_on {
            self.library = library.clone();
        }
    }

    /// Says at the first start what is kept.
    ///
    /// It is the first start if there is no folder yet. Says instead if there cannot be one.
    pub(super) fn first_word(&self) -> Option<String> {
        let folder = self.folder.as_ref()?;
        match folder.prepare() {
            Ok(true) => Some(text::clean_line(&format!(
                "Cases are kept for {} days in {}, only for you to read; --no-history or history = false turns it off.",
                CaseLimits::default().days,
                folder.path().display()
            ))),
            // A failure is told when there is something to keep.
            Ok(false) | Err(_) => None,
        }
    }

    /// Keeps what has happened in a case.
    ///
    /// Returns a message if that failed for the first time, or works again.
    pub(super) fn keep(&mut self, change: CaseChange) -> Option<Msg> {
        let kept = match change {
            CaseChange::Written(lines) => self.append(&lines),
            CaseChange::Dropped { case } => {
                // If it cannot be deleted, a later start deletes it.
                let _ = self.open.remove(&case).map(CaseFile::delete);
                self.waiting.remove(&case);
                return None;
            }
        };
        let was_failing = std::mem::replace(&mut self.is_failing, kept.is_err());
        match kept {
            Ok(()) if was_failing => Some(Msg::Told("The case is kept again.".to_owned())),
            Err(why) if !was_failing => {
                let said = format!("The case cannot be kept: {why}. You can still go on, but not continue it later.");
                Some(Msg::Told(text::clean_line(&said)))
            }
            _ => None,
        }
    }

    /// Opens a case that was kept.
    pub(super) fn open(&mut self, case: u64, id: &str) -> Msg {
        let Some(folder) = &self.folder else { return Msg::Told("No cases are kept.".to_owned()) };
        match folder.open(id) {
            Ok(opened) => {
                let is_copy = opened.file.is_none();
                self.open.extend(opened.file.map(|file| (case, file)));
                Msg::CaseRead { case, text: opened.text, is_copy }
            }
            Err(error) => Msg::Told(text::clean_line(&format!("The case {id} cannot be read: {error}."))),
        }
    }

    fn append(&mut self, lines: &CaseLines) -> Result<(), String> {
        let case = lines.case;
        let is_new = !self.open.contains_key(&case);
        let earlier = self.waiting.remove(&case);
        // The file of a case that is open elsewhere, or of which nothing is kept, has no first line yet.
        let has_head = !lines.is_anew && (!is_new || earlier.is_some());
        let head = if has_head { String::new() } else { head(&self.library, lines) };
        let text = earlier.unwrap_or_default() + &head + &lines.lines;
        if is_new {
            match self.create(lines.at) {
                Ok(file) => _ = self.open.insert(case, file),
                Err(why) => {
                    if text.len() <= MAX_WAITING {
                        self.waiting.insert(case, text);
                    }
                    return Err(why);
                }
            }
        }
        let Some(file) = self.open.get_mut(&case) else { return Ok(()) };
        let written = file.append(&text).map_err(|error| error.to_string());
        self.written.push((file.file(), is_new.then(|| file.folder().to_owned())));
        written
    }

    fn create(&self, at: i64) -> Result<CaseFile, String> {
        let folder = self.folder.as_ref().ok_or_else(|| Paths::why_none().to_owned())?;
        folder.create(at).map_err(|error| format!("{}: {error}", folder.path().display()))
    }

    /// Has written files synced to the disk.
    ///
    /// This takes longer than a key may take. The first call starts the thread for it, which first deletes old cases.
    pub(super) fn sync(&mut self) {
        if self.written.is_empty() {
            return;
        }
        if let (None, Some(folder)) = (&self.syncer, self.folder.clone()) {
            self.syncer = Syncer::start(move || {
                let _ = folder.prune(CaseLimits::default(), now());
            });
        }
        for (file, folder) in self.written.drain(..) {
            if let Some(syncer) = &self.syncer {
                syncer.sync(file, folder);
            }
        }
    }
}

/// Returns seconds since 1970; 0 if the clock is set earlier.
pub(super) fn now() -> i64 {
    i64::try_from(super::history::now()).unwrap_or(0)
}

fn head(library: &Library, lines: &CaseLines) -> String {
    let tree = library.tree(&lines.tree);
    let hash = tree.and_then(|tree| library.fingerprint(tree)).map(|hash| hash.to_string()).unwrap_or_default();
    CaseHead::new(&lines.tree, &hash, lines.at).line()
}
