//! Appends to the file of a case.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::lines;

/// The end of the name of a case's file.
pub(super) const EXTENSION: &str = "jsonl";

/// Bytes that wait at most for room on the disk.
const MAX_WAITING: usize = 8 << 20;

/// The file of a case that this program has open.
#[derive(Debug)]
pub struct CaseFile {
    id: String,
    file: Arc<File>,
    folder: PathBuf,
    /// Lines that could not be written; they go before the next ones.
    waiting: String,
    /// Whether nothing was appended yet.
    is_untouched: bool,
}

impl CaseFile {
    pub(super) fn new(id: String, file: File, folder: &Path) -> Self {
        Self { id, file: Arc::new(file), folder: folder.to_owned(), waiting: String::new(), is_untouched: true }
    }

    /// Returns the id of the case.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the file, to sync it.
    pub fn file(&self) -> Arc<File> {
        Arc::clone(&self.file)
    }

    /// Returns the folder of the file, to sync it, too.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Deletes the file.
    pub fn delete(self) -> io::Result<()> {
        fs::remove_file(self.folder.join(&self.id).with_extension(EXTENSION))
    }

    /// Appends lines in one write.
    ///
    /// # Errors
    ///
    /// The lines are not lost: they are written together with the next ones.
    pub fn append(&mut self, lines: &str) -> io::Result<()> {
        let lead = if std::mem::take(&mut self.is_untouched) && !ends_a_line(&self.file)? { "\n" } else { "" };
        let wanted = format!("{lead}{}{lines}", self.waiting);
        let end = self.file.metadata().map(|metadata| metadata.len());
        match (&*self.file).write_all(wanted.as_bytes()) {
            Ok(()) => {
                self.waiting.clear();
                Ok(())
            }
            Err(error) => {
                // The part that was written would stand in the file twice.
                let _ = end.and_then(|end| self.file.set_len(end));
                self.waiting = if wanted.len() <= MAX_WAITING { wanted } else { String::new() };
                Err(error)
            }
        }
    }
}

/// Writes a new file that only its owner can read.
///
/// # Errors
///
/// Also if the file exists.
pub fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    let mut file = lines::private(&mut options).open(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

fn ends_a_line(file: &File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    let (mut file, mut last) = (file, [0]);
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Locks a file; returns false if another program has it.
///
/// Where the system has no locks, everybody gets one.
#[cfg(all(unix, feature = "tui"))]
pub(super) fn lock(file: &File) -> bool {
    use rustix::fs::{FlockOperation, flock};
    flock(file, FlockOperation::NonBlockingLockExclusive) != Err(rustix::io::Errno::WOULDBLOCK)
}

#[cfg(not(all(unix, feature = "tui")))]
pub(super) fn lock(_file: &File) -> bool {
    true
}

#[cfg(all(test, target_os = "linux"))]
mod tests {

    use super::*;

    #[test]
    fn lines_that_found_no_room_are_written_with_the_next_ones() {
        let folder = tempfile::tempdir().unwrap();
        let open = |path: &Path| OpenOptions::new().read(true).append(true).create(true).open(path).unwrap();
        let path = folder.path().join("case.jsonl");
        let mut case = CaseFile::new("case".to_owned(), open(Path::new("/dev/full")), folder.path());
        for line in ["{1}\n", "{2}\n"] {
            assert_eq!(case.append(line).unwrap_err().kind(), io::ErrorKind::StorageFull);
        }
        case.file = Arc::new(open(&path));
        case.append("{3}\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{1}\n{2}\n{3}\n");
    }

    #[test]
    fn a_torn_line_is_ended_before_the_next_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.jsonl");
        std::fs::write(&path, "{1}\n{2").unwrap();
        let file = OpenOptions::new().read(true).append(true).open(&path).unwrap();
        let mut case = CaseFile::new("case".to_owned(), file, folder.path());
        case.append("{3}\n").unwrap();
        case.append("{4}\n").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{1}\n{2\n{3}\n{4}\n");
    }
}
