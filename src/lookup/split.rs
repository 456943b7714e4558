//! Takes a text apart into words: what is typed and what stands in a card pass through here alike.
//!
//! The build script reads this file, too, and takes the texts of the embedded trees apart when the program is built: so
//! it stands by itself.

use std::hash::BuildHasher as _;

use foldhash::fast::FixedState;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words beyond this many letters are no words.
const LONGEST: usize = 64;

/// Numbers of more digits than this are values: times, sizes, ids.
const LONGEST_NUMBER: usize = 5;

/// From this length on, letters and digits mixed are an id.
const SHORTEST_ID: usize = 12;

/// A number for a word, by which it is looked for. Those of words of up to eight plain letters differ from those of all
/// others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key(pub(super) u64);

impl Key {
    /// The highest bit is that of no plain letter.
    pub(super) const HASHED: u64 = 1 << 63;

    /// The key of a word.
    pub(super) fn of(word: &str) -> Self {
        match eight(word.as_bytes()) {
            bytes if word.len() <= 8 && bytes & HIGH == 0 => Self(bytes),
            _ => Self(FixedState::default().hash_one(word) | Self::HASHED),
        }
    }
}

/// The first eight bytes of a text as a number, the first one lowest; behind its end are zeros.
fn eight(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => bytes.iter().rev().fold(0, |eight, byte| eight << 8 | u64::from(*byte)),
    }
}

/// The highest bit of each of eight bytes.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// How many small letters eight bytes begin with. All are compared with both ends of the alphabet at once: what is added
/// up to the highest bit of its byte is as great.
fn small_letters(eight: u64) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const FROM_A: u64 = (0x80 - b'a' as u64) * ONES;
    const BEHIND_Z: u64 = (0x7f - b'z' as u64) * ONES;
    let plain = eight & !HIGH;
    let small = (plain + FROM_A) & !(plain + BEHIND_Z) & !eight & HIGH;
    (small ^ HIGH).trailing_zeros() as usize / 8
}

/// Every word of a text, one after the other: lower case, without accents, with its key, and its first character and the
/// one after its last, counted in characters. Addresses, times, ids, paths and long numbers are left out. `folded` is room
/// to write in, whatever stands there.
pub(super) fn each_word(text: &str, folded: &mut String, mut take: impl FnMut(&str, Key, usize, usize)) {
    let bytes = text.as_bytes();
    // Where the rest begins, in bytes and in characters.
    let (mut at, mut characters) = (0, 0);
    while let Some(first) = bytes.get(at) {
        let plain = if first.is_ascii_alphabetic() { plain_word(bytes.get(at..).unwrap_or_default()) } else { None };
        if let Some((length, key)) = plain {
            let word = text.get(at..at + length).unwrap_or_default();
            let end = characters + length;
            if first.is_ascii_lowercase() {
                take(word, key.unwrap_or_else(|| Key::of(word)), characters, end);
            } else {
                folded.clear();
                folded.push_str(word);
                folded.make_ascii_lowercase();
                take(folded, key.unwrap_or_else(|| Key::of(folded)), characters, end);
            }
            // A mark behind it says no more than the end of the text.
            let behind = usize::from(bytes.get(at + length) != Some(&b'-'));
            at += length + behind;
            characters = end + behind;
            continue;
        }
        // Most chunks are parted by one of these.
        if kind(*first) == ENDS {
            at += 1;
            characters += 1;
            continue;
        }
        let (chunk, kinds) = chunk(text, at);
        let length = if kinds & FOREIGN == 0 { chunk.len() } else { chunk.chars().count() };
        // What is no value is looked at piece by piece; a value is passed over whole.
        if kinds & OF_VALUES == 0 && chunk.len() <= LONGEST {
            split(chunk, characters, folded, &mut take);
        } else if !is_value(chunk) {
            let mut piece_at = characters;
            for piece in chunk.split_inclusive(':') {
                let bare = piece.strip_suffix(':').unwrap_or(piece);
                if !is_value(bare) {
                    split(bare, piece_at, folded, &mut take);
                }
                piece_at += piece.chars().count();
            }
        }
        at += chunk.len();
        characters += length;
        // What ends a chunk and is not a byte: white space and quotation marks of other scripts.
        if bytes.get(at).is_some_and(|next| kind(*next) == FOREIGN) {
            at += text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
            characters += 1;
        }
    }
}

