//! Finds error lines of any system, and groups them by template.
//!
//! A line is an error if it contains an error word as a word (`places`), if it is a record with an error level, or if
//! it reports a response with a status from 400 on (`status`), except 404: pages are not found on any day. A record or an
//! access log line with another status is not an error, whatever words it contains.
//!
//! The template is the line with its variable parts masked (`mask`), as in log parsers such as Drain; ours has no
//! learned groups, so a line has the same template whatever came before it. Example: `disk 7 failed on 10.0.0.1`
//! becomes `disk <n> failed on <ip>`. It fails where a varying word looks like any other word: each value is a template
//! of its own.

mod mask;
mod status;
mod words;

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::bytes::Regex;

pub(crate) use status::has_status;
use status::{is_bad, is_good, response_status, web_status};
pub(crate) use words::{all as words, byte_of_word, is_denied, may_follow, may_precede, places, stands_at};

/// Levels of records in strings of records that are read.
const NESTED: usize = 3;

/// Parts of the names of fields that hold a message.
const MESSAGES: [&str; 8] = ["msg", "message", "error", "reason", "detail", "exception", "cause", "description"];

/// Builds the templates of error lines, reusing one buffer.
#[derive(Debug, Default)]
pub(crate) struct Templater {
    template: String,
}

/// A value of a record, with its name and its position.
#[derive(Clone, Copy, Debug)]
struct Pair<'t> {
    name: &'t str,
    value: &'t str,
    at: usize,
}

/// Returns a text with its variable parts masked.
pub(crate) fn masked(text: &str) -> String {
    let mut template = String::new();
    mask::push(text, &mut template);
    template.trim_ascii_end().to_owned()
}

impl Templater {
    /// Returns the template of an error line; `None` for any other line.
    ///
    /// `words` are the ascending positions of error words in the line ([`places`]).
    pub(crate) fn template(&mut self, text: &str, words: &[usize]) -> Option<&str> {
        self.template.clear();
        let is_error = match memchr::memchr(b'{', text.as_bytes()) {
            Some(brace) if memchr::memchr(b'"', text.as_bytes().get(brace..)?).is_some() => {
                self.record(text, brace, words)
            }
            _ => self.plain(text, words),
        };
        is_error.then(|| self.last())
    }

    /// Returns the template that was made last.
    pub(crate) fn last(&self) -> &str {
        self.template.trim_ascii_end()
    }

    /// Returns the template of a trouble, from its telling fields.
    ///
    /// Fields without a name are free text.
    pub(crate) fn trouble(&mut self, title: &str, fields: &[(Option<&str>, &str)]) -> &str {
        self.template.clear();
        self.template.push_str(title);
        fields.iter().for_each(|(name, value)| self.say(name.unwrap_or_default(), value));
        self.last()
    }

    fn plain(&mut self, text: &str, words: &[usize]) -> bool {
        if let Some((status, request)) = web_status(text) {
            if is_bad(status) {
                mask::push(request.split(['?', '#']).next().unwrap_or_default(), &mut self.template);
                self.template.push(' ');
                self.template.push_str(status);
            }
            return is_bad(status);
        }
        let is_bad_response = || response_status(text).is_some_and(is_bad);
        let is_report = || !is_directive(text) && !is_typed_command(text);
        let is_error = !words.is_empty() && is_report() || is_bad_response();
        if is_error {
            mask::push(text, &mut self.template);
        }
        is_error
    }

