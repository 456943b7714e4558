//! Splits card texts and queries into words that can be compared.
//!
//! 1. White space, double quotes, most brackets and separators such as `,` and `=` cut the text into chunks.
//! 2. Values (addresses, times, paths, ids) are dropped, because they differ from one log line to the next. First the
//!    whole chunk is judged by its form, then each part between colons. A plain word before the first hyphen stays even
//!    if the rest of the chunk is a value.
//! 3. Other parts are split at every character that is neither letter nor digit, and at the humps of camelCase. Dots
//!    between digits and apostrophes before letters do not split.
//! 4. Words are folded to lower case, without accents and apostrophes.
//!
//! Example: `No healthy backendSet: TLSv1.2 at /health` gives `no`, `healthy`, `backend`, `set`, `tlsv1.2` and `at`.
//!
//! Known limit: a word such as `a.b.c` has the form of a host name and is dropped.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Bytes of the longest word.
///
/// Longer runs of letters are data, not language.
const MAX_WORD: usize = 64;

/// Digits of the longest number that is a word.
///
/// Ports and codes have at most five; times, sizes and ids have more.
const MAX_NUMBER: usize = 5;

/// Bytes from which a chunk with four digits is an id.
///
/// Names with that many digits, such as `ora12154`, are shorter.
const MIN_ID: usize = 12;

/// A word of a text and its position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The folded word.
    pub text: String,
    /// The position of its first character in the text, in characters.
    pub start: usize,
    /// The position after its last character, in characters.
    pub end: usize,
}

/// Returns the words of a text in order.
pub fn tokenize(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = 0;
    for chunk in text.split(ends_chunk) {
        add_chunk(chunk, start, &mut words);
        start += chunk.chars().count() + 1;
    }
    words
}

/// Returns whether a character separates chunks.
fn ends_chunk(character: char) -> bool {
    character.is_whitespace() || matches!(character, '“' | '”') || "\"(){}<>,;|\\=`".contains(character)
}

/// Adds the words of a chunk that starts at the character `start`.
fn add_chunk(chunk: &str, start: usize, words: &mut Vec<Word>) {
    let (head, rest) = chunk.split_at(leading_word(chunk));
    add_word(head, start..start + head.len(), words);
    if is_value(rest) {
        return;
    }
    let mut start = start + head.len();
    let mut before = None;
    for piece in rest.split(':') {
        let is_port = || before.is_some_and(|before| ends_host(before, chunk)) && is_all_digits(piece);
        if !is_value(piece) && !is_port() {
            add_piece(piece, start, words);
        }
        before = Some(piece);
        start += piece.chars().count() + 1;
    }
}

/// Returns whether a port may follow a part before a colon.
///
/// It is an address or a host name, or the chunk begins with the colon.
fn ends_host(before: &str, chunk: &str) -> bool {
    is_value(before) || before.is_empty() && chunk.starts_with(':')
}

