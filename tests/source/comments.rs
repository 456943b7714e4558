//! Tests the rules for comments that a program can check.
//!
//! CONTRIBUTING.md has all rules.

use std::fs;
use std::path::Path;

use syn::spanned::Spanned;
use syn::{Attribute, Expr, Fields, ImplItem, Item, Lit, Meta, TraitItem};

/// Words that no comment begins with: they hide what it is about.
const BANNED: &[&str] = &["What", "Whoever", "Who", "Nobody", "That", "So", "Of", "The same"];

/// Derives that turn comments into help texts.
const HELP_DERIVES: &[&str] = &["Args", "Parser", "Subcommand", "ValueEnum"];

/// Words of the longest first sentence.
const LONGEST: usize = 12;

/// A documented item: its name, its line and its documentation.
struct Documented {
    name: String,
    line: usize,
    text: String,
}

fn text(attributes: &[Attribute]) -> Option<(usize, String)> {
    let mut lines = Vec::new();
    let mut first = None;
    for attribute in attributes {
        if let Meta::NameValue(pair) = &attribute.meta
            && pair.path.is_ident("doc")
            && let Expr::Lit(literal) = &pair.value
            && let Lit::Str(line) = &literal.lit
        {
            first.get_or_insert(attribute.span().start().line);
            lines.push(line.value().trim().to_owned());
        }
    }
    first.map(|line| (line, lines.join("\n")))
}

fn add(name: impl ToString, attributes: &[Attribute], found: &mut Vec<Documented>) {
    if let Some((line, text)) = text(attributes) {
        found.push(Documented { name: name.to_string(), line, text });
    }
}

fn add_fields(fields: &Fields, found: &mut Vec<Documented>) {
    for field in fields {
        add(field.ident.as_ref().map_or("field".to_owned(), ToString::to_string), &field.attrs, found);
    }
}

/// Returns whether a type's comments are the command line's help.
fn is_help(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let Meta::List(list) = &attribute.meta else { return false };
        let derived = list.tokens.to_string();
        list.path.is_ident("derive")
            && HELP_DERIVES.iter().any(|name| derived.split(|c: char| !c.is_alphanumeric()).any(|it| it == *name))
    })
}

fn add_item(item: &Item, found: &mut Vec<Documented>) {
    match item {
        Item::Struct(item) if is_help(&item.attrs) => {}
        Item::Enum(item) if is_help(&item.attrs) => {}
        Item::Const(item) => add(&item.ident, &item.attrs, found),
        Item::Static(item) => add(&item.ident, &item.attrs, found),
        Item::Fn(item) => add(&item.sig.ident, &item.attrs, found),
        Item::Type(item) => add(&item.ident, &item.attrs, found),
        Item::Struct(item) => {
            add(&item.ident, &item.attrs, found);
            add_fields(&item.fields, found);
        }
        Item::Enum(item) => {
            add(&item.ident, &item.attrs, found);
            for variant in &item.variants {
                add(&variant.ident, &variant.attrs, found);
                add_fields(&variant.fields, found);
            }
        }
        Item::Impl(item) => {
            for item in &item.items {
                match item {
                    ImplItem::Fn(item) => add(&item.sig.ident, &item.attrs, found),
                    ImplItem::Const(item) => add(&item.ident, &item.attrs, found),
                    _ => {}
                }
            }
        }
        Item::Trait(item) => {
            add(&item.ident, &item.attrs, found);
            for item in &item.items {
                if let TraitItem::Fn(item) = item {
                    add(&item.sig.ident, &item.attrs, found);
                }
            }
        }
        Item::Mod(item) => {
            add(&item.ident, &item.attrs, found);
            item.content.iter().flat_map(|(_, items)| items).for_each(|item| add_item(item, found));
        }
        _ => {}
    }
}

/// Returns the first sentence of a text.
fn first_sentence(text: &str) -> String {
    let paragraph = text.split("\n\n").next().unwrap_or_default().replace('\n', " ");
    let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
    paragraph[..end].to_owned()
}

/// Returns the banned word that a text begins with.
fn banned(text: &str) -> Option<&'static str> {
    let begins_with = |word: &&&str| text.strip_prefix(**word).is_some_and(|rest| rest.starts_with(' '));
    BANNED.iter().find(begins_with).copied()
}

