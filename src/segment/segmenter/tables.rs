//! Finds tables in a text, and hands out their rows.
//!
//! A table is looked for in the first lines of a text, and in those after a table. All other text goes on as it is.

use super::super::found::Cursor;
use super::super::line::newlines;
use super::super::piece::{Piece, PieceKind};
use super::super::table::{FoundTable, LONGEST_ROW, RowBuffer, RowExtent, Table, TableKind, line_length};
use super::super::table_reader::{TableReader, TableState};
use super::{PieceSink, Segmenter};

/// Unfit lines in a row after which CSV has ended.
const UNFIT: usize = 20;

impl Segmenter {
    /// Takes text in which tables are looked for.
    pub(super) fn push_watched(&mut self, block: &[u8], is_end: bool, sink: PieceSink<'_>) {
        let mut tables = std::mem::replace(&mut self.tables, TableReader::off());
        let mut held = std::mem::take(&mut tables.held);
        if held.is_empty() {
            let consumed = self.read_tables(&mut tables, block, is_end, sink);
            held.extend_from_slice(block.get(consumed..).unwrap_or_default());
        } else {
            held.extend_from_slice(block);
            let consumed = self.read_tables(&mut tables, &held, is_end, sink);
            held.drain(..consumed);
        }
        tables.held = held;
        self.tables = tables;
    }

    /// Hands out text and rows, and returns their length.
    fn read_tables(&mut self, tables: &mut TableReader, bytes: &[u8], is_end: bool, sink: PieceSink<'_>) -> usize {
        let TableReader { asked, state, rows, left: left_tables, .. } = tables;
        // Text from here on was not handed out.
        let mut text = 0;
        let mut at = 0;
        while at < bytes.len() {
            let rest = bytes.get(at..).unwrap_or_default();
            match state {
                TableState::Off | TableState::Watching(0) => {
                    *state = TableState::Off;
                    at = bytes.len();
                }
                TableState::Watching(left) => {
                    let length = match line_length(rest, is_end) {
                        Some(length) if length <= LONGEST_ROW => length,
                        None if rest.len() <= LONGEST_ROW => break,
                        _ => {
                            *state = TableState::Off;
                            continue;
                        }
                    };
                    let found = Table::find(rest, asked, is_end);
                    if matches!(found, FoundTable::More) && !is_end {
                        break;
                    }
                    *left -= 1;
                    let begins = !matches!(found, FoundTable::No) && {
                        self.push_text(bytes.get(text..at).unwrap_or_default(), sink);
                        text = at;
                        self.is_between_lines()
                    };
                    match found {
                        FoundTable::Rows { skip, table } if begins => {
                            self.pass_table(rest, skip);
                            at += skip;
                            text = at;
                            *state = TableState::Inside(table, 0);
                        }
                        FoundTable::Pairs { length, pairs } if begins => {
                            rows.row(self.lines_before + 1, &pairs);
                            self.seen.rows.printed += 1;
                            self.hand_out(rows, sink);
                            self.pass_table(rest, length);
                            at += length;
                            text = at;
                            *state = TableState::after_table(left_tables);
                        }
                        _ => at += length,
                    }
                }
                TableState::Inside(table, unfit) => {
                    match table.read(rest, is_end, self.lines_before + 1, rows) {
                        RowExtent::Row(length) => {
                            *unfit = 0;
                            match table.kind() {
                                TableKind::Csv => self.seen.rows.csv += 1,
                                TableKind::Printed => self.seen.rows.printed += 1,
                            }
                            self.pass_table(rest, length);
                            at += length;
                        }
                        RowExtent::Nothing(length) => {
                            self.pass_table(rest, length);
                            at += length;
                        }
                        RowExtent::Unfit(length) if *unfit < UNFIT => {
                            *unfit += 1;
                            self.seen.rows.unfit += 1;
                            self.hand_out(rows, sink);
                            let line = rest.get(..length).unwrap_or_default();
                            sink(Piece { kind: PieceKind::Lines, bytes: line, line: self.lines_before + 1 });
                            self.pass_table(rest, length);
                            at += length;
                        }
                        RowExtent::More if !is_end => break,
                        RowExtent::Unfit(_) | RowExtent::End | RowExtent::More => {
                            self.hand_out(rows, sink);
                            *state = TableState::after_table(left_tables);
                        }
                    }
                    text = at;
                }
            }
        }
        self.hand_out(rows, sink);
        self.push_text(bytes.get(text..at).unwrap_or_default(), sink);
        at
    }

    /// Returns whether all text so far was handed out, in whole lines.
    fn is_between_lines(&self) -> bool {
        self.held.is_empty() && self.open_at.is_none() && self.place != Cursor::Inside
    }

    /// Hands out the rows so far.
    fn hand_out(&mut self, rows: &mut RowBuffer, sink: PieceSink<'_>) {
        rows.hand_out(&mut |bytes, line| sink(Piece { kind: PieceKind::Lines, bytes, line }));
    }

    /// Counts bytes at the beginning of some text as handed out.
    fn pass_table(&mut self, text: &[u8], length: usize) {
        self.passed += length;
        self.lines_before += newlines(text.get(..length).unwrap_or_default());
        self.place = Cursor::Start;
    }
}
