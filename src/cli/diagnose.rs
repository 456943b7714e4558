//! Runs `wherefore diagnose`, and reads `--evidence` of a walk.
//!
//! The exit code is 0 if something was found, even if some input could not be read; that input is named on standard
//! error. It is 2 if nothing was found and some input could not be read, because an unread input may contain anything.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _, Write as _};

use clap::Args;

use super::code::Code;
use super::context::{Context, summary_of};
use super::failure::Failure;
use super::interactive::{self, Start};
use super::screens;
use super::values::ValueArgs;
use crate::diagnosis::{Scanner, utc_offset};
use crate::evidence::{self, InputSource, Interrupt, Options, ReadOutcome, ReadProgress};
use crate::export::comparison::{self, DiagnosisComparison};
use crate::export::{diagnosis as told, inputs, json};
use crate::lookup::Searcher;
use crate::session::{look_up_unexplained, walk_of};
use crate::store::Library;
use crate::text;

/// Columns to which text is wrapped.
const WIDTH: usize = 80;

/// Time from which progress is shown.
///
/// Shorter reading needs no progress line.
const PATIENCE: std::time::Duration = std::time::Duration::from_millis(700);

#[derive(Debug, Args)]
#[command(before_help = "\
Examples:
  wherefore diagnose error.log access.log.gz
  wherefore diagnose /var/log/lb --walk
  kubectl logs deploy/web --since 1h | wherefore diagnose - --json
  wherefore diagnose --before old.log --after new.log
")]
#[command(after_help = "\
The format of each input is detected: plain text, JSON lines, lists and documents, CSV with a header line, printed \
tables, optionally compressed with gzip or zstd.

Exit codes: 0 something was found, 1 nothing was found, 2 wrong usage, or nothing was found and something could not be \
read; 130 after Ctrl-C, which stops reading and prints the results so far.")]
pub(super) struct DiagnoseArgs {
    /// Files, folders (with all files in them), or - for standard input
    #[arg(required_unless_present = "before", value_name = "FILE")]
    files: Vec<OsString>,
    /// Compare these files, from before a change, with those of --after: what went away, what is new, what stayed
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "after", conflicts_with_all = ["files", "walk"])]
    before: Vec<OsString>,
    /// The files from after the change
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "before")]
    after: Vec<OsString>,
    /// Print a JSON object
    #[arg(long, conflicts_with = "walk")]
    json: bool,
    /// Continue with questions, and use this evidence
    #[arg(long)]
    walk: bool,
    #[command(flatten)]
    values: ValueArgs,
    /// Use only the patterns of this tree; can be repeated
    #[arg(long = "tree", value_name = "TREE")]
    trees: Vec<String>,
    /// Read log lines in this format, such as nginx-error, or as text (default: detected)
    #[arg(long = "as", value_name = "FORMAT")]
    read_as: Option<String>,
    /// Offset from UTC for times without a zone, such as +02:00; without it, they are not compared with other times
    #[arg(long, value_name = "OFFSET", value_parser = offset, allow_hyphen_values = true)]
    utc_offset: Option<i32>,
    /// Number of threads (default: one per processor)
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
}

pub(super) fn run(context: &mut Context, args: &DiagnoseArgs) -> Result<Code, Failure> {
    let mut library = context.library()?;
    if !args.walk
        && let Some(summary) = summary_of(&library.problems)
    {
        context.output.warn(&summary);
    }
    library.trees = Context::trees(&library, &args.trees)?;
    if let Some(id) = &args.read_as {
        library.read_as(id).map_err(|known| {
            let list = format!("known formats: {}, or text", known.join(", "));
            Failure::unknown("log format", id, known.iter().map(String::as_str), &list)
        })?;
    }
    // Watched to the end, because an interrupt must not cut off what is printed either; screens watch for signals
    // themselves.
    let interrupt = Interrupt::watch().map_err(cannot_watch)?;
    let (threads, is_text, utc_offset) = (args.threads, args.read_as.is_some(), args.utc_offset);
    let settings = ReadSettings { threads, is_text, utc_offset };
    if !args.before.is_empty() {
        return compare(context, &library, args, &settings, &interrupt);
    }
    let reading = read(context, &library, &args.files, &settings, &interrupt)?;
    if args.walk && !reading.stopped {
        must_have_read(&reading)?;
        let is_input_read = args.files.iter().any(|file| file == "-");
        return walk(context, library, (&reading, &args.values), interrupt, is_input_read);
    }
    if args.json {
        let walk = walk_of(&reading.diagnosis);
        context.output.json(&json::diagnosis(&reading.diagnosis, walk.as_ref(), reading.stopped))?;
        must_have_read(&reading)?;
        return Ok(ended(&reading, &interrupt));
    }
    tell(context, &reading, &interrupt)
}

