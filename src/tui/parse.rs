//! Converts the bytes of a terminal to keys and pastes.
//!
//! Pure: bytes go in, and the fact that nothing came for a while; messages come out. The caller waits as long as
//! [`Parser::waits_for`] says. The output does not depend on how the bytes are cut into pieces; only on silences.
//!
//! The states follow Paul Williams' parser for the VT500 series (<https://vt100.net/emu/dec_ansi_parser>). Three things
//! differ: text is UTF-8, which has no 8-bit controls; a paste is a state; a silence ends every state. The crates that
//! implement this parser (`vte`, `anstyle-parse`) pass on a paste as single characters, hold back half a character, and
//! let Ctrl-C pass inside of a sequence without ending the sequence, so they save nothing here.
//!
//! A sequence without an end is dropped: by a silence, by a control character, or by the next Escape. Ctrl-C is a
//! control character, so it works after half a key. Inside of a paste Ctrl-C is text, unless a silence follows it: then
//! the program gets the paste so far, without the Ctrl-C, and after that the key Ctrl-C.

mod paste;
mod sequence;

use std::mem;

use crate::app::Msg;
use crate::app::keys::Key;
use crate::tui::characters::{controlled, length_of_character, typed};
use paste::Paste;

pub use paste::LONGEST as LONGEST_PASTE;

/// Bytes of the longest body of a sequence that is kept.
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
    /// The first bytes of a character.
    Character(Vec<u8>),
    /// An Escape: the key, or the beginning of a sequence.
    Escape,
    /// `ESC O`, and these parameters.
    Ss3(Vec<u8>),
    /// `ESC [`, and these parameters.
    Csi(Vec<u8>),
    /// A reply in text (OSC, DCS, APC, PM).
    ///
    /// The letter that began it, and whether more bytes came.
    Reply(u8, bool),
    /// An Escape inside of a reply, which ends it.
    ReplyEscape,
    /// A sequence that has this many more bytes.
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
    /// A lone Escape is the key Escape, and a paste is passed on as far as it came. Half a key, half a character and
    /// half a reply are dropped. `ESC O` and the first two bytes of replies, if nothing follows them, are keys with
    /// Alt.
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

    /// Returns the number of bytes held back.
    ///
    /// Never more than [`LONGEST_PASTE`].
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
            // A control character ends what has begun, and is then read by itself.
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

/// Reads a byte that begins something.
fn ground(byte: u8, messages: &mut Vec<Msg>) -> State {
    let key = match byte {
        ESCAPE => return State::Escape,
        b'\r' => Some(Key::Enter),
        b'\t' => Some(Key::Tab),
        DELETE => Some(Key::Backspace),
        // Control with a letter clears the upper bits of the letter.
        0x01..=0x1a => controlled(char::from(byte | 0x60)),
        b' '..=b'~' => typed(char::from(byte), false),
        0xc2..=0xf4 => return State::Character(vec![byte]),
        // The rest of a dropped character, or invalid UTF-8.
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
        // With Alt these keys are unchanged. Ctrl-C needs no Escape before it.
        b'\r' | b'\t' | DELETE | 0x03 | 0x08 => ground(byte, messages),
        // The program has no other keys with Alt: this is an Escape, directly followed by another key.
        _ => {
            messages.push(Msg::Key(Key::Esc));
            ground(byte, messages)
        }
    }
}

