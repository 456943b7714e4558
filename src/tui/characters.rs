//! Converts characters to keys, and cuts text between characters.

use crate::app::keys::Key;

/// Returns the key of a character as it looks.
///
/// Some terminals report "a with Shift" for `A`.
pub(super) fn typed(character: char, shift: bool) -> Option<Key> {
    let character = match (shift, character) {
        (true, lower) if lower.is_ascii_lowercase() => lower.to_ascii_uppercase(),
        (_, other) => other,
    };
    (!character.is_control()).then_some(Key::Char(character))
}

/// Returns the key of a letter with Control.
///
/// Ctrl-H is what the Backspace of some terminals sends.
pub(super) fn controlled(character: char) -> Option<Key> {
    match character.to_ascii_lowercase() {
        'h' => Some(Key::Backspace),
        letter if letter.is_ascii_lowercase() => Some(Key::Ctrl(letter)),
        _ => None,
    }
}

/// Returns the number of bytes of a character that begins with `first`.
pub(super) fn length_of_character(first: u8) -> usize {
    match first {
        0xf0..=0xf4 => 4,
        0xe0..=0xef => 3,
        0xc2..=0xdf => 2,
        _ => 1,
    }
}

/// Returns the longest beginning of at most `bytes` bytes.
///
/// It ends between characters.
pub(super) fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_between_characters() {
        for (text, bytes, expected) in
            [("", 5, ""), ("short", 5, "short"), ("longer", 5, "longe"), ("aé", 2, "a"), ("aé", 3, "aé"), ("é", 0, "")]
        {
            assert_eq!(beginning(text, bytes), expected, "{text} {bytes}");
        }
    }
}
