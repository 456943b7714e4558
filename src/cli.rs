//! The command line: what can be asked of the program, one file a subcommand.
//!
//! A subcommand reads its arguments, lets the engine work and writes the answer. Nothing here ends the process.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};

mod completions;
mod diagnose;
mod dialogue;
mod drill;
mod failure;
mod find;
mod history;
mod interactive;
mod man;
mod output;
mod screens;
mod show;
mod training_journal;
mod trees;
mod walk;

use crate::store::{Library, Paths};
use crate::tree::problem::Severity;
use crate::tree::{Problem, Tree};
pub use failure::Failure;
use history::History;
use output::Output;
use training_journal::TrainingJournal;

/// How a command ended, as an exit code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Found, or done.
    Done,
    /// Nothing found, or inconclusive.
    Inconclusive,
    /// Wrong usage or unreadable input.
    Usage,
    /// Ended by the signal of this number.
    Signal(u8),
}

impl Code {
    /// The number that the shell sees.
    pub fn number(self) -> u8 {
        match self {
            Code::Done => 0,
            Code::Inconclusive => 1,
            Code::Usage => 2,
            Code::Signal(number) => 128_u8.saturating_add(number),
        }
    }
}

const EXAMPLES: &str = "\
Examples:
  wherefore                          start, and pick
  wherefore no healthy backends      look up part of an error message
  wherefore walk oci-load-balancer   answer questions, read a card
  tail -1 error.log | wherefore -    the same for piped text: the card, or the few it may be
  wherefore find '502 502' --json    the same look-up, for scripts
  wherefore diagnose error.log       read whole logs and configurations
  wherefore show gateway-timeout     read one card
  wherefore drill                    practise for five minutes
";

/// From what you observe to a cause and a remedy, in the terminal, offline.
#[derive(Debug, Parser)]
#[command(name = "wherefore", version, before_help = EXAMPLES, max_term_width = 100)]
#[command(override_usage = "wherefore [OPTIONS] [TEXT]...\n       wherefore [OPTIONS] <COMMAND>")]
#[command(after_help = "Exit codes: 0 found or done, 1 nothing found or inconclusive, 2 wrong usage or unreadable \
input, 128+n on signal n.")]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// Part of an error message, a status, a pasted line: look it up. Without a terminal, - reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    #[command(flatten)]
    common: Common,
}

/// What every subcommand understands.
#[derive(Clone, Debug, Args)]
struct Common {
    /// Also read the trees in the folders below DIR; a tree replaces the embedded one of the same id
    #[arg(long, value_name = "DIR", global = true)]
    trees: Vec<PathBuf>,
    /// Numbered lines instead of screens: for screen readers, pipes and simple terminals
    #[arg(long, global = true)]
    plain: bool,
    /// Draw with ASCII characters alone
    #[arg(long, global = true)]
    ascii: bool,
    /// Neither remember which cards are opened and what is answered in training, nor use what was remembered
    #[arg(long, global = true)]
    no_history: bool,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    color: output::Colour,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Walk a tree: answer what you observe, read a card
    Walk(walk::WalkArgs),
    /// Find cards by part of an error message
    Find(find::FindArgs),
    /// Read logs, records and configurations: the cards they point to, and what they do not explain
    Diagnose(diagnose::DiagnoseArgs),
    /// Print one card
    Show(show::ShowArgs),
    /// Train: lines to recognise, incidents to solve, made from the trees
    Drill(drill::DrillArgs),
    /// List and check trees
    Trees(trees::TreesArgs),
    /// Print the completions for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page
    Man(man::ManArgs),
}

/// What a subcommand works with.
struct Context {
    common: Common,
    output: Output,
    environment: Environment,
    history: History,
    training_journal: TrainingJournal,
}

/// What the environment says, read once.
#[derive(Clone, Debug, Default)]
struct Environment {
    variables: Vec<(String, String)>,
}

impl Environment {
    fn read() -> Self {
        let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
        Self { variables: std::env::vars_os().filter_map(text).collect() }
    }

    /// The value of a variable that is set and not empty.
    fn get(&self, name: &str) -> Option<&str> {
        let found = self.variables.iter().find(|(known, value)| known == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }
}

/// Runs what the arguments ask for. A closed pipe is a quiet end.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<Code, Failure> {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return failure::usage(&error),
    };
    let environment = Environment::read();
    let output = Output::new(cli.common.color);
    let history = History::new(!cli.common.no_history);
    let training_journal = TrainingJournal::new(!cli.common.no_history);
    let mut context = Context { common: cli.common, output, environment, history, training_journal };
    let ended = match cli.command {
        None if cli.text.is_empty() => interactive::home(&mut context),
        None => interactive::look_up(&mut context, &cli.text),
        Some(Command::Walk(args)) => walk::run(&mut context, &args),
        Some(Command::Find(args)) => find::run(&mut context, &args),
        Some(Command::Diagnose(args)) => diagnose::run(&mut context, &args),
        Some(Command::Show(args)) => show::run(&mut context, &args),
        Some(Command::Drill(args)) => drill::run(&mut context, &args),
        Some(Command::Trees(args)) => trees::run(&mut context, &args),
        Some(Command::Completions(args)) => completions::run(&mut context, &args),
        Some(Command::Man(args)) => man::run(&mut context, &args),
    };
    match ended {
        Err(failure) if failure.is_closed_pipe() => Ok(Code::Done),
        ended => ended,
    }
}

impl Context {
    /// All trees: the embedded ones, those of the configuration directory, those of `--trees`.
    fn library(&self) -> Result<Library, Failure> {
        let mut library = Library::embedded();
        if let Some(own) = Paths::from_environment().trees {
            library.add_directory(&own, false);
        }
        for directory in &self.common.trees {
            if !directory.is_dir() {
                return Err(Failure::usage(
                    format!("{} is not a folder", directory.display()),
                    "--trees takes a folder that holds trees, or is one",
                ));
            }
            library.add_directory(directory, true);
        }
        Ok(library)
    }

    /// All trees, with a word on standard error about what is wrong with the user's own.
    fn library_saying_problems(&mut self) -> Result<Library, Failure> {
        let library = self.library()?;
        if let Some(summary) = summary_of(&library.problems) {
            self.output.warn(&summary);
        }
        Ok(library)
    }

    /// The tree of that id.
    fn tree(library: &Library, id: &str) -> Result<Arc<Tree>, Failure> {
        let ids = library.trees.iter().map(|tree| tree.id.as_str());
        let found = library.tree(id).cloned();
        found.ok_or_else(|| Failure::unknown("tree", id, ids, "wherefore trees list shows all"))
    }
}

/// Problems and replacements in a line or two, if there are any.
fn summary_of(problems: &[Problem]) -> Option<String> {
    let notes = problems.iter().filter(|problem| problem.severity() == Severity::Note);
    let mut said: Vec<String> = notes.map(|problem| format!("note: {}", problem.message)).collect();
    let wrong = problems.iter().filter(|problem| problem.severity() != Severity::Note).count();
    if wrong > 0 {
        let problems = crate::text::count(wrong, "problem", "problems");
        said.push(format!("note: {problems} in your own trees; see wherefore trees check"));
    }
    (!said.is_empty()).then(|| said.join("\n"))
}
