//! Searches blocks of lines for the patterns of several trees.

use std::sync::Arc;

use super::block_reader::{BlockReader, FoundLine, TroubleText};
use super::candidate_lines::{CandidateLines, ScanBuffers};
use super::format_sample::FormatSample;
use super::irregular;
use super::patterns::{LinePlace, Patterns};
use super::tally::Tally;
use crate::recognize::Recognizer;
use crate::segment::{LONGEST_LINE, Segmenter};
use crate::templates::{self, Templater};
use crate::text;
use crate::tree::Tree;
use crate::walk::EvidenceSource;
use memchr::{memchr, memrchr};

/// Bytes of a piece of a block, rounded to whole lines.
///
/// 32 KiB fit into the first-level cache of most processors.
const PIECE: usize = 1 << 15;

/// The origin of a block.
#[derive(Clone, Copy, Debug)]
pub struct At<'p> {
    /// The file, or what else it is.
    pub source: &'p EvidenceSource,
    /// The number of the first line, from 1.
    pub line: usize,
}

/// The compiled patterns of trees; it can be shared between threads.
#[derive(Debug)]
pub struct Scanner {
    patterns: Arc<Patterns>,
    /// Whether tables are read as such.
    reads_tables: bool,
}

impl Scanner {
    /// Compiles the patterns of trees.
    pub fn new(trees: &[Arc<Tree>]) -> Self {
        Self { patterns: Arc::new(Patterns::new(trees)), reads_tables: true }
    }

    /// Returns the scanner with the offset of times without a zone.
    ///
    /// In seconds east of UTC.
    #[must_use]
    pub fn with_utc_offset(mut self, utc_offset: Option<i32>) -> Self {
        // The patterns of a new scanner are not shared yet.
        if let Some(patterns) = Arc::get_mut(&mut self.patterns) {
            patterns.utc_offset = utc_offset;
        }
        self
    }

    /// Returns the scanner, which takes tables for text.
    #[must_use]
    pub fn without_tables(self) -> Self {
        Self { reads_tables: false, ..self }
    }

    /// Returns the trees of the patterns.
    pub fn trees(&self) -> impl Iterator<Item = &Arc<Tree>> {
        self.patterns.recognizers().iter().map(Recognizer::tree)
    }

    /// Returns a sample that tells the log format of an input.
    pub fn format_sample(&self) -> FormatSample {
        FormatSample::new(self.patterns.log_lines().formats())
    }

    /// Returns a segmenter for an input.
    ///
    /// It finds tables with columns that patterns ask for.
    pub fn segmenter(&self) -> Segmenter {
        match self.reads_tables {
            true => Segmenter::with_names(self.patterns.asked()),
            false => Segmenter::without_tables(),
        }
    }

    /// Searches whole lines.
    ///
    /// Bytes that are not UTF-8 are allowed. The memory is used again from block to block.
    pub fn lines(&self, block: &[u8], at: At<'_>, memory: &mut ScanBuffers, tally: &mut Tally) {
        self.lines_behind(block, at, &[], memory, tally);
    }

