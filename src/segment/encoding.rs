//! Removes byte order marks, and converts UTF-16 to UTF-8.

use std::borrow::Cow;

/// Converts a text to UTF-8 by its byte order mark.
#[derive(Debug)]
pub(super) enum Encoding {
    /// Too little came to know.
    Unknown(Vec<u8>),
    /// UTF-8, or something that it is taken for.
    Utf8,
    /// UTF-16, with what came of a character that is not whole yet.
    Utf16 { is_big: bool, half: Option<u8>, first: Option<u16> },
}

impl Default for Encoding {
    fn default() -> Self {
        Self::Unknown(Vec::new())
    }
}

impl Encoding {
    /// Returns whether the text had to be converted.
    pub(super) fn is_converted(&self) -> bool {
        matches!(self, Encoding::Utf16 { .. })
    }

    /// Returns the next bytes as UTF-8; `is_end` if none come after them.
    pub(super) fn decode<'b>(&mut self, block: &'b [u8], is_end: bool) -> Cow<'b, [u8]> {
        match self {
            Encoding::Utf8 => Cow::Borrowed(block),
            Encoding::Utf16 { is_big, half, first } => Cow::Owned(from_utf16(block, is_end, *is_big, half, first)),
            Encoding::Unknown(held) if held.is_empty() => self.begin(block, is_end),
            Encoding::Unknown(held) => {
                held.extend_from_slice(block);
                let beginning = std::mem::take(held);
                Cow::Owned(self.begin(&beginning, is_end).into_owned())
            }
        }
    }

    fn begin<'b>(&mut self, block: &'b [u8], is_end: bool) -> Cow<'b, [u8]> {
        let text = match block {
            [0xef, 0xbb, 0xbf, text @ ..] => {
                *self = Encoding::Utf8;
                text
            }
            [first @ (0xff | 0xfe), second @ (0xff | 0xfe), text @ ..] if first != second => {
                *self = Encoding::Utf16 { is_big: *first == 0xfe, half: None, first: None };
                text
            }
            [] | [0xef] | [0xef, 0xbb] | [0xff] | [0xfe] if !is_end => {
                *self = Encoding::Unknown(block.to_vec());
                return Cow::Borrowed(&[]);
            }
            text => {
                *self = Encoding::Utf8;
                text
            }
        };
        self.decode(text, is_end)
    }
}

/// Characters that are no characters become U+FFFD.
fn from_utf16(block: &[u8], is_end: bool, is_big: bool, half: &mut Option<u8>, first: &mut Option<u16>) -> Vec<u8> {
    let mut units: Vec<u16> = first.take().into_iter().collect();
    for &byte in block {
        match half.take() {
            None => *half = Some(byte),
            Some(before) if is_big => units.push(u16::from_be_bytes([before, byte])),
            Some(before) => units.push(u16::from_le_bytes([before, byte])),
        }
    }
    if !is_end && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
        *first = units.pop();
    }
    let characters = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER));
    let mut text: String = characters.collect();
    if is_end && half.take().is_some() {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    text.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_taken_off_wherever_the_blocks_end() {
        let little: Vec<u8> = "\u{feff}Fehler 502 😀\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = "\u{feff}Fehler 502 😀\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let cases: [(&[u8], &[u8]); 8] = [
            (&little, "Fehler 502 😀\n".as_bytes()),
            (&big, "Fehler 502 😀\n".as_bytes()),
            (b"\xef\xbb\xbfabc", b"abc"),
            (b"\xef\xbbabc", b"\xef\xbbabc"),
            (b"\xef", b"\xef"),
            (b"\xff\xfea\0b", "a\u{fffd}".as_bytes()),
            (b"\xff\xff", b"\xff\xff"),
            (b"", b""),
        ];
        for (bytes, expected) in cases {
            for size in 1..8 {
                let mut encoding = Encoding::default();
                let mut text = Vec::new();
                bytes.chunks(size).for_each(|block| text.extend_from_slice(&encoding.decode(block, false)));
                text.extend_from_slice(&encoding.decode(b"", true));
                assert_eq!(text, expected, "{bytes:?} by {size}");
            }
        }
    }
}
