//! The beaten track through lines: from one constant to the next, over values that nothing can stand around, and those
//! of which it is remembered what was found there.
//!
//! Most of a line is such. What is expected is what stood there the last time: then nothing has to wait for the length of
//! a value to be found, and a step is some dozen instructions.

use std::cell::Cell;
use std::ops::Range;

use super::super::prefilter::Mark;
use super::apart::{self, Ends};
use super::begins_with;
use super::plain::{self, Class, MASKS};
use super::values::Values;

/// A longer constant, or a longer value, is compared in another way.
const SHORT: usize = plain::MOST;

/// A constant, and the value behind it.
#[derive(Debug)]
pub(super) struct Step {
    /// The beginning of the constant, and all of it.
    text: [u8; SHORT],
    whole: Box<[u8]>,
    goes: Goes,
    /// Whether it goes [`Goes::Remembered`] where nothing is better.
    is_looked_up: bool,
    /// Values behind it, and what was found around them.
    values: Values,
}

/// How to go from a constant over the value behind it.
#[derive(Debug)]
enum Goes {
    /// One has to look.
    Nowhere,
    /// The value is expected to be plain and so long, and another constant, by its number, behind it; or the one that stood
    /// there before.
    Plain { value: Cell<usize>, class: Class, next: Cell<usize>, or: Cell<usize> },
    /// The value stands in quotes and may be remembered.
    Remembered,
}

impl Step {
    /// A step of which nothing is expected yet. `is_looked_up` if nothing stands in the constant, and a value in quotes
    /// behind it of which more is asked than to be plain.
    pub(super) fn new(constant: &[u8], is_looked_up: bool) -> Self {
        let mut text = [0; SHORT];
        text.iter_mut().zip(constant).for_each(|(byte, written)| *byte = *written);
        let goes = if is_looked_up { Goes::Remembered } else { Goes::Nowhere };
        Self { text, whole: constant.into(), goes, is_looked_up, values: Values::default() }
    }

    /// Whether a text begins with the constant.
    #[inline(always)]
    fn stands_at(&self, text: &[u8]) -> bool {
        begins_with(text, &self.whole)
    }

    /// How long the value of a class is with which a text begins, if it goes on with the constant: mostly as long as is
    /// expected.
    #[inline(always)]
    fn measure(&self, text: &[u8], expected: usize, class: Class) -> Option<usize> {
        if self.stands_behind(text, expected, class) {
            return Some(expected);
        }
        // Mostly the constant begins with a mark that is in no such value.
        let length = apart::find(text, self.text[0])?;
        self.stands_behind(text, length, class).then_some(length)
    }

    /// Whether a text begins with a value of so many bytes of a class, and goes on with the constant. All is looked at
    /// in one go: nothing has to wait for something else.
    #[inline(always)]
    fn stands_behind(&self, text: &[u8], value: usize, class: Class) -> bool {
        let behind = text.get(value..).and_then(<[u8]>::first_chunk::<SHORT>);
        let (Some(bytes), Some(behind)) = (text.first_chunk::<SHORT>(), behind) else { return false };
        let (Some(of_value), Some(of_text)) = (MASKS.get(value), MASKS.get(self.whole.len())) else { return false };
        let value = (bytes, of_value);
        let constant = (behind, &self.text, of_text);
        0 == match class {
            Class::Numbers => differing(value, constant, plain::no_number),
            Class::All => differing(value, constant, plain::other),
        }
    }
}

/// The bits in which a value has bytes that are others than plain ones, or a constant has others than it should have; of
/// both, only the bytes under a mask count.
#[inline(always)]
fn differing(
    (value, of_value): (&[u8; SHORT], &[u8; SHORT]),
    (text, wanted, of_text): (&[u8; SHORT], &[u8; SHORT], &[u8; SHORT]),
    other: impl Fn(u8) -> u8,
) -> u8 {
    let pairs = value.iter().zip(of_value).zip(text.iter().zip(wanted).zip(of_text));
    pairs.fold(0, |differing, ((byte, of_value), ((there, wanted), of_text))| {
        differing | (other(*byte) & of_value) | ((there ^ wanted) & of_text)
    })
}

/// A constant for each number.
#[derive(Debug, Default)]
pub(super) struct Steps(Vec<Step>);

impl Steps {
    /// Adds a constant.
    pub(super) fn push(&mut self, step: Step) {
        self.0.push(step);
    }

    /// Whether a text begins with the constant of a number.
    #[inline(always)]
    pub(super) fn stands_at(&self, number: usize, text: &[u8]) -> bool {
        self.0.get(number).is_some_and(|step| step.stands_at(text))
    }

    /// The values behind a constant.
    pub(super) fn values(&self, number: usize) -> Option<&Values> {
        self.0.get(number).map(|step| &step.values)
    }

    /// Says that behind a constant a plain value of a length stood, and then another constant.
    pub(super) fn expect(&mut self, number: usize, value: usize, class: Class, next: usize) {
        let is_short = self.0.get(next).is_some_and(|next| next.whole.len() <= SHORT);
        if let Some(step) = self.0.get_mut(number)
            && is_short
            && value <= SHORT
        {
            let or = match &step.goes {
                Goes::Plain { next: last, or, .. } if last.get() == next => or.get(),
                Goes::Plain { next: last, .. } => last.get(),
                _ => next,
            };
            let [next, or] = [next, or].map(Cell::new);
            step.goes = Goes::Plain { value: Cell::new(value), class, next, or };
        }
    }

