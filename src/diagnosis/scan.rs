//! Patterns of several trees, looked for in blocks of bytes.

use std::borrow::Cow;
use std::sync::Arc;

use super::odd;
use super::patterns::{Patterns, Place};
use super::prefilter::Mark;
use super::tally::Tally;
use super::trouble::{self, Troubles};
use crate::recognize::{Line, Recognizer};
use crate::text;
use crate::tree::Tree;
use memchr::{memchr, memrchr};

/// A longer line, in bytes, is looked at in pieces.
const LONGEST: usize = 1 << 20;

/// Blocks are looked at in pieces of whole lines of about this many bytes, which stay near the processor.
const PIECE: usize = 1 << 15;

/// Where bytes come from.
#[derive(Clone, Copy, Debug)]
pub struct At<'p> {
    /// The file, or what else it is.
    pub path: &'p str,
    /// The number of the first line, from 1.
    pub line: usize,
}

/// The patterns of trees, ready to be looked for in much evidence. It can be shared between threads.
#[derive(Debug)]
pub struct Scanner {
    patterns: Arc<Patterns>,
}

impl Scanner {
    /// Gets the patterns of trees ready.
    pub fn new(trees: &[Arc<Tree>]) -> Self {
        Self { patterns: Arc::new(Patterns::new(trees)) }
    }

    /// The trees whose patterns these are.
    pub fn trees(&self) -> impl Iterator<Item = &Arc<Tree>> {
        self.patterns.recognizers().iter().map(Recognizer::tree)
    }

    /// Looks through whole lines, of which each may carry a record. Bytes that are no UTF-8 do not hurt.
    pub fn lines(&self, block: &[u8], at: At<'_>, tally: &mut Tally) {
        if self.patterns.needs_every_line() {
            return self.every_line(block, at, tally);
        }
        tally.opened_for(&self.patterns);
        let mut number = at.line;
        let mut rest = block;
        let mut odd = Vec::new();
        let mut troubles = Troubles::default();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(end_of_piece(rest));
            let line_ends = odd::look(piece, &mut odd);
            let mut reader = Reader {
                patterns: &self.patterns,
                piece,
                place: Place { path: at.path, line: number, ahead: &[] },
                odd: &odd,
                start: 0,
                end: 0,
                is_open: false,
                numbers: Vec::new(),
                needs_fields: false,
                may_be_trouble: false,
                words: Vec::new(),
                troubles: &mut troubles,
                tally,
            };
            self.patterns.prefilter().look(piece, &mut |at, mark| reader.found(at, mark));
            reader.finish();
            tally.records += (line_ends + usize::from(!piece.ends_with(b"\n"))) as u64;
            number += line_ends;
            rest = after;
        }
    }

    /// As [`Scanner::lines`], with every pattern looked for in every line: slow, and what the other must agree with.
    pub fn every_line(&self, block: &[u8], at: At<'_>, tally: &mut Tally) {
        tally.opened_for(&self.patterns);
        let mut troubles = Troubles::default();
        let block = block.strip_suffix(b"\n").unwrap_or(block);
        for (number, line) in (at.line..).zip(block.split(|byte| *byte == b'\n')) {
            tally.records += 1;
            let place = Place { path: at.path, line: number, ahead: &[] };
            for piece in line.chunks(LONGEST) {
                every_pattern(&self.patterns, &String::from_utf8_lossy(piece), place, &mut troubles, tally);
            }
        }
    }

    pub(super) fn patterns(&self) -> &Arc<Patterns> {
        &self.patterns
    }
}

/// Where a piece of whole lines ends that is not much longer than it must be.
fn end_of_piece(block: &[u8]) -> usize {
    let Some(first) = block.get(..PIECE) else { return block.len() };
    if let Some(end) = memrchr(b'\n', first) {
        return end + 1;
    }
    memchr(b'\n', block).map_or(block.len(), |end| end + 1)
}

