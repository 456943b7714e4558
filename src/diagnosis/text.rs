//! Diagnoses a text in memory, such as a pasted one.

use super::candidate_lines::ScanBuffers;
use super::findings::{Diagnosis, Input};
use super::scan::Scanner;
use super::tally::Tally;
use crate::segment::Piece;
use crate::text::CleanText;
use crate::walk::EvidenceSource;

/// Looks through a whole text, which becomes the only input.
pub fn diagnose_text(scanner: &Scanner, source: &EvidenceSource, text: &str) -> Diagnosis {
    let (mut memory, mut tally) = (ScanBuffers::default(), Tally::default());
    let mut segmenter = scanner.segmenter();
    let mut sample = scanner.format_sample();
    let mut take = |piece: Piece<'_>| {
        sample.take(piece);
        scanner.piece(piece, source, &mut memory, &mut tally);
    };
    segmenter.push(text.as_bytes(), &mut take);
    let form = segmenter.finish(&mut take);
    let mut diagnosis = tally.diagnosis();
    diagnosis.inputs = vec![Input {
        path: CleanText::line(&source.to_string()),
        read_as: sample.read_as(&form),
        kind: form.kind,
        records: tally.records,
        error_blocks: tally.error_blocks,
        bytes: u64::try_from(text.len()).unwrap_or(u64::MAX),
        remarks: form.remarks,
    }];
    diagnosis
}
