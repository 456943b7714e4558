//! Measures, cuts and wraps text by its width on a terminal.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the number of columns that a text takes on a terminal.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Cuts a text to `columns`, and ends it with `ellipsis` if cut.
pub fn fit(text: &str, columns: usize, ellipsis: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let room = columns.saturating_sub(width(ellipsis));
    let mut fitted = take_columns(text, room).0.to_owned();
    if width(ellipsis) <= columns {
        fitted.push_str(ellipsis);
    }
    fitted
}

/// Returns the first sentence of a text.
///
/// It ends with a full stop before a space and a capital letter, a digit or a quote; a text without one is one sentence.
pub fn first_sentence(text: &str) -> &str {
    let begins_sentence = |rest: &str| rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '"');
    let ends = text.match_indices(". ").find(|(at, stop)| text.get(at + stop.len()..).is_some_and(begins_sentence));
    ends.and_then(|(at, _)| text.get(..=at)).unwrap_or(text)
}

/// Returns the longest end of a text that fits into `columns`.
pub fn end_that_fits(text: &str, columns: usize) -> &str {
    let mut used = 0;
    let mut start = text.len();
    for (at, grapheme) in text.grapheme_indices(true).rev() {
        used += width(grapheme);
        if used > columns {
            break;
        }
        start = at;
    }
    text.get(start..).unwrap_or_default()
}

/// Splits a text after the last whole grapheme that fits into `columns`.
fn take_columns(text: &str, columns: usize) -> (&str, &str) {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > columns {
            return text.split_at(at);
        }
    }
    (text, "")
}

/// Breaks a text into lines, between words where possible.
///
/// A line has at most `columns`. A word that is wider than a line, and text without spaces (Chinese, for example), is
/// broken between graphemes, behind a comma if there is one, and an address behind a slash or a dash. `\n` always ends a line. The result has at least one line.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        wrap_paragraph(paragraph, columns, &mut lines);
    }
    lines
}

fn wrap_paragraph(paragraph: &str, columns: usize, lines: &mut Vec<String>) {
    let mut line = String::new();
    for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
        let gap = usize::from(!line.is_empty());
        let room = columns.saturating_sub(width(&line) + gap);
        if width(word) <= room {
            if gap == 1 {
                line.push(' ');
            }
            line.push_str(word);
            continue;
        }
        let breaks_anywhere = word.chars().any(is_wide) && room >= 2;
        let separators = if word.contains("://") { URL_SEPARATORS } else { SEPARATORS };
        let mut rest = word;
        if breaks_anywhere {
            let (head, tail) = take_columns(word, room);
            if gap == 1 && !head.is_empty() {
                line.push(' ');
            }
            line.push_str(head);
            rest = tail;
        }
        if !line.is_empty() {
            lines.push(std::mem::take(&mut line));
        }
        loop {
            let (head, tail) = take_columns(rest, columns);
            if tail.is_empty() {
                break;
            }
            if head.is_empty() {
                // The grapheme is wider than the line, so it is left out.
                let mut graphemes = rest.graphemes(true);
                graphemes.next();
                rest = graphemes.as_str();
                continue;
            }
            let head = to_separator(head, separators);
            lines.push(head.to_owned());
            rest = rest.get(head.len()..).unwrap_or_default();
        }
        line.push_str(rest);
    }
    lines.push(line);
}

