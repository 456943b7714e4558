//! A text that is at hand, such as a pasted one, to a diagnosis.

use super::candidate_lines::Memory;
use super::findings::{Diagnosis, Input};
use super::scan::Scanner;
use super::tally::Tally;
use crate::segment::Segmenter;

/// Looks through a whole text. `path` says where it is from; it becomes the path of the only input.
pub fn diagnose_text(scanner: &Scanner, path: &str, text: &str) -> Diagnosis {
    let (mut memory, mut tally) = (Memory::default(), Tally::default());
    let mut segmenter = Segmenter::default();
    segmenter.push(text.as_bytes(), &mut |piece| scanner.piece(piece, path, &mut memory, &mut tally));
    let form = segmenter.finish(&mut |piece| scanner.piece(piece, path, &mut memory, &mut tally));
    let mut diagnosis = tally.diagnosis();
    diagnosis.inputs = vec![Input {
        path: path.into(),
        kind: form.kind,
        records: tally.records,
        bytes: u64::try_from(text.len()).unwrap_or(u64::MAX),
        remarks: form.remarks,
    }];
    diagnosis
}