    fn record(&mut self, text: &str, brace: usize, words: &[usize]) -> bool {
        if !CLASSING.as_ref().is_none_or(|parts| parts.is_match(text.as_bytes())) {
            return self.words_of_record(text, brace, words);
        }
        let (before, record) = text.split_at(brace);
        let has_word = |from: usize, length: usize| words.iter().any(|at| (from..from + length).contains(at));
        let (mut has_good_status, mut has_bad_status, mut has_bad_level) = (false, false, false);
        let mut pairs: Vec<Pair<'_>> = Vec::new();
        each_pair(record, brace, NESTED, &mut |pair| {
            let Pair { name, value, .. } = pair;
            if is_status_name(name) {
                for status in value.split([',', ' ']).filter(|part| part.len() == 3) {
                    has_bad_status |= is_bad(status);
                    has_good_status |= is_good(status);
                }
            }
            has_bad_level |= is_level_name(name) && is_bad_level(value);
            pairs.push(pair);
        });
        let has_words = || {
            let is_error = |pair: &Pair<'_>| is_error_name(pair.name) && says_something(pair.value);
            has_word(0, brace) || pairs.iter().any(|pair| has_word(pair.at, pair.value.len()) || is_error(pair))
        };
        let is_ordinary = has_good_status && !has_bad_status && !has_bad_level;
        if is_ordinary || !(has_bad_status || has_bad_level || has_words()) {
            return false;
        }
        if has_word(0, brace) {
            self.say("", before);
        }
        for pair in pairs {
            let Pair { name, value, at } = pair;
            let is_telling = || {
                let is_level = is_level_name(name) && is_bad_level(value);
                is_level || has_word(at, value.len()) || is_message(pair)
            };
            if has_bad_status && is_status_name(name) {
                self.say(name, value);
            } else if !has_bad_status && is_telling() {
                self.say("", value);
            }
        }
        if self.template.is_empty() {
            mask::push(record, &mut self.template);
        }
        true
    }

    /// Handles a record without a status or a level.
    ///
    /// Only the object with the error words is read.
    fn words_of_record(&mut self, text: &str, brace: usize, words: &[usize]) -> bool {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return false };
        let has_word = |from: usize, length: usize| words.iter().any(|at| (from..from + length).contains(at));
        if *first < brace {
            self.say("", text.get(..brace).unwrap_or_default());
        }
        let open = text.get(..*first.max(&brace)).and_then(|before| before.rfind('{')).unwrap_or(brace);
        let close = text.get(*last..).and_then(|after| after.find('}')).map_or(text.len(), |end| last + end + 1);
        let object = text.get(open..close).unwrap_or_default();
        let mut is_error = *first < brace;
        let mut pairs: Vec<Pair<'_>> = Vec::new();
        each_pair(object, open, NESTED, &mut |pair| {
            let has_error_field = is_error_name(pair.name) && says_something(pair.value);
            is_error |= has_error_field || has_word(pair.at, pair.value.len());
            pairs.push(pair);
        });
        if is_error {
            for pair in pairs.into_iter().filter(|pair| has_word(pair.at, pair.value.len()) || is_message(*pair)) {
                self.say("", pair.value);
            }
            if self.template.is_empty() {
                mask::push(text.get(brace..).unwrap_or_default(), &mut self.template);
            }
        }
        is_error
    }

    /// Adds a value: verbatim with its name, or masked without one.
    fn say(&mut self, name: &str, value: &str) {
        if value.is_empty() {
            return;
        }
        if !self.template.is_empty() {
            self.template.push_str(" | ");
        }
        if name.is_empty() {
            return mask::push(value, &mut self.template);
        }
        self.template.push_str(name);
        self.template.push_str(": ");
        self.template.extend(value.chars().take(20));
    }
}

/// Finds the parts of names in [`MESSAGES`].
static MESSAGE: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::builder().ascii_case_insensitive(true).build(MESSAGES).ok());

/// Returns whether a field holds a message, by its name.
fn is_message(Pair { name, value, .. }: Pair<'_>) -> bool {
    MESSAGE.as_ref().is_some_and(|parts| parts.is_match(name)) && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Beginnings of the levels of errors.
const BAD_LEVELS: [&str; 7] = ["err", "fatal", "crit", "alert", "emerg", "panic", "severe"];

/// Parts of field names, with the beginnings of error values.
///
/// The fields hold a status or a level.
pub(crate) const NAMES: [(&str, &[&str]); 3] =
    [("status", &["4", "5"]), ("level", &BAD_LEVELS), ("severity", &BAD_LEVELS)];

/// Finds records that may have a status or a level.
static CLASSING: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new("tatus|TATUS|evel|EVEL|everity|EVERITY").ok());

