//! Columns below their names, as command lines print them.
//!
//! A column begins where its name begins. The names are in capitals, or a rule of dashes stands below them.

use super::asked_names::{AskedNames, may_be_names};
use super::extent::{MOST_COLUMNS, split_line};
use super::found_table::FoundTable;

/// Names of the smallest header.
const FEWEST: usize = 3;

/// Rows that must follow a header, if no alignment is convincing.
///
/// One line of text with as many gaps may be chance.
const FITTING: usize = 2;

/// The characters at which the columns begin.
#[derive(Debug)]
pub(super) struct ColumnStarts(Vec<usize>);

impl ColumnStarts {
    /// Returns the cells of a row.
    ///
    /// `None` if the line is no row.
    pub(super) fn cells<'l>(&self, line: &'l str) -> Option<Vec<&'l str>> {
        self.cells_by_place(line).or_else(|| {
            // A later row may be wider than the header: `--watch` prints each row when it comes.
            let cells: Vec<&str> = line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).collect();
            (cells.len() == self.0.len()).then_some(cells)
        })
    }

    /// Returns whether each text of a line begins where a name does.
    fn is_above(&self, line: &str) -> bool {
        split(line).1.iter().all(|start| self.0.contains(start))
    }

    fn cells_by_place<'l>(&self, line: &'l str) -> Option<Vec<&'l str>> {
        let place = |at: usize| match line.is_ascii() {
            true => at.min(line.len()),
            false => line.char_indices().nth(at).map_or(line.len(), |(place, _)| place),
        };
        let mut cells = Vec::with_capacity(self.0.len());
        let indent = line.get(..place(*self.0.first()?))?;
        if !indent.trim().is_empty() {
            return None;
        }
        for (number, start) in self.0.iter().enumerate() {
            let start = place(*start);
            let end = self.0.get(number + 1).map_or(line.len(), |next| place(*next));
            let cell = line.get(start..end)?;
            // A cell ends before the next column begins.
            if end < line.len() && !cell.ends_with(' ') {
                return None;
            }
            cells.push(cell.trim());
        }
        let filled = cells.iter().filter(|cell| !cell.is_empty()).count();
        let is_row = cells.first().is_some_and(|cell| !cell.is_empty()) && filled * 3 >= cells.len() * 2;
        is_row.then_some(cells)
    }
}

/// Looks for a line of names with rows below it.
pub(super) fn find(bytes: &[u8], asked: &AskedNames, is_end: bool) -> FoundTable<(Vec<String>, ColumnStarts)> {
    let Some((header, rest)) = split_line(bytes, is_end) else { return FoundTable::More };
    let (names, starts) = split(&header);
    if !(FEWEST..=MOST_COLUMNS).contains(&names.len()) || !may_be_names(&names) {
        return FoundTable::No;
    }
    let Some((second, after)) = split_line(rest, is_end) else {
        return if is_end { FoundTable::No } else { FoundTable::More };
    };
    let (dashes, rule) = split(&second);
    let has_rule = rule == starts && dashes.iter().all(|dash| dash.bytes().all(|byte| byte == b'-'));
    let is_convincing = || names.iter().all(|name| is_in_capitals(name)) && asked.has_any(&names);
    if !(has_rule || is_convincing()) {
        return FoundTable::No;
    }
    let starts = ColumnStarts(starts);
    let mut rows = if has_rule { after } else { rest };
    for _ in 0..if has_rule || starts.is_above(&second) { 1 } else { FITTING } {
        match split_line(rows, is_end) {
            Some((row, after)) if starts.cells(&row).is_some() => rows = after,
            None if !is_end => return FoundTable::More,
            _ => return FoundTable::No,
        }
    }
    let skip = bytes.len() - if has_rule { after } else { rest }.len();
    FoundTable::Rows { skip, table: (names, starts) }
}

/// Splits a line at gaps of two blanks or more.
///
/// Returns the texts, and the characters at which they begin.
fn split(line: &str) -> (Vec<String>, Vec<usize>) {
    let (mut texts, mut starts): (Vec<String>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut blanks = 2;
    for (at, character) in line.chars().enumerate() {
        if character == ' ' {
            blanks += 1;
            continue;
        }
        if blanks >= 2 {
            starts.push(at);
            texts.push(String::new());
        }
        if let Some(text) = texts.last_mut() {
            if blanks == 1 {
                text.push(' ');
            }
            text.push(character);
        }
        blanks = 0;
    }
    (texts, starts)
}

/// Returns whether a name is in capitals, as `CPU(cores)` is.
fn is_in_capitals(name: &str) -> bool {
    let outside = name.split('(').next().unwrap_or_default();
    outside.chars().any(char::is_uppercase) && !outside.chars().any(char::is_lowercase)
}
