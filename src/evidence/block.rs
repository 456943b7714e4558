//! Blocks of bytes to read into.

/// So many bytes are handed on in one block. While they are looked through, they stay near the processor.
pub(super) const BLOCK: usize = 1 << 18;

/// Where a block begins is a multiple of this. Some processors copy into memory that is not so aligned at a quarter of
/// their speed, and a large allocation begins a few bytes behind the beginning of a page.
const PAGE: usize = 4096;

/// A block to read into.
#[derive(Debug, Default)]
pub(super) struct Block {
    bytes: Vec<u8>,
    start: usize,
}

impl Block {
    /// An empty one.
    pub(super) fn new() -> Self {
        let bytes = vec![0; BLOCK + PAGE];
        // Where the system cannot tell, it is as good to begin anywhere.
        let start = bytes.as_ptr().align_offset(PAGE).min(PAGE);
        Self { bytes, start }
    }

    /// All of it, to be filled.
    pub(super) fn space(&mut self) -> &mut [u8] {
        self.bytes.get_mut(self.start..self.start + BLOCK).unwrap_or_default()
    }

    /// As much of it as is filled.
    pub(super) fn filled(&self, filled: usize) -> &[u8] {
        self.bytes.get(self.start..self.start + filled.min(BLOCK)).unwrap_or_default()
    }
}
