//! Writes down every file of `decision_trees/` so that the program carries them all: a new tree is a new folder, and
//! nothing else in the repository is edited.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("decision_trees");
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
    fs::write(PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("trees.rs"), code)
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
