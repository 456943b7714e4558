//! Writes down every file of `decision_trees/` so that the program carries them all: a new tree is a new folder, and
//! nothing else in the repository is edited. Takes the texts that are searched apart into words, so that the program need
//! not do it at its first search.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

use serde_json::Value;

#[path = "src/lookup/split.rs"]
mod split;

/// The members of cards and trees whose texts are searched. One that is missing here is taken apart at the first search.
const SEARCHED: &[&str] =
    &["title", "about", "also_called", "symptoms", "sign", "text", "documented", "do", "synonyms"];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("decision_trees");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed={}", root.display());
    println!("cargo::rerun-if-changed=src/lookup/split.rs");
    let mut code = String::from("&[\n");
    let mut prepared = Prepared::default();
    for tree in entries(&root)?.into_iter().filter(|path| path.is_dir()) {
        let mut files = Vec::new();
        collect(&tree, &mut files)?;
        let _ = writeln!(code, "    ({:?}, &[", name(&tree, &root));
        for file in files {
            let _ =
                writeln!(code, "        ({:?}, include_bytes!({:?})),", name(&file, &tree), file.display().to_string());
            // What cannot be read is a problem of the tree, and found by its check.
            if let Ok(content) = serde_json::from_slice(&fs::read(&file)?) {
                prepared.take_in("", &content);
            }
        }
        code.push_str("    ]),\n");
    }
    code.push_str("]\n");
    fs::write(out.join("trees.rs"), code)?;
    fs::write(out.join("words.rs"), prepared.code())
}

/// Texts, each taken apart.
#[derive(Default)]
struct Prepared {
    words: Vec<String>,
    known: BTreeMap<String, usize>,
    /// By their keys, the words of texts as positions in `words`.
    texts: BTreeMap<u64, Vec<usize>>,
}

impl Prepared {
    fn take_in(&mut self, name: &str, value: &Value) {
        match value {
            Value::Object(object) => object.iter().for_each(|(name, value)| self.take_in(name, value)),
            Value::Array(elements) => elements.iter().for_each(|element| self.take_in(name, element)),
            Value::String(text) if SEARCHED.contains(&name) => {
                self.text(text);
                self.text(split::first_sentence(text));
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let mut found = Vec::new();
        split::each_word(text, &mut String::new(), |word, _, _, _| {
            let at = *self.known.entry(word.to_owned()).or_insert_with(|| {
                self.words.push(word.to_owned());
                self.words.len() - 1
            });
            found.push(at);
        });
        self.texts.insert(split::text_key(text), found);
    }

    /// What `lookup/prepared.rs` includes.
    fn code(&self) -> String {
        let mut ends = 0;
        let texts = self.texts.iter().map(|(key, found)| {
            ends += found.len();
            (*key, ends)
        });
        let texts: Vec<(u64, usize)> = texts.collect();
        let sequences: Vec<usize> = self.texts.values().flatten().copied().collect();
        // As many beginnings of keys as there are texts, about: then hardly any two share one.
        let bits = texts.len().max(2).ilog2();
        let starts =
            (0..1_u64 << bits).map(|beginning| texts.partition_point(|(key, _)| key >> (64 - bits) < beginning));
        let starts: Vec<usize> = starts.collect();
        let words = &self.words;
        format!(
            "Prepared {{ words: &{words:?}, texts: &{texts:?}, bits: {bits}, starts: &{starts:?}, \
             sequences: &{sequences:?} }}\n"
        )
    }
}

/// The JSON files below a folder, in the order of their names.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for path in entries(folder)? {
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    Ok(())
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// The path below a folder, with `/` on every system.
fn name(path: &Path, below: &Path) -> String {
    let parts = path.strip_prefix(below).unwrap_or(path).iter().map(|part| part.to_string_lossy());
    parts.collect::<Vec<_>>().join("/")
}
