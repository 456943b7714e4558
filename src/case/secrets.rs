//! Replaces secrets of known shapes in text that is kept.
//!
//! A secret that has no known shape is kept: nothing can tell a password from a word.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use crate::text::CleanText;

/// Stands in place of a secret.
pub const REDACTED: &str = "[redacted]";

/// Texts without which no pattern matches, in lower case.
///
/// Nearly all lines have none of them and cost one search.
const SIGNS: &[&str] = &[
    "authorization",
    "cookie",
    "bearer",
    "basic ",
    "eyj",
    "akia",
    "asia",
    "private key",
    "://",
    "token",
    "secret",
    "password",
    "passwd",
    "api-key",
    "api_key",
    "apikey",
    "signature",
    "credential",
];

/// Patterns of secrets; the group `keep` stays.
const PATTERNS: &[&str] = &[
    // Headers: `Authorization: Bearer …`, `Cookie: a=b; c=d`, also as fields of JSON and of `curl -H`.
    r#"(?i)(?<keep>\b(?:proxy-)?authorization"?\s*[:=]\s*"?(?:(?:bearer|basic|digest|negotiate|signature|token|aws4-hmac-sha256)\s+)?)[^"'\r\n]+"#,
    r#"(?i)(?<keep>\b(?:set-)?cookie"?\s*[:=]\s*"?)[^"'\r\n]+"#,
    r#"(?i)(?<keep>\b(?:bearer|basic)\s+)[a-z0-9+/_.~-]{16,}=*"#,
    // A JSON Web Token: three parts in base64url, the first of which begins with `{"`.
    r"\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?",
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    r"(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)",
    // The user and password of a URL.
    r#"(?i)(?<keep>\b[a-z][a-z0-9+.-]*://)[^\s/@:"']*:[^\s/@"']+(?<after>@)"#,
    // Names of secrets with a value: `password=…`, `"client_secret": "…"`, `?X-Amz-Signature=…`.
    r#"(?i)(?<keep>[a-z0-9_-]*(?:password|passwd|secret|api[_-]?key|token|signature|credential)[a-z0-9_-]*"?\s*[:=]\s*"?)[^\s"'&,;]{6,}"#,
];

static FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(SIGNS).ok());

static REGEXES: LazyLock<Vec<Regex>> =
    LazyLock::new(|| PATTERNS.iter().filter_map(|pattern| Regex::new(pattern).ok()).collect());

/// Returns the text with its secrets replaced.
pub fn redacted(text: &CleanText) -> CleanText {
    if FINDER.as_ref().is_some_and(|finder| !finder.is_match(text.as_str())) {
        return text.clone();
    }
    let mut said = Cow::Borrowed(text.as_str());
    for regex in REGEXES.iter() {
        let replaced = regex.replace_all(&said, |found: &regex::Captures<'_>| {
            let part = |name| found.name(name).map_or("", |part| part.as_str());
            let whole = found.get(0).map_or("", |whole| whole.as_str());
            if is_prose(part("keep"), whole) {
                return whole.to_owned();
            }
            format!("{}{REDACTED}{}", part("keep"), part("after"))
        });
        if let Cow::Owned(new) = replaced {
            said = Cow::Owned(new);
        }
    }
    match said {
        Cow::Borrowed(_) => text.clone(),
        Cow::Owned(said) => said.into(),
    }
}

/// Returns whether words follow a name, and no secret.
///
/// Example: `invalid signature: parent certificate …`.
fn is_prose(keep: &str, whole: &str) -> bool {
    let name = keep.trim_end().to_ascii_lowercase();
    let begins_sentence =
        keep.ends_with(": ") && ["signature:", "credential:", "token:"].iter().any(|end| name.ends_with(end));
    let value = whole.strip_prefix(keep).unwrap_or_default();
    begins_sentence && value.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_patterns_compile() {
        assert_eq!(REGEXES.len(), PATTERNS.len());
        assert!(FINDER.is_some());
    }

    #[test]
    fn secrets_of_known_shapes_are_replaced_and_the_rest_stays() {
        for (text, expected) in [
            ("> Authorization: Bearer abc.def-123", "> Authorization: Bearer [redacted]"),
            ("Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic [redacted]"),
            (r#"{"authorization":"Bearer abcdef"}"#, r#"{"authorization":"Bearer [redacted]"}"#),
            ("curl -H 'Authorization: token 12345' x", "curl -H 'Authorization: token [redacted]' x"),
            ("< Set-Cookie: id=a3fWa; Path=/", "< Set-Cookie: [redacted]"),
            ("cookie: a=b; c=d", "cookie: [redacted]"),
            ("token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln end", "token [redacted] end"),
            ("key AKIAIOSFODNN7EXAMPLE is old", "key [redacted] is old"),
            ("-----BEGIN RSA PRIVATE KEY----- MIIE -----END RSA PRIVATE KEY----- x", "[redacted] x"),
            ("-----BEGIN PRIVATE KEY-----\nMIIE", "[redacted]"),
            ("GET https://bob:hunter2@example.com/x", "GET https://[redacted]@example.com/x"),
            ("password=hunter22 host=db", "password=[redacted] host=db"),
            (r#"{"client_secret": "abcdefgh", "a": 1}"#, r#"{"client_secret": "[redacted]", "a": 1}"#),
            ("GET /x?X-Amz-Signature=0123456789abcdef&b=1 504", "GET /x?X-Amz-Signature=[redacted]&b=1 504"),
        ] {
            assert_eq!(redacted(&text.into()).as_str(), expected, "{text}");
            assert_eq!(redacted(&expected.into()).as_str(), expected, "again: {text}");
        }
    }

    #[test]
    fn lines_that_decide_a_diagnosis_stay() {
        for text in [
            "502 Bad Gateway",
            "no live upstreams while connecting to upstream, upstream: \"http://backend/\"",
            "SSL_do_handshake() failed (SSL: error:0A000086:SSL routines::certificate verify failed)",
            "token expired",
            "401 Unauthorized: missing authorization header",
            "http://example.com:8080/path?x=1@y",
            "invalid signature",
            "x509: cannot verify signature: insecure algorithm SHA1-RSA",
        ] {
            assert_eq!(redacted(&text.into()).as_str(), text);
        }
    }
}
