//! Tests the source text: imports, names, comments.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

#[cfg(test)]
mod comments;
#[cfg(test)]
mod english;
#[cfg(test)]
mod import_circles;
#[cfg(test)]
mod names;

/// A module of the crate that has a file of its own.
struct Module {
    /// Path of the file below `src`.
    file: String,
    syntax: syn::File,
}

/// Modules by their path; the library itself is the empty path.
type Modules = BTreeMap<Vec<String>, Module>;

/// Parses every file of the library.
fn modules() -> Modules {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut modules = BTreeMap::new();
    add_folder(&source, &source, &mut modules);
    modules
}

fn add_folder(source: &Path, folder: &Path, modules: &mut Modules) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let file = path.strip_prefix(source).unwrap().to_string_lossy().replace('\\', "/");
        if path.is_dir() {
            add_folder(source, &path, modules);
        } else if let Some(name) = file.strip_suffix(".rs").filter(|name| *name != "main" && !name.ends_with("/tests"))
        {
            let place = name.split('/').filter(|name| *name != "lib").map(str::to_owned).collect();
            let syntax = syn::parse_file(&fs::read_to_string(&path).unwrap()).unwrap();
            modules.insert(place, Module { file, syntax });
        }
    }
}

/// Returns whether an item is compiled for tests alone.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let syn::Meta::List(list) = &attribute.meta else { return false };
        list.path.is_ident("cfg") && list.tokens.to_string() == "test"
    })
}
