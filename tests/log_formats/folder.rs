//! The folder of a small tree, to be changed.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

use wherefore::internals::tree::{Folder, Problem, SourceFile};

/// The sound tree in `tests/fixtures/lamp`.
pub(super) fn lamp() -> Folder {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lamp");
    let mut paths = vec![root.join("tree.json")];
    for folder in ["cards", "cases"] {
        paths.extend(fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path()));
    }
    let file = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        SourceFile { path: format!("lamp/{name}"), name, content: Ok(Cow::Owned(fs::read(path).unwrap())) }
    };
    Folder { name: "lamp".into(), origin: "lamp".into(), files: paths.into_iter().map(file).collect() }
}

/// Adds a file, or replaces it.
pub(super) fn put(folder: &mut Folder, name: &str, text: &str) {
    folder.files.retain(|file| file.name != name);
    let content = Ok(Cow::Owned(text.as_bytes().to_vec()));
    folder.files.push(SourceFile { name: name.into(), path: format!("lamp/{name}"), content });
}

/// All problems in a line each.
pub(super) fn codes_and_messages(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("\n{} {}", problem.code.name(), problem.message)).collect()
}
