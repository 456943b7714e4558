//! Runs `wherefore trees`.

use std::io::Read as _;
use std::path::PathBuf;
use std::sync::Arc;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use super::code::Code;
use super::context::Context;
use super::failure::Failure;
use crate::export::brief::long_cards;
use crate::export::{json, new_card, report};
use crate::prove::{check_collisions, check_formats, check_links, prove};
use crate::recognize::Recognizer;
use crate::store::Library;
use crate::text;
use crate::tree::hash::short;
use crate::tree::problem::{Severity, any_error};
use crate::tree::{Tree, files};
use crate::walk::EvidenceSource;

/// Bytes that are read from standard input, at most.
const MAX_BYTES: u64 = 8 << 20;

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore trees list
  wherefore trees check ./my-trees
  wherefore trees new-card --from 'pool web-1 is empty' > my-trees/pool/cards/pool-empty.json
  wherefore trees schema card > card.schema.json
")]
pub(super) struct TreesArgs {
    #[command(subcommand)]
    command: TreesCommand,
}

#[derive(Debug, Subcommand)]
enum TreesCommand {
    /// List the trees, and where each comes from
    List {
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Say all that is wrong with the trees, and prove that every walk ends
    ///
    /// Ends with 0 if nothing is wrong, with 1 if something is.
    Check {
        /// Check the trees in the folders below DIR, or DIR itself, instead of all that the program knows
        #[arg(value_name = "DIR")]
        directories: Vec<PathBuf>,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Print a card to begin with, made from a line that no card explains
    ///
    /// Its signature matches the line; the sentences that begin with TODO are for you to write.
    NewCard {
        /// The line, or a record; - reads it from standard input
        #[arg(long, value_name = "LINE", allow_hyphen_values = true)]
        from: String,
        /// The id of the card, which is the name of its file; made from the words of the line if nobody says
        #[arg(long, value_name = "ID")]
        id: Option<String>,
    },
    /// Print the JSON Schema of one kind of file
    ///
    /// With it, an editor completes and checks the files of a tree while you write them.
    Schema {
        /// The kind of file
        #[arg(value_name = "KIND", value_parser = PossibleValuesParser::new(files::KINDS))]
        kind: String,
    },
}

pub(super) fn run(context: &mut Context, args: &TreesArgs) -> Result<Code, Failure> {
    match &args.command {
        TreesCommand::List { json } => list(context, *json),
        TreesCommand::Check { directories, json } => check(context, directories, *json),
        TreesCommand::NewCard { from, id } => new_card(context, from, id.as_deref()),
        TreesCommand::Schema { kind } => {
            context.output.json(&files::schema(kind).unwrap_or_default())?;
            Ok(Code::Done)
        }
    }
}

fn list(context: &mut Context, as_json: bool) -> Result<Code, Failure> {
    let library = context.library_saying_problems()?;
    if as_json {
        context
            .output
            .json(&json::trees(library.trees.iter().map(|tree| (tree.as_ref(), library.fingerprint(tree)))))?;
        return Ok(Code::Done);
    }
    let mut lines = String::new();
    for tree in &library.trees {
        let cards = text::count(tree.card_count, "card", "cards");
        let questions = text::count(tree.question_count, "question", "questions");
        let hash = short_hash(&library, tree);
        lines.push_str(&format!(
            "{}: {}\n    {cards}, {questions}, {hash}, from: {}\n",
            tree.id, tree.title, tree.origin
        ));
    }
    context.output.write(&lines)?;
    Ok(Code::Done)
}

/// Returns the first characters of the hash of a tree, for people.
fn short_hash(library: &Library, tree: &Tree) -> String {
    match library.fingerprint(tree) {
        Some(hash) => format!("hash {}", short(&hash.all)),
        None => "its files are gone".to_owned(),
    }
}

fn check(context: &mut Context, directories: &[PathBuf], as_json: bool) -> Result<Code, Failure> {
    let library = match directories {
        [] => context.library()?,
        named => {
            let mut library = Library::default();
            for directory in named {
                if !directory.is_dir() {
                    let what = format!("{} is not a folder", directory.display());
                    return Err(Failure::usage(what, "name a folder that holds trees, or is one"));
                }
                library.add_directory(directory, true);
            }
            library
        }
    };
    let mut problems = library.problems;
    problems.extend(check_formats(&library.shared.formats));
    problems.extend(check_links(&library.trees, &Library::embedded().trees));
    problems.extend(check_collisions(&library.trees));
    let mut proved = Vec::new();
    for tree in &library.trees {
        let (proof, found) = prove(tree);
        problems.extend(found);
        problems.extend(long_cards(tree));
        proved.push(json::CheckedTree { id: tree.id.to_string(), origin: tree.origin.to_string(), proof });
    }
    if as_json {
        context.output.json(&json::check(&problems, &proved))?;
    } else {
        let in_color = context.output.has_color();
        let mut lines = String::new();
        for problem in &problems {
            lines.push_str(&format!("{}\n\n", report::problem(problem, in_color)));
        }
        for checked in &proved {
            lines.push_str(&format!("{}\n", report::proof(&checked.id, &checked.proof)));
        }
        let of = |severity| problems.iter().filter(|problem| problem.severity() == severity).count();
        let errors = text::count(of(Severity::Error), "error", "errors");
        let warnings = text::count(of(Severity::Warning), "warning", "warnings");
        lines.push_str(&format!("{}: {errors}, {warnings}\n", text::count(proved.len(), "tree", "trees")));
        context.output.write(&lines)?;
    }
    Ok(if any_error(&problems) { Code::Inconclusive } else { Code::Done })
}

fn new_card(context: &mut Context, from: &str, id: Option<&str>) -> Result<Code, Failure> {
    let line = match from {
        "-" => first_line()?,
        line => line.to_owned(),
    };
    if text::clean_line(&line).is_empty() {
        return Err(Failure::usage("there is no line to make a card from", "name the line, or pipe it into --from -"));
    }
    let is_id = |id: &str| id.split('-').all(|word| !word.is_empty() && word.chars().all(is_of_an_id));
    if let Some(id) = id.filter(|id| !is_id(id)) {
        return Err(Failure::usage(format!("{id:?} is no id"), "join lower-case words by hyphens: pool-is-empty"));
    }
    let library = context.library_saying_problems()?;
    for tree in &library.trees {
        let known = Recognizer::new(Arc::clone(tree)).evidence(&EvidenceSource::Paste, &text::clean_line(&line));
        for card in known.hits.iter().flat_map(|hit| &hit.cards) {
            let name = &tree.card(*card).id;
            context.output.warn(&format!("note: the card {name} of {} knows this line already", tree.id));
        }
    }
    let draft = new_card::draft(&line, id);
    context.output.json(&draft.card)?;
    context.output.warn(&format!(
        "Save it as cards/{id}.json in the folder of its tree, and write what begins with {}, and the date.\n\
         Put {{\"card\": \"{id}\"}} where it belongs in tree.json, and a golden case into cases/.\n\
         wherefore trees check says what is still missing.",
        new_card::TODO,
        id = draft.id,
    ));
    Ok(Code::Done)
}

fn is_of_an_id(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit()
}

/// Returns the record or the first line on standard input.
///
/// A record may span several lines. Empty lines are skipped.
fn first_line() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(MAX_BYTES).read_to_end(&mut bytes);
    read.map_err(|error| Failure::usage(format!("cannot read standard input: {error}"), "pipe a line into it"))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let is_record = serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|value| value.is_object());
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
    Ok(if is_record { text } else { first })
}