fn is_all_digits(piece: &str) -> bool {
    !piece.is_empty() && piece.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the length of a plain word before the first hyphen.
///
/// The word counts even if the rest is a value: `health-check.example.com` gives `health`. The length is 0 if there is
/// none.
fn leading_word(chunk: &str) -> usize {
    let is_letter = |(at, byte): &(usize, u8)| byte.is_ascii_lowercase() || (*at == 0 && byte.is_ascii_uppercase());
    let length = chunk.bytes().enumerate().take_while(is_letter).count();
    let mut after = chunk.bytes().skip(length);
    let is_joined = after.next() == Some(b'-') && after.next().is_some_and(|byte| byte.is_ascii_lowercase());
    if is_joined && length <= MAX_WORD { length } else { 0 }
}

/// Returns whether a chunk is an address, time, path or id.
///
/// Long numbers and very long chunks count as ids.
fn is_value(chunk: &str) -> bool {
    let chunk = chunk.trim_matches(|character: char| matches!(character, '.' | ':' | '!' | '?' | '[' | ']' | '\''));
    let digits = chunk.bytes().filter(u8::is_ascii_digit).count();
    if chunk.len() > 4 * MAX_WORD || (chunk.starts_with('/') && chunk.len() > 1) || chunk.contains("://") {
        return true;
    }
    if chunk.len() == digits {
        return digits > MAX_NUMBER;
    }
    // Times of day and IPv6 addresses.
    let has_colons = chunk.bytes().filter(|byte| *byte == b':').count() >= 2;
    if has_colons && digits >= 4 && chunk.bytes().all(|byte| byte.is_ascii_hexdigit() || b":-+.TZ[]".contains(&byte)) {
        return true;
    }
    if chunk.contains(':') {
        return false;
    }
    let dots = chunk.bytes().filter(|byte| *byte == b'.').count();
    let is_host = dots >= 2 && chunk.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_".contains(&byte));
    is_host || (digits >= 4 && chunk.len() >= MIN_ID)
}

/// Adds the words of a piece of a chunk.
///
/// Splits at marks and at the humps of camelCase.
fn add_piece(piece: &str, at: usize, words: &mut Vec<Word>) {
    // The start of the current word, in bytes of the piece and in characters of the text.
    let (mut from, mut start) = (0, at);
    let mut is_begun = false;
    // The position of the current character in the text.
    let mut position = at;
    let mut before: Option<char> = None;
    let mut rest = piece.chars();
    while let Some(character) = rest.next() {
        let to = piece.len() - rest.as_str().len() - character.len_utf8();
        let is_next = |fits: fn(char) -> bool| rest.clone().next().is_some_and(fits);
        let is_inside = match character {
            '\'' | '’' => is_next(char::is_alphabetic),
            '.' => before.is_some_and(char::is_numeric) && is_next(char::is_numeric),
            other => other.is_alphanumeric() || is_combining_mark(other),
        };
        // `backendSet` and `URLPath` have a hump, `TLSv1` and `IPs` have none.
        let is_hump = character.is_uppercase()
            && before.is_some_and(|before| {
                let ends_acronym =
                    || is_next(char::is_lowercase) && rest.clone().nth(1).is_some_and(char::is_lowercase);
                before.is_lowercase() || (before.is_uppercase() && ends_acronym())
            });
        if is_begun && (!is_inside || is_hump) {
            add_word(piece.get(from..to).unwrap_or_default(), start..position, words);
            is_begun = false;
        }
        if !is_begun {
            (from, start) = (to, position);
        }
        is_begun |= is_inside && !is_silent(character);
        position += 1;
        before = is_inside.then_some(character);
    }
    if is_begun {
        add_word(piece.get(from..).unwrap_or_default(), start..position, words);
    }
}

/// Folds a word and adds it, unless it is empty or long.
fn add_word(written: &str, Range { start, end }: Range<usize>, words: &mut Vec<Word>) {
    let mut text = String::with_capacity(written.len());
    written.chars().for_each(|character| fold(character, &mut text));
    // The plural of a number: `502s`.
    let is_number = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_digit());
    if text.strip_suffix('s').as_ref().is_some_and(is_number) {
        text.pop();
    }
    if !text.is_empty() && text.len() <= MAX_WORD {
        words.push(Word { text, start, end });
    }
}

/// Returns whether folding removes a character.
fn is_silent(character: char) -> bool {
    matches!(character, '\'' | '’') || is_combining_mark(character)
}

/// Adds a character in lower case and without accents.
///
/// Uses the compatibility decomposition (NFKD).
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

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        tokenize(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_folded() {
        let cases: &[(&str, &[&str])] = &[
            ("No healthy backendSet!", &["no", "healthy", "backend", "set"]),
            ("SSL23_GET_SERVER_HELLO:unknown", &["ssl23", "get", "server", "hello", "unknown"]),
            ("(error:140770FC:SSL)", &["error", "140770fc", "ssl"]),
            ("TLSv1.2 and tls 1.3.", &["tlsv1.2", "and", "tls", "1.3"]),
            ("parseURLPath IPs 502s don’t", &["parse", "url", "path", "ips", "502", "dont"]),
            ("CAFÉ cafe\u{301} ＥＣＯＮＮ straße", &["cafe", "cafe", "econn", "strasse"]),
            ("502/502 x-y", &["502", "502", "x", "y"]),
            (
                "Re-use é: “closed” by\u{a0}peer 'x, health-check.example.com.",
                &["re", "use", "e", "closed", "by", "peer", "x", "health"],
            ),
            ("", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(&texts(text), expected, "{text}");
        }
        assert_eq!(texts(&format!("{} end", "a".repeat(65))), ["end"], "too long");
    }

    #[test]
    fn values_are_dropped() {
        for value in [
            "10.0.0.5:8080",
            "[2001:db8::1]:443",
            "2026-01-15T10:20:30+00:00",
            "10:20:30",
            "shop.example.com",
            "/api/v1/orders?id=8",
            "https://example.com/health",
            "e475f859-9833-4e10-aac7-5b1d",
            "ocid1.log.oc1.eu-frankfurt-1.amaaa",
            "1746631634883",
        ] {
            let left: Vec<_> = texts(value).into_iter().filter(|word| word.parse::<u32>().is_err()).collect();
            assert_eq!(left, Vec::<String>::new(), "{value}");
        }
        for (text, expected) in [
            (":443", &[][..]),
            ("www.example.com:443", &[]),
            ("10.0.0.5:502", &[]),
            ("port:443", &["port", "443"]),
            ("status:502", &["status", "502"]),
        ] {
            assert_eq!(texts(text), expected, "{text}");
        }
    }

    #[test]
    fn words_know_their_positions() {
        let text = "é: “backendSet”, 502, up-to it";
        let characters: Vec<char> = text.chars().collect();
        let found: Vec<String> =
            tokenize(text).iter().map(|word| characters[word.start..word.end].iter().collect()).collect();
        assert_eq!(found, ["é", "backend", "Set", "502", "up", "to", "it"]);
    }
}
