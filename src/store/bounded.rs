//! Splits input into lines of bounded length.
//!
//! A line without an end takes no more memory than the bound.

use std::io::{self, BufRead, Read as _};

/// A line without its end.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BoundedLine {
    /// The bytes of the line, which may not be UTF-8.
    pub bytes: Vec<u8>,
    /// Whether the line was longer than the bound; `bytes` is its beginning.
    pub is_cut: bool,
    /// Whether a line end followed.
    ///
    /// Only the last line of an input can lack it.
    pub is_ended: bool,
}

/// The lines of a reader, each of at most `most` bytes.
#[derive(Debug)]
pub struct BoundedLines<R> {
    input: R,
    most: usize,
}

impl BoundedLine {
    /// Returns the line as text.
    ///
    /// Bytes that are not UTF-8 become U+FFFD.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl<R: BufRead> BoundedLines<R> {
    /// Prepares to read lines of at most `most` bytes.
    ///
    /// The line end does not count.
    pub fn new(input: R, most: usize) -> Self {
        Self { input, most }
    }

    fn read(&mut self) -> io::Result<Option<BoundedLine>> {
        let mut bytes = Vec::new();
        // Two bytes more than the bound: a line that just fits may end with `\r\n`.
        let most = u64::try_from(self.most).unwrap_or(u64::MAX).saturating_add(2);
        if self.input.by_ref().take(most).read_until(b'\n', &mut bytes)? == 0 {
            return Ok(None);
        }
        let mut is_ended = bytes.last() == Some(&b'\n');
        if is_ended {
            bytes.pop();
            if bytes.last() == Some(&b'\r') {
                bytes.pop();
            }
        }
        let is_cut = bytes.len() > self.most;
        bytes.truncate(self.most);
        if is_cut && !is_ended {
            is_ended = self.skip_rest()?;
        }
        Ok(Some(BoundedLine { bytes, is_cut, is_ended }))
    }

    /// Skips the rest of the line; returns whether it has an end.
    fn skip_rest(&mut self) -> io::Result<bool> {
        loop {
            let buffer = match self.input.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            let (length, end) = (buffer.len(), memchr::memchr(b'\n', buffer));
            self.input.consume(end.map_or(length, |at| at + 1));
            if length == 0 || end.is_some() {
                return Ok(end.is_some());
            }
        }
    }
}

impl<R: BufRead> Iterator for BoundedLines<R> {
    type Item = io::Result<BoundedLine>;

    fn next(&mut self) -> Option<Self::Item> {
        self.read().transpose()
    }
}

#[cfg(test)]
mod tests {
    use std::io::BufReader;

    use super::*;

    /// Reads with a bound of four bytes.
    ///
    /// Each line is followed by `~` if it was cut, and by `$` if it has an end.
    fn lines(input: &[u8]) -> Vec<String> {
        // A small buffer makes lines reach over its end.
        let read = |size| {
            let lines = BoundedLines::new(BufReader::with_capacity(size, input), 4).map(Result::unwrap);
            let mark = |is: bool, mark| if is { mark } else { "" };
            lines.map(|it| it.text() + mark(it.is_cut, "~") + mark(it.is_ended, "$")).collect::<Vec<_>>()
        };
        assert_eq!(read(1), read(1000));
        read(3)
    }

    #[test]
    fn a_line_is_cut_at_the_bound_and_the_next_one_is_whole() {
        for (input, expected) in [
            (&b""[..], &[][..]),
            (b"ab", &["ab"]),
            (b"ab\n", &["ab$"]),
            (b"\n\nab\r\n", &["$", "$", "ab$"]),
            (b"abcd\nabcd\r\nabcd", &["abcd$", "abcd$", "abcd"]),
            (b"abcde\nx", &["abcd~$", "x"]),
            (b"abcdef\nx\n", &["abcd~$", "x$"]),
            (b"abcdefghijklmno\nx\n", &["abcd~$", "x$"]),
            (b"abcdefghijklmno", &["abcd~"]),
            (b"a\rb\n", &["a\rb$"]),
            (b"\xfc\n\xff\xfeb", &["\u{fffd}$", "\u{fffd}\u{fffd}b"]),
        ] {
            assert_eq!(lines(input), expected, "{input:?}");
        }
    }
}
