//! The state machine that cuts a text into pieces.

use super::encoding::Encoding;
use super::form::{FormStats, InputForm, LineKind};
use super::found::{Cursor, InputSegment};
use super::json::{ScanStep, Value};
use super::line::{LONGEST_LINE, LineBounds, LineExtent, LineRun, begins_object, is_opening, is_separator, newlines};
use super::piece::{Piece, PieceKind};

/// Bytes of the longest value that is held.
///
/// A longer one is read record by record, so that the memory is bounded.
const LONGEST_VALUE: usize = 16 << 20;
/// Bytes of the longest value without an end that is one record.
///
/// 64 KiB hold the rest of a screen or of a clipboard.
const LONGEST_TORN: usize = 64 << 10;
/// Bytes at the beginning in which NUL bytes are looked for.
const BEGINNING: usize = 4 << 10;

/// Takes pieces.
type PieceSink<'s> = &'s mut dyn FnMut(Piece<'_>);

/// Cuts a text that comes in blocks into pieces.
///
/// Put together, the pieces are the text, but for marks of the encoding, and white space and commas around documents.
/// They do not depend on where the blocks end, but that neighboring lines may come in one piece or in several.
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
    /// The value under way, and where it begins in what is held.
    value: Option<(usize, Value)>,
    /// Brackets before this position begin no value,
    refused: usize,
    /// and these.
    doomed: Vec<usize>,
    /// A value to be used again.
    spare: Value,
    /// A record that was being read when its list got too long.
    under_way: Option<(usize, Value)>,
    seen: FormStats,
}

impl Segmenter {
    /// Takes the next bytes, and hands out what is whole.
    pub fn push(&mut self, block: &[u8], sink: PieceSink<'_>) {
        let mut encoding = std::mem::take(&mut self.encoding);
        self.take(&encoding.decode(block, false), sink);
        self.encoding = encoding;
    }

    /// Hands out what is left, and says what the text was.
    pub fn finish(mut self, sink: PieceSink<'_>) -> InputForm {
        let mut encoding = std::mem::take(&mut self.encoding);
        self.take(&encoding.decode(&[], true), sink);
        let held = std::mem::take(&mut self.held);
        self.process(&held, true, sink);
        self.seen.form(encoding.is_converted())
    }

    /// Ends early: hands out only the beginning of a long value.
    pub fn stop(mut self, sink: PieceSink<'_>) -> InputForm {
        if self.held.len() > LONGEST_LINE {
            self.held.truncate(LONGEST_LINE);
            (self.value, self.under_way) = (None, None);
        }
        self.finish(sink)
    }

    fn take(&mut self, block: &[u8], sink: PieceSink<'_>) {
        let passed = self.passed + self.held.len();
        self.seen.bytes.take(block, passed);
        let beginning = BEGINNING.saturating_sub(passed).min(block.len());
        self.seen.has_nul |= block.get(..beginning).is_some_and(|beginning| memchr::memchr(0, beginning).is_some());
        let mut rest = block;
        if !self.held.is_empty() {
            // An unfinished line needs its end only, so that the rest is not copied.
            let end = memchr::memchr(b'\n', block).map_or(block.len(), |newline| newline + 1);
            let (line, others) = block.split_at(end);
            self.take_held(line, sink);
            rest = others;
        }
        if self.held.is_empty() {
            let consumed = self.process(rest, false, sink);
            self.held.extend_from_slice(rest.get(consumed..).unwrap_or_default());
        } else if !rest.is_empty() {
            self.take_held(rest, sink);
        }
    }

