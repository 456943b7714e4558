//! Measures how fast evidence is read: `cargo bench --bench diagnose`.
//!
//! For each shape of log (`shapes.rs`), the program and `rg -c -i -F -f` with the same literals read the same file in
//! turns, 11 times each. The ratio is that of their user plus system time: other programs on the machine change that
//! less than the time on the clock. `-- --bytes 20MB` reads less, `-- --shape nginx` only some shapes.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use serde_json::json;
use wherefore::internals::store::Library;
use wherefore::internals::tree::Tree;
use wherefore::internals::tree::pattern::{Part, Pattern};

#[path = "records.rs"]
mod records;
#[path = "shapes.rs"]
mod shapes;

/// Pairs of runs.
///
/// An odd number, so that the median is one of them.
const PAIRS: usize = 11;

/// Bytes of a file.
///
/// Large enough that the start of the program, 15 ms, is a few percent of the whole.
const BYTES: u64 = 200_000_000;

/// Made-up trees, and signatures in each.
///
/// With the embedded tree they have about 1,000 literals, as twelve trees would have.
const TREES: usize = 11;
const SIGNATURES: usize = 82;

fn main() -> Result<(), Box<dyn Error>> {
    let bytes = option("--bytes").and_then(|text| text.strip_suffix("MB")?.parse::<u64>().ok());
    let bytes = bytes.map_or(BYTES, |number| number * 1_000_000);
    let wanted = option("--shape").unwrap_or_default().to_lowercase();
    let folder = tempfile::tempdir()?;
    let trees = folder.path().join("trees");
    let made_up = made_up(&trees)?;
    let embedded = literals(&Library::embedded().trees);
    let more: Vec<String> = embedded.iter().cloned().chain(made_up).collect();
    let mut report = String::from(
        "| shape | literals | start | rg | wherefore | to rg: median | lowest | highest |\n|---|---|---|---|---|---|---|---|\n",
    );
    for shape in shapes::SHAPES.iter().filter(|shape| shape.name.to_lowercase().contains(&wanted)) {
        let path = folder.path().join("shape.log");
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&path)?);
        shape.write(&mut file, bytes)?;
        file.flush()?;
        for (literals, trees) in [(&embedded, None), (&more, Some(&trees))] {
            measure(shape, &path, literals, trees, &mut report)?;
        }
    }
    for shape in &shapes::SHAPES {
        writeln!(report, "\n{}: {}.", shape.name, shape.errors)?;
    }
    Ok(std::io::stdout().write_all(report.as_bytes())?)
}

/// Returns the argument after a name.
fn option(name: &str) -> Option<String> {
    let arguments: Vec<String> = std::env::args().collect();
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.get(at + 1).cloned()
}

fn measure(
    shape: &shapes::Shape,
    path: &Path,
    literals: &[String],
    trees: Option<&PathBuf>,
    report: &mut String,
) -> Result<(), Box<dyn Error>> {
    let list = path.with_file_name("literals.txt");
    fs::write(&list, literals.join("\n"))?;
    let empty = path.with_file_name("empty.log");
    fs::write(&empty, "\n")?;
    let rg = || {
        let mut command = Command::new("rg");
        command.args(["-c", "-i", "-F", "-j", "1", "-f"]).arg(&list).arg(path);
        cost(&mut command, path)
    };
    let wherefore = |path: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_wherefore"));
        command.args(trees.map(|trees| format!("--trees={}", trees.display())));
        command.args(["diagnose", "--threads", "1"]).arg(path);
        cost(&mut command, path)
    };
    let start = median(&mut (0..PAIRS).map(|_| wherefore(&empty)).collect::<Result<Vec<_>, _>>()?);
    // The first pair brings the file into the page cache.
    let (mut ratios, mut of_rg, mut own) = (Vec::new(), Vec::new(), Vec::new());
    for pair in 0..=PAIRS {
        let (theirs, ours) = (rg()?, wherefore(path)?);
        if pair > 0 {
            ratios.push(theirs / ours);
            of_rg.push(theirs);
            own.push(ours);
        }
    }
    let speed = |seconds: f64| fs::metadata(path).map(|data| data.len() as f64 / seconds / 1e9);
    writeln!(
        report,
        "| {} | {} | {:.0} ms | {:.2} GB/s | {:.2} GB/s | {:.2} | {:.2} | {:.2} |",
        shape.name,
        literals.len(),
        start * 1e3,
        speed(median(&mut of_rg))?,
        speed(median(&mut own))?,
        median(&mut ratios),
        ratios.first().copied().unwrap_or_default(),
        ratios.last().copied().unwrap_or_default(),
    )?;
    Ok(())
}