/// Looks for every pattern in what is one line to whoever wrote it; cleaned, it may be several.
pub(super) fn every_pattern(
    patterns: &Patterns,
    written: &str,
    place: Place<'_>,
    troubles: &mut Troubles,
    tally: &mut Tally,
) {
    for line in text::clean(written).lines() {
        let line = Line::new(line);
        if !patterns.look(&line, 0..patterns.all().len(), place, tally)
            && let Some(template) = troubles.template(line.text(), &trouble::places(line.text()))
            && !patterns.is_harmless(&line)
        {
            tally.trouble(template, || Cow::Borrowed(line.text()), place);
        }
    }
}

/// Collects what may stand in a line, and looks at the line when all of it is known.
struct Reader<'a> {
    patterns: &'a Patterns,
    piece: &'a [u8],
    /// The place where the piece begins.
    place: Place<'a>,
    /// Places of odd things that are still ahead.
    odd: &'a [usize],
    /// The line at hand, without its end; if it is not open, it is done with.
    start: usize,
    end: usize,
    is_open: bool,
    numbers: Vec<usize>,
    needs_fields: bool,
    may_be_trouble: bool,
    /// Where words of trouble stand in the line.
    words: Vec<usize>,
    troubles: &'a mut Troubles,
    tally: &'a mut Tally,
}

impl<'a> Reader<'a> {
    fn found(&mut self, at: usize, mark: Mark) {
        if at >= self.end {
            self.close();
            self.open(at);
        }
        if !self.is_open || at < self.start {
            return;
        }
        match mark {
            Mark::Pattern(number) => {
                if !self.numbers.contains(&number) {
                    self.numbers.push(number);
                }
            }
            Mark::Fields => self.needs_fields = true,
            Mark::Word => self.words.push(at - self.start),
            Mark::Trouble => self.may_be_trouble = true,
        }
    }

    fn finish(mut self) {
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
        if self.odd.first().is_some_and(|odd| *odd < self.end) || self.end - self.start > LONGEST {
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
            self.numbers.extend(self.patterns.about_fields());
        }
        let mut points_to_a_card = false;
        if !self.numbers.is_empty() {
            self.numbers.sort_unstable();
            self.numbers.dedup();
            let line = Line::new(&written);
            points_to_a_card = self.patterns.look(&line, self.numbers.drain(..), place, self.tally);
        }
        let may_be_trouble = std::mem::take(&mut self.may_be_trouble) || !self.words.is_empty();
        let mut words = std::mem::take(&mut self.words);
        if may_be_trouble && !points_to_a_card {
            match &written {
                Cow::Borrowed(written) => words.retain(|at| !trouble::is_denied(written.as_bytes(), *at)),
                // They stand elsewhere, now that what is no UTF-8 is replaced.
                Cow::Owned(written) => words = trouble::places(written),
            }
            if let Some(template) = self.troubles.template(&written, &words)
                && !self.patterns.is_harmless_as_written(&written)
            {
                self.tally.trouble(template, || Cow::Owned(text::clean_line(&written)), place);
            }
        }
        words.clear();
        self.words = words;
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
        for part in self.written().chunks(LONGEST) {
            for line in text::clean(&String::from_utf8_lossy(part)).lines() {
                let line = Line::new(line);
                let numbers = self.patterns.numbers_in(&line);
                if !self.patterns.look(&line, numbers, place, self.tally)
                    && let Some(template) = self.troubles.template(line.text(), &trouble::places(line.text()))
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
        let piece: &'a [u8] = self.piece;
        Place { ahead: piece.get(..self.start).unwrap_or_default(), ..self.place }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Library;

    #[test]
    fn no_pattern_of_the_embedded_trees_makes_every_line_be_looked_at() {
        let scanner = Scanner::new(&Library::embedded().trees);
        assert!(!scanner.patterns.needs_every_line());
    }
}
