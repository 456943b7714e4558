//! Names the form of a text by what it was made of.

use super::matter::{ByteStats, Matter};

/// The form of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputForm {
    /// In words: `plain text`, `JSON lines`, `a JSON array`, `nothing`.
    pub kind: String,
    /// Remarks on the text, such as a value that was too long.
    pub remarks: Vec<String>,
    /// The kind of its bytes.
    pub matter: Matter,
    /// The rows of its tables.
    pub rows: RowCounts,
}

/// Counts of the rows of tables in a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows of CSV.
    pub csv: u64,
    /// Rows of printed tables.
    pub printed: u64,
    /// Lines in tables that are no row.
    pub unfit: u64,
}

/// The form of a line at first sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineKind {
    /// White space alone.
    Blank,
    /// Words that are no JSON.
    Text,
    /// A text that ends as a JSON object does.
    TextWithJson,
    /// An object, from its first bracket to its last.
    Object,
    /// It may begin a value of several lines, or be a list.
    Unclear,
}

impl LineKind {
    /// Returns the form of a line, given without its end.
    pub(super) fn of(line: &[u8]) -> Self {
        let is_space = |byte: Option<&u8>| byte.is_some_and(|byte| *byte <= b' ');
        let line = if is_space(line.first()) || is_space(line.last()) { line.trim_ascii() } else { line };
        match (line.first(), line.last()) {
            (None, _) | (_, None) => LineKind::Blank,
            (Some(b'{'), Some(b'}')) => LineKind::Object,
            (Some(b'{' | b'['), _) | (_, Some(b'{' | b'[')) => LineKind::Unclear,
            (_, Some(b'}')) if has_object(line) => LineKind::TextWithJson,
            _ => LineKind::Text,
        }
    }
}

/// Returns whether an object with a name begins somewhere in the line.
fn has_object(line: &[u8]) -> bool {
    memchr::memchr_iter(b'{', line).any(|bracket| line.get(bracket + 1) == Some(&b'"'))
}

/// Counts of the lines and values of a text.
#[derive(Debug, Default)]
pub(super) struct FormStats {
    /// Lines of words.
    pub(super) texts: u64,
    /// Those of `texts` that end as a JSON object does.
    pub(super) texts_with_json: u64,
    /// Lines that begin or end with a bracket and are no JSON.
    pub(super) broken: u64,
    /// Lines that are one object.
    pub(super) objects: u64,
    /// Lists that were handed out as documents.
    pub(super) lists: u64,
    /// Objects that were handed out as documents, whole or cut off.
    pub(super) documents: u64,
    /// The first byte of the first value, if it was taken apart.
    pub(super) taken_apart: Option<u8>,
    /// Whether a value was too long to be held.
    pub(super) is_too_long: bool,
    /// Whether a value has no end.
    pub(super) is_cut: bool,
    /// Lines that were too long to be held.
    pub(super) long_lines: u64,
    /// Whether there were NUL bytes at the beginning.
    pub(super) has_nul: bool,
    pub(super) bytes: ByteStats,
    pub(super) rows: RowCounts,
}

impl FormStats {
    /// Returns whether nothing but blank lines came so far.
    pub(super) fn is_nothing(&self) -> bool {
        let Self { texts, broken, objects, lists, documents, taken_apart, long_lines, .. } = self;
        let rows = self.rows.csv + self.rows.printed + self.rows.unfit;
        *texts + broken + objects + lists + documents + long_lines + rows == 0 && taken_apart.is_none()
    }

    /// Counts a line.
    pub(super) fn count_line(&mut self, kind: LineKind) {
        match kind {
            LineKind::Blank => {}
            LineKind::Text => self.texts += 1,
            LineKind::TextWithJson => {
                self.texts += 1;
                self.texts_with_json += 1;
            }
            LineKind::Object => self.objects += 1,
            LineKind::Unclear => self.broken += 1,
        }
    }

    /// Returns the form of the text.
    pub(super) fn form(&self, is_converted: bool) -> InputForm {
        let matter = self.bytes.matter();
        let mut remarks = Vec::new();
        let mut say = |is_so: bool, remark: &str| {
            if is_so {
                remarks.push(remark.to_owned());
            }
        };
        say(is_converted, "it is UTF-16, and was read as the same text in UTF-8");
        say(self.has_nul && matter == Matter::Text, "it has NUL bytes, like a binary file: only its text was read");
        say(self.is_too_long, "a JSON value in it is longer than 16 MiB: its records were read one by one");
        say(self.is_cut, "its last JSON value is incomplete: the complete records in it were read");
        say(self.long_lines > 0, "lines longer than 1 MiB were read in parts");
        let are_lines_cut = self.broken > u64::from(self.is_cut) && self.kind() == "JSON lines";
        say(are_lines_cut, "some lines are not complete JSON, and were read as text");
        say(self.rows.unfit > 0, &unfit_lines(self.rows.unfit));
        InputForm { kind: self.kind().to_owned(), remarks, matter, rows: self.rows }
    }

    fn kind(&self) -> &'static str {
        let values = self.lists + self.documents;
        let RowCounts { csv, printed, .. } = self.rows;
        let others = values + self.texts + self.broken + self.objects;
        match self {
            _ if csv + printed > 0 && others > 0 => "text with tables in it",
            _ if csv > 0 && printed == 0 => "CSV",
            _ if csv + printed > 0 => "a table",
            Self { taken_apart: Some(b'['), .. } => "a JSON array",
            Self { taken_apart: Some(_), .. } => "a JSON document",
            _ if self.is_nothing() => "nothing",
            Self { texts: 0, .. } if values == 0 && self.objects > 0 => "JSON lines",
            Self { texts: 0, broken: 0, objects: 0, lists: 1, documents: 0, .. } => "a JSON array",
            Self { texts: 0, broken: 0, objects: 0, lists: 0, documents: 1, .. } => "a JSON document",
            Self { texts: 0, broken: 0, .. } if values > 0 => "several JSON documents",
            Self { texts_with_json: 0, objects: 0, .. } if values == 0 => "plain text",
            _ => "text with JSON in it",
        }
    }
}

/// Says how many lines of a table are no rows.
fn unfit_lines(count: u64) -> String {
    match count {
        1 => "1 line does not fit the header of its table, and was read as text".to_owned(),
        _ => format!("{count} lines do not fit the header of their table, and were read as text"),
    }
}
