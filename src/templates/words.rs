//! The error words of any system.

/// The words in lower case, each with the required next words.
const WORDS: [(&str, &str); 49] = [
    ("error", ""),
    ("errors", ""),
    ("failed", ""),
    ("fails", ""),
    ("failure", ""),
    ("failures", ""),
    ("failing", ""),
    ("fatal", ""),
    ("panic", ""),
    ("panicked", ""),
    ("panicking", ""),
    ("critical", ""),
    ("[crit", ""),
    ("[emerg", ""),
    ("[alert", ""),
    ("refused", ""),
    ("denied", ""),
    ("rejected", ""),
    ("timeout", ""),
    ("timeouts", ""),
    ("timed", "out"),
    ("unable", ""),
    ("cannot", ""),
    ("can't", ""),
    ("couldn't", ""),
    ("could", "not"),
    ("unreachable", ""),
    ("unavailable", ""),
    ("exception", ""),
    ("exceptions", ""),
    ("expired", ""),
    ("aborted", ""),
    ("aborting", ""),
    ("abort", ""),
    ("reset", "by peer"),
    ("crash", ""),
    ("crashed", ""),
    ("crashing", ""),
    ("killed", ""),
    ("invalid", ""),
    ("corrupt", ""),
    ("corrupted", ""),
    ("corruption", ""),
    ("segfault", ""),
    ("traceback", "(most recent"),
    // The states of containers that Kubernetes gave up for a while.
    ("crashloopbackoff", ""),
    ("imagepullbackoff", ""),
    ("errimagepull", ""),
    ("oomkilled", ""),
];

/// Returns the words by number, each with the required next words.
pub(crate) fn all() -> impl Iterator<Item = String> {
    WORDS.iter().map(|(word, follows)| format!("{word} {follows}").trim_end().to_owned())
}

/// Returns a byte of the text that [`all`] has for a word.
pub(crate) fn byte_of_word(number: usize, at: usize) -> Option<u8> {
    let (word, follows) = WORDS.get(number)?;
    let space: &[u8] = if follows.is_empty() { b"" } else { b" " };
    word.as_bytes().iter().chain(space).chain(follows.as_bytes()).nth(at).copied()
}

/// Returns where error words begin in a text, in ascending order.
///
/// A word counts only as a word: not as part of a path or a name, and not after "no" or "0".
pub(crate) fn places(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let is_word = |at: &usize| begins_well(bytes, *at) && (0..WORDS.len()).any(|word| stands_at(bytes, *at, word));
    (0..bytes.len()).filter(is_word).filter(|at| !is_denied(bytes, *at)).collect()
}

/// Returns whether an error word is at a position, as a word.
pub(crate) fn stands_at(bytes: &[u8], at: usize, number: usize) -> bool {
    let Some((word, follows)) = WORDS.get(number) else { return false };
    let starts = |from: usize, word: &str| {
        bytes.get(from..from + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    if !starts(at, word) {
        return false;
    }
    let mut end = at + word.len();
    for next in follows.split(' ').filter(|next| !next.is_empty()) {
        let gap = bytes.iter().skip(end).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        if gap == 0 || !starts(end + gap, next) {
            return false;
        }
        end += gap + next.len();
    }
    ends_well(bytes, end) && begins_well(bytes, at)
}

fn begins_well(bytes: &[u8], at: usize) -> bool {
    match at.checked_sub(1).and_then(|before| bytes.get(before)) {
        None => true,
        // `TypeError` and `IOException` are error words, too.
        Some(before) if before.is_ascii_alphabetic() => matches!(bytes.get(at..at + 2), Some(b"Er" | b"Ex")),
        Some(before) => {
            !(before.is_ascii_digit() || matches!(before, b'_' | b'/' | b'.' | b'-' | b'?' | b'&' | b'%' | b'$'))
        }
    }
}

/// Returns whether the error word with a number may follow a byte.
pub(crate) fn may_follow(byte: u8, number: usize) -> bool {
    let is_like_a_type = WORDS.get(number).is_some_and(|(word, _)| word.starts_with("er") || word.starts_with("ex"));
    (is_like_a_type && byte.is_ascii_alphabetic()) || begins_well(&[byte, b'x', b'x'], 1)
}

/// Returns whether an error word may precede a byte.
///
/// It may be the beginning of a longer one.
pub(crate) fn may_precede(byte: u8) -> bool {
    ends_well(&[byte], 0) || byte == b'.' || byte == b'='
}

/// Returns whether the text around a word denies a trouble.
///
/// The text before it denies it ("no error"), or it is the name of a setting ("timeout: 15s").
pub(crate) fn is_denied(bytes: &[u8], at: usize) -> bool {
    has_denial_before(bytes, at) || is_setting(bytes, at)
}

/// Returns whether a word is the name of a time limit.
///
/// Behind it stand `{`, or `:` or `=` and a number of seconds or nothing, as in `timeout = 30s` and `"timeouts" = null`. In
/// HAProxy, `timeout client 60s` is a whole line; containerd stops a container "with timeout 30 (s)". "Timeout: 10.0.0.1
/// did not respond" and "timeout 30s exceeded" are troubles.
fn is_setting(bytes: &[u8], at: usize) -> bool {
    const NAME: &[u8] = b"timeout";
    let (before, word) = bytes.split_at_checked(at).unwrap_or_default();
    let Some((name, rest)) = word.split_at_checked(NAME.len()) else { return false };
    if !name.eq_ignore_ascii_case(NAME) {
        return false;
    }
    let rest = rest.strip_prefix(b"s").unwrap_or(rest);
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest).trim_ascii_start();
    if before.trim_ascii_end().ends_with(b" with") && rest.first().is_some_and(u8::is_ascii_digit) {
        return true;
    }
    match rest.split_first() {
        Some((b'{', _)) => true,
        Some((b':' | b'=', value)) => is_limit(value),
        Some((byte, _)) if byte.is_ascii_lowercase() && before.trim_ascii().is_empty() => {
            let length = rest.iter().take_while(|byte| byte.is_ascii_lowercase() || **byte == b'-').count();
            let (kind, value) = rest.split_at_checked(length).unwrap_or_default();
            ![&b"after"[..], b"at", b"for", b"in", b"is", b"of", b"on", b"was"].contains(&kind) && is_limit(value)
        }
        _ => false,
    }
}

/// Returns whether a text is a number or nothing, and no more.
///
/// The number may have a unit. A remark and what ends a setting may follow.
fn is_limit(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let text = text.strip_prefix(b"\"").unwrap_or(text);
    let length = text.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let (value, rest) = text.split_at_checked(length).unwrap_or_default();
    let is_number = value.first().is_some_and(u8::is_ascii_digit);
    let is_nothing = [&b"null"[..], b"nil", b"none", b"off"].contains(&value);
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest).trim_ascii();
    let ends = rest.first().is_none_or(|byte| b";,)}]#".contains(byte));
    (is_number || is_nothing) && (ends || rest.starts_with(b"(sec"))
}

