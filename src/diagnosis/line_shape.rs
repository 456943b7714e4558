//! Tells which part of a block a line may be.
//!
//! A block has one line or several: it is a stack trace, a framed error, or an error with details. A line is looked at by
//! itself; [`super::block_state`] decides whether it continues the block of the lines before it.

use crate::recognize::{behind_carrier, without_prefix};
use crate::segment::{MARGIN, without_colors};

/// Bytes of a line in which a prefix is looked for.
///
/// The headers of syslog and of container runtimes are shorter.
const LONGEST_PREFIX: usize = 300;

/// The shape of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineShape {
    Blank,
    /// It begins with a time, a level or a record in JSON.
    LogLine,
    /// `Error: …`; details may follow in the same paragraph.
    ErrorHead,
    /// `panic: …`, `Exception in thread "main" …`: no logger writes it.
    CrashHead,
    /// `thread 'main' panicked at src/main.rs:2:5:`; the message follows.
    PanicHead,
    /// An exception class, with or without a message.
    ExceptionHead,
    /// `Caused by: …`, ` ---> …`, `[cause]: …`.
    Cause,
    /// `Caused by:`; the causes follow.
    CauseList,
    /// `    at com.example.App.load(App.java:12)`.
    StackFrame,
    /// `Traceback (most recent call last):`.
    TracebackHead,
    /// `During handling of the above exception, another exception occurred:`.
    TracebackLink,
    /// `  File "app.py", line 3, in load`.
    TracebackFile,
    /// `goroutine 1 [running]:`.
    Routine,
    /// `/app/x.js:12`, before the line of the source.
    SourcePlace,
    /// `  on main.tf line 12, in resource "a" "b":`.
    SettingPlace,
    /// `   0: std::panicking::begin_panic`.
    Numbered,
    /// The upper edge of a frame: `╷`.
    FrameTop,
    /// A line behind the edge of a frame: `│ …`.
    FrameLine,
    /// The first line of a framed error: `│ Error: …`.
    FrameHead,
    /// The lower edge of a frame: `╵`.
    FrameBottom,
    /// `main.main()`, `created by …`, `exit status 2`, `}`.
    Closing,
    /// Any other indented line.
    Indented,
    Plain,
}

impl LineShape {
    /// Returns the shape of a line, given without its end.
    pub(super) fn of(line: &[u8]) -> Self {
        let mut line = without_colors(line);
        let beginning = valid_beginning(line);
        if let Some(rest) = behind_carrier(beginning) {
            line = without_colors(line.get(beginning.len() - rest.len()..).unwrap_or_default());
        }
        if begins_with_time(line) {
            let beginning = valid_beginning(line);
            let rest = without_prefix(beginning).and_then(|rest| line.get(beginning.len() - rest.len()..));
            return match rest.map(Self::behind_time) {
                Some(shape) if shape.is_surely_part() => shape,
                _ => LineShape::LogLine,
            };
        }
        Self::behind_time(line)
    }

    /// Returns whether the line begins a block whatever stands before it.
    pub(super) fn always_begins(self) -> bool {
        use LineShape::{CrashHead, FrameTop, LogLine, PanicHead, SourcePlace};
        matches!(self, LogLine | CrashHead | PanicHead | FrameTop | SourcePlace)
    }

    /// Returns whether the line means the same whatever stands before it.
    pub(super) fn is_plain_to_see(self) -> bool {
        use LineShape::{Blank, Closing, Indented, Numbered, Plain, SettingPlace};
        !matches!(self, Blank | Closing | Indented | Numbered | Plain | SettingPlace)
    }

    /// Returns whether only a part of a block has this shape.
    fn is_surely_part(self) -> bool {
        let is_part = self.is_plain_to_see() && !self.always_begins() && self != LineShape::ErrorHead;
        is_part || matches!(self, LineShape::FrameTop | LineShape::Indented)
    }

