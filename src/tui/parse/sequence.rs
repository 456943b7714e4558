//! Converts complete sequences to keys.
//!
//! Knows sequences of xterm and its relatives, of rxvt, of the kitty protocol and of xterm's `modifyOtherKeys`. Keys
//! that the program does not use, replies of the terminal, and reports of the mouse but for its wheel give no keys.

use crate::app::keys::Key;
use crate::tui::characters::{controlled, typed};

/// The bit of Shift in the number of modifiers.
///
/// The number is one more than the sum of its bits.
const SHIFT: u32 = 1;
/// The bit of Alt.
const ALT: u32 = 2;
/// The bit of Control.
const CONTROL: u32 = 4;
/// The bits of Super, Hyper and Meta.
const OTHERS: u32 = 8 | 16 | 32;
/// The kind of event for a released key.
const RELEASE: u32 = 3;

/// Returns the key for `ESC O` and a letter.
pub(super) fn ss3(last: u8) -> Option<Key> {
    match last {
        b'M' => Some(Key::Enter),
        _ => arrow(last),
    }
}

/// Returns the keys for `ESC [`, a body and a last byte.
pub(super) fn csi(body: &[u8], last: u8) -> Vec<Key> {
    if let Some(report) = body.strip_prefix(b"<") {
        return wheel(report, last).into_iter().collect();
    }
    let Some(parameters) = Parameters::of(body) else { return Vec::new() };
    if parameters.get(1, 1) == Some(RELEASE) {
        return Vec::new();
    }
    let modifiers = parameters.get(1, 0).unwrap_or(1).saturating_sub(1);
    let key = match (last, parameters.get(0, 0)) {
        (b'Z', _) => Some(Key::BackTab),
        (b'u', Some(code)) => return coded(code, parameters.get(0, 1), modifiers),
        (b'~', Some(27)) => return parameters.get(2, 0).map_or_else(Vec::new, |code| coded(code, None, modifiers)),
        // rxvt reports Control as `^`, and Control with Shift as `@`.
        (b'~' | b'^' | b'@', Some(number)) => numbered(number),
        _ => arrow(last),
    };
    key.into_iter().collect()
}

/// Returns the key for a report of the wheel (xterm's mode 1006).
///
/// The button is 64 or 65; modifiers add to it. Other buttons give no key.
fn wheel(report: &[u8], last: u8) -> Option<Key> {
    let button = Parameters::of(report).filter(|_| last == b'M')?.get(0, 0)?;
    match button & !(SHIFT_BUTTON | ALT_BUTTON | CONTROL_BUTTON) {
        64 => Some(Key::WheelUp),
        65 => Some(Key::WheelDown),
        _ => None,
    }
}

/// The bits of the modifiers in the number of a button.
const SHIFT_BUTTON: u32 = 4;
const ALT_BUTTON: u32 = 8;
const CONTROL_BUTTON: u32 = 16;

/// The parameters of a sequence.
///
/// Semicolons separate the parameters; each is one or several numbers, separated by colons.
struct Parameters(Vec<Vec<Option<u32>>>);

impl Parameters {
    /// Reads parameters; `None` if the body contains anything else.
    fn of(body: &[u8]) -> Option<Self> {
        let text = str::from_utf8(body).ok()?;
        let is_plain = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b';' | b':'));
        let numbers = |part: &str| part.split(':').map(|number| number.parse().ok()).collect();
        is_plain.then(|| Self(text.split(';').map(numbers).collect()))
    }

    fn get(&self, at: usize, part: usize) -> Option<u32> {
        self.0.get(at)?.get(part).copied().flatten()
    }
}

fn arrow(last: u8) -> Option<Key> {
    match last {
        b'A' => Some(Key::Up),
        b'B' => Some(Key::Down),
        b'C' => Some(Key::Right),
        b'D' => Some(Key::Left),
        b'F' => Some(Key::End),
        b'H' => Some(Key::Home),
        _ => None,
    }
}

fn numbered(number: u32) -> Option<Key> {
    match number {
        1 | 7 => Some(Key::Home),
        3 => Some(Key::Delete),
        4 | 8 => Some(Key::End),
        5 => Some(Key::PageUp),
        6 => Some(Key::PageDown),
        _ => None,
    }
}

/// Returns the keys for a code of the kitty protocol.
///
/// A code is that of a character, or one of a private range. `shifted` is the code with Shift, if the terminal reports
/// it.
fn coded(code: u32, shifted: Option<u32>, modifiers: u32) -> Vec<Key> {
    let with = |modifier| modifiers & modifier != 0;
    let key = match code {
        9 if with(SHIFT) => Some(Key::BackTab),
        9 => Some(Key::Tab),
        13 | 57_414 => Some(Key::Enter),
        27 => Some(Key::Esc),
        8 | 127 => Some(Key::Backspace),
        57_417 => Some(Key::Left),
        57_418 => Some(Key::Right),
        57_419 => Some(Key::Up),
        57_420 => Some(Key::Down),
        57_421 => Some(Key::PageUp),
        57_422 => Some(Key::PageDown),
        57_423 => Some(Key::Home),
        57_424 => Some(Key::End),
        57_426 => Some(Key::Delete),
        // The digits of the keypad.
        57_399..=57_408 => char::from_digit(code - 57_399, 10).map(Key::Char),
        // All other keys that are not characters.
        57_344..=63_743 => None,
        _ => return character(shifted.filter(|_| with(SHIFT)).unwrap_or(code), modifiers),
    };
    key.into_iter().collect()
}

/// Returns the keys for a character with modifiers.
fn character(code: u32, modifiers: u32) -> Vec<Key> {
    let with = |modifier| modifiers & modifier != 0;
    let Some(character) = char::from_u32(code).filter(|_| !with(OTHERS)) else { return Vec::new() };
    if with(CONTROL) {
        return controlled(character).into_iter().collect();
    }
    // As without the protocol: Alt is the key Escape, directly followed by the character.
    let escape = with(ALT).then_some(Key::Esc);
    escape.into_iter().chain(typed(character, with(SHIFT))).collect()
}