/// Returns whether the name of a field is that of a status.
fn is_status_name(name: &str) -> bool {
    let code = ["Code", "code", "CODE"].iter().find_map(|end| name.strip_suffix(end));
    let name = code.map_or(name, |name| name.trim_end_matches(['_', '-']));
    ["status", "Status", "STATUS"].iter().any(|end| name.ends_with(end))
}

/// Returns whether a field holds a level, by its name.
fn is_level_name(name: &str) -> bool {
    ["level", "Level", "LEVEL", "severity", "Severity", "SEVERITY"].iter().any(|end| name.ends_with(end))
}

fn is_bad_level(value: &str) -> bool {
    BAD_LEVELS.iter().any(|bad| value.get(..bad.len()).is_some_and(|it| it.eq_ignore_ascii_case(bad)))
}

/// Returns whether a field holds an error whenever it holds a value.
fn is_error_name(name: &str) -> bool {
    name.eq_ignore_ascii_case("error") || name.eq_ignore_ascii_case("exception")
}

/// Returns whether a value does not mean "none".
fn says_something(value: &str) -> bool {
    let is = |nothing: &&str| value.eq_ignore_ascii_case(nothing);
    !["", "-", "0", "null", "nil", "none", "false", "undefined"].iter().any(is)
}

/// Returns whether a line is a setting of NGINX.
///
/// Example: `proxy_next_upstream error timeout;`.
fn is_directive(text: &str) -> bool {
    let Some(words) = text.trim().strip_suffix(';') else { return false };
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let mut words = words.split_ascii_whitespace();
    words.next().is_some_and(|first| first.contains('_') && first.bytes().all(is_name))
        && words.all(|word| word.bytes().all(is_name))
}

/// Returns whether a line is a command typed in a shell.
///
/// Examples: `$ timeout 5 nc -v app.example.com 443`, `ops@web1:~$ grep error app.log`.
fn is_typed_command(text: &str) -> bool {
    let Some((prompt, command)) = text.trim_start().split_once("$ ") else { return false };
    let is_prompt = prompt.is_empty() || prompt.contains('@') && !prompt.contains(' ');
    is_prompt && command.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '(' | '/' | '.'))
}

/// Visits every value of the records in a text, however truncated.
///
/// `at` is the position of the text in its line.
fn each_pair<'t>(text: &'t str, at: usize, depth: usize, take: &mut dyn FnMut(Pair<'t>)) {
    let bytes = text.as_bytes();
    // A name is that of one value, or of those in a list.
    let (mut name, mut is_of_list) = ("", false);
    let mut from = 0;
    while let Some(quoted) = quoted(text, from) {
        from = quoted.end;
        let after = skip(bytes, from, |byte| byte.is_ascii_whitespace());
        if bytes.get(after) != Some(&b':') {
            if depth > 0 && quoted.text.starts_with('{') && quoted.text.contains('"') {
                each_pair(quoted.text, at + quoted.start, depth - 1, take);
            } else {
                take(Pair { name, value: quoted.text, at: at + quoted.start });
            }
            if !is_of_list {
                name = "";
            }
            continue;
        }
        name = quoted.text;
        let start = skip(bytes, after + 1, |byte| byte.is_ascii_whitespace());
        is_of_list = bytes.get(start) == Some(&b'[');
        match bytes.get(start) {
            None => return,
            Some(b'"' | b'\\' | b'{' | b'[') => {}
            Some(_) => {
                let end = skip(bytes, start, |byte| !matches!(byte, b',' | b'}' | b']' | b'"' | b'\\' | b' '));
                take(Pair { name, value: text.get(start..end).unwrap_or_default(), at: at + start });
                name = "";
            }
        }
    }
}

/// A quoted text, and where it ends in the text around it.
struct Quoted<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

/// Returns the next quoted text.
///
/// Escaped quotes match if they have equally many backslashes.
fn quoted(text: &str, from: usize) -> Option<Quoted<'_>> {
    let bytes = text.as_bytes();
    let open = from + memchr::memchr(b'"', bytes.get(from..)?)?;
    let slashes = backslashes(bytes, open);
    let mut close = open;
    loop {
        let next = close + 1;
        // A torn text has no end.
        let Some(found) = memchr::memchr(b'"', bytes.get(next..)?) else {
            return Some(Quoted { text: text.get(open + 1..)?, start: open + 1, end: bytes.len() });
        };
        close = next + found;
        let before = backslashes(bytes, close).min(close - open - 1);
        if before == slashes || (slashes == 0 && before.is_multiple_of(2)) {
            let text = text.get(open + 1..close - before.min(slashes))?;
            return Some(Quoted { text, start: open + 1, end: close + 1 });
        }
    }
}

