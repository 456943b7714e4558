//! Texts that stand encoded in a record.

use base64::Engine as _;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::matcher::Captures;
use super::record::Line;
use crate::text::{self, CleanText, fold_name};

/// Characters that are kept of a decoded text.
const MAX_CHARACTERS: usize = 2_000;

/// Decodes as much as there is of a text without padding.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Returns the encoded texts of a line, each with what it is.
///
/// `fields` are the fields that hold such, and what they are.
pub(super) fn decoded(fields: &[(CleanText, CleanText)], line: &Line) -> Captures {
    let mut found = Vec::new();
    for (field, what) in fields {
        let name = fold_name(field);
        for encoded in line.records().iter().flat_map(|record| record.written(&name)) {
            let Some(text) = decode(encoded) else { continue };
            let entry = (what.clone(), text);
            if !found.contains(&entry) {
                found.push(entry);
            }
        }
    }
    found
}

fn decode(encoded: &str) -> Option<CleanText> {
    // A single character after the last group of four cannot be decoded.
    let encoded: String = encoded.chars().filter(|character| !character.is_whitespace()).collect();
    let encoded = encoded.trim_end_matches('=');
    let lonely = usize::from(encoded.len() % 4 == 1);
    let bytes = LENIENT.decode(encoded.get(..encoded.len() - lonely)?).ok()?;
    let cleaned = text::clean(&String::from_utf8_lossy(&bytes));
    let mut kept: String = cleaned.chars().take(MAX_CHARACTERS).collect();
    if kept.len() < cleaned.len() {
        kept.push('…');
    }
    (!kept.trim().is_empty()).then(|| kept.into())
}
