//! Lists every file of `decision_trees/` in Rust code that includes its bytes.
//!
//! A new tree is a new folder below `decision_trees/`; nothing else in the repository needs an edit. The generated file
//! `trees.rs` is a slice of `(folder, [(file, bytes)])` that `store` includes.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("decision_trees");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    println!("cargo::rerun-if-changed={}", root.display());
    let mut code = String::from("&[\n");
    for tree in entries(&root)?.into_iter().filter(|path| path.is_dir()) {
        let mut files = Vec::new();
        collect(&tree, &mut files)?;
        let _ = writeln!(code, "    ({:?}, &[", name(&tree, &root));
        for file in files {
            let _ =
                writeln!(code, "        ({:?}, include_bytes!({:?})),", name(&file, &tree), file.display().to_string());
        }
        code.push_str("    ]),\n");
    }
    code.push_str("]\n");
    fs::write(out.join("trees.rs"), code)
}

/// Adds the JSON files below a folder, sorted by name.
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
