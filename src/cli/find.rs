//! `wherefore find`

use clap::Args;

use super::{Code, Context, Failure};
use crate::export::json;
use crate::lookup::{Index, Usage};

/// How many cards are printed if nobody says.
pub(super) const LIMIT: usize = 5;

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore find no healthy backends
  wherefore find EHOSTUNREACH --json
")]
pub(super) struct FindArgs {
    /// Part of an error message, a status, a whole log line
    #[arg(required = true, value_name = "TEXT", trailing_var_arg = false, allow_hyphen_values = false)]
    text: Vec<String>,
    /// How many cards to print at most
    #[arg(long, value_name = "N", default_value_t = LIMIT, value_parser = at_least_one)]
    limit: usize,
    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

fn at_least_one(written: &str) -> Result<usize, String> {
    match written.parse() {
        Ok(0) | Err(_) => Err("a number from 1 on is needed".to_owned()),
        Ok(number) => Ok(number),
    }
}

pub(super) fn run(context: &mut Context, args: &FindArgs) -> Result<Code, Failure> {
    print(context, &args.text.join(" "), args.limit, args.json)
}

/// Prints the cards that fit a text.
pub(super) fn print(context: &mut Context, query: &str, limit: usize, as_json: bool) -> Result<Code, Failure> {
    let library = context.library_saying_problems()?;
    let matches = match query.trim() {
        "" => Vec::new(),
        _ => Index::new(&library.trees).search(query, &Usage::default(), limit).matches,
    };
    if as_json {
        context.output.json(&json::find(query, &matches))?;
    } else if matches.is_empty() {
        context.output.say("Nothing fits. Try fewer words, or answer questions instead: wherefore walk");
    } else {
        let mut text = String::new();
        for found in &matches {
            let card = found.tree.card(found.card);
            text.push_str(&format!("{}\n    {}\n    wherefore show {}\n", card.title, found.text, card.id));
        }
        context.output.write(&text)?;
    }
    Ok(if matches.is_empty() { Code::Inconclusive } else { Code::Done })
}
