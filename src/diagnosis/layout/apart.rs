//! Taking a line apart: into values, and what stands between them.

use super::plain;

/// What ends a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// The quote that closes it.
    Quote,
    /// What may stand behind a number in a record.
    Mark,
    /// A byte behind a dash, where all before it is plain: a word follows that is always the same.
    Word(u8),
    /// There is no value: the line ends.
    Line,
}

impl Ends {
    /// Whether the value stands in quotes.
    pub(super) fn is_quoted(self) -> bool {
        matches!(self, Ends::Quote | Ends::Word(_))
    }

    /// Whether a value ends before a byte.
    pub(super) fn at(self, byte: u8) -> bool {
        match self {
            Ends::Quote => byte == b'"',
            Ends::Mark => matches!(byte, b',' | b'}' | b']') || byte.is_ascii_whitespace(),
            Ends::Word(first) => byte == first,
            Ends::Line => true,
        }
    }
}

/// What stands before a value, and the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part<'l> {
    pub(super) text: &'l [u8],
    pub(super) ends: Ends,
    pub(super) value: &'l [u8],
}

impl<'l> Part<'l> {
    /// The name of the value, as it is written.
    pub(super) fn name(&self) -> Option<&'l [u8]> {
        let before = self.text.strip_suffix(b"\"").filter(|_| self.ends.is_quoted()).unwrap_or(self.text);
        let before = before.trim_ascii_end().strip_suffix(b":")?.trim_ascii_end().strip_suffix(b"\"")?;
        before.get(memchr::memrchr(b'"', before)? + 1..)
    }
}

/// A shorter text between values does not keep them apart: no window is longer by more than one byte.
const SHORTEST: usize = 6;

/// So many plain bytes with a dash behind them, and no more than so many others, are an id with a word.
const LONG: usize = 16;
const WORD: usize = 12;

/// So many times eight bytes are looked through for the end of a value.
const EIGHTS: usize = plain::MOST / 8 + 1;

/// Where a value ends with which a text begins; `None` if that is not to be seen.
pub(super) fn end_of(text: &[u8], ends: Ends) -> Option<usize> {
    match ends {
        Ends::Quote => find(text, b'"').or_else(|| memchr::memchr(b'"', text)),
        Ends::Mark => {
            let end = text.iter().position(|byte| ends.at(*byte) || *byte == b'"')?;
            (text.get(end) != Some(&b'"')).then_some(end)
        }
        Ends::Word(_) => before_word(text),
        Ends::Line => Some(0),
    }
}

/// Where a byte stands in a text, if it stands near its beginning.
#[inline(always)]
pub(super) fn find(text: &[u8], byte: u8) -> Option<usize> {
    const LOW: u64 = u64::from_ne_bytes([1; 8]);
    let wanted = u64::from_ne_bytes([byte; 8]);
    let (eights, _) = text.as_chunks::<8>();
    for (number, eight) in eights.iter().enumerate().take(EIGHTS) {
        // A byte that is zero borrows from its highest bit; the first one that does is zero.
        let differing = u64::from_le_bytes(*eight) ^ wanted;
        let zeros = differing.wrapping_sub(LOW) & !differing & (LOW << 7);
        if zeros != 0 {
            return Some(number * 8 + zeros.trailing_zeros() as usize / 8);
        }
    }
    None
}

