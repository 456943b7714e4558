//! Moves cases between machines: by file, and by code.

use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use serde_json::json;

use super::super::case_journal::now;
use super::super::code::Code;
use super::super::context::Context;
use super::super::failure::Failure;
use super::named;
use crate::case::{self, BadCode, CaseHead, KeptFrom, KeptWalk};
use crate::session::exported;
use crate::store::{Library, write_private};
use crate::text;
use crate::tree::Tree;
use crate::walk::Walk;

/// Bytes of a file that are imported.
///
/// A case keeps evidence as conclusions and samples, so that one of a whole day has less than 1 MB.
const MAX_BYTES: u64 = 16 << 20;

/// Writes a case to one file.
pub(super) fn export(
    context: &mut Context,
    case: Option<&str>,
    output: Option<&Path>,
    is_json: bool,
) -> Result<Code, Failure> {
    let found = named::one(context, case)?;
    let library = context.library_saying_problems()?;
    let kept = named::read(context, &library, &found.id)?;
    let text = exported(&library.trees, &kept.walk, &kept.head.hash, kept.head.time());
    let Some(path) = output else {
        context.output.write(&text)?;
        return Ok(Code::Done);
    };
    let file = text::clean_line(&path.display().to_string());
    write_private(path, &text).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::usage(format!("{file} exists already"), "choose another name, or delete the file first")
        }
        _ => Failure::usage(format!("cannot write {file}: {error}"), "check that you may write there"),
    })?;
    let events = kept.walk.events().len();
    if is_json {
        let object = json!({"schema": "wherefore/case-exported/1", "case": found.id, "file": file, "events": events});
        context.output.json(&object)?;
    } else {
        let events = text::count(events, "event", "events");
        let said = format!("{file}: the case {}, {events}. It has the evidence as it was pasted.\n", found.id);
        context.output.write(&format!("{said}On the other machine: wherefore cases import {file}\n"))?;
    }
    Ok(Code::Done)
}

/// Reads a case that another machine exported.
pub(super) fn import(context: &mut Context, file: &OsStr, is_json: bool) -> Result<Code, Failure> {
    let name = if file == "-" { "standard input".into() } else { text::clean_line(&file.to_string_lossy()) };
    let read = match file == "-" {
        true => limited(io::stdin().lock()),
        false => File::open(file).and_then(limited),
    };
    let help = "name a file that \"wherefore cases export\" has written";
    let text = read.map_err(|error| Failure::usage(format!("cannot read {name}: {error}"), help))?;
    let text = text.ok_or_else(|| Failure::usage(format!("{name} is larger than 16 MiB"), help))?;
    let library = context.library_saying_problems()?;
    let kept = case::read(&text, &library.trees)
        .map_err(|why| Failure::usage(format!("{name} cannot be imported: {}", why.words()), help))?;
    let began = if kept.head.time() > 0 { kept.head.time() } else { now() };
    let lines = exported(&library.trees, &kept.walk, &kept.head.hash, began);
    let folder = context.case_journal.folder()?;
    let written = folder.create(began).and_then(|mut case| {
        case.append(&lines)?;
        case.file().sync_data()?;
        Ok(case.id().to_owned())
    });
    let place = text::clean_line(&folder.path().display().to_string());
    let id = written.map_err(|error| {
        Failure::usage(format!("cannot write the case to {place}: {error}"), "check that you may write there")
    })?;
    if is_json {
        context.output.json(&json!({
            "schema": "wherefore/case-imported/1",
            "case": id,
            "events": kept.walk.events().len(),
            "left_out": kept.left_out,
            "lost": kept.lost,
        }))?;
    } else {
        let events = text::count(kept.walk.events().len(), "event", "events");
        context.output.write(&format!("Imported as {id}, {events}. {}\n", what_is_lost(&kept)))?;
        context.output.write(&format!("Continue it with: wherefore resume {id}\n"))?;
    }
    Ok(Code::Done)
}

/// Says what an imported case lacks.
fn what_is_lost(kept: &KeptWalk) -> String {
    let mut said = Vec::new();
    if !kept.left_out.is_empty() {
        said.push(format!("Its system is another version here; left out: {}.", kept.left_out.join(", ")));
    }
    if kept.lost > 0 {
        said.push(format!("{} in the file.", text::count(kept.lost, "event is damaged", "events are damaged")));
    }
    if kept.is_torn {
        said.push("The last line is not complete.".to_owned());
    }
    if said.is_empty() { "Nothing is lost.".to_owned() } else { said.join(" ") }
}

/// Reads a text; `None` if it is too long.
fn limited(input: impl Read) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    input.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    let is_short = u64::try_from(bytes.len()).is_ok_and(|length| length <= MAX_BYTES);
    Ok(is_short.then(|| String::from_utf8_lossy(&bytes).into_owned()))
}

/// Prints the code of a case.
pub(super) fn code(context: &mut Context, case: Option<&str>, is_json: bool) -> Result<Code, Failure> {
    let found = named::one(context, case)?;
    let library = context.library_saying_problems()?;
    let kept = named::read(context, &library, &found.id)?;
    let code = case::code(&kept.walk, &hash(&library, kept.walk.tree()));
    if is_json {
        let (code, why) = (code.as_ref().ok(), code.as_ref().err().map(|why| why.words()));
        context.output.json(&json!({"schema": "wherefore/code/1", "case": found.id, "code": code, "why_none": why}))?;
    } else {
        match &code {
            Ok(code) => context.output.write(&format!("{code}\n"))?,
            Err(why) => {
                let why = why.words();
                context
                    .output
                    .warn(&format!("This case has no code: {why}. \"wherefore cases export\" writes a file."));
            }
        }
    }
    Ok(if code.is_ok() { Code::Done } else { Code::Inconclusive })
}

/// Returns the case of a code.
///
/// `None` if the text names a case, or is no code.
///
/// # Errors
///
/// It is a code with a mistake.
pub(super) fn of_code(context: &Context, written: &str) -> Result<Option<KeptWalk>, Failure> {
    let names_case = || named::all(context).is_ok_and(|all| all.iter().any(|case| case.id.contains(written)));
    let library = context.library()?;
    let trees: Vec<(&Tree, String)> = library.trees.iter().map(|tree| (&**tree, hash(&library, tree))).collect();
    let decoded = match case::decode_code(written, &trees) {
        Ok(decoded) => decoded,
        Err(BadCode::Shape) => return Ok(None),
        Err(_) if names_case() => return Ok(None),
        Err(why) => {
            let what = format!("the code {} cannot be used: {}", text::clean_line(written), why.words());
            return Err(Failure::usage(what, "ask for the code again, or for a file of \"wherefore cases export\""));
        }
    };
    let Some((tree, hash)) = library.trees.get(decoded.tree).zip(trees.get(decoded.tree).map(|(_, hash)| hash)) else {
        return Ok(None);
    };
    let left_out = match decoded.lost {
        0 => Vec::new(),
        lost => vec![text::count(lost, "answer or mark", "answers or marks")],
    };
    Ok(Some(KeptWalk {
        head: CaseHead::new(&tree.id, hash, now()),
        walk: Walk::replay(tree.clone(), decoded.events),
        left_out,
        lost: 0,
        is_torn: false,
        is_whole: false,
        from: KeptFrom::Code { is_same_version: decoded.is_same_version },
    }))
}

fn hash(library: &Library, tree: &Tree) -> String {
    library.fingerprint(tree).map(|hash| hash.to_string()).unwrap_or_default()
}
