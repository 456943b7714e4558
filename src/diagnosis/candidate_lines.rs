//! Collects the hits of each line, and matches lines that have some.

use std::borrow::Cow;

use memchr::{memchr, memrchr};

use super::patterns::{LinePlace, Patterns};
use super::prefilter::ProbeHit;
use super::tally::Tally;
use crate::recognize::Line;
use crate::segment::LONGEST_LINE;
use crate::templates::{self, Templater};
use crate::text;

/// Collects the hits of the current line, then matches it.
pub(super) struct CandidateLines<'a> {
    patterns: &'a Patterns,
    piece: &'a [u8],
    /// The place of the first line of the piece.
    place: LinePlace<'a>,
    /// Positions of irregular bytes that are still ahead.
    pub(super) irregular: &'a [usize],
    /// Whether all lines have the place of the piece.
    ///
    /// Records of a document have.
    pub(super) is_one_place: bool,
    /// The current line with its line end.
    ///
    /// Nothing is pending if it is not open.
    start: usize,
    end: usize,
    is_open: bool,
    needs_fields: bool,
    may_be_error: bool,
    scratch: &'a mut Scratch,
    tally: &'a mut Tally,
}

/// Buffers that are kept from one block to the next.
///
/// Matches do not depend on them. Each thread has its own, so that no thread waits for another.
#[derive(Debug, Default)]
pub struct ScanBuffers {
    pub(super) scratch: Scratch,
    /// Records of a document, one a line.
    pub(super) lines: Vec<u8>,
    pub(super) probed: Probed,
}

/// Everything that was found in lines before they are matched.
#[derive(Debug, Default)]
pub(super) struct Probed {
    /// The hits of the prefilter, with their positions.
    pub(super) hits: Vec<(usize, ProbeHit)>,
    /// The positions of irregular bytes.
    pub(super) irregular: Vec<usize>,
}

/// Buffers for one line.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The numbers of patterns that the line may match.
    numbers: Vec<usize>,
    /// The positions of error words in the line.
    words: Vec<usize>,
    templater: Templater,
}

impl<'a> CandidateLines<'a> {
    /// Starts on a piece of whole lines that begins at `place`.
    pub(super) fn new(
        patterns: &'a Patterns,
        piece: &'a [u8],
        place: LinePlace<'a>,
        scratch: &'a mut Scratch,
        tally: &'a mut Tally,
    ) -> Self {
        Self {
            patterns,
            piece,
            place,
            irregular: &[],
            is_one_place: false,
            start: 0,
            end: 0,
            is_open: false,
            needs_fields: false,
            may_be_error: false,
            scratch,
            tally,
        }
    }

    /// Adds a hit.
    ///
    /// Lines ascend; within a line, hits come in any order.
    pub(super) fn found(&mut self, at: usize, mark: ProbeHit) {
        if at >= self.end {
            self.close();
            self.open(at);
        }
        if !self.is_open || at < self.start {
            return;
        }
        match mark {
            ProbeHit::Pattern(number) => {
                if !self.scratch.numbers.contains(&number) {
                    self.scratch.numbers.push(number);
                }
            }
            ProbeHit::Fields => self.needs_fields = true,
            ProbeHit::ErrorWord => self.scratch.words.push(at - self.start),
            ProbeHit::ErrorLine => self.may_be_error = true,
        }
    }

    /// Matches the last line, and the irregular lines after it.
    pub(super) fn finish(mut self) {
        self.close();
        self.irregular_lines_until(self.piece.len());
    }

    /// Opens the line that contains a position.
    fn open(&mut self, at: usize) {
        let start = memrchr(b'\n', self.piece.get(..at).unwrap_or_default()).map_or(0, |end| end + 1);
        self.irregular_lines_until(start);
        let rest = self.piece.get(at..).unwrap_or_default();
        (self.start, self.end) = (start, memchr(b'\n', rest).map_or(self.piece.len(), |length| at + length));
        // The byte after a line does not belong to the next one.
        self.end += 1;
        self.is_open = true;
        if self.irregular.first().is_some_and(|irregular| *irregular < self.end) || self.end - self.start > LONGEST_LINE
        {
            self.is_open = false;
            self.irregular_line();
        }
    }

    /// Matches the current line.
    fn close(&mut self) {
        if !std::mem::take(&mut self.is_open) {
            return;
        }
        let written = self.written();
        let written = std::str::from_utf8(written).map_or_else(|_| String::from_utf8_lossy(written), Cow::Borrowed);
        let place = self.place_of_line();
        if std::mem::take(&mut self.needs_fields) {
            self.scratch.numbers.extend(self.patterns.about_fields());
        }
        let mut points_to_a_card = false;
        if !self.scratch.numbers.is_empty() {
            self.scratch.numbers.sort_unstable();
            self.scratch.numbers.dedup();
            let line = Line::as_written(&written);
            points_to_a_card = self.patterns.look(&line, self.scratch.numbers.iter().copied(), place, self.tally);
            self.scratch.numbers.clear();
        }
        let may_be_error = std::mem::take(&mut self.may_be_error) || !self.scratch.words.is_empty();
        let mut words = std::mem::take(&mut self.scratch.words);
        words.sort_unstable();
        if may_be_error && !points_to_a_card {
            match &written {
                Cow::Borrowed(written) => words.retain(|at| !templates::is_denied(written.as_bytes(), *at)),
                // They stand elsewhere, now that what is no UTF-8 is replaced.
                Cow::Owned(written) => words = templates::places(written),
            }
            if let Some(template) = self.scratch.templater.template(&written, &words)
                && !self.patterns.is_harmless_as_written(&written)
            {
                self.tally.error_line(template, || Cow::Owned(text::clean_line(&written)), place);
            }
        }
        words.clear();
        self.scratch.words = words;
    }

    /// Matches the irregular lines that begin before a position.
    fn irregular_lines_until(&mut self, until: usize) {
        while let Some(irregular) = self.irregular.first().copied().filter(|irregular| *irregular < until) {
            self.start = memrchr(b'\n', self.piece.get(..irregular).unwrap_or_default()).map_or(0, |end| end + 1);
            let rest = self.piece.get(irregular..).unwrap_or_default();
            self.end = memchr(b'\n', rest).map_or(self.piece.len(), |length| irregular + length) + 1;
            self.irregular_line();
        }
    }

    /// Cleans the current line, then matches it.
    fn irregular_line(&mut self) {
        let done = self.irregular.iter().take_while(|irregular| **irregular < self.end).count();
        self.irregular = self.irregular.get(done..).unwrap_or_default();
        let place = self.place_of_line();
        for part in self.written().chunks(LONGEST_LINE) {
            for line in text::clean(&String::from_utf8_lossy(part)).lines() {
                let line = Line::new(line);
                let (numbers, words) = self.patterns.hits_in(&line);
                if !self.patterns.look(&line, numbers, place, self.tally)
                    && let Some(template) = self.scratch.templater.template(line.text(), &words)
                    && !self.patterns.is_harmless(&line)
                {
                    self.tally.error_line(template, || Cow::Borrowed(line.text()), place);
                }
            }
        }
    }

    /// Returns the current line without its line end.
    fn written(&self) -> &'a [u8] {
        let piece: &'a [u8] = self.piece;
        let line = piece.get(self.start..self.end.min(piece.len())).unwrap_or_default();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    fn place_of_line(&self) -> LinePlace<'a> {
        if self.is_one_place {
            return self.place;
        }
        let piece: &'a [u8] = self.piece;
        LinePlace { ahead: piece.get(..self.start).unwrap_or_default(), ..self.place }
    }
}
