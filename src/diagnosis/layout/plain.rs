//! Values that are made of digits and the marks that stand between them: times, addresses, amounts, ids.

/// So many bytes are looked at in one go.
const STEP: usize = 16;

/// So many at most where it is known how many they are.
pub(super) const MOST: usize = 32;

/// Which bytes are plain at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Digits and the marks that stand in a number or an address: fewer, and told more quickly.
    Numbers,
    /// All that are plain anywhere.
    All,
}

/// Of a byte of numbers 0, of any other all bits. Without branches, so that many bytes are told at once.
#[inline(always)]
pub(super) fn no_number(byte: u8) -> u8 {
    // `- . /`, the digits, and `:`.
    !all_if(byte.wrapping_sub(b'-') <= b':' - b'-')
}

/// The same for all plain bytes: letters of hexadecimal numbers and marks of times, too.
#[inline(always)]
pub(super) fn other(byte: u8) -> u8 {
    let hex = all_if((byte | 0x20).wrapping_sub(b'a') <= b'f' - b'a');
    no_number(byte) & !(hex | all_if(byte == b'+') | all_if(byte == b'T') | all_if(byte == b'Z'))
}

#[inline(always)]
fn all_if(is_it: bool) -> u8 {
    if is_it { u8::MAX } else { 0 }
}

/// Whether a byte is plain.
pub(super) fn is_plain(byte: u8) -> bool {
    other(byte) == 0
}

/// For each length, the bytes that belong to a text of that length.
pub(super) static MASKS: [[u8; MOST]; MOST + 1] = masks();

const fn masks() -> [[u8; MOST]; MOST + 1] {
    let mut masks = [[0; MOST]; MOST + 1];
    let (mut length, mut rest): (usize, &mut [[u8; MOST]]) = (0, &mut masks);
    while let [mask, others @ ..] = rest {
        let (belonging, _) = mask.split_at_mut(length);
        let mut belonging = belonging;
        while let [byte, after @ ..] = belonging {
            *byte = u8::MAX;
            belonging = after;
        }
        rest = others;
        length += 1;
    }
    masks
}

/// Whether a text begins with so many bytes of a class. Nothing that is read later has to wait for the answer, other than
/// for a length that is yet to be found.
#[inline(always)]
pub(super) fn begins_with(text: &[u8], length: usize, class: Class) -> bool {
    match class {
        Class::Numbers => has_none(text, length, no_number),
        Class::All => has_none(text, length, other),
    }
}

#[inline(always)]
fn has_none_of(step: &[u8; STEP], length: usize, other: impl Fn(u8) -> u8) -> bool {
    let Some(mask) = MASKS.get(length) else { return false };
    step.iter().zip(mask).fold(0, |others, (byte, mask)| others | other(*byte) & mask) == 0
}

#[inline(always)]
fn has_none(text: &[u8], length: usize, other: impl Fn(u8) -> u8) -> bool {
    let mut text = text;
    let mut left = length;
    while let Some(step) = text.first_chunk::<STEP>() {
        if !has_none_of(step, left.min(STEP), &other) {
            return false;
        }
        if left <= STEP {
            return true;
        }
        left -= STEP;
        text = text.get(STEP..).unwrap_or_default();
    }
    text.get(..left).is_some_and(|text| text.iter().all(|byte| other(*byte) == 0))
}

/// With how many such bytes a text begins.
#[inline(always)]
pub(super) fn length(text: &[u8]) -> usize {
    let mut length = 0;
    while let Some(step) = text.get(length..).and_then(<[u8]>::first_chunk::<STEP>) {
        let mut others = [0; STEP];
        for (other, byte) in others.iter_mut().zip(step) {
            *other = self::other(*byte);
        }
        let others = u128::from_le_bytes(others);
        if others != 0 {
            return length + (others.trailing_zeros() / 8) as usize;
        }
        length += STEP;
    }
    let rest = text.get(length..).unwrap_or_default();
    length + rest.iter().take_while(|byte| is_plain(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_beginning_is_measured() {
        for (text, expected) in [
            ("", 0),
            ("x", 0),
            ("2026-01-15T10:20:30.412Z\"", 24),
            ("10.0.20.11:8080\",", 15),
            ("0f3a5c7e9b1d2f4a6c8e0a1b3d5f7092", 32),
            ("1234567890123456 1234567890123456", 16),
            ("12\n34567890123456", 2),
        ] {
            assert_eq!(length(text.as_bytes()), expected, "{text}");
            for filler in ["", " x", &" ".repeat(40)] {
                let text = format!("{text}{filler}");
                for length in 0..text.len() + 2 {
                    let is_plain =
                        text.as_bytes().get(..length).is_some_and(|text| text.iter().all(|it| is_plain(*it)));
                    assert_eq!(begins_with(text.as_bytes(), length, Class::All), is_plain, "{text} {length}");
                    let is_number = |byte: &u8| b"-./0123456789:".contains(byte);
                    let are_numbers = text.as_bytes().get(..length).is_some_and(|text| text.iter().all(is_number));
                    assert_eq!(begins_with(text.as_bytes(), length, Class::Numbers), are_numbers, "{text} {length}");
                }
            }
        }
        let bytes: Vec<u8> = (0..=u8::MAX).filter(|byte| is_plain(*byte)).collect();
        assert_eq!(bytes, b"+-./0123456789:ABCDEFTZabcdef");
    }
}
