//! Runs `wherefore drill --exam` and `--check`.
//!
//! These are exams, and checks of their reports.

use std::ffi::OsStr;
use std::io::{self, Read};
use std::sync::Arc;

use super::super::code::Code;
use super::super::context::Context;
use super::super::dialogue::typed_lines;
use super::super::failure::Failure;
use super::talk::{nothing, talk};
use crate::app::drills::DrillSession;
use crate::app::plain::drill::DrillDialogue;
use crate::drill::{Exam, Material, Report};
use crate::store::{Library, day};
use crate::text;
use crate::tree::{Tree, TreeHash};

/// Bytes of the longest report.
const MAX_BYTES: u64 = 16 << 20;

/// Runs an exam with a given day, seed and length.
pub(super) fn run(
    context: &mut Context,
    library: &Library,
    tree: &Arc<Tree>,
    (today, seed, count): (i64, u64, usize),
    is_json: bool,
) -> Result<Code, Failure> {
    let hash = hash(library, tree)?;
    let material = Arc::new(Material::new(Arc::clone(tree)));
    let session = DrillSession::exam(&material, today, Exam::new(tree, seed, count)).ok_or_else(|| nothing(tree))?;
    let (code, dialogue) = talk(context, DrillDialogue::new(session), &mut typed_lines(io::stdin().lock()), is_json)?;
    let Some(report) = dialogue.session().report(&hash.all) else { return Ok(code) };
    let report = Report { date: day::date_of(today), ..report };
    if is_json {
        let object = serde_json::to_value(&report).map_err(io::Error::from)?;
        context.output.json(&object)?;
    } else {
        context.output.write(&told(&report, tree))?;
    }
    Ok(code)
}

/// Checks a report and says whether it holds.
pub(super) fn check(context: &mut Context, path: &OsStr) -> Result<Code, Failure> {
    let name = path.to_string_lossy();
    let bytes =
        read(path).map_err(|error| Failure::usage(format!("cannot read {name}: {error}"), "name an exam report"))?;
    let report: Report = serde_json::from_slice(&bytes).map_err(|error| {
        let help = "wherefore drill --exam N --json prints one";
        Failure::usage(format!("{name} is not an exam report: {error}"), help)
    })?;
    let library = context.library_saying_problems()?;
    let tree = Context::tree(&library, &report.tree)?;
    let hash = hash(&library, &tree)?;
    let faults = report.faults(&Material::new(Arc::clone(&tree)), &hash);
    if faults.is_empty() {
        context.output.write(&told(&report, &tree))?;
        context.output.write("The report is correct: replayed with this tree, the exam has the same score.\n")?;
        return Ok(Code::Done);
    }
    let mut said = String::from("The report is not correct:\n");
    for fault in faults {
        said.push_str(&format!("  {}\n", text::clean_line(&fault)));
    }
    context.output.write(&said)?;
    Ok(Code::Inconclusive)
}

fn read(path: &OsStr) -> io::Result<Vec<u8>> {
    let input: Box<dyn Read> = match path == "-" {
        true => Box::new(io::stdin().lock()),
        false => Box::new(std::fs::File::open(path)?),
    };
    let mut bytes = Vec::new();
    match input.take(MAX_BYTES + 1).read_to_end(&mut bytes)? as u64 > MAX_BYTES {
        true => Err(io::Error::other(format!("it is longer than {} MiB", MAX_BYTES >> 20))),
        false => Ok(bytes),
    }
}

fn hash(library: &Library, tree: &Tree) -> Result<TreeHash, Failure> {
    library.fingerprint(tree).ok_or_else(|| {
        Failure::usage(
            format!("the files of the tree {:?} were removed", tree.id),
            "restore the tree's folder and start again",
        )
    })
}

/// Describes a report in words.
fn told(report: &Report, tree: &Tree) -> String {
    let count = text::count(report.exercises.len(), "exercise", "exercises");
    let date = report.date.as_deref().map(|date| format!(", {}", text::clean_line(date))).unwrap_or_default();
    let mut told =
        format!("Exam: {} of 100 points on average in {count}, seed {}{date}.\n", report.points, report.seed);
    let title_of = |id: &str| {
        let card = tree.find_card(id).map(|card| tree.card(card).title.clone());
        card.unwrap_or_else(|| text::clean_line(id).into())
    };
    for mark in &report.exercises {
        let title = title_of(&mark.card);
        let mode = match mark.mode {
            crate::drill::Mode::Recognize => "recognize",
            crate::drill::Mode::Incident => "incident ",
        };
        told.push_str(&format!("  {:>3}  {mode}  {title}\n", mark.points));
        for named in mark.named.iter().filter(|named| **named != mark.card) {
            told.push_str(&format!("                  named: {}\n", title_of(named)));
        }
    }
    told.push_str(&format!("Tree: {}, SHA-256 {}\n", tree.id, report.tree_hash));
    told
}
