//! What may stand in lines, put together line by line, and the lines looked at in which something may.

use std::borrow::Cow;

use memchr::{memchr, memrchr};

use super::patterns::{Patterns, Place};
use super::prefilter::Mark;
use super::tally::Tally;
use super::trouble::{self, Troubles};
use crate::recognize::Line;
use crate::text;

/// Bytes of the longest line that is searched as a whole; a longer one is searched in parts of this length.
///
/// 1 MiB, as in the segmenter, so that the memory for one line is bounded.
pub(super) const LONGEST_LINE: usize = 1 << 20;

/// Collects what may stand in a line, and looks at the line when all of it is known.
pub(super) struct Reader<'a> {
    patterns: &'a Patterns,
    piece: &'a [u8],
    /// The place where the piece begins.
    place: Place<'a>,
    /// Places of odd things that are still ahead.
    pub(super) odd: &'a [usize],
    /// Whether all lines stand at the place where the piece begins: they are the records of a document.
    pub(super) is_one_place: bool,
    /// The line at hand, with the byte behind it; if it is not open, it is done with.
    start: usize,
    end: usize,
    is_open: bool,
    needs_fields: bool,
    may_be_trouble: bool,
    scratch: &'a mut Scratch,
    tally: &'a mut Tally,
}

/// Buffers that are kept from one block to the next.
///
/// Matches do not depend on them. Each thread has its own, so that no thread waits for another.
#[derive(Debug, Default)]
pub struct Memory {
    pub(super) scratch: Scratch,
    /// Records of a document as lines, to be used again.
    pub(super) lines: Vec<u8>,
}

/// What is needed for one line and used again for the next.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The numbers of patterns that may stand in the line.
    numbers: Vec<usize>,
    /// Where words of trouble stand in it.
    words: Vec<usize>,
    troubles: Troubles,
}

impl<'a> Reader<'a> {
    /// A reader of a piece of whole lines; `place` is where the piece begins.
    pub(super) fn new(
        patterns: &'a Patterns,
        piece: &'a [u8],
        place: Place<'a>,
        scratch: &'a mut Scratch,
        tally: &'a mut Tally,
    ) -> Self {
        Self {
            patterns,
            piece,
            place,
            odd: &[],
            is_one_place: false,
            start: 0,
            end: 0,
            is_open: false,
            needs_fields: false,
            may_be_trouble: false,
            scratch,
            tally,
        }
    }

    /// Takes what may stand in a line, and where; lines in order, in each line in no order.
    pub(super) fn found(&mut self, at: usize, mark: Mark) {
        if at >= self.end {
            self.close();
            self.open(at);
        }
        if !self.is_open || at < self.start {
            return;
        }
        match mark {
            Mark::Pattern(number) => {
                if !self.scratch.numbers.contains(&number) {
                    self.scratch.numbers.push(number);
                }
            }
            Mark::Fields => self.needs_fields = true,
            Mark::Word => self.scratch.words.push(at - self.start),
            Mark::Trouble => self.may_be_trouble = true,
        }
    }

    /// Looks at what is left.
    pub(super) fn finish(mut self) {
        self.close();
        self.odd_lines_until(self.piece.len());
    }

    /// Goes to the line at a place.
    fn open(&mut self, at: usize) {
        let start = memrchr(b'\n', self.piece.get(..at).unwrap_or_default()).map_or(0, |end| end + 1);
        self.odd_lines_until(start);
        let rest = self.piece.get(at..).unwrap_or_default();
        (self.start, self.end) = (start, memchr(b'\n', rest).map_or(self.piece.len(), |length| at + length));
        // The byte after a line does not belong to the next one.
        self.end += 1;
        self.is_open = true;
        if self.odd.first().is_some_and(|odd| *odd < self.end) || self.end - self.start > LONGEST_LINE {
            self.is_open = false;
            self.odd_line();
        }
    }

    /// Looks at the line at hand.
    fn close(&mut self) {
        if !std::mem::take(&mut self.is_open) {
            return;
        }
        let written = self.written();
        // The other way looks at every byte, to find where it is none.
        let written = std::str::from_utf8(written).map_or_else(|_| String::from_utf8_lossy(written), Cow::Borrowed);
        let place = self.place_of_line();
        if std::mem::take(&mut self.needs_fields) {
            self.scratch.numbers.extend(self.patterns.about_fields());
        }
        let mut points_to_a_card = false;
        if !self.scratch.numbers.is_empty() {
            self.scratch.numbers.sort_unstable();
            self.scratch.numbers.dedup();
            // A line that is not odd says what is written.
            let line = Line::as_written(&written);
            points_to_a_card = self.patterns.look(&line, self.scratch.numbers.iter().copied(), place, self.tally);
            self.scratch.numbers.clear();
        }
        let may_be_trouble = std::mem::take(&mut self.may_be_trouble) || !self.scratch.words.is_empty();
        let mut words = std::mem::take(&mut self.scratch.words);
        words.sort_unstable();
        if may_be_trouble && !points_to_a_card {
            match &written {
                Cow::Borrowed(written) => words.retain(|at| !trouble::is_denied(written.as_bytes(), *at)),
                // They stand elsewhere, now that what is no UTF-8 is replaced.
                Cow::Owned(written) => words = trouble::places(written),
            }
            if let Some(template) = self.scratch.troubles.template(&written, &words)
                && !self.patterns.is_harmless_as_written(&written)
            {
                self.tally.trouble(template, || Cow::Owned(text::clean_line(&written)), place);
            }
        }
        words.clear();
        self.scratch.words = words;
    }

    /// Looks at the odd lines that begin before a place.
    fn odd_lines_until(&mut self, until: usize) {
        while let Some(odd) = self.odd.first().copied().filter(|odd| *odd < until) {
            self.start = memrchr(b'\n', self.piece.get(..odd).unwrap_or_default()).map_or(0, |end| end + 1);
            let rest = self.piece.get(odd..).unwrap_or_default();
            self.end = memchr(b'\n', rest).map_or(self.piece.len(), |length| odd + length) + 1;
            self.odd_line();
        }
    }

    /// Looks at the line at hand as it looks to people.
    fn odd_line(&mut self) {
        let done = self.odd.iter().take_while(|odd| **odd < self.end).count();
        self.odd = self.odd.get(done..).unwrap_or_default();
        let place = self.place_of_line();
        for part in self.written().chunks(LONGEST_LINE) {
            for line in text::clean(&String::from_utf8_lossy(part)).lines() {
                let line = Line::new(line);
                let numbers = self.patterns.numbers_in(&line);
                if !self.patterns.look(&line, numbers, place, self.tally)
                    && let Some(template) = self.scratch.troubles.template(line.text(), &trouble::places(line.text()))
                    && !self.patterns.is_harmless(&line)
                {
                    self.tally.trouble(template, || Cow::Borrowed(line.text()), place);
                }
            }
        }
    }

    /// The bytes of the line at hand.
    fn written(&self) -> &'a [u8] {
        let piece: &'a [u8] = self.piece;
        let line = piece.get(self.start..self.end.min(piece.len())).unwrap_or_default();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    fn place_of_line(&self) -> Place<'a> {
        if self.is_one_place {
            return self.place;
        }
        let piece: &'a [u8] = self.piece;
        Place { ahead: piece.get(..self.start).unwrap_or_default(), ..self.place }
    }
}