/// Takes a whole line with its end apart: the values of names, and what stands between them. `None` if that is not what
/// a record looks like.
pub(super) fn take_apart(line: &[u8]) -> Option<Vec<Part<'_>>> {
    if line.last() != Some(&b'\n') {
        return None;
    }
    let mut parts = Vec::new();
    // Where what stands before the next value begins, and how far it is known.
    let (mut start, mut at) = (0, 0);
    while let Some(begin) = next_value(line, at) {
        let is_quoted = line.get(begin - 1) == Some(&b'"');
        let ends = if is_quoted { Ends::Quote } else { Ends::Mark };
        let end = begin + end_of(line.get(begin..)?, ends)?;
        // The quote that closes a value opens none.
        at = end + usize::from(is_quoted);
        let whole = line.get(begin..end)?;
        let id = before_word(whole).filter(|length| is_quoted && whole.len() - length <= WORD);
        let (value, ends) = match id.and_then(|length| Some((whole.get(..length)?, whole.get(length)?))) {
            Some((id, first)) => (id, Ends::Word(*first)),
            None => (whole, ends),
        };
        parts.push(Part { text: line.get(start..begin)?, ends, value });
        start = begin + value.len();
    }
    if parts.is_empty() {
        return None;
    }
    parts.push(Part { text: line.get(start..)?, ends: Ends::Line, value: &[] });
    let between = parts.get(1..parts.len() - 1)?;
    between.iter().all(|part| keeps_apart(part.text)).then_some(parts)
}

/// Takes a value for a part of what stands around it, if that belongs to what stands behind the value: then it is always
/// the same value.
pub(super) fn join<'l>(line: &'l [u8], parts: Vec<Part<'l>>, belongs: impl Fn(&[u8]) -> bool) -> Option<Vec<Part<'l>>> {
    let mut joined: Vec<Part<'l>> = Vec::new();
    let mut end = 0;
    for mut part in parts {
        let (mut start, text_end) = (end, end + part.text.len());
        end = text_end + part.value.len();
        // The first part and the last one have nothing to keep apart.
        while part.ends != Ends::Line
            && belongs(part.text)
            && let Some(before) = joined.pop()
        {
            start -= before.value.len() + before.text.len();
            part.text = line.get(start..text_end)?;
        }
        joined.push(part);
    }
    Some(joined)
}

/// Where the word begins behind the last dash of an id with which a text begins.
fn before_word(text: &[u8]) -> Option<usize> {
    let id = text.get(..plain::length(text))?;
    let dash = memchr::memrchr(b'-', id)?;
    (dash >= LONG && id.len() < text.len()).then_some(dash + 1)
}

/// Where the next value of a name begins.
fn next_value(line: &[u8], from: usize) -> Option<usize> {
    let mut from = from;
    loop {
        let open = from + memchr::memchr(b'"', line.get(from..)?)?;
        let close = open + 1 + memchr::memchr(b'"', line.get(open + 1..)?)?;
        from = close + 1;
        let colon = skip_spaces(line, from);
        if line.get(colon) != Some(&b':') {
            continue;
        }
        let value = skip_spaces(line, colon + 1);
        match line.get(value)? {
            b'"' => return Some(value + 1),
            byte if byte.is_ascii_alphanumeric() || *byte == b'-' => return Some(value),
            _ => from = value,
        }
    }
}

fn skip_spaces(line: &[u8], from: usize) -> usize {
    from + line.get(from..).unwrap_or_default().iter().take_while(|byte| **byte == b' ').count()
}

