//! Blocks of bytes to read into.
//!
//! A block begins at a memory page, because some processors copy four times as fast into aligned memory. A large `Vec`
//! begins 16 bytes after the beginning of a page.

/// Bytes of a block whose results need no merging: 256 KiB.
///
/// A block of this size stays in the cache of the processor while it is scanned.
pub(super) const BLOCK: usize = 1 << 18;

/// Alignment of a block, in bytes.
///
/// Some processors copy into memory without this alignment at a quarter of their speed. A large allocation begins a few
/// bytes behind the beginning of a page.
const PAGE: usize = 4096;

/// A block to read into.
#[derive(Debug, Default)]
pub(super) struct ReadBlock {
    bytes: Vec<u8>,
    start: usize,
    size: usize,
}

impl ReadBlock {
    /// Allocates an empty block of `size` bytes.
    pub(super) fn new(size: usize) -> Self {
        let bytes = vec![0; size + PAGE];
        // If the system cannot tell the alignment, any start is as good.
        let start = bytes.as_ptr().align_offset(PAGE).min(PAGE);
        Self { bytes, start, size }
    }

    /// Returns the position of a text that is part of the block.
    ///
    /// `None` if the text lies elsewhere.
    pub(super) fn place_of(&self, text: &[u8]) -> Option<usize> {
        let place = text.as_ptr().addr().checked_sub(self.bytes.as_ptr().addr() + self.start)?;
        (place + text.len() <= self.size).then_some(place)
    }

    /// Returns `length` bytes of the block from `place` on.
    pub(super) fn part(&self, place: usize, length: usize) -> &[u8] {
        self.bytes.get(self.start + place..self.start + place + length).unwrap_or_default()
    }

    /// Returns the whole block, to be filled.
    pub(super) fn space(&mut self) -> &mut [u8] {
        self.bytes.get_mut(self.start..self.start + self.size).unwrap_or_default()
    }

    /// Returns the first `filled` bytes of the block.
    pub(super) fn filled(&self, filled: usize) -> &[u8] {
        self.part(0, filled.min(self.size))
    }
}
