//! What is asked to be read, and which files and streams that comes to.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::text;

/// What is asked to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Standard input, to its end.
    Standard,
    /// A file, a folder with all that lies in it, or something that can be read like a file.
    Path(PathBuf),
}

impl Source {
    /// What an argument of the command line names; `-` is standard input.
    pub fn from_argument(argument: &OsStr) -> Self {
        if argument == "-" { Self::Standard } else { Self::Path(PathBuf::from(argument)) }
    }
}

/// One thing to be read, or to be told of.
#[derive(Debug)]
pub(super) struct Item {
    /// How it is called, cleaned.
    pub(super) path: String,
    pub(super) origin: Origin,
    pub(super) remarks: Vec<String>,
}

/// Where an item comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// A file, with its size as the system tells it, which need not be so.
    File(PathBuf, u64),
    /// Something that may make its reader wait.
    Stream(PathBuf),
    Standard,
    /// A folder of which something is to be said.
    Folder,
    /// What cannot be read, and why.
    Unreadable(String),
}

/// All items of these sources, in order; of a folder, sorted by name. What is reached twice is there once.
///
/// Ends early once `stop` is true. `tell` is told now and then how many items there are, as long as folders are listed.
pub(super) fn items(sources: &[Source], stop: &AtomicBool, tell: &mut dyn FnMut(usize)) -> Vec<Item> {
    let mut list = List { items: Vec::new(), known: HashMap::new(), stop, tell };
    for source in sources {
        match source {
            Source::Standard => list.add("-".to_owned(), PathBuf::from("-"), Origin::Standard),
            Source::Path(path) => list.path(path, real(path)),
        }
    }
    list.items
}

/// The name of a file as it may be shown: on one line, without anything that acts on a terminal.
fn shown(path: &Path) -> String {
    text::clean_line(&path.display().to_string())
}

/// Why something could not be read, in words.
pub(super) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

struct List<'a> {
    items: Vec<Item>,
    /// Where each file and folder really lies, and at which place of the list it is.
    known: HashMap<PathBuf, Option<usize>>,
    stop: &'a AtomicBool,
    tell: &'a mut dyn FnMut(usize),
}

/// What was left out of a folder, by how many of each there were.
#[derive(Debug, Default)]
struct LeftOut {
    hidden: usize,
    special: usize,
    /// Links that lead out of the folder.
    links: usize,
}

impl List<'_> {
    /// A path that was named, or found in a folder; `real` is where it really lies.
    fn path(&mut self, path: &Path, real: PathBuf) {
        match fs::metadata(path) {
            Err(error) => self.add(shown(path), path.to_owned(), Origin::Unreadable(why(&error))),
            Ok(about) if about.is_dir() => self.folder(path, real),
            Ok(about) if about.is_file() => self.add(shown(path), real, Origin::File(path.to_owned(), about.len())),
            Ok(_) => self.add(shown(path), path.to_owned(), Origin::Stream(path.to_owned())),
        }
    }

    fn add(&mut self, path: String, real: PathBuf, origin: Origin) {
        match self.known.get(&real) {
            Some(place) => {
                let first = place.and_then(|place| self.items.get_mut(place));
                let remark = if first.as_ref().is_some_and(|first| first.path == path) {
                    "it was named more than once, and read once".to_owned()
                } else {
                    format!("it is also {path}, and was read once")
                };
                if let Some(first) = first.filter(|first| !first.remarks.contains(&remark)) {
                    first.remarks.push(remark);
                }
            }
            None => {
                self.known.insert(real, Some(self.items.len()));
                self.items.push(Item { path, origin, remarks: Vec::new() });
            }
        }
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// A folder and all below it, with a list of what is still to be walked instead of recursion: it may be deep.
    fn folder(&mut self, folder: &Path, real: PathBuf) {
        let first = self.items.len();
        let mut left_out = LeftOut::default();
        let mut folders = vec![(folder.to_owned(), real.clone())];
        while let Some((folder, own)) = folders.pop() {
            // A folder that was walked is not walked again, whichever link leads there.
            if self.is_stopped() || self.known.insert(own.clone(), None).is_some() {
                continue;
            }
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.add(shown(&folder), folder, Origin::Unreadable(why(&error)));
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
            remarks.push("there is no file in it to be read".to_owned());
        }
        let LeftOut { hidden, special, links } = left_out;
        for (count, what) in [(hidden, "hidden files and folders"), (special, "pipes, sockets and devices")] {
            if count > 0 {
                remarks.push(format!("{what} in it were not read: {count}"));
            }
        }
        match links {
            0 => {}
            1 => remarks.push("1 link that leads out of the folder was not followed".to_owned()),
            _ => remarks.push(format!("{links} links that lead out of the folder were not followed")),
        }
        if !remarks.is_empty() {
            self.items.push(Item { path: shown(folder), origin: Origin::Folder, remarks });
        }
    }

    /// What stands in the folder that really lies at `own`, below the named one at `root`. Returns a folder, to be walked
    /// later.
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
                // Where it leads is told by the error.
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

/// Where it really lies; the path itself if that cannot be told.
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
        let sources = [Source::Path(folder.path().to_owned())];
        let stop = AtomicBool::new(false);
        let mut told = Vec::new();
        let all = items(&sources, &stop, &mut |count| told.push(count));
        assert_eq!((all.len(), told.as_slice()), (3, [0, 1, 2, 3].as_slice()));
        let some = items(&sources, &stop, &mut |count| stop.store(count == 2, Ordering::Relaxed));
        assert_eq!(some.len(), 2, "what comes after is not listed");
    }
}
