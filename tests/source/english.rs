//! Tests that strings of the program keep to plain English.
//!
//! `CONTRIBUTING.md` has the rules for texts; `tests/card_texts.rs` tests the texts of trees.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use regex::Regex;
use syn::{Item, Lit};

use super::{Module, is_test, modules};

/// Rooms whose strings people read.
const ROOMS: &[&str] = &[
    "app", "cli", "drill", "evidence", "export", "prove", "segment", "session", "store", "text", "tree", "tui", "walk",
];

/// Expressions that no string contains, each with a better one.
///
/// They are British spellings, words that compete with a standard term, and constructions of other languages.
const BANNED: &[(&str, &str)] = &[
    (r"time-outs?", "timeout"),
    (r"[45]nn", "5xx"),
    (r"mend(s|ed|ing)?|cure[sd]?", "fix"),
    (r"knock(s|ed|ing)?", "test"),
    (r"heed(s|ed|ing)?", "honor"),
    (r"admit(s|ted|ting)?|let(s|ting)? in", "allow"),
    (r"mostly", "usually"),
    (r"seldom", "rarely"),
    (r"honest(ly)?|odd(ly)?|sound(er)?", "normal, unusual, valid"),
    (r"ceiling", "limit"),
    (r"hand(s|ed|ing)? (it )?(on|over)", "escalate"),
    (r"beforehand", "in advance"),
    (r"anew", "again"),
    (r"(put|take|taken|takes) (it |that )?back", "restore, remove, undo"),
    (r"take[sn]? in", "import"),
    (r"switch(es|ed)? (it )?(on|off)", "enable, disable"),
    (r"whoever|somebody|nobody", "a named subject"),
    (r"exclude[ds]? (each other|by)", "contradict, ruled out by"),
    (r"tells? (most|more)", "most useful"),
    (r"stands? (in|there|above)", "is in"),
    (r"means nothing", "is not a command"),
    (r"(it|this|that|which|date|name) is no [a-z]+", "is not a"),
    (r"called so|told from it|filled in so", "has that name"),
    (r"the same works|all the same", "still"),
    (r"goe?s? on (with|from|all)|going on", "continue"),
    (r"asks? (the|a) (machine|backend|server)", "send a request to"),
    (r"in hand|at hand", "current"),
    (
        r"(recognis|organis|normalis|optimis|initialis|authoris|serialis)\w+|practise[sd]?|practising",
        "American spelling",
    ),
    (r"analyse[sd]?|(colour|honour|behaviour|favour)\w*|centres?|licence|cancelled|catalogue", "American spelling"),
];

/// Strings that are data of others, not sentences of the program.
const DATA: &[&str] = &[
    // Old names that are still read.
    "practise",
    "recognise",
];

/// A string with the file that it is in.
struct SourceString {
    file: String,
    text: String,
}

/// Returns every string of a room that is compiled into the program.
///
/// The documentation of the command line is its help.
fn strings() -> Vec<SourceString> {
    let mut strings = Vec::new();
    for (place, Module { file, syntax }) in modules() {
        let room = place.first().map_or("", String::as_str);
        if ROOMS.contains(&room) && !is_compiled_for_tests(&file) {
            let items = syntax.items.iter().filter(|item| !is_for_tests(item));
            for item in items {
                add_strings(item.to_token_stream(), room == "cli", &mut |text| {
                    strings.push(SourceString { file: file.clone(), text });
                });
            }
        }
    }
    strings
}

fn is_compiled_for_tests(file: &str) -> bool {
    file.ends_with("/tests.rs") || file.contains("/tests/")
}

fn is_for_tests(item: &Item) -> bool {
    match item {
        Item::Mod(item) => is_test(&item.attrs),
        Item::Fn(item) => is_test(&item.attrs),
        _ => false,
    }
}

fn add_strings(tokens: TokenStream, with_comments: bool, found: &mut dyn FnMut(String)) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            // An attribute with documentation: `#[doc = "…"]`.
            TokenTree::Punct(mark) if mark.as_char() == '#' && !with_comments => {
                let is_comment = |token: &TokenTree| match token {
                    TokenTree::Group(group) => group.stream().to_string().starts_with("doc"),
                    _ => false,
                };
                tokens.next_if(is_comment);
            }
            TokenTree::Group(group) => add_strings(group.stream(), with_comments, found),
            TokenTree::Literal(literal) => {
                if let Lit::Str(text) = Lit::new(literal) {
                    found(text.value());
                }
            }
            TokenTree::Punct(_) | TokenTree::Ident(_) => {}
        }
    }
}

/// Returns what in a text a rule forbids, with what to write.
fn slip(rules: &[(Regex, &'static str)], text: &str) -> Option<(String, &'static str)> {
    rules.iter().find_map(|(rule, better)| Some((rule.find(text)?.as_str().to_owned(), *better)))
}

fn rules() -> Vec<(Regex, &'static str)> {
    BANNED.iter().map(|(rule, better)| (Regex::new(&format!(r"(?i)\b({rule})\b")).unwrap(), *better)).collect()
}

#[test]
fn strings_keep_to_plain_english() {
    let rules = rules();
    let strings = strings();
    assert!(strings.len() > 2_000, "only {} strings were read", strings.len());
    let wrong: Vec<_> = strings
        .iter()
        .filter(|string| !DATA.contains(&string.text.as_str()))
        .filter_map(|SourceString { file, text }| {
            let (found, better) = slip(&rules, text)?;
            Some(format!("src/{file}: {found:?}, better {better:?}: {text}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} strings\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn slips_of_the_tongue_are_found() {
    let rules = rules();
    for (text, is_wrong) in [
        ("The time-out is too short.", true),
        ("Nobody listens.", true),
        ("The backend timeout is too short.", false),
        ("\"x\" means nothing here.", true),
        ("this date is no day", true),
        ("There is no such card.", false),
        ("Practise for five minutes", true),
        ("mode recognize", false),
    ] {
        assert_eq!(slip(&rules, text).is_some(), is_wrong, "{text}");
    }
}

#[test]
fn strings_of_macros_constants_and_help_are_read() {
    let strings = strings();
    for part in ["contradicts {other}", "Use only ASCII characters", "No card matches"] {
        assert!(strings.iter().any(|string| string.text.contains(part)), "{part}");
    }
}
