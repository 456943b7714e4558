//! Cells between frame lines: `+---+---+`.
//!
//! The first line between two frame lines names the columns. If only one group of lines stands between them, and has two
//! columns, each line is a name with its value, and all are one record. A table may stand in the frame of another, which
//! puts more bars around it.

use super::asked_names::{may_be_name, may_be_names};
use super::extent::{MOST_COLUMNS, line_length, split_line};
use super::found_table::FoundTable;

/// Names with values of the longest table of two columns.
const PAIRS: usize = 200;

/// The characters at which the bars of a row stand.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FrameBars(Vec<usize>);

impl FrameBars {
    /// Reads a frame line with two columns or more.
    fn of_frame(line: &str) -> Option<Self> {
        let bytes = line.as_bytes();
        let first = bytes.iter().position(|byte| !matches!(byte, b'|' | b' '))?;
        let last = bytes.iter().rposition(|byte| !matches!(byte, b'|' | b' '))?;
        let frame = bytes.get(first..=last)?;
        let is_frame = frame.first() == Some(&b'+')
            && frame.last() == Some(&b'+')
            && frame.iter().all(|byte| matches!(byte, b'+' | b'-' | b'='));
        let crossings = (first..).zip(frame).filter(|(_, byte)| **byte == b'+');
        let bars: Vec<usize> = crossings.map(|(at, _)| at).collect();
        (is_frame && bars.len() > 2 && bars.len() <= MOST_COLUMNS + 1).then_some(Self(bars))
    }

    /// Returns the number of columns.
    fn len(&self) -> usize {
        self.0.len() - 1
    }

    /// Returns the cells of a row.
    ///
    /// `None` if the line is no row.
    pub(super) fn cells<'l>(&self, line: &'l str) -> Option<Vec<&'l str>> {
        self.cells_by_place(line).or_else(|| {
            // A wide character may take the place of two.
            let inside = line.trim().strip_prefix('|')?.trim_matches('|');
            let cells: Vec<&str> = inside.split('|').map(str::trim).collect();
            (cells.len() == self.len()).then_some(cells)
        })
    }

    fn cells_by_place<'l>(&self, line: &'l str) -> Option<Vec<&'l str>> {
        let place = |at: usize| match line.is_ascii() {
            true => Some(at),
            false => line.char_indices().nth(at).map(|(place, _)| place),
        };
        let places: Vec<usize> = self.0.iter().map(|at| place(*at)).collect::<Option<_>>()?;
        let is_bar = |at: &usize| line.as_bytes().get(*at) == Some(&b'|');
        if !places.iter().all(is_bar) {
            return None;
        }
        places.windows(2).map(|pair| line.get(pair.first()? + 1..*pair.last()?).map(str::trim)).collect()
    }

    /// Reads a line that may be a frame line, with its length.
    pub(super) fn frame(&self, bytes: &[u8], is_end: bool) -> FrameLine {
        let Some((line, rest)) = split_line(bytes, is_end) else { return FrameLine::No };
        if Self::of_frame(&line).as_ref() != Some(self) {
            return FrameLine::No;
        }
        let length = line_length(bytes, is_end).unwrap_or(bytes.len());
        match split_line(rest, is_end) {
            None if !is_end => FrameLine::Unknown,
            Some((next, _)) if self.cells_by_place(&next).is_some() => FrameLine::Inner(length),
            _ => FrameLine::Last(length),
        }
    }
}

/// A line of a table that may be a frame line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FrameLine {
    /// It is none.
    No,
    /// A row follows it.
    Inner(usize),
    /// No row follows it.
    Last(usize),
    /// More bytes are needed to tell.
    Unknown,
}

/// Looks for a frame line with names below it.
pub(super) fn find(bytes: &[u8], is_end: bool) -> FoundTable<(Vec<String>, FrameBars)> {
    let unknown = || if is_end { FoundTable::No } else { FoundTable::More };
    let Some((frame, rest)) = split_line(bytes, is_end) else { return unknown() };
    let Some(bars) = FrameBars::of_frame(&frame) else { return FoundTable::No };
    let mut group: Vec<(String, String)> = Vec::new();
    let mut rest = rest;
    loop {
        let Some((line, after)) = split_line(rest, is_end) else { return unknown() };
        if FrameBars::of_frame(&line).as_ref() == Some(&bars) {
            // A single line between two frames is the header, if a row follows.
            let row = split_line(after, is_end);
            return match (group.as_slice(), row) {
                ([], _) => FoundTable::No,
                (_, None) if !is_end => FoundTable::More,
                ([_], Some((row, _))) if bars.cells(&row).is_some() => {
                    let header = split_line(bytes.get(frame_length(bytes)..).unwrap_or_default(), is_end);
                    let cells = header.as_ref().and_then(|(header, _)| bars.cells(header)).unwrap_or_default();
                    let names: Vec<String> = cells.into_iter().map(str::to_owned).collect();
                    if !may_be_names(&names) {
                        return FoundTable::No;
                    }
                    let skip = bytes.len() - after.len();
                    FoundTable::Rows { skip, table: (names, bars) }
                }
                _ if bars.len() == 2 && group.iter().all(|(name, _)| may_be_name(name)) => {
                    FoundTable::Pairs { length: bytes.len() - after.len(), pairs: group }
                }
                _ => FoundTable::No,
            };
        }
        let Some(cells) = bars.cells(&line).filter(|_| group.len() < PAIRS) else { return FoundTable::No };
        let mut cells = cells.into_iter().map(str::to_owned);
        group.push((cells.next().unwrap_or_default(), cells.next().unwrap_or_default()));
        rest = after;
    }
}

/// Returns the length of the frame line at the beginning.
fn frame_length(bytes: &[u8]) -> usize {
    line_length(bytes, true).unwrap_or(bytes.len())
}
