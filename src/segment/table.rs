//! Tables: rows of cells below names.
//!
//! A row becomes a line of pairs, `lbStatusCode=502, request="GET / HTTP/1.1"`, which is searched as any other line: texts
//! are found in it, and its pairs are a record. A column that the table lacks stays unknown, as in a record that was cut.
//!
//! Three forms are known: CSV with a header line, cells between frame lines (`+---+---+`), and columns below names in
//! capitals or below a rule of dashes. A header must be convincing, because most text with commas or gaps is no table: names
//! of which a pattern asks for one, and two rows with as many cells, or one whose cells are below their names. Frame lines,
//! and JSON objects in the cells of CSV, speak for themselves.

mod asked_names;
mod columns;
mod csv;
mod extent;
mod found_table;
mod framed;
mod pairs;

use extent::LONGEST_HEADER;
use framed::FrameLine;
use pairs::without_none;

pub use asked_names::AskedNames;
pub(super) use extent::{LONGEST_ROW, RowExtent, line_length};
pub(super) use found_table::FoundTable;
pub(super) use pairs::RowBuffer;

/// The kind of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TableKind {
    /// Values between commas, semicolons or tabs.
    Csv,
    /// Columns, or cells in frames.
    Printed,
}

/// A table whose rows are read.
#[derive(Debug)]
pub(super) struct Table {
    /// The names of the columns.
    names: Vec<String>,
    layout: TableLayout,
}

/// The layout of the rows of a table.
#[derive(Debug)]
enum TableLayout {
    /// Values with separators.
    ///
    /// `is_carrier` says that the table only carries JSON objects.
    Csv { rows: Box<csv::CsvRows>, is_carrier: bool },
    /// The columns begin at these characters of a line.
    Columns(columns::ColumnStarts),
    /// Cells between bars.
    ///
    /// `is_closed` says that the last frame line came.
    Framed { bars: framed::FrameBars, is_closed: bool },
}

impl Table {
    /// Looks for a table that begins at the first of some lines.
    ///
    /// `is_end` says that nothing follows them.
    pub(super) fn find(bytes: &[u8], asked: &AskedNames, is_end: bool) -> FoundTable<Box<Table>> {
        let window = bytes.get(..LONGEST_HEADER).unwrap_or(bytes);
        let is_end = is_end || window.len() < bytes.len();
        let boxed = |names, layout| Box::new(Table { names, layout });
        // Most lines end here: they begin with a digit or a bracket.
        match window.trim_ascii_start().first() {
            Some(b'+' | b'|') => framed::find(window, is_end)
                .map(|(names, bars)| boxed(names, TableLayout::Framed { bars, is_closed: false })),
            Some(b'"' | b'@' | b'_' | b'#' | b'a'..=b'z' | b'A'..=b'Z' | 0x80..) => {
                match columns::find(window, asked, is_end) {
                    FoundTable::No => csv::find(window, asked, is_end).map(|(names, rows, is_carrier)| {
                        boxed(names, TableLayout::Csv { rows: Box::new(rows), is_carrier })
                    }),
                    found => found.map(|(names, starts)| boxed(names, TableLayout::Columns(starts))),
                }
            }
            _ => FoundTable::No,
        }
    }

    /// Returns the kind of the table.
    pub(super) fn kind(&self) -> TableKind {
        match self.layout {
            TableLayout::Csv { .. } => TableKind::Csv,
            TableLayout::Columns(_) | TableLayout::Framed { .. } => TableKind::Printed,
        }
    }

    /// Reads the row at the beginning of some bytes.
    ///
    /// Its pairs are added to `rows`, as a line with this number.
    pub(super) fn read(&mut self, bytes: &[u8], is_end: bool, number: usize, rows: &mut RowBuffer) -> RowExtent {
        let Self { names, layout } = self;
        let bytes = bytes.get(..LONGEST_ROW).unwrap_or(bytes);
        if bytes.len() == LONGEST_ROW && line_length(bytes, false).is_none() {
            return RowExtent::End;
        }
        match layout {
            TableLayout::Csv { rows: csv, is_carrier } => {
                let extent = csv.read(bytes, is_end);
                let RowExtent::Row(length) = extent else { return extent };
                if csv.len() != names.len() {
                    return csv.unfit(bytes.get(..length).unwrap_or_default());
                }
                // The header stands between the parts of exports that were joined.
                if csv.cells().eq(names.iter().map(String::as_str)) {
                    return RowExtent::Nothing(length);
                }
                rows.begin(number);
                names.iter().zip(csv.cells()).for_each(|(name, cell)| rows.add(name, &cell, *is_carrier));
                rows.end();
                extent
            }
            TableLayout::Columns(starts) => line_row(bytes, is_end, |line| {
                let Some(cells) = starts.cells(line) else { return false };
                rows.begin(number);
                names.iter().zip(cells).for_each(|(name, cell)| rows.add(name, without_none(cell), false));
                rows.end();
                true
            }),
            TableLayout::Framed { is_closed: true, .. } => RowExtent::End,
            TableLayout::Framed { bars, is_closed } => match bars.frame(bytes, is_end) {
                FrameLine::Unknown => RowExtent::More,
                FrameLine::Inner(length) => RowExtent::Nothing(length),
                FrameLine::Last(length) => {
                    *is_closed = true;
                    RowExtent::Nothing(length)
                }
                FrameLine::No => line_row(bytes, is_end, |line| {
                    let Some(cells) = bars.cells(line) else { return false };
                    rows.begin(number);
                    names.iter().zip(cells).for_each(|(name, cell)| rows.add(name, without_none(cell), false));
                    rows.end();
                    true
                }),
            },
        }
    }
}

/// Reads a row of one line.
///
/// The table ends at a line that is no row.
fn line_row(bytes: &[u8], is_end: bool, take: impl FnOnce(&str) -> bool) -> RowExtent {
    let Some(length) = line_length(bytes, is_end) else { return RowExtent::More };
    let line = String::from_utf8_lossy(bytes.get(..length).unwrap_or_default());
    if take(line.trim_end()) { RowExtent::Row(length) } else { RowExtent::End }
}