    /// Says whether there is a better way from a constant than to remember values one by one.
    pub(super) fn is_beaten(&mut self, number: usize, is_so: bool) {
        if let Some(step) = self.0.get_mut(number).filter(|step| step.is_looked_up) {
            step.goes = if is_so { Goes::Nowhere } else { Goes::Remembered };
        }
    }

    /// Goes from a constant that stands at a place of a block as far as all is as expected, and tells what may stand
    /// there.
    #[inline(always)]
    pub(super) fn follow(
        &self,
        block: &[u8],
        number: usize,
        at: usize,
        found: &mut Vec<(usize, Mark)>,
    ) -> (usize, usize) {
        let (mut number, mut at) = (number, at);
        while let Some(step) = self.0.get(number)
            && let begin = at + step.whole.len()
            && let Some(rest) = block.get(begin..)
        {
            match &step.goes {
                Goes::Nowhere => break,
                Goes::Plain { value, class, next, or } => {
                    let Some(then) = self.0.get(next.get()) else { break };
                    let mut length = then.measure(rest, value.get(), *class);
                    if length.is_none() {
                        next.swap(or);
                        length = self.otherwise(rest, next.get(), value.get(), *class);
                    }
                    let Some(length) = length else { break };
                    value.set(length);
                    (number, at) = (next.get(), begin + length);
                }
                Goes::Remembered => {
                    let Some(length) = apart::end_of(rest, Ends::Quote) else { break };
                    let Some(next) = self.recall(number, block, begin..begin + length, found) else { break };
                    (number, at) = (next, begin + length);
                }
            }
        }
        (number, at)
    }

    /// As [`Step::measure`], for what is expected less.
    #[inline(never)]
    fn otherwise(&self, text: &[u8], next: usize, expected: usize, class: Class) -> Option<usize> {
        self.0.get(next)?.measure(text, expected, class)
    }

    /// If a value behind a constant is remembered, with what stands behind it: tells what may stand around it, and the
    /// number of the constant behind it.
    #[inline(always)]
    pub(super) fn recall(
        &self,
        number: usize,
        block: &[u8],
        place: Range<usize>,
        found: &mut Vec<(usize, Mark)>,
    ) -> Option<usize> {
        let Range { start, end } = place;
        let (value, rest) = (block.get(start..end)?, block.get(end..)?);
        let (next, marks) = self.0.get(number)?.values.get(value, |next| self.stands_at(next, rest))?;
        if !marks.is_empty() {
            found.extend(marks.iter().map(|(distance, mark)| (start.saturating_add_signed(*distance), *mark)));
        }
        Some(next)
    }

    /// Remembers what was found around a value that begins at a place, and the constant behind it.
    pub(super) fn keep(&mut self, number: usize, value: &[u8], next: usize, begin: usize, found: &[(usize, Mark)]) {
        let distance = |at: usize| at.wrapping_sub(begin) as isize;
        if let Some(step) = self.0.get_mut(number) {
            step.values.keep(value, next, found.iter().map(|(at, mark)| (distance(*at), *mark)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_as_expected_is_followed() {
        let mut steps = Steps::default();
        ["{\"a\":", ",\"time\":\"", "\"}\n"].iter().for_each(|text| steps.push(Step::new(text.as_bytes(), false)));
        steps.expect(0, 3, Class::Numbers, 1);
        steps.expect(1, 20, Class::All, 2);
        let after = " ".repeat(2 * SHORT);
        for (line, expected) in [
            ("{\"a\":123,\"time\":\"2026-01-15T10:20:30Z\"}\n", 2),
            ("{\"a\":9,\"time\":\"2026-01-15T10:20:30.123456789Z\"}\n", 2),
            ("{\"a\":,\"time\":\"\"}\n", 2),
            // Neither of the class, nor a constant as it should be.
            ("{\"a\":12a,\"time\":\"2026-01-15T10:20:30Z\"}\n", 0),
            ("{\"a\":1,\"time\":\"yesterday\"}\n", 1),
            ("{\"a\":1,\"time\":\"2026-01-15T10:20:30Z\"]\n", 1),
            ("{\"a\":1,\"Time\":\"2026-01-15T10:20:30Z\"}\n", 0),
            ("{\"a\":123456789012345678901234567890123,\"time\":\"\"}\n", 0),
        ] {
            let block = format!("before\n{line}{after}");
            let (number, at) = steps.follow(block.as_bytes(), 0, 7, &mut Vec::new());
            assert_eq!(number, expected, "{line}");
            assert!(block[at..].starts_with(["{\"a\":", ",\"time\":\"", "\"}\n"][number]), "{line}");
        }
        // What stood there before is expected, too.
        steps.push(Step::new(b"],\"time\":\"", false));
        steps.expect(0, 3, Class::Numbers, 3);
        for (line, expected) in
            [("{\"a\":12,\"time\":\"", 1), ("{\"a\":12],\"time\":\"", 3), ("{\"a\":12},\"time\":\"", 0)]
        {
            let block = format!("{line}{after}");
            assert_eq!(steps.follow(block.as_bytes(), 0, 0, &mut Vec::new()).0, expected, "{line}");
        }
        // At the end of a block one has to look in another way.
        assert_eq!(steps.follow(b"{\"a\":123,\"time\":\"", 0, 0, &mut Vec::new()), (0, 0));
    }
}
