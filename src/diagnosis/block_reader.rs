//! Puts the lines that matter into blocks, see [`super::block_state`].
//!
//! Only lines that are trouble or point to a card matter, and few others are looked at: those behind such a line until its
//! block ends, and those before one back to a line whose shape is plain to see. Each is read forward once.

use std::borrow::Cow;

use memchr::memrchr;

use super::block_state::{BlockState, BlockStep, CONTEXT, TellingRank};
use super::line_shape::LineShape;
use super::patterns::LinePlace;
use super::tally::{OpenBlock, ReadText, Tally, TellingLine, TellingPlace};
use crate::text;
use crate::walk::EvidenceSource;

/// A line that may matter.
#[derive(Debug)]
pub(super) struct FoundLine<'c, 'a> {
    pub(super) place: LinePlace<'c>,
    /// The blocks of its text, and its position there.
    ///
    /// `None` if it is a record of a document: that is in no block.
    pub(super) blocks: Option<(&'c mut BlockReader<'a>, usize)>,
}

/// The text of a line that is trouble.
#[derive(Clone, Copy, Debug)]
pub(super) enum TroubleText<'t> {
    /// Cleaning the line changed more than white space.
    Cleaned(&'t str),
    Written(&'t str),
}

impl FoundLine<'_, '_> {
    /// Takes the line, which points to a card.
    pub(super) fn explained(self, tally: &mut Tally) {
        if let Some((blocks, start)) = self.blocks {
            blocks.explained(start, tally);
        }
    }

    /// Takes the line, which is trouble.
    pub(super) fn trouble(self, template: &str, text: TroubleText<'_>, tally: &mut Tally) {
        match (self.blocks, text) {
            (Some((blocks, start)), TroubleText::Cleaned(text)) => blocks.trouble(start, template, Some(text), tally),
            (Some((blocks, start)), TroubleText::Written(_)) => blocks.trouble(start, template, None, tally),
            (None, TroubleText::Cleaned(text)) => tally.error_line(template, || Cow::Borrowed(text), self.place),
            (None, TroubleText::Written(text)) => {
                tally.error_line(template, || Cow::Owned(text::clean_line(text)), self.place);
            }
        }
    }
}

/// Reads the blocks of a text.
#[derive(Debug)]
pub(super) struct BlockReader<'a> {
    read: ReadText<'a>,
    /// The number of a line that was read, and its position.
    line: (usize, usize),
    state: BlockState,
    /// The state is that before the line at this position.
    seen: usize,
    /// The block that reaches to this position.
    block: Option<OpenBlock>,
    /// The rank of the line that was looked at last.
    rank: TellingRank,
}

impl<'a> BlockReader<'a> {
    /// Begins to read a text; `before` are the lines before it.
    pub(super) fn new(
        (text, line): (&'a [u8], usize),
        source: &'a EvidenceSource,
        before: &[u8],
        tally: &mut Tally,
    ) -> Self {
        let read = ReadText { source, text };
        let first = read.line_at(0);
        // A line that begins a block needs no state.
        let is_open = !before.is_empty() && !LineShape::of(first.trim_ascii_end()).always_begins();
        let state = if is_open { BlockState::behind(before) } else { BlockState::default() };
        let mut behind_first = state;
        let continues = is_open && behind_first.step(first).continues;
        let block = tally.begin_lines(continues);
        Self { read, line: (line, 0), state, seen: 0, block, rank: TellingRank::Any }
    }

    /// Says at which position a line begins, to count lines from there.
    pub(super) fn number_from(&mut self, line: usize, position: usize, tally: &mut Tally) {
        while self.block.is_some() && self.seen < position {
            self.follow(tally);
        }
        self.line = (line, position);
    }

    /// Takes a line that points to a card.
    fn explained(&mut self, start: usize, tally: &mut Tally) {
        self.reach(start, tally);
        self.block.get_or_insert_default().explain();
    }

    /// Takes a line that is trouble.
    ///
    /// `text` is the cleaned text, if cleaning changes more than white space.
    fn trouble(&mut self, start: usize, template: &str, text: Option<&str>, tally: &mut Tally) {
        self.reach(start, tally);
        let (rank, line) = (self.rank, self.line);
        self.block.get_or_insert_default().add_trouble(rank, || TellingLine {
            rank,
            template: Some(template.to_owned()),
            place: place(line, start, text.map(str::to_owned)),
        });
    }

    /// Leaves the last block open, for the next text.
    pub(super) fn finish(mut self, tally: &mut Tally) {
        while self.block.is_some() && self.seen < self.read.text.len() {
            self.follow(tally);
        }
        tally.end_lines(self.block, self.read);
    }

    /// Reads on to a line, and opens its block if it matters.
    fn reach(&mut self, start: usize, tally: &mut Tally) {
        while self.block.is_some() && self.seen < start {
            self.follow(tally);
        }
        if self.seen < start {
            let from = self.back_from(start);
            if from > self.seen {
                (self.seen, self.state) = (from, BlockState::default());
            }
            while self.seen < start {
                self.step();
            }
        }
        // A line that is several to a reader of text is looked at once.
        if self.seen == start {
            let step = self.step();
            if !step.continues
                && let Some(block) = self.block.take()
            {
                tally.end_block(block, self.read);
            }
            self.rank = step.rank;
            tally.error_blocks += u64::from(step.is_config_error);
        }
    }

    /// Reads the next line of the open block, or ends the block.
    fn follow(&mut self, tally: &mut Tally) {
        let start = self.seen;
        let BlockStep { continues, rank, is_config_error } = self.step();
        if !continues {
            if let Some(block) = self.block.take() {
                tally.end_block(block, self.read);
            }
            return;
        }
        tally.error_blocks += u64::from(is_config_error);
        if rank > TellingRank::Any {
            let line = TellingLine { rank, template: None, place: place(self.line, start, None) };
            self.block.get_or_insert_default().offer(line);
        }
    }

    fn step(&mut self) -> BlockStep {
        let line = self.read.line_at(self.seen);
        self.seen += line.len();
        self.state.step(line)
    }

    /// Returns where to begin to read for the state at a line.
    fn back_from(&self, start: usize) -> usize {
        let text = self.read.text;
        let shape_at = |at: usize| LineShape::of(self.read.line_at(at).trim_ascii_end());
        if shape_at(start).always_begins() {
            return start;
        }
        let mut from = start;
        while from > self.seen {
            let end = text.get(..from - 1).unwrap_or_default();
            let before = memrchr(b'\n', end).map_or(0, |end| end + 1).max(self.seen);
            if start - before > CONTEXT {
                break;
            }
            from = before;
            if shape_at(from).is_plain_to_see() {
                break;
            }
        }
        from
    }
}

/// Returns the place of a line, counted from an earlier one.
fn place((line, from): (usize, usize), start: usize, text: Option<String>) -> TellingPlace {
    TellingPlace::Read { line, from, start, text }
}
