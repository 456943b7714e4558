//! Turns the bytes of a terminal into keys and pastes.
//!
//! Pure: bytes go in, and the news that nothing came for a while; messages come out. The caller waits as long as
//! [`Parser::waits_for`] says. How the bytes are cut into pieces never changes what comes out; only a silence does.
//!
//! The states follow Paul Williams' parser for the VT500 series (<https://vt100.net/emu/dec_ansi_parser>). Three things
//! differ: text is UTF-8, which has no 8-bit controls; a paste is a state; a silence ends every state.
//! The crates that implement this parser (`vte`, `anstyle-parse`) hand over a paste as single characters, hold back
//! half a character, and let Ctrl-C pass inside of a sequence without ending the sequence, so they save nothing here.
//!
//! A sequence whose end never comes is dropped: by a silence, by a control character, or by the next Escape. Ctrl-C is
//! a control character, so it works behind half a key. Inside of a paste Ctrl-C is text, unless a silence follows it:
//! then the program is given the paste as far as it came, without the Ctrl-C, and after that the key Ctrl-C.

mod paste;
mod sequence;

use std::mem;

use crate::app::Msg;
use crate::app::keys::Key;
use crate::tui::characters::{controlled, typed};
use paste::Paste;

pub use paste::LONGEST as LONGEST_PASTE;

/// The longest body of a sequence that is kept, in bytes.
///
/// The longest report of a key that a terminal sends has about 30. Longer sequences are read to their end and dropped.
const LONGEST_BODY: usize = 64;

const ESCAPE: u8 = 0x1b;
const BELL: u8 = 0x07;
const DELETE: u8 = 0x7f;

/// Reads bytes as keys and pastes.
#[derive(Debug, Default)]
pub struct Parser {
    state: State,
}

/// The part of the input that has begun and not ended.
#[derive(Debug, Default)]
enum State {
    #[default]
    Ground,
    /// A character, of which these bytes came.
    Character(Vec<u8>),
    /// An Escape: the key, or the beginning of something.
    Escape,
    /// `ESC O`, and these parameters.
    Ss3(Vec<u8>),
    /// `ESC [`, and these parameters.
    Csi(Vec<u8>),
    /// A reply in text (OSC, DCS, APC, PM): the letter that began it, and whether more came.
    Reply(u8, bool),
    /// An Escape inside of a reply, which ends it.
    ReplyEscape,
    /// A sequence to which this many more bytes belong.
    Skip(u8),
    Paste(Paste),
}

/// A reason to wait for more bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// Nothing has begun.
    Nothing,
    /// The rest of a key, of a character or of a reply.
    Key,
    /// The rest of a paste.
    Paste,
}

impl Parser {
    /// Reads bytes and adds the messages that are certain by now.
    pub fn push(&mut self, bytes: &[u8], messages: &mut Vec<Msg>) {
        for byte in bytes {
            self.push_byte(*byte, messages);
        }
    }

    /// Ends what has begun, because nothing followed in time.
    ///
    /// A lone Escape is the key Escape, and a paste is given as far as it came. Half a key, half a character and half a
    /// reply type nothing. Only `ESC O` and the beginnings of replies, if nothing follows, are keys with Alt.
    pub fn silence(&mut self, messages: &mut Vec<Msg>) {
        match mem::take(&mut self.state) {
            State::Escape => messages.push(Msg::Key(Key::Esc)),
            State::Ss3(body) if body.is_empty() => escaped(b'O', messages),
            State::Reply(letter, false) => escaped(letter, messages),
            State::Paste(paste) => paste.give_up(messages),
            State::Ground | State::Character(_) | State::Ss3(_) | State::Csi(_) => {}
            State::Reply(_, true) | State::ReplyEscape | State::Skip(_) => {}
        }
    }

    /// Returns why to wait for more bytes.
    pub fn waits_for(&self) -> Waiting {
        match self.state {
            State::Ground => Waiting::Nothing,
            State::Paste(_) => Waiting::Paste,
            _ => Waiting::Key,
        }
    }

    /// Returns how many bytes are held back; never more than [`LONGEST_PASTE`].
    pub fn held(&self) -> usize {
        match &self.state {
            State::Character(bytes) | State::Ss3(bytes) | State::Csi(bytes) => bytes.len(),
            State::Paste(paste) => paste.kept(),
            State::Ground | State::Escape | State::Reply(..) | State::ReplyEscape | State::Skip(_) => 0,
        }
    }

