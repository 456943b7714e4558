//! Runs of four bytes, as numbers.

use super::super::inner_literals::GRAM;

/// Returns a gram as it is written.
///
/// 0 if there are not so many bytes.
pub(super) fn load(gram: &[u8]) -> u32 {
    gram.first_chunk().map_or(0, |gram: &[u8; GRAM]| u32::from_le_bytes(*gram))
}

/// Returns the gram at a position; line ends follow the block.
#[inline(always)]
pub(super) fn gram_at(block: &[u8], at: usize) -> u32 {
    if let Some(gram) = block.get(at..).and_then(<[u8]>::first_chunk) {
        return lower(*gram);
    }
    let byte = |ahead: usize| block.get(at + ahead).copied().unwrap_or(b'\n');
    lower([byte(0), byte(1), byte(2), byte(3)])
}

/// Returns a gram as a number, in lower case.
#[inline(always)]
pub(super) fn lower(gram: [u8; GRAM]) -> u32 {
    u32::from_le_bytes(gram) | 0x2020_2020
}
