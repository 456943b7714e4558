//! Tests the rules for comments that a program can check.
//!
//! CONTRIBUTING.md has all rules.

use std::fs;
use std::path::Path;

use syn::spanned::Spanned;
use syn::{Attribute, Expr, Fields, ImplItem, Item, Lit, Meta, TraitItem};

use super::{is_test, modules};

/// Words that no comment begins with: they hide what it is about.
const BANNED: &[&str] = &["What", "Whoever", "Who", "Nobody", "That", "So", "Of", "The same"];

/// Derives that turn comments into help texts.
const HELP_DERIVES: &[&str] = &["Args", "Parser", "Subcommand", "ValueEnum"];

/// Words of the longest first sentence.
const LONGEST: usize = 12;

/// A documented item: its name, its documentation, and whether it is a function.
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

/// Returns whether the comments of a type are texts that users see: the help of the command line.
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
        Item::Mod(item) if !is_test(&item.attrs) => {
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

#[test]
fn comments_keep_the_rules() {
    let mut said = Vec::new();
    for module in modules().into_values() {
        let mut found = Vec::new();
        add("file", &module.syntax.attrs, &mut found);
        module.syntax.items.iter().for_each(|item| add_item(item, &mut found));
        for comment in found {
            for rule in broken(&comment.name, &comment.text) {
                said.push(format!(
                    "src/{}:{}: {}: {rule}: {}",
                    module.file,
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
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut said = Vec::new();
    for module in modules().into_values() {
        let text = fs::read_to_string(source.join(&module.file)).unwrap();
        for (number, line) in (1..).zip(text.lines()) {
            // The documentation of the command line is its help.
            let line = line.trim_start();
            let is_help = module.file.starts_with("cli") && line.starts_with("///");
            let comment = line.strip_prefix("//").map(|comment| comment.trim_start_matches(['/', '!']).trim_start());
            if let Some(comment) = comment.filter(|_| !is_help)
                && let Some(word) = banned(comment)
            {
                said.push(format!("src/{}:{number}: begins with {word:?}: {comment}", module.file));
            }
        }
    }
    assert!(said.is_empty(), "{} comments\n{}", said.len(), said.join("\n"));
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