/// Returns whether the text before a word denies it: "no error".
fn has_denial_before(bytes: &[u8], at: usize) -> bool {
    let ahead = bytes.get(..at).unwrap_or_default().trim_ascii_end();
    let none: [&[u8]; 5] = [b"no", b"0", b"without", b"zero", b"non"];
    ahead.len() < at
        && none.iter().any(|word| {
            let Some((before, last)) = ahead.len().checked_sub(word.len()).map(|start| ahead.split_at(start)) else {
                return false;
            };
            let is_whole = !before.last().is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.');
            is_whole && last.eq_ignore_ascii_case(word)
        })
}

fn ends_well(bytes: &[u8], end: usize) -> bool {
    match bytes.get(end) {
        None => true,
        Some(b'.') => !bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric),
        Some(b'=') => {
            let rest = bytes.get(end + 1..).unwrap_or_default();
            let value = rest.strip_prefix(b"\"").unwrap_or(rest);
            let length = value.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let nothing: [&[u8]; 6] = [b"", b"0", b"nil", b"null", b"none", b"false"];
            !nothing.contains(&value.get(..length).unwrap_or_default().to_ascii_lowercase().as_slice())
        }
        Some(byte) => !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/' | b'+' | b'%')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_as_words_only() {
        for text in [
            "an error",
            "Error: no",
            "FAILED",
            "it timed  out.",
            "reset by peer",
            "[crit] x",
            "java.io.IOException: no",
            "TypeError: x",
            "level=error",
            "error=\"disk full\"",
            "could not",
            "10 errors",
            "the connection was refused",
            "timeout: no reply",
            "timeout: 10.0.0.1 did not respond",
            "timeout: 30 seconds exceeded",
            "timeout 30s exceeded",
            "request timeout client 60s",
            "timeout after 5s",
            "timeout: 5 (attempt 3)",
            "i/o timeout",
            "Gateway Timeout",
            "Traceback (most recent call last):",
            "name=web-6c9f status=CrashLoopBackOff restarts=7",
        ] {
            assert!(!places(text).is_empty(), "{text}");
        }
        for text in [
            "terror",
            "errorLog",
            "error_page",
            "/error",
            "error.log",
            "error=nil",
            "error=",
            "timed",
            "no errors",
            "0 errors",
            "without error",
            "non-fatal",
            "preset by peer",
            "a traceback of the module",
            "CrashLoopBackOffPolicy",
            "reset",
            "critical-state",
            "/search?q=timeout+settings",
            "  timeout: 15s",
            "timeout=30",
            "    timeout client 60s",
            "StopContainer for \"5c1f\" with timeout 30 (s)",
            "timeouts {",
            "  + timeouts {}",
            "      \"timeouts\" = null",
            "    Timeout   : 7200 (sec)",
            "timeout: 5s, retries: 3",
            "proxy timeout = \"60s\";",
        ] {
            assert!(places(text).is_empty(), "{text}");
        }
    }
}
