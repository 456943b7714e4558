//! Keeps cases: a file of JSON lines for each.
//!
//! A file is locked while a program writes to it, so two terminals never mix their lines. The lock ends with the
//! process, however it ends. Where locks do not work, a case is kept all the same.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

use super::case_file::{self, CaseFile, EXTENSION};
use super::lines;
use super::private::keep_private;
use super::prune::{CaseLimits, doomed};
use crate::case::{CaseSummary, ListedCase, summary_of_line};

/// Bytes of a case that are read, at most.
///
/// Evidence is kept as conclusions and samples, so a case of a whole day has less than 1 MB.
const MAX_BYTES: u64 = 16 << 20;

/// Bytes at the end of a file that have its summary.
///
/// A summary has less than 2 KB, and stands in the last line unless that is torn.
const TAIL: u64 = 16 << 10;

/// The most characters of an id.
const LONGEST_ID: usize = 64;

/// The folder of the cases.
#[derive(Clone, Debug)]
pub struct CaseFolder {
    path: PathBuf,
}

/// A case that was opened, and its lines so far.
#[derive(Debug)]
pub struct OpenedCase {
    /// The file, to append to.
    ///
    /// `None` if another program has the case open.
    pub file: Option<CaseFile>,
    /// The lines.
    pub text: String,
}

/// The result of pruning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrunedCases {
    /// The ids of the cases that were deleted.
    pub deleted: Vec<String>,
    /// The bytes that are free again.
    pub bytes: u64,
    /// The number of cases that are left.
    pub left: usize,
}

impl CaseFolder {
    /// Names the folder, which need not exist.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Returns the path of the folder.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Makes the folder, and keeps others out of it. Returns whether it is new.
    pub fn prepare(&self) -> io::Result<bool> {
        let is_new = !self.path.exists();
        lines::create_private_folder(&self.path)?;
        let _ = keep_private(&self.path);
        Ok(is_new)
    }

    /// Creates the file of a case that begins at a time.
    pub fn create(&self, at: i64) -> io::Result<CaseFile> {
        self.prepare()?;
        let time = Timestamp::from_second(at).unwrap_or_default().strftime("%Y%m%d-%H%M%S").to_string();
        let salt = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.subsec_nanos() >> 8);
        // Two programs may begin a case in the same second; the one that comes second takes another name.
        let mut tries = (0..u32::from(u16::MAX)).map(|more| {
            let id = format!("{time}-{:04x}", (salt ^ std::process::id()).wrapping_add(more) & 0xffff);
            let mut options = OpenOptions::new();
            options.read(true).append(true).create_new(true);
            let file = lines::private(&mut options).open(self.file(&id))?;
            case_file::lock(&file);
            Ok(CaseFile::new(id, file, &self.path))
        });
        tries
            .find(|tried: &io::Result<CaseFile>| {
                tried.as_ref().map_or_else(|error| error.kind() != ErrorKind::AlreadyExists, |_| true)
            })
            .unwrap_or_else(|| Err(ErrorKind::AlreadyExists.into()))
    }

    /// Reads the lines of a case.
    pub fn read(&self, id: &str) -> io::Result<String> {
        let mut bytes = Vec::new();
        lines::open(&self.file(checked(id)?), MAX_BYTES)?.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// Opens a case to go on with it.
    pub fn open(&self, id: &str) -> io::Result<OpenedCase> {
        let path = self.file(checked(id)?);
        let _ = keep_private(&path);
        let file = OpenOptions::new().read(true).append(true).open(&path);
        // A case that cannot be written can be read; going on with it makes another one.
        let file = file.ok().filter(case_file::lock).map(|file| CaseFile::new(id.to_owned(), file, &self.path));
        Ok(OpenedCase { text: self.read(id)?, file })
    }

    /// Lists cases, the latest first, but at most so many.
    ///
    /// A missing folder has none, and an empty file is none: its program ended before it wrote the first event.
    pub fn list(&self, most: usize) -> io::Result<Vec<ListedCase>> {
        self.list_files(most, |case| case.bytes > 0)
    }

    /// Deletes a case. Returns false if it is in use.
    pub fn delete(&self, id: &str) -> io::Result<bool> {
        let path = self.file(checked(id)?);
        // A file that cannot be opened has no writer either.
        let is_free = OpenOptions::new().append(true).open(&path).map_or(true, |file| case_file::lock(&file));
        if is_free {
            fs::remove_file(&path)?;
        }
        Ok(is_free)
    }

    /// Deletes old cases and those for which there is no room.
    ///
    /// A case that is in use stays.
    pub fn prune(&self, limits: CaseLimits, now: i64) -> io::Result<PrunedCases> {
        let listed = self.list_files(usize::MAX, |_| true)?;
        let mut pruned =
            PrunedCases { left: listed.iter().filter(|case| case.bytes > 0).count(), ..PrunedCases::default() };
        let mut failed = None;
        for case in doomed(&listed, limits, now) {
            match self.delete(&case.id) {
                Ok(true) if case.bytes == 0 => {}
                Ok(true) => {
                    pruned.deleted.push(case.id.clone());
                    pruned.bytes += case.bytes;
                    pruned.left -= 1;
                }
                Ok(false) => {}
                Err(error) => failed = Some(error),
            }
        }
        match failed {
            Some(error) if pruned.deleted.is_empty() => Err(error),
            _ => Ok(pruned),
        }
    }

    fn list_files(&self, most: usize, wanted: impl Fn(&ListedCase) -> bool) -> io::Result<Vec<ListedCase>> {
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut found: Vec<ListedCase> = entries.filter_map(|entry| listed(&entry.ok()?)).filter(wanted).collect();
        found.sort_by(|one, other| (other.changed, &other.id).cmp(&(one.changed, &one.id)));
        found.truncate(most);
        for case in &mut found {
            case.summary = self.summary(case);
        }
        Ok(found)
    }

    fn file(&self, id: &str) -> PathBuf {
        self.path.join(format!("{id}.{EXTENSION}"))
    }

    /// Returns the last complete summary at the end of a file.
    fn summary(&self, case: &ListedCase) -> Option<CaseSummary> {
        let mut file = File::open(self.file(&case.id)).ok()?;
        file.seek(SeekFrom::Start(case.bytes.saturating_sub(TAIL))).ok()?;
        let mut bytes = Vec::new();
        file.take(TAIL).read_to_end(&mut bytes).ok()?;
        String::from_utf8_lossy(&bytes).lines().rev().find_map(summary_of_line)
    }
}

fn listed(entry: &fs::DirEntry) -> Option<ListedCase> {
    let name = entry.file_name().into_string().ok()?;
    let id = name.strip_suffix(EXTENSION)?.strip_suffix('.').filter(|id| checked(id).is_ok())?;
    let metadata = entry.metadata().ok().filter(fs::Metadata::is_file)?;
    let changed = metadata.modified().ok()?.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let changed = i64::try_from(changed).unwrap_or(i64::MAX);
    Some(ListedCase { id: id.to_owned(), bytes: metadata.len(), changed, summary: None })
}

/// Returns an id if it can name a file in the folder.
fn checked(id: &str) -> io::Result<&str> {
    let is_name = |character: char| character.is_ascii_alphanumeric() || character == '-';
    match !id.is_empty() && id.len() <= LONGEST_ID && id.chars().all(is_name) {
        true => Ok(id),
        false => Err(io::Error::new(ErrorKind::NotFound, "no case has this name")),
    }
}
