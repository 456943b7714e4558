//! Runs `wherefore drill progress`.

use std::fs;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use super::super::code::Code;
use super::super::context::Context;
use super::super::failure::Failure;
use super::super::training_journal::{today, words_about};
use crate::app::plain::drill::lines_of;
use crate::drill::progress::Progress;
use crate::export::drill::progress_map;
use crate::store::progress::{Forget, Read, export, read_exported};
use crate::text;

#[derive(Debug, Args)]
pub(super) struct ProgressArgs {
    #[command(subcommand)]
    command: ProgressCommand,
}

#[derive(Debug, Subcommand)]
enum ProgressCommand {
    /// Show which cards you know well, and which are new
    Show {
        /// Only this tree
        tree: Option<String>,
    },
    /// Print all answers, or write them to a file, for import on another machine
    Export {
        /// The file (default: standard output)
        file: Option<PathBuf>,
    },
    /// Import exported answers; existing ones are skipped
    Import {
        /// The file; - reads standard input
        file: PathBuf,
    },
    /// Reset what you have learned. The answers stay in the file, but no longer count
    Reset {
        /// The card to reset; TREE/CARD if several trees have it
        #[arg(required_unless_present = "all")]
        card: Option<String>,
        /// Reset everything
        #[arg(long, conflicts_with = "card")]
        all: bool,
    },
}

pub(super) fn run(context: &mut Context, args: &ProgressArgs) -> Result<Code, Failure> {
    match &args.command {
        ProgressCommand::Show { tree } => show(context, tree.as_deref()),
        ProgressCommand::Export { file } => {
            let lines = export(&read(context)?.kept).map_err(Failure::from)?;
            match file {
                None => context.output.write(&lines)?,
                Some(file) => fs::write(file, lines).map_err(|error| {
                    Failure::usage(format!("cannot write {}: {error}", file.display()), "name another file")
                })?,
            }
            Ok(Code::Done)
        }
        ProgressCommand::Import { file } => {
            let found = input(file).map_err(|error| {
                let help = "\"wherefore drill progress export\" prints what can be imported";
                Failure::usage(format!("cannot read {}: {error}", file.display()), help)
            })?;
            let journal = context.training_journal.journal()?;
            let imported = journal.import(found).map_err(|error| cannot(context, &error))?;
            let new = text::count(imported.new, "answer is", "answers are");
            let mut said = format!("{new} new, {} known already.\n", imported.known);
            if imported.unreadable > 0 {
                let lines = text::count(imported.unreadable, "line", "lines");
                said.push_str(&format!("Skipped because they cannot be read: {lines}.\n"));
            }
            context.output.write(&said)?;
            Ok(if imported.new + imported.known > 0 { Code::Done } else { Code::Inconclusive })
        }
        ProgressCommand::Reset { card, .. } => reset(context, card.as_deref()),
    }
}

fn show(context: &mut Context, tree: Option<&str>) -> Result<Code, Failure> {
    let library = context.library_saying_problems()?;
    let trees = match tree {
        Some(id) => vec![Context::tree(&library, id)?],
        None => library.trees.clone(),
    };
    let read = read(context)?;
    let mut said = String::new();
    for tree in trees {
        let progress = Progress::on(&tree, read.kept.iter().map(|kept| &kept.answered), today());
        said.push_str(&lines_of(&progress_map(&tree, &progress, today())));
    }
    for word in words_about(&read, today()) {
        context.output.warn(&word);
    }
    if read.unreadable > 0 {
        let lines = text::count(read.unreadable, "line of the journal", "lines of the journal");
        context.output.warn(&format!("Skipped because they cannot be read: {lines}."));
    }
    context.output.write(&said)?;
    Ok(Code::Done)
}

fn reset(context: &mut Context, card: Option<&str>) -> Result<Code, Failure> {
    let before = read(context)?;
    let forget = match card {
        None => Forget::default(),
        Some(written) => {
            let (tree, card) = match written.split_once('/') {
                Some((tree, card)) => (Some(tree), card),
                None => (None, written),
            };
            // A card may be gone from its tree; its answers can be forgotten all the same.
            let library = context.library()?;
            let is_answered_there = |tree: &str| before.kept.iter().any(|kept| kept.answered.tree == tree);
            if let Some(name) = tree.filter(|name| library.tree(name).is_none() && !is_answered_there(name)) {
                let known: Vec<&str> = library.trees.iter().map(|tree| tree.id.as_str()).collect();
                return Err(Failure::unknown("tree", name, known.into_iter(), "wherefore trees list shows all"));
            }
            let trees = library.trees.iter().filter(|known| tree.is_none_or(|tree| tree == known.id));
            let known: Vec<&str> = trees.flat_map(|tree| tree.diagnoses().map(|(_, card)| card.id.as_str())).collect();
            let is_answered = before.kept.iter().any(|kept| kept.answered.card == card);
            if !known.contains(&card) && !is_answered {
                return Err(Failure::unknown("card", written, known.into_iter(), "--all resets everything"));
            }
            Forget { tree: tree.map(str::to_owned), card: Some(card.to_owned()) }
        }
    };
    context.training_journal.journal()?.forget(forget).map_err(|error| cannot(context, &error))?;
    let gone = before.kept.len() - read(context)?.kept.len();
    context.output.write(&format!("{} forgotten.\n", text::count(gone, "answer is", "answers are")))?;
    Ok(Code::Done)
}

fn read(context: &Context) -> Result<Read, Failure> {
    context.training_journal.journal()?.read().map_err(|error| cannot(context, &error))
}

fn cannot(context: &Context, error: &io::Error) -> Failure {
    let path =
        context.training_journal.journal().map(|journal| journal.path().display().to_string()).unwrap_or_default();
    Failure::usage(format!("cannot use the journal {path}: {error}"), "check who may read and write it")
}

fn input(file: &Path) -> io::Result<Read> {
    match file.as_os_str() == "-" {
        true => read_exported(io::stdin().lock()),
        false => read_exported(BufReader::new(fs::File::open(file)?)),
    }
}
