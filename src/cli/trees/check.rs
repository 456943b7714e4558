//! Runs `wherefore trees check` and `wherefore trees explain`.

use std::path::{Path, PathBuf};

use super::super::code::Code as ExitCode;
use super::super::context::Context;
use super::super::failure::Failure;
use crate::export::screen_rows::{long_cards, long_questions};
use crate::export::{json, report};
use crate::prove::{check_collisions, check_formats, check_links, prove};
use crate::store::Library;
use crate::text;
use crate::tree::problem::{Severity, any_error};
use crate::tree::{Code, Problem};

/// Checks trees, and prints their problems and proofs.
pub(super) fn check(context: &mut Context, directories: &[PathBuf], as_json: bool) -> Result<ExitCode, Failure> {
    let library = match directories {
        [] => context.library()?,
        named => {
            let mut library = Library::default();
            for directory in named {
                if !directory.is_dir() {
                    let what = format!("{} is not a folder", directory.display());
                    return Err(Failure::usage(what, "name a folder that holds trees, or is one"));
                }
                library.add_directory(directory, true);
            }
            library
        }
    };
    let (problems, proved) = problems_of(library);
    if as_json {
        context.output.json(&json::check(&problems, &proved))?;
    } else {
        let in_color = context.output.has_color();
        let mut lines = String::new();
        for problem in &problems {
            lines.push_str(&format!("{}\n\n", report::problem(problem, in_color)));
        }
        for checked in &proved {
            lines.push_str(&format!("{}\n", report::proof(&checked.id, &checked.proof)));
        }
        let of = |severity| problems.iter().filter(|problem| problem.severity() == severity).count();
        let errors = text::count(of(Severity::Error), "error", "errors");
        let warnings = text::count(of(Severity::Warning), "warning", "warnings");
        lines.push_str(&format!("{}: {errors}, {warnings}\n", text::count(proved.len(), "tree", "trees")));
        context.output.write(&lines)?;
    }
    Ok(if any_error(&problems) { ExitCode::Inconclusive } else { ExitCode::Done })
}

/// Returns the problems of the tree in a folder, without printing them.
pub(super) fn problems_in(folder: &Path) -> Vec<Problem> {
    let mut library = Library::default();
    library.add_directory(folder, true);
    problems_of(library).0
}

/// Returns all problems of the trees, and what is proved of each.
fn problems_of(library: Library) -> (Vec<Problem>, Vec<json::CheckedTree>) {
    let mut problems = library.problems;
    problems.extend(check_formats(&library.shared.formats));
    problems.extend(check_links(&library.trees, &Library::embedded().trees));
    problems.extend(check_collisions(&library.trees));
    let mut proved = Vec::new();
    for tree in &library.trees {
        let (proof, found) = prove(tree);
        problems.extend(found);
        problems.extend(long_cards(tree));
        problems.extend(long_questions(tree));
        proved.push(json::CheckedTree { id: tree.id.to_string(), origin: tree.origin.to_string(), proof });
    }
    (problems, proved)
}

/// Prints the meaning of a code, or of all codes.
pub(super) fn explain(context: &mut Context, name: Option<&str>) -> Result<ExitCode, Failure> {
    let lines = match name {
        Some(name) => {
            let found = Code::ALL.iter().find(|code| code.name() == name);
            let unknown = || {
                let known = Code::ALL.iter().map(|code| code.name());
                Failure::unknown("code", name, known, "wherefore trees explain lists all")
            };
            report::explained(*found.ok_or_else(unknown)?)
        }
        None => Code::ALL.iter().map(|code| report::listed(*code)).collect(),
    };
    context.output.write(&lines)?;
    Ok(ExitCode::Done)
}