/// Whether a text between two values keeps them apart: whoever looks at one value and what stands around it stops before
/// the other one. A value of a name is read up to a quote or a bracket that does not open it, words and names end at
/// other marks, and a window is shorter than that.
fn keeps_apart(text: &[u8]) -> bool {
    // Ahead of the quote stands the end of the value, if it is always the same.
    let after = match memchr::memchr(b'"', text) {
        Some(quote) if !matches!(text.first(), Some(b',' | b'}' | b']')) => text.get(quote + 1..).unwrap_or_default(),
        _ => text,
    };
    let (Some(b',' | b'}' | b']'), Some(rest)) = (after.first(), after.get(1..)) else { return false };
    text.len() >= SHORTEST && rest.iter().any(|byte| matches!(byte, b'"' | b'}' | b']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Option<Vec<String>> {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let parts = take_apart(line.as_bytes())?;
        Some(parts.iter().flat_map(|part| [text(part.text), format!("({})", text(part.value))]).collect())
    }

    #[test]
    fn a_byte_is_found_near_the_beginning() {
        for text in [
            "\"234567890",
            "0123456\"!\"",
            "0123456789\"!\"45",
            "!!!!!!!!!!\"!\"45",
            "\u{ff}\u{1}\"3456",
            "01234567890123456789012345678901\"34567",
            "0123456789012345678901234567890123456789\"1234567",
            "",
        ] {
            let whole = text.len() / 8 * 8;
            let near = &text.as_bytes()[..whole.min(EIGHTS * 8)];
            assert_eq!(find(text.as_bytes(), b'"'), near.iter().position(|byte| *byte == b'"'), "{text}");
        }
    }

    #[test]
    fn a_record_is_taken_apart_at_its_values() {
        let parts = shown("{\"a\":\"b c\",\"data\":{\"status\": 502,\"ok\":true}, \"none\" : \"\"}\n");
        let expected = [
            "{\"a\":\"",
            "(b c)",
            "\",\"data\":{\"status\": ",
            "(502)",
            ",\"ok\":",
            "(true)",
            "}, \"none\" : \"",
            "()",
            "\"}\n",
            "()",
        ];
        assert_eq!(parts.unwrap(), expected);
    }

    #[test]
    fn what_belongs_together_is_joined() {
        let line = b"{\"name\":\"x\",\"code\":\"E1\",\"call\":\"y\",\"more\":5}\n";
        let joined = |belongs: &[&str]| {
            let belongs = |text: &[u8]| belongs.iter().any(|it| it.as_bytes() == text);
            let parts = join(line, take_apart(line).unwrap(), belongs).unwrap();
            let shown = parts.iter().map(|part| (String::from_utf8_lossy(part.text), part.value));
            shown.map(|(text, value)| format!("{text}({})", String::from_utf8_lossy(value))).collect::<Vec<_>>()
        };
        let [name, code, call, more, last] =
            ["{\"name\":\"", "\",\"code\":\"", "\",\"call\":\"", "\",\"more\":", "}\n"];
        let value = |text: &str, value: &str| format!("{text}({value})");
        assert_eq!(
            joined(&[]),
            [value(name, "x"), value(code, "E1"), value(call, "y"), value(more, "5"), value(last, "")]
        );
        let both = format!("{code}E1{call}");
        assert_eq!(joined(&[call, last]), [value(name, "x"), value(&both, "y"), value(more, "5"), value(last, "")]);
        let all = format!("{name}x{both}");
        assert_eq!(joined(&[call, &both, name]), [value(&all, "y"), value(more, "5"), value(last, "")]);
    }

    #[test]
    fn an_id_is_taken_apart_before_its_word() {
        let parts = shown("{\"id\":\"6b1d0c52-1f0e-4f7c-access-0\",\"b\":\"6b1d0c52-error\"}\n").unwrap();
        let expected =
            ["{\"id\":\"", "(6b1d0c52-1f0e-4f7c-)", "access-0\",\"b\":\"", "(6b1d0c52-error)", "\"}\n", "()"];
        assert_eq!(parts, expected);
    }

    #[test]
    fn a_value_has_a_name() {
        let names = |line: &'static str| {
            let parts = take_apart(line.as_bytes()).unwrap();
            parts.iter().map(|part| part.name().map(<[u8]>::to_vec)).collect::<Vec<_>>()
        };
        let expected = [Some(b"a".to_vec()), Some(b"b-C".to_vec()), None];
        assert_eq!(names("{\"a\":\"x\", \"b-C\" : 5}\n"), expected);
    }

    #[test]
    fn what_is_no_record_is_not_taken_apart() {
        for line in [
            "all is well\n",
            "\n",
            "{\"a\":\"b\"}",
            "{\"a\":{}}\n",
            // What stands between the values is too short.
            "{\"a\":1,\"\":2,\"b\":3}\n",
            "{\"a\":\"\n",
            "{\"a\":1\"b\"}\n",
        ] {
            assert_eq!(shown(line), None, "{line}");
        }
    }
}