    fn push_byte(&mut self, byte: u8, messages: &mut Vec<Msg>) {
        self.state = match mem::take(&mut self.state) {
            State::Paste(paste) => match paste.push(byte, messages) {
                Some(paste) => State::Paste(paste),
                None => State::Ground,
            },
            State::ReplyEscape if byte == b'\\' => State::Ground,
            State::Escape | State::ReplyEscape => after_escape(byte, messages),
            State::Reply(..) if byte == BELL => State::Ground,
            State::Reply(..) if byte == ESCAPE => State::ReplyEscape,
            // A control character ends what has begun, and is itself.
            _ if is_control(byte) => ground(byte, messages),
            State::Ground => ground(byte, messages),
            State::Character(bytes) => after_part(bytes, byte, messages),
            State::Ss3(body) => after_ss3(body, byte, messages),
            State::Csi(body) => after_csi(body, byte, messages),
            State::Reply(letter, _) => State::Reply(letter, true),
            State::Skip(0 | 1) => State::Ground,
            State::Skip(left) => State::Skip(left - 1),
        };
    }
}

/// Reads a byte with which something begins.
fn ground(byte: u8, messages: &mut Vec<Msg>) -> State {
    let key = match byte {
        ESCAPE => return State::Escape,
        b'\r' => Some(Key::Enter),
        b'\t' => Some(Key::Tab),
        DELETE => Some(Key::Backspace),
        // Control with a letter takes the upper bits off.
        0x01..=0x1a => controlled(char::from(byte | 0x60)),
        b' '..=b'~' => typed(char::from(byte), false),
        0xc2..=0xf4 => return State::Character(vec![byte]),
        // The rest of a character that was dropped, or no UTF-8 at all.
        _ => None,
    };
    messages.extend(key.map(Msg::Key));
    State::Ground
}

fn after_escape(byte: u8, messages: &mut Vec<Msg>) -> State {
    match byte {
        b'[' => State::Csi(Vec::new()),
        b'O' => State::Ss3(Vec::new()),
        b']' | b'P' | b'_' | b'^' => State::Reply(byte, false),
        // With Alt these keys are themselves. Ctrl-C needs no Escape before it.
        b'\r' | b'\t' | DELETE | 0x03 | 0x08 => ground(byte, messages),
        // The program has no other keys with Alt: this is the key Escape and, right behind it, another key.
        _ => {
            messages.push(Msg::Key(Key::Esc));
            ground(byte, messages)
        }
    }
}

/// Reads the byte after a part of a character.
fn after_part(mut bytes: Vec<u8>, byte: u8, messages: &mut Vec<Msg>) -> State {
    if !(0x80..0xc0).contains(&byte) {
        return ground(byte, messages);
    }
    bytes.push(byte);
    if bytes.len() < length_of_character(bytes.first().copied().unwrap_or(0)) {
        return State::Character(bytes);
    }
    let character = str::from_utf8(&bytes).ok().and_then(|text| text.chars().next());
    messages.extend(character.and_then(|character| typed(character, false)).map(Msg::Key));
    State::Ground
}

fn after_ss3(mut body: Vec<u8>, byte: u8, messages: &mut Vec<Msg>) -> State {
    match byte {
        b'0'..=b'9' | b';' => {
            if body.len() < LONGEST_BODY {
                body.push(byte);
            }
            return State::Ss3(body);
        }
        b'A'..=b'H' | b'M' | b'P'..=b'S' => messages.extend(sequence::ss3(byte).map(Msg::Key)),
        // No terminal sends this: it was typed.
        _ if body.is_empty() => {
            escaped(b'O', messages);
            return ground(byte, messages);
        }
        _ => {}
    }
    State::Ground
}

fn after_csi(mut body: Vec<u8>, byte: u8, messages: &mut Vec<Msg>) -> State {
    match (byte, body.as_slice()) {
        (b' '..=b'?', _) => {
            if body.len() < LONGEST_BODY {
                body.push(byte);
            }
            return State::Csi(body);
        }
        // A function key of the Linux console, and a report of the mouse in its oldest form.
        (b'[', []) => return State::Skip(1),
        (b'M', []) => return State::Skip(3),
        (b'~', b"200") => return State::Paste(Paste::default()),
        (b'@'..=b'~', body) if body.len() < LONGEST_BODY => {
            messages.extend(sequence::csi(body, byte).into_iter().map(Msg::Key));
        }
        (b'@'..=b'~', _) => {}
        // Never inside of a sequence.
        _ => return ground(byte, messages),
    }
    State::Ground
}

/// Adds the key Escape and a letter.
fn escaped(letter: u8, messages: &mut Vec<Msg>) {
    messages.push(Msg::Key(Key::Esc));
    messages.push(Msg::Key(Key::Char(char::from(letter))));
}

fn is_control(byte: u8) -> bool {
    byte < b' ' || byte == DELETE
}

/// Returns how many bytes a character has that begins with this byte.
fn length_of_character(first: u8) -> usize {
    match first {
        0xf0..=0xf4 => 4,
        0xe0..=0xef => 3,
        0xc2..=0xdf => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests;
