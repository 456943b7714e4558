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
    let bytes = text.as_bytes();
    let copy = |from: usize, to: usize, template: &mut String| {
        template.push_str(text.get(from..to).unwrap_or_default());
    };
    // The text between `copied` and `at` stays as it is, and is copied at once.
    let (mut copied, mut at) = (0, 0);
    let mut length = template.len();
    while let Some(first) = bytes.get(at) {
        if length >= LONGEST {
            copy(copied, at, template);
            if !template.ends_with('…') {
                template.push('…');
            }
            return;
        }
        if is_part(*first) {
            let end = end_of_run(bytes, at, is_part);
            let token = text.get(at..end).unwrap_or_default();
            if token.bytes().any(|byte| byte.is_ascii_digit()) {
                copy(copied, at, template);
                push_token(token, template);
                copied = end;
                length = template.len();
            } else {
                length += end - at;
            }
            at = end;
            continue;
        }
        let marks = end_of_run(bytes, at, |byte| !is_part(byte) && !byte.is_ascii_whitespace());
        let end = end_of_run(bytes, marks, |byte| byte.is_ascii_whitespace());
        let follows_text = || marks > copied || !(template.is_empty() || template.ends_with(' '));
        let stays = match bytes.get(marks..end) {
            None | Some([]) => true,
            Some([b' ']) => follows_text(),
            Some(_) => false,
        };
        if stays {
            length += end - at;
        } else {
            copy(copied, marks, template);
            if !template.ends_with(' ') && !template.is_empty() {
                template.push(' ');
            }
            copied = end;
            length = template.len();
        }
        at = end;
    }
    copy(copied, at, template);
}

/// Returns where a run of certain bytes ends.
fn end_of_run(bytes: &[u8], from: usize, is_in: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| !is_in(*byte)).unwrap_or(rest.len())
}

/// Returns whether a byte belongs to a word, address, path or time.
fn is_part(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'-'..=b':' | b'_' | b'@' | b'%' | b'+' | b'~')
}

/// Adds a token with a digit.
fn push_token(token: &str, template: &mut String) {
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
        let part = word.get(start..end).unwrap_or_default();
        if is_id(part.as_bytes()) {
            template.push_str("<id>");
            was_digit = false;
        } else {
            for run in part.as_bytes().chunk_by(|one, other| one.is_ascii_digit() == other.is_ascii_digit()) {
                let is_digit = run.first().is_some_and(u8::is_ascii_digit);
                match is_digit {
                    true if was_digit => {}
                    true => template.push_str("<n>"),
                    false => template.push_str(std::str::from_utf8(run).unwrap_or_default()),
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
    let is_written_hex = |digits: &[u8]| digits.iter().all(u8::is_ascii_hexdigit);
    if let Some(digits) = word.strip_prefix(b"0x") {
        return is_written_hex(digits) || is_long_id(word);
    }
    word.len() >= HEX && is_long_id(word)
}

/// Returns whether the length and letters of a word make an id.
fn is_long_id(word: &[u8]) -> bool {
    let (mut digits, mut dashes, mut others) = (0, 0, 0);
    for byte in word {
        match byte {
            b'0'..=b'9' => digits += 1,
            b'a'..=b'f' | b'A'..=b'F' => {}
            b'-' => dashes += 1,
            b'g'..=b'z' | b'G'..=b'Z' => others += 1,
            _ => return false,
        }
    }
    let length = word.len() - dashes;
    match (others, dashes) {
        _ if digits == 0 => false,
        (0, 0) => digits < length && length >= HEX || length >= 32,
        (0, 4) => length == 32,
        (0, _) => false,
        _ => dashes == 0 && length >= ID && digits >= 3,
    }
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
