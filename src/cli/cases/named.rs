//! Finds the case that a person names.

use super::super::context::Context;
use super::super::failure::Failure;
use crate::case::{self, KeptWalk, ListedCase};
use crate::store::Library;

/// Where cases are listed.
pub(super) const HELP: &str = "wherefore cases list shows all cases";

/// Lists all cases, the latest first.
pub(in super::super) fn all(context: &Context) -> Result<Vec<ListedCase>, Failure> {
    let folder = context.case_journal.folder()?;
    folder.list(usize::MAX).map_err(|error| {
        let what = format!("cannot read {}: {error}", folder.path().display());
        Failure::usage(what, "check that you may read it")
    })
}

/// Returns the named case, or else the latest open one.
pub(super) fn one(context: &Context, name: Option<&str>) -> Result<ListedCase, Failure> {
    let all = all(context)?;
    let Some(name) = name else {
        let latest = all.iter().find(|case| case.is_open()).or_else(|| all.iter().find(|case| case.summary.is_some()));
        // Without any that can be read, the error says what is wrong with the latest.
        return latest.or_else(|| all.first()).cloned().ok_or_else(|| {
            Failure::usage("there are no cases yet", "answer a question or paste a line in wherefore first")
        });
    };
    if let Some(case) = all.iter().find(|case| case.id == name) {
        return Ok(case.clone());
    }
    let fitting: Vec<&ListedCase> = all.iter().filter(|case| case.id.contains(name)).collect();
    match fitting.as_slice() {
        [only] => Ok((*only).clone()),
        [] => Err(Failure::unknown("case", name, all.iter().map(|case| case.id.as_str()), HELP)),
        several => {
            let ids: Vec<&str> = several.iter().map(|case| case.id.as_str()).collect();
            Err(Failure::usage(
                format!("several cases have {name:?} in their ids"),
                format!("name one of {}", ids.join(", ")),
            ))
        }
    }
}

/// Reads a case.
pub(super) fn read(context: &Context, library: &Library, id: &str) -> Result<KeptWalk, Failure> {
    let text = context.case_journal.folder()?.read(id);
    let text = text.map_err(|error| Failure::usage(format!("cannot read the case {id}: {error}"), HELP))?;
    case::read(&text, &library.trees)
        .map_err(|why| Failure::usage(format!("the case {id} cannot be read: {}", why.words()), HELP))
}
