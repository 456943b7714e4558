//! Finds irregular lines: their raw bytes differ from their cleaned text.
//!
//! Escapes and invisible characters are removed from a line before it is searched, repeated white space is folded, and
//! a base64 record is decoded. A pattern may match the cleaned text of such a line although its bytes do not contain
//! it. All other lines can be searched in place.

use crate::recognize::{begins_record, is_base64};

/// Bytes that are tested in one step.
///
/// A fixed number lets the compiler vectorize the loop.
const STEP: usize = 64;

/// Collects positions of irregular bytes.
///
/// Each irregular line has at least one position.
///
/// `block` holds whole lines. Positions ascend.
pub(super) fn find_irregular(block: &[u8], irregular: &mut Vec<usize>) {
    irregular.clear();
    let (steps, _) = block.as_chunks::<STEP>();
    let (nexts, _) = block.get(1..).unwrap_or_default().as_chunks::<STEP>();
    let mut seen = 0;
    for (step, next) in steps.iter().zip(nexts) {
        if may_be_irregular(step, next) {
            let pairs = step.iter().zip(next).zip(seen..);
            let marked = pairs.filter(|((byte, next), _)| is_marked(**byte, **next)).map(|(_, at)| at);
            irregular.extend(marked.filter(|at| is_irregular(block, *at)));
        }
        seen += STEP;
    }
    irregular.extend((seen..block.len()).filter(|at| is_irregular(block, *at)));
}

/// Returns whether a byte of a step may be irregular.
///
/// `next` is the step one byte later.
fn may_be_irregular(step: &[u8; STEP], next: &[u8; STEP]) -> bool {
    // Without a branch for each byte, so that the compiler uses vectors.
    step.iter().zip(next).fold(false, |any, (byte, next)| any | is_marked(*byte, *next))
}

/// Returns whether a byte may be irregular, by the byte after it.
///
/// It may if it is not printable ASCII. Two spaces may be together, and so may the beginning of `{` in base64.
#[inline(always)]
fn is_marked(byte: u8, next: u8) -> bool {
    let is_shown = byte.wrapping_sub(b' ') < 0x5f;
    let is_wide = (byte == b' ') & (next == b' ');
    let is_base64 = (byte == b'e') & ((next == b'y') | (next == b'w'));
    (!is_shown & (byte != b'\n')) | is_wide | is_base64
}

/// Returns whether a byte of a block is irregular.
fn is_irregular(block: &[u8], at: usize) -> bool {
    let byte = |ahead: usize| block.get(at + ahead).copied().unwrap_or(b'\n');
    let before = at.checked_sub(1).and_then(|before| block.get(before)).copied().unwrap_or(b'\n');
    match byte(0) {
        b'\n' => false,
        b'\r' => byte(1) != b'\n',
        // White space at the beginning and the end of a line makes no difference.
        b' ' => {
            byte(1) == b' '
                && before != b' '
                && before != b'\n'
                && !matches!(block.iter().skip(at).find(|byte| **byte != b' '), None | Some(b'\n' | b'\r'))
        }
        0..0x20 | 0x7f => true,
        b'e' => !is_base64(before) && begins_record(block.get(at..).unwrap_or_default()),
        first @ 0x80.. => is_irregular_character(first, byte(1), byte(2)),
        _ => false,
    }
}

/// Returns whether cleaning or lower-casing changes a character beyond ASCII.
///
/// It removes the character, replaces it by a space, or makes it an ASCII letter.
fn is_irregular_character(first: u8, second: u8, third: u8) -> bool {
    match (first, second) {
        // Controls, the space that does not break, the soft hyphen.
        (0xc2, 0x80..=0xa0 | 0xad) => true,
        // A capital I with a dot, a long s.
        (0xc4, 0xb0) | (0xc5, 0xbf) => true,
        // Marks of Arabic, Ogham and Mongolian; those that begin like the sign of a byte order.
        (0xd8, 0x9c) | (0xe1, 0x9a | 0xa0) | (0xef, 0xbb | 0xbf) => true,
        // Spaces, marks without width or of direction, ends of lines and paragraphs.
        (0xe2, 0x80) => matches!(third, 0x80..=0x8f | 0xa8..=0xaf),
        (0xe2, 0x81) => true,
        // Kelvin.
        (0xe2, 0x84) => third == 0xaa,
        (0xe3, 0x80) => third == 0x80,
        (0xf3, 0xa0) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn irregular_lines(text: &[u8]) -> Vec<usize> {
        let mut irregular = Vec::new();
        find_irregular(text, &mut irregular);
        let mut lines: Vec<_> =
            irregular.iter().map(|at| text[..*at].iter().filter(|byte| **byte == b'\n').count()).collect();
        lines.dedup();
        lines
    }

    #[test]
    fn irregular_bytes_are_found_at_any_offset() {
        let irregular: [&[u8]; 9] = [
            b"a\tb",
            b"a  b",
            b"a\x1b[1mb",
            "a\u{200b}b".as_bytes(),
            "\u{212a}".as_bytes(),
            b"a\0",
            b"a\rb",
            "a\u{a0}b".as_bytes(),
            br#""eyJhIjoiYiIsImMiOiJkIiwiZSI6ImYiLCJnIjoiaCJ9""#,
        ];
        let regular: [&[u8]; 8] = [
            b"",
            b"    a b",
            b"a b",
            "größe — \u{201c}a\u{201d}".as_bytes(),
            b"a\r",
            b"a   ",
            b"keyIdentity eyJa",
            b"\xff\xfe",
        ];
        for filler in [0, 1, 62, 63, 64, 4030, 4093, 4094, 4095, 9000] {
            let ahead = "x".repeat(filler);
            for line in irregular {
                let text = [ahead.as_bytes(), b"\n", line, b"\n", b"after\n"].concat();
                assert_eq!(irregular_lines(&text), [1], "{filler} {}", String::from_utf8_lossy(line));
                assert_eq!(irregular_lines(&text[..text.len() - 7]), [1], "{filler} {}", String::from_utf8_lossy(line));
            }
            for line in regular {
                let text = [ahead.as_bytes(), b"\n", line, b"\n", b"after\n"].concat();
                assert_eq!(irregular_lines(&text), Vec::<usize>::new(), "{filler} {}", String::from_utf8_lossy(line));
            }
        }
    }
}
