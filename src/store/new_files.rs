//! Writes files that must not exist yet.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Writes new files below a folder, and returns their paths.
///
/// Nothing is written if one of them exists. The error names the file.
pub fn write_new(folder: &Path, files: &[(String, String)]) -> Result<Vec<PathBuf>, (PathBuf, io::Error)> {
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    // A link that leads nowhere is there, too.
    if let Some(taken) = paths.iter().find(|path| path.symlink_metadata().is_ok()) {
        return Err((taken.clone(), io::ErrorKind::AlreadyExists.into()));
    }
    for (path, (_, text)) in paths.iter().zip(files) {
        write_one(path, text).map_err(|error| (path.clone(), error))?;
    }
    Ok(paths)
}

fn write_one(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
