//! Puts a key together again whose bytes came apart on their way.
//!
//! A terminal says "arrow down" as Escape, `[`, `B`. When the Escape arrives alone, crossterm takes it for the key
//! itself and the rest for typed text. Here an Escape is held back until what follows says which it was. Pure: how
//! long to wait for more is asked for with [`Joiner::waits_for`], the waiting is done elsewhere.

use std::mem;

use crate::app::Msg;
use crate::app::keys::Key;

/// The end of a paste, as it looks when its Escape came apart too.
const PASTE_END: &str = "\u{1b}[201~";
/// More than any sequence of a key needs.
const LONGEST_SEQUENCE: usize = 12;

/// What is held back, and whether more is awaited.
#[derive(Debug, Default)]
pub(super) struct Joiner {
    held: Held,
}

#[derive(Debug, Default)]
enum Held {
    #[default]
    Nothing,
    /// An Escape.
    Escape,
    /// An Escape and these characters.
    Sequence(String),
    /// Text whose beginning was announced as a paste. crossterm hides the end from us, except when it is split too.
    Paste(String),
}

/// What a joiner waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Waiting {
    /// Nothing is held back.
    Nothing,
    /// The rest of a key.
    Key,
    /// The rest of a paste.
    Paste,
}

impl Joiner {
    /// Takes the next message; gives those that are certain by now.
    pub(super) fn push(&mut self, message: Msg, certain: &mut Vec<Msg>) {
        match message {
            Msg::Key(key) => self.push_key(key, certain),
            other => {
                self.release(certain);
                certain.push(other);
            }
        }
    }

    /// What the next message is awaited for.
    pub(super) fn waits_for(&self) -> Waiting {
        match self.held {
            Held::Nothing => Waiting::Nothing,
            Held::Escape | Held::Sequence(_) => Waiting::Key,
            Held::Paste(_) => Waiting::Paste,
        }
    }

    /// Gives what is held back, because nothing followed: it was typed like that.
    pub(super) fn release(&mut self, certain: &mut Vec<Msg>) {
        match mem::take(&mut self.held) {
            Held::Nothing => {}
            Held::Escape => certain.push(Msg::Key(Key::Esc)),
            Held::Sequence(characters) => {
                certain.push(Msg::Key(Key::Esc));
                certain.extend(characters.chars().map(|character| Msg::Key(Key::Char(character))));
            }
            Held::Paste(text) => certain.push(Msg::Paste(text)),
        }
    }

    fn push_key(&mut self, key: Key, certain: &mut Vec<Msg>) {
        match (&mut self.held, key) {
            (Held::Escape, Key::Char(introducer @ ('[' | 'O'))) => self.held = Held::Sequence(introducer.to_string()),
            (Held::Sequence(sequence), Key::Char(character)) => {
                sequence.push(character);
                match meaning(sequence) {
                    Meaning::Unfinished => {}
                    Meaning::Text => self.release(certain),
                    Meaning::Key(key) => {
                        self.held = Held::Nothing;
                        certain.push(Msg::Key(key));
                    }
                    Meaning::UnknownKey => self.held = Held::Nothing,
                    Meaning::Paste => self.held = Held::Paste(String::new()),
                }
            }
            (Held::Paste(text), key) => {
                text.extend(pasted(key));
                if let Some(whole) = text.strip_suffix(PASTE_END) {
                    certain.push(Msg::Paste(whole.to_owned()));
                    self.held = Held::Nothing;
                }
            }
            (_, Key::Esc) => {
                self.release(certain);
                self.held = Held::Escape;
            }
            (_, key) => {
                self.release(certain);
                certain.push(Msg::Key(key));
            }
        }
    }
}

/// What the characters after an Escape say.
enum Meaning {
    Unfinished,
    Key(Key),
    /// A key, surely, but none that the program has.
    UnknownKey,
    /// A paste begins.
    Paste,
    /// Nothing that a terminal says by itself: it was typed.
    Text,
}

fn meaning(sequence: &str) -> Meaning {
    let mut characters = sequence.chars();
    let (Some(introducer), Some(last)) = (characters.next(), characters.next_back()) else {
        return Meaning::Unfinished;
    };
    let parameters = characters.as_str();
    let is_numbered = introducer == '[';
    if is_numbered && (last.is_ascii_digit() || last == ';') {
        return if sequence.len() < LONGEST_SEQUENCE { Meaning::Unfinished } else { Meaning::Text };
    }
    let number = parameters.split(';').next().unwrap_or_default();
    match (last, number) {
        ('A', _) => Meaning::Key(Key::Up),
        ('B', _) => Meaning::Key(Key::Down),
        ('C', _) => Meaning::Key(Key::Right),
        ('D', _) => Meaning::Key(Key::Left),
        ('H', _) | ('~', "1" | "7") => Meaning::Key(Key::Home),
        ('F', _) | ('~', "4" | "8") => Meaning::Key(Key::End),
        ('Z', _) if is_numbered => Meaning::Key(Key::BackTab),
        ('~', "3") => Meaning::Key(Key::Delete),
        ('~', "5") => Meaning::Key(Key::PageUp),
        ('~', "6") => Meaning::Key(Key::PageDown),
        ('~', "200") => Meaning::Paste,
        // Nobody types a number and a tilde as fast as this: it is a function key, or the like.
        ('~', "") => Meaning::Text,
        ('~', _) => Meaning::UnknownKey,
        (last, number) if last.is_ascii_alphabetic() && !number.is_empty() => Meaning::UnknownKey,
        _ => Meaning::Text,
    }
}

