//! Writes rows as lines of pairs.

/// Rows as lines of pairs, until they are handed out.
#[derive(Debug, Default)]
pub(crate) struct RowBuffer {
    text: Vec<u8>,
    /// The number of the first line, from 1.
    first: usize,
    /// The number of the line after the last.
    next: usize,
    /// First number and end of each part before a gap.
    parts: Vec<(usize, usize)>,
}

impl RowBuffer {
    /// Begins a line with this number.
    pub(super) fn begin(&mut self, number: usize) {
        if self.text.is_empty() {
            self.first = number;
        } else if self.next != number {
            self.parts.push((self.first, self.text.len()));
            self.first = number;
        }
        self.next = number + 1;
    }

    /// Adds a pair.
    ///
    /// An object is written as it is if it is `carried`, to be read as a record of its own.
    pub(super) fn add(&mut self, name: &str, value: &str, carried: bool) {
        if !matches!(self.text.last(), None | Some(b'\n')) {
            self.text.extend_from_slice(b", ");
        }
        let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.') || *byte >= 0x80;
        let name = name.bytes().map(|byte| if byte == b' ' { b'_' } else { byte });
        self.text.extend(name.filter(is_part));
        self.text.push(b'=');
        if carried && is_object(value) {
            self.text.extend(value.bytes().map(|byte| if byte.is_ascii_control() { b' ' } else { byte }));
        } else if !value.is_empty() && value.bytes().all(is_plain) {
            self.text.extend_from_slice(value.as_bytes());
        } else {
            self.quoted(value);
        }
    }

    /// Ends the line.
    pub(super) fn end(&mut self) {
        self.text.push(b'\n');
    }

    /// Adds one row of names with values.
    pub(crate) fn row(&mut self, number: usize, pairs: &[(String, String)]) {
        self.begin(number);
        pairs.iter().for_each(|(name, value)| self.add(name, without_none(value), false));
        self.end();
    }

    /// Hands out all rows in parts, each with its first number.
    pub(crate) fn hand_out(&mut self, sink: &mut dyn FnMut(&[u8], usize)) {
        let mut start = 0;
        for (first, end) in self.parts.drain(..) {
            sink(self.text.get(start..end).unwrap_or_default(), first);
            start = end;
        }
        if start < self.text.len() {
            sink(self.text.get(start..).unwrap_or_default(), self.first);
        }
        self.text.clear();
    }

    /// Adds a value in quotes, on one line.
    fn quoted(&mut self, value: &str) {
        self.text.push(b'"');
        for byte in value.bytes() {
            match byte {
                b'"' | b'\\' => self.text.extend([b'\\', byte]),
                b'\n' | b'\r' | b'\t' => self.text.push(b' '),
                byte => self.text.push(byte),
            }
        }
        self.text.push(b'"');
    }
}

/// Returns the value of a cell, which tools may print as "none".
pub(super) fn without_none(cell: &str) -> &str {
    match cell {
        "<none>" | "<unset>" | "None" | "null" => "",
        cell => cell,
    }
}

/// Returns whether a byte may stand in a value without quotes.
fn is_plain(byte: u8) -> bool {
    !byte.is_ascii_whitespace() && !matches!(byte, b',' | b';' | b'{' | b'}' | b'[' | b']' | b'"' | b'\\')
}

/// Returns whether a cell holds a JSON object.
pub(super) fn is_object(cell: &str) -> bool {
    let cell = cell.trim();
    let inside = cell.strip_prefix('{').and_then(|cell| cell.strip_suffix('}'));
    inside.is_some_and(|inside| inside.trim_start().starts_with('"'))
}
