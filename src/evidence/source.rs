//! Lists the files and streams that are to be read.
//!
//! Links in a folder that lead out of it are counted and not followed, because `logs/x -> /` would read the whole disk.
//! A link that is named itself is followed.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::text;

/// A file, folder or stream that the user asks to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InputSource {
    /// Standard input, to its end.
    Standard,
    /// A file, a folder with its contents, or a pipe or device.
    Path(PathBuf),
}

impl InputSource {
    /// Returns the source that a command-line argument names.
    ///
    /// `-` is standard input.
    pub fn from_argument(argument: &OsStr) -> Self {
        if argument == "-" { Self::Standard } else { Self::Path(PathBuf::from(argument)) }
    }
}

/// An input to read, or to report as unreadable.
#[derive(Debug)]
pub(super) struct InputItem {
    /// Its name for people, cleaned.
    pub(super) path: String,
    pub(super) origin: ItemOrigin,
    pub(super) remarks: Vec<String>,
}

/// The origin of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ItemOrigin {
    /// A file, with the size that the system reports.
    ///
    /// The real size may differ.
    File(PathBuf, u64),
    /// Something that may block its reader, such as a pipe.
    Stream(PathBuf),
    Standard,
    /// A folder with remarks; its files are items of their own.
    Folder,
    /// Something that cannot be read, and the reason.
    Unreadable(String),
}

/// Lists all items of the sources in order.
///
/// The files of a folder are sorted by name. A file that is reached twice is listed once.
///
/// Ends early once `stop` is true. While folders are listed, repeatedly calls `tell` with the number of items so far.
pub(super) fn items(sources: &[InputSource], stop: &AtomicBool, tell: &mut dyn FnMut(usize)) -> Vec<InputItem> {
    let mut list = List { items: Vec::new(), known: HashMap::new(), stop, tell };
    for source in sources {
        match source {
            InputSource::Standard => list.add("-".to_owned(), PathBuf::from("-"), ItemOrigin::Standard),
            InputSource::Path(path) => list.path(path, real(path)),
        }
    }
    list.items
}

/// Returns a path for display, as one clean line.
///
/// The line has nothing that acts on a terminal.
fn shown(path: &Path) -> String {
    text::clean_line(&path.display().to_string())
}

/// Explains an error in words.
pub(super) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

struct List<'a> {
    items: Vec<InputItem>,
    /// Positions in `items` by canonical path; `None` for walked folders.
    known: HashMap<PathBuf, Option<usize>>,
    stop: &'a AtomicBool,
    tell: &'a mut dyn FnMut(usize),
}

/// Numbers of entries of a folder that were left out.
#[derive(Debug, Default)]
struct LeftOut {
    hidden: usize,
    special: usize,
    /// Links that lead out of the folder.
    links: usize,
}

