//! Prints the report of a case.

use clap::ValueEnum;
use serde_json::json;

use super::super::code::Code;
use super::super::context::Context;
use super::super::failure::Failure;
use super::{list, named, show};
use crate::export::{case_report, json, markdown, plain};
use crate::session::{solved_by, walks};

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
    let walk = &kept.walk;
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
                "case": list::object(&found),
                "title": report.title,
                "verdict": report.verdict,
                "parts": parts.map(|(heading, text)| json!({"heading": heading, "text": text})).collect::<Vec<_>>(),
                "events": show::events(walk),
                "walk": json::walk(walk),
            });
            context.output.json(&object)?;
        }
    }
    Ok(Code::Done)
}
