//! Reads names with values from text, and splits values.

use std::borrow::Cow;

use super::field_list::FieldList;

/// Reads the pairs of a text, at most `most`.
///
/// A pair is `name: "value"`, `'name': 'value'` or `name=value`, also with backslashes before the quotes. A name begins
/// with an ASCII letter. The last value may have lost its closing quote. Passes each pair on, with quotes in its value as
/// they are.
pub(super) fn loose_pairs(text: &str, most: usize, take: &mut dyn FnMut(&str, &str)) {
    let (mut from, mut at, mut count) = (0, 0, 0);
    while let Some(found) = memchr::memchr2(b':', b'=', text.as_bytes().get(at..).unwrap_or_default()) {
        let sign = at + found;
        at = sign + 1;
        if let Some(name) = text.get(from..sign).and_then(name_at_end) {
            let rest = text.get(at..).unwrap_or_default();
            let (value, after) = value_at_start(rest);
            take(name, &value);
            at = text.len() - after.len();
            from = at;
            count += 1;
            if count >= most {
                break;
            }
        }
    }
}

/// Returns the name at the end of a text.
///
/// A `:` or `=` follows the text.
fn name_at_end(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let text = text.strip_suffix(['"', '\'']).unwrap_or(text).trim_end_matches('\\');
    let is_part = |character: char| character.is_alphanumeric() || matches!(character, '_' | '-');
    let start = text.trim_end_matches(is_part).len();
    let name = text.get(start..)?.trim_start_matches(|character: char| !character.is_ascii_alphabetic());
    (!name.is_empty()).then_some(name)
}

/// Returns the value at the start of a text, and the rest.
fn value_at_start(text: &str) -> (Cow<'_, str>, &str) {
    let text = text.trim_start();
    if let Some(quoted) = text.strip_prefix('"')
        && let Some((value, rest)) = end_of_quoted(quoted).and_then(|end| quoted.split_at_checked(end))
    {
        return (unescaped(value), rest.strip_prefix('"').unwrap_or(rest));
    }
    if let Some(quoted) = text.trim_start_matches('\\').strip_prefix('"') {
        let end = memchr::memchr2(b'"', b'\\', quoted.as_bytes()).unwrap_or(quoted.len());
        let (value, rest) = quoted.split_at(end);
        if rest.is_empty() {
            return (Cow::Borrowed(value), rest);
        }
        if let Some(rest) = rest.trim_start_matches('\\').strip_prefix('"') {
            return (Cow::Borrowed(value), rest);
        }
    }
    if let Some(quoted) = text.strip_prefix('\'')
        && let Some((value, rest)) = end_of_single_quoted(quoted).and_then(|end| quoted.split_at_checked(end))
    {
        return (Cow::Borrowed(value), rest.strip_prefix('\'').unwrap_or(rest));
    }
    let is_end = |character: char| {
        character.is_whitespace() || matches!(character, ',' | ';' | '{' | '}' | '[' | ']' | '"' | '\\')
    };
    let (value, rest) = text.split_at(text.find(is_end).unwrap_or(text.len()));
    (Cow::Borrowed(value), rest)
}

/// Returns a value without the backslashes before quotes and backslashes.
fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('\\') {
        return Cow::Borrowed(value);
    }
    let mut text = String::with_capacity(value.len());
    let mut characters = value.chars().peekable();
    while let Some(character) = characters.next() {
        match characters.peek() {
            Some(escaped @ ('"' | '\\')) if character == '\\' => {
                text.push(*escaped);
                characters.next();
            }
            _ => text.push(character),
        }
    }
    Cow::Owned(text)
}