/// The character that a key stands for inside a paste.
fn pasted(key: Key) -> Option<char> {
    match key {
        Key::Char(character) => Some(character),
        Key::Esc => Some('\u{1b}'),
        Key::Enter | Key::Ctrl('j') => Some('\n'),
        Key::Tab => Some('\t'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `␛` is Escape, `⏎` Enter, `⇥` Tab; `·` is a wait in which nothing comes; other characters are themselves.
    fn joined(typed: &str) -> Vec<Msg> {
        let mut joiner = Joiner::default();
        let mut messages = Vec::new();
        for character in typed.chars() {
            let key = match character {
                '·' => {
                    joiner.release(&mut messages);
                    continue;
                }
                '␛' => Key::Esc,
                '⏎' => Key::Enter,
                '⇥' => Key::Tab,
                other => Key::Char(other),
            };
            joiner.push(Msg::Key(key), &mut messages);
        }
        assert_eq!(joiner.waits_for(), Waiting::Nothing, "{typed} leaves something behind");
        messages
    }

    fn keys(text: &str) -> Vec<Msg> {
        text.chars().map(|character| Msg::Key(if character == '␛' { Key::Esc } else { Key::Char(character) })).collect()
    }

    #[test]
    fn a_split_key_is_one_key() {
        for (typed, key) in [
            ("␛[A", Key::Up),
            ("␛[B", Key::Down),
            ("␛[C", Key::Right),
            ("␛[D", Key::Left),
            ("␛OA", Key::Up),
            ("␛OB", Key::Down),
            ("␛OC", Key::Right),
            ("␛OD", Key::Left),
            ("␛[H", Key::Home),
            ("␛OH", Key::Home),
            ("␛[1~", Key::Home),
            ("␛[7~", Key::Home),
            ("␛[F", Key::End),
            ("␛OF", Key::End),
            ("␛[4~", Key::End),
            ("␛[8~", Key::End),
            ("␛[5~", Key::PageUp),
            ("␛[6~", Key::PageDown),
            ("␛[3~", Key::Delete),
            ("␛[Z", Key::BackTab),
            ("␛[1;5B", Key::Down),
            ("␛[1;2H", Key::Home),
            ("␛[5;3~", Key::PageUp),
        ] {
            assert_eq!(joined(typed), [Msg::Key(key)], "{typed}");
        }
    }

    #[test]
    fn what_was_typed_after_escape_is_kept() {
        for typed in
            ["q", "␛·", "␛q", "␛[·", "␛O·", "␛[·A", "␛Open", "␛[x", "␛[]", "␛[~", "␛OZ", "␛[12·", "␛␛·", "␛[␛·"]
        {
            assert_eq!(joined(typed), keys(&typed.replace('·', "")), "{typed}");
        }
        assert_eq!(joined("␛[⏎"), [keys("␛["), vec![Msg::Key(Key::Enter)]].concat());
        assert_eq!(joined("␛[123456789012"), keys("␛[123456789012"));
    }

    #[test]
    fn keys_on_both_sides_stay_in_order() {
        assert_eq!(joined("a␛[Bb"), [keys("a"), vec![Msg::Key(Key::Down)], keys("b")].concat());
        assert_eq!(joined("␛␛[B"), [keys("␛"), vec![Msg::Key(Key::Down)]].concat());
    }

    #[test]
    fn a_split_key_that_the_program_does_not_have_types_nothing() {
        for typed in ["␛[15~", "␛[2~", "␛[1;5P", "␛[24;2~"] {
            assert_eq!(joined(typed), [], "{typed}");
        }
    }

    #[test]
    fn a_split_paste_is_one_paste() {
        for (typed, text) in [
            ("␛[200~quit⏎⇥q·", "quit\n\tq"),
            ("␛[200~quit␛[201~", "quit"),
            ("␛[200~␛[201~", ""),
            ("␛[200~a␛[Bb␛[201~", "a\u{1b}[Bb"),
        ] {
            assert_eq!(joined(typed), [Msg::Paste(text.to_owned())], "{typed}");
        }
    }

    #[test]
    fn another_message_ends_the_waiting() {
        let mut joiner = Joiner::default();
        let mut messages = Vec::new();
        joiner.push(Msg::Key(Key::Esc), &mut messages);
        assert_eq!((joiner.waits_for(), messages.len()), (Waiting::Key, 0));
        joiner.push(Msg::Paste("text".to_owned()), &mut messages);
        assert_eq!(messages, [Msg::Key(Key::Esc), Msg::Paste("text".to_owned())]);
    }
}