/// Kinds of bytes, as bits.
const OTHER: u8 = 1;
/// Values have some of these.
const OF_VALUES: u8 = 2;
/// Ends a chunk.
const ENDS: u8 = 4;
/// Part of a character that is more than a byte.
const FOREIGN: u8 = 8;

fn kind(byte: u8) -> u8 {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' => OTHER,
        b'0'..=b'9' | b'.' | b':' | b'/' => OF_VALUES,
        b' ' | b'\t'..=b'\r' | b'"' | b'(' | b')' | b'{' | b'}' | b'<' | b'>' => ENDS,
        b',' | b';' | b'|' | b'\\' | b'=' | b'`' => ENDS,
        0x80.. => FOREIGN,
        _ => OTHER,
    }
}

/// The text from a place on as far as the next character that parts chunks, and what kinds of bytes
/// may be in it.
fn chunk(text: &str, at: usize) -> (&str, u8) {
    let rest = text.get(at..).unwrap_or_default();
    let mut kinds = 0;
    let end = rest.bytes().map(kind).position(|kind| {
        kinds |= kind;
        kind & (ENDS | FOREIGN) != 0
    });
    if kinds & FOREIGN != 0 {
        let end = rest.find(ends_chunk).unwrap_or(rest.len());
        return (rest.get(..end).unwrap_or_default(), FOREIGN | OF_VALUES);
    }
    (rest.get(..end.unwrap_or(rest.len())).unwrap_or_default(), kinds)
}

fn ends_chunk(character: char) -> bool {
    match u8::try_from(character) {
        Ok(byte) if byte.is_ascii() => kind(byte) == ENDS,
        _ => character.is_whitespace() || matches!(character, '“' | '”'),
    }
}

/// Most of what is read is words of small letters, perhaps with a capital before and a mark behind: the length of such a
/// word at the beginning of a text, and its key if it is short.
fn plain_word(bytes: &[u8]) -> Option<(usize, Option<Key>)> {
    let capital = if bytes.first()?.is_ascii_uppercase() { u64::from(b'a' - b'A') } else { 0 };
    let beginning = eight(bytes) | capital;
    let mut length = small_letters(beginning);
    let key = if length < 8 { Some(Key(beginning & !(u64::MAX << (8 * length)))) } else { None };
    let mut at = 8;
    while length == at {
        length += small_letters(eight(bytes.get(at..).unwrap_or_default()));
        at += 8;
    }
    let is_over = match bytes.get(length) {
        None | Some(b' ' | b',' | b';' | b'"' | b')') => true,
        Some(b'.' | b':') => matches!(bytes.get(length + 1), None | Some(b' ')),
        Some(b'-') => bytes.get(length + 1).is_some_and(u8::is_ascii_lowercase),
        Some(_) => false,
    };
    if is_over && length <= LONGEST { Some((length, key)) } else { None }
}

/// Whether a chunk of text is a value and no words: an address, a time, a path, an id.
fn is_value(chunk: &str) -> bool {
    let chunk = chunk.trim_matches(|character: char| matches!(character, '.' | ':' | '!' | '?' | '[' | ']' | '\''));
    let digits = chunk.bytes().filter(u8::is_ascii_digit).count();
    if chunk.len() > 4 * LONGEST || (chunk.starts_with('/') && chunk.len() > 1) || chunk.contains("://") {
        return true;
    }
    if chunk.len() == digits {
        return digits > LONGEST_NUMBER;
    }
    // Times of a day and addresses of version 6.
    let is_colons = chunk.bytes().filter(|byte| *byte == b':').count() >= 2;
    if is_colons && digits >= 4 && chunk.bytes().all(|byte| byte.is_ascii_hexdigit() || b":-+.TZ[]".contains(&byte)) {
        return true;
    }
    if chunk.contains(':') {
        return false;
    }
    let dots = chunk.bytes().filter(|byte| *byte == b'.').count();
    let is_name = dots >= 2 && chunk.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    is_name || (digits >= 4 && chunk.len() >= SHORTEST_ID)
}

