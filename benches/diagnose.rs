//! How fast evidence is looked through: `cargo bench --bench diagnose`, or with `-- --bytes 200MB` for a quick look.
//!
//! A file of made-up records (`records.rs`) is read in blocks by one thread that does nothing but look through them, and as
//! the program reads it, at one thread and at two, with the embedded trees and with 300 more signatures. In the same run `rg -c -F -f` and `grep -c -F -f` look for the same literals in the same file.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::hint::black_box;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use serde_json::json;
use wherefore::diagnosis::{At, Memory, Scanner, Tally};
use wherefore::evidence::{self, Source};
use wherefore::store::Library;
use wherefore::tree::pattern::{Part, Pattern};
use wherefore::tree::{Folder, SourceFile, Tree, load};

#[path = "records.rs"]
mod records;

/// A block that is read at a time, in bytes.
const BLOCK: usize = 1 << 18;

/// The best of so many runs counts; of grep, which is slow, of fewer.
const RUNS: usize = 10;
const FEW_RUNS: usize = 3;

/// Made-up signatures of the larger set of trees.
const MADE_UP: usize = 300;

fn main() -> Result<(), Box<dyn Error>> {
    let bytes = bytes().unwrap_or(1_000_000_000);
    let folder = tempfile::tempdir()?;
    let mut report = String::from(
        "| records | literals | rg -F | grep -F | looking alone | to rg | one thread | to rg | two threads | to one |\n\
         |---|---|---|---|---|---|---|---|---|---|\n",
    );
    let trees = Library::embedded().trees;
    let mut more = trees.clone();
    more.push(made_up()?);
    for (kind, has_envelope) in [("in envelopes", true), ("bare", false)] {
        let path = folder.path().join("records.jsonl");
        let mut file = BufWriter::with_capacity(1 << 20, File::create(&path)?);
        records::write(&mut file, records::Recipe { bytes, seed: 1, has_envelope })?;
        file.flush()?;
        for trees in [&trees, &more] {
            measure(kind, &path, folder.path(), trees, &mut report)?;
        }
    }
    Ok(std::io::stdout().write_all(report.as_bytes())?)
}

/// `--bytes 200MB`: how large the file is to be.
fn bytes() -> Option<u64> {
    let arguments: Vec<String> = std::env::args().collect();
    let at = arguments.iter().position(|argument| argument == "--bytes")?;
    arguments.get(at + 1)?.strip_suffix("MB")?.parse::<u64>().ok().map(|number| number * 1_000_000)
}

fn measure(
    kind: &str,
    path: &Path,
    folder: &Path,
    trees: &[Arc<Tree>],
    report: &mut String,
) -> Result<(), Box<dyn Error>> {
    let literals = literals(trees);
    let (list, found) = (folder.join("literals.txt"), folder.join("found.txt"));
    std::fs::write(&list, literals.join("\n"))?;
    let size = std::fs::metadata(path)?.len() as f64;
    let speed = |time: Duration| size / time.as_secs_f64() / 1e9;
    let scanner = Scanner::new(trees);
    let tool = |name: &str, runs: usize| {
        let count = || {
            // Where nobody reads the count, they would stop at the first line.
            let mut command = Command::new(name);
            command.args(["-c", "-F", "-f"]).arg(&list).arg(path).env("LC_ALL", "C").stdout(File::create(&found)?);
            Ok(command.status().map(|_| ())?)
        };
        best(runs, count).ok()
    };
    let (rg, grep) = (tool("rg", RUNS), tool("grep", FEW_RUNS));
    let alone = best(RUNS, || alone(&scanner, path))?;
    // In turns: what one of them meets with on a machine that is not quiet, the other meets with, too.
    let (mut one, mut two) = (Duration::MAX, Duration::MAX);
    for _ in 0..RUNS {
        for (threads, best) in [(1, &mut one), (2, &mut two)] {
            let start = Instant::now();
            run(&scanner, path, threads);
            *best = start.elapsed().min(*best);
        }
    }
    let shown = |time: Option<Duration>| time.map_or("absent".into(), |time| format!("{:.2} GB/s", speed(time)));
    let to_rg = |time: Duration| rg.map_or("-".into(), |rg| format!("{:.2}", rg.as_secs_f64() / time.as_secs_f64()));
    writeln!(
        report,
        "| {kind} | {} | {} | {} | {} | {} | {} | {} | {} | {:.2} |",
        literals.len(),
        shown(rg),
        shown(grep),
        shown(Some(alone)),
        to_rg(alone),
        shown(Some(one)),
        to_rg(one),
        shown(Some(two)),
        one.as_secs_f64() / two.as_secs_f64(),
    )?;
    Ok(())
}

