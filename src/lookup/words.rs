//! The words of a text, made comparable: what is typed and what stands in a card pass through here alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Words beyond this many letters are no words.
const LONGEST: usize = 64;

/// Numbers of more digits than this are values: times, sizes, ids.
const LONGEST_NUMBER: usize = 5;

/// From this length on, letters and digits mixed are an id.
const SHORTEST_ID: usize = 12;

/// A word, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// The word: lower case, without accents.
    pub text: String,
    /// Its first character in the text, counted in characters.
    pub start: usize,
    /// The character after its last.
    pub end: usize,
}

/// The words of a text. Addresses, times, ids, paths and long numbers are left out.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    each_word(text, |word, start, end| {
        found.push(Word { text: word.to_owned(), start, end });
    });
    found
}

/// The same as [`words`], one after the other.
pub(super) fn each_word(text: &str, mut take: impl FnMut(&str, usize, usize)) {
    let mut folded = String::new();
    // Where the rest begins, in bytes and in characters.
    let (mut at, mut characters) = (0, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if let Some(length) = plain_word(rest) {
            if let Some(word) = rest.get(..length) {
                take_plain(word, characters, &mut folded, &mut take);
            }
            at += length;
            characters += length;
            continue;
        }
        let inside = rest.find(ends_chunk).unwrap_or(rest.len());
        let (chunk, after) = rest.split_at(inside);
        // What is no value is looked at piece by piece; a value is passed over whole.
        if is_harmless(chunk) {
            split(chunk, characters, &mut folded, &mut take);
        } else if !is_value(chunk) {
            let mut piece_at = characters;
            for piece in chunk.split_inclusive(':') {
                let bare = piece.strip_suffix(':').unwrap_or(piece);
                if !is_value(bare) {
                    split(bare, piece_at, &mut folded, &mut take);
                }
                piece_at += piece.chars().count();
            }
        }
        characters += chunk.chars().count() + usize::from(!after.is_empty());
        at += inside + after.chars().next().map_or(0, char::len_utf8);
    }
}

/// Most of what is read is words of small letters, perhaps with a capital before and a mark behind: the length of such a
/// word at the beginning of a text.
fn plain_word(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let length = 1 + bytes.iter().skip(1).take_while(|byte| byte.is_ascii_lowercase()).count();
    let mut behind = bytes.iter().skip(length);
    let is_over = match behind.next() {
        None | Some(b' ' | b',' | b';' | b'"' | b')') => true,
        Some(b'.' | b':') => matches!(behind.next(), None | Some(b' ')),
        Some(b'-') => behind.next().is_some_and(u8::is_ascii_lowercase),
        Some(_) => false,
    };
    (bytes.first()?.is_ascii_alphabetic() && is_over && length <= LONGEST).then_some(length)
}

fn take_plain(word: &str, at: usize, folded: &mut String, take: &mut impl FnMut(&str, usize, usize)) {
    if word.as_bytes().first().is_some_and(u8::is_ascii_lowercase) {
        return take(word, at, at + word.len());
    }
    folded.clear();
    folded.push_str(word);
    folded.make_ascii_lowercase();
    take(folded, at, at + word.len());
    folded.clear();
}

fn ends_chunk(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '"' | '(' | ')' | '{' | '}' | '<' | '>' | ',' | ';' | '|' | '\\' | '=' | '“' | '”' | '`')
}

/// Whether a chunk can be no value: nothing in it that values have.
fn is_harmless(chunk: &str) -> bool {
    chunk.len() <= LONGEST && !chunk.bytes().any(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b':' | b'/'))
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
fn split(piece: &str, at: usize, folded: &mut String, take: &mut impl FnMut(&str, usize, usize)) {
    let mut start = at;
    let mut end = at;
    let mut before: Option<char> = None;
    let mut rest = piece.chars();
    folded.clear();
    while let Some(character) = rest.next() {
        let mut ahead = rest.clone();
        let (next, second) = (ahead.next(), ahead.next());
        let is_inside = character.is_alphanumeric()
            || is_combining_mark(character)
            || (matches!(character, '\'' | '’') && next.is_some_and(char::is_alphabetic))
            || (character == '.' && before.is_some_and(char::is_numeric) && next.is_some_and(char::is_numeric));
        // `backendSet`, and `URLPath`, but neither `TLSv1` nor `IPs`.
        let is_hump = character.is_uppercase()
            && before.is_some_and(|before| {
                let ends_acronym = next.is_some_and(char::is_lowercase) && second.is_some_and(char::is_lowercase);
                before.is_lowercase() || (before.is_uppercase() && ends_acronym)
            });
        if !is_inside || is_hump {
            finish(folded, start, end, take);
        }
        if folded.is_empty() {
            start = end;
        }
        if is_inside {
            fold(character, folded);
        }
        end += 1;
        before = is_inside.then_some(character);
    }
    finish(folded, start, end, take);
}

fn finish(folded: &mut String, start: usize, end: usize, take: &mut impl FnMut(&str, usize, usize)) {
    // Several of a code: `502s`.
    let plural =
        folded.strip_suffix('s').filter(|code| code.len() > 1 && code.bytes().all(|byte| byte.is_ascii_digit()));
    let word = plural.unwrap_or(folded);
    if !word.is_empty() && word.len() <= LONGEST {
        take(word, start, end);
    }
    folded.clear();
}

/// Lower case, without accents and other forms of the same letter.
fn fold(character: char, folded: &mut String) {
    match character {
        ascii if ascii.is_ascii_alphanumeric() || ascii == '.' => folded.push(ascii.to_ascii_lowercase()),
        '\'' | '’' => {}
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

    #[test]
    fn words_are_made_comparable() {
        let cases: &[(&str, &[&str])] = &[
            ("No healthy backendSet!", &["no", "healthy", "backend", "set"]),
            ("SSL23_GET_SERVER_HELLO:unknown", &["ssl23", "get", "server", "hello", "unknown"]),
            ("(error:140770FC:SSL)", &["error", "140770fc", "ssl"]),
            ("TLSv1.2 and tls 1.3.", &["tlsv1.2", "and", "tls", "1.3"]),
            ("parseURLPath IPs 502s don’t", &["parse", "url", "path", "ips", "502", "dont"]),
            ("CAFÉ cafe\u{301} ＥＣＯＮＮ straße", &["cafe", "cafe", "econn", "strasse"]),
            ("502/502 x-y", &["502", "502", "x", "y"]),
            ("", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
            assert_eq!(&found, expected, "{text}");
        }
    }

    #[test]
    fn values_are_no_words() {
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
            let left: Vec<_> = words(value).into_iter().filter(|word| word.text.parse::<u32>().is_err()).collect();
            assert_eq!(left, [], "{value}");
        }
    }

    #[test]
    fn a_word_knows_where_it_stands() {
        let text = "é: “backendSet”, 502";
        let characters: Vec<char> = text.chars().collect();
        let found: Vec<String> =
            words(text).iter().map(|word| characters[word.start..word.end].iter().collect()).collect();
        assert_eq!(found, ["é", "backend", "Set", "502"]);
    }
}
