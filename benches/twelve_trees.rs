//! Measures starts and first uses with twelve trees in the program.
//!
//! Run it with `cargo bench --bench twelve_trees`. It copies the embedded trees in turn under other names until there are
//! twelve, builds the program again with these inside (in `target/twelve-trees`), and measures that one. Processes are
//! started in turns with those that they are compared with: `find` with `--version`, the first frame with that of fzf.

mod pseudo_terminal;

use std::error::Error;
use std::hint::black_box;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;
use std::{env, fs};

use pseudo_terminal::{PseudoTerminal, milliseconds, quantile};
use wherefore::internals::diagnosis::{Scanner, diagnose_text};
use wherefore::internals::drill::{Material, Recognize};
use wherefore::internals::lookup::{Searcher, Usage};
use wherefore::internals::store::Library;
use wherefore::internals::walk::EvidenceSource;

/// Trees in the program that is measured.
const TREES: usize = 12;
/// Pairs of processes, one of each program.
const PAIRS: usize = 50;
const PROGRAM: &str = env!("CARGO_BIN_EXE_wherefore");

fn main() -> Result<(), Box<dyn Error>> {
    if Library::embedded().trees.len() < TREES {
        return build_with_twelve();
    }
    let mut report = String::from("| what | median | compared with | median | ratio |\n|---|---|---|---|---|\n");
    let mut pair = |what: &str, beside: &str, mut times: Vec<(f64, f64)>| {
        let one = median(times.iter().map(|(one, _)| *one).collect());
        let other = median(times.drain(..).map(|(_, other)| other).collect());
        report.push_str(&format!("| {what} | {one:.2} ms | {beside} | {other:.2} ms | {:.2} |\n", one / other));
    };
    let times = |one: &[&str], other: &[&str]| -> Result<Vec<_>, Box<dyn Error>> {
        (0..PAIRS).map(|_| Ok((process(one)?, process(other)?))).collect()
    };
    pair("`find no healthy backends`", "`--version`", times(&["find", "no healthy backends"], &["--version"])?);
    let line = "2026/01/15 10:20:31 [error] 31#31: *4402 connect() failed (111: Connection refused)";
    pair("`find` of a line of a log", "`--version`", times(&["find", line], &["--version"])?);
    let mut keys = Vec::new();
    let mut memory = 0;
    let frames: Result<Vec<_>, Box<dyn Error>> = (0..PAIRS)
        .map(|_| {
            let own = on_terminal(&[PROGRAM], &[b"\x1b[B", b"\x1b[B", b"\r", b"\x1b[B"], &mut keys, &mut memory)?;
            let fzf = ["sh", "-c", "seq -f 'some line of text number %g' 1000 | fzf"];
            Ok((own, on_terminal(&fzf, &[], &mut Vec::new(), &mut 0)?))
        })
        .collect();
    pair("first frame", "fzf, 1,000 lines", frames?);
    let slowest = quantile(&mut keys, 0.99);
    report.push_str(&format!("\nkey to frame, 99th percentile of {}: {slowest:.2} ms\n", keys.len()));
    report.push_str(&format!("memory at the first frame: {:.1} MB\n", memory as f64 / 1e3));
    report.push_str(&format!("size of the program: {:.1} MB\n", fs::metadata(PROGRAM)?.len() as f64 / 1e6));
    for (what, uses) in FIRST_USES {
        let times = (0..PAIRS).map(|_| {
            let library = Library::embedded();
            let started = Instant::now();
            uses(&library);
            milliseconds(started.elapsed())
        });
        report.push_str(&format!("{what} after the start: {:.1} ms\n", median(times.collect())));
    }
    std::io::stdout().write_all(report.as_bytes())?;
    Ok(())
}

/// A use of a library that was just opened, with its name.
type FirstUse = (&'static str, fn(&Library));

const FIRST_USES: [FirstUse; 3] = [
    ("first search", |library| {
        let searcher = Searcher::new(&library.trees);
        black_box(searcher.search("no healthy backends", &Usage::default(), 10).matches.len());
    }),
    ("first paste", |library| {
        let scanner = Scanner::new(&library.trees);
        let text = r#"{"lbStatusCode":"502","backendStatusCode":""}"#;
        black_box(diagnose_text(&scanner, &EvidenceSource::file("pasted"), text).findings.len());
    }),
    ("first exercise", |library| {
        for tree in library.trees.iter().take(1) {
            let material = Material::new(Arc::clone(tree));
            for (card, _) in tree.diagnoses().take(1) {
                black_box(Recognize::new(&material, card, None, 1).lines().len());
            }
        }
    }),
];

/// Writes twelve trees, and runs this benchmark again with them inside.
fn build_with_twelve() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = root.join("target/twelve-trees");
    let trees = target.join("decision_trees");
    if trees.exists() {
        fs::remove_dir_all(&trees)?;
    }
    copy(&root.join("decision_trees"), &trees)?;
    let embedded = fs::read_dir(&trees)?.filter_map(|entry| Some(entry.ok()?.path()));
    let mut embedded: Vec<PathBuf> = embedded.filter(|path| path.join("tree.json").is_file()).collect();
    embedded.sort();
    for (number, tree) in (embedded.len()..TREES).zip(embedded.iter().cycle()) {
        let id = tree.file_name().ok_or("no name")?.to_string_lossy().into_owned();
        let name = format!("{id}-{number}");
        copy(tree, &trees.join(&name))?;
        let file = trees.join(&name).join("tree.json");
        let text = fs::read_to_string(&file)?;
        let text = text.replacen(&format!("\"id\": \"{id}\""), &format!("\"id\": \"{name}\""), 1);
        fs::write(&file, text.replacen("\"title\": \"", &format!("\"title\": \"No. {number} of "), 1))?;
    }
    let done = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["bench", "--bench", "twelve_trees"])
        .env("WHEREFORE_TREES", &trees)
        .env("CARGO_TARGET_DIR", &target)
        .current_dir(root)
        .status()?;
    if done.success() { Ok(()) } else { Err(format!("the program with {TREES} trees: {done}").into()) }
}

fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path: PathBuf = entry?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() {
            copy(&path, &to.join(name))?;
        } else {
            fs::copy(&path, to.join(name))?;
        }
    }
    Ok(())
}

/// Returns the milliseconds that a process takes.
fn process(arguments: &[&str]) -> Result<f64, Box<dyn Error>> {
    let mut command = Command::new(PROGRAM);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let started = Instant::now();
    command.status()?;
    Ok(milliseconds(started.elapsed()))
}

/// Returns the milliseconds until the first frame is complete.
///
/// Adds the times of keys, and keeps the most memory that the process had used by the first frame, in kB.
fn on_terminal(
    command: &[&str],
    keys: &[&[u8]],
    times: &mut Vec<f64>,
    memory: &mut u64,
) -> Result<f64, Box<dyn Error>> {
    let mut terminal = PseudoTerminal::start(command)?;
    let first = terminal.first_frame().ok_or("no frame")?;
    if let Some(status) =
        terminal.child.process_id().and_then(|id| fs::read_to_string(format!("/proc/{id}/status")).ok())
    {
        let peak =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB")?.parse().ok());
        *memory = (*memory).max(peak.unwrap_or(0));
    }
    for key in keys {
        times.extend(terminal.press(key)?);
    }
    terminal.end()?;
    Ok(first)
}

fn median(mut values: Vec<f64>) -> f64 {
    quantile(&mut values, 0.5)
}