    /// Searches whole lines; `before` are the lines before them.
    ///
    /// A block of several lines may have begun there.
    pub(super) fn lines_behind(
        &self,
        block: &[u8],
        at: At<'_>,
        before: &[u8],
        memory: &mut ScanBuffers,
        tally: &mut Tally,
    ) {
        if self.patterns.needs_every_line() {
            return self.every_line_behind(block, at, before, tally);
        }
        tally.opened_for(&self.patterns);
        let mut blocks = BlockReader::new((block, at.line), at.source, before, tally);
        let filter = self.patterns.prefilter(block);
        let (mut rest, mut line) = (block, at.line);
        let (mut irregular, mut log_lines) = (Vec::new(), Vec::new());
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(end_of_piece(rest));
            irregular::find_irregular(piece, &mut irregular);
            let place = LinePlace { source: at.source, line, ahead: &[] };
            let start = block.len() - rest.len();
            blocks.number_from(line, start, tally);
            let mut reader = CandidateLines::new(&self.patterns, piece, place, &mut memory.scratch, tally);
            reader.blocks = Some((&mut blocks, start));
            reader.irregular = &irregular;
            self.patterns.log_lines().find(piece, &mut log_lines);
            reader.log_lines = &log_lines;
            filter.each_hit(piece, &mut |at, hit| reader.add_hit(at, hit));
            reader.finish();
            let lines = count_lines(piece);
            tally.records += lines as u64;
            line += lines;
            rest = after;
        }
        blocks.finish(tally);
    }

    /// Searches whole lines, and tries every pattern on every line.
    ///
    /// Slow: the differential test compares the fast way with it.
    pub fn every_line(&self, block: &[u8], at: At<'_>, tally: &mut Tally) {
        self.every_line_behind(block, at, &[], tally);
    }

    fn every_line_behind(&self, block: &[u8], at: At<'_>, before: &[u8], tally: &mut Tally) {
        tally.opened_for(&self.patterns);
        let mut blocks = BlockReader::new((block, at.line), at.source, before, tally);
        let mut templater = Templater::default();
        let lines = block.strip_suffix(b"\n").unwrap_or(block).split(|byte| *byte == b'\n');
        let mut start = 0;
        for (number, line) in (at.line..).zip(lines) {
            tally.records += 1;
            blocks.number_from(number, start, tally);
            let place = LinePlace { source: at.source, line: number, ahead: &[] };
            for piece in line.chunks(LONGEST_LINE) {
                let blocks = Some((&mut blocks, start));
                every_pattern(&self.patterns, &String::from_utf8_lossy(piece), place, blocks, &mut templater, tally);
            }
            start += line.len() + 1;
        }
        blocks.finish(tally);
    }

    pub(super) fn patterns(&self) -> &Arc<Patterns> {
        &self.patterns
    }
}

/// Counts the lines of a piece.
///
/// The last one may have no line end.
pub(super) fn count_lines(piece: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', piece).count() + usize::from(!piece.ends_with(b"\n"))
}

/// Returns where the first piece of a block ends.
pub(super) fn end_of_piece(block: &[u8]) -> usize {
    let Some(first) = block.get(..PIECE) else { return block.len() };
    if let Some(end) = memrchr(b'\n', first) {
        return end + 1;
    }
    memchr(b'\n', block).map_or(block.len(), |end| end + 1)
}

/// Tries every pattern on one line as it was written.
///
/// Cleaned, it may be several lines. A record of a document is in no block.
pub(super) fn every_pattern(
    patterns: &Patterns,
    written: &str,
    place: LinePlace<'_>,
    mut blocks: Option<(&mut BlockReader<'_>, usize)>,
    templater: &mut Templater,
    tally: &mut Tally,
) {
    for line in text::clean(written).lines() {
        let line = patterns.line(line);
        let candidate = FoundLine { place, blocks: blocks.as_mut().map(|(blocks, start)| (&mut **blocks, *start)) };
        if patterns.count_matches(&line, 0..patterns.all().len(), place, tally) {
            candidate.explained(tally);
        } else if let Some(template) = patterns.error_template(&line, &templates::places(line.text()), templater)
            && !patterns.is_harmless(&line)
        {
            candidate.trouble(template, TroubleText::Cleaned(line.text()), tally);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Library;

    #[test]
    fn lines_are_counted_with_and_without_a_line_end() {
        for (text, expected) in [("a", 1), ("a\n", 1), ("a\nb", 2), ("\n\n", 2), ("a\r\nb\n", 2)] {
            assert_eq!(count_lines(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn no_pattern_of_the_embedded_trees_makes_every_line_be_looked_at() {
        let scanner = Scanner::new(&Library::embedded().trees);
        assert!(!scanner.patterns.needs_every_line());
    }
}
