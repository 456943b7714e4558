//! The state of the search for tables in a text.

use std::sync::Arc;

use super::table::{AskedNames, RowBuffer, Table};

/// Lines in which the beginning of a table is looked for.
///
/// A screen of commands and their output has fewer.
const WATCHED: usize = 200;

/// Tables of a text after which no more are looked for.
///
/// The descriptions of some hundred objects have one each. The bound keeps the work for hostile input small.
const TABLES: usize = 500;

/// Finds tables, and reads their rows.
#[derive(Debug)]
pub(super) struct TableReader {
    pub(super) asked: Arc<AskedNames>,
    pub(super) state: TableState,
    /// Text of which is not known yet whether it is a table.
    pub(super) held: Vec<u8>,
    pub(super) rows: RowBuffer,
    /// Tables that may still end before no more are looked for.
    pub(super) left: usize,
}

/// The state of a [`TableReader`].
#[derive(Debug)]
pub(super) enum TableState {
    /// No table is looked for any more.
    Off,
    /// A table may begin in so many lines.
    Watching(usize),
    /// Rows of a table come.
    ///
    /// With the number of lines in a row that did not fit.
    Inside(Box<Table>, usize),
}

impl Default for TableReader {
    fn default() -> Self {
        Self {
            asked: Arc::default(),
            state: TableState::watching(),
            held: Vec::new(),
            rows: RowBuffer::default(),
            left: TABLES,
        }
    }
}

impl TableReader {
    /// Makes a reader that takes these names for those of columns.
    pub(super) fn new(asked: Arc<AskedNames>) -> Self {
        Self { asked, ..Self::default() }
    }

    /// Makes a reader that finds no table.
    pub(super) fn off() -> Self {
        Self { state: TableState::Off, ..Self::default() }
    }

    /// Returns the number of bytes that are held.
    pub(super) fn held(&self) -> usize {
        self.held.len()
    }

    /// Returns whether all text goes on as it is.
    pub(super) fn is_off(&self) -> bool {
        matches!(self.state, TableState::Off)
    }
}

impl TableState {
    /// Returns the state in which a table may begin.
    fn watching() -> Self {
        TableState::Watching(WATCHED)
    }

    /// Returns the state after a table.
    ///
    /// `left` is the number of tables that may still end.
    pub(super) fn after_table(left: &mut usize) -> Self {
        *left = left.saturating_sub(1);
        if *left == 0 { TableState::Off } else { Self::watching() }
    }
}
