//! The one door for text from outside: log lines, pasted text, arguments, the trees of a user.
//!
//! Whatever passes [`clean`] can be shown, printed or written without acting on the terminal. Beside it stand the
//! questions of layout that depend on the text alone: how wide it is, where it breaks.
//! Knows nothing of trees, walks or screens.

mod clean_text;

use std::borrow::Cow;

pub use clean_text::CleanText;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Columns between two tab stops.
const TAB: usize = 4;

/// Removes all that could act on a terminal: escape sequences, control characters, marks that reorder or hide text.
/// Line ends become `\n`, tabs become spaces.
pub fn clean(text: &str) -> String {
    // Nearly all text is harmless, and every text of every tree comes through here at start.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let joined = text.replace("\r\n", "\n");
    let stripped = anstream::adapter::strip_str(&joined).to_string();
    let mut cleaned = String::with_capacity(stripped.len());
    let mut column = 0;
    for character in stripped.chars() {
        match character {
            '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                cleaned.push('\n');
                column = 0;
            }
            '\t' => {
                let spaces = TAB - column % TAB;
                cleaned.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            hidden if hidden.is_control() || is_invisible(hidden) => {}
            shown => {
                cleaned.push(shown);
                column += 1;
            }
        }
    }
    cleaned
}

/// The text with `\n` at the end of every line, whatever ended it before.
pub fn line_ends(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    }
}

/// As [`clean`], on one line: every run of white space becomes one space, none stands at either end.
pub fn clean_line(text: &str) -> String {
    fold_space(&clean(text))
}

/// Every run of white space becomes one space; none stands at either end.
pub fn fold_space(text: &str) -> String {
    // Most text of logs is folded already.
    let is_space_alone = |pair: &[u8]| !matches!(pair, [b' ', b' ']);
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) && text.as_bytes().windows(2).all(is_space_alone) {
        return text.trim_matches(' ').to_owned();
    }
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// Marks that have no width, or that change the order in which their neighbours are drawn.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// How many columns the text takes on a terminal.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// The longest beginning of the text that fits into `columns`, closed with `ellipsis` where something is cut.
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

/// The longest end of the text that fits into `columns`.
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

/// Splits after as many whole graphemes as fit into `columns`.
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

/// Breaks the text into lines of at most `columns`, between words where it can: a word that is wider than a line, and
/// text without spaces such as Chinese, is broken between graphemes, behind a comma if there is one. `\n` always ends a line. Never empty.
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
                // One grapheme is wider than the line: it cannot be shown whole, and must not stop the rest.
                let mut graphemes = rest.graphemes(true);
                graphemes.next();
                rest = graphemes.as_str();
                continue;
            }
            let head = to_a_joint(head);
            lines.push(head.to_owned());
            rest = rest.get(head.len()..).unwrap_or_default();
        }
        line.push_str(rest);
    }
    lines.push(line);
}

/// Cuts a line of a log or of an output into lines of at most `columns`, with all its white space: behind a space or a
/// comma where it can. Never empty.
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
            // One grapheme is wider than the line: it cannot be shown whole, and must not stop the rest.
            let mut graphemes = rest.graphemes(true);
            graphemes.next();
            rest = graphemes.as_str();
            continue;
        }
        let head = if tail.starts_with(' ') { head } else { to_a_joint(head) };
        lines.push(head.trim_end().to_owned());
        rest = rest.get(head.len()..).unwrap_or_default().trim_start_matches(' ');
        if rest.is_empty() {
            return lines;
        }
    }
}

/// As much of a part of a long word as ends at a mark between its parts, if that is half of it at least: records and
/// addresses are read part by part.
fn to_a_joint(part: &str) -> &str {
    let joint = part.rfind([' ', ',', ';', '&']).map_or(0, |at| at + 1);
    if joint * 2 >= part.len() { part.get(..joint).unwrap_or(part) } else { part }
}

fn is_wide(character: char) -> bool {
    unicode_width::UnicodeWidthChar::width(character) == Some(2)
}

