//! Appends lines to journals, and reads their ends.
//!
//! Appending never damages the lines that are there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Take, Write as _};
use std::path::Path;

use super::private::keep_private;

/// Appends whole lines to a file in one write.
///
/// The file need not exist. Each of the `lines` has its end. If the last line in the file is torn, a line end is
/// written first, so the new lines stay readable. With `is_synced` they are on the disk when this returns.
pub(super) fn append(path: &Path, lines: &str, is_synced: bool) -> io::Result<File> {
    let folder = path.parent();
    if let Some(folder) = folder {
        create_private_folder(folder)?;
    }
    // A failure here is ignored: a journal that others can read is better than a lost answer. It is reported when the
    // journal is read.
    let _ = keep_private(path);
    let mut options = OpenOptions::new();
    options.read(true).append(true).create(true);
    let mut file = private(&mut options).open(path)?;
    let metadata = file.metadata()?;
    if !metadata.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let lead = if ends_a_line(&mut file, metadata.len())? { "" } else { "\n" };
    file.write_all(format!("{lead}{lines}").as_bytes())?;
    if is_synced {
        file.sync_data()?;
        if let Some(folder) = folder.filter(|_| metadata.len() == 0) {
            // The name of a new file is in its folder. If the folder cannot be synced, syncing the file must do.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
    }
    Ok(file)
}

/// Opens a journal at the first line of its end.
///
/// This is the first line that begins within `most` bytes before the end.
pub(super) fn open(path: &Path, most: u64) -> io::Result<BufReader<Take<File>>> {
    let _ = keep_private(path);
    // Checked before opening, because opening a pipe waits for a writer.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let Some(left_out) = length.checked_sub(most).filter(|bytes| *bytes > 0) else {
        return Ok(BufReader::new(file.take(most)));
    };
    // The byte before tells whether a line begins here; the rest of an earlier line is skipped.
    file.seek(SeekFrom::Start(left_out - 1))?;
    let mut reader = BufReader::new(file.take(most.saturating_add(1)));
    reader.skip_until(b'\n')?;
    Ok(reader)
}

fn ends_a_line(file: &mut File, length: u64) -> io::Result<bool> {
    if length == 0 {
        return Ok(true);
    }
    let mut last = [0];
    file.seek(SeekFrom::End(-1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Writes a file; it is on the disk when this returns.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    let mut file = private(&mut options).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Makes new files readable for their owner only (0600).
///
/// Opened cards reveal incidents, and answers reveal a person's training results.
#[cfg(unix)]
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

#[cfg(not(unix))]
pub(super) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

/// Creates a folder that only its owner may enter.
pub(super) fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}
