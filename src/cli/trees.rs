//! `wherefore trees`

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Code, Context, Failure};
use crate::export::{json, report};
use crate::prove::prove;
use crate::store::Library;
use crate::text;
use crate::tree::problem::{Severity, any_error};

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore trees list
  wherefore trees check ./my-trees
")]
pub(super) struct TreesArgs {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
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
}

pub(super) fn run(context: &mut Context, args: &TreesArgs) -> Result<Code, Failure> {
    match &args.command {
        Command::List { json } => list(context, *json),
        Command::Check { directories, json } => check(context, directories, *json),
    }
}

fn list(context: &mut Context, as_json: bool) -> Result<Code, Failure> {
    let library = context.library_saying_problems()?;
    if as_json {
        context.output.json(&json::trees(library.trees.iter().map(AsRef::as_ref)))?;
        return Ok(Code::Done);
    }
    let mut lines = String::new();
    for tree in &library.trees {
        let cards = text::count(tree.diagnoses().count(), "card", "cards");
        let questions = text::count(tree.questions().count(), "question", "questions");
        lines.push_str(&format!("{}: {}\n    {cards}, {questions}, from: {}\n", tree.id, tree.title, tree.origin));
    }
    context.output.write(&lines)?;
    Ok(Code::Done)
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
    let mut proved = Vec::new();
    for tree in &library.trees {
        let (proof, found) = prove(tree);
        problems.extend(found);
        proved.push(json::Checked { id: tree.id.clone(), origin: tree.origin.clone(), proof });
    }
    if as_json {
        context.output.json(&json::check(&problems, &proved))?;
    } else {
        let in_colour = context.output.has_colour();
        let mut lines = String::new();
        for problem in &problems {
            lines.push_str(&format!("{}\n\n", report::problem(problem, in_colour)));
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
