//! Checks log formats against their samples and `never` lines.

use std::sync::Arc;

use super::training::shortened;
use crate::recognize::LogFormats;
use crate::text;
use crate::tree::log_format::LogFormat;
use crate::tree::{Code, Problem};

/// Returns the problems of formats with their samples and `never` lines.
pub fn check_formats(formats: &[Arc<LogFormat>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for format in formats {
        let alone = LogFormats::new(std::slice::from_ref(format));
        let reads = |line: &str| alone.format_of(&text::clean_line(line)).is_some();
        let mut note = |code, message: String, help: &str| {
            let problem = Problem::of_file(code, &format.path, message, help);
            problems.push(Problem { place: Some(format.place.clone()), ..problem });
        };
        for sample in format.samples.iter().filter(|sample| !reads(sample)) {
            let message = format!("this log format does not read its own sample: `{}`", shortened(sample));
            note(Code::SampleNotMatched, message, "correct the line or the sample");
        }
        for line in format.never.iter().filter(|line| reads(line)) {
            let message = format!("this log format reads what it must never read: `{}`", shortened(line));
            note(Code::NeverMatched, message, "make the line of the format more specific");
        }
    }
    problems
}
