//! Lists the cases.

use serde_json::{Value, json};

use super::super::case_journal::now;
use super::super::code::Code;
use super::super::context::Context;
use super::super::failure::Failure;
use super::named;
use crate::case::ListedCase;
use crate::export::format::{ago, rfc3339};
use crate::text;

pub(super) fn run(context: &mut Context, is_json: bool) -> Result<Code, Failure> {
    let all = named::all(context)?;
    let folder = context.case_journal.folder()?.path().display().to_string();
    if is_json {
        let cases: Vec<Value> = all.iter().map(object).collect();
        let object = json!({"schema": "wherefore/cases/1", "folder": text::clean_line(&folder), "cases": cases});
        context.output.json(&object)?;
        return Ok(Code::Done);
    }
    let (now, width) = (now(), context.columns());
    let said: String = all.iter().map(|case| lines(case, now, width)).collect();
    let bytes = all.iter().map(|case| case.bytes).sum();
    let end = match all.len() {
        0 => "There are no cases yet.\n".to_owned(),
        count => format!(
            "{}, {}, in {}\nTo continue one: wherefore resume CASE\n",
            text::count(count, "case", "cases"),
            text::size(bytes),
            text::clean_line(&folder)
        ),
    };
    context.page(&format!("{said}{end}"))?;
    Ok(Code::Done)
}

/// Returns what is known about a case as JSON.
pub(super) fn object(case: &ListedCase) -> Value {
    let summary = case.summary.as_ref();
    json!({
        "id": case.id,
        "state": case.state(),
        "tree": summary.map(|it| &it.tree),
        "system": summary.map(|it| &it.system),
        "about": summary.map(|it| &it.about),
        "standing": summary.map(|it| &it.standing),
        "verdict": summary.map(|it| &it.verdict),
        "answers": summary.map(|it| it.answers),
        "evidence": summary.map(|it| it.evidence),
        "steps": summary.map(|it| it.steps),
        "changed": rfc3339(case.changed.saturating_mul(1000), true),
        "bytes": case.bytes,
    })
}

fn lines(case: &ListedCase, now: i64, width: usize) -> String {
    let when = ago(now.saturating_sub(case.changed));
    let Some(summary) = &case.summary else {
        return format!("{}  damaged, {when}\n\n", case.id);
    };
    let counts = summary.counts();
    let mut said = format!("{}  {}, {when}\n", case.id, summary.state.word());
    let about = [&summary.about, &summary.standing].map(|part| part.as_str());
    let about: Vec<&str> = about.into_iter().filter(|part| !part.is_empty()).collect();
    for line in [about.join(": "), format!("{}, {counts}", summary.system)] {
        for part in text::wrap(&line, width.saturating_sub(2)) {
            said.push_str(&format!("  {part}\n"));
        }
    }
    said + "\n"
}
