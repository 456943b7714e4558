//! How fast evidence is looked through: `cargo bench --bench diagnose`, or with `-- --bytes 200MB` for a quick look.
//!
//! A file of made-up records (`records.rs`) is read in blocks, at one thread and at two, with the embedded trees and with
//! 300 more signatures. In the same run `rg -c -F -f` and `grep -c -F -f` look for the same literals in the same file.

use std::borrow::Cow;
use std::error::Error;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufWriter, Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use wherefore::diagnosis::{At, Scanner, Tally};
use wherefore::store::Library;
use wherefore::tree::pattern::{Part, Pattern};
use wherefore::tree::{Folder, SourceFile, Tree, load};

#[path = "records.rs"]
mod records;

/// A block that is read at a time, in bytes.
const BLOCK: usize = 1 << 18;

/// The best of so many runs counts.
const RUNS: usize = 3;

/// Made-up signatures of the larger set of trees.
const MADE_UP: usize = 300;

fn main() -> Result<(), Box<dyn Error>> {
    let bytes = bytes().unwrap_or(1_000_000_000);
    let folder = tempfile::tempdir()?;
    let mut report = String::from(
        "| records | signatures | rg -F | grep -F | one thread | to rg | two threads | to one |\n|---|---|---|---|---|---|---|---|\n",
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
    let list = folder.join("literals.txt");
    std::fs::write(&list, literals.join("\n"))?;
    let size = std::fs::metadata(path)?.len() as f64;
    let speed = |time: Duration| size / time.as_secs_f64() / 1e9;
    let scanner = Scanner::new(trees);
    let one = best(|| Ok(run(&scanner, path, 1)?))?;
    let two = best(|| Ok(run(&scanner, path, 2)?))?;
    let tool = |name: &str| {
        let arguments = ["-c", "-F", "-f"];
        let count = || {
            let mut command = Command::new(name);
            command.args(arguments).arg(&list).arg(path).stdout(Stdio::null());
            if name == "grep" {
                command.env("LC_ALL", "C");
            }
            Ok(command.status().map(|_| ())?)
        };
        best(count).ok()
    };
    let (rg, grep) = (tool("rg"), tool("grep"));
    let shown = |time: Option<Duration>| time.map_or("absent".into(), |time| format!("{:.2} GB/s", speed(time)));
    writeln!(
        report,
        "| {kind} | {} | {} | {} | {:.2} GB/s | {} | {:.2} GB/s | {:.2} |",
        literals.len(),
        shown(rg),
        shown(grep),
        speed(one),
        rg.map_or("-".into(), |rg| format!("{:.2}", rg.as_secs_f64() / one.as_secs_f64())),
        speed(two),
        one.as_secs_f64() / two.as_secs_f64(),
    )?;
    Ok(())
}

fn best(mut work: impl FnMut() -> Result<(), Box<dyn Error>>) -> Result<Duration, Box<dyn Error>> {
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let start = Instant::now();
        work()?;
        best = best.min(start.elapsed());
    }
    Ok(best)
}

/// Looks through a file, each thread through a part of it.
fn run(scanner: &Scanner, path: &Path, threads: u64) -> std::io::Result<()> {
    let size = std::fs::metadata(path)?.len();
    let shares: Vec<_> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..threads)
            .map(|thread| {
                scope.spawn(move || share(scanner, path, size * thread / threads, size * (thread + 1) / threads))
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().expect("a share does not panic")).collect()
    });
    let mut whole = Tally::default();
    for share in shares {
        whole.append(share?);
    }
    std::hint::black_box(whole.diagnosis());
    Ok(())
}

/// Looks through the lines that begin in a part of a file, block by block.
fn share(scanner: &Scanner, path: &Path, from: u64, to: u64) -> std::io::Result<Tally> {
    use std::io::{Seek as _, SeekFrom};
    let mut file = File::open(path)?;
    // The line in which the part begins belongs to whoever comes before.
    file.seek(SeekFrom::Start(from.saturating_sub(1)))?;
    let mut at = from.saturating_sub(1);
    let mut tally = Tally::default();
    let mut buffer = vec![0; BLOCK];
    let mut kept = 0;
    let mut is_first = from > 0;
    let name = path.to_string_lossy();
    loop {
        let read = file.read(&mut buffer[kept..])?;
        let filled = kept + read;
        let mut start = 0;
        if is_first {
            start = memchr::memchr(b'\n', &buffer[..filled]).map_or(filled, |end| end + 1);
            is_first = false;
        }
        let mut end = memchr::memrchr(b'\n', &buffer[..filled]).map_or(0, |end| end + 1).max(start);
        if read == 0 {
            end = filled;
        }
        let mut is_last = read == 0;
        if at + end as u64 > to {
            let limit = (to.saturating_sub(at).saturating_sub(1)) as usize;
            end = memchr::memchr(b'\n', &buffer[limit..filled]).map_or(end, |more| limit + more + 1);
            is_last = true;
        }
        scanner.lines(&buffer[start..end.max(start)], At { path: &name, line: 1 }, &mut tally);
        if is_last {
            return Ok(tally);
        }
        buffer.copy_within(end..filled, 0);
        kept = filled - end;
        at += end as u64;
    }
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
