//! Masks the variable parts of a line: numbers, addresses, ids and times.

/// The longest template in bytes, give or take a word.
const LONGEST: usize = 300;

/// The shortest run of letters and digits that is an id.
const ID: usize = 16;

/// The shortest hexadecimal number that is an id.
const HEX: usize = 8;

/// Adds a text to a template, and masks its variable parts.
///
/// Numbers become `<n>`, addresses `<ip>`, ids `<id>`, times `<time>`.
pub(super) fn push(text: &str, template: &mut String) {
    let mut rest = text;
    while let Some(first) = rest.bytes().next() {
        if template.len() >= LONGEST {
            if !template.ends_with('…') {
                template.push('…');
            }
            return;
        }
        if is_part(first) {
            let (token, after) = rest.split_at(rest.bytes().position(|byte| !is_part(byte)).unwrap_or(rest.len()));
            push_token(token, template);
            rest = after;
        } else {
            let other = |byte: u8| !is_part(byte) && !byte.is_ascii_whitespace();
            let end = rest.bytes().position(|byte| !other(byte)).unwrap_or(rest.len());
            // At a byte below 0x80, so between characters.
            let (marks, after) = rest.split_at(end);
            template.push_str(marks);
            rest = after.trim_ascii_start();
            if rest.len() < after.len() && !template.ends_with(' ') && !template.is_empty() {
                template.push(' ');
            }
        }
    }
}

/// Returns whether a byte belongs to a word, address, path or time.
fn is_part(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':' | b'/' | b'@' | b'%' | b'+' | b'~')
}

fn push_token(token: &str, template: &mut String) {
    if !token.bytes().any(|byte| byte.is_ascii_digit()) {
        return template.push_str(token);
    }
    let word = token.trim_end_matches(['.', ':', '/', '-']);
    let (word, after) = token.split_at(word.len());
    if is_time(word) || (template.ends_with("<time> ") && is_zone(word)) {
        // A date and the time of day are one.
        if !template.ends_with("<time> ") {
            template.push_str("<time>");
        } else {
            template.pop();
        }
    } else if word.contains('/') {
        for (at, segment) in word.split('/').enumerate() {
            if at > 0 {
                template.push('/');
            }
            push_word(segment, template);
        }
    } else {
        push_word(word, template);
    }
    template.push_str(after);
}

fn push_word(word: &str, template: &mut String) {
    let bytes = word.as_bytes();
    if is_address(bytes) {
        return template.push_str("<ip>");
    }
    if is_id(bytes) {
        return template.push_str("<id>");
    }
    // Parts between marks are masked separately.
    let mut was_digit = false;
    let mut start = 0;
    while let Some(byte) = bytes.get(start) {
        let end = bytes.iter().skip(start).position(|byte| matches!(byte, b'-' | b'_' | b'.' | b':'));
        let end = end.map_or(bytes.len(), |length| start + length);
        if end == start {
            // A number with a fraction is one number.
            let joins = was_digit && *byte == b'.' && bytes.get(start + 1).is_some_and(u8::is_ascii_digit);
            if !joins {
                template.push(char::from(*byte));
                was_digit = false;
            }
            start += 1;
            continue;
        }
        let part = bytes.get(start..end).unwrap_or_default();
        if is_id(part) {
            template.push_str("<id>");
            was_digit = false;
        } else {
            for byte in part {
                let is_digit = byte.is_ascii_digit();
                match (is_digit, was_digit) {
                    (true, false) => template.push_str("<n>"),
                    (true, true) => {}
                    (false, _) => template.push(char::from(*byte)),
                }
                was_digit = is_digit;
            }
        }
        start = end;
    }
}

/// Returns whether it is an IP address, with or without port.
fn is_address(word: &[u8]) -> bool {
    let mut dots = 0;
    let mut colons = 0;
    for byte in word {
        match byte {
            b'.' => dots += 1,
            b':' => colons += 1,
            byte if byte.is_ascii_digit() => {}
            byte if byte.is_ascii_hexdigit() && dots == 0 => {}
            _ => return false,
        }
    }
    let starts_as_number = word.first().is_some_and(u8::is_ascii_digit);
    (dots == 3 && colons <= 1 && starts_as_number) || (colons >= 2 && dots == 0)
}

/// Returns whether it is a hexadecimal number, UUID, or other id.
fn is_id(word: &[u8]) -> bool {
    let digits = word.iter().filter(|byte| byte.is_ascii_digit()).count();
    if digits == 0 {
        return false;
    }
    let dashes = word.iter().filter(|byte| **byte == b'-').count();
    let is_hex = word.iter().all(|byte| byte.is_ascii_hexdigit() || *byte == b'-');
    let length = word.len() - dashes;
    if is_hex {
        let has_letters = digits < length;
        return (dashes == 0 && has_letters && length >= HEX)
            || (dashes == 4 && length == 32)
            || (dashes == 0 && length >= 32);
    }
    let is_written_hex = word.starts_with(b"0x") && word.iter().skip(2).all(u8::is_ascii_hexdigit);
    is_written_hex || (length >= ID && digits >= 3 && word.iter().all(u8::is_ascii_alphanumeric))
}

/// Returns whether it is a date, a time of day, or both.
fn is_time(word: &str) -> bool {
    let bytes = word.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let is = |at: usize, byte: u8| bytes.get(at) == Some(&byte);
    let two = |at: usize| digit(at) && digit(at + 1);
    let is_date =
        two(0) && two(2) && ((is(4, b'-') && is(7, b'-')) || (is(4, b'/') && is(7, b'/'))) && two(5) && two(8);
    let is_clock = two(0) && is(2, b':') && two(3) && is(5, b':') && two(6);
    let is_common = two(0) && is(2, b'/') && is(6, b'/') && two(7) && two(9) && is(11, b':');
    is_date || is_clock || is_common
}

/// `+0000`, after a time.
fn is_zone(word: &str) -> bool {
    word.len() == 5 && word.starts_with(['+', '-']) && word.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_varies_is_masked() {
        for (text, expected) in [
            ("upstream 10.0.0.1:8080 failed", "upstream <ip> failed"),
            ("peer [2001:db8::1]:443 is  gone.", "peer [<ip>]:<n> is gone."),
            ("took 3000ms, 1.5 s, retry 3 of 5:", "took <n>ms, <n> s, retry <n> of <n>:"),
            ("2026-01-15T10:20:30.123Z worker-12 died", "<time> worker-<n> died"),
            ("2026/01/15 10:20:30 [error] 7#7: *1 refused", "<time> [error] <n>#<n>: *<n> refused"),
            ("[15/Jan/2026:10:20:30 +0000] no", "[<time>] no"),
            ("id 0f3a5c7e9b1d2f4a6c8e0a1b3d5f7092 gone", "id <id> gone"),
            ("6b1d0c52-1f0e-4f7c-9f5e-2c8c8b9d0000: lost", "<id>: lost"),
            ("at 0x7ffdeadbeef", "at <id>"),
            ("GET http://10.0.0.1/orders/4711/lines", "GET http://<ip>/orders/<n>/lines"),
            ("main.go:12:7: no", "main.go:<n>:<n>: no"),
            ("größe 5 zu klein", "größe <n> zu klein"),
            ("facade deadbeef", "facade deadbeef"),
        ] {
            let mut template = String::new();
            push(text, &mut template);
            assert_eq!(template, expected, "{text}");
        }
    }

    #[test]
    fn a_template_has_a_limit() {
        let mut template = String::new();
        push(&"wörter ohne ende ".repeat(1000), &mut template);
        assert!(template.len() < LONGEST + 20 && template.ends_with('…'));
    }
}