/// Breaks a text into lines between words alone.
///
/// A word that is wider than a line has a line of its own, so that an address can be read and copied. Text without spaces
/// is broken as [`wrap`] does.
pub fn wrap_words(text: &str, columns: usize) -> Vec<String> {
    if text.chars().any(is_wide) {
        return wrap(text, columns);
    }
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ').filter(|word| !word.is_empty()) {
            if !line.is_empty() && width(&line) + 1 + width(word) > columns {
                lines.push(std::mem::take(&mut line));
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines
}

/// Breaks a line of a log, and keeps its white space.
///
/// It breaks behind a space or a comma where possible. The result has at least one line.
pub fn cut(line: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(1);
    let mut lines = Vec::new();
    let mut rest = line;
    loop {
        let (head, tail) = take_columns(rest, columns);
        if tail.is_empty() {
            lines.push(head.to_owned());
            return lines;
        }
        if head.is_empty() {
            // The grapheme is wider than the line, so it is left out.
            let mut graphemes = rest.graphemes(true);
            graphemes.next();
            rest = graphemes.as_str();
            continue;
        }
        let head = if tail.starts_with(' ') { head } else { to_separator(head, SEPARATORS) };
        lines.push(head.trim_end().to_owned());
        rest = rest.get(head.len()..).unwrap_or_default().trim_start_matches(' ');
        if rest.is_empty() {
            return lines;
        }
    }
}

/// Where a record is broken.
const SEPARATORS: &[char] = &[' ', ',', ';', '&'];

/// Where an address is broken, so that none of its words is.
const URL_SEPARATORS: &[char] = &['/', '-', '_', '?', '=', '&', '#', '.'];

/// Shortens a piece of a word to its last separator.
///
/// It keeps the whole piece if less than half of it would remain. Records and addresses are read part by part.
fn to_separator<'p>(part: &'p str, separators: &[char]) -> &'p str {
    let end = part.rfind(separators).map_or(0, |at| at + 1);
    if end * 2 >= part.len() { part.get(..end).unwrap_or(part) } else { part }
}

fn is_wide(character: char) -> bool {
    unicode_width::UnicodeWidthChar::width(character) == Some(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_log_is_cut_with_its_spaces() {
        assert_eq!(cut("  a   b", 20), ["  a   b"]);
        assert_eq!(cut("10:20  5     17", 12), ["10:20  5", "17"]);
        assert_eq!(cut(r#"   "a": 1, "b": 2"#, 11), [r#"   "a": 1,"#, r#""b": 2"#]);
        assert_eq!(cut("", 5), [""]);
        assert_eq!(cut("abcdef", 4), ["abcd", "ef"]);
        assert_eq!(cut("日", 1), [""]);
    }

    #[test]
    fn text_is_wrapped_between_words() {
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap("one\n\ntwo", 7), ["one", "", "two"]);
        assert_eq!(wrap("", 7), [""]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("a abcdefghij", 4), ["a", "abcd", "efgh", "ij"]);
        assert_eq!(wrap(r#"{"a":1,"b":22,"c":3}"#, 9), [r#"{"a":1,"#, r#""b":22,"#, r#""c":3}"#]);
        assert_eq!(wrap("a,bcdefghij", 6), ["a,bcde", "fghij"], "not for every comma");
        assert_eq!(wrap("https://a.example/one/two-three", 26), ["https://a.example/one/two-", "three"]);
        assert_eq!(wrap("https://a.example/one/twothree", 26), ["https://a.example/one/", "twothree"]);
        assert_eq!(wrap("日本語日本語", 5), ["日本", "語日", "本語"]);
        assert_eq!(wrap("a 日本語", 5), ["a 日", "本語"]);
        assert_eq!(wrap("日", 1), [""], "what cannot be shown does not loop");
    }

    #[test]
    fn text_in_lines_is_never_broken_inside_a_word() {
        assert_eq!(wrap_words("one two three", 7), ["one two", "three"]);
        assert_eq!(wrap_words("see https://example.com/a/b now", 8), ["see", "https://example.com/a/b", "now"]);
        assert_eq!(wrap_words("one\n\ntwo", 7), ["one", "", "two"]);
        assert_eq!(wrap_words("", 7), [""]);
        assert_eq!(wrap_words("日本語日本語", 5), ["日本", "語日", "本語"]);
    }

    #[test]
    fn text_is_cut_to_columns() {
        assert_eq!(fit("abc", 3, "…"), "abc");
        assert_eq!(fit("abcd", 3, "…"), "ab…");
        assert_eq!(fit("日本語", 5, "…"), "日本…");
        assert_eq!(fit("abcd", 0, "…"), "");
        for (text, columns, end) in
            [("abc", 3, "abc"), ("abcd", 3, "bcd"), ("日本語", 5, "本語"), ("a", 0, ""), ("", 3, "")]
        {
            assert_eq!(end_that_fits(text, columns), end, "{text}");
        }
    }
}
