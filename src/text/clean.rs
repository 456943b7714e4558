//! Cleans text from outside.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

/// The columns between two tab stops.
const TAB: usize = 4;

const LINE_SEPARATOR: char = '\u{2028}';
const PARAGRAPH_SEPARATOR: char = '\u{2029}';

/// Removes everything from a text that could act on a terminal.
///
/// These are escape sequences, control characters, and marks that reorder or hide text. Line ends become `\n`, tabs
/// become spaces.
pub fn clean(text: &str) -> String {
    // Nearly all text is harmless, and every text of every tree is cleaned at start.
    if is_printable_ascii(text) || text.chars().all(|character| character == '\n' || is_kept(character)) {
        return text.to_owned();
    }
    let joined = text.replace("\r\n", "\n");
    let stripped = anstream::adapter::strip_str(&joined).to_string();
    let mut cleaned = String::with_capacity(stripped.len());
    let mut column = 0;
    for character in stripped.chars() {
        match character {
            '\n' | '\r' | '\u{85}' | LINE_SEPARATOR | PARAGRAPH_SEPARATOR => {
                cleaned.push('\n');
                column = 0;
            }
            '\t' => {
                let spaces = TAB - column % TAB;
                cleaned.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            }
            shown if is_kept(shown) => {
                cleaned.push(shown);
                column += 1;
            }
            _ => {}
        }
    }
    cleaned
}

/// Returns a text in which every line ends with `\n`.
pub fn line_ends(text: &str) -> Cow<'_, str> {
    match text.contains('\r') {
        true => Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")),
        false => Cow::Borrowed(text),
    }
}

/// Cleans a text and folds it into one line.
pub fn clean_line(text: &str) -> String {
    if is_folded_ascii(text) {
        return text.trim_matches(' ').to_owned();
    }
    fold_space(&clean(text))
}

/// Replaces runs of white space by a space, and trims both ends.
pub fn fold_space(text: &str) -> String {
    // Most text of logs is folded already.
    if is_folded_ascii(text) {
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

/// Returns whether a text is printable ASCII with single spaces.
pub fn is_folded_ascii(text: &str) -> bool {
    static SPACES: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("  "));
    is_printable_ascii(text) && SPACES.find(text.as_bytes()).is_none()
}

/// Returns whether all characters of a text are printable ASCII.
fn is_printable_ascii(text: &str) -> bool {
    // Without a branch for each byte, so that the compiler uses vectors.
    let is_printable = |part: &[u8]| part.iter().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'));
    text.as_bytes().chunks(64).all(is_printable)
}

/// Returns whether cleaning keeps a character as it is.
fn is_kept(character: char) -> bool {
    let is_line_end = matches!(character, LINE_SEPARATOR | PARAGRAPH_SEPARATOR);
    !character.is_control() && !is_line_end && !is_invisible(character)
}

/// Returns whether a character has no width, or reorders its neighbors.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
    )
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
}
