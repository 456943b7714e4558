//! The pieces that a text is cut into.

/// A part of a text that can be searched by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'b> {
    /// Tells how to read the text.
    pub kind: PieceKind,
    /// The text of the piece.
    pub bytes: &'b [u8],
    /// The number of its first line, from 1.
    pub line: usize,
}

/// Says how to read a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Whole lines, or parts of a line.
    ///
    /// Parts are beside documents, and in lines of more than 1 MiB.
    Lines,
    /// The lines of one error message.
    Block,
    /// One JSON value, without anything around it.
    Document,
    /// One JSON object that can be read as a line.
    ///
    /// It is compact, without escaped letters and lists of objects.
    Record,
    /// The beginning of a JSON value that is cut off.
    Torn,
}
