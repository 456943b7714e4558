//! Deletes cases.

use serde_json::json;

use super::super::code::Code;
use super::super::context::Context;
use super::super::failure::Failure;
use super::named;
use crate::store::CaseLimits;
use crate::text;

/// Deletes the named cases, or all of them without names.
pub(super) fn delete(context: &mut Context, names: &[String], is_json: bool) -> Result<Code, Failure> {
    let wanted = match names {
        [] => named::all(context)?,
        names => names.iter().map(|name| named::one(context, Some(name))).collect::<Result<Vec<_>, _>>()?,
    };
    let folder = context.case_journal.folder()?.clone();
    let (mut deleted, mut in_use) = (Vec::new(), Vec::new());
    for case in wanted {
        let is_deleted = folder.delete(&case.id).map_err(|error| {
            Failure::usage(format!("cannot delete the case {}: {error}", case.id), "check that you may write there")
        })?;
        if is_deleted { deleted.push(case.id) } else { in_use.push(case.id) }
    }
    if is_json {
        let object = json!({"schema": "wherefore/cases-deleted/1", "deleted": deleted, "in_use": in_use});
        context.output.json(&object)?;
    } else {
        context.output.write(&format!("{} deleted.\n", text::count(deleted.len(), "case", "cases")))?;
        for id in &in_use {
            context.output.warn(&format!("The case {id} is open in another terminal, so it was not deleted."));
        }
    }
    Ok(if in_use.is_empty() { Code::Done } else { Code::Inconclusive })
}

/// Deletes old cases, and those for which there is no room.
pub(super) fn prune(context: &mut Context, limits: CaseLimits, now: i64, is_json: bool) -> Result<Code, Failure> {
    let folder = context.case_journal.folder()?;
    let pruned = folder.prune(limits, now).map_err(|error| {
        let what = format!("cannot delete cases in {}: {error}", folder.path().display());
        Failure::usage(what, "check that you may write there")
    })?;
    if is_json {
        let object = json!({
            "schema": "wherefore/cases-deleted/1",
            "deleted": pruned.deleted,
            "in_use": [],
            "bytes": pruned.bytes,
            "left": pruned.left,
        });
        context.output.json(&object)?;
    } else {
        let deleted = text::count(pruned.deleted.len(), "case", "cases");
        context.output.write(&format!("{deleted} deleted ({}), {} left.\n", text::size(pruned.bytes), pruned.left))?;
    }
    Ok(Code::Done)
}
