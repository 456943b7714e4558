//! Runs `wherefore cases` and `wherefore resume`.

mod list;
pub(super) mod named;
mod remove;
mod report;
mod show;
mod travel;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::case_journal::now;
use super::code::Code;
use super::context::Context;
use super::failure::Failure;
use super::interactive;
use crate::app::Msg;
use crate::case;
use crate::export::json;
use crate::store::CaseLimits;
use report::ReportFormat;

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore cases list
  wherefore cases show
  wherefore resume
  wherefore cases report --format text
  wherefore cases export --output case.jsonl
  wherefore cases import case.jsonl
  wherefore cases delete 20261201-0520
  wherefore cases prune --days 30
")]
#[command(after_help = "\
Cases are recorded in $XDG_STATE_HOME/wherefore/cases/, which only you can read; --no-history turns this off. They are \
deleted after 90 days, and the oldest first when all of them need more than 20 MB.

Exit codes: 0 done, 1 no such case, or it is in use, 2 wrong usage or unreadable files.")]
pub(super) struct CasesArgs {
    #[command(subcommand)]
    command: CasesCommand,
}

#[derive(Debug, Subcommand)]
enum CasesCommand {
    /// List the cases, the latest first
    List {
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Show what happened in a case
    Show {
        /// The case: its id, or a part of it that no other case has (default: the latest)
        #[arg(value_name = "CASE")]
        case: Option<String>,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Continue a case
    Resume(ResumeArgs),
    /// Print the report of a case, for a ticket or for the next person
    Report {
        /// The case: its id, or a part of it that no other case has (default: the latest)
        #[arg(value_name = "CASE")]
        case: Option<String>,
        /// The format
        #[arg(long, value_name = "FORMAT", default_value = "markdown")]
        format: ReportFormat,
        /// Print a JSON object
        #[arg(long, conflicts_with = "format")]
        json: bool,
    },
    /// Write a case to one file, which another machine imports and continues
    Export {
        /// The case: its id, or a part of it that no other case has (default: the latest)
        #[arg(value_name = "CASE")]
        case: Option<String>,
        /// The file, which must not exist yet (default: standard output)
        #[arg(long, short, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Print a JSON object about the file
        #[arg(long, requires = "output")]
        json: bool,
    },
    /// Read a case that another machine exported
    Import {
        /// The file, or - for standard input
        #[arg(value_name = "FILE")]
        file: OsString,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Print the code of a case without text, to read it over the phone: wherefore resume CODE
    Code {
        /// The case: its id, or a part of it that no other case has (default: the latest)
        #[arg(value_name = "CASE")]
        case: Option<String>,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Delete cases
    Delete {
        /// The cases: their ids, or parts of them that no other case has
        #[arg(value_name = "CASE", required_unless_present = "all")]
        cases: Vec<String>,
        /// Delete all cases
        #[arg(long, conflicts_with = "cases")]
        all: bool,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
    /// Delete old cases; those in use stay
    Prune {
        /// Keep cases for this many days
        #[arg(long, value_name = "DAYS", default_value_t = CaseLimits::default().days)]
        days: u32,
        /// Keep at most this many MB, the latest cases first
        #[arg(long, value_name = "MB", default_value_t = CaseLimits::default().bytes / MEGABYTE)]
        megabytes: u64,
        /// Print a JSON object
        #[arg(long)]
        json: bool,
    },
}

/// Bytes of a megabyte.
const MEGABYTE: u64 = 1_000_000;

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore resume
  wherefore resume 20261201-0520
  wherefore resume PZNV8-PAGRP-WBRBN-WY
")]
pub(super) struct ResumeArgs {
    /// The case: its id, or a part of it that no other case has, or its code (default: the latest)
    #[arg(value_name = "CASE")]
    case: Vec<String>,
    /// Print the state of the case as a JSON object, and exit
    #[arg(long)]
    json: bool,
}

pub(super) fn run(context: &mut Context, args: &CasesArgs) -> Result<Code, Failure> {
    match &args.command {
        CasesCommand::List { json } => list::run(context, *json),
        CasesCommand::Show { case, json } => show::run(context, case.as_deref(), *json),
        CasesCommand::Resume(args) => resume(context, args),
        CasesCommand::Report { case, json: true, .. } => report::run(context, case.as_deref(), ReportFormat::Json),
        CasesCommand::Report { case, format, .. } => report::run(context, case.as_deref(), *format),
        CasesCommand::Export { case, output, json } => {
            travel::export(context, case.as_deref(), output.as_deref(), *json)
        }
        CasesCommand::Import { file, json } => travel::import(context, file, *json),
        CasesCommand::Code { case, json } => travel::code(context, case.as_deref(), *json),
        CasesCommand::Delete { cases, json, .. } => remove::delete(context, cases, *json),
        CasesCommand::Prune { days, megabytes, json } => {
            let limits = CaseLimits { days: *days, bytes: megabytes.saturating_mul(MEGABYTE) };
            remove::prune(context, limits, now(), *json)
        }
    }
}

/// The number of the case that a run begins with.
///
/// Cases that begin later count from 1.
const RESUMED: u64 = 0;

/// Continues a case on screens or in lines.
pub(super) fn resume(context: &mut Context, args: &ResumeArgs) -> Result<Code, Failure> {
    // A code may be written with spaces.
    let name = (!args.case.is_empty()).then(|| args.case.join("-"));
    if let Some(name) = &name
        && let Some(kept) = travel::of_code(context, name)?
    {
        if args.json {
            context.output.json(&json::walk(&kept.walk))?;
            return Ok(Code::Done);
        }
        let library = context.library()?;
        return interactive::resume(context, library, kept, (RESUMED, true));
    }
    let found = named::one(context, name.as_deref())?;
    let library = context.library()?;
    if args.json {
        let read = named::read(context, &library, &found.id)?;
        context.output.json(&json::walk(&read.walk))?;
        return Ok(Code::Done);
    }
    let (text, is_copy) = match context.case_journal.open(RESUMED, &found.id) {
        Msg::CaseRead { text, is_copy, .. } => (text, is_copy),
        Msg::Told(said) => return Err(Failure::usage(said, named::HELP)),
        _ => return Ok(Code::Inconclusive),
    };
    // It is read twice, so that a case that cannot be read is an error of the command.
    let kept = case::read(&text, &library.trees).map_err(|why| {
        Failure::usage(format!("the case {} cannot be continued: {}", found.id, why.words()), named::HELP)
    })?;
    interactive::resume(context, library, kept, (RESUMED, is_copy))
}
