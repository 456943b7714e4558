//! Prints the report of a case.

use clap::ValueEnum;
use serde_json::{Value, json};

use super::super::code::Code;
use super::super::context::Context;
use super::super::failure::Failure;
use super::{list, named, show};
use crate::case::Redactor;
use crate::export::{case_report, json, markdown, plain};
use crate::session::{Redaction, solved_by, walks};

/// The most columns of text.
const WIDTH: usize = 100;

/// Columns that no line of a part in JSON has.
const UNBROKEN: usize = 10_000;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum ReportFormat {
    Markdown,
    Text,
    Json,
}

pub(super) fn run(context: &mut Context, case: Option<&str>, format: ReportFormat) -> Result<Code, Failure> {
    let found = named::one(context, case)?;
    let library = context.library_saying_problems()?;
    let kept = named::read(context, &library, &found.id)?;
    let (walk, mut redactor) = context.redaction().report(&kept.walk);
    let walk = &*walk;
    let report = case_report::report(&library.trees, walk, solved_by(walk), &walks::standing(walk));
    match format {
        ReportFormat::Markdown => context.page(&markdown::card(&report))?,
        ReportFormat::Text => {
            let width = context.columns().min(WIDTH);
            context.page(&plain::card(&report, width))?;
        }
        ReportFormat::Json => {
            let parts = case_report::parts(&report, UNBROKEN).into_iter();
            let object = json!({
                "schema": "wherefore/report/1",
                "case": redacted_case(list::object(&found), &mut redactor, context.redaction()),
                "title": report.title,
                "verdict": report.verdict,
                "parts": parts.map(|(heading, text)| json!({"heading": heading, "text": text})).collect::<Vec<_>>(),
                "events": show::events(walk),
                "walk": json::walk(walk),
                "replaced": redactor.replaced().iter().map(|it| &it.name).collect::<Vec<_>>(),
            });
            context.output.json(&object)?;
        }
    }
    tell_replaced(context, &redactor);
    Ok(Code::Done)
}

/// Replaces names and addresses in what a list says of a case.
fn redacted_case(mut case: Value, redactor: &mut Redactor, redaction: Redaction) -> Value {
    if redaction.is_for_reports() {
        for field in ["about", "standing", "verdict"] {
            if let Some(Value::String(text)) = case.get_mut(field) {
                *text = redactor.text(&text.as_str().into()).to_string();
            }
        }
    }
    case
}

/// Lists on standard error what was replaced.
///
/// It is to be looked over before the report is sent, and is no part of it.
fn tell_replaced(context: &mut Context, redactor: &Redactor) {
    let summary = redactor.summary();
    if summary.is_empty() {
        return;
    }
    let listed = redactor.replaced();
    let listed = listed.iter().map(|it| format!("{} = {}", it.name, it.value)).collect::<Vec<_>>().join(", ");
    let listed = if listed.is_empty() { listed } else { format!(": {listed}") };
    context.output.warn(&format!("Replaced {summary}{listed}. --no-redact keeps them."));
}
