//! Runs `wherefore trees new` and `wherefore trees new-card`.

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;

use super::super::code::Code;
use super::super::context::Context;
use super::super::failure::Failure;
use super::check::problems_in;
use crate::export::command::shell_quote;
use crate::export::{new_card, new_tree, report};
use crate::recognize::Recognizer;
use crate::store::{Library, write_new};
use crate::text;
use crate::tree::Problem;
use crate::tree::source::decode::is_id;
use crate::tree::todo::TODO;
use crate::walk::EvidenceSource;

/// Bytes that are read from standard input, at most.
const MAX_BYTES: u64 = 8 << 20;

/// Makes a small tree, and says how to go on.
pub(super) fn new_tree(context: &mut Context, id: &str, directory: Option<&Path>) -> Result<Code, Failure> {
    check_id(id, "web-shop")?;
    let folder = directory.map_or_else(|| PathBuf::from(id), |directory| directory.join(id));
    if folder.symlink_metadata().is_ok() {
        let what = format!("{} already exists", folder.display());
        return Err(Failure::usage(what, "give the tree another id, or name another folder with --dir"));
    }
    if let Some(known) = context.library()?.tree(id) {
        let note = format!(
            "note: a tree {id} already exists, from: {}; the new one replaces it where both are read",
            known.origin
        );
        context.output.warn(&note);
    }
    let written = write(&folder, &new_tree::files(id))?;
    let shown = shell_quote(&folder.display().to_string());
    let mut lines = written_lines(&written);
    lines.push_str("\nChange this small example to fit your system.");
    lines.push_str(&missing(&problems_in(&folder), &shown));
    lines.push_str(&format!(
        "\nNext:\n  \
         wherefore --tree-dir {shown} walk {id}\n      walk through the tree\n  \
         wherefore trees new-card {shown} CARD-ID --from 'LINE'\n      start a card from a log line\n  \
         wherefore trees check {shown}\n      check it after each change\n\
         docs/writing-trees.md in the repository explains these steps.\n"
    ));
    context.output.write(&lines)?;
    Ok(Code::Done)
}

/// Adds a card and its golden case to a tree.
///
/// Prints what the check finds after that and did not find before.
pub(super) fn add_card(context: &mut Context, folder: &Path, id: &str, line: Option<&str>) -> Result<Code, Failure> {
    check_id(id, "pool-is-empty")?;
    if !folder.join("tree.json").is_file() {
        let what = format!("{} has no tree.json", folder.display());
        return Err(Failure::usage(what, "name the folder of a tree; wherefore trees new makes one"));
    }
    let draft = match line {
        Some(line) => new_card::draft(&line_of(line)?, Some(id)),
        None => new_card::empty_draft(id),
    };
    let mut known = context.library()?;
    known.add_directory(folder, true);
    if let Some(evidence) =
        draft.case.get("evidence").and_then(Value::as_array).and_then(|lines| lines.first()?.as_str())
    {
        known_by(&known, evidence).iter().for_each(|note| context.output.warn(note));
    }
    let before = problems_in(folder);
    let files = [("cards", &draft.card), ("cases", &draft.case)];
    let files = files.map(|(kind, content)| (format!("{kind}/{id}.json"), format!("{content:#}\n")));
    let written = write(folder, &files)?;
    let mut found = problems_in(folder);
    found.retain(|problem| !before.contains(problem));
    found.sort_by_key(|problem| (problem.path.to_string(), problem.place.as_ref().map(|place| place.line)));
    let shown = shell_quote(&folder.display().to_string());
    let lines = format!("{}\n{}", written_lines(&written), missing(&found, &shown).trim_start());
    context.output.write(&lines)?;
    Ok(Code::Done)
}

/// Prints a card that is made from a line.
pub(super) fn print_card(context: &mut Context, from: &str, id: Option<&str>) -> Result<Code, Failure> {
    let line = line_of(from)?;
    if let Some(id) = id {
        check_id(id, "pool-is-empty")?;
    }
    let library = context.library_saying_problems()?;
    for note in known_by(&library, &line) {
        context.output.warn(&note);
    }
    let draft = new_card::draft(&line, id);
    context.output.json(&draft.card)?;
    context.output.warn(&format!(
        "Save it as cards/{id}.json in the folder of its tree, and replace each text that begins with {TODO}, and the date.\n\
         Add {{\"card\": \"{id}\"}} to the branching in tree.json, and a golden case to cases/.\n\
         \"wherefore trees check\" lists what is still missing.",
        id = draft.id,
    ));
    Ok(Code::Done)
}

/// Returns a note for each card that knows a line already.
fn known_by(library: &Library, line: &str) -> Vec<String> {
    let mut notes = Vec::new();
    for tree in &library.trees {
        let known = Recognizer::new(Arc::clone(tree)).evidence(&EvidenceSource::Paste, &text::clean_line(line));
        for card in known.hits.iter().flat_map(|hit| &hit.cards) {
            notes.push(format!("note: the card {} in {} already matches this line", tree.card(*card).id, tree.id));
        }
    }
    notes
}

fn check_id(id: &str, example: &str) -> Result<(), Failure> {
    if is_id(id) {
        return Ok(());
    }
    Err(Failure::usage(format!("{id:?} is not an id"), format!("join lower-case words by hyphens: {example}")))
}

/// Writes new files; an error names the file.
fn write(folder: &Path, files: &[(String, String)]) -> Result<Vec<PathBuf>, Failure> {
    write_new(folder, files).map_err(|(path, error)| {
        let path = path.display();
        match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Failure::usage(format!("{path} already exists"), "choose another id; nothing was written")
            }
            _ => Failure::usage(format!("cannot write {path}: {error}"), "check the permissions of the folder"),
        }
    })
}

fn written_lines(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| format!("Wrote {}\n", path.display())).collect()
}

/// Says which problems the check finds in a folder.
fn missing(problems: &[Problem], folder: &str) -> String {
    if problems.is_empty() {
        return " The check finds no problems.\n".to_owned();
    }
    let lines: String = problems.iter().map(|problem| format!("  {}\n", report::line(problem))).collect();
    format!(
        " Still missing:\n{lines}\n\
         \"wherefore trees check {folder}\" says what to do, \"wherefore trees explain CODE\" explains a code.\n"
    )
}

/// Returns the line for a draft; `-` stands for standard input.
fn line_of(from: &str) -> Result<String, Failure> {
    let line = if from == "-" { first_line()? } else { from.to_owned() };
    if text::clean_line(&line).is_empty() {
        return Err(Failure::usage("there is no line to start a card from", "name the line, or pipe it into --from -"));
    }
    Ok(line)
}

/// Returns the record or the first line on standard input.
///
/// A record may span several lines. Empty lines are skipped.
fn first_line() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(MAX_BYTES).read_to_end(&mut bytes);
    read.map_err(|error| Failure::usage(format!("cannot read standard input: {error}"), "pipe a line into it"))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let is_record = serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|value| value.is_object());
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().to_owned();
    Ok(if is_record { text } else { first })
}