impl List<'_> {
    /// Adds a path that was named, or found in a folder.
    ///
    /// `real` is its canonical path.
    fn path(&mut self, path: &Path, real: PathBuf) {
        match fs::metadata(path) {
            Err(error) => self.add(shown(path), path.to_owned(), ItemOrigin::Unreadable(why(&error))),
            Ok(about) if about.is_dir() => self.folder(path, real),
            Ok(about) if about.is_file() => self.add(shown(path), real, ItemOrigin::File(path.to_owned(), about.len())),
            Ok(_) => self.add(shown(path), path.to_owned(), ItemOrigin::Stream(path.to_owned())),
        }
    }

    fn add(&mut self, path: String, real: PathBuf, origin: ItemOrigin) {
        match self.known.get(&real) {
            Some(place) => {
                let first = place.and_then(|place| self.items.get_mut(place));
                let remark = if first.as_ref().is_some_and(|first| first.path == path) {
                    "it was named more than once, but read only once".to_owned()
                } else {
                    format!("it is the same file as {path}, and was read only once")
                };
                if let Some(first) = first.filter(|first| !first.remarks.contains(&remark)) {
                    first.remarks.push(remark);
                }
            }
            None => {
                self.known.insert(real, Some(self.items.len()));
                self.items.push(InputItem { path, origin, remarks: Vec::new() });
            }
        }
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Adds a folder and everything below it.
    ///
    /// Keeps a list of pending folders instead of recursing, because folders may be nested deeply.
    fn folder(&mut self, folder: &Path, real: PathBuf) {
        let first = self.items.len();
        let mut left_out = LeftOut::default();
        let mut folders = vec![(folder.to_owned(), real.clone())];
        while let Some((folder, own)) = folders.pop() {
            // Each folder is walked once, even if several links lead to it.
            if self.is_stopped() || self.known.insert(own.clone(), None).is_some() {
                continue;
            }
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.add(shown(&folder), folder, ItemOrigin::Unreadable(why(&error)));
                    continue;
                }
            };
            let mut entries: Vec<DirEntry> = entries.take_while(|_| !self.is_stopped()).flatten().collect();
            entries.sort_by_key(DirEntry::file_name);
            let mut below = Vec::new();
            for entry in entries {
                if self.is_stopped() {
                    break;
                }
                below.extend(self.entry(&entry, &own, &real, &mut left_out));
            }
            (self.tell)(self.items.len());
            folders.extend(below.into_iter().rev());
        }
        let mut remarks = Vec::new();
        if self.items.len() == first && !self.is_stopped() {
            remarks.push("it contains no readable file".to_owned());
        }
        let LeftOut { hidden, special, links } = left_out;
        for (count, what) in [(hidden, "hidden files and folders"), (special, "pipes, sockets and devices")] {
            if count > 0 {
                remarks.push(format!("{what} in it were not read: {count}"));
            }
        }
        match links {
            0 => {}
            1 => remarks.push("1 link that points outside the folder was not followed".to_owned()),
            _ => remarks.push(format!("{links} links that point outside the folder were not followed")),
        }
        if !remarks.is_empty() {
            self.items.push(InputItem { path: shown(folder), origin: ItemOrigin::Folder, remarks });
        }
    }

    /// Adds one entry of a folder, unless it is a folder.
    ///
    /// A folder is returned with its canonical path, to be walked later. `own` is the canonical path of the folder that
    /// has the entry, `root` that of the folder that was named.
    fn entry(&mut self, entry: &DirEntry, own: &Path, root: &Path, out: &mut LeftOut) -> Option<(PathBuf, PathBuf)> {
        let (path, name) = (entry.path(), entry.file_name());
        if name.as_encoded_bytes().starts_with(b".") {
            out.hidden += 1;
            return None;
        }
        let mut real = own.join(name);
        if entry.file_type().is_ok_and(|kind| kind.is_symlink()) {
            match fs::canonicalize(&path) {
                Ok(led_to) if !led_to.starts_with(root) => {
                    out.links += 1;
                    return None;
                }
                Ok(led_to) => real = led_to,
                // A broken link: `path` reports the error.
                Err(_) => {}
            }
        }
        match fs::metadata(&path) {
            Ok(about) if about.is_dir() => return Some((path, real)),
            Ok(about) if !about.is_file() => out.special += 1,
            _ => self.path(&path, real),
        }
        None
    }
}

/// Returns the canonical path; the path itself if there is none.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listing_is_told_and_can_be_stopped() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c"] {
            fs::create_dir(folder.path().join(name)).unwrap();
            fs::write(folder.path().join(name).join("file"), "text").unwrap();
        }
        let sources = [InputSource::Path(folder.path().to_owned())];
        let stop = AtomicBool::new(false);
        let mut told = Vec::new();
        let all = items(&sources, &stop, &mut |count| told.push(count));
        assert_eq!((all.len(), told.as_slice()), (3, [0, 1, 2, 3].as_slice()));
        let some = items(&sources, &stop, &mut |count| stop.store(count == 2, Ordering::Relaxed));
        assert_eq!(some.len(), 2, "what comes after is not listed");
    }
}
