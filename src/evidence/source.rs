//! What is asked to be read, and which files and streams that comes to.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

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
    /// How it is called.
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
pub(super) fn items(sources: &[Source]) -> Vec<Item> {
    let mut list = List::default();
    for source in sources {
        match source {
            Source::Standard => list.add("-".to_owned(), PathBuf::from("-"), Origin::Standard),
            Source::Path(path) => list.path(path),
        }
    }
    list.items
}

/// Why something could not be read, in words.
pub(super) fn why(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => error.to_string(),
    }
}

#[derive(Debug, Default)]
struct List {
    items: Vec<Item>,
    /// Where each file and folder really lies, and at which place of the list it is.
    known: HashMap<PathBuf, Option<usize>>,
}

impl List {
    /// A path that was named.
    fn path(&mut self, path: &Path) {
        let name = path.display().to_string();
        match fs::metadata(path) {
            Err(error) => self.add(name, path.to_owned(), Origin::Unreadable(why(&error))),
            Ok(about) if about.is_dir() => self.folder(path),
            Ok(about) if about.is_file() => self.add(name, real(path), Origin::File(path.to_owned(), about.len())),
            Ok(_) => self.add(name, path.to_owned(), Origin::Stream(path.to_owned())),
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

    /// A folder and all below it, with a list of what is still to be walked instead of recursion: it may be deep.
    fn folder(&mut self, folder: &Path) {
        let first = self.items.len();
        let mut hidden = 0;
        let mut special = 0;
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            // A folder that was walked is not walked again, whichever link leads there.
            if self.known.insert(real(&folder), None).is_some() {
                continue;
            }
            let entries = match fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    self.add(folder.display().to_string(), folder, Origin::Unreadable(why(&error)));
                    continue;
                }
            };
            let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
            paths.sort();
            let mut below = Vec::new();
            for path in paths {
                let is_hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
                match fs::metadata(&path) {
                    _ if is_hidden => hidden += 1,
                    Ok(about) if about.is_dir() => below.push(path),
                    Ok(about) if !about.is_file() => special += 1,
                    _ => self.path(&path),
                }
            }
            folders.extend(below.into_iter().rev());
        }
        let mut remarks = Vec::new();
        if self.items.len() == first {
            remarks.push("there is no file in it to be read".to_owned());
        }
        for (count, what) in [(hidden, "hidden files and folders"), (special, "pipes, sockets and devices")] {
            if count > 0 {
                remarks.push(format!("{what} in it were not read: {count}"));
            }
        }
        if !remarks.is_empty() {
            self.items.push(Item { path: folder.display().to_string(), origin: Origin::Folder, remarks });
        }
    }
}

/// Where it really lies; the path itself if that cannot be told.
fn real(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}
