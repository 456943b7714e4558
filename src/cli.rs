//! Parses the command line and runs subcommands, one file each.
//!
//! A subcommand reads its arguments, lets the engine work and writes the result. Nothing here ends the process.

use std::ffi::OsString;

use clap::{CommandFactory as _, Parser, Subcommand};

mod case_journal;
mod cases;
mod choose;
mod code;
mod completions;
mod config;
mod context;
mod diagnose;
mod dialogue;
mod drill;
mod failure;
mod find;
mod history;
mod interactive;
mod man;
mod output;
mod pager;
mod paths;
mod screens;
mod show;
mod stats;
mod training_journal;
mod trees;
mod values;
mod walk;

use case_journal::CaseJournal;
pub use code::Code;
use config::Config;
use context::{Common, Context, Environment};
pub use failure::Failure;
use history::History;
use output::Output;
use training_journal::TrainingJournal;

use crate::text;

/// The version of the program, and the hash of each tree.
///
/// `build.rs` writes it.
const VERSION: &str = include_str!(concat!(env!("OUT_DIR"), "/version.txt"));

const EXAMPLES: &str = "\
Examples:
  wherefore                          open the first screen
  cat error.log | wherefore          start with a log as evidence
  wherefore no healthy backends      search for part of an error message
  wherefore walk oci-load-balancer   answer questions, read a card
  tail -1 error.log | wherefore -    search for piped text: print the card, or the few that fit
  wherefore find '502 502' --json    the same search, for scripts
  wherefore diagnose error.log       read whole logs and configurations
  wherefore show gateway-timeout     read one card
  wherefore resume                   continue the latest case
  wherefore drill                    practice for five minutes
";

/// Find the cause of a problem and what to do about it, in the terminal, offline.
#[derive(Debug, Parser)]
#[command(name = "wherefore", version, long_version = VERSION, before_help = EXAMPLES, max_term_width = 100)]
#[command(override_usage = "wherefore [OPTIONS] [TEXT]...\n       wherefore [OPTIONS] <COMMAND>")]
#[command(after_help = "Exit codes: 0 found or done, 1 nothing found or inconclusive, 2 wrong usage or unreadable \
input, 128+n on signal n.")]
pub struct Cli {
    #[command(subcommand)]
    command: Option<MainCommand>,
    /// Text to search for: part of an error message, a status, a pasted line. Without a terminal, - reads standard input
    #[arg(value_name = "TEXT")]
    text: Vec<String>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Subcommand)]
enum MainCommand {
    /// Answer questions about what you observe, and read a card
    Walk(walk::WalkArgs),
    /// Find cards by part of an error message
    Find(find::FindArgs),
    /// Read logs, records and configurations: list the cards they point to, and unexplained lines
    Diagnose(diagnose::DiagnoseArgs),
    /// Print one card
    Show(show::ShowArgs),
    /// Practice: recognize lines and solve incidents
    Drill(drill::DrillArgs),
    /// Continue the latest case, or another one
    Resume(cases::ResumeArgs),
    /// List, show and delete earlier cases
    Cases(cases::CasesArgs),
    /// Say what was diagnosed on this machine, and what helped
    Stats(stats::StatsArgs),
    /// List and check trees
    Trees(trees::TreesArgs),
    /// List the files and folders that the program reads and writes
    Paths(paths::PathsArgs),
    /// Print the completions for a shell
    Completions(completions::CompletionsArgs),
    /// Print the manual page
    Man(man::ManArgs),
}

/// Returns the command that a single word was probably meant to be.
///
/// Many words are a letter away from a short name, so there only letters in the wrong order count.
fn mistyped_command(text: &[String]) -> Option<String> {
    const SHORT: usize = 4;
    let [word] = text else { return None };
    let commands = Cli::command();
    let name = text::near_name(word, commands.get_subcommands().map(clap::Command::get_name))?;
    let letters = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    (name.len() > SHORT || letters(name) == letters(word)).then(|| name.to_owned())
}

/// Runs the command that the arguments name.
///
/// A closed pipe ends it without an error.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Result<Code, Failure> {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return failure::usage(&error),
    };
    let environment = Environment::read();
    let config = Config::read(environment.get(config::VARIABLE));
    let mut common = cli.common;
    common.ascii |= config.settings.is_ascii;
    let mut output = Output::new(common.color, common.ascii);
    if let Some(complaint) = config.complaint() {
        output.warn(&complaint);
    }
    let has_history = !common.no_history && config.settings.has_history;
    let (history, training_journal) = (History::new(has_history), TrainingJournal::new(has_history));
    let case_journal = CaseJournal::new(has_history);
    let mut context = Context { common, output, environment, config, history, training_journal, case_journal };
    let ended = match cli.command {
        None if cli.text.is_empty() && interactive::is_evidence_piped(&context) => diagnose::piped(&mut context),
        None if cli.text.is_empty() => interactive::home(&mut context),
        None => interactive::look_up(&mut context, &cli.text, mistyped_command(&cli.text).as_deref()),
        Some(MainCommand::Walk(args)) => walk::run(&mut context, &args),
        Some(MainCommand::Find(args)) => find::run(&mut context, &args),
        Some(MainCommand::Diagnose(args)) => diagnose::run(&mut context, &args),
        Some(MainCommand::Show(args)) => show::run(&mut context, &args),
        Some(MainCommand::Drill(args)) => drill::run(&mut context, &args),
        Some(MainCommand::Resume(args)) => cases::resume(&mut context, &args),
        Some(MainCommand::Cases(args)) => cases::run(&mut context, &args),
        Some(MainCommand::Stats(args)) => stats::run(&mut context, &args),
        Some(MainCommand::Trees(args)) => trees::run(&mut context, &args),
        Some(MainCommand::Paths(args)) => paths::run(&mut context, &args),
        Some(MainCommand::Completions(args)) => completions::run(&mut context, &args, &mut Cli::command()),
        Some(MainCommand::Man(args)) => man::run(&mut context, &args, Cli::command()),
    };
    match ended {
        Err(failure) if failure.is_closed_pipe() => Ok(Code::Done),
        ended => ended,
    }
}
