//! Rows of CSV.
//!
//! The crate `csv-core` finds the cells. A quoted cell may go on in the next lines, up to a bound; a quote that does not
//! end there makes one line unfit.

use std::borrow::Cow;

use csv_core::ReadRecordResult;

use super::asked_names::{AskedNames, may_be_names};
use super::extent::{LONGEST_ROW, RowExtent, line_length};
use super::found_table::FoundTable;
use super::pairs::is_object;

/// Lines of the longest row.
///
/// The traces of a chain of errors have some 100.
const LINES: usize = 200;

/// Columns that a table has at most.
const COLUMNS: usize = 512;

/// Names of the smallest header of which a pattern asks for one.
///
/// Two words with a comma stand in many texts.
const FEWEST: usize = 3;

/// Names of the smallest header above JSON objects.
const FEWEST_OF_CARRIER: usize = 2;

/// Rows that must fit a header.
const FITTING: usize = 2;

/// Reads rows, and keeps the cells of the last one.
pub(super) struct CsvRows {
    reader: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
    /// The number of cells of the last row.
    count: usize,
    /// Bytes ahead in which a quoted cell has no end.
    ///
    /// A row in them is one line, so that reading takes time linear in the input.
    endless: usize,
}

impl std::fmt::Debug for CsvRows {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.debug_struct("CsvRows").field("count", &self.count).field("endless", &self.endless).finish_non_exhaustive()
    }
}

impl CsvRows {
    fn new(separator: u8) -> Self {
        let reader = csv_core::ReaderBuilder::new().delimiter(separator).build();
        Self { reader, text: Vec::new(), ends: vec![0; COLUMNS + 1], count: 0, endless: 0 }
    }

    /// Returns the number of cells of the last row.
    pub(super) fn len(&self) -> usize {
        self.count
    }

    /// Returns the cells of the last row.
    pub(super) fn cells(&self) -> impl Iterator<Item = Cow<'_, str>> {
        let mut start = 0;
        self.ends.iter().take(self.count).map(move |end| {
            let cell = self.text.get(start..*end).unwrap_or_default();
            start = *end;
            String::from_utf8_lossy(cell.trim_ascii())
        })
    }

    /// Reads the row at the beginning of some bytes.
    pub(super) fn read(&mut self, bytes: &[u8], is_end: bool) -> RowExtent {
        let Some(first) = line_length(bytes, is_end) else { return RowExtent::More };
        let line = bytes.get(..first).unwrap_or_default();
        let is_in_endless = self.endless > 0;
        let passed = |all: &mut Self, length: usize| all.endless = all.endless.saturating_sub(length);
        if line.trim_ascii().is_empty() {
            passed(self, first);
            return RowExtent::Nothing(first);
        }
        if let Some(length) = self.parse(line) {
            passed(self, length);
            return RowExtent::Row(length);
        }
        if is_in_endless {
            passed(self, first);
            return RowExtent::Unfit(first);
        }
        let last = memchr::memchr_iter(b'\n', bytes).nth(LINES - 1);
        // Without its end, a line says nothing.
        let whole = if is_end { Some(bytes.len()) } else { memchr::memrchr(b'\n', bytes).map(|newline| newline + 1) };
        let window = bytes.get(..last.map(|newline| newline + 1).or(whole).unwrap_or(first)).unwrap_or(bytes);
        if let Some(length) = self.parse(window) {
            return RowExtent::Row(length);
        }
        if last.is_none() && bytes.len() < LONGEST_ROW && !is_end {
            return RowExtent::More;
        }
        self.unfit(window)
    }

    /// Returns the first line as one that does not fit.
    ///
    /// The other lines of its row are read by themselves.
    pub(super) fn unfit(&mut self, row: &[u8]) -> RowExtent {
        let first = line_length(row, true).unwrap_or(row.len());
        if row.len() > first {
            self.endless = row.len() - first;
        }
        RowExtent::Unfit(first)
    }

    /// Reads a row, and returns its length.
    ///
    /// `None` if a quoted cell has no end in the text.
    fn parse(&mut self, text: &[u8]) -> Option<usize> {
        self.reader.reset();
        self.text.resize(self.text.len().max(text.len() + 1), 0);
        let (mut read, mut written) = (0, 0);
        self.count = 0;
        // A last line without an end gets one.
        for part in [text, b"\n"] {
            let into = self.text.get_mut(written..).unwrap_or_default();
            let ends = self.ends.get_mut(self.count..).unwrap_or_default();
            let (state, taken, cells, ended) = self.reader.read_record(part, into, ends);
            read += taken;
            written += cells;
            self.count += ended;
            match state {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::Record | ReadRecordResult::OutputEndsFull => {
                    let after = text.get(read..).unwrap_or_default();
                    return Some(read.min(text.len()) + usize::from(after.starts_with(b"\n")));
                }
                ReadRecordResult::OutputFull | ReadRecordResult::End => return None,
            }
        }
        None
    }
}

/// Looks for a header line with rows below it.
///
/// With the names and the rows, returns whether the table only carries JSON objects.
pub(super) fn find(bytes: &[u8], asked: &AskedNames, is_end: bool) -> FoundTable<(Vec<String>, CsvRows, bool)> {
    let Some(first) = line_length(bytes, is_end) else { return FoundTable::More };
    let line = bytes.get(..first).unwrap_or_default();
    for separator in [b',', b'\t', b';'].into_iter().filter(|separator| line.contains(separator)) {
        let mut rows = CsvRows::new(separator);
        if rows.read(bytes, is_end) != RowExtent::Row(first) || rows.len() < FEWEST_OF_CARRIER {
            continue;
        }
        let names: Vec<String> = rows.cells().map(Cow::into_owned).collect();
        if names.len() > COLUMNS || !may_be_names(&names) {
            continue;
        }
        let is_asked = names.len() >= FEWEST && asked.has_any(&names);
        let (mut at, mut fitting, mut carrying) = (first, 0, 0);
        while fitting < FITTING {
            match rows.read(bytes.get(at..).unwrap_or_default(), is_end) {
                RowExtent::Row(length) if rows.len() == names.len() => {
                    at += length;
                    fitting += 1;
                    carrying += usize::from(rows.cells().any(|cell| is_object(&cell)));
                }
                RowExtent::More if !is_end => return FoundTable::More,
                _ => break,
            }
        }
        if fitting == FITTING && (is_asked || carrying == FITTING) {
            let rows = CsvRows::new(separator);
            return FoundTable::Rows { skip: first, table: (names, rows, !is_asked) };
        }
    }
    FoundTable::No
}
