//! Converts crossterm's events to keys and pastes.
//!
//! For Windows, whose console sends events instead of bytes. No key comes in pieces there. Sizes are not read here.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseEventKind};

use super::characters::{beginning, controlled, typed};
use super::parse::LONGEST_PASTE;
use crate::app::Msg;
use crate::app::keys::Key;

#[cfg(not(unix))]
pub(super) use keyboard::ConsoleInput;

#[cfg(not(unix))]
mod keyboard {
    use std::io;
    use std::time::Duration;

    use ratatui::crossterm::event;

    use super::messages_of;
    use crate::app::Msg;
    use crate::tui::signals::Signals;

    /// Longest wait when nothing is typed.
    const TICK: Duration = Duration::from_millis(100);
    /// Most events between two frames.
    ///
    /// Endless input must not keep the picture from being drawn.
    const MOST_AT_ONCE: usize = 16_384;

    /// Reads keys and pastes from the console.
    #[derive(Debug)]
    pub(in crate::internals::tui) struct ConsoleInput(());

    impl ConsoleInput {
        /// Starts to listen.
        ///
        /// The parameter, whether the keyboard is far away, does not matter, because no key comes in pieces.
        pub(in crate::internals::tui) fn open(_: bool) -> io::Result<Self> {
            event::poll(Duration::ZERO).map(|_| Self(()))
        }

        /// Waits for input, and returns the messages that came.
        pub(in crate::internals::tui) fn wait(&mut self, _: &mut Signals) -> io::Result<Option<Vec<Msg>>> {
            let mut messages = Vec::new();
            let mut patience = TICK;
            for _ in 0..MOST_AT_ONCE {
                if !event::poll(patience)? {
                    break;
                }
                messages.extend(messages_of(event::read()?));
                patience = Duration::ZERO;
            }
            Ok(Some(messages))
        }
    }
}

/// Returns the messages for an event: none, one or two.
fn messages_of(event: Event) -> Vec<Msg> {
    match event {
        Event::Key(key) => keys_of(key).into_iter().map(Msg::Key).collect(),
        Event::Paste(text) => pasted(&text),
        // A resize only ends the wait: the size is asked for before each frame.
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::ScrollUp => vec![Msg::Key(Key::WheelUp)],
            MouseEventKind::ScrollDown => vec![Msg::Key(Key::WheelDown)],
            _ => Vec::new(),
        },
        Event::Resize(..) | Event::FocusGained | Event::FocusLost => Vec::new(),
    }
}

/// Returns the messages for a paste, cut if it is too long.
fn pasted(text: &str) -> Vec<Msg> {
    let read = beginning(text, LONGEST_PASTE);
    let cut = (read.len() < text.len()).then_some(Msg::PasteCut { read: read.len(), pasted: text.len() });
    [Msg::Paste(read.to_owned())].into_iter().chain(cut).collect()
}

/// Returns the keys for a key event.
fn keys_of(event: KeyEvent) -> Vec<Key> {
    if !matches!(event.kind, KeyEventKind::Press | KeyEventKind::Repeat) {
        return Vec::new();
    }
    let with = |modifiers| event.modifiers.intersects(modifiers);
    let key = match event.code {
        KeyCode::Char(_) if with(KeyModifiers::SUPER | KeyModifiers::HYPER | KeyModifiers::META) => return Vec::new(),
        // Windows reports AltGr as Control with Alt.
        KeyCode::Char(character) if event.modifiers.contains(KeyModifiers::CONTROL | KeyModifiers::ALT) => {
            typed(character, with(KeyModifiers::SHIFT))
        }
        KeyCode::Char(character) if with(KeyModifiers::CONTROL) => controlled(character),
        // The program has no keys with Alt: this is an Escape, directly followed by a character.
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
    fn a_long_paste_says_what_was_left_out() {
        assert_eq!(messages_of(Event::Paste("q\rq".to_owned())), [Msg::Paste("q\rq".to_owned())]);
        let endless = "é".repeat(LONGEST_PASTE);
        assert_eq!(
            messages_of(Event::Paste(format!("x{endless}"))),
            [
                Msg::Paste(format!("x{}", "é".repeat(LONGEST_PASTE / 2 - 1))),
                Msg::PasteCut { read: LONGEST_PASTE - 1, pasted: 2 * LONGEST_PASTE + 1 },
            ]
        );
    }
}
