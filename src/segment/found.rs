//! Describes the position of the segmenter, and the segment found there.

/// The position in a line where the unread text begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Cursor {
    /// At its beginning.
    #[default]
    Start,
    /// After a value, or in a list that is taken apart.
    ///
    /// Spaces and commas are skipped. Whether that led to another line.
    Between { is_new_line: bool },
    /// In the middle of an ordinary line.
    Inside,
}

/// A segment of the input.
pub(super) enum InputSegment {
    /// An ordinary line, up to here.
    Line(usize),
    /// The lines of an error message, up to here.
    Block(usize),
    /// The rest of a line that is to be cut.
    LongLine,
    /// A value from here to there.
    Value(usize, usize),
    /// A value of which the end is missing.
    Torn(usize),
    /// A value that is taken apart.
    ///
    /// Its first record comes here or later.
    List(usize),
    /// Not known before more bytes come.
    Unknown,
}
