//! Finds lines in a block of bytes, and classifies bytes.

/// Bytes of the longest line that is searched as a whole.
///
/// A longer one is handed out and searched in parts. 1 MiB bounds the memory for one line.
pub(crate) const LONGEST_LINE: usize = 1 << 20;
/// Bytes that a cut of a long line may move.
///
/// It is then cut between words.
const RAGGED: usize = 4 << 10;

/// A line, or the rest of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LineBounds {
    /// The start of the line.
    pub(super) start: usize,
    /// The end of its text.
    ///
    /// In a line that is too long, the end of the part that may be handed out.
    pub(super) end: usize,
    /// The start of the next line.
    pub(super) next: usize,
    /// The known extent of the line.
    pub(super) extent: LineExtent,
}

/// The known extent of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineExtent {
    /// Its end.
    Whole,
    /// The line is too long to be handed out in one piece.
    TooLong,
    /// Not enough came to tell.
    Unknown,
}

impl LineBounds {
    /// Returns the line that begins at a position.
    ///
    /// `is_end` means that nothing follows these bytes.
    pub(super) fn at(bytes: &[u8], start: usize, is_end: bool) -> Self {
        let rest = bytes.get(start..).unwrap_or_default();
        let window = rest.get(..rest.len().min(LONGEST_LINE + 1)).unwrap_or_default();
        if let Some(newline) = memchr::memchr(b'\n', window) {
            return Self { start, end: start + newline, next: start + newline + 1, extent: LineExtent::Whole };
        }
        let extent = match () {
            () if rest.len() > LONGEST_LINE => LineExtent::TooLong,
            () if is_end => LineExtent::Whole,
            () => LineExtent::Unknown,
        };
        let end = start + rest.len().min(LONGEST_LINE);
        Self { start, end, next: end, extent }
    }

    /// Its text, without its end.
    pub(super) fn text(self, bytes: &[u8]) -> &[u8] {
        bytes.get(self.start..self.end).unwrap_or_default()
    }

    /// Returns the end of the first part of a long line.
    ///
    /// It is between words if possible, and never in a character.
    pub(super) fn first_part(self, bytes: &[u8]) -> usize {
        let text = self.text(bytes);
        let (_, ragged) = text.split_at(text.len().saturating_sub(RAGGED));
        let gap = ragged.iter().rposition(|byte| is_separator(*byte));
        let character = ragged.iter().rposition(|byte| *byte & 0xc0 != 0x80);
        let given_up = match (gap, character) {
            (Some(gap), _) => ragged.len() - gap - 1,
            (None, Some(character)) => ragged.len() - character,
            (None, None) => 0,
        };
        self.end - given_up
    }
}

/// Ordinary lines that were not handed out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LineRun {
    pub(super) begin: usize,
    pub(super) end: usize,
    /// The lines that end in it.
    pub(super) line_ends: usize,
}

impl LineRun {
    /// Returns an empty run at a position.
    pub(super) fn at(place: usize) -> Self {
        Self { begin: place, end: place, line_ends: 0 }
    }

    /// Adds the bytes up to a position.
    pub(super) fn extend_to(&mut self, bytes: &[u8], end: usize) {
        self.line_ends += newlines(bytes.get(self.end..end).unwrap_or_default());
        self.end = end;
    }
}

/// Returns whether a byte separates values: white space or a comma.
pub(super) fn is_separator(byte: u8) -> bool {
    byte == b',' || byte.is_ascii_whitespace()
}

/// Returns whether the byte opens a value.
pub(super) fn is_opening(byte: Option<&u8>) -> bool {
    matches!(byte, Some(b'{' | b'['))
}

/// Returns whether the next value is an object.
pub(super) fn begins_object(bytes: &[u8]) -> bool {
    bytes.iter().find(|byte| !is_separator(**byte)) == Some(&b'{')
}

/// Returns the number of line ends.
pub(super) fn newlines(bytes: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', bytes).count()
}
