//! Peels off what collectors of logs write before each line.
//!
//! The prefixes of syslog (RFC 3164 and 5424), journald (`short`, `short-iso`), container runtimes (CRI),
//! `kubectl logs --prefix` and `--timestamps`, and Docker Compose. White space is folded before.

/// The names of months in syslog.
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Returns whether a line may begin with a prefix.
///
/// Cheap: it compares a few bytes, and never misses a prefix that [`without_prefix`] peels off.
pub(super) fn may_be_first(line: &[u8]) -> bool {
    let is_service = || {
        let end = line.iter().position(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'_' | b'-' | b'.'));
        end.is_some_and(|end| line.get(end..).is_some_and(|rest| rest.starts_with(b" | ")))
    };
    match line.first() {
        Some(b'<') => true,
        Some(b'[') => line.starts_with(b"[pod/"),
        Some(b'0'..=b'9') => line.get(10) == Some(&b'T') || is_service(),
        Some(b'A'..=b'Z') => line.get(3) == Some(&b' ') || is_service(),
        _ => is_service(),
    }
}

/// Returns the text behind one prefix; `None` if it begins with none.
pub fn without_prefix(text: &str) -> Option<&str> {
    let first = *text.as_bytes().first()?;
    match first {
        b'<' => after_priority(text),
        b'[' => after_pod(text),
        b'0'..=b'9' => after_iso_time(text).or_else(|| after_service(text)),
        b'A'..=b'Z' => after_bsd_header(text).or_else(|| after_service(text)),
        _ => after_service(text),
    }
}

/// Returns the text behind the prefix of a container's output.
///
/// Container runtimes, `kubectl` and Docker Compose write it before each line, also before those without a time.
pub fn behind_carrier(text: &str) -> Option<&str> {
    match text.as_bytes().first()? {
        b'[' => after_pod(text),
        b'0'..=b'9' => after_stream(text.split_once(' ')?.1).or_else(|| after_service(text)),
        _ => after_service(text),
    }
}

/// Skips `stdout F `, which container runtimes write behind the time.
fn after_stream(text: &str) -> Option<&str> {
    let tagged = text.strip_prefix("stdout ").or_else(|| text.strip_prefix("stderr "))?;
    tagged.strip_prefix("F ").or_else(|| tagged.strip_prefix("P ")).or(Some(tagged))
}

/// Skips `<134>` and the header behind it, by RFC 5424 or 3164.
fn after_priority(text: &str) -> Option<&str> {
    let (priority, rest) = text.strip_prefix('<')?.split_once('>')?;
    if priority.is_empty() || priority.len() > 3 || !priority.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let Some(rest) = rest.strip_prefix("1 ") else { return after_bsd_header(rest).or(Some(rest)) };
    // Time, host, program, process and message id; then data in brackets, or `-`.
    let mut rest = rest;
    for _ in 0..5 {
        rest = rest.split_once(' ')?.1;
    }
    let rest = match rest.strip_prefix('[') {
        Some(_) => rest.get(end_of_data(rest)?..)?,
        None => rest.strip_prefix('-')?,
    };
    // Some senders put the mark of UTF-8 before the message.
    rest.strip_prefix(' ').map(|message| message.strip_prefix('\u{feff}').unwrap_or(message))
}

/// Returns where the elements of structured data end: `[id name="value"][…]`.
fn end_of_data(text: &str) -> Option<usize> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => is_quoted = !is_quoted,
            b']' if !is_quoted && bytes.peek().is_none_or(|(_, next)| *next != b'[') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Skips `Jan 15 10:00:01 host program[17]: `.
fn after_bsd_header(text: &str) -> Option<&str> {
    let (month, rest) = text.split_once(' ')?;
    let (day, rest) = rest.trim_start().split_once(' ')?;
    let (time, rest) = rest.split_once(' ')?;
    let is_day = matches!(day.len(), 1 | 2) && day.bytes().all(|byte| byte.is_ascii_digit());
    let is_time = time.len() >= 8 && time.as_bytes().get(2) == Some(&b':') && time.as_bytes().get(5) == Some(&b':');
    if !is_day || !is_time || !MONTHS.contains(&month) {
        return None;
    }
    after_host_and_program(rest)
}

/// Skips `host program[17]: `.
fn after_host_and_program(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once(' ')?;
    let (program, message) = rest.split_once(' ')?;
    let program = program.strip_suffix(':')?;
    let name = program.split_once('[').map_or(program, |(name, _)| name);
    let is_name = !name.is_empty() && name.chars().all(|it| it.is_alphanumeric() || "_-./@()".contains(it));
    is_name.then_some(message)
}

/// Skips a time, and the stream or the program behind it.
fn after_iso_time(text: &str) -> Option<&str> {
    let (time, rest) = text.split_once(' ')?;
    let has = |at: usize, byte: u8| time.as_bytes().get(at) == Some(&byte);
    if !(has(4, b'-') && has(7, b'-') && has(10, b'T') && has(13, b':') && has(16, b':')) {
        return None;
    }
    if let Some(tagged) = after_stream(rest) {
        return Some(tagged);
    }
    // Free text may have a colon behind its second word, but no process number.
    let has_process = rest.split(' ').nth(1).is_some_and(|program| program.ends_with("]:"));
    if has_process { after_host_and_program(rest).or(Some(rest)) } else { Some(rest) }
}

/// Skips `[pod/name/container] `.
fn after_pod(text: &str) -> Option<&str> {
    let (source, rest) = text.strip_prefix("[pod/")?.split_once(']')?;
    let is_source = !source.contains(char::is_whitespace);
    rest.strip_prefix(' ').filter(|_| is_source)
}

/// Skips `web-1 | `.
fn after_service(text: &str) -> Option<&str> {
    let (service, rest) = text.split_once(' ')?;
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-' | '.');
    let is_service = !service.is_empty() && service.chars().all(is_part);
    rest.strip_prefix("| ").filter(|_| is_service)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_collectors_write_is_peeled_off() {
        for prefix in [
            "Jan 15 10:00:01 lb1 haproxy[14389]: ",
            "Jan 5 10:00:01 lb1 kernel: ",
            "<134>Jan 15 10:00:01 lb1 haproxy[14389]: ",
            "<134>1 2026-01-15T10:00:01.000+00:00 lb1 haproxy 14389 - - ",
            r#"<134>1 2026-01-15T10:00:01.000+00:00 lb1 haproxy 14389 - [a b="]\""][c] "#,
            "2026-01-15T10:00:01+0000 lb1 haproxy[14389]: ",
            "2026-01-15T10:00:01.123456789Z stdout F ",
            "2026-01-15T10:00:01.123456789Z ",
            "[pod/web-7f9/istio-proxy] ",
            "web-1 | ",
        ] {
            let line = format!("{prefix}the line: x");
            assert_eq!(without_prefix(&line), Some("the line: x"), "{prefix}");
            assert!(may_be_first(line.as_bytes()), "{prefix}");
        }
    }

    #[test]
    fn other_lines_keep_their_beginning() {
        for line in
            ["", "Jan", "January 15 sales: up", "<b>bold</b> text", "[error] x", "a || b", "2026-01-15 x y: z", "x: y"]
        {
            assert_eq!(without_prefix(line), None, "{line}");
        }
    }
}
