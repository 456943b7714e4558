//! Loads the trees in the binary and the user's own.
//!
//! A tree of the user replaces an embedded tree of its id.

use std::borrow::Cow;
use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use crate::tree::log_format::LogFormat;
use crate::tree::shared::{FORMATS, VOCABULARY};
use crate::tree::{Code, CompiledTree, CompiledWords, Folder, Problem, SharedFiles, SourceFile, Tree, TreeHash};
use crate::tree::{compiled, fingerprint, json, load, load_shared};

/// The words of all embedded cards, sorted.
const WORD_LIST: &str = include_str!(concat!(env!("OUT_DIR"), "/words.txt"));
/// The end of each of these words.
const WORD_ENDS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/words.ends.bin"));
/// The words of the synonyms that the embedded trees share.
const SHARED_SYNONYMS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/synonyms.bin"));
/// The cards that have each of these words.
const POSTINGS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/postings.bin"));
/// The entry of each of these words in the postings.
const POSTING_ENTRIES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/postings.entries.bin"));

/// The embedded trees, sorted by id, as `build.rs` compiled them.
const EMBEDDED: &[CompiledTree] = include!(concat!(env!("OUT_DIR"), "/trees.rs"));

/// The files that the embedded trees share, as `build.rs` compiled them.
const EMBEDDED_SHARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shared.bin"));

/// Levels of subfolders that are searched for the files of a tree.
const MAX_FOLDER_DEPTH: usize = 3;

/// All trees, and the problems in their files.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The trees, sorted by id.
    pub trees: Vec<Arc<Tree>>,
    /// Log formats and words that belong to no tree.
    ///
    /// The user's own formats come first.
    pub shared: SharedFiles,
    /// Problems in the trees, and notes about replaced trees.
    pub problems: Vec<Problem>,
}

impl Library {
    /// Lists the trees in the binary.
    pub fn embedded() -> Self {
        let trees = EMBEDDED.iter().map(|compiled| Arc::new(Tree::compiled(*compiled))).collect();
        let mut library = Self { trees, shared: compiled::read_shared(EMBEDDED_SHARED), problems: Vec::new() };
        library.share();
        library
    }

    /// Adds the trees in the folders below `directory`.
    ///
    /// A tree replaces an earlier one of its id, which adds a note to `problems`. A missing directory is a problem only
    /// if it `must_exist`.
    pub fn add_directory(&mut self, directory: &Path, must_exist: bool) {
        let mut folders = match list(directory) {
            Ok(folders) => folders,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => return,
            Err(error) => return self.problems.push(unreadable(directory, &error)),
        };
        if folders.iter().any(|path| path.ends_with("tree.json")) {
            // The directory is itself the folder of a tree, perhaps one that is being written. Its formats are its own.
            folders = vec![directory.to_owned()];
        } else {
            self.add_shared(directory);
        }
        for folder in folders.iter().filter(|path| path.is_dir()) {
            let mut files = Vec::new();
            collect(folder, folder, MAX_FOLDER_DEPTH, &mut files);
            let name = folder.canonicalize().unwrap_or_else(|_| folder.clone());
            let name = name.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let is_tree = files.iter().any(|file| file.name == "tree.json");
            if name != FORMATS || is_tree {
                self.add(&Folder { name, origin: folder.display().to_string(), files });
            }
        }
        self.share();
    }

    /// Returns the tree with this id.
    pub fn tree(&self, id: &str) -> Option<&Arc<Tree>> {
        self.trees.iter().find(|tree| tree.id == id)
    }

    /// Returns the hash of a tree and of all shared files.
    ///
    /// `None` if the files are no longer found.
    pub fn fingerprint(&self, tree: &Tree) -> Option<TreeHash> {
        Some(TreeHash::new(self.folder_hash(tree)?, &self.shared.hash()))
    }

    fn folder_hash(&self, tree: &Tree) -> Option<String> {
        if let Some(hash) = tree.compiled_hash() {
            return Some(hash.to_owned());
        }
        let folder = Path::new(tree.origin.as_str());
        let mut files = Vec::new();
        collect(folder, folder, MAX_FOLDER_DEPTH, &mut files);
        let found = Folder { name: tree.id.to_string(), origin: tree.origin.to_string(), files };
        found.files.iter().any(|file| file.content.is_ok()).then(|| fingerprint(&found))
    }