fn best(runs: usize, mut work: impl FnMut() -> Result<(), Box<dyn Error>>) -> Result<Duration, Box<dyn Error>> {
    let mut best = Duration::MAX;
    for _ in 0..runs {
        let start = Instant::now();
        work()?;
        best = best.min(start.elapsed());
    }
    Ok(best)
}

/// Reads a file in blocks and looks through them, and nothing else.
fn alone(scanner: &Scanner, path: &Path) -> Result<(), Box<dyn Error>> {
    let name = path.to_string_lossy();
    let mut file = File::open(path)?;
    let (mut memory, mut tally) = (Memory::default(), Tally::default());
    let mut buffer = vec![0; BLOCK];
    let (mut kept, mut line) = (0, 1);
    loop {
        let read = file.read(buffer.get_mut(kept..).unwrap_or_default())?;
        let filled = buffer.get(..kept + read).unwrap_or_default();
        let end = if read == 0 { filled.len() } else { memchr::memrchr(b'\n', filled).map_or(0, |end| end + 1) };
        let block = filled.get(..end).unwrap_or_default();
        scanner.lines(block, At { path: &name, line }, &mut memory, &mut tally);
        if read == 0 {
            break;
        }
        line += memchr::memchr_iter(b'\n', block).count();
        kept = filled.len() - end;
        buffer.copy_within(end..end + kept, 0);
    }
    black_box(tally.diagnosis());
    Ok(())
}

/// Reads a file as the program does.
fn run(scanner: &Scanner, path: &Path, threads: usize) {
    let options = evidence::Options { threads, ..evidence::Options::default() };
    let sources = [Source::Path(path.to_owned())];
    black_box(evidence::read(&sources, scanner, &options, &AtomicBool::new(false), &mut |_| {}));
}

/// What has to be looked for at least: of each signature its longest literal.
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

/// A tree with many signatures: messages that public servers print.
fn made_up() -> Result<Arc<Tree>, Box<dyn Error>> {
    let messages = include_str!("error-strings.txt")
        .lines()
        .filter(|line| line.len() > 20 && !line.contains(['{', '}', '<', '#']));
    let mut files = Vec::new();
    let mut ids = Vec::new();
    for (at, message) in messages.step_by(2).take(MADE_UP).enumerate() {
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
        files.push((format!("cards/card-{at}.json"), card));
        ids.push(format!("card-{at}"));
    }
    let tree = json!({
        "format": 1, "id": "made-up", "title": "Made up", "about": "For a benchmark.", "escalation": "card-0",
        "start": {"ask": "one", "then": {"yes": {"cards": ids}, "no": {"card": "card-0"}}},
        "questions": {"one": {
            "ask": "Is it?", "why": "So.", "options": [{"id": "yes", "label": "Yes"}, {"id": "no", "label": "No"}],
            "find_out": {"how": "Look.", "takes": "seconds", "shows": {}},
        }},
    });
    files.push(("tree.json".to_owned(), tree));
    let files = files.into_iter().map(|(file, content)| SourceFile {
        path: file.clone(),
        name: file,
        content: Ok(Cow::Owned(content.to_string().into_bytes())),
    });
    let loaded = load(&Folder { name: "made-up".into(), origin: "made up".into(), files: files.collect() });
    Ok(loaded.tree.map(Arc::new).ok_or("the made-up tree does not load")?)
}
