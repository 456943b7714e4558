//! Compiles the trees in `decision_trees/` into the program.
//!
//! Every folder with a `tree.json` is loaded by the program's own loader. A problem in a tree fails the build, with its
//! place. The generated file `trees.rs` is a slice of `CompiledTree` that `store` includes, `version.txt` the text of
//! `--version`, `words.txt` the words of all cards, `postings.bin` the cards of each word. A new tree is a new folder;
//! nothing else in the repository needs an edit. The log formats and words that belong to no tree are compiled into
//! `shared.bin`.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use internals::{text, tree, words};
use tree::{Folder, SourceFile};

#[expect(dead_code, unreachable_pub, unused_imports, reason = "compiling uses a part of these rooms")]
#[path = "src"]
mod internals {
    pub mod text;
    pub mod tree;
    pub mod words;
}

/// Names another folder of trees to compile.
///
/// For a program with a team's own trees inside.
const TREES: &str = "WHEREFORE_TREES";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-env-changed={TREES}");
    let root = match env::var_os(TREES) {
        Some(folder) => PathBuf::from(folder),
        None => PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("decision_trees"),
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed={}", root.display());
    let shared = shared(&root)?;
    let (shared, found) = tree::load_shared(&shared);
    let mut problems = reported(&found);
    fs::write(out.join("shared.bin"), tree::compiled::write_shared(&shared)?)?;
    fs::write(out.join("synonyms.bin"), words::compiled::write_synonyms(&shared.vocabulary.synonyms)?)?;
    let mut trees = Vec::new();
    for path in entries(&root)?.into_iter().filter(|path| path.join("tree.json").is_file()) {
        let folder = folder(&path, &root)?;
        let loaded = tree::load(&folder);
        problems += reported(&loaded.problems);
        let hash = tree::TreeHash::new(tree::fingerprint(&folder), &shared.hash());
        trees.extend(loaded.tree.map(|tree| (words::compiled::split(&tree), tree, hash)));
    }
    let mut numbers: BTreeMap<&str, u32> =
        trees.iter().flat_map(|(cards, ..)| words::compiled::words_of(cards)).map(|word| (word, 0)).collect();
    numbers.values_mut().zip(0..).for_each(|(number, at)| *number = at);
    let (list, ends) = words::WordList::write(numbers.keys().copied());
    fs::write(out.join("words.txt"), list)?;
    fs::write(out.join("words.ends.bin"), ends)?;
    let numbered = |cards| words::compiled::number(cards, |word| numbers.get(word).copied().unwrap_or_default());
    let numbered: Vec<_> = trees.iter().map(|(cards, ..)| numbered(cards)).collect();
    let (postings, entries) = words::Postings::write(numbered.iter().flatten().map(|(_, words)| words), numbers.len());
    fs::write(out.join("postings.bin"), postings)?;
    fs::write(out.join("postings.entries.bin"), entries)?;
    let mut table = String::from("&[\n");
    let mut first_card = 0;
    let mut version = env::var("CARGO_PKG_VERSION")?;
    for ((_, tree, hash), cards) in trees.iter().zip(&numbered) {
        let write = |what: &str, bytes: Vec<u8>| {
            let path = out.join(format!("{}.{what}.bin", tree.id));
            fs::write(&path, bytes).map(|()| format!("include_bytes!({:?})", path.display().to_string()))
        };
        write!(version, "\n{} {}", tree.id, tree::hash::short(&hash.all))?;
        writeln!(
            table,
            "    CompiledTree {{ id: {:?}, title: {:?}, about: {:?}, cards: {}, questions: {}, hash: {:?}, content: {}, \
             formats: {}, words: CompiledWords {{ numbers: {}, synonyms: {}, list: WORD_LIST, ends: WORD_ENDS, \
             shared_synonyms: SHARED_SYNONYMS, postings: POSTINGS, entries: POSTING_ENTRIES, first_card: {first_card} }} }},",
            tree.id,
            tree.title,
            tree.about,
            tree.card_count,
            tree.question_count,
            hash.folder,
            write("content", tree::compiled::write(tree)?)?,
            write("formats", tree::compiled::write_formats(&tree.own_formats)?)?,
            write("words", words::compiled::write(cards)?)?,
            write("synonyms", words::compiled::write_synonyms(&tree.synonyms)?)?,
        )?;
        first_card += cards.len();
    }
    table.push_str("]\n");
    fs::write(out.join("trees.rs"), table)?;
    fs::write(out.join("version.txt"), version)?;
    match problems {
        0 => Ok(()),
        _ => Err(format!("{} in decision_trees/", text::count(problems, "problem", "problems")).into()),
    }
}

/// Reads the JSON files of a folder below `root`.
fn folder(path: &Path, root: &Path) -> io::Result<Folder> {
    let mut folder = Folder { name: name(path, root), origin: "embedded".to_owned(), files: Vec::new() };
    collect(path, path, root, &mut folder.files)?;
    Ok(folder)
}

/// Reads the files that belong to no tree.
fn shared(root: &Path) -> io::Result<Folder> {
    let mut shared = Folder { name: String::new(), origin: "embedded".to_owned(), files: Vec::new() };
    let formats = root.join(tree::shared::FORMATS);
    if formats.is_dir() && !formats.join("tree.json").is_file() {
        collect(&formats, root, root, &mut shared.files)?;
    }
    let vocabulary = root.join(tree::shared::VOCABULARY);
    if vocabulary.is_file() {
        shared.files.push(file(&vocabulary, root, root)?);
    }
    Ok(shared)
}

/// Prints problems for cargo, and returns their number.
fn reported(problems: &[tree::Problem]) -> usize {
    for problem in problems {
        println!("cargo::error={}", described(problem));
    }
    problems.len()
}

/// Returns a problem as `path:line:column: message (help)`.
fn described(problem: &tree::Problem) -> String {
    let place = problem.place.as_ref().map(|place| format!("{}:{}:", place.line, place.column)).unwrap_or_default();
    format!("{}:{place} {} ({}; {})", problem.path, problem.message, problem.code.name(), problem.help)
}

/// Adds the JSON files below a folder, sorted by name.
fn collect(folder: &Path, tree: &Path, root: &Path, files: &mut Vec<SourceFile>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for path in entries(folder)? {
        if path.is_dir() {
            collect(&path, tree, root, files)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(file(&path, tree, root)?);
        }
    }
    Ok(())
}

/// Reads a file of the folder `tree`.
fn file(path: &Path, tree: &Path, root: &Path) -> io::Result<SourceFile> {
    println!("cargo::rerun-if-changed={}", path.display());
    Ok(SourceFile {
        name: name(path, tree),
        path: format!("decision_trees/{}", name(path, root)),
        content: Ok(Cow::Owned(fs::read(path)?)),
    })
}

/// Returns the paths in a folder, sorted.
fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// Returns the path relative to `below`, with `/` on every system.
fn name(path: &Path, below: &Path) -> String {
    let parts = path.strip_prefix(below).unwrap_or(path).iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
