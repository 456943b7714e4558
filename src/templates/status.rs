//! Finds the status of a response in a line of text.

use std::sync::LazyLock;

use memchr::memmem::{Finder, FinderRev};

/// The status of a page that does not exist.
const NOT_FOUND: &str = "404";

/// Returns whether a line of an access log has a status.
pub(crate) fn has_status(text: &str) -> bool {
    web_status(text).is_some()
}

/// Returns the status of a response at the end of a line.
///
/// Example: `10:20:30 log.go:169: Dump Response HTTP/1.1 400 Bad Request`. A transcript of curl or wget, which begins with
/// the response or has `<` before it, shows an exchange that somebody looks at, and no trouble by itself. Without the reason
/// phrase, it may be the request of an access log.
pub(super) fn response_status(text: &str) -> Option<&str> {
    let at = LAST_PROTOCOL.rfind(text.as_bytes())?;
    let (before, response) = text.split_at_checked(at)?;
    let shown = before.strip_suffix(' ')?.trim_end();
    let response = response.strip_prefix("HTTP/1.1 ").or_else(|| response.strip_prefix("HTTP/1.0 "))?;
    let (status, reason) = response.split_at_checked(3)?;
    let is_reason = |byte: u8| byte.is_ascii_alphabetic() || matches!(byte, b' ' | b'-' | b'\'');
    let is_end = reason.trim_start() != reason && !reason.trim().is_empty() && reason.bytes().all(is_reason);
    let is_log = !shown.is_empty() && !shown.ends_with('<');
    (is_end && is_log && (is_bad(status) || is_good(status))).then_some(status)
}

pub(super) fn is_bad(status: &str) -> bool {
    is_status(status, b"45") && status != NOT_FOUND
}

pub(super) fn is_good(status: &str) -> bool {
    is_status(status, b"123") || status == NOT_FOUND
}

fn is_status(status: &str, first: &[u8]) -> bool {
    matches!(status.as_bytes(), [class, tens, ones]
        if first.contains(class) && tens.is_ascii_digit() && ones.is_ascii_digit())
}

/// Finds the protocol of a request in an access log line.
static PROTOCOL: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("HTTP/"));

/// Finds the last protocol in a line.
static LAST_PROTOCOL: LazyLock<FinderRev<'static>> = LazyLock::new(|| FinderRev::new("HTTP/"));

/// Returns the status and the request of an access log line.
///
/// Example: `"GET / HTTP/1.1" 502`.
pub(super) fn web_status(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(found) = PROTOCOL.find(bytes.get(from..)?) {
        let at = from + found;
        from = at + 5;
        let rest =
            text.get(from..)?.trim_start_matches(|character: char| character.is_ascii_digit() || character == '.');
        if let Some(status) = rest.strip_prefix("\" ").and_then(|rest| rest.get(..3))
            && (is_bad(status) || is_good(status))
        {
            let quote = memchr::memrchr(b'"', bytes.get(..at)?).map_or(at, |quote| quote + 1);
            return Some((status, text.get(quote..at)?.trim_end()));
        }
    }
    None
}
