//! Tests that no files import from each other in a circle.
//!
//! Parents and children are included. A file imports from another if it names one of its items, in a `use` or in a longer
//! path. A name that a module re-exports counts for the file that defines it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Item, UseTree};

use super::{Modules, is_test, modules};

type Place = Vec<String>;

/// A name that a `use` brings into a module.
struct Import {
    name: String,
    path: Place,
}

/// The imports of each module, and its longer paths.
struct House {
    modules: Modules,
    imports: BTreeMap<Place, Vec<Import>>,
}

impl House {
    fn new(modules: Modules) -> Self {
        let imports = modules
            .iter()
            .map(|(place, module)| {
                let mut found = Vec::new();
                for item in &module.syntax.items {
                    if let Item::Use(item) = item
                        && !is_test(&item.attrs)
                    {
                        add_imports(&item.tree, &mut Vec::new(), &mut found);
                    }
                }
                (place.clone(), found)
            })
            .collect();
        Self { modules, imports }
    }

    /// Returns the module of this crate that defines a path's last name.
    fn resolve(&self, from: &Place, path: &[String], depth: usize) -> Option<Place> {
        let (first, mut rest) = path.split_first()?;
        let mut at = match first.as_str() {
            "crate" => Vec::new(),
            "self" => from.clone(),
            "super" => from[..from.len().checked_sub(1)?].to_vec(),
            name => {
                let child = [from.as_slice(), &[name.to_owned()]].concat();
                if self.modules.contains_key(&child) {
                    child
                } else {
                    let import = self.imports[from].iter().find(|import| import.name == name)?;
                    if depth == 0 || import.path.first().is_some_and(|first| first == name) {
                        return None;
                    }
                    // A path through an imported module.
                    let module = self.resolve(from, &import.path, depth - 1)?;
                    if module.last() != import.path.last() {
                        return Some(module);
                    }
                    module
                }
            }
        };
        while let Some((name, after)) = rest.split_first() {
            if name == "super" {
                at.pop()?;
            } else {
                let child = [at.as_slice(), std::slice::from_ref(name)].concat();
                if !self.modules.contains_key(&child) {
                    let through = self.imports[&at].iter().find(|import| import.name == *name);
                    return match through {
                        Some(import) if depth > 0 => self.resolve(&at, &import.path, depth - 1),
                        _ => Some(at),
                    };
                }
                at = child;
            }
            rest = after;
        }
        Some(at)
    }

    /// Returns the modules that each module imports from.
    ///
    /// Each comes with one of the paths that import it.
    fn edges(&self) -> BTreeMap<Place, BTreeMap<Place, String>> {
        let mut edges = BTreeMap::new();
        for (place, module) in &self.modules {
            let mut paths: Vec<Place> = self.imports[place].iter().map(|import| import.path.clone()).collect();
            for item in module.syntax.items.iter().filter(|item| !is_test_item(item)) {
                if !matches!(item, Item::Use(_)) {
                    add_paths(item.to_token_stream(), &mut paths);
                }
            }
            let mut targets = BTreeMap::new();
            for path in paths {
                if let Some(target) = self.resolve(place, &path, 8).filter(|target| target != place) {
                    targets.entry(target).or_insert_with(|| path.join("::"));
                }
            }
            edges.insert(place.clone(), targets);
        }
        edges
    }
}

fn is_test_item(item: &Item) -> bool {
    match item {
        Item::Mod(item) => is_test(&item.attrs),
        Item::Fn(item) => is_test(&item.attrs),
        Item::Impl(item) => is_test(&item.attrs),
        Item::Const(item) => is_test(&item.attrs),
        _ => false,
    }
}

fn add_imports(tree: &UseTree, path: &mut Place, imports: &mut Vec<Import>) {
    match tree {
        UseTree::Path(part) => {
            path.push(part.ident.to_string());
            add_imports(&part.tree, path, imports);
            path.pop();
        }
        UseTree::Group(group) => group.items.iter().for_each(|tree| add_imports(tree, path, imports)),
        UseTree::Name(name) if name.ident == "self" => {
            let name = path.last().cloned().unwrap_or_default();
            imports.push(Import { name, path: path.clone() });
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            imports.push(Import { path: [path.as_slice(), std::slice::from_ref(&name)].concat(), name });
        }
        UseTree::Rename(rename) => {
            let path = [path.as_slice(), &[rename.ident.to_string()]].concat();
            imports.push(Import { name: rename.rename.to_string(), path });
        }
        UseTree::Glob(_) => imports.push(Import { name: "*".to_owned(), path: path.clone() }),
    }
}

