//! Runs of four bytes, as numbers.

use super::super::windows::RUN;

/// A run as it is written; 0 if there are not so many bytes.
pub(super) fn load(run: &[u8]) -> u32 {
    run.first_chunk().map_or(0, |run: &[u8; RUN]| u32::from_le_bytes(*run))
}

/// The run at a place of a block, which may end before it: line ends follow.
#[inline(always)]
pub(super) fn run_at(block: &[u8], at: usize) -> u32 {
    if let Some(run) = block.get(at..).and_then(<[u8]>::first_chunk) {
        return lower(*run);
    }
    let byte = |ahead: usize| block.get(at + ahead).copied().unwrap_or(b'\n');
    lower([byte(0), byte(1), byte(2), byte(3)])
}

/// A run as a number, in lower case.
#[inline(always)]
pub(super) fn lower(run: [u8; RUN]) -> u32 {
    u32::from_le_bytes(run) | 0x2020_2020
}