/// Counts the backslashes before a position.
fn backslashes(bytes: &[u8], at: usize) -> usize {
    bytes.get(..at).unwrap_or_default().iter().rev().take_while(|byte| **byte == b'\\').count()
}

fn skip(bytes: &[u8], from: usize, what: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    from + rest.iter().position(|byte| !what(*byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(text: &str) -> Option<String> {
        Templater::default().template(text, &places(text)).map(str::to_owned)
    }

    #[test]
    fn the_telling_part_of_trouble_is_its_template() {
        for (text, expected) in [
            ("2026-01-15T10:20:30Z worker 7: disk error on sda1", "<time> worker <n>: disk error on sda<n>"),
            (r#"{"level":"error","msg":"disk 3 is full","id":7}"#, "error | disk <n> is full"),
            (r#"{"time":1,"error":"EPIPE","ok":false}"#, "EPIPE"),
            (r#"{"data":{"status":403,"request":"GET /x/1","agent":"error"}}"#, "status: 403"),
            (r#"{"a":"502, 502","lbStatusCode":"200, 502"}"#, "lbStatusCode: 200, 502"),
            (r#"{"data":"{\"msg\":\"it \\\"really\\\" failed\",\"n\":1}"}"#, r#"it \\\"really\\\" failed"#),
            (r#"Jan 15 host: refused {"a":1,"b":"c"}"#, "Jan <n> host: refused"),
            (r#"1.2.3.4 - - [15/Jan/2026:10:20:30 +0000] "GET /a/7?x=y HTTP/1.1" 503 9"#, "GET /a/<n> 503"),
            (
                "10:20:30 log.go:169: Dump Response HTTP/1.1 400 Bad Request",
                "<time> log.go:<n>: Dump Response HTTP/<n> <n> Bad Request",
            ),
            (r#"{"level":"fatal","n":1}"#, "fatal"),
            (r#"{"msg":"could not rea"#, "could not rea"),
            (r#"{"status":["200","502"],"a":"b"}"#, "status: 200 | status: 502"),
        ] {
            assert_eq!(template(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn what_is_ordinary_is_no_trouble() {
        for text in [
            "",
            "all is well",
            r#"{"status":200,"path":"/error","note":"timeout"}"#,
            r#"{"data":{"status":404,"request":"GET /x/1","agent":"error"}}"#,
            r#"1.2.3.4 - - [15/Jan/2026:10:20:30 +0000] "GET /error HTTP/1.1" 404 9"#,
            "    proxy_next_upstream error timeout;",
            "$ timeout 5 nc -v app.example.com 443",
            "ops@web1:~$ grep error app.log",
            r#"{"status":"301","error":"yes"}"#,
            "10:20:30 Dump Response HTTP/1.1 404 Not Found",
            "10:20:30 Dump Response HTTP/1.1 200 OK",
            "< HTTP/1.1 502 Bad Gateway",
            "10:20:30.123456 < HTTP/2 502",
            "  HTTP/1.1 502 Bad Gateway",
            "10:20:30 GET /x HTTP/1.1 400 17 0.002",
            "10:20:30 GET /x HTTP/1.1 400",
            r#"{"errorLog":{"type":"General","errorDetails":"Missed 100 access logs"}}"#,
            r#"{"error":null,"exception":"","failed":0}"#,
            r#"1.2.3.4 - - [15/Jan/2026:10:20:30 +0000] "GET /error HTTP/1.1" 200 9 "-" "failed""#,
            r#"{"level":"info","msg":"done with 0 errors"}"#,
            // A torn record has no status.
            r#"{"status":"204","bytes"4"402"}"#,
            r#"{"status":204,"bytes"4"402"}"#,
        ] {
            assert_eq!(template(text), None, "{text}");
        }
    }
}
