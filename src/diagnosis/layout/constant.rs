//! What always stands between two values, and what is known of the value behind it.

use std::cell::Cell;
use std::ops::Range;

use super::super::odd;
use super::super::prefilter::{Mark, Prefilter};
use super::super::recall::Asked;
use super::apart::{self, Ends, Part};
use super::beaten::Beaten;
use super::plain::{self, Class};
use crate::recognize::{Asking, fold_name};

/// What always stands between two values, before the first or behind the last one.
#[derive(Debug)]
pub(super) struct Constant {
    pub(super) text: Box<[u8]>,
    /// Windows that stand in it, and where.
    pub(super) windows: Vec<(usize, usize)>,
    /// Windows in it that are names: what they mean depends on the value behind it and on no other.
    pub(super) names: Vec<(usize, usize)>,
    pub(super) ends: Ends,
    /// The value behind it may be of any plain bytes: it touches no window.
    pub(super) takes_plain: bool,
    /// How long the last such value was, and which bytes they have had.
    pub(super) expected: Cell<(usize, Class)>,
    /// What is asked of the value behind it.
    pub(super) asking: Vec<Asking>,
    /// A line that ends with it is one JSON object.
    pub(super) ends_record: bool,
    /// What has stood behind it for long.
    pub(super) beaten: Option<Beaten>,
    /// What may stand in its place, and what behind the value, by number.
    pub(super) other: Option<usize>,
    pub(super) next: Option<usize>,
}

impl Constant {
    /// What stands before the value of a part.
    pub(super) fn new(filter: &Prefilter, asked: &Asked, part: Part<'_>) -> Self {
        let windows: Vec<(usize, usize)> = filter.standing_in(part.text);
        let is_name = |(_, window): &(usize, usize)| part.ends != Ends::Line && filter.is_name(*window);
        let (names, windows): (Vec<_>, Vec<_>) = windows.into_iter().partition(is_name);
        let takes_plain = names.is_empty() && part.value.iter().all(|byte| plain::is_plain(*byte));
        let name = part.name().map(|name| fold_name(&String::from_utf8_lossy(name)));
        Self {
            text: part.text.into(),
            windows,
            names,
            ends: part.ends,
            takes_plain,
            expected: Cell::new((part.value.len(), Class::Numbers)),
            asking: name.map(|name| asked.of(&name)).unwrap_or_default(),
            ends_record: false,
            beaten: None,
            other: None,
            next: None,
        }
    }

    /// How long the value is with which a text begins, and whether it is plain: then nothing can stand around it.
    #[inline(always)]
    pub(super) fn measure(&self, ends: Ends, text: &[u8]) -> Option<(usize, bool)> {
        if self.takes_plain {
            let (expected, class) = self.expected.get();
            if text.get(expected).is_some_and(|byte| ends.at(*byte)) && plain::begins_with(text, expected, class) {
                return Some((expected, true));
            }
            let length = match ends {
                // Plain letters may stand at the beginning of the word, too.
                Ends::Word(_) => apart::end_of(text, ends)?,
                _ => plain::length(text),
            };
            if text.get(length).is_some_and(|byte| ends.at(*byte)) {
                let is_number = plain::begins_with(text, length, Class::Numbers);
                // What was once more than a number will be so again.
                self.expected.set((length, if is_number { class } else { Class::All }));
                return Some((length, true));
            }
        }
        Some((apart::end_of(text, ends)?, false))
    }

    /// Tells what may stand around a value behind this that nothing is known of. `None` if it is not such as can be told
    /// of.
    pub(super) fn look_at_value(
        &self,
        filter: &Prefilter,
        block: &[u8],
        place: Range<usize>,
        found: &mut Vec<(usize, Mark)>,
    ) -> Option<()> {
        let Range { start: begin, end } = place;
        if odd::may_be(block, begin, end) {
            return None;
        }
        let at = begin - self.text.len();
        for (offset, window) in &self.names {
            filter.judge(*window, block, at + offset, &mut |at, mark| found.push((at, mark)));
        }
        filter.look_around(block, begin, end, &mut |at, mark| found.push((at, mark)));
        Some(())
    }
}