/// Sorts and returns the one in the middle.
fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// Runs a program and returns the processor time that it took.
///
/// In seconds, with the time of the system for it.
fn cost(command: &mut Command, path: &Path) -> Result<f64, Box<dyn Error>> {
    // If nobody reads the count, rg stops at the first line.
    let out = File::create(path.with_file_name("out.txt"))?;
    let before = children()?;
    let status = command.stdout(out).status()?;
    if status.code().is_none_or(|code| code > 1) {
        return Err(format!("{command:?}: {status}").into());
    }
    Ok(children()? - before)
}

/// Returns the processor seconds of all programs that were run.
#[cfg(unix)]
fn children() -> Result<f64, Box<dyn Error>> {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = |time: nix::sys::time::TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Ok(seconds(usage.user_time()) + seconds(usage.system_time()))
}

/// Returns the time on the clock instead, in seconds.
#[cfg(not(unix))]
fn children() -> Result<f64, Box<dyn Error>> {
    Ok(std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH)?.as_secs_f64())
}

/// Returns the longest literal of each signature.
///
/// At least these must be searched for.
fn literals(trees: &[Arc<Tree>]) -> Vec<String> {
    let mut literals = Vec::new();
    for (_, card) in trees.iter().flat_map(|tree| tree.cards()) {
        for signature in &card.signatures {
            if let Pattern::Text(template) = &signature.pattern {
                let texts = template.parts.iter().filter_map(|part| match part {
                    Part::Literal(text) => Some(text.trim()),
                    Part::Slot { .. } => None,
                });
                literals.extend(texts.max_by_key(|text| text.len()).map(str::to_owned));
            }
        }
    }
    literals.sort();
    literals.dedup();
    literals
}

/// Writes trees with messages of public servers as signatures, returns the messages.
fn made_up(folder: &Path) -> Result<Vec<String>, Box<dyn Error>> {
    let all = include_str!("error-strings.txt").lines().filter(|line| !line.starts_with('#'));
    // Variable parts of a message are written in angle brackets, and braces mean something in a pattern.
    let fixed = all.filter_map(|line| line.split(['{', '}', '<']).next()).map(str::trim);
    let mut known = BTreeSet::new();
    let messages = fixed.filter(|text| text.len() > 20 && known.insert(*text));
    let messages: Vec<&str> = messages.take(TREES * SIGNATURES).collect();
    for (number, messages) in messages.chunks(SIGNATURES).enumerate() {
        let folder = folder.join(format!("made-up-{number}"));
        fs::create_dir_all(folder.join("cards"))?;
        let mut ids = Vec::new();
        for (at, message) in messages.iter().enumerate() {
            let card = json!({
                "title": format!("Trouble {at}"),
                "about": "Made up.",
                "likelihood": "common",
                "signatures": [{"text": message, "samples": [message]}],
                "symptoms": ["Users wait."],
                "causes": [{"id": "one", "text": "Something is down."}],
                "remedies": [],
                "docs": [],
                "source": "made up",
                "reviewed": "2026-01-15",
            });
            fs::write(folder.join(format!("cards/card-{at}.json")), card.to_string())?;
            ids.push(format!("card-{at}"));
        }
        let tree = json!({
            "format": 1, "id": format!("made-up-{number}"), "title": "Made up", "about": "For a benchmark.",
            "escalation": "card-0",
            "start": {"ask": "one", "then": {"yes": {"cards": ids}, "no": {"card": "card-0"}}},
            "questions": {"one": {
                "ask": "Is it?", "why": "So.", "options": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}],
                "find_out": {"how": "Look.", "takes": "seconds", "shows": {}},
            }},
        });
        fs::write(folder.join("tree.json"), tree.to_string())?;
    }
    Ok(messages.into_iter().map(str::to_owned).collect())
}
