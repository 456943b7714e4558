//! Whether bytes are text, told from samples of them.
//!
//! NUL bytes alone tell nothing: text in UTF-16 or UTF-32 without a mark is full of them, and so is a log that was
//! truncated while it was written. Control characters that no text has do: among random or compressed bytes one in ten
//! is such, in programs more, in text in any encoding hardly one in a thousand.

/// The distance of samples, in bytes.
const EVERY: usize = 64 << 10;

/// The length of a sample, in bytes.
///
/// Samples begin at multiples of [`EVERY`], so that they do not depend on the blocks in which the bytes come.
const SAMPLE: usize = 1 << 10;

/// Bytes of text for each control character, at least.
///
/// Random bytes have twice as many control characters; a log with a chunk of such bytes has fewer, as long as it is
/// mostly text.
const TEXT_BYTES_PER_CONTROL: u64 = 20;

/// The kind of the bytes of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Matter {
    /// Text, or nothing.
    #[default]
    Text,
    /// NUL bytes alone.
    Nothing,
    /// Something else, with texts in it at the most.
    Binary,
}

/// Counts of the bytes of an input.
#[derive(Debug, Default)]
pub(super) struct ByteStats {
    /// A byte came that is not NUL.
    has_other: bool,
    has_any: bool,
    /// Bytes of samples that are not NUL, and those never in text.
    others: u64,
    controls: u64,
}

impl ByteStats {
    /// Takes the next bytes; `passed` is how many came before.
    pub(super) fn take(&mut self, block: &[u8], passed: usize) {
        self.has_any |= !block.is_empty();
        // Nearly always, the first byte decides.
        self.has_other = self.has_other || block.iter().any(|byte| *byte != 0);
        let mut at = 0;
        while at < block.len() {
            let place = (passed + at) % EVERY;
            if place < SAMPLE {
                let sample = block.get(at..(at + SAMPLE - place).min(block.len())).unwrap_or_default();
                self.sample(sample);
                at += sample.len();
            } else {
                at += EVERY - place;
            }
        }
    }

    fn sample(&mut self, sample: &[u8]) {
        for byte in sample {
            self.others += u64::from(*byte != 0);
            self.controls += u64::from(is_in_no_text(*byte));
        }
    }

    /// Returns the kind of the bytes.
    pub(super) fn matter(&self) -> Matter {
        match self {
            Self { has_any: true, has_other: false, .. } => Matter::Nothing,
            Self { others, controls, .. } if controls * TEXT_BYTES_PER_CONTROL > *others => Matter::Binary,
            _ => Matter::Text,
        }
    }
}

/// Returns whether it is a control character that text never has.
///
/// NUL, bell, backspace, white space and escape may be in text.
fn is_in_no_text(byte: u8) -> bool {
    matches!(byte, 0x01..=0x06 | 0x0e..=0x1a | 0x1c..=0x1f | 0x7f)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes without a pattern: a linear congruential generator's high bytes.
    fn noise(length: usize) -> Vec<u8> {
        let mut state = 1_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        };
        (0..length).map(|_| next()).collect()
    }

    fn wide(text: &str, zeros: usize) -> Vec<u8> {
        text.bytes().flat_map(|byte| std::iter::once(byte).chain(std::iter::repeat_n(0, zeros))).collect()
    }

    #[test]
    fn text_in_any_encoding_is_text_and_other_bytes_are_not() {
        let line = "2026-01-15 10:20:30 \u{1b}[31mERROR\u{1b}[0m HTTP 502 from 10.0.0.1\n";
        let log = line.repeat(10_000);
        let latin = b"Zeit\xfcberschreitung beim R\xfcckruf\n".repeat(100);
        let with_a_chunk = [log.as_bytes(), &noise(log.len() / 3), log.as_bytes()].concat();
        let cases: [(&str, Vec<u8>, Matter); 14] = [
            ("nothing", vec![], Matter::Text),
            ("white space", b"\n \n".to_vec(), Matter::Text),
            ("a log with colors", log.clone().into(), Matter::Text),
            ("UTF-16", wide(line, 1), Matter::Text),
            ("UTF-32", wide(line, 3), Matter::Text),
            ("Latin-1", latin, Matter::Text),
            ("Chinese", "\u{7f51}\u{5173}\u{8d85}\u{65f6}\n".repeat(100).into(), Matter::Text),
            ("NUL for space", line.replace(' ', "\0").into(), Matter::Text),
            ("a log behind zeros", [vec![0; 1 << 20], line.into()].concat(), Matter::Text),
            ("a log with noise in it", with_a_chunk, Matter::Text),
            ("an odd byte", b"a log with one \x01 in it, as some have".to_vec(), Matter::Text),
            ("zeros", vec![0; 1 << 20], Matter::Nothing),
            ("noise", noise(1 << 20), Matter::Binary),
            ("a little noise", noise(300), Matter::Binary),
        ];
        for (name, bytes, expected) in cases {
            for size in [7, 4096, usize::MAX] {
                let (mut seen, mut passed) = (ByteStats::default(), 0);
                for block in bytes.chunks(size) {
                    seen.take(block, passed);
                    passed += block.len();
                }
                assert_eq!(seen.matter(), expected, "{name} in blocks of {size}");
            }
        }
    }
}
