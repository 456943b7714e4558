//! A block of lines that may go on, and its telling line.

use std::borrow::Cow;

use super::super::block_state::TellingRank;
use super::super::patterns::LinePlace;
use crate::templates;
use crate::text;
use crate::walk::{EvidenceSource, Provenance};

/// A block of lines that has trouble, or points to a card.
#[derive(Debug, Default)]
pub(in super::super) struct OpenBlock {
    /// Whether a line points to a card.
    is_explained: bool,
    is_trouble: bool,
    telling: Option<TellingLine>,
    /// Whether it began in an earlier part of the input.
    is_continued: bool,
    /// The most telling line before the first trouble.
    ///
    /// It counts only if the earlier part of the block has trouble.
    ahead: Option<TellingLine>,
}

/// The line of a block that a reader needs.
#[derive(Debug)]
pub(in super::super) struct TellingLine {
    pub(in super::super) rank: TellingRank,
    /// The template of a line that is trouble by itself.
    pub(in super::super) template: Option<String>,
    pub(in super::super) place: TellingPlace,
}

/// The place of a telling line.
#[derive(Debug)]
pub(in super::super) enum TellingPlace {
    /// In the text that is being read.
    Read {
        /// The number of an earlier line, and its position.
        line: usize,
        from: usize,
        /// The position of the telling line.
        start: usize,
        /// The cleaned text, if cleaning changes more than white space.
        text: Option<String>,
    },
    Known(Provenance),
}

/// The text that is being read.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct ReadText<'a> {
    pub(in super::super) source: &'a EvidenceSource,
    pub(in super::super) text: &'a [u8],
}

impl ReadText<'_> {
    /// Stands for no text, after all places are known.
    pub(super) const NONE: ReadText<'static> = ReadText { source: &EvidenceSource::StandardInput, text: &[] };
}

impl<'a> ReadText<'a> {
    /// Returns the line at a position, with its end.
    pub(in super::super) fn line_at(self, start: usize) -> &'a [u8] {
        let rest = self.text.get(start..).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
        rest.get(..end).unwrap_or_default()
    }
}

impl OpenBlock {
    /// Makes the block that continues from an earlier part of the input.
    pub(in super::super) fn continued() -> Self {
        Self { is_continued: true, ..Self::default() }
    }

    /// Returns the block without its beginning, which has no trouble.
    pub(super) fn begun_here(self) -> Self {
        Self { is_continued: false, ahead: None, ..self }
    }

    /// Returns whether it began in an earlier part of the input.
    pub(super) fn is_continued(&self) -> bool {
        self.is_continued
    }

    /// Takes a line that points to a card.
    pub(in super::super) fn explain(&mut self) {
        self.is_explained = true;
        self.telling = None;
    }

    /// Takes a line of trouble; makes it only if it tells more.
    pub(in super::super) fn add_trouble(&mut self, rank: TellingRank, line: impl FnOnce() -> TellingLine) {
        self.is_trouble = true;
        if !self.is_explained && is_better(rank, self.telling.as_ref()) {
            self.telling = Some(line());
        }
    }

    /// Takes a line that may tell about the trouble of others.
    pub(in super::super) fn offer(&mut self, line: TellingLine) {
        let known = if self.is_trouble { &mut self.telling } else { &mut self.ahead };
        if !self.is_explained && is_better(line.rank, known.as_ref()) {
            *known = Some(line);
        }
    }

    /// Adds the lines that a later part of the input has.
    pub(super) fn join(&mut self, later: Self) {
        let Self { is_explained, is_trouble, telling, ahead, .. } = later;
        if is_explained {
            self.explain();
        }
        ahead.into_iter().for_each(|line| self.offer(line));
        match telling {
            Some(line) => self.add_trouble(line.rank, || line),
            None => self.is_trouble |= is_trouble,
        }
    }

    /// Returns the line to count; `None` if nothing is left unexplained.
    pub(super) fn unexplained(&self) -> Option<&TellingLine> {
        self.telling.as_ref().filter(|_| self.is_trouble && !self.is_explained)
    }

    /// Keeps the lines without the text in which they were read.
    pub(super) fn keep(&mut self, read: ReadText<'_>) {
        for line in self.telling.iter_mut().chain(&mut self.ahead) {
            line.place = TellingPlace::Known(line.provenance(read));
        }
    }
}

/// Returns whether a line tells more than the known one.
fn is_better(rank: TellingRank, known: Option<&TellingLine>) -> bool {
    known.is_none_or(|known| rank > known.rank || rank == known.rank && rank == TellingRank::Cause)
}

impl TellingLine {
    /// Returns the place of the line, with its text.
    pub(super) fn provenance(&self, read: ReadText<'_>) -> Provenance {
        match &self.place {
            TellingPlace::Known(provenance) => provenance.clone(),
            TellingPlace::Read { line, from, start, text } => {
                let ahead = read.text.get(*from..*start).unwrap_or_default();
                let place = LinePlace { source: read.source, line: *line, ahead };
                match text {
                    Some(text) => place.provenance(text),
                    None => place.provenance(&text::clean_line(&String::from_utf8_lossy(read.line_at(*start)))),
                }
            }
        }
    }

    /// Returns the template, made for a line without trouble.
    pub(super) fn template(&self, read: ReadText<'_>) -> Cow<'_, str> {
        match &self.template {
            Some(template) => Cow::Borrowed(template),
            None => Cow::Owned(templates::masked(&self.provenance(read).text)),
        }
    }
}
