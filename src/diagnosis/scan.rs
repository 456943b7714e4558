//! Searches blocks of lines for the patterns of several trees.

use std::sync::{Arc, OnceLock};

use super::block_reader::{BlockReader, FoundLine, TroubleText};
use super::candidate_lines::{CandidateLines, ScanBuffers};
use super::format_sample::FormatSample;
use super::inner_literals::GramFrequency;
use super::irregular;
use super::patterns::{LinePlace, Patterns};
use super::tally::Tally;
use crate::recognize::{LogFormats, Recognizer};
use crate::segment::{AskedNames, LONGEST_LINE, Segmenter};
use crate::templates::{self, Templater};
use crate::text;
use crate::tree::Tree;
use crate::tree::model::Needs;
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
    recognizers: Arc<[Recognizer]>,
    /// Compiled for the first text that needs them all.
    patterns: OnceLock<Arc<Patterns>>,
    formats: OnceLock<Arc<LogFormats>>,
    asked: OnceLock<Arc<AskedNames>>,
    utc_offset: Option<i32>,
    /// Whether tables are read as such.
    reads_tables: bool,
}

impl Scanner {
    /// Prepares a scanner for the patterns of trees.
    ///
    /// The patterns are compiled at the first use.
    pub fn new(trees: &[Arc<Tree>]) -> Self {
        let recognizers = trees.iter().map(|tree| Recognizer::new(Arc::clone(tree))).collect();
        let (patterns, formats, asked) = (OnceLock::new(), OnceLock::new(), OnceLock::new());
        Self { recognizers, patterns, formats, asked, utc_offset: None, reads_tables: true }
    }

    /// Returns the scanner with the offset of times without a zone.
    ///
    /// In seconds east of UTC.
    #[must_use]
    pub fn with_utc_offset(self, utc_offset: Option<i32>) -> Self {
        Self { utc_offset, patterns: OnceLock::new(), ..self }
    }

    /// Returns the scanner, which takes tables for text.
    #[must_use]
    pub fn without_tables(self) -> Self {
        Self { reads_tables: false, ..self }
    }

    /// Returns a scanner for the patterns whose needs may be met.
    pub(super) fn with_needs(&self, may_be_met: &dyn Fn(&Needs) -> bool) -> Self {
        let frequency = GramFrequency::default();
        let patterns = Patterns::with_needs(&self.recognizers, self.formats(), &frequency, may_be_met);
        let patterns = patterns.with_utc_offset(self.utc_offset);
        Self {
            recognizers: Arc::clone(&self.recognizers),
            patterns: OnceLock::from(Arc::new(patterns)),
            formats: self.formats.clone(),
            asked: self.asked.clone(),
            ..*self
        }
    }

    /// Returns the trees of the patterns.
    pub fn trees(&self) -> impl Iterator<Item = &Arc<Tree>> {
        self.recognizers.iter().map(Recognizer::tree)
    }

    /// Returns a sample that tells the log format of an input.
    pub fn format_sample(&self) -> FormatSample {
        FormatSample::new(self.formats())
    }

    /// Returns a segmenter for an input.
    ///
    /// It finds tables with columns that patterns ask for.
    pub fn segmenter(&self) -> Segmenter {
        if !self.reads_tables {
            return Segmenter::without_tables();
        }
        Segmenter::with_names(self.asked.get_or_init(|| {
            let names = self.trees().flat_map(|tree| tree.asked_names.iter()).map(String::as_str);
            Arc::new(AskedNames::new(names))
        }))
    }

    /// Returns the log formats of the trees.
    pub(super) fn formats(&self) -> &Arc<LogFormats> {
        self.formats.get_or_init(|| Arc::new(LogFormats::of_trees(self.trees())))
    }

    /// Returns whether all patterns are compiled.
    pub(super) fn is_ready(&self) -> bool {
        self.patterns.get().is_some()
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
        let patterns = self.patterns();
        if patterns.needs_every_line() {
            return self.every_line_behind(block, at, before, tally);
        }
        tally.opened_for(patterns);
        let mut blocks = BlockReader::new((block, at.line), at.source, before, tally);
        let filter = patterns.prefilter(block);
        let (mut rest, mut line) = (block, at.line);
        let (mut irregular, mut log_lines) = (Vec::new(), Vec::new());
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(end_of_piece(rest));
            irregular::find_irregular(piece, &mut irregular);
            let place = LinePlace { source: at.source, line, ahead: &[] };
            let start = block.len() - rest.len();
            blocks.number_from(line, start, tally);
            let mut reader = CandidateLines::new(patterns, piece, place, &mut memory.scratch, tally);
            reader.blocks = Some((&mut blocks, start));
            reader.irregular = &irregular;
            patterns.log_lines().find(piece, &mut log_lines);
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
        let patterns = self.patterns();
        tally.opened_for(patterns);
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
                every_pattern(patterns, &String::from_utf8_lossy(piece), place, blocks, &mut templater, tally);
            }
            start += line.len() + 1;
        }
        blocks.finish(tally);
    }

    pub(super) fn patterns(&self) -> &Arc<Patterns> {
        self.patterns.get_or_init(|| {
            let patterns = Patterns::new(&self.recognizers, self.formats());
            Arc::new(patterns.with_utc_offset(self.utc_offset))
        })
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
        assert!(!scanner.patterns().needs_every_line());
    }
}
