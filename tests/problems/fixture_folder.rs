//! Reads fixtures of problems as values, changes and loads them.

use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use wherefore::internals::export::screen_rows::{long_cards, long_questions};
use wherefore::internals::prove::prove;
use wherefore::internals::store::Library;
use wherefore::internals::tree::{Code, Folder, Loaded, Problem, SourceFile, load};

/// Returns the problems from loading and proving.
pub(crate) fn problems_in(folder: &Folder) -> Vec<Problem> {
    let Loaded { tree, mut problems } = load(folder);
    if let Some(tree) = tree.map(Arc::new) {
        problems.extend(prove(&tree).1);
        problems.extend(long_cards(&tree));
        problems.extend(long_questions(&tree));
    }
    problems
}

/// `code path:line:column`, the marked line, what is wrong, and what to do.
pub(crate) fn render(problems: &[Problem]) -> String {
    let mut rendered = String::new();
    for problem in problems {
        let severity = format!("{:?}", problem.severity()).to_lowercase();
        let place = problem.place.as_ref();
        let at = place.map(|place| format!(":{}:{}", place.line, place.column)).unwrap_or_default();
        rendered.push_str(&format!("{severity} {} {}{at}\n", problem.code.name(), problem.path));
        if let Some(place) = place {
            let before = place.text[..place.marked.start].chars().count();
            let marked = place.text[place.marked.clone()].chars().count();
            let line: String = place.text.chars().take(110).collect();
            rendered.push_str(&format!("  | {line}\n  | {}{}\n", " ".repeat(before), "^".repeat(marked.min(110))));
        }
        rendered.push_str(&format!("  {}\n  help: {}\n", problem.message, problem.help));
    }
    rendered
}

pub(crate) fn codes(problems: &[Problem]) -> Vec<Code> {
    problems.iter().map(|problem| problem.code).collect()
}

pub(crate) fn ids(library: &Library) -> Vec<&str> {
    library.trees.iter().map(|tree| tree.id.as_str()).collect()
}

pub(crate) fn library_of(directories: &[&Path]) -> Library {
    let mut library = Library::default();
    for directory in directories {
        library.add_directory(directory, true);
    }
    library
}

/// Where the fixtures of all tests are.
pub(crate) fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}

/// The sound tree that the fixtures change.
pub(crate) fn lamp() -> Folder {
    read_folder(&fixtures().join("lamp"), "lamp")
}

pub(crate) fn read_folder(path: &Path, name: &str) -> Folder {
    let mut files = Vec::new();
    collect(path, path, &mut files);
    files.sort_by(|one: &SourceFile, other| one.name.cmp(&other.name));
    for file in &mut files {
        file.path = format!("{name}/{}", file.name);
    }
    Folder { name: name.to_owned(), origin: name.to_owned(), files }
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<SourceFile>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
            continue;
        }
        let parts = path.strip_prefix(root).unwrap().iter().map(|part| part.to_str().unwrap());
        let name = parts.collect::<Vec<_>>().join("/");
        files.push(SourceFile { path: name.clone(), name, content: Ok(Cow::Owned(fs::read(&path).unwrap())) });
    }
}

/// Gives a file of the folder other bytes, or adds it.
pub(crate) fn put(folder: &mut Folder, name: &str, bytes: impl AsRef<[u8]>) {
    set(folder, name, Ok(Cow::Owned(bytes.as_ref().to_vec())));
}

pub(crate) fn set(folder: &mut Folder, name: &str, content: Result<Cow<'static, [u8]>, String>) {
    folder.files.retain(|file| file.name != name);
    let path = format!("{}/{name}", folder.name);
    folder.files.push(SourceFile { name: name.to_owned(), path, content });
    folder.files.sort_by(|one, other| one.name.cmp(&other.name));
}

/// Replaces a text that stands once in a file.
pub(crate) fn edit(folder: &mut Folder, name: &str, old: &str, new: &str) {
    let file = folder.files.iter().find(|file| file.name == name).unwrap();
    let text = String::from_utf8(file.content.clone().unwrap().into_owned()).unwrap();
    assert_eq!(text.matches(old).count(), 1, "{old}");
    put(folder, name, text.replace(old, new));
}

/// Writes the folder to disk.
pub(crate) fn write(path: &Path, folder: &Folder) {
    for file in &folder.files {
        let to = path.join(&file.name);
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        fs::write(to, file.content.as_ref().unwrap()).unwrap();
    }
}
