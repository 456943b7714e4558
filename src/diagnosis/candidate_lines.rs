//! Collects the hits of each line, and matches lines that have some.

use std::borrow::Cow;

use memchr::{memchr, memrchr};

use super::block_reader::{BlockReader, FoundLine, TroubleText};
use super::line_hits::LineHits;
use super::log_lines::LogLine;
use super::patterns::{LinePlace, Patterns};
use super::prefilter::ProbeHit;
use super::recent_lines::RecentLines;
use super::tally::Tally;
use crate::segment::LONGEST_LINE;
use crate::templates::{self, Templater};
use crate::text;

/// Collects the hits of the current line, then matches it.
pub(super) struct CandidateLines<'a, 'b> {
    patterns: &'a Patterns,
    piece: &'a [u8],
    /// The place of the first line of the piece.
    place: LinePlace<'a>,
    /// Positions of irregular bytes that are still ahead.
    pub(super) irregular: &'a [usize],
    /// Lines of log formats that are still ahead.
    pub(super) log_lines: &'a [LogLine],
    /// Whether all lines have the place of the piece.
    ///
    /// Records of a document have.
    pub(super) is_one_place: bool,
    /// The blocks of the text, and the position of the piece there.
    pub(super) blocks: Option<(&'a mut BlockReader<'b>, usize)>,
    /// The current line with its line end.
    start: usize,
    end: usize,
    /// Whether hits of the current line are collected.
    ///
    /// The line is matched when it ends.
    is_open: bool,
    scratch: &'a mut Scratch,
    tally: &'a mut Tally,
}

/// Buffers that are kept from one block to the next.
///
/// Matches do not depend on them. Each thread has its own, so that no thread waits for another.
#[derive(Debug, Default)]
pub struct ScanBuffers {
    pub(super) scratch: Scratch,
    /// The lines before the next piece.
    pub(super) recent: RecentLines,
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
    hits: LineHits,
    /// The line with its white space folded.
    folded: Vec<u8>,
    templater: Templater,
}

impl ScanBuffers {
    /// Says which lines are before the next piece.
    ///
    /// Needed only if another thread read them.
    pub fn continue_behind(&mut self, recent: RecentLines) {
        self.recent = recent;
    }
}

