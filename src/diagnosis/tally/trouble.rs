//! Counts troubles that no card explains, each block of lines once.
//!
//! A block may be torn between two parts of the input. A part keeps its first block, if it continues one, and its last
//! one; both are counted when the parts are merged.

use super::super::bottom_k::{BottomK, Mergeable};
use super::super::findings::UnexplainedLines;
use super::open_block::{OpenBlock, ReadText};
use crate::walk::{Provenance, Unexplained};

/// Templates of unexplained lines that are kept.
const TEMPLATES: usize = 1000;

/// The counts of troubles so far.
#[derive(Debug, Default)]
pub(super) struct TroubleTally {
    count: u64,
    kinds: Option<BottomK<TemplateCount>>,
    /// Whether any lines were read.
    has_begun: bool,
    /// The first block, if it has ended and began earlier.
    ///
    /// It continues one of an earlier part of the input.
    first: Option<OpenBlock>,
    /// The block that the next line may continue.
    last: Option<OpenBlock>,
}

/// Unexplained lines with one template.
#[derive(Clone, Debug)]
struct TemplateCount {
    count: u64,
    first: Provenance,
}

impl Mergeable for TemplateCount {
    fn is_empty(&self) -> bool {
        self.count == 0
    }

    fn take(&mut self) -> Self {
        Self { count: self.count.take(), first: self.first.clone() }
    }

    fn append(&mut self, later: &mut Self) {
        self.count.append(&mut later.count);
    }
}

impl TroubleTally {
    /// Counts a trouble by its template.
    pub(super) fn count(&mut self, template: &str, first: impl FnOnce() -> Provenance) {
        self.count += 1;
        let kinds = self.kinds.get_or_insert_with(|| BottomK::new(TEMPLATES));
        if let Some(kind) = kinds.entry(template, || TemplateCount { count: 0, first: first() }) {
            kind.count += 1;
        }
    }

    /// See [`super::Tally::begin_lines`].
    pub(super) fn begin_lines(&mut self, continues: bool) -> Option<OpenBlock> {
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        match self.last.take() {
            last if continues => last.or_else(|| is_first.then(OpenBlock::continued)),
            Some(last) => {
                self.end_block(last, ReadText::NONE);
                None
            }
            None => None,
        }
    }

    /// Counts a block that has ended.
    pub(super) fn end_block(&mut self, mut block: OpenBlock, read: ReadText<'_>) {
        if block.is_continued() {
            block.keep(read);
            self.first = Some(block);
        } else if let Some(line) = block.unexplained() {
            self.count(&line.template(read), || line.provenance(read));
        }
    }

    /// Keeps the block that the next line may continue.
    pub(super) fn end_lines(&mut self, mut block: Option<OpenBlock>, read: ReadText<'_>) {
        if let Some(block) = &mut block {
            block.keep(read);
        }
        self.last = block;
    }

    /// Moves the counts of a later part of the input here.
    ///
    /// All parts before are here.
    pub(super) fn append(&mut self, later: &mut Self) {
        if std::mem::take(&mut later.has_begun) {
            let is_whole = later.last.as_ref().is_some_and(OpenBlock::is_continued);
            let continued = if is_whole { later.last.take() } else { later.first.take() };
            let mut block = self.begin_lines(continued.is_some());
            if let Some(continued) = continued {
                match &mut block {
                    Some(block) => block.join(continued),
                    None => block = Some(continued.begun_here()),
                }
            }
            match block {
                Some(block) if !is_whole => {
                    self.end_block(block, ReadText::NONE);
                    self.last = later.last.take();
                }
                Some(block) => self.last = Some(block),
                None => self.last = later.last.take(),
            }
        }
        self.count.append(&mut later.count);
        if let Some(kinds) = &mut later.kinds {
            self.kinds.get_or_insert_with(|| BottomK::new(TEMPLATES)).append(kinds);
        }
    }

    /// Returns the unexplained lines, with those of open blocks.
    pub(super) fn unexplained(&self) -> UnexplainedLines {
        let mut all = Self { count: self.count, kinds: self.kinds.clone(), ..Self::default() };
        for line in self.first.iter().chain(&self.last).filter_map(OpenBlock::unexplained) {
            all.count(&line.template(ReadText::NONE), || line.provenance(ReadText::NONE));
        }
        let kept = all.kinds.as_ref().map(BottomK::kept).unwrap_or_default();
        let mut templates: Vec<_> = kept
            .into_iter()
            .map(|(template, kind)| Unexplained {
                template: template.clone(),
                count: kind.count,
                provenance: kind.first.clone(),
            })
            .collect();
        templates.sort_by(|one, other| other.count.cmp(&one.count).then_with(|| one.template.cmp(&other.template)));
        let known: u64 = templates.iter().map(|kind| kind.count).sum();
        UnexplainedLines { count: all.count, templates, others: all.count.saturating_sub(known) }
    }
}
