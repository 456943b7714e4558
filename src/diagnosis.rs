//! Summarizes evidence: cards with their times, answers, and unexplained error lines.
//!
//! Bytes come in blocks of whole lines or whole documents, in any amount; the memory does not grow with them. Pure:
//! `evidence` reads the bytes.

mod block_reader;
mod block_state;
mod bottom_k;
mod candidate_lines;
mod document;
mod error_block;
mod findings;
mod format_sample;
mod inner_literals;
mod irregular;
mod line_hits;
mod line_shape;
mod line_time;
mod log_lines;
mod matches;
mod patterns;
mod prefilter;
mod recent_lines;
mod scan;
mod short_text;
mod tally;
mod text;
mod times;

pub use candidate_lines::ScanBuffers;
pub use findings::{Certainty, Diagnosis, Finding, FoundAnswer, Input, KnownByWords, Sample, Times, UnexplainedLines};
pub use format_sample::{FormatSample, ReadAs};
pub use line_time::{LineTime, utc_offset};
pub use recent_lines::RecentLines;
pub use scan::{At, Scanner};
pub use tally::Tally;
pub use text::diagnose_text;

pub use crate::walk::EvidenceSource;