/// Compares the files from before a change with those from after it.
fn compare(
    context: &mut Context,
    library: &Library,
    args: &DiagnoseArgs,
    settings: &ReadSettings,
    interrupt: &Interrupt,
) -> Result<Code, Failure> {
    let before = read(context, library, &args.before, settings, interrupt)?;
    must_have_read(&before)?;
    let after = read(context, library, &args.after, settings, interrupt)?;
    must_have_read(&after)?;
    if let Some(side) = comparison::empty_side(&before.diagnosis, &after.diagnosis) {
        let help = "nothing can be said of what changed; name files that have lines";
        return Err(Failure::usage(format!("the input of --{side} has no lines"), help));
    }
    let compared = DiagnosisComparison::new(&before.diagnosis, &after.diagnosis);
    if args.json {
        context.output.json(&compared.json(&library.trees))?;
    } else {
        context.output.write(&compared.text(&library.trees, WIDTH))?;
    }
    if before.stopped || after.stopped {
        return Ok(interrupt.signal().map_or(Code::Inconclusive, Code::Signal));
    }
    Ok(if compared.comparison.is_empty() { Code::Inconclusive } else { Code::Done })
}

/// Reads standard input for `wherefore` alone.
///
/// A terminal shows the walk that has it as evidence. Without one, the diagnosis is printed.
pub(super) fn piped(context: &mut Context) -> Result<Code, Failure> {
    let library = context.library()?;
    let interrupt = Interrupt::watch().map_err(cannot_watch)?;
    let reading = read(context, &library, &["-".into()], &ReadSettings::default(), &interrupt)?;
    if !context.output.is_seen() || reading.stopped {
        if let Some(summary) = summary_of(&library.problems) {
            context.output.warn(&summary);
        }
        return tell(context, &reading, &interrupt);
    }
    let nothing = || Start::Home(inputs::nothing_in(&reading.diagnosis));
    let start = Start::with(&reading.diagnosis).unwrap_or_else(nothing);
    interactive::begin(context, library, start, Some(interrupt), true)
}

/// Prints a diagnosis.
fn tell(context: &mut Context, reading: &ReadOutcome, interrupt: &Interrupt) -> Result<Code, Failure> {
    must_have_read(reading)?;
    let walk = walk_of(&reading.diagnosis);
    let style = told::Style { width: WIDTH, unicode: screens::theme(context).unicode, is_plain: context.common.plain };
    context.output.write(&told::text(&reading.diagnosis, walk.as_ref(), style))?;
    Ok(ended(reading, interrupt))
}

fn ended(reading: &ReadOutcome, interrupt: &Interrupt) -> Code {
    match interrupt.signal().filter(|_| reading.stopped) {
        Some(signal) => Code::Signal(signal),
        None => code(reading),
    }
}

/// Says how inputs are read.
#[derive(Debug, Default)]
pub(super) struct ReadSettings {
    /// How many threads read; 0 for all processors.
    pub(super) threads: usize,
    /// Whether nothing is a table, because lines have one format.
    pub(super) is_text: bool,
    /// The offset from UTC of times without a zone, in seconds east.
    pub(super) utc_offset: Option<i32>,
}

/// Reads the value of `--utc-offset`.
pub(super) fn offset(written: &str) -> Result<i32, String> {
    utc_offset(written).ok_or_else(|| "write an offset as +02:00, -03:30 or Z".to_owned())
}

