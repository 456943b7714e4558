//! Runs `wherefore find`, and `wherefore TEXT…` without a terminal.

use std::io::Read as _;
use std::sync::Arc;

use clap::Args;

use super::code::Code;
use super::context::Context;
use super::failure::Failure;
use super::show;
use crate::export::{json, search_text};
use crate::lookup::{Found, Searcher, Usage};
use crate::text::{self, CleanText};
use crate::walk::{Event, Walk};

/// Cards that are printed without `--limit`.
const LIMIT: usize = 5;

/// Bytes that are read from standard input, at most.
const MAX_BYTES: u64 = 8 << 20;

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore find no healthy backends
  wherefore find EHOSTUNREACH --json
  tail -1 error.log | wherefore find -
")]
pub(super) struct FindArgs {
    /// Part of an error message, a status, a whole log line; - reads it from standard input
    #[arg(required = true, value_name = "TEXT", trailing_var_arg = false, allow_hyphen_values = false)]
    text: Vec<String>,
    /// Maximum number of cards to print
    #[arg(long, value_name = "N", default_value_t = LIMIT, value_parser = at_least_one)]
    limit: usize,
    /// Search only the cards of this tree; can be repeated
    #[arg(long = "tree", value_name = "TREE")]
    trees: Vec<String>,
    /// Print a JSON object; usage history is ignored, so the result is the same on every machine
    #[arg(long)]
    json: bool,
}

fn at_least_one(written: &str) -> Result<usize, String> {
    match written.parse() {
        Ok(0) | Err(_) => Err("the number must be at least 1".to_owned()),
        Ok(number) => Ok(number),
    }
}

pub(super) fn run(context: &mut Context, args: &FindArgs) -> Result<Code, Failure> {
    let query = query(&args.text)?;
    let library = context.library_saying_problems()?;
    let usage = if args.json { Usage::default() } else { context.history.usage() };
    let searcher = Searcher::new(&Context::trees(&library, &args.trees)?);
    let found = search(&searcher, &query, &usage, args.limit);
    if args.json {
        context.output.json(&json::find(&CleanText::new(&query), &found))?;
    } else {
        list(context, &query, &found, library.trees.len() > 1)?;
    }
    // The process ends, and freeing all trees takes a tenth of its time.
    std::mem::forget(library);
    Ok(code(&found))
}

/// Prints the card that fits a text, or the cards that may.
pub(super) fn best(context: &mut Context, text: &[String]) -> Result<Code, Failure> {
    let query = query(text)?;
    let library = context.library_saying_problems()?;
    let searcher = Searcher::new(&library.trees);
    let found = search(&searcher, &query, &context.history.usage(), LIMIT);
    match found.matches.first().filter(|_| found.is_sure) {
        Some(best) => {
            // The values in the text fill the commands of the card.
            let mut walk = Walk::new(Arc::clone(&best.tree));
            walk.push(Event::EvidenceAdded(searcher.evidence(&query, best)));
            show::print_short(context, &library.trees, &walk, best.card)?;
        }
        None => list(context, &query, &found, library.trees.len() > 1)?,
    }
    Ok(code(&found))
}

/// Searches for a query.
///
/// Control characters alone find nothing. To the index they would be an empty query, which finds every card.
fn search(searcher: &Searcher, query: &str, usage: &Usage, limit: usize) -> Found {
    match text::clean_line(query).is_empty() {
        true => Found::default(),
        false => searcher.search(query, usage, limit),
    }
}

fn code(found: &Found) -> Code {
    if found.matches.is_empty() { Code::Inconclusive } else { Code::Done }
}

fn list(context: &mut Context, query: &str, found: &Found, names_trees: bool) -> Result<(), Failure> {
    if found.matches.is_empty() {
        context.output.warn(&search_text::nothing(&CleanText::line(query), found, names_trees));
    } else {
        context.page(&search_text::list(found, names_trees))?;
    }
    Ok(())
}

/// Returns a query unless it is empty.
fn must_say_something(query: String) -> Result<String, Failure> {
    if query.trim().is_empty() {
        return Err(Failure::usage("there is no text to search for", "name part of an error message, or pipe it in"));
    }
    Ok(query)
}

/// Joins the words to one query.
///
/// A lone `-` stands for the beginning of standard input.
fn query(words: &[String]) -> Result<String, Failure> {
    if words != ["-"] {
        return must_say_something(words.join(" "));
    }
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(MAX_BYTES).read_to_end(&mut bytes);
    read.map_err(|error| {
        Failure::usage(format!("cannot read standard input: {error}"), "pipe text into it, or name the text")
    })?;
    must_say_something(String::from_utf8_lossy(&bytes).into_owned())
}
