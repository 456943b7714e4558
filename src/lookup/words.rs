//! The words of a text, made comparable.

use super::split::{Key, each_word};

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

impl Key {
    /// Whether two words of this key may differ.
    pub(super) fn is_ambiguous(self) -> bool {
        self.0 & Self::HASHED != 0
    }

    /// The key with whatever is in it in its upper bits, and in its lower ones.
    pub(super) fn spread(self) -> u64 {
        let product = u128::from(self.0) * 0x9E37_79B9_7F4A_7C15;
        (product >> 64) as u64 ^ product as u64
    }
}

/// The words of a text, as [`each_word`] finds them.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    each_word(text, &mut String::new(), |word, _, start, end| {
        found.push(Word { text: word.to_owned(), start, end });
    });
    found
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
    fn every_word_has_its_own_key() {
        let text =
            "Handshake handshakes refused. Re-use é: “closed” by\u{a0}peer 'x, ABCDEFGH abcdefgh a abcdefghijklmnopq";
        let mut keys: Vec<(Key, String)> = Vec::new();
        each_word(text, &mut String::new(), |word, key, _, _| {
            assert_eq!(key, Key::of(word), "{word}");
            keys.push((key, word.to_owned()));
        });
        let found: Vec<&str> = keys.iter().map(|(_, word)| word.as_str()).collect();
        let expected = "handshake handshakes refused re use e closed by peer x abcdefgh abcdefgh a abcdefghijklmnopq";
        assert_eq!(found.join(" "), expected);
        for (key, word) in &keys {
            assert!(keys.iter().all(|(other, of)| (key == other) == (word == of)), "{word}");
            assert_eq!(key.is_ambiguous(), word.len() > 8, "{word}");
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