/// Reads files, and reports those that cannot be read.
pub(super) fn read(
    context: &mut Context,
    library: &Library,
    files: &[OsString],
    settings: &ReadSettings,
    interrupt: &Interrupt,
) -> Result<ReadOutcome, Failure> {
    let sources: Vec<InputSource> = files.iter().map(|file| InputSource::from_argument(file)).collect();
    if sources.contains(&InputSource::Standard) && io::stdin().is_terminal() && !context.common.plain {
        context.output.warn("Paste the lines, then press Ctrl-D on an empty line.");
    }
    let scanner = Scanner::new(&library.trees).with_utc_offset(settings.utc_offset);
    let scanner = if settings.is_text { scanner.without_tables() } else { scanner };
    let options = Options { threads: settings.threads, ..Options::default() };
    let mut line = ProgressLine::default();
    let mut reading =
        evidence::read(&sources, &scanner, &options, interrupt.flag(), &mut |progress| line.show(progress));
    line.clear();
    look_up_unexplained(&mut reading.diagnosis, &Searcher::new(&library.trees));
    for failure in &reading.failures {
        context.output.warn(&format!("cannot read {}: {}", failure.path, failure.why));
    }
    if reading.stopped {
        context.output.warn("Stopped. Found so far:");
    }
    Ok(reading)
}

/// Fails if nothing was read.
///
/// Findings among binary data are still worth printing.
pub(super) fn must_have_read(reading: &ReadOutcome) -> Result<(), Failure> {
    let ReadOutcome { diagnosis, failures, was_any_read, stopped } = reading;
    if failures.is_empty() || *was_any_read || *stopped || told::has_found(diagnosis) {
        return Ok(());
    }
    Err(Failure::usage("nothing could be read", "name files that can be read, or pipe text into -"))
}

/// Continues with a walk that has the evidence.
///
/// Runs on screens or in lines. Without a walk, prints the diagnosis.
fn walk(
    context: &mut Context,
    library: Library,
    (reading, values): (&ReadOutcome, &ValueArgs),
    interrupt: Interrupt,
    is_input_read: bool,
) -> Result<Code, Failure> {
    match Start::with(&reading.diagnosis) {
        Some(Start::Walk(mut walk)) => {
            values.give(&mut walk)?;
            interactive::begin(context, library, Start::Walk(walk), Some(interrupt), is_input_read)
        }
        Some(start) => interactive::begin(context, library, start, Some(interrupt), is_input_read),
        None => {
            let style = told::Style { width: WIDTH, unicode: screens::theme(context).unicode, is_plain: true };
            context.output.write(&told::text(&reading.diagnosis, None, style))?;
            Ok(code(reading))
        }
    }
}

pub(super) fn cannot_watch(error: io::Error) -> Failure {
    Failure::usage(format!("cannot watch for Ctrl-C: {error}"), "run it in an interactive shell")
}

fn code(reading: &ReadOutcome) -> Code {
    let ReadOutcome { diagnosis, failures, .. } = reading;
    match told::has_found(diagnosis) {
        true => Code::Done,
        // Unread input may contain anything.
        false if !failures.is_empty() => Code::Usage,
        false => Code::Inconclusive,
    }
}

/// A progress line on standard error.
///
/// It is written over, and removed at the end. Nothing is shown if standard error is not a terminal.
#[derive(Debug, Default)]
struct ProgressLine {
    shown: usize,
}

impl ProgressLine {
    fn show(&mut self, progress: &ReadProgress) {
        let mut stream = io::stderr().lock();
        if progress.elapsed < PATIENCE || !stream.is_terminal() {
            return;
        }
        let line = text::fit(&progress.line(), WIDTH - 1, "");
        let gap = " ".repeat(self.shown.saturating_sub(line.len()));
        let _ = write!(stream, "\r{line}{gap}").and_then(|()| stream.flush());
        self.shown = line.len();
    }

    fn clear(&mut self) {
        if self.shown > 0 {
            let mut stream = io::stderr().lock();
            let _ = write!(stream, "\r{}\r", " ".repeat(self.shown)).and_then(|()| stream.flush());
            self.shown = 0;
        }
    }
}
