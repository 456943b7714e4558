//! The extent of lines and rows.

/// Bytes of the longest row, and of the longest header.
///
/// A message with a stack trace has some 10 KiB. 256 KiB is the longest message of large log stores; the bound also keeps the memory small.
pub(crate) const LONGEST_ROW: usize = 256 << 10;

/// Bytes in which a header and its first rows are looked for.
///
/// Two rows with records in them have some 10 KiB. The bound keeps the work for hostile input small.
pub(super) const LONGEST_HEADER: usize = 32 << 10;

/// Columns that a printed table has at most.
///
/// A terminal has room for fewer; the bound keeps the work for hostile input small.
pub(super) const MOST_COLUMNS: usize = 64;

/// The extent of the next row of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RowExtent {
    /// A row of so many bytes.
    Row(usize),
    /// A blank line or a frame of so many bytes.
    Nothing(usize),
    /// A line of so many bytes that is no row.
    Unfit(usize),
    /// The table ended before.
    End,
    /// More bytes are needed to tell.
    More,
}

/// Returns the length of the first line with its end.
///
/// `None` if it is not whole.
pub(crate) fn line_length(bytes: &[u8], is_end: bool) -> Option<usize> {
    match memchr::memchr(b'\n', bytes) {
        Some(newline) => Some(newline + 1),
        None => (is_end && !bytes.is_empty()).then_some(bytes.len()),
    }
}

/// Returns the first line without its end, and the bytes after it.
///
/// `None` if there is none, or it is not whole.
pub(super) fn split_line(bytes: &[u8], is_end: bool) -> Option<(String, &[u8])> {
    let (line, rest) = bytes.split_at(line_length(bytes, is_end)?);
    Some((String::from_utf8_lossy(line).trim_end().to_owned(), rest))
}
