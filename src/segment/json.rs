//! Finds the end of a JSON value that comes in blocks.
//!
//! A state machine reads it byte by byte, and stops at the first byte that is not JSON.

use super::line::is_separator;

/// Levels of nesting that are followed; serde_json has the same limit.
pub(crate) const DEEPEST: usize = 127;

/// Bytes that nearly always show that a line is not JSON.
const GLANCE: usize = 64;

/// The state of a value after some of its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScanStep {
    /// All bytes belong to it, and it goes on.
    Open,
    /// It ends before this byte, counted from its beginning.
    Closed(usize),
    /// It is no JSON.
    Broken,
    /// It is nested too deep to be read.
    TooDeep,
}

/// The tokens that may come next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    Value,
    ValueOrEnd,
    Name,
    NameOrEnd,
    Colon,
    CommaOrEnd,
    Text {
        is_name: bool,
    },
    Escaped {
        is_name: bool,
    },
    /// The rest of `true`, `false` or `null`, from here in [`WORDS`].
    Word(u8),
    Number(Digits),
}

/// The rest of each word after its first letter.
///
/// A point ends each.
const WORDS: &[u8] = b"rue.alse.ull.";

/// The state within a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Digits {
    Minus,
    Zero,
    Whole,
    Point,
    Fraction,
    Exponent,
    Sign,
    Power,
}

/// Reads one JSON value, in any number of blocks.
#[derive(Debug)]
pub(super) struct ValueScanner {
    next: Expected,
    /// The positions of open brackets, from the value's beginning.
    opened: Vec<usize>,
    /// Bits of the open brackets: objects.
    objects: u128,
    /// Bits of the open brackets: lists that have had an object.
    lists: u128,
    /// The number of bytes that were read.
    scanned: usize,
    /// Whether the value is one record, written compactly.
    is_line: bool,
}

impl Default for ValueScanner {
    fn default() -> Self {
        Self { next: Expected::Value, opened: Vec::new(), objects: 0, lists: 0, scanned: 0, is_line: true }
    }
}

impl ValueScanner {
    /// Starts at the beginning of another value.
    pub(super) fn restart(&mut self) {
        self.opened.clear();
        *self = Self { opened: std::mem::take(&mut self.opened), ..Self::default() };
    }

    /// Returns whether a line with a bracket is surely text.
    ///
    /// Example: `[notice] 12#34: …`. Reads the first [`GLANCE`] bytes as a value.
    pub(super) fn is_surely_text(&mut self, line: &[u8]) -> bool {
        let line = line.trim_ascii();
        if !matches!(line.first(), Some(b'[' | b'{')) || matches!(line.last(), Some(b'[' | b'{')) {
            return false;
        }
        self.restart();
        match self.scan(line.get(..line.len().min(GLANCE)).unwrap_or_default()) {
            ScanStep::Broken => self.opened.len() == 1,
            ScanStep::Closed(length) => {
                let rest = line.get(length..).unwrap_or_default();
                line.first() == Some(&b'[') && !rest.iter().all(|byte| is_separator(*byte))
            }
            ScanStep::Open | ScanStep::TooDeep => false,
        }
    }

    /// Continues with the element of the outermost open list.
    ///
    /// Says by how much its beginning moved.
    pub(super) fn become_element(&mut self) -> Option<usize> {
        let depth = usize::try_from(self.lists.trailing_zeros()).ok()? + 1;
        let moved = *self.opened.get(depth)?;
        self.opened.drain(..depth);
        self.opened.iter_mut().for_each(|opened| *opened -= moved);
        self.objects >>= depth;
        self.lists >>= depth;
        self.scanned -= moved;
        self.is_line = false;
        Some(moved)
    }

    /// Returns the number of bytes that were read.
    pub(super) fn scanned(&self) -> usize {
        self.scanned
    }

    /// Returns whether it is one record, written compactly.
    ///
    /// There is no white space between its tokens, no escape that stands for a letter or a slash, and no list of objects.
    pub(super) fn is_line(&self) -> bool {
        self.is_line
    }

    /// Returns the positions of open brackets, from the value's beginning.
    pub(super) fn opened(&self) -> &[usize] {
        &self.opened
    }

    /// Returns the position of the outermost open list with a whole object.
    pub(super) fn open_list(&self) -> Option<usize> {
        self.opened.get(usize::try_from(self.lists.trailing_zeros()).ok()?).copied()
    }