/// Adds the paths of at least two names in a text.
fn add_paths(tokens: TokenStream, paths: &mut Vec<Place>) {
    let mut path: Place = Vec::new();
    let mut colons = 0;
    let mut end = |path: &mut Place| {
        if path.len() > 1 {
            paths.push(std::mem::take(path));
        }
        path.clear();
    };
    let mut groups = Vec::new();
    let mut is_after_pub = false;
    for token in tokens {
        let is_visibility = std::mem::replace(&mut is_after_pub, false) && matches!(token, TokenTree::Group(_));
        if is_visibility {
            continue;
        }
        is_after_pub = matches!(&token, TokenTree::Ident(name) if name == "pub");
        match token {
            TokenTree::Ident(name) => {
                if colons != 2 {
                    end(&mut path);
                }
                path.push(name.to_string());
                colons = 0;
            }
            TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
            other => {
                end(&mut path);
                colons = 0;
                if let TokenTree::Group(group) = other {
                    groups.push(group.stream());
                }
            }
        }
    }
    end(&mut path);
    groups.into_iter().for_each(|group| add_paths(group, paths));
}

/// Returns the groups of places that reach each other.
fn circles(edges: &BTreeMap<Place, BTreeMap<Place, String>>) -> BTreeSet<BTreeSet<Place>> {
    let reach: BTreeMap<&Place, BTreeSet<&Place>> = edges
        .keys()
        .map(|start| {
            let (mut seen, mut next) = (BTreeSet::new(), vec![start]);
            while let Some(place) = next.pop() {
                for target in edges.get(place).into_iter().flat_map(BTreeMap::keys) {
                    if seen.insert(target) {
                        next.push(target);
                    }
                }
            }
            (start, seen)
        })
        .collect();
    let in_circles = edges.keys().filter(|place| reach[place].contains(place));
    in_circles
        .map(|place| {
            let others = reach[place].iter().filter(|other| reach[**other].contains(place));
            others.map(|other| (*other).clone()).collect()
        })
        .collect()
}

#[test]
fn no_files_import_from_each_other_in_a_circle() {
    let house = House::new(modules());
    let edges = house.edges();
    let mut said = String::new();
    for circle in circles(&edges) {
        said += "\n\na circle:";
        for (from, to, path) in circle.iter().flat_map(|from| {
            let targets = edges[from].iter().filter(|(to, _)| circle.contains(*to));
            targets.map(move |(to, path)| (from, to, path))
        }) {
            said += &format!("\n  {} imports {path} from {}", house.modules[from].file, house.modules[to].file);
        }
    }
    assert!(said.is_empty(), "{said}");
}

#[test]
fn imports_are_found_through_re_exports_and_in_paths() {
    let source = |files: &[(&str, &str)]| {
        let modules = files.iter().map(|(file, text)| {
            let place = file.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
            (place, super::Module { file: (*file).to_owned(), syntax: syn::parse_file(text).unwrap() })
        });
        House::new(modules.collect())
    };
    let in_circles = |files: &[(&str, &str)]| -> Vec<Vec<String>> {
        let circles = circles(&source(files).edges());
        circles.into_iter().map(|circle| circle.into_iter().map(|place| place.join("/")).collect()).collect()
    };
    let none: Vec<Vec<String>> = Vec::new();
    // A parent that names a function of its child, and the child a type of the parent.
    let parent = ("a", "mod b; struct A; fn f() { b::g() }");
    assert_eq!(in_circles(&[("", ""), parent, ("a/b", "use super::A;")]), [["a", "a/b"]]);
    assert_eq!(in_circles(&[("", ""), parent, ("a/b", "#[cfg(test)] mod tests { use super::super::A; }")]), none);
    // A type that the parent re-exports from another child.
    let parent = ("a", "mod b; mod c; pub use c::C; fn f() { b::g() }");
    assert_eq!(in_circles(&[("", ""), parent, ("a/b", "use super::C;"), ("a/c", "")]), none);
    assert_eq!(
        in_circles(&[("", ""), parent, ("a/b", "use crate::a::C;"), ("a/c", "use super::b;")]),
        [["a/b", "a/c"]]
    );
    // A path through an imported module.
    let files = [("", ""), ("a", "use crate::b; fn f() { b::g() }"), ("b", "fn g() { crate::a::f() }")];
    assert_eq!(in_circles(&files), [["a", "b"]]);
}