/// Splits a piece into words: at whatever is no letter or digit, and where a small letter meets a capital.
fn split(piece: &str, at: usize, folded: &mut String, take: &mut impl FnMut(&str, Key, usize, usize)) {
    // Where the word under way begins, in bytes of the piece and in characters of the text.
    let (mut from, mut start) = (0, at);
    let mut is_begun = false;
    let mut end = at;
    let mut before: Option<char> = None;
    let mut rest = piece.chars();
    while let Some(character) = rest.next() {
        let to = piece.len() - rest.as_str().len() - character.len_utf8();
        let is_next = |fits: fn(char) -> bool| rest.clone().next().is_some_and(fits);
        let is_inside = match character {
            '\'' | '’' => is_next(char::is_alphabetic),
            '.' => before.is_some_and(char::is_numeric) && is_next(char::is_numeric),
            plain if plain.is_ascii() => plain.is_ascii_alphanumeric(),
            other => other.is_alphanumeric() || is_combining_mark(other),
        };
        // `backendSet`, and `URLPath`, but neither `TLSv1` nor `IPs`.
        let is_hump = character.is_uppercase()
            && before.is_some_and(|before| {
                let ends_acronym =
                    || is_next(char::is_lowercase) && rest.clone().nth(1).is_some_and(char::is_lowercase);
                before.is_lowercase() || (before.is_uppercase() && ends_acronym())
            });
        if is_begun && (!is_inside || is_hump) {
            finish(piece.get(from..to).unwrap_or_default(), (start, end), folded, take);
            is_begun = false;
        }
        if !is_begun {
            (from, start) = (to, end);
        }
        is_begun |= is_inside && (character.is_ascii_alphanumeric() || !is_silent(character));
        end += 1;
        before = is_inside.then_some(character);
    }
    if is_begun {
        finish(piece.get(from..).unwrap_or_default(), (start, end), folded, take);
    }
}

fn finish(
    written: &str,
    (start, end): (usize, usize),
    folded: &mut String,
    take: &mut impl FnMut(&str, Key, usize, usize),
) {
    folded.clear();
    if written.bytes().all(|byte| byte.is_ascii() && byte != b'\'') {
        folded.push_str(written);
        folded.make_ascii_lowercase();
    } else {
        written.chars().for_each(|character| fold(character, folded));
    }
    // Several of a code: `502s`.
    let plural =
        folded.strip_suffix('s').filter(|code| code.len() > 1 && code.bytes().all(|byte| byte.is_ascii_digit()));
    let word = plural.unwrap_or(folded);
    if !word.is_empty() && word.len() <= LONGEST {
        take(word, Key::of(word), start, end);
    }
}

/// Whether nothing is left of a character in a word.
fn is_silent(character: char) -> bool {
    matches!(character, '\'' | '’') || is_combining_mark(character)
}

/// Lower case, without accents and other forms of the same letter.
fn fold(character: char, folded: &mut String) {
    match character {
        ascii if ascii.is_ascii_alphanumeric() || ascii == '.' => folded.push(ascii.to_ascii_lowercase()),
        silent if is_silent(silent) => {}
        'ß' => folded.push_str("ss"),
        other => {
            let plain = other.nfkd().filter(|character| !is_combining_mark(*character));
            folded.extend(plain.flat_map(char::to_lowercase));
        }
    }
}

/// A number for a text. Two of the texts that somebody writes have the same one by no chance worth thinking of.
pub(super) fn text_key(text: &str) -> u64 {
    FixedState::default().hash_one(text)
}

/// The first sentence of a text.
pub(super) fn first_sentence(text: &str) -> &str {
    let end = text.bytes().position(|byte| byte == b'.').map_or(text.len(), |end| end + 1);
    text.get(..end).unwrap_or_default()
}
