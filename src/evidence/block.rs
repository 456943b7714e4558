//! Blocks of bytes to read into.

/// So many bytes are handed on in one block where nothing has to be put together. While they are looked through, they stay
/// near the processor.
pub(super) const BLOCK: usize = 1 << 18;

/// Where a block begins is a multiple of this. Some processors copy into memory that is not so aligned at a quarter of
/// their speed, and a large allocation begins a few bytes behind the beginning of a page.
const PAGE: usize = 4096;

/// A block to read into.
#[derive(Debug, Default)]
pub(super) struct Block {
    bytes: Vec<u8>,
    start: usize,
    size: usize,
}

impl Block {
    /// An empty one of a size, in bytes.
    pub(super) fn new(size: usize) -> Self {
        let bytes = vec![0; size + PAGE];
        // Where the system cannot tell, it is as good to begin anywhere.
        let start = bytes.as_ptr().align_offset(PAGE).min(PAGE);
        Self { bytes, start, size }
    }

    /// The place of a text in it, if it is a part of it.
    pub(super) fn place_of(&self, text: &[u8]) -> Option<usize> {
        let place = text.as_ptr().addr().checked_sub(self.bytes.as_ptr().addr() + self.start)?;
        (place + text.len() <= self.size).then_some(place)
    }

    /// A part of it.
    pub(super) fn part(&self, place: usize, length: usize) -> &[u8] {
        self.bytes.get(self.start + place..self.start + place + length).unwrap_or_default()
    }

    /// All of it, to be filled.
    pub(super) fn space(&mut self) -> &mut [u8] {
        self.bytes.get_mut(self.start..self.start + self.size).unwrap_or_default()
    }

    /// As much of it as is filled.
    pub(super) fn filled(&self, filled: usize) -> &[u8] {
        self.part(0, filled.min(self.size))
    }
}