    /// Reads the bytes of the value that were not read before.
    ///
    /// `bytes` begins where the value does.
    pub(super) fn scan(&mut self, bytes: &[u8]) -> ScanStep {
        while let Some(&byte) = bytes.get(self.scanned) {
            let step = match self.next {
                Expected::Text { is_name } => {
                    let rest = bytes.get(self.scanned..).unwrap_or_default();
                    let Some(length) = end_of_text(rest) else {
                        self.scanned = bytes.len();
                        return ScanStep::Open;
                    };
                    self.scanned += length;
                    // The next text begins right behind most texts.
                    let between = rest.get(length..length + 3);
                    if between == Some(if is_name { b"\":\"" } else { b"\",\"" }) && (is_name || self.is_in_object()) {
                        self.next = Expected::Text { is_name: !is_name };
                        self.scanned += 3;
                        continue;
                    }
                    match rest.get(length) {
                        Some(b'"') if is_name => self.then(Expected::Colon),
                        Some(b'"') => self.then(Expected::CommaOrEnd),
                        Some(b'\\') => self.then(Expected::Escaped { is_name }),
                        _ => ScanStep::Broken,
                    }
                }
                // The indentation of what is made to be read is most of it.
                Expected::Value | Expected::ValueOrEnd | Expected::Name | Expected::NameOrEnd if byte <= b' ' => {
                    let rest = bytes.get(self.scanned..).unwrap_or_default();
                    let space = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).count();
                    if space == 0 {
                        return ScanStep::Broken;
                    }
                    self.scanned += space;
                    self.is_line = false;
                    continue;
                }
                next => self.step(next, byte),
            };
            match step {
                ScanStep::Open => self.scanned += 1,
                ScanStep::Closed(_) => {
                    self.scanned += 1;
                    return ScanStep::Closed(self.scanned);
                }
                wrong => return wrong,
            }
        }
        ScanStep::Open
    }

    fn then(&mut self, next: Expected) -> ScanStep {
        self.next = next;
        ScanStep::Open
    }

    /// Takes one byte outside of a text.
    ///
    /// `Closed` tells that it closes the value; the place is the caller's.
    fn step(&mut self, next: Expected, byte: u8) -> ScanStep {
        match (next, byte) {
            (Expected::Number(digits), _) => match digits.then(byte) {
                Some(digits) => self.then(Expected::Number(digits)),
                None if digits.is_number() => self.step(Expected::CommaOrEnd, byte),
                None => ScanStep::Broken,
            },
            (Expected::Word(at), _) => match WORDS.get(usize::from(at)..) {
                Some([expected, b'.', ..]) if *expected == byte => self.then(Expected::CommaOrEnd),
                Some([expected, ..]) if *expected == byte => self.then(Expected::Word(at + 1)),
                _ => ScanStep::Broken,
            },
            (Expected::Escaped { is_name }, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' | b'u') => {
                self.is_line &= !matches!(byte, b'/' | b'u');
                self.then(Expected::Text { is_name })
            }
            (Expected::Escaped { .. } | Expected::Text { .. }, _) => ScanStep::Broken,
            (next, b' ' | b'\t' | b'\r' | b'\n') => {
                self.is_line = false;
                self.then(next)
            }
            (Expected::Name | Expected::NameOrEnd, b'"') => self.then(Expected::Text { is_name: true }),
            (Expected::Colon, b':') => self.then(Expected::Value),
            (Expected::CommaOrEnd, b',') if self.is_in_object() => self.then(Expected::Name),
            (Expected::CommaOrEnd, b',') => self.then(Expected::Value),
            (Expected::NameOrEnd, b'}') => self.close(),
            (Expected::ValueOrEnd, b']') => self.close(),
            (Expected::CommaOrEnd, b'}') if self.is_in_object() => self.close(),
            (Expected::CommaOrEnd, b']') if !self.is_in_object() => self.close(),
            (Expected::Value | Expected::ValueOrEnd, byte) => self.begin_value(byte),
            _ => ScanStep::Broken,
        }
    }

    fn begin_value(&mut self, byte: u8) -> ScanStep {
        match byte {
            b'{' | b'[' => self.open(byte == b'{'),
            b'"' => self.then(Expected::Text { is_name: false }),
            b't' => self.then(Expected::Word(0)),
            b'f' => self.then(Expected::Word(4)),
            b'n' => self.then(Expected::Word(9)),
            b'-' => self.then(Expected::Number(Digits::Minus)),
            b'0' => self.then(Expected::Number(Digits::Zero)),
            b'1'..=b'9' => self.then(Expected::Number(Digits::Whole)),
            _ => ScanStep::Broken,
        }
    }

    fn open(&mut self, is_object: bool) -> ScanStep {
        let depth = self.opened.len();
        if depth >= DEEPEST {
            return ScanStep::TooDeep;
        }
        let bit = 1_u128 << depth;
        self.is_line &= is_object || depth > 0;
        self.is_line &= !is_object || depth == 0 || self.is_in_object();
        self.objects = if is_object { self.objects | bit } else { self.objects & !bit };
        self.lists &= !bit;
        self.opened.push(self.scanned);
        self.then(if is_object { Expected::NameOrEnd } else { Expected::ValueOrEnd })
    }

    fn close(&mut self) -> ScanStep {
        let was_object = self.is_in_object();
        self.opened.pop();
        let depth = self.opened.len();
        self.lists &= !(1_u128 << depth);
        if depth == 0 {
            return ScanStep::Closed(self.scanned);
        }
        if was_object && !self.is_in_object() {
            self.lists |= 1_u128 << (depth - 1);
        }
        self.then(Expected::CommaOrEnd)
    }

    fn is_in_object(&self) -> bool {
        self.opened.len().checked_sub(1).is_some_and(|depth| self.objects >> depth & 1 == 1)
    }
}

