//! Finds the JSON value at a position.
//!
//! A bracket whose value is cut off, too long or no JSON begins no value any more.

use super::super::form::LineKind;
use super::super::found::InputSegment;
use super::super::json::ScanStep;
use super::super::line::{LONGEST_LINE, LineBounds, LineExtent, begins_object, is_opening, is_separator};
use super::Segmenter;

/// Bytes of the longest value that is held.
///
/// A longer one is read record by record, so that the memory is bounded.
const LONGEST_VALUE: usize = 16 << 20;

/// Bytes of the longest value without an end that is one record.
///
/// 64 KiB hold the rest of a screen or of a clipboard.
const LONGEST_TORN: usize = 64 << 10;

impl Segmenter {
    /// Returns whether a value may begin at a position.
    pub(super) fn may_begin(&self, bytes: &[u8], at: usize) -> bool {
        let place = self.passed + at;
        is_opening(bytes.get(at)) && place >= self.closed_before && !self.closed.contains(&place)
    }

    /// Returns the value at the beginning of a line.
    pub(super) fn value_at_start(&mut self, bytes: &[u8], line: LineBounds, is_end: bool) -> Option<InputSegment> {
        let is_whole = line.extent == LineExtent::Whole;
        if is_whole && LineKind::of(line.text(bytes)) == LineKind::Object {
            return if self.seen.is_nothing() { self.only_line(bytes, line, is_end) } else { None };
        }
        let mut begin = line.start.max(self.closed_before.saturating_sub(self.passed));
        loop {
            let run = bytes.get(begin..line.end).unwrap_or_default();
            begin += run.len() - run.trim_ascii_start().len();
            if !is_opening(bytes.get(begin)) || begin >= line.end {
                return None;
            }
            if self.may_begin(bytes, begin) {
                match self.value_at(bytes, begin, is_end) {
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
        self.scanner.restart();
        let ScanStep::Closed(length) = self.scanner.scan(text) else { return None };
        let rest = text.get(length..).unwrap_or_default();
        let is_document = if rest.trim_ascii().is_empty() { is_blank } else { begins_object(rest) };
        is_document.then_some(InputSegment::Value(begin, begin + length))
    }

    /// Returns the value that begins at a line's end: `settings: {`.
    pub(super) fn value_at_end(&mut self, bytes: &[u8], line: LineBounds, is_end: bool) -> Option<InputSegment> {
        let text = line.text(bytes).trim_ascii_end();
        if line.extent != LineExtent::Whole || !is_opening(text.last()) {
            return None;
        }
        let is_in_run = |byte: &u8| matches!(byte, b'[' | b'{' | b' ' | b'\t');
        let length = text.iter().rev().take_while(|byte| is_in_run(byte)).count();
        let end = line.start + text.len();
        for begin in (end - length).max(self.closed_before.saturating_sub(self.passed))..end {
            if self.may_begin(bytes, begin)
                && let Some(found) = self.value_at(bytes, begin, is_end)
            {
                return Some(found);
            }
        }
        None
    }

    /// Reads the value that begins at a position.
    ///
    /// `None` if there is none.
    pub(super) fn value_at(&mut self, bytes: &[u8], begin: usize, is_end: bool) -> Option<InputSegment> {
        match self.element.take_if(|(place, _)| *place == self.passed + begin) {
            Some((_, scanner)) => self.scanner = scanner,
            None => self.scanner.restart(),
        }
        self.continue_value(bytes, begin, is_end)
    }

    /// Reads the bytes of a value that were not read before.
    ///
    /// `None` if there is no value.
    pub(super) fn continue_value(&mut self, bytes: &[u8], begin: usize, is_end: bool) -> Option<InputSegment> {
        let text = bytes.get(begin..).unwrap_or_default();
        let text = text.get(..text.len().min(LONGEST_VALUE)).unwrap_or_default();
        match self.scanner.scan(text) {
            ScanStep::Closed(length) => Some(InputSegment::Value(begin, begin + length)),
            ScanStep::Open if text.len() == LONGEST_VALUE => self.give_up_long(text, begin),
            ScanStep::Open if !is_end => {
                self.open_at = Some(begin);
                Some(InputSegment::Unknown)
            }
            step => self.give_up(text, begin, step, is_end),
        }
    }

    /// Gives up a value that is too long.
    ///
    /// The values in it may be short enough.
    fn give_up_long(&mut self, text: &[u8], begin: usize) -> Option<InputSegment> {
        self.seen.is_too_long = true;
        let keeps_inner = self.scanner.open_list().is_some();
        let list = self.close_brackets(begin, text, keeps_inner);
        // The element is not scanned again, because values may be nested, and each too long.
        if let Some(moved) = self.scanner.become_element() {
            self.element = Some((self.passed + begin + moved, std::mem::take(&mut self.scanner)));
        }
        list
    }

    /// Gives up a value that has no end, or is no JSON.
    fn give_up(&mut self, text: &[u8], begin: usize, step: ScanStep, is_end: bool) -> Option<InputSegment> {
        let is_short = text.len() <= LONGEST_TORN;
        let has_text = || memchr::memchr(b'"', text).is_some();
        let list = self.close_brackets(begin, text, is_end && is_short);
        match step {
            ScanStep::TooDeep => self.closed_before = self.passed + begin + self.scanner.scanned(),
            ScanStep::Open if has_text() => {
                self.seen.is_cut = true;
                // On one line, it is a line.
                if list.is_none() && is_short && text.trim_ascii().contains(&b'\n') {
                    return Some(InputSegment::Torn(begin));
                }
            }
            _ => {}
        }
        list
    }

    /// Remembers that the bracket at `begin` opens no value.
    ///
    /// If `keeps_inner` is false, neither do the brackets that are open inside of it: they break off where it does.
    /// Returns the outermost list with a whole object.
    fn close_brackets(&mut self, begin: usize, text: &[u8], keeps_inner: bool) -> Option<InputSegment> {
        let place = self.passed + begin;
        self.closed_before = place + 1;
        self.closed.clear();
        if !keeps_inner {
            self.closed.extend(self.scanner.opened().iter().map(|opened| place + opened));
        }
        let list = self.scanner.open_list()?;
        if self.seen.is_nothing() {
            self.seen.taken_apart = text.first().copied();
        }
        Some(InputSegment::List(begin + list + 1))
    }
}
