//! Runs `wherefore trees`.

mod check;
mod new;

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, Subcommand};

use super::code::Code;
use super::context::Context;
use super::failure::Failure;
use crate::export::json;
use crate::store::Library;
use crate::text;
use crate::tree::hash::short;
use crate::tree::{Tree, files};

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore trees list
  wherefore trees check ./my-trees
  wherefore trees new web-shop
  wherefore trees new-card web-shop pool-empty --from 'pool web-1 is empty'
  wherefore trees explain lost-card
  wherefore trees schema card > card.schema.json
")]
pub(super) struct TreesArgs {
    #[command(subcommand)]
    command: TreesCommand,
}

#[derive(Debug, Subcommand)]
enum TreesCommand {
    /// List the trees with their sources
    List {
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Report all problems in the trees, and prove that every walk ends
    ///
    /// Exits with 0 if there are no problems, otherwise with 1.
    Check {
        /// Check the trees in the folders below DIR, or DIR itself, instead of all installed trees
        #[arg(value_name = "DIR")]
        directories: Vec<PathBuf>,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Explain a problem code of the check, or list all codes
    Explain {
        /// The code, as the check prints it
        #[arg(value_name = "CODE")]
        code: Option<String>,
    },
    /// Create a small tree to start from
    ///
    /// It is an example that passes the check. Nothing is overwritten.
    New {
        /// The id of the tree, which is also the name of its folder
        #[arg(value_name = "ID")]
        id: String,
        /// Create it in this folder instead of the current one
        #[arg(long = "dir", value_name = "DIR")]
        directory: Option<PathBuf>,
    },
    /// Start a card: add it to a tree, or print it
    ///
    /// With a tree, writes the card and its golden case, and lists what is still missing; nothing is overwritten, and
    /// no answer leads to the card yet. Without a tree, prints the card. The sentences that begin with TODO are for you
    /// to write.
    NewCard {
        /// The folder of the tree
        #[arg(value_name = "TREE-DIR", requires = "card")]
        tree: Option<PathBuf>,
        /// The id of the card, which is the name of its file
        #[arg(value_name = "CARD-ID")]
        card: Option<String>,
        /// A line or record that no card explains; the card's signature matches it; - reads standard input
        #[arg(long, value_name = "LINE", allow_hyphen_values = true, required_unless_present = "tree")]
        from: Option<String>,
        /// The id of a printed card (default: made from words in the line)
        #[arg(long, value_name = "ID", conflicts_with = "tree")]
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
        TreesCommand::Check { directories, json } => check::check(context, directories, *json),
        TreesCommand::Explain { code } => check::explain(context, code.as_deref()),
        TreesCommand::New { id, directory } => new::new_tree(context, id, directory.as_deref()),
        TreesCommand::NewCard { tree: Some(tree), card: Some(card), from, .. } => {
            new::add_card(context, tree, card, from.as_deref())
        }
        TreesCommand::NewCard { from, id, .. } => {
            new::print_card(context, from.as_deref().unwrap_or_default(), id.as_deref())
        }
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
        None => "its files were removed".to_owned(),
    }
}
