//! Journals in lines: how a line is added to a file without harm to those that are there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Take, Write as _};
use std::path::Path;

use super::private::keep_private;

/// Adds whole lines, each with its end, to a file that need not exist, in one write. A line that was torn before its end
/// does not take these with it. With `is_synced` they are on the disk when this returns.
pub(super) fn append(path: &Path, lines: &str, is_synced: bool) -> io::Result<File> {
    let folder = path.parent();
    if let Some(folder) = folder {
        create_private_folder(folder)?;
    }
    // That others can read it is no reason to lose an answer; a mode that cannot be changed is said where the journal is read.
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
            // The name of a new file is in its folder. Where a folder cannot be synced, the file is all there is.
            let _ = File::open(folder).and_then(|folder| folder.sync_all());
        }
    }
    Ok(file)
}

/// Opens a journal to be read, from the first line that begins within so many bytes before its end.
pub(super) fn open(path: &Path, most: u64) -> io::Result<BufReader<Take<File>>> {
    let _ = keep_private(path);
    // Asked before it is opened: to open a pipe would wait for somebody at its other end.
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let Some(left_out) = length.checked_sub(most).filter(|bytes| *bytes > 0) else {
        return Ok(BufReader::new(file.take(most)));
    };
    // The byte before says whether a line begins here; the rest of one that began earlier is passed over.
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

/// Writes a file that is on the disk when this returns.
pub(super) fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    let mut file = private(&mut options).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// For nobody else to read: which cards were opened says what was broken, and what was answered in training who knows
/// what.
#[cfg(unix)]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    options.mode(0o600)
}

#[cfg(not(unix))]
fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    options
}

fn create_private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt as _;
        builder.mode(0o700);
    }
    builder.create(folder)
}