impl Digits {
    /// Returns the next state if the byte belongs to the number.
    fn then(self, byte: u8) -> Option<Self> {
        match (self, byte) {
            (Digits::Minus, b'0') => Some(Digits::Zero),
            (Digits::Minus | Digits::Whole, b'0'..=b'9') => Some(Digits::Whole),
            (Digits::Zero | Digits::Whole, b'.') => Some(Digits::Point),
            (Digits::Point | Digits::Fraction, b'0'..=b'9') => Some(Digits::Fraction),
            (Digits::Zero | Digits::Whole | Digits::Fraction, b'e' | b'E') => Some(Digits::Exponent),
            (Digits::Exponent, b'+' | b'-') => Some(Digits::Sign),
            (Digits::Exponent | Digits::Sign | Digits::Power, b'0'..=b'9') => Some(Digits::Power),
            _ => None,
        }
    }

    /// Returns whether it may end here.
    fn is_number(self) -> bool {
        matches!(self, Digits::Zero | Digits::Whole | Digits::Fraction | Digits::Power)
    }
}

/// Returns the position of a quote, backslash or control character.
///
/// Eight bytes at a time.
fn end_of_text(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = ONES << 7;
    // Sets the high bit of the first byte that is less than `limit`; bytes after that may be set without reason.
    let less = |word: u64, limit: u64| word.wrapping_sub(ONES.wrapping_mul(limit)) & !word & HIGH;
    let equal = |word: u64, byte: u8| less(word ^ ONES.wrapping_mul(u64::from(byte)), 1);
    let mut rest = bytes;
    while let Some((eight, others)) = rest.split_first_chunk::<8>() {
        let word = u64::from_le_bytes(*eight);
        let ends = less(word, 0x20) | equal(word, b'"') | equal(word, b'\\');
        if ends != 0 {
            return Some(bytes.len() - rest.len() + usize::try_from(ends.trailing_zeros() / 8).ok()?);
        }
        rest = others;
    }
    let last = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' '))?;
    Some(bytes.len() - rest.len() + last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_value_ends_where_its_bracket_closes() {
        let cases = [
            (r#"{"a":1} x"#, ScanStep::Closed(7)),
            ("{}", ScanStep::Closed(2)),
            ("[]]", ScanStep::Closed(2)),
            (r#"["]", "\"]"] "#, ScanStep::Closed(12)),
            ("{\r\n \"a\" : [ 1 , -0.5e+3, true, false, null, \"\\u00e4\" ] }", ScanStep::Closed(56)),
            (r#"{"a":[{"b":1}"#, ScanStep::Open),
            ("[tag]", ScanStep::Broken),
            ("[tru]", ScanStep::Broken),
            ("[true", ScanStep::Open),
            ("[2024-01-15]", ScanStep::Broken),
            ("[12 34]", ScanStep::Broken),
            ("[01]", ScanStep::Broken),
            ("[1.]", ScanStep::Broken),
            ("[1,]", ScanStep::Broken),
            ("[1}", ScanStep::Broken),
            ("{listen 80;", ScanStep::Broken),
            ("{\"a\"\n1}", ScanStep::Broken),
            ("{\"a\nb\":1}", ScanStep::Broken),
        ];
        for (text, expected) in cases {
            assert_eq!(ValueScanner::default().scan(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(ValueScanner::default().scan("[".repeat(127).as_bytes()), ScanStep::Open);
        assert_eq!(ValueScanner::default().scan("[".repeat(100_000).as_bytes()), ScanStep::TooDeep);
    }

    #[test]
    fn the_list_is_the_outermost_that_is_open_and_has_had_an_object() {
        let list = |text: &str| {
            let mut value = ValueScanner::default();
            value.scan(text.as_bytes());
            value.open_list()
        };
        assert_eq!(list(r#"{"data":{"fields":[{}],"results":[{"a":[{}]},{"#), Some(33));
        assert_eq!(list(r#"{"data":{"fields":[{}],"results":[{"#), None, "no object of it is whole");
        assert_eq!(list(r#"[{"a":[{},"#), Some(6));
        assert_eq!(list("[[{}],["), None, "the list inside is closed");
    }

    proptest! {
        #[test]
        fn texts_end_where_they_end(bytes in prop::collection::vec(prop_oneof![any::<u8>(), Just(b'x')], 0..40)) {
            let expected = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | ..b' '));
            prop_assert_eq!(end_of_text(&bytes), expected);
        }

        #[test]
        fn what_it_closes_can_be_parsed(text in "[\\[{][\\[\\]{}\",:a1tru\\\\ .e-]{0,24}") {
            let parsed = serde_json::Deserializer::from_str(&text).into_iter::<serde_json::Value>().next();
            let parsed = parsed.is_some_and(|value| value.is_ok());
            let closed = matches!(ValueScanner::default().scan(text.as_bytes()), ScanStep::Closed(_));
            // An escape by number is read by its first letter alone.
            prop_assert!(closed == parsed || text.contains("\\u"), "{text}: {closed} {parsed}");
        }
    }
}
