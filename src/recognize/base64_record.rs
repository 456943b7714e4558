//! Decodes base64 records in a line, as messages of streams have.

use std::borrow::Cow;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use memchr::memmem::Finder;

use crate::text;

/// Returns whether a byte belongs to the base64 alphabet.
pub fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// Returns whether a text may begin with a base64 record.
///
/// It begins with `{` and a quote or white space, encoded.
pub fn begins_record(text: &[u8]) -> bool {
    /// A shorter run of letters and digits is no record.
    const SHORTEST: usize = 40;
    matches!(text, [b'e', b'y', b'I'..=b'L' | b'A', ..] | [b'e', b'w', b'o' | b'0' | b'k', ..])
        && text.iter().take(SHORTEST).filter(|byte| is_base64(**byte)).count() == SHORTEST
}

/// Find the first two letters of base64 records; see [`begins_record`].
static BEGINNINGS: LazyLock<[Finder<'static>; 2]> = LazyLock::new(|| ["ey", "ew"].map(Finder::new));

/// Returns the line with every base64 record in it decoded.
pub(super) fn decoded(line: &str) -> Cow<'_, str> {
    let may_have_record = BEGINNINGS.iter().any(|beginning| beginning.find(line.as_bytes()).is_some());
    if !may_have_record {
        return Cow::Borrowed(line);
    }
    let mut written = String::new();
    let mut copied = 0;
    let mut start = 0;
    for run in line.as_bytes().split(|byte| !is_base64(*byte)) {
        let end = start + run.len();
        if begins_record(run)
            && let Ok(bytes) = STANDARD.decode(run)
            && let Ok(record) = String::from_utf8(bytes)
            && record.starts_with('{')
        {
            written.push_str(line.get(copied..start).unwrap_or_default());
            written.push_str(&text::clean(&record));
            copied = end;
        }
        start = end + 1;
    }
    if copied == 0 {
        return Cow::Borrowed(line);
    }
    written.push_str(line.get(copied..).unwrap_or_default());
    Cow::Owned(written)
}