    fn take_held(&mut self, block: &[u8], sink: PieceSink<'_>) {
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
            self.ordinary(bytes, &mut run);
            let at = run.end;
            if at >= bytes.len() {
                break;
            }
            match self.look(bytes, at, is_end) {
                InputSegment::Unknown => break,
                InputSegment::Line(end) => {
                    run.go_on(bytes, end);
                    self.place = Cursor::Start;
                }
                InputSegment::LongLine => {
                    self.lines(bytes, run, sink);
                    let mut part = LineRun::at(at);
                    part.go_on(bytes, LineBounds::at(bytes, at, is_end).first_part(bytes));
                    self.lines(bytes, part, sink);
                    run = LineRun::at(part.end);
                    self.seen.long_lines += u64::from(self.place != Cursor::Inside);
                    self.place = Cursor::Inside;
                }
                InputSegment::List(begin) => {
                    run.go_on(bytes, begin);
                    self.lines(bytes, run, sink);
                    run = LineRun::at(begin);
                    self.place = Cursor::Between { is_new_line: false };
                }
                InputSegment::Torn(begin) => {
                    run.go_on(bytes, begin);
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
                        run.go_on(bytes, begin);
                    }
                    self.lines(bytes, run, sink);
                    let value = bytes.get(begin..end).unwrap_or_default();
                    let kind = if self.spare.is_line() { PieceKind::Record } else { PieceKind::Document };
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
        if let Some((begin, _)) = &mut self.value {
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

    /// Passes over whole lines at which nothing is to be seen.
    fn ordinary(&mut self, bytes: &[u8], run: &mut LineRun) {
        if self.place != Cursor::Start || self.value.is_some() || self.seen.is_nothing() {
            return;
        }
        let rest = bytes.get(run.end..).unwrap_or_default();
        let mut start = 0;
        for newline in memchr::memchr_iter(b'\n', rest) {
            let line = rest.get(start..newline).unwrap_or_default();
            let sort = match LineKind::of(line) {
                LineKind::Unclear if self.spare.is_seen_not_to_be(line) => LineKind::Text,
                sort => sort,
            };
            if sort == LineKind::Unclear || line.len() > LONGEST_LINE {
                break;
            }
            self.seen.line(sort);
            run.line_ends += 1;
            start = newline + 1;
        }
        run.end += start;
    }

    /// Finds the next segment at a position of which nothing is known.
    fn look(&mut self, bytes: &[u8], at: usize, is_end: bool) -> InputSegment {
        if let Some((begin, value)) = self.value.take() {
            if let Some(found) = self.go_on(bytes, begin, value, is_end) {
                return found;
            }
        } else if self.place == (Cursor::Between { is_new_line: false })
            && self.may_begin(bytes, at)
            && let Some(found) = self.begin(bytes, at, is_end)
        {
            return found;
        }
        let line = LineBounds::at(bytes, at, is_end);
        let is_known = line.extent != LineExtent::Unknown;
        if is_known
            && self.place == Cursor::Start
            && let Some(found) = self.leading(bytes, line, is_end)
        {
            return found;
        }
        if is_known
            && self.place != Cursor::Inside
            && let Some(found) = self.trailing(bytes, line, is_end)
        {
            return found;
        }
        match line.extent {
            LineExtent::Unknown => InputSegment::Unknown,
            LineExtent::TooLong => InputSegment::LongLine,
            LineExtent::Whole => {
                // The rest of a line that is too long was counted with it.
                if self.place != Cursor::Inside {
                    self.seen.line(LineKind::of(line.text(bytes)));
                }
                InputSegment::Line(line.next)
            }
        }
    }

    /// Returns whether a value may begin at a position.
    fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        let place = self.passed + at;
        is_opening(bytes.get(at)) && place >= self.refused && !self.doomed.contains(&place)
    }

    /// Returns the value at the beginning of a line.
    fn leading(&mut self, bytes: &[u8], line: LineBounds, is_end: bool) -> Option<InputSegment> {
        let is_whole = line.extent == LineExtent::Whole;
        if is_whole && LineKind::of(line.text(bytes)) == LineKind::Object {
            return if self.seen.is_nothing() { self.only_line(bytes, line, is_end) } else { None };
        }
        let mut begin = line.start.max(self.refused.saturating_sub(self.passed));
        loop {
            let run = bytes.get(begin..line.end).unwrap_or_default();
            begin += run.len() - run.trim_ascii_start().len();
            if !is_opening(bytes.get(begin)) || begin >= line.end {
                return None;
            }
            if self.may_begin(bytes, begin) {
                match self.begin(bytes, begin, is_end) {
                    // Text after it makes it a part of a line, such as `[12] connected`; an object after it does not.
                    Some(InputSegment::Value(begin, end)) if end <= line.end && is_whole => {
                        let rest = bytes.get(end..line.end).unwrap_or_default();
                        let is_object = bytes.get(begin) == Some(&b'{');
                        let is_alone = rest.iter().all(|byte| is_separator(*byte));
                        return (is_alone || is_object && begins_object(rest))
                            .then_some(InputSegment::Value(begin, end));
                    }
                    Some(found) => return Some(found),
                    None => {}
                }
            }
            begin += 1;
        }
    }

    /// Returns the first line as a document, if it is one.
    ///
    /// An object alone is a document, and so are objects side by side.
    fn only_line(&mut self, bytes: &[u8], line: LineBounds, is_end: bool) -> Option<InputSegment> {
        // Whether there are more lines can take long to know, but not for ever.
        let after = bytes.get(line.end..).unwrap_or_default();
        let is_blank = after.len() <= LONGEST_LINE && after.trim_ascii().is_empty();
        if is_blank && !is_end {
            return Some(InputSegment::Unknown);
        }
        let text = line.text(bytes).trim_ascii_start();
        let begin = line.end - text.len();
        self.spare.restart();
        let ScanStep::Closed(length) = self.spare.scan(text) else { return None };
        let rest = text.get(length..).unwrap_or_default();
        let is_document = if rest.trim_ascii().is_empty() { is_blank } else { begins_object(rest) };
        is_document.then_some(InputSegment::Value(begin, begin + length))
    }

    /// Returns the value that begins at a line's end: `settings: {`.
    fn trailing(&mut self, bytes: &[u8], line: LineBounds, is_end: bool) -> Option<InputSegment> {
        let text = line.text(bytes).trim_ascii_end();
        if line.extent != LineExtent::Whole || !is_opening(text.last()) {
            return None;
        }
        let is_in_run = |byte: &u8| matches!(byte, b'[' | b'{' | b' ' | b'\t');
        let length = text.iter().rev().take_while(|byte| is_in_run(byte)).count();
        let end = line.start + text.len();
        for begin in (end - length).max(self.refused.saturating_sub(self.passed))..end {
            if self.may_begin(bytes, begin)
                && let Some(found) = self.begin(bytes, begin, is_end)
            {
                return Some(found);
            }
        }
        None
    }

    fn begin(&mut self, bytes: &[u8], begin: usize, is_end: bool) -> Option<InputSegment> {
        if let Some((_, value)) = self.under_way.take_if(|(place, _)| *place == self.passed + begin) {
            return self.go_on(bytes, begin, value, is_end);
        }
        let mut value = std::mem::take(&mut self.spare);
        value.restart();
        self.go_on(bytes, begin, value, is_end)
    }

    /// Reads on in a value.
    ///
    /// `None` if there is none: its brackets are refused from then on.
    fn go_on(&mut self, bytes: &[u8], begin: usize, mut value: Value, is_end: bool) -> Option<InputSegment> {
        let text = bytes.get(begin..).unwrap_or_default();
        let text = text.get(..text.len().min(LONGEST_VALUE)).unwrap_or_default();
        let step = value.scan(text);
        let is_too_long = step == ScanStep::Open && value.scanned() >= LONGEST_VALUE;
        match step {
            ScanStep::Closed(length) => {
                self.spare = value;
                return Some(InputSegment::Value(begin, begin + length));
            }
            ScanStep::Open if !is_end && !is_too_long => {
                self.value = Some((begin, value));
                return Some(InputSegment::Unknown);
            }
            _ => {}
        }
        let place = self.passed + begin;
        self.refused = place + 1;
        let list = value.open_list();
        // The values that are open inside a value that breaks off break off, too. Inside a value that is only too long,
        // they may be short enough.
        self.doomed.clear();
        // A short value without an end may be one record.
        let may_be_torn = is_end && text.len() <= LONGEST_TORN;
        if !(may_be_torn || is_too_long && list.is_some()) {
            self.doomed.extend(value.opened().iter().map(|opened| place + opened));
        }
        if step == ScanStep::TooDeep {
            self.refused = place + value.scanned();
        }
        self.seen.is_too_long |= is_too_long;
        self.seen.is_cut |= step == ScanStep::Open && !is_too_long && memchr::memchr(b'"', text).is_some();
        if list.is_some() && self.seen.is_nothing() {
            self.seen.taken_apart = text.first().copied();
        }
        let is_cut = step == ScanStep::Open && !is_too_long && list.is_none();
        // On one line, it is a line.
        let is_on_lines = text.trim_ascii().contains(&b'\n') && text.contains(&b'"');
        if is_cut && is_on_lines && text.len() <= LONGEST_TORN {
            self.spare = value;
            return Some(InputSegment::Torn(begin));
        }
        // The scanned part of the record under way is not scanned again, because values may be nested, and each too long.
        if is_too_long && let Some(moved) = value.become_element() {
            self.under_way = Some((place + moved, value));
        } else {
            self.spare = value;
        }
        list.map(|list| InputSegment::List(begin + list + 1))
    }
}

#[cfg(test)]
mod tests;