/// Reads a byte after the first bytes of a character.
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
        // No terminal sends this, so it was typed.
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
        // This byte cannot occur inside of a sequence.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Parses bytes.
    ///
    /// `·` is a silence, `␛` Escape, `␇` the bell, `␃` Ctrl-C and `⏎` Enter; other characters are themselves.
    fn parsed(typed: &str) -> Vec<Msg> {
        let mut parser = Parser::default();
        let mut messages = Vec::new();
        for part in typed.split_inclusive('·') {
            let bytes = part.replace('␛', "\x1b").replace('␇', "\x07").replace('␃', "\x03").replace('⏎', "\r");
            parser.push(bytes.trim_end_matches('·').as_bytes(), &mut messages);
            if part.ends_with('·') {
                parser.silence(&mut messages);
            }
        }
        assert_eq!(parser.waits_for(), Waiting::Nothing, "{typed} leaves something behind");
        messages
    }

    fn keys(text: &str) -> Vec<Msg> {
        let key = |character| match character {
            '␛' => Key::Esc,
            '␃' => Key::Ctrl('c'),
            '⏎' => Key::Enter,
            other => Key::Char(other),
        };
        text.chars().map(|character| Msg::Key(key(character))).collect()
    }

    fn paste(text: &str) -> Msg {
        Msg::Paste(text.to_owned())
    }

    /// Every kind of sequence that a terminal sends, complete.
    const SEQUENCES: [&str; 56] = [
        "\x1b[A",
        "\x1b[B",
        "\x1b[C",
        "\x1b[D",
        "\x1b[H",
        "\x1b[F",
        "\x1b[Z",
        "\x1b[E",
        "\x1b[I",
        "\x1b[O",
        "\x1bOA",
        "\x1bOB",
        "\x1bOC",
        "\x1bOD",
        "\x1bOH",
        "\x1bOF",
        "\x1bOP",
        "\x1bOQ",
        "\x1bOR",
        "\x1bOS",
        "\x1bOM",
        "\x1bO5P",
        "\x1bO1;5Q",
        "\x1b[1~",
        "\x1b[2~",
        "\x1b[3~",
        "\x1b[5~",
        "\x1b[15~",
        "\x1b[24;2~",
        "\x1b[5;3~",
        "\x1b[1;5A",
        "\x1b[1;2H",
        "\x1b[1;1:3B",
        "\x1b[5^",
        "\x1b[[A",
        "\x1b[M !!",
        "\x1b[<0;10;5M",
        "\x1b[<35;118;40m",
        "\x1b[32;10;5M",
        "\x1b[97;5u",
        "\x1b[97:65;2:1;97u",
        "\x1b[27;5;99~",
        "\x1b[?2026;2$y",
        "\x1b[?997;1n",
        "\x1b[?1;2;4c",
        "\x1b[>0;276;0c",
        "\x1b[24;80R",
        "\x1b]11;rgb:ffff/ffff/ffff\x07",
        "\x1b]52;c;YWJj\x1b\\",
        "\x1b[11~",
        "\x1b[8;24;80t",
        "\x1b[?62;1;6;22c",
        "\x1b]4;1;rgb:0/0/0\x1b\\",
        "\x1bP1+r544e=787465726d\x1b\\",
        "\x1b_Gi=31;OK\x1b\\",
        "\x1b^private\x1b\\",
    ];

    /// Every beginning of sequences, characters, keys with Alt, and pastes.
    fn prefixes() -> Vec<Vec<u8>> {
        let others = [
            "é",
            "€",
            "😀",
            "\x1bx",
            "\x1bé",
            "\x1b\x1b[B",
            "\x1b\x1b",
            "\x1b[200~text\x1b[201~",
            "\x1b[200~é€😀\x1b[201~",
        ];
        let mut prefixes = Vec::new();
        for whole in SEQUENCES.iter().chain(&others) {
            prefixes.extend((1..whole.len()).filter_map(|end| whole.as_bytes().get(..end)).map(<[u8]>::to_vec));
        }
        prefixes.sort();
        prefixes.dedup();
        prefixes
    }

    fn read(bytes: &[u8], parser: &mut Parser) -> Vec<Msg> {
        let mut messages = Vec::new();
        parser.push(bytes, &mut messages);
        messages
    }

    fn is_paste(prefix: &[u8]) -> bool {
        prefix.starts_with(b"\x1b[200~")
    }

    #[test]
    fn the_interrupt_key_ends_whatever_has_begun() {
        let prefixes = prefixes();
        assert!(prefixes.len() >= 214, "{} beginnings", prefixes.len());
        for prefix in prefixes {
            let mut parser = Parser::default();
            let mut messages = read(&[&prefix[..], b"\x03"].concat(), &mut parser);
            if is_paste(&prefix) {
                assert_eq!(messages, [], "{prefix:?}");
                parser.silence(&mut messages);
            }
            assert_eq!(messages.last(), Some(&Msg::Key(Key::Ctrl('c'))), "{prefix:?}");
            assert_eq!(parser.waits_for(), Waiting::Nothing, "{prefix:?}");
        }
    }

    #[test]
    fn after_a_silence_the_next_key_is_itself() {
        for prefix in prefixes() {
            let mut parser = Parser::default();
            read(&prefix, &mut parser);
            parser.silence(&mut Vec::new());
            assert_eq!(read(b"q", &mut parser), keys("q"), "{prefix:?}");
        }
    }

    #[test]
    fn half_a_sequence_types_nothing() {
        for prefix in prefixes().into_iter().filter(|prefix| prefix.len() > 2 && !is_paste(prefix)) {
            let mut parser = Parser::default();
            let mut messages = read(&prefix, &mut parser);
            parser.silence(&mut messages);
            let typed = messages.iter().filter(|message| matches!(message, Msg::Key(Key::Char(_)))).count();
            assert_eq!(typed, 0, "{prefix:?} {messages:?}");
        }
    }

    #[test]
    fn sequences_of_keys_are_keys() {
        for (typed, key) in [
            ("␛[A", Key::Up),
            ("␛[B", Key::Down),
            ("␛[C", Key::Right),
            ("␛[D", Key::Left),
            ("␛OA", Key::Up),
            ("␛OB", Key::Down),
            ("␛OC", Key::Right),
            ("␛OD", Key::Left),
            ("␛OM", Key::Enter),
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
            ("␛[1;1:2B", Key::Down),
            ("␛[1;2H", Key::Home),
            ("␛[5;3~", Key::PageUp),
            ("␛[6^", Key::PageDown),
            ("␛[97u", Key::Char('a')),
            ("␛[97;2u", Key::Char('A')),
            ("␛[49:33;2u", Key::Char('!')),
            ("␛[233u", Key::Char('é')),
            ("␛[99;5u", Key::Ctrl('c')),
            ("␛[67;6u", Key::Ctrl('c')),
            ("␛[99;69u", Key::Ctrl('c')),
            ("␛[27;5;99~", Key::Ctrl('c')),
            ("␛[27;2;9~", Key::BackTab),
            ("␛[27u", Key::Esc),
            ("␛[13u", Key::Enter),
            ("␛[9u", Key::Tab),
            ("␛[9;2u", Key::BackTab),
            ("␛[127u", Key::Backspace),
            ("␛[104;5u", Key::Backspace),
            ("␛[57401u", Key::Char('2')),
            ("␛[57419u", Key::Up),
        ] {
            assert_eq!(parsed(typed), [Msg::Key(key)], "{typed}");
        }
    }

    #[test]
    fn single_bytes_are_keys() {
        for (byte, key) in [
            (b'\r', Some(Key::Enter)),
            (b'\t', Some(Key::Tab)),
            (b'\n', Some(Key::Ctrl('j'))),
            (0x7f, Some(Key::Backspace)),
            (0x08, Some(Key::Backspace)),
            (0x03, Some(Key::Ctrl('c'))),
            (0x1a, Some(Key::Ctrl('z'))),
            (b'a', Some(Key::Char('a'))),
            (b'A', Some(Key::Char('A'))),
            (b' ', Some(Key::Char(' '))),
            (b'~', Some(Key::Char('~'))),
            (0, None),
            (0x1c, None),
            (0x1f, None),
            (0x80, None),
            (0x9b, None),
            (0xc0, None),
            (0xff, None),
        ] {
            let mut parser = Parser::default();
            assert_eq!(read(&[byte], &mut parser), key.map(Msg::Key).into_iter().collect::<Vec<_>>(), "{byte}");
        }
    }

    #[test]
    fn characters_of_many_bytes_are_one_key_and_broken_ones_none() {
        assert_eq!(parsed("é€😀"), keys("é€😀"));
        for (bytes, text) in [
            (&b"\xc3q"[..], "q"),
            (b"\xe2\x82q", "q"),
            (b"\xf0\x9f\x98\xc3\xa9", "é"),
            (b"\xed\xa0\x80q", "q"),
            (b"\xc2\x9bq", "q"),
            (b"\xf4\x90\x80\x80q", "q"),
        ] {
            assert_eq!(read(bytes, &mut Parser::default()), keys(text), "{bytes:?}");
        }
    }

    #[test]
    fn what_was_typed_after_escape_is_kept() {
        for typed in ["q", "␛·", "␛q", "␛é", "␛O·", "␛Open", "␛OZ", "␛P·", "␛]·", "␛␛·", "␛␛q"]
        {
            assert_eq!(parsed(typed), keys(&typed.replace('·', "")), "{typed}");
        }
        for (typed, expected) in
            [("␛⏎", "⏎"), ("␛␃", "␃"), ("␛[⏎", "⏎"), ("␛[␛·", "␛"), ("␛[·A", "A"), ("␛[12·q", "q"), ("␛O⏎", "⏎")]
        {
            assert_eq!(parsed(typed), keys(expected), "{typed}");
        }
    }

    #[test]
    fn keys_on_both_sides_stay_in_order() {
        assert_eq!(parsed("a␛[Bb"), [keys("a"), vec![Msg::Key(Key::Down)], keys("b")].concat());
        assert_eq!(parsed("␛␛[B"), [keys("␛"), vec![Msg::Key(Key::Down)]].concat());
        assert_eq!(parsed("␛[12␛[B"), [Msg::Key(Key::Down)]);
    }

    #[test]
    fn what_the_program_has_no_key_for_types_nothing() {
        let long = format!("␛[{}m", "1;".repeat(500));
        for typed in [
            "␛[15~",
            "␛[2~",
            "␛[1;5P",
            "␛[24;2~",
            "␛OP",
            "␛O5P",
            "␛[[A",
            "␛[E",
            "␛[I",
            "␛[O",
            "␛[x",
            "␛[~",
            "␛[]",
            "␛[M !!",
            "␛[<0;10;5M",
            "␛[32;10;5M",
            "␛[1;1:3B",
            "␛[97;1:3u",
            "␛[99;9u",
            "␛[57399;1:3u",
            "␛[57358u",
            "␛[55555555555u",
            "␛[u",
            "␛[27;5~",
            "␛[?2026;2$y",
            "␛[?997;1n",
            "␛[?1;2c",
            "␛[>0;276;0c",
            "␛[?31u",
            "␛[24;80R",
            "␛[201~",
            "␛]11;rgb:0/0/0␇",
            "␛]52;c;cXE=␛\\",
            "␛P1$r0m␛\\",
            "␛_Gi=31;OK␛\\",
            "␛^é␛\\",
            "␛[1 ~",
            &long,
        ] {
            assert_eq!(parsed(&format!("{typed}z")), keys("z"), "{typed}");
        }
    }

    #[test]
    fn a_reply_that_breaks_off_does_not_swallow_the_next_key() {
        assert_eq!(parsed("␛]11;rgb␛[B"), [Msg::Key(Key::Down)]);
        assert_eq!(parsed("␛]11;rgb⏎q"), keys("⏎q"));
        assert_eq!(parsed("␛]11;rgb·q"), keys("q"));
    }

    #[test]
    fn a_paste_is_one_message() {
        for (typed, text) in [
            ("␛[200~quit⏎q␛[201~", "quit\rq"),
            ("␛[200~␛[201~", ""),
            ("␛[200~a␛[Bb␛[201~", "a\u{1b}[Bb"),
            ("␛[200~a␛[20␛[201~", "a\u{1b}[20"),
            ("␛[200~a␛␛[201~", "a\u{1b}"),
            ("␛[200~␃a␃␛[201~", "\u{3}a\u{3}"),
            ("␛[200~half·", "half"),
            ("␛[200~half␛[20·", "half"),
        ] {
            assert_eq!(parsed(typed), [paste(text)], "{typed}");
        }
        assert_eq!(read(b"\x1b[200~a\xff\x1b[201~", &mut Parser::default()), [paste("a\u{fffd}")]);
    }

    #[test]
    fn ctrl_c_and_then_nothing_ends_a_paste() {
        for (typed, expected) in [
            ("␛[200~a␃b␃·", vec![paste("a\u{3}b"), Msg::Key(Key::Ctrl('c'))]),
            ("␛[200~a␃␃␃·", vec![paste("a"), Msg::Key(Key::Ctrl('c'))]),
            ("␛[200~␃·", vec![Msg::Key(Key::Ctrl('c'))]),
            ("␛[200~·", vec![]),
            ("␛[200~a␃b·", vec![paste("a\u{3}b")]),
        ] {
            assert_eq!(parsed(typed), expected, "{typed}");
        }
    }

    #[test]
    fn a_long_paste_is_cut_between_characters_and_says_so() {
        let pasted = |text: &str| parsed(&format!("␛[200~{text}␛[201~"));
        let whole = "x".repeat(LONGEST_PASTE);
        assert_eq!(pasted(&whole), [paste(&whole)]);
        let cut = Msg::PasteCut { read: LONGEST_PASTE, pasted: LONGEST_PASTE + 2 };
        assert_eq!(pasted(&format!("{whole}yz")), [paste(&whole), cut]);
        let [odd, two] =
            [format!("x{}", "é".repeat(LONGEST_PASTE / 2)), format!("x{}", "é".repeat(LONGEST_PASTE / 2 - 1))];
        let cut = Msg::PasteCut { read: LONGEST_PASTE - 1, pasted: LONGEST_PASTE + 1 };
        assert_eq!(pasted(&odd), [paste(&two), cut]);
    }

    /// Bytes that mean something, and some that do not.
    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        let whole: Vec<&[u8]> = SEQUENCES.iter().map(|sequence| sequence.as_bytes()).collect();
        let piece = prop_oneof![
            prop::sample::select(whole).prop_map(<[u8]>::to_vec),
            prop::sample::select(prefixes()),
            prop::sample::select(vec!["\x1b[200~", "\x1b[201~", "\x03", "\x1b", "q", "é", "\r"])
                .prop_map(|text| text.as_bytes().to_vec()),
            prop::collection::vec(any::<u8>(), 0..8),
        ];
        prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #[test]
        fn pieces_do_not_matter(bytes in bytes(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..6)) {
            let mut whole = Parser::default();
            let mut expected = read(&bytes, &mut whole);
            whole.silence(&mut expected);
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
            cuts.sort_unstable();
            let mut parser = Parser::default();
            let mut messages = Vec::new();
            let mut from = 0;
            for to in cuts.into_iter().chain([bytes.len()]) {
                messages.extend(read(&bytes[from..to], &mut parser));
                from = to;
            }
            parser.silence(&mut messages);
            prop_assert_eq!(messages, expected);
        }

        #[test]
        fn little_is_held_back_and_nothing_after_a_silence(bytes in bytes(), last in prop::sample::select(prefixes())) {
            let mut parser = Parser::default();
            read(&bytes, &mut parser);
            read(&last, &mut parser);
            prop_assert!(parser.held() <= bytes.len() + last.len());
            prop_assert!(parser.waits_for() == Waiting::Paste || parser.held() <= LONGEST_BODY);
            parser.silence(&mut Vec::new());
            prop_assert_eq!((parser.held(), parser.waits_for()), (0, Waiting::Nothing));
            prop_assert_eq!(read(b"q", &mut parser), keys("q"));
        }
    }
}
