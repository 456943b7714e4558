//! Characters as keys, whatever way they came in.

use crate::app::keys::Key;

/// Returns the key of a character as it looks.
///
/// Some terminals say "a with Shift" for `A`.
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
