//! What is typed and pasted, from the events of the terminal to the messages of the program.
//!
//! Knows crossterm's events and the program's keys, and what a key means to nobody. Sizes are not read here.

use std::io;
use std::time::Duration;

use ratatui::crossterm::event::{self, Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::beginning;
use super::escape::{Joiner, Waiting};
use crate::app::Msg;
use crate::app::keys::Key;

/// How long one wait lasts when nothing is typed: a signal is answered no later than this.
const TICK: Duration = Duration::from_millis(100);
/// How long to look for what has come already. Not zero, with which crossterm's `use-dev-tty` does not look at all.
const PRESENT: Duration = Duration::from_micros(50);
/// How long the rest of a split key may take, on one machine and over a network.
const SPLIT_KEY: Duration = Duration::from_millis(25);
const SPLIT_KEY_OVER_SSH: Duration = Duration::from_millis(100);
/// How many times that the rest of a split paste may take: its keys would do things.
const PASTE_FACTOR: u32 = 10;
/// The most events between two frames, so that endless input cannot keep the picture from being drawn.
const MOST_AT_ONCE: usize = 1000;
/// The most that is taken of a paste.
const LONGEST_PASTE: usize = 1024 * 1024;

/// The keyboard.
#[derive(Debug)]
pub(super) struct Input {
    joiner: Joiner,
    split_key: Duration,
}

impl Input {
    /// A keyboard that is near, or at the far end of a network.
    pub(super) fn new(over_ssh: bool) -> Self {
        let split_key = if over_ssh { SPLIT_KEY_OVER_SSH } else { SPLIT_KEY };
        Self { joiner: Joiner::default(), split_key }
    }

    /// Begins to listen. A resize before this goes unnoticed.
    pub(super) fn start(&self) -> io::Result<()> {
        event::poll(Duration::ZERO).map(drop)
    }

    /// Waits for a while, then gives all that has come: nothing, or everything up to the present moment.
    pub(super) fn wait(&mut self) -> io::Result<Vec<Msg>> {
        let mut messages = Vec::new();
        let mut patience = self.patience().unwrap_or(TICK);
        for _ in 0..MOST_AT_ONCE {
            if !event::poll(patience)? {
                self.joiner.release(&mut messages);
                break;
            }
            for message in messages_of(event::read()?) {
                self.joiner.push(message, &mut messages);
            }
            patience = self.patience().unwrap_or(PRESENT);
        }
        Ok(messages)
    }

    /// How long to wait for the rest of what is held back, if anything is.
    fn patience(&self) -> Option<Duration> {
        match self.joiner.waits_for() {
            Waiting::Nothing => None,
            Waiting::Key => Some(self.split_key),
            Waiting::Paste => Some(self.split_key * PASTE_FACTOR),
        }
    }
}

/// The messages that an event is, in order: none, one, or two.
fn messages_of(event: Event) -> Vec<Msg> {
    match event {
        Event::Key(key) => keys_of(key).into_iter().map(Msg::Key).collect(),
        Event::Paste(text) => vec![Msg::Paste(beginning(&text, LONGEST_PASTE).to_owned())],
        // A resize only ends the wait: the size is asked for before each frame.
        Event::Resize(..) | Event::Mouse(_) | Event::FocusGained | Event::FocusLost => Vec::new(),
    }
}

/// The keys that a key event is.
fn keys_of(event: KeyEvent) -> Vec<Key> {
    if !matches!(event.kind, KeyEventKind::Press | KeyEventKind::Repeat) {
        return Vec::new();
    }
    let with = |modifiers| event.modifiers.intersects(modifiers);
    let key = match event.code {
        KeyCode::Char(_) if with(KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META) => return Vec::new(),
        // Windows says AltGr like this.
        KeyCode::Char(character) if event.modifiers.contains(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
            typed(character, with(KeyModifiers::SHIFT))
        }
        KeyCode::Char(character) if with(KeyModifiers::CONTROL) => controlled(character),
        // The program has no keys with Alt: this is an Escape and, right behind it, a character.
        KeyCode::Char(character) if with(KeyModifiers::ALT) => {
            return [Key::Esc].into_iter().chain(typed(character, with(KeyModifiers::SHIFT))).collect();
        }
        KeyCode::Char(character) => typed(character, with(KeyModifiers::SHIFT)),
        KeyCode::Tab if with(KeyModifiers::SHIFT) => Some(Key::BackTab),
        KeyCode::Enter => Some(Key::Enter),
        KeyCode::Esc => Some(Key::Esc),
        KeyCode::Backspace => Some(Key::Backspace),
        KeyCode::Delete => Some(Key::Delete),
        KeyCode::Tab => Some(Key::Tab),
        KeyCode::BackTab => Some(Key::BackTab),
        KeyCode::Up => Some(Key::Up),
        KeyCode::Down => Some(Key::Down),
        KeyCode::Left => Some(Key::Left),
        KeyCode::Right => Some(Key::Right),
        KeyCode::Home => Some(Key::Home),
        KeyCode::End => Some(Key::End),
        KeyCode::PageUp => Some(Key::PageUp),
        KeyCode::PageDown => Some(Key::PageDown),
        _ => None,
    };
    key.into_iter().collect()
}

/// A character as it looks: some terminals say "a with Shift" for `A`.
fn typed(character: char, shift: bool) -> Option<Key> {
    let character = match (shift, character) {
        (true, lower) if lower.is_ascii_lowercase() => lower.to_ascii_uppercase(),
        (_, other) => other,
    };
    (!character.is_control()).then_some(Key::Char(character))
}

/// A letter with Control. Ctrl-H is what the Backspace of some terminals sends.
fn controlled(character: char) -> Option<Key> {
    match character.to_ascii_lowercase() {
        'h' => Some(Key::Backspace),
        letter if letter.is_ascii_lowercase() => Some(Key::Ctrl(letter)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: KeyModifiers = KeyModifiers::NONE;
    const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
    const CONTROL: KeyModifiers = KeyModifiers::CONTROL;
    const ALT: KeyModifiers = KeyModifiers::ALT;

    #[test]
    fn keys_are_what_they_look_like() {
        for (code, modifiers, expected) in [
            (KeyCode::Char('a'), NONE, Key::Char('a')),
            (KeyCode::Char('A'), SHIFT, Key::Char('A')),
            (KeyCode::Char('a'), SHIFT, Key::Char('A')),
            (KeyCode::Char('A'), NONE, Key::Char('A')),
            (KeyCode::Char('?'), SHIFT, Key::Char('?')),
            (KeyCode::Char('é'), NONE, Key::Char('é')),
            (KeyCode::Char('@'), CONTROL | ALT, Key::Char('@')),
            (KeyCode::Char('c'), CONTROL, Key::Ctrl('c')),
            (KeyCode::Char('C'), CONTROL | SHIFT, Key::Ctrl('c')),
            (KeyCode::Char('h'), CONTROL, Key::Backspace),
            (KeyCode::Backspace, NONE, Key::Backspace),
            (KeyCode::Backspace, ALT, Key::Backspace),
            (KeyCode::Tab, NONE, Key::Tab),
            (KeyCode::Tab, SHIFT, Key::BackTab),
            (KeyCode::BackTab, SHIFT, Key::BackTab),
            (KeyCode::Left, CONTROL, Key::Left),
            (KeyCode::Enter, ALT, Key::Enter),
        ] {
            assert_eq!(keys_of(KeyEvent::new(code, modifiers)), [expected], "{code:?} {modifiers:?}");
        }
    }

    #[test]
    fn a_character_right_behind_escape_is_not_lost() {
        assert_eq!(keys_of(KeyEvent::new(KeyCode::Char('x'), ALT)), [Key::Esc, Key::Char('x')]);
    }

    #[test]
    fn unknown_keys_are_nothing() {
        for (code, modifiers) in [
            (KeyCode::F(1), NONE),
            (KeyCode::Insert, NONE),
            (KeyCode::Null, NONE),
            (KeyCode::CapsLock, NONE),
            (KeyCode::Char(' '), CONTROL),
            (KeyCode::Char('7'), CONTROL),
            (KeyCode::Char('c'), KeyModifiers::SUPER),
            (KeyCode::Char('\u{9b}'), NONE),
        ] {
            assert_eq!(keys_of(KeyEvent::new(code, modifiers)), [], "{code:?} {modifiers:?}");
        }
    }

    #[test]
    fn a_key_counts_when_it_goes_down_or_is_held() {
        let of = |kind| keys_of(KeyEvent::new_with_kind(KeyCode::Down, NONE, kind));
        assert_eq!(of(KeyEventKind::Press), [Key::Down]);
        assert_eq!(of(KeyEventKind::Repeat), [Key::Down]);
        assert_eq!(of(KeyEventKind::Release), []);
    }

    #[test]
    fn a_paste_is_one_message_of_limited_length() {
        assert_eq!(messages_of(Event::Paste("q\rq".to_owned())), [Msg::Paste("q\rq".to_owned())]);
        let endless = "é".repeat(LONGEST_PASTE);
        assert_eq!(
            messages_of(Event::Paste(format!("x{endless}"))),
            [Msg::Paste(format!("x{}", "é".repeat(LONGEST_PASTE / 2 - 1)))]
        );
    }
}