    /// Adds the files in a directory that belong to no tree.
    ///
    /// A file replaces an earlier one of its name.
    fn add_shared(&mut self, directory: &Path) {
        let (formats, vocabulary) = (directory.join(FORMATS), directory.join(VOCABULARY));
        let mut files = Vec::new();
        if formats.is_dir() && !formats.join("tree.json").exists() {
            collect(directory, &formats, MAX_FOLDER_DEPTH, &mut files);
        }
        if vocabulary.exists() {
            files.push(source_file(directory, &vocabulary));
        }
        let (shared, problems) =
            load_shared(&Folder { name: String::new(), origin: directory.display().to_string(), files });
        self.problems.extend(problems);
        self.shared.replace_with(shared);
    }

    /// Gives every tree the words and all log formats.
    ///
    /// The formats of the tree come first, then those of the other trees; of several with one id, the first counts.
    fn share(&mut self) {
        let shared = &self.shared.formats;
        let own: Vec<_> = self.trees.iter().flat_map(|tree| &tree.own_formats).chain(shared).cloned().collect();
        for tree in &mut self.trees {
            let formats = LogFormat::first_of_each_id(tree.own_formats.iter().chain(&own));
            if tree.formats != formats || !Arc::ptr_eq(&tree.vocabulary, &self.shared.vocabulary) {
                let tree = Arc::make_mut(tree);
                tree.formats = formats;
                tree.vocabulary = Arc::clone(&self.shared.vocabulary);
            }
        }
    }

    /// Makes every tree read lines with one log format only.
    ///
    /// With `text`, lines are read with none.
    ///
    /// If there is no format with this id, returns the known ids.
    pub fn read_as(&mut self, id: &str) -> Result<(), Vec<String>> {
        /// The name for lines that are read with no format.
        const TEXT: &str = "text";
        let all = self.trees.iter().flat_map(|tree| &tree.formats).chain(&self.shared.formats);
        let mut known: Vec<String> = all.map(|format| format.id.to_string()).collect();
        known.sort_unstable();
        known.dedup();
        if id != TEXT && !known.iter().any(|known| known == id) {
            return Err(known);
        }
        for tree in &mut self.trees {
            Arc::make_mut(tree).formats.retain(|format| format.id == id);
        }
        Ok(())
    }

    fn add(&mut self, folder: &Folder) {
        let loaded = load(folder);
        self.problems.extend(loaded.problems);
        let Some(tree) = loaded.tree else { return };
        if let Some(at) = self.trees.iter().position(|known| known.id == tree.id) {
            let replaced = self.trees.remove(at);
            let message = format!("the tree `{}` replaces the one from: {}", tree.id, replaced.origin);
            let help = "give it another id to keep both";
            self.problems.push(Problem::of_file(Code::ReplacesTree, &folder.origin, message, help));
        }
        let at = self.trees.partition_point(|known| known.id < tree.id);
        self.trees.insert(at, Arc::new(tree));
    }
}

fn list(directory: &Path) -> std::io::Result<Vec<std::path::PathBuf>> {
    let mut paths = fs::read_dir(directory)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    paths.retain(|path| !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.')));
    Ok(paths)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Problem {
    let message = format!("cannot be read: {error}");
    let help = "check that it exists and that you may read it";
    Problem::of_file(Code::Unreadable, path.display().to_string(), message, help)
}

/// Collects the JSON files below a folder.
///
/// Files and folders that cannot be read are included, with the reason.
fn collect(root: &Path, folder: &Path, depth: usize, files: &mut Vec<SourceFile>) {
    match list(folder) {
        Ok(paths) => {
            for path in paths {
                if path.is_dir() && depth > 0 {
                    collect(root, &path, depth - 1, files);
                } else if path.extension().is_some_and(|extension| extension == "json") {
                    files.push(source_file(root, &path));
                }
            }
        }
        Err(error) => files.push(named_file(root, folder, Err(error.to_string()))),
    }
}

/// Reads a file below `root`.
fn source_file(root: &Path, path: &Path) -> SourceFile {
    named_file(root, path, read(path).map(Cow::Owned).map_err(|error| error.to_string()))
}

fn named_file(root: &Path, path: &Path, content: Result<Cow<'static, [u8]>, String>) -> SourceFile {
    let parts = path.strip_prefix(root).unwrap_or(path).iter().map(|part| part.to_string_lossy());
    SourceFile { name: parts.collect::<Vec<_>>().join("/"), path: path.display().to_string(), content }
}

/// Reads a file, but at most one byte over the limit.
///
/// The extra byte tells a file over the limit without reading all of it. Only regular files are opened, because a pipe
/// could block.
fn read(path: &Path) -> std::io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("it is not a regular file"));
    }
    let mut bytes = Vec::new();
    fs::File::open(path)?.take(json::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
