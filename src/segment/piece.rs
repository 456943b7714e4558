//! The pieces that a text is cut into.

/// A part of a text that can be looked through by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'b> {
    /// Whole lines, or parts of a line.
    ///
    /// Parts are beside documents, and in lines of more than 1 MiB.
    Lines {
        /// The text.
        bytes: &'b [u8],
        /// The number of its first line, from 1.
        line: usize,
    },
    /// One JSON value, without anything around it.
    Document {
        /// The value.
        bytes: &'b [u8],
        /// The number of the line in which it begins, from 1.
        line: usize,
    },
    /// One JSON object that can be read as a line.
    ///
    /// It is compact, without escaped letters and lists of objects.
    Record {
        /// The object.
        bytes: &'b [u8],
        /// The number of the line in which it stands, from 1.
        line: usize,
    },
    /// The beginning of a JSON value that is cut off.
    Torn {
        /// The part that is there.
        bytes: &'b [u8],
        /// The number of the line in which it begins, from 1.
        line: usize,
    },
}

/// The kind of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// Whole lines of text.
    Lines,
    /// A JSON value.
    Document,
    /// A JSON object that can be read as a line.
    Record,
    /// The beginning of one.
    Torn,
}

impl PieceKind {
    /// Returns a piece of this kind.
    pub fn piece(self, bytes: &[u8], line: usize) -> Piece<'_> {
        match self {
            PieceKind::Lines => Piece::Lines { bytes, line },
            PieceKind::Document => Piece::Document { bytes, line },
            PieceKind::Record => Piece::Record { bytes, line },
            PieceKind::Torn => Piece::Torn { bytes, line },
        }
    }
}

impl<'b> Piece<'b> {
    /// Returns its kind, its text, and the number of its first line.
    pub fn parts(self) -> (PieceKind, &'b [u8], usize) {
        match self {
            Piece::Lines { bytes, line } => (PieceKind::Lines, bytes, line),
            Piece::Document { bytes, line } => (PieceKind::Document, bytes, line),
            Piece::Record { bytes, line } => (PieceKind::Record, bytes, line),
            Piece::Torn { bytes, line } => (PieceKind::Torn, bytes, line),
        }
    }
}