/// Bytes for people, in decimal units: `987 bytes`, `12 kB`, `3.4 GB`.
pub fn size(bytes: u64) -> String {
    const UNITS: [(u64, &str); 4] =
        [(1_000_000_000_000, "TB"), (1_000_000_000, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    // What would be rounded up to 1000 of a unit is said as 1 of the next.
    let unit = UNITS.into_iter().find(|(unit, _)| bytes.saturating_add(unit / 2000) >= *unit);
    let Some((unit, name)) = unit else {
        return if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") };
    };
    let tenths = (u128::from(bytes) * 10 + u128::from(unit / 2)) / u128::from(unit);
    match tenths {
        0..100 if tenths % 10 != 0 => format!("{}.{} {name}", tenths / 10, tenths % 10),
        _ => format!("{} {name}", (u128::from(bytes) + u128::from(unit / 2)) / u128::from(unit)),
    }
}

/// `1 cause`, `2 causes`: a number with its word, in the plural where it must be.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The known word that is closest to `written`, if one is close enough to be what was meant.
pub fn did_you_mean<'k>(written: &str, known: impl IntoIterator<Item = &'k str>) -> Option<&'k str> {
    // The comparison takes time and memory by the product of both lengths.
    const LONGEST: usize = 80;
    if written.len() > LONGEST {
        return None;
    }
    // A part of this length is no accident.
    const PART: usize = 4;
    let written = written.to_lowercase();
    let limit = (written.chars().count() / 3).max(1);
    let known: Vec<&str> = known.into_iter().filter(|word| word.len() <= LONGEST).collect();
    let near = known
        .iter()
        .map(|word| (strsim::damerau_levenshtein(&written, &word.to_lowercase()), *word))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word);
    near.or_else(|| known.into_iter().find(|word| written.len() >= PART && word.to_lowercase().contains(&written)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_acts_on_a_terminal_passes_the_door() {
        let cases = [
            ("plain", "plain"),
            ("\u{1b}[31mred\u{1b}[0m", "red"),
            ("a\u{1b}]52;c;aGk=\u{7}b", "ab"),
            ("a\u{1b}]8;;http://x\u{1b}\\link\u{1b}]8;;\u{1b}\\b", "alinkb"),
            ("a\u{1b}P1$r0m\u{1b}\\b", "ab"),
            ("bell\u{7}", "bell"),
            ("one\r\ntwo\rthree", "one\ntwo\nthree"),
            ("fix\tresolv", "fix resolv"),
            ("\tx", "    x"),
            ("safe\u{202e}txt.exe", "safetxt.exe"),
            ("zero\u{200b}width\u{feff}", "zerowidth"),
            ("c1\u{9b}31mred", "c131mred"),
            ("NUL\0", "NUL"),
            ("日本", "日本"),
        ];
        for (dirty, expected) in cases {
            assert_eq!(clean(dirty), expected, "{dirty:?}");
        }
    }

    #[test]
    fn lines_are_folded() {
        assert_eq!(clean_line("  a \n\t b  "), "a b");
        assert_eq!(clean_line(""), "");
    }

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
        assert_eq!(wrap("日本語日本語", 5), ["日本", "語日", "本語"]);
        assert_eq!(wrap("a 日本語", 5), ["a 日", "本語"]);
        assert_eq!(wrap("日", 1), [""], "what cannot be shown does not loop");
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

    #[test]
    fn a_slip_of_the_hand_is_understood() {
        let known = ["card", "cards", "ask", "then"];
        assert_eq!(did_you_mean("crad", known), Some("card"));
        assert_eq!(did_you_mean("Ask", known), Some("ask"));
        assert_eq!(did_you_mean("zebra", known), None);
        assert_eq!(did_you_mean("gateway", ["bad-gateway", "page"]), Some("bad-gateway"));
    }

    #[test]
    fn sizes_are_round() {
        let cases = [
            (0, "0 bytes"),
            (1, "1 byte"),
            (999, "999 bytes"),
            (1_000, "1 kB"),
            (1_250, "1.3 kB"),
            (9_949, "9.9 kB"),
            (9_960, "10 kB"),
            (123_456, "123 kB"),
            (999_999, "1 MB"),
            (999_999_999, "1 GB"),
            (2_500_000_000_000, "2.5 TB"),
        ];
        for (bytes, said) in cases {
            assert_eq!(size(bytes), said);
        }
    }
}
