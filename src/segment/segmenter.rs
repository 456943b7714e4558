//! The state machine that cuts a text into pieces.

mod blocks;
mod tables;
mod values;

use std::sync::Arc;

use super::block::BlockForm;
use super::encoding::Encoding;
use super::form::{FormStats, InputForm, LineKind};
use super::found::{Cursor, InputSegment};
use super::json::ValueScanner;
use super::line::{LONGEST_LINE, LineBounds, LineExtent, LineRun, is_separator, newlines};
use super::piece::{Piece, PieceKind};
use super::table::AskedNames;
use super::table_reader::TableReader;

/// Bytes at the beginning in which NUL bytes are looked for.
const BEGINNING: usize = 4 << 10;

/// Takes pieces.
type PieceSink<'s> = &'s mut dyn FnMut(Piece<'_>);

/// Cuts a text that comes in blocks into pieces.
///
/// Put together, the pieces are the text, but for marks of the encoding, white space and commas around documents, and
/// tables: their rows are lines of pairs.
/// They do not depend on where the blocks end, but for this: neighboring lines may come in one piece or in several.
#[derive(Debug, Default)]
pub struct Segmenter {
    encoding: Encoding,
    /// Text that was not handed out yet.
    held: Vec<u8>,
    /// Bytes that were handed out before these.
    passed: usize,
    /// Lines that end before them.
    lines_before: usize,
    place: Cursor,
    /// Reads the value that is open, or has read the last one.
    scanner: ValueScanner,
    /// Where the open value begins in what is held.
    open_at: Option<usize>,
    /// Brackets before this position of the input begin no value.
    closed_before: usize,
    /// Positions of later brackets of the input that begin no value.
    closed: Vec<usize>,
    /// The element that was being read when its list got too long.
    ///
    /// With its position in the input.
    element: Option<(usize, ValueScanner)>,
    seen: FormStats,
    tables: TableReader,
}

impl Segmenter {
    /// Makes a segmenter that finds tables with these names.
    pub fn with_names(asked: &Arc<AskedNames>) -> Self {
        Self { tables: TableReader::new(Arc::clone(asked)), ..Self::default() }
    }

    /// Makes a segmenter that takes tables for text.
    pub fn without_tables() -> Self {
        Self { tables: TableReader::off(), ..Self::default() }
    }

    /// Takes the next bytes, and hands out what is whole.
    pub fn push(&mut self, block: &[u8], sink: PieceSink<'_>) {
        let mut encoding = std::mem::take(&mut self.encoding);
        self.push_decoded(&encoding.decode(block, false), sink);
        self.encoding = encoding;
    }

    /// Hands out what is left, and says what the text was.
    pub fn finish(mut self, sink: PieceSink<'_>) -> InputForm {
        let mut encoding = std::mem::take(&mut self.encoding);
        self.push_decoded(&encoding.decode(&[], true), sink);
        if !self.tables.is_off() {
            self.push_watched(&[], true, sink);
        }
        let held = std::mem::take(&mut self.held);
        self.process(&held, true, sink);
        self.seen.form(encoding.is_converted())
    }

    /// Ends early: hands out only the beginning of a long value.
    pub fn stop(mut self, sink: PieceSink<'_>) -> InputForm {
        if self.held.len() > LONGEST_LINE {
            self.held.truncate(LONGEST_LINE);
            (self.open_at, self.element) = (None, None);
        }
        self.finish(sink)
    }

    fn push_decoded(&mut self, block: &[u8], sink: PieceSink<'_>) {
        let passed = self.passed + self.held.len() + self.tables.held();
        self.seen.bytes.take(block, passed);
        let beginning = BEGINNING.saturating_sub(passed).min(block.len());
        self.seen.has_nul |= block.get(..beginning).is_some_and(|beginning| memchr::memchr(0, beginning).is_some());
        match self.tables.is_off() {
            true => self.push_text(block, sink),
            false => self.push_watched(block, false, sink),
        }
    }

    /// Takes text in which no table is looked for.
    fn push_text(&mut self, block: &[u8], sink: PieceSink<'_>) {
        let mut rest = block;
        if !self.held.is_empty() {
            // An unfinished line needs its end only, so that the rest is not copied.
            let end = memchr::memchr(b'\n', block).map_or(block.len(), |newline| newline + 1);
            let (line, others) = block.split_at(end);
            self.push_held(line, sink);
            rest = others;
        }
        if self.held.is_empty() {
            let consumed = self.process(rest, false, sink);
            self.held.extend_from_slice(rest.get(consumed..).unwrap_or_default());
        } else if !rest.is_empty() {
            self.push_held(rest, sink);
        }
    }

    fn push_held(&mut self, block: &[u8], sink: PieceSink<'_>) {
        let mut held = std::mem::take(&mut self.held);
        held.extend_from_slice(block);
        let consumed = self.process(&held, false, sink);
        held.drain(..consumed);
        self.held = held;
    }

    /// Hands out whole segments of `bytes`, and returns their length.
    fn process(&mut self, bytes: &[u8], is_end: bool, sink: PieceSink<'_>) -> usize {
        let mut run = LineRun::default();
        loop {
            if let Cursor::Between { .. } = self.place {
                run = LineRun::at(self.skip_separators(bytes, run.end));
            }
            self.pass_ordinary_lines(bytes, &mut run);
            let at = run.end;
            if at >= bytes.len() {
                break;
            }
            match self.next_segment(bytes, at, is_end) {
                InputSegment::Unknown => break,
                InputSegment::Line(end) => {
                    run.extend_to(bytes, end);
                    self.place = Cursor::Start;
                }
                InputSegment::Block(end) => {
                    self.lines(bytes, run, sink);
                    let block = bytes.get(at..end).unwrap_or_default();
                    sink(Piece { kind: PieceKind::Block, bytes: block, line: self.lines_before + 1 });
                    self.lines_before += newlines(block);
                    run = LineRun::at(end);
                    self.place = Cursor::Start;
                }
                InputSegment::LongLine => {
                    self.lines(bytes, run, sink);
                    let mut part = LineRun::at(at);
                    part.extend_to(bytes, LineBounds::at(bytes, at, is_end).first_part(bytes));
                    self.lines(bytes, part, sink);
                    run = LineRun::at(part.end);
                    self.seen.long_lines += u64::from(self.place != Cursor::Inside);
                    self.place = Cursor::Inside;
                }
                InputSegment::List(begin) => {
                    run.extend_to(bytes, begin);
                    self.lines(bytes, run, sink);
                    run = LineRun::at(begin);
                    self.place = Cursor::Between { is_new_line: false };
                }
                InputSegment::Torn(begin) => {
                    run.extend_to(bytes, begin);
                    self.lines(bytes, run, sink);
                    let value = bytes.get(begin..).unwrap_or_default();
                    sink(Piece { kind: PieceKind::Torn, bytes: value, line: self.lines_before + 1 });
                    self.lines_before += newlines(value);
                    self.seen.documents += 1;
                    run = LineRun::at(bytes.len());
                }
                InputSegment::Value(begin, end) => {
                    let before = bytes.get(at..begin).unwrap_or_default();
                    if !before.trim_ascii().is_empty() {
                        run.extend_to(bytes, begin);
                    }
                    self.lines(bytes, run, sink);
                    let value = bytes.get(begin..end).unwrap_or_default();
                    let kind = if self.scanner.is_line() { PieceKind::Record } else { PieceKind::Document };
                    sink(Piece { kind, bytes: value, line: self.lines_before + 1 });
                    self.lines_before += if kind == PieceKind::Record { 0 } else { newlines(value) };
                    let is_list = value.first() == Some(&b'[');
                    *(if is_list { &mut self.seen.lists } else { &mut self.seen.documents }) += 1;
                    run = LineRun::at(end);
                    self.place = Cursor::Between { is_new_line: false };
                }
            }
        }
        self.lines(bytes, run, sink);
        self.passed += run.end;
        if let Some(begin) = &mut self.open_at {
            *begin -= run.end;
        }
        run.end
    }

    /// Hands out lines.
    fn lines(&mut self, bytes: &[u8], run: LineRun, sink: PieceSink<'_>) {
        let bytes = bytes.get(run.begin..run.end).unwrap_or_default();
        if !bytes.is_empty() {
            sink(Piece { kind: PieceKind::Lines, bytes, line: self.lines_before + 1 });
            self.lines_before += run.line_ends;
        }
    }

    fn skip_separators(&mut self, bytes: &[u8], at: usize) -> usize {
        let rest = bytes.get(at..).unwrap_or_default();
        let length = rest.iter().position(|byte| !is_separator(*byte)).unwrap_or(rest.len());
        let lines = newlines(rest.get(..length).unwrap_or_default());
        self.lines_before += lines;
        let was_new_line = self.place == Cursor::Between { is_new_line: true };
        let is_new_line = was_new_line || lines > 0;
        self.place = if is_new_line && length < rest.len() { Cursor::Start } else { Cursor::Between { is_new_line } };
        at + length
    }

    /// Passes over whole lines that begin no value.
    fn pass_ordinary_lines(&mut self, bytes: &[u8], run: &mut LineRun) {
        if self.place != Cursor::Start || self.open_at.is_some() || self.seen.is_nothing() {
            return;
        }
        let rest = bytes.get(run.end..).unwrap_or_default();
        let mut start = 0;
        for newline in memchr::memchr_iter(b'\n', rest) {
            let line = rest.get(start..newline).unwrap_or_default();
            let kind = match LineKind::of(line) {
                LineKind::Unclear if self.scanner.is_surely_text(line) => LineKind::Text,
                kind => kind,
            };
            if kind == LineKind::Unclear || line.len() > LONGEST_LINE || BlockForm::of(line).is_some() {
                break;
            }
            self.seen.count_line(kind);
            run.line_ends += 1;
            start = newline + 1;
        }
        run.end += start;
    }

    /// Finds the next segment at a position.
    fn next_segment(&mut self, bytes: &[u8], at: usize, is_end: bool) -> InputSegment {
        if let Some(begin) = self.open_at.take() {
            if let Some(found) = self.continue_value(bytes, begin, is_end) {
                return found;
            }
        } else if self.place == (Cursor::Between { is_new_line: false })
            && self.may_begin(bytes, at)
            && let Some(found) = self.value_at(bytes, at, is_end)
        {
            return found;
        }
        let line = LineBounds::at(bytes, at, is_end);
        let is_known = line.extent != LineExtent::Unknown;
        if is_known
            && self.place == Cursor::Start
            && let Some(found) = self.block_at(bytes, line, is_end)
        {
            return found;
        }
        if is_known
            && self.place == Cursor::Start
            && let Some(found) = self.value_at_start(bytes, line, is_end)
        {
            return found;
        }
        if is_known
            && self.place != Cursor::Inside
            && let Some(found) = self.value_at_end(bytes, line, is_end)
        {
            return found;
        }
        match line.extent {
            LineExtent::Unknown => InputSegment::Unknown,
            LineExtent::TooLong => InputSegment::LongLine,
            LineExtent::Whole => {
                // The rest of a line that is too long was counted with it.
                if self.place != Cursor::Inside {
                    self.seen.count_line(LineKind::of(line.text(bytes)));
                }
                InputSegment::Line(line.next)
            }
        }
    }
}

#[cfg(test)]
mod tests;