    /// Returns the shape of a line without its time.
    fn behind_time(line: &[u8]) -> Self {
        let line = without_colors(line);
        let text = without_colors(line.trim_ascii());
        let is_indented = line.first().is_some_and(u8::is_ascii_whitespace);
        let Some(first) = text.first() else { return LineShape::Blank };
        let starts = |beginning: &str| text.starts_with(beginning.as_bytes());
        match first {
            // The edges are `│`, `╵` and `╷`, in UTF-8.
            0xe2 => match text.get(1..3) {
                Some([0x94, 0x82]) => framed(text.get(3..).unwrap_or_default()),
                Some([0x95, 0xb5]) => LineShape::FrameBottom,
                Some([0x95, 0xb7]) => LineShape::FrameTop,
                _ => other(is_indented),
            },
            b'C' if starts("Caused by:") => match is_indented {
                // Inside of a suppressed exception.
                true => LineShape::StackFrame,
                false if text.len() == "Caused by:".len() => LineShape::CauseList,
                false => LineShape::Cause,
            },
            b'-' if starts("---> ") => LineShape::Cause,
            b'-' if is_indented && starts("--- End of ") => LineShape::StackFrame,
            b'S' if starts("Suppressed: ") => LineShape::StackFrame,
            b'W' if starts("Wrapped by: ") => LineShape::StackFrame,
            b'[' if is_indented && starts("[cause]: ") => LineShape::Cause,
            b'.' if is_indented && starts("... ") && text.ends_with(b" more") => LineShape::StackFrame,
            b'.' if is_indented && starts("... ") && text.ends_with(b"frames omitted") => LineShape::StackFrame,
            b'a' if is_indented && starts("at ") => LineShape::StackFrame,
            b'F' if is_indented && starts("File \"") => LineShape::TracebackFile,
            b'T' if starts("Traceback (most recent call last") => LineShape::TracebackHead,
            b'D' if starts("During handling of the above exception") => LineShape::TracebackLink,
            b'T' if starts("The above exception was the direct cause") => LineShape::TracebackLink,
            b'g' if !is_indented && starts("goroutine ") && text.ends_with(b":") => LineShape::Routine,
            b'o' | b'w' if is_indented && is_setting_place(text) => LineShape::SettingPlace,
            b'0'..=b'9' if is_indented && is_numbered(text) => LineShape::Numbered,
            // The frames of Go, of which `text` is a path.
            b'/' if is_indented && has_go_line(text) => LineShape::StackFrame,
            b't' if starts("thread '") && has(text, b" panicked at ") => match text.ends_with(b":") {
                true => LineShape::PanicHead,
                false => LineShape::CrashHead,
            },
            _ if !is_indented && is_crash_head(text) => LineShape::CrashHead,
            _ if !is_indented && is_error_head(text) => LineShape::ErrorHead,
            _ if begins_with_level(text) => LineShape::LogLine,
            b'{' if !is_indented && text.len() > 1 => LineShape::LogLine,
            _ if is_exception_head(text) => LineShape::ExceptionHead,
            _ if is_indented => LineShape::Indented,
            _ if is_source_place(text) => LineShape::SourcePlace,
            _ if is_closing(text) => LineShape::Closing,
            _ => LineShape::Plain,
        }
    }
}

/// Returns the shape of a line, from the text behind the edge.
fn framed(text: &[u8]) -> LineShape {
    // A row of a table ends with an edge, too.
    if text.ends_with(MARGIN.as_bytes()) {
        return LineShape::Plain;
    }
    match without_colors(without_colors(text).trim_ascii_start()).starts_with(b"Error: ") {
        true => LineShape::FrameHead,
        false => LineShape::FrameLine,
    }
}

fn other(is_indented: bool) -> LineShape {
    if is_indented { LineShape::Indented } else { LineShape::Plain }
}

/// Returns the valid text at the beginning of a line.
fn valid_beginning(line: &[u8]) -> &str {
    let beginning = line.get(..LONGEST_PREFIX).unwrap_or(line);
    beginning.utf8_chunks().next().map_or("", |chunk| chunk.valid())
}

fn has(text: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(text, part).is_some()
}

/// Returns whether the line begins with a date or a time.
///
/// Also with an address, as lines of access logs do.
fn begins_with_time(line: &[u8]) -> bool {
    let text = line.trim_ascii_start();
    let is_indented = text.len() < line.len();
    let text = text.strip_prefix(b"[").unwrap_or(text);
    match text {
        _ if is_indented => false,
        // The priority of syslog.
        [b'<', b'0'..=b'9', ..] => true,
        [b'0'..=b'9', ..] => {
            let is_part = |byte: &&u8| byte.is_ascii_digit() || b":/.-T".contains(byte);
            let is_mark = |byte: &&u8| b":/.-".contains(byte);
            let (mut marks, mut length) = (0, 0);
            for byte in text.iter().take(19).take_while(is_part) {
                marks += usize::from(is_mark(&byte));
                length += 1;
            }
            // `15/Jan/2026`.
            let has_month = || text.get(3..6).is_some_and(|month| month.iter().all(u8::is_ascii_alphabetic));
            marks >= 2 && length >= 7 || text.get(2) == Some(&b'/') && has_month()
        }
        // `Jan 15`, `Mon Jan 15`.
        [b'A'..=b'Z', b'a'..=b'z', b'a'..=b'z', b' ', rest @ ..] => matches!(
            rest,
            [b'0'..=b'9' | b' ', b'0'..=b'9', b' ', ..]
                | [b'0'..=b'9', b' ', ..]
                | [b'A'..=b'Z', b'a'..=b'z', b'a'..=b'z', b' ', b'0'..=b'9' | b' ', ..]
        ),
        // `E0115 10:20:30`.
        [b'I' | b'W' | b'E' | b'F', day @ ..] => {
            day.get(..4).is_some_and(|day| day.iter().all(u8::is_ascii_digit)) && day.get(4) == Some(&b' ')
        }
        _ => false,
    }
}

