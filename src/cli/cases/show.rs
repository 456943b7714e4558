//! Shows what happened in a case.

use serde_json::{Value, json};

use super::super::case_journal::now;
use super::super::code::Code;
use super::super::context::Context;
use super::super::failure::Failure;
use super::{list, named};
use crate::case::{KeptWalk, ListedCase};
use crate::export::course::{course, minute};
use crate::export::format::{ago, rfc3339};
use crate::export::json;
use crate::session::walks;
use crate::text;
use crate::walk::Walk;

pub(super) fn run(context: &mut Context, case: Option<&str>, is_json: bool) -> Result<Code, Failure> {
    let found = named::one(context, case)?;
    let library = context.library_saying_problems()?;
    let kept = named::read(context, &library, &found.id)?;
    let is_changed = library.fingerprint(kept.walk.tree()).is_none_or(|hash| kept.head.hash != hash.to_string());
    if is_json {
        let object = json!({
            "schema": "wherefore/case/1",
            "case": list::object(&found),
            "program": kept.head.program,
            "hash": kept.head.hash,
            "tree_changed": is_changed,
            "began": kept.head.at,
            "events": events(&kept.walk),
            "left_out": kept.left_out,
            "lost": kept.lost,
            "torn": kept.is_torn,
            "walk": json::walk(&kept.walk),
        });
        context.output.json(&object)?;
        return Ok(Code::Done);
    }
    let width = context.columns();
    context.page(&told(&found, &kept, is_changed, width))?;
    Ok(Code::Done)
}

/// Returns what happened and still counts, as JSON.
pub(super) fn events(walk: &Walk) -> Vec<Value> {
    let at = |at: Option<i64>| at.and_then(|at| rfc3339(at.saturating_mul(1000), true));
    course(walk).into_iter().map(|event| json!({"at": at(event.at), "says": event.says})).collect()
}

fn told(found: &ListedCase, kept: &KeptWalk, is_changed: bool, width: usize) -> String {
    let walk = &kept.walk;
    let mut said = String::new();
    let mut push = |indent: &str, line: &str| {
        for (at, part) in text::wrap(line, width.saturating_sub(indent.len() + 2)).iter().enumerate() {
            let hanging = if at > 0 { "  " } else { "" };
            said.push_str(&format!("{indent}{hanging}{part}\n"));
        }
    };
    push("", &format!("Case {}, {}, {}", found.id, found.state(), ago(now().saturating_sub(found.changed))));
    push("", &format!("{}: {}", walk.tree().title, walks::standing(walk)));
    push("", "");
    for event in course(walk) {
        let at = event.at.map(minute).unwrap_or_else(|| "time unknown".to_owned());
        push("  ", &format!("{at}  {}", event.says));
    }
    if is_changed {
        push("", "");
        push("", "The system has changed since the case began. Everything else was replayed.");
    }
    for left_out in &kept.left_out {
        push("  ", &format!("Left out, because it no longer fits: {left_out}"));
    }
    if kept.is_torn {
        push("", "The last event was not written completely and is lost.");
    }
    if kept.lost > 0 {
        let events = text::count(kept.lost, "event is damaged and lost", "events are damaged and lost");
        push("", &format!("{events}."));
    }
    push("", "");
    push("", &format!("To continue: wherefore resume {}", found.id));
    said
}
