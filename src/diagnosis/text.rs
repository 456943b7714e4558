//! Diagnoses a text in memory, such as a pasted one.

use super::candidate_lines::ScanBuffers;
use super::findings::{Diagnosis, Input};
use super::scan::Scanner;
use super::short_text::{LONGEST_SHORT, TextLetters};
use super::tally::Tally;
use crate::segment::Piece;
use crate::text::CleanText;
use crate::walk::EvidenceSource;

/// Looks through a whole text, which becomes the only input.
pub fn diagnose_text(scanner: &Scanner, source: &EvidenceSource, text: &str) -> Diagnosis {
    let mut segmenter = scanner.segmenter();
    let mut sample = scanner.format_sample();
    let mut pieces = Vec::new();
    let mut take = |piece: Piece<'_>| {
        sample.take(piece);
        pieces.push((piece.kind, piece.bytes.to_vec(), piece.line));
    };
    segmenter.push(text.as_bytes(), &mut take);
    let form = segmenter.finish(&mut take);
    let few = with_met_needs(scanner, text, pieces.iter().map(|(_, bytes, _)| bytes.as_slice()));
    let scanner = few.as_ref().unwrap_or(scanner);
    let (mut memory, mut tally) = (ScanBuffers::default(), Tally::default());
    for (kind, bytes, line) in &pieces {
        scanner.piece(Piece { kind: *kind, bytes, line: *line }, source, &mut memory, &mut tally);
    }
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

/// Returns a scanner for the patterns that a short text may have.
///
/// `None` if the text is long, or all patterns are compiled already.
fn with_met_needs<'p>(scanner: &Scanner, text: &str, pieces: impl Iterator<Item = &'p [u8]>) -> Option<Scanner> {
    if scanner.is_ready() || text.len() > LONGEST_SHORT || !TextLetters::can_read(text) {
        return None;
    }
    let mut letters = TextLetters::new();
    pieces.for_each(|piece| letters.add(piece, scanner.formats()));
    Some(scanner.with_needs(&|needs| letters.may_meet(needs)))
}