/// The levels with which lines of logs begin, in capitals.
const LEVELS: [&[u8]; 12] = [
    b"TRACE",
    b"DEBUG",
    b"INFO",
    b"NOTICE",
    b"WARN",
    b"WARNING",
    b"ERROR",
    b"SEVERE",
    b"CRITICAL",
    b"FATAL",
    b"FINE",
    b"CONFIG",
];

/// The levels that are written in small letters, before a colon.
const SMALL_LEVELS: [&[u8]; 8] = [b"trce", b"dbug", b"info", b"warn", b"warning", b"fail", b"crit", b"Warning"];

/// Returns whether a line begins with a level or its field.
fn begins_with_level(text: &[u8]) -> bool {
    let (text, is_bracketed) = text.strip_prefix(b"[").map_or((text, false), |text| (text, true));
    let length = text.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (word, after) = text.split_at_checked(length).unwrap_or_default();
    let next = after.first();
    match is_bracketed {
        true => next == Some(&b']') && LEVELS.iter().any(|level| word.eq_ignore_ascii_case(level)),
        false if LEVELS.contains(&word) => matches!(next, None | Some(b' ' | b':' | b'\t' | b'[' | b']')),
        false if SMALL_LEVELS.contains(&word) => next == Some(&b':'),
        false => next == Some(&b'=') && matches!(word, b"time" | b"ts" | b"level" | b"lvl" | b"t"),
    }
}

/// Returns whether the line begins an error with details.
fn is_error_head(text: &[u8]) -> bool {
    [&b"Error: "[..], b"error: ", b"error["].iter().any(|head| text.starts_with(head))
}

/// Returns whether a program that ends writes the line by itself.
fn is_crash_head(text: &[u8]) -> bool {
    let heads: [&[u8]; 4] = [b"panic: ", b"fatal error: ", b"Exception in thread ", b"Unhandled exception. "];
    heads.iter().any(|head| text.starts_with(head))
}

/// Returns whether a line begins with the class of an exception.
///
/// Examples: `java.io.IOException: no`, `TypeError: x`.
fn is_exception_head(text: &[u8]) -> bool {
    let is_part = |byte: &u8| byte.is_ascii_alphanumeric() || b"._$".contains(byte);
    let length = text.iter().take_while(|byte| is_part(byte)).count();
    let (class, after) = text.split_at_checked(length).unwrap_or_default();
    let name = class.rsplit(|byte| *byte == b'.').next().unwrap_or_default();
    let is_class = name.first().is_some_and(u8::is_ascii_uppercase)
        && ["Exception", "Error", "Throwable", "Failure"].iter().any(|end| name.ends_with(end.as_bytes()));
    is_class && matches!(after, [] | [b':'] | [b':', b' ', ..] | [b' ', b'[' | b'(', ..])
}

/// Returns whether a text names the place of a setting.
///
/// Examples: `on main.tf line 12, in resource "a" "b":`, `with a.b,`.
fn is_setting_place(text: &[u8]) -> bool {
    text.starts_with(b"on ") && has(text, b" line ") && text.ends_with(b":")
        || text.starts_with(b"with ") && text.ends_with(b",")
}

fn is_numbered(text: &[u8]) -> bool {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    matches!(text.get(digits..), Some([b':', b' ', ..]))
}

/// Returns whether a text names a line of Go or assembler source.
fn has_go_line(text: &[u8]) -> bool {
    has(text, b".go:") || has(text, b".s:")
}

/// Returns whether a line is the place of source that follows.
///
/// Examples: `/app/x.js:12`, `node:internal/process/promises:394`.
fn is_source_place(text: &[u8]) -> bool {
    let digits = text.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let (path, _) = text.split_at_checked(text.len() - digits).unwrap_or_default();
    let is_path = path.contains(&b'/') && !path.iter().any(u8::is_ascii_whitespace);
    digits > 0 && is_path && path.ends_with(b":")
}

/// Returns whether a line is a call or ends a stack trace.
fn is_closing(text: &[u8]) -> bool {
    let is_call =
        || text.ends_with(b")") && !text.iter().take_while(|byte| **byte != b'(').any(u8::is_ascii_whitespace);
    matches!(text, b"}" | b"]" | b"}," | b"} {") || text.starts_with(b"created by ") || is_exit(text) || is_call()
}

fn is_exit(text: &[u8]) -> bool {
    [&b"exit status "[..], b"[signal ", b"note: run with "].iter().any(|beginning| text.starts_with(beginning))
}
