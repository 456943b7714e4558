//! What records reveal, remembered by all in them that it depends on.
//!
//! Logs repeat themselves: two records that are laid out alike, and agree in every value that a pattern asks for, reveal
//! the same, whatever their times, ids and addresses are. Of a record that is one JSON object, without anything written
//! in a roundabout way, patterns about fields ask for values by name; a text stands within one value if nothing in its
//! pattern reaches beyond quotes.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt as _};

use super::layout::{Layouts, Span};
use super::patterns::{Patterns, Reach};
use super::prefilter::Mark;
use super::reveal::Revealed;
use crate::recognize::{Asking, Recognizer};

/// So many records are remembered; then all are forgotten.
const REMEMBERED: usize = 4096;

/// What must be known of a record to be remembered is no longer than this, in bytes.
const LONGEST: usize = 2000;

/// Which values are asked for, by the folded names of their fields.
#[derive(Debug, Default)]
pub(super) struct Asked(HashMap<String, Vec<Asking>>);

impl Asked {
    /// All that the patterns of some trees ask for.
    pub(super) fn new(recognizers: &[Recognizer]) -> Self {
        let mut asked: HashMap<String, Vec<Asking>> = HashMap::new();
        for (name, asking) in recognizers.iter().flat_map(Recognizer::asks) {
            let known = asked.entry(name).or_default();
            if !known.contains(&asking) {
                known.push(asking);
            }
        }
        Self(asked)
    }

    /// What is asked of the values of a field, by its folded name.
    pub(super) fn of(&self, name: &str) -> Vec<Asking> {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

/// What some records revealed.
#[derive(Debug, Default)]
pub(super) struct Recall {
    known: HashMap<Box<[u8]>, Arc<Revealed>>,
    /// All that the record at hand reveals depends on this; empty if that cannot be told.
    key: Vec<u8>,
    spans: Vec<Span>,
}

impl Recall {
    /// Takes the record that begins at a place of a block and is laid out as others were, with all that may stand in it.
    pub(super) fn take(
        &mut self,
        patterns: &Patterns,
        layouts: &Layouts,
        block: &[u8],
        start: usize,
        marks: &[(usize, Mark)],
    ) {
        let is_pattern = |(_, mark): &(usize, Mark)| matches!(mark, Mark::Pattern(_));
        let is_known = marks.iter().any(is_pattern) && self.write(patterns, layouts, block, start, marks).is_some();
        if !is_known || self.key.len() > LONGEST {
            self.key.clear();
        }
    }

    /// Lets go of the record.
    pub(super) fn let_go(&mut self) {
        self.key.clear();
    }

    fn write(
        &mut self,
        patterns: &Patterns,
        layouts: &Layouts,
        block: &[u8],
        start: usize,
        marks: &[(usize, Mark)],
    ) -> Option<()> {
        self.key.clear();
        let layout = layouts.spans(block, start, &mut self.spans)?;
        self.key.extend(layout.to_le_bytes());
        for (at, mark) in marks {
            let reach = match mark {
                Mark::Pattern(number) => patterns.reach(*number),
                Mark::Fields => return None,
                Mark::Word | Mark::Trouble => continue,
            };
            match reach {
                Reach::Fields => {}
                Reach::Quotes => {
                    let is_in = |span: &&mut Span| span.is_quoted && (span.begin..span.end).contains(at);
                    self.spans.iter_mut().find(is_in)?.is_telling = true;
                }
                Reach::All => return None,
            }
        }
        for (number, span) in (0_u16..).zip(&self.spans) {
            let value = block.get(span.begin..span.end)?;
            let is_roundabout = || value.contains(&b'\\') || value.trim_ascii_start().first() == Some(&b'{');
            if !(span.is_quoted || is_scalar(value)) || !span.is_plain && is_roundabout() {
                return None;
            }
            if span.is_telling || layouts.asking(span.constant).iter().any(|asking| asking.is_for(value)) {
                self.key.extend(number.to_le_bytes());
                self.key.extend((value.len() as u32).to_le_bytes());
                self.key.extend_from_slice(value);
            }
        }
        Some(())
    }

    /// What a record revealed that is in all that counts as the one at hand, if there was one; else `reveal` is asked, and
    /// that is remembered. `numbers` are those of the patterns that may stand in it.
    pub(super) fn revealed(&mut self, numbers: &[usize], reveal: impl FnOnce() -> Revealed) -> Arc<Revealed> {
        if self.key.is_empty() {
            return Arc::new(reveal());
        }
        self.key.extend(numbers.iter().flat_map(|number| number.to_le_bytes()));
        if let Some(revealed) = self.known.get(self.key.as_slice()) {
            return Arc::clone(revealed);
        }
        let revealed = Arc::new(reveal());
        if !revealed.depends_on_more() {
            if self.known.len() >= REMEMBERED {
                self.known.clear();
            }
            self.known.insert(self.key.as_slice().into(), Arc::clone(&revealed));
        }
        revealed
    }
}

/// Whether a value without quotes is one of JSON.
fn is_scalar(value: &[u8]) -> bool {
    match value {
        b"true" | b"false" | b"null" => true,
        [b'0'] => true,
        [b'1'..=b'9', digits @ ..] => digits.iter().all(u8::is_ascii_digit),
        _ => false,
    }
}