impl<'a> CandidateLines<'a, '_> {
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
            log_lines: &[],
            is_one_place: false,
            blocks: None,
            start: 0,
            end: 0,
            is_open: false,
            scratch,
            tally,
        }
    }

    /// Adds a hit.
    ///
    /// Lines ascend; within a line, hits come in any order.
    pub(super) fn add_hit(&mut self, at: usize, hit: ProbeHit) {
        self.log_lines_until(at);
        if at >= self.end {
            self.close();
            self.open(at);
        }
        if self.is_open && at >= self.start {
            self.scratch.hits.add(at - self.start, hit);
        }
    }

    /// Opens the lines of log formats that begin up to a position.
    fn log_lines_until(&mut self, until: usize) {
        while let Some((line, rest)) = self.log_lines.split_first().filter(|(line, _)| line.start <= until) {
            self.log_lines = rest;
            if line.start >= self.end {
                self.close();
                self.open(line.start);
            }
            if self.is_open && line.start >= self.start {
                self.scratch.hits.add_log_line(line);
            }
        }
    }

    /// Matches the last line, and the irregular lines after it.
    pub(super) fn finish(mut self) {
        self.log_lines_until(self.piece.len());
        self.close();
        self.irregular_lines_until(self.piece.len());
    }

    /// Opens the line that contains a position.
    ///
    /// An irregular line is matched at once, after the irregular lines before it.
    fn open(&mut self, at: usize) {
        let start = memrchr(b'\n', self.ahead(at)).map_or(0, |end| end + 1);
        self.irregular_lines_until(start);
        self.start = start;
        let rest = self.piece.get(at..).unwrap_or_default();
        // The byte after a line does not belong to the next one.
        self.end = memchr(b'\n', rest).map_or(self.piece.len(), |length| at + length) + 1;
        let count = self.irregular.iter().take_while(|irregular| **irregular < self.end).count();
        let (irregular, after) = self.irregular.split_at(count);
        self.irregular = after;
        let is_long = self.end - self.start > LONGEST_LINE;
        let is_space = |at: &usize| matches!(self.piece.get(*at), Some(b' ' | b'\t'));
        match irregular {
            [] if !is_long => self.is_open = true,
            spaces if !is_long && spaces.iter().all(is_space) => self.spaced_line(spaces),
            _ => self.irregular_line(),
        }
    }

    /// Matches the current line if it is open.
    fn close(&mut self) {
        if std::mem::take(&mut self.is_open) {
            let (written, place) = (self.written(), self.place_of_line());
            let candidate = candidate(place, &mut self.blocks, self.start);
            match_line(self.patterns, written, candidate, self.scratch, self.tally);
        }
    }

    /// Matches the irregular lines that begin before a position.
    fn irregular_lines_until(&mut self, until: usize) {
        while let Some(irregular) = self.irregular.first().copied().filter(|irregular| *irregular < until) {
            self.open(irregular);
        }
    }

    /// Folds the white space of the current line, then matches it.
    ///
    /// `spaces` are its irregular positions, all of them of white space.
    fn spaced_line(&mut self, spaces: &[usize]) {
        let line = self.written();
        let mut folded = std::mem::take(&mut self.scratch.folded);
        folded.clear();
        let mut copied = 0;
        for at in spaces.iter().map(|at| at - self.start).filter(|at| *at < line.len()) {
            if at >= copied {
                folded.extend_from_slice(line.get(copied..at).unwrap_or_default());
                if folded.last() != Some(&b' ') {
                    folded.push(b' ');
                }
                let rest = line.get(at..).unwrap_or_default();
                copied = at + rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            }
        }
        folded.extend_from_slice(line.get(copied..).unwrap_or_default());
        self.patterns.prefilter(&[]).each_hit(&folded, &mut |at, hit| self.scratch.hits.add(at, hit));
        if let Some(line) = self.patterns.log_lines().look(&folded) {
            self.scratch.hits.add_log_line(&line);
        }
        let candidate = candidate(self.place_of_line(), &mut self.blocks, self.start);
        match_line(self.patterns, &folded, candidate, self.scratch, self.tally);
        self.scratch.folded = folded;
    }

    /// Cleans the current line, then matches it.
    fn irregular_line(&mut self) {
        let place = self.place_of_line();
        for part in self.written().chunks(LONGEST_LINE) {
            for line in text::clean(&String::from_utf8_lossy(part)).lines() {
                let line = self.patterns.line(line);
                let LineHits { numbers, words, .. } = self.patterns.hits_in(&line);
                let candidate = candidate(place, &mut self.blocks, self.start);
                if self.patterns.count_matches(&line, numbers, place, self.tally) {
                    candidate.explained(self.tally);
                } else if let Some(template) = self.patterns.error_template(&line, &words, &mut self.scratch.templater)
                    && !self.patterns.is_harmless(&line)
                {
                    candidate.trouble(template, TroubleText::Cleaned(line.text()), self.tally);
                }
            }
        }
    }

    /// Returns the bytes before a position.
    fn ahead(&self, at: usize) -> &'a [u8] {
        let piece: &'a [u8] = self.piece;
        piece.get(..at).unwrap_or_default()
    }

    /// Returns the current line without its line end.
    fn written(&self) -> &'a [u8] {
        let piece: &'a [u8] = self.piece;
        let line = piece.get(self.start..self.end.min(piece.len())).unwrap_or_default();
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        line.strip_suffix(b"\r").unwrap_or(line)
    }

    fn place_of_line(&self) -> LinePlace<'a> {
        match self.is_one_place {
            true => self.place,
            false => LinePlace { ahead: self.ahead(self.start), ..self.place },
        }
    }
}

/// Returns a line of a piece, at a position there.
fn candidate<'c, 'b>(
    place: LinePlace<'c>,
    blocks: &'c mut Option<(&mut BlockReader<'b>, usize)>,
    start: usize,
) -> FoundLine<'c, 'b> {
    FoundLine { place, blocks: blocks.as_mut().map(|(blocks, piece)| (&mut **blocks, *piece + start)) }
}

/// Matches a regular line by its hits, and clears them.
fn match_line(
    patterns: &Patterns,
    written: &[u8],
    candidate: FoundLine<'_, '_>,
    Scratch { hits, templater, .. }: &mut Scratch,
    tally: &mut Tally,
) {
    // Checking first is faster than replacing what is no UTF-8.
    let text = std::str::from_utf8(written).map_or_else(|_| String::from_utf8_lossy(written), Cow::Borrowed);
    let line = (hits.may_match() || hits.may_be_trouble()).then(|| patterns.regular_line(&text));
    let mut points_to_a_card = false;
    if hits.may_match()
        && let Some(line) = &line
    {
        patterns.complete(hits);
        points_to_a_card = patterns.count_matches(line, hits.numbers.iter().copied(), candidate.place, tally);
    }
    let (mut is_error, mut is_trouble) = (false, false);
    if !points_to_a_card && hits.may_be_error() {
        match &text {
            Cow::Borrowed(_) => hits.keep_words(written),
            // They stand elsewhere, now that what is no UTF-8 is replaced.
            Cow::Owned(text) => hits.words = templates::places(text),
        }
        is_error = templater.template(&text, &hits.words).is_some();
        is_trouble = is_error && !patterns.is_harmless_as_written(&text);
    }
    if hits.may_be_trouble()
        && !points_to_a_card
        && !is_error
        && let Some(line) = &line
        && patterns.log_lines().trouble(line, templater).is_some()
    {
        is_trouble = !patterns.is_harmless(line);
    }
    if points_to_a_card {
        candidate.explained(tally);
    } else if is_trouble {
        candidate.trouble(templater.last(), TroubleText::Written(&text), tally);
    }
    hits.clear();
}
