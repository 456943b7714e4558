//! Patterns of several trees, looked for in blocks of bytes.

use std::borrow::Cow;
use std::sync::Arc;

use super::odd;
use super::patterns::{Patterns, Place};
use super::prefilter::Prefilter;
use super::reader::{Memory, Reader, Scratch};
use super::tally::Tally;
use super::trouble::{self, Troubles};
use crate::recognize::{Line, Recognizer};
use crate::text;
use crate::tree::Tree;
use memchr::{memchr, memrchr};

/// A longer line, in bytes, is looked at in pieces.
pub(super) const LONGEST: usize = 1 << 20;

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

    /// Looks through whole lines, of which each may carry a record. Bytes that are no UTF-8 do not hurt. Lines like those
    /// that a memory was used for are looked through faster.
    pub fn lines(&self, block: &[u8], at: At<'_>, memory: &mut Memory, tally: &mut Tally) {
        if self.patterns.needs_every_line() {
            return self.every_line(block, at, tally);
        }
        tally.opened_for(&self.patterns);
        memory.opened_for(&self.patterns);
        let filter = self.patterns.prefilter(block);
        if self.patterns.is_worth_learning_for(filter) {
            self.by_layout(filter, memory, block, at, tally);
        } else {
            self.pieces(filter, block, at, &mut memory.scratch, tally);
        }
    }

    /// Passes over lines that are laid out as others were, but for what differs; looks at the others in pieces.
    fn by_layout(&self, filter: &Prefilter, memory: &mut Memory, block: &[u8], at: At<'_>, tally: &mut Tally) {
        let Memory { layouts, scratch, .. } = memory;
        let part = |from: usize, to: usize| block.get(from..to).unwrap_or_default();
        let mut marks = Vec::new();
        // From `other` on, lines were not looked at: the first one has this number.
        let (mut start, mut other, mut line) = (0, 0, at.line);
        while start < block.len() {
            let rest = part(start, block.len());
            if layouts.resting() > 0 {
                let passed = end_of_piece(rest);
                layouts.rested(passed);
                start += passed;
                continue;
            }
            let Some(end) = layouts.look(filter, block, start, &mut marks) else {
                let length = memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
                layouts.learn(filter, self.patterns.asked(), rest.get(..length).unwrap_or_default());
                start += length;
                continue;
            };
            if other < start {
                line += self.pieces(filter, part(other, start), At { line, ..at }, scratch, tally);
            }
            if !marks.is_empty() {
                let place = Place { path: at.path, line, ahead: &[] };
                scratch.recall.take(&self.patterns, layouts, block, start, &marks);
                let mut reader = Reader::new(&self.patterns, part(start, end), place, scratch, tally);
                marks.iter().for_each(|(at, mark)| reader.found(at.saturating_sub(start), *mark));
                reader.finish();
                scratch.recall.let_go();
            }
            tally.records += 1;
            line += 1;
            (start, other) = (end, end);
        }
        self.pieces(filter, part(other, block.len()), At { line, ..at }, scratch, tally);
    }

    /// Looks at whole lines in pieces. Returns how many line ends they have.
    fn pieces(&self, filter: &Prefilter, block: &[u8], at: At<'_>, scratch: &mut Scratch, tally: &mut Tally) -> usize {
        let mut rest = block;
        let mut line = at.line;
        let mut odd = Vec::new();
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(end_of_piece(rest));
            let line_ends = odd::look(piece, &mut odd);
            let place = Place { path: at.path, line, ahead: &[] };
            let mut reader = Reader::new(&self.patterns, piece, place, scratch, tally);
            reader.odd = &odd;
            filter.look(piece, &mut |at, mark| reader.found(at, mark));
            reader.finish();
            tally.records += (line_ends + usize::from(!piece.ends_with(b"\n"))) as u64;
            line += line_ends;
            rest = after;
        }
        line - at.line
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
pub(super) fn end_of_piece(block: &[u8]) -> usize {
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
