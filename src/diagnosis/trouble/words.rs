//! The words of trouble, in any system.

/// The words, in lower case, by their beginnings; and what must follow some of them.
const WORDS: [(&str, &str); 44] = [
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
    ("crit]", ""),
    ("emerg]", ""),
    ("alert]", ""),
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
];

/// Whether a word of trouble stands in a text, as a word and not as part of a path, a name or a count of none.
pub(super) fn stand_in(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut was_letter = false;
    for (at, byte) in bytes.iter().enumerate() {
        let is_letter = byte.is_ascii_alphabetic();
        // `TypeError` and `IOException` are words of trouble, too.
        let may_begin = is_letter && (!was_letter || matches!(byte, b'E'));
        was_letter = is_letter;
        if may_begin
            && matches!(byte | 0x20, b'a' | b'c' | b'd'..=b'f' | b'i' | b'k' | b'p' | b'r'..=b'u')
            && begins(text, at)
        {
            return true;
        }
    }
    false
}

/// Whether a word of trouble begins at a place.
fn begins(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let starts = |from: usize, word: &str| {
        bytes.get(from..from + word.len()).is_some_and(|part| part.eq_ignore_ascii_case(word.as_bytes()))
    };
    let is_word = |(word, follows): &&(&str, &str)| {
        starts(at, word) && {
            let mut end = at + word.len();
            if !follows.is_empty() {
                for next in follows.split(' ') {
                    let gap = bytes.iter().skip(end).take_while(|byte| byte.is_ascii_whitespace()).count();
                    if gap == 0 || !starts(end + gap, next) {
                        return false;
                    }
                    end += gap + next.len();
                }
            }
            ends_well(bytes, end)
        }
    };
    begins_well(bytes, at) && WORDS.iter().any(|word| is_word(&word))
}

fn begins_well(bytes: &[u8], at: usize) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| bytes.get(before)) else { return true };
    if before.is_ascii_lowercase() {
        return matches!(bytes.get(at..at + 2), Some(b"Er" | b"Ex"));
    }
    if before.is_ascii_uppercase() {
        return matches!(bytes.get(at..at + 2), Some(b"Ex" | b"Er"));
    }
    if before.is_ascii_digit() || matches!(before, b'_' | b'/' | b'.' | b'-' | b'?' | b'&' | b'%' | b'$') {
        return false;
    }
    // None of something is none.
    let ahead = bytes.get(..at).unwrap_or_default().trim_ascii_end();
    let none: [&[u8]; 5] = [b"no", b"0", b"without", b"zero", b"non"];
    !none.iter().any(|word| {
        ahead.len().checked_sub(word.len()).is_some_and(|start| {
            ahead.len() < at
                && ahead.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(word))
                && !start
                    .checked_sub(1)
                    .and_then(|at| ahead.get(at))
                    .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'.')
        })
    })
}

fn ends_well(bytes: &[u8], end: usize) -> bool {
    // The bracket is part of `crit]`.
    if end.checked_sub(1).and_then(|last| bytes.get(last)) == Some(&b']') {
        return true;
    }
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
        Some(byte) => !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'/')),
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
        ] {
            assert!(stand_in(text), "{text}");
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
            "reset",
            "critical-state",
        ] {
            assert!(!stand_in(text), "{text}");
        }
    }
}