/// Splits a value at commas, and at colons between spaces.
///
/// Values that stand for "empty" are left out.
pub(super) fn split(written: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(written);
    let parts = std::iter::from_fn(move || {
        let text = rest?;
        let is_between_spaces = |at: usize| {
            text.get(..at).is_some_and(|it| it.ends_with(' '))
                && text.get(at + 1..).is_some_and(|it| it.starts_with(' '))
        };
        let mut signs = memchr::memchr2_iter(b',', b':', text.as_bytes());
        let is_comma = |at: usize| text.as_bytes().get(at) == Some(&b',');
        let sign = signs.find(|at| is_comma(*at) || is_between_spaces(*at));
        rest = sign.and_then(|at| text.get(at + if is_comma(at) { 1 } else { 2 }..));
        text.get(..sign.unwrap_or(text.len()))
    });
    parts.map(str::trim).filter(|part| !part.is_empty() && *part != "-")
}

/// The fewest pairs of a line in logfmt.
///
/// Free text has a pair or two now and then.
const FEWEST_PAIRS: usize = 3;

/// Reads a line that is nothing but pairs: `level=error msg="not found" status=404`.
///
/// `None` if anything else is in it.
pub(super) fn logfmt(text: &str, most: usize) -> Option<FieldList> {
    let mut values = FieldList::default();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=')?;
        let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '-' | '.' | '@' | '/');
        if !name.starts_with(|it: char| it.is_alphabetic() || it == '_') || !name.chars().all(is_part) {
            return None;
        }
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_at(end_of_quoted(quoted)?),
            None => after.split_at(after.find(' ').unwrap_or(after.len())),
        };
        if value.starts_with('=') || value.ends_with(',') {
            return None;
        }
        values.push(name, value);
        let after = after.strip_prefix('"').unwrap_or(after);
        rest = match after.strip_prefix(' ') {
            Some(next) => next,
            None if after.is_empty() => after,
            None => return None,
        };
        if values.len() >= most {
            break;
        }
    }
    (values.len() >= FEWEST_PAIRS).then_some(values)
}

/// Returns the position of the quote that ends a text.
fn end_of_quoted(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let found = at + memchr::memchr2(b'"', b'\\', text.as_bytes().get(at..)?)?;
        if text.as_bytes().get(found) == Some(&b'"') {
            return Some(found);
        }
        at = found + 2;
    }
}

/// Bytes of the longest value in single quotes.
///
/// 4 KiB are longer than any message of a tool. Without a limit, a line of opening quotes would take quadratic time.
const LONGEST_SINGLE_QUOTED: usize = 4 << 10;

/// Returns the position of the single quote that ends a text.
///
/// An apostrophe is followed by a letter.
fn end_of_single_quoted(text: &str) -> Option<usize> {
    let beginning = text.as_bytes().get(..text.len().min(LONGEST_SINGLE_QUOTED))?;
    let mut quotes = memchr::memchr_iter(b'\'', beginning);
    quotes.find(|quote| {
        let after = text.as_bytes().get(quote + 1);
        after.is_none_or(|after| after.is_ascii_whitespace() || matches!(after, b',' | b';' | b'}' | b']' | b')'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(text: &str) -> Option<Vec<(String, String)>> {
        let read = logfmt(text, 100)?;
        Some(read.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    #[test]
    fn a_line_of_pairs_is_logfmt() {
        let read = pairs(r#"level=error msg="dial tcp: \"x\" refused" status=502 empty= took=3ms"#).unwrap();
        let expected = [
            ("level", "error"),
            ("msg", r#"dial tcp: \"x\" refused"#),
            ("status", "502"),
            ("empty", ""),
            ("took", "3ms"),
        ];
        assert_eq!(read, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn pairs_may_have_single_quotes() {
        let mut read = Vec::new();
        let text = "Error: {'service': 'web', 'status': 404, 'note': 'it's an apostrophe', 'last': 'cut";
        loose_pairs(text, 100, &mut |name, value| read.push(format!("{name}={value}")));
        assert_eq!(read[1..], ["service=web", "status=404", "note=it's an apostrophe", "last='cut"]);
    }

    #[test]
    fn free_text_with_pairs_is_not() {
        for text in ["", "a=1 b=2", "retry a=1 b=2 c=3", "a=1 b=2 c=3 gave up", "a=1 b=2 c=\"cut", "x==y a=1, b=2"] {
            assert_eq!(pairs(text), None, "{text}");
        }
    }
}