/// Returns the rules that a comment on an item breaks.
fn broken(name: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    let sentence = first_sentence(text);
    if let Some(word) = banned(&sentence) {
        broken.push(format!("begins with {word:?}"));
    }
    let words = sentence.split_whitespace().count();
    if words > LONGEST {
        broken.push(format!("the first sentence has {words} words"));
    }
    let plain = |text: &str| text.to_lowercase().replace(['_', '-'], " ");
    let said = plain(sentence.trim_end_matches('.'));
    let said = ["the ", "a ", "an ", "its ", "returns the ", "returns "]
        .iter()
        .fold(said.as_str(), |said, article| said.strip_prefix(article).unwrap_or(said));
    if said == plain(&snake(name)) {
        broken.push("repeats the name".to_owned());
    }
    broken
}

/// Writes a name in lower case with underscores.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    let mut before = '_';
    for character in name.chars() {
        if character.is_uppercase() && before.is_lowercase() {
            snake.push('_');
        }
        snake.extend(character.to_lowercase());
        before = character;
    }
    snake
}

/// A file of Rust, by its path in the repository.
struct SourceText {
    path: String,
    text: String,
}

/// Returns every file of Rust in the repository.
fn source_texts() -> Vec<SourceText> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = Vec::new();
    let mut paths: Vec<_> =
        ["build.rs", "src", "tests", "benches", "examples", "fuzz/fuzz_targets"].map(|name| root.join(name)).into();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            texts
                .push(SourceText { path: path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/"), text });
        }
    }
    texts.sort_by(|one, other| one.path.cmp(&other.path));
    texts
}

#[test]
fn comments_keep_the_rules() {
    let mut said = Vec::new();
    for SourceText { path, text } in source_texts() {
        let syntax = syn::parse_file(&text).unwrap();
        let mut found = Vec::new();
        add("file", &syntax.attrs, &mut found);
        syntax.items.iter().for_each(|item| add_item(item, &mut found));
        for comment in found {
            for rule in broken(&comment.name, &comment.text) {
                said.push(format!(
                    "{path}:{}: {}: {rule}: {}",
                    comment.line,
                    comment.name,
                    first_sentence(&comment.text)
                ));
            }
        }
    }
    assert!(said.is_empty(), "{} comments\n{}", said.len(), said.join("\n"));
}

#[test]
fn no_line_of_a_comment_begins_with_a_banned_word() {
    let mut said = Vec::new();
    for SourceText { path, text } in source_texts() {
        for (number, line) in (1..).zip(text.lines()) {
            // The documentation of the command line is its help.
            let line = line.trim_start();
            let is_help = path.starts_with("src/cli") && line.starts_with("///");
            let comment = line.strip_prefix("//").map(|comment| comment.trim_start_matches(['/', '!']).trim_start());
            if let Some(comment) = comment.filter(|_| !is_help)
                && let Some(word) = banned(comment)
            {
                said.push(format!("{path}:{number}: begins with {word:?}: {comment}"));
            }
        }
    }
    assert!(said.is_empty(), "{} comments\n{}", said.len(), said.join("\n"));
}

#[test]
fn every_folder_of_rust_is_read() {
    let texts = source_texts();
    for path in ["build.rs", "src/lib.rs", "tests/source/comments.rs", "benches/diagnose.rs", "examples/keys.rs"] {
        assert!(texts.iter().any(|text| text.path == path), "{path}");
    }
    assert!(texts.iter().any(|text| text.path.starts_with("fuzz/")));
}

#[test]
fn broken_rules_are_found() {
    for (name, text, expected) in [
        ("f", "Returns the position of a byte.", 0),
        ("f", "What is found.", 1),
        ("f", "Sofar is a name.", 0),
        ("tree", "The tree.", 1),
        ("LineKind", "A line kind.", 1),
        ("f", "One two three four five six seven eight nine ten eleven twelve.\n\nMore words here.", 0),
        ("f", "One two three four five six seven eight nine ten eleven twelve thirteen. More.", 1),
    ] {
        assert_eq!(broken(name, text).len(), expected, "{name}: {text}");
    }
}
