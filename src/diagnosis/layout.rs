//! Lines that are laid out alike: what they share is looked at once, and of further ones only what differs.
//!
//! A system writes its records in a few ways: the same names and marks stand between values that differ. Such a line is
//! taken apart into *values* and the *constants* between them. A further line is compared with known constants as a
//! whole; of it, only windows are in question that touch a value, and those in a constant whose meaning depends on what
//! stands around it. A value of digits and their marks touches no window, which is seen once for each pair of constants;
//! of others it is remembered what was found around them. What is found is what the prefilter finds in the line.
//!
//! What depends on a value and on what stands around it depends on no other value: the constants keep them apart
//! ([`apart`]).

mod apart;
mod beaten;
mod constant;
mod plain;
mod steps;
mod values;

use super::odd;
use super::prefilter::{Mark, Prefilter};
use super::recall::Asked;
use crate::recognize::Asking;
use apart::{Ends, Part};
use constant::Constant;
use steps::{Step, Steps};

/// So many constants are known at most; of lines that are laid out in ever new ways, nothing is gained.
const CONSTANTS: usize = 2048;

/// So many constants may stand at the same place.
const OTHERS: usize = 16;

/// A longer line, in bytes, is not learned from.
const LONGEST_LEARNED: usize = 1 << 14;

/// A longer one is not passed over.
const LONGEST: usize = 1 << 20;

/// So much credit there is to begin with, and at most; a line that is passed over earns one, one that is learned costs
/// [`PRICE`], and one that cannot be learned all of it.
const CREDIT: u32 = 128;
const PRICE: u32 = 16;

/// Of so many lines, one in two must be laid out as known; else as many bytes as [`REST`] are looked at otherwise.
const TRIED: u32 = 2048;
const REST: usize = 1 << 20;

/// So much longer one rests each time that it was in vain, at most.
const LONGEST_REST: usize = 1 << 25;

/// How lines are laid out, as far as it is known.
#[derive(Debug)]
pub(super) struct Layouts {
    constants: Vec<Constant>,
    steps: Steps,
    /// The first constant with which a line may begin.
    first: Option<usize>,
    /// How often all was forgotten.
    generation: usize,
    credit: u32,
    /// How many lines were compared of late, and how many of them were laid out as known.
    tried: u32,
    known: u32,
    /// For so many bytes nothing is compared, and for how many the next time.
    resting: usize,
    rest: usize,
}

/// Where a value stands in a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Span {
    /// The number of the constant before it.
    pub(super) constant: usize,
    /// Where it begins and ends.
    pub(super) begin: usize,
    pub(super) end: usize,
    pub(super) is_quoted: bool,
    /// It is made of digits and their marks.
    pub(super) is_plain: bool,
    /// More is asked of it than of others at its place.
    pub(super) is_telling: bool,
}

impl Default for Layouts {
    fn default() -> Self {
        let (constants, steps, first) = (Vec::new(), Steps::default(), None);
        Self { constants, steps, first, generation: 0, credit: CREDIT, tried: 0, known: 0, resting: 0, rest: REST }
    }
}

impl Layouts {
    /// Of so many bytes nothing is to be compared.
    pub(super) fn resting(&self) -> usize {
        self.resting
    }

    /// Says that bytes were looked at otherwise.
    pub(super) fn rested(&mut self, bytes: usize) {
        self.resting = self.resting.saturating_sub(bytes);
    }

    /// If the line that begins at a place of a block is laid out as known: tells what may stand in it, in no order, and
    /// where the next one begins.
    #[inline]
    pub(super) fn look(
        &mut self,
        filter: &Prefilter,
        block: &[u8],
        start: usize,
        found: &mut Vec<(usize, Mark)>,
    ) -> Option<usize> {
        found.clear();
        let end = self.compare(filter, block, start, found).filter(|end| end - start <= LONGEST);
        self.tried += 1;
        if end.is_some() {
            self.known += 1;
            self.credit = (self.credit + 1).min(CREDIT);
        }
        if self.tried == TRIED {
            self.think_over();
        }
        end
    }

    /// Sees whether it is worth the while.
    fn think_over(&mut self) {
        if self.known < TRIED / 2 {
            self.resting = self.rest;
            self.rest = (self.rest * 2).min(LONGEST_REST);
            self.credit = CREDIT;
        } else {
            self.rest = REST;
        }
        (self.tried, self.known) = (0, 0);
        self.beat();
    }

    fn compare(
        &mut self,
        filter: &Prefilter,
        block: &[u8],
        start: usize,
        found: &mut Vec<(usize, Mark)>,
    ) -> Option<usize> {
        let mut at = start;
        let mut here = self.standing(self.first, block.get(at..)?)?;
        loop {
            (here, at) = self.steps.follow(block, here, at, found);
            let constant = self.constants.get(here)?;
            for (offset, window) in &constant.windows {
                filter.judge(*window, block, at + offset, &mut |at, mark| found.push((at, mark)));
            }
            let begin = at + constant.text.len();
            let rest = block.get(begin..)?;
            if let Some(beaten) = &constant.beaten
                && begins_with(rest, &beaten.text)
            {
                for (offset, window) in &beaten.windows {
                    filter.judge(*window, block, begin + offset, &mut |at, mark| found.push((at, mark)));
                }
                (here, at) = (beaten.to, begin + beaten.length);
                continue;
            }
            let (length, is_plain) = match constant.ends {
                Ends::Line => return Some(begin),
                ends => constant.measure(ends, rest)?,
            };
            let end = begin + length;
            if is_plain {
                let next = self.standing(constant.next, block.get(end..)?)?;
                if constant.windows.is_empty() && constant.beaten.is_none() {
                    let class = constant.expected.get().1;
                    self.steps.expect(here, length, class, next);
                }
                (here, at) = (next, end);
            } else if let Some(next) = self.steps.recall(here, block, begin..end, found) {
                (here, at) = (next, end);
            } else {
                let next = self.standing(constant.next, block.get(end..)?)?;
                let before = found.len();
                constant.look_at_value(filter, block, begin..end, found)?;
                self.steps.keep(here, block.get(begin..end)?, next, begin, found.get(before..)?);
                (here, at) = (next, end);
            }
        }
    }

    /// Where the values stand of a line that is laid out as known and is one JSON object, and a number that no line that is
    /// laid out otherwise has.
    pub(super) fn spans(&self, block: &[u8], start: usize, spans: &mut Vec<Span>) -> Option<u64> {
        spans.clear();
        let mut at = start;
        let mut here = self.standing(self.first, block.get(at..)?)?;
        loop {
            let constant = self.constants.get(here)?;
            let begin = at + constant.text.len();
            if constant.ends == Ends::Line {
                let layout = (self.generation * CONSTANTS + here) as u64;
                return constant.ends_record.then_some(layout);
            }
            let (length, is_plain) = constant.measure(constant.ends, block.get(begin..)?)?;
            let (end, is_quoted) = (begin + length, constant.ends.is_quoted());
            spans.push(Span { constant: here, begin, end, is_quoted, is_plain, is_telling: false });
            (here, at) = (self.standing(constant.next, block.get(end..)?)?, end);
        }
    }

    /// What is asked of the value behind a constant.
    pub(super) fn asking(&self, constant: usize) -> &[Asking] {
        self.constants.get(constant).map(|constant| constant.asking.as_slice()).unwrap_or_default()
    }

    /// Which of some constants, the first of them given, a text begins with.
    #[inline]
    fn standing(&self, first: Option<usize>, text: &[u8]) -> Option<usize> {
        let mut number = first?;
        loop {
            if self.steps.stands_at(number, text) {
                return Some(number);
            }
            number = self.constants.get(number)?.other?;
        }
    }

    /// Learns how a line with its end is laid out, if there is reason to think that others are laid out so, too.
    pub(super) fn learn(&mut self, filter: &Prefilter, asked: &Asked, line: &[u8]) {
        if self.credit < PRICE || line.len() > LONGEST_LEARNED {
            return;
        }
        let credit = std::mem::take(&mut self.credit) - PRICE;
        let mut odd = Vec::new();
        odd::look(line, &mut odd);
        if !odd.is_empty() {
            return;
        }
        // What is looked for as a whole may reach over a constant: from a value that is always the same, or it is another.
        let parts =
            apart::take_apart(line).and_then(|it| apart::join(line, it, |text| filter.has_literal_around(text)));
        let Some(parts) = parts else { return };
        if self.constants.len() + parts.len() > CONSTANTS {
            (self.constants, self.steps, self.first) = (Vec::new(), Steps::default(), None);
            self.generation += 1;
        }
        // What is written in a roundabout way may be taken apart at other places than a reader of JSON would.
        let is_direct = !parts.iter().any(|part| part.text.contains(&b'\\'));
        let is_record = is_direct && serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(line).is_ok();
        let mut before = None;
        for part in parts {
            let Some(number) = self.constant(filter, asked, before, part) else { return };
            before = Some(number);
        }
        if let Some(last) = before.and_then(|last| self.constants.get_mut(last)) {
            last.ends_record = is_record;
        }
        self.credit = credit;
    }

    /// The number of a part's constant behind another one; it is added where it is new. `None` if there is no room.
    fn constant(&mut self, filter: &Prefilter, asked: &Asked, before: Option<usize>, part: Part<'_>) -> Option<usize> {
        let mut number = match before {
            Some(before) => self.constants.get(before)?.next,
            None => self.first,
        };
        // A longer one comes first, so that none is taken for one with which it begins.
        let (mut ahead, mut others) = (None, 0);
        while let Some(constant) = number.and_then(|number| self.constants.get(number)) {
            if *constant.text == *part.text {
                return number;
            }
            if constant.text.len() > part.text.len() {
                ahead = number;
            }
            (number, others) = (constant.other, others + 1);
        }
        if others >= OTHERS {
            return None;
        }
        let new = self.constants.len();
        let mut constant = Constant::new(filter, asked, part);
        if let Some(before) = before.and_then(|before| self.constants.get_mut(before)) {
            before.takes_plain &= !filter.may_touch(&before.text, &constant.text, plain::is_plain);
        }
        let place = match (ahead, before) {
            (Some(ahead), _) => &mut self.constants.get_mut(ahead)?.other,
            (None, Some(before)) => &mut self.constants.get_mut(before)?.next,
            (None, None) => &mut self.first,
        };
        constant.other = place.replace(new);
        let is_looked_up = constant.ends == Ends::Quote && !constant.takes_plain && constant.windows.is_empty();
        self.steps.push(Step::new(&constant.text, is_looked_up));
        self.constants.push(constant);
        Some(new)
    }
}

/// Whether a text begins with another one; quick where that is short.
#[inline(always)]
fn begins_with(text: &[u8], beginning: &[u8]) -> bool {
    let Some(text) = text.get(..beginning.len()) else { return false };
    match beginning.len() {
        0 => true,
        1 => text.first() == beginning.first(),
        2..=4 => has_ends::<2>(text, beginning),
        5..=8 => has_ends::<4>(text, beginning),
        9..=16 => has_ends::<8>(text, beginning),
        17..=32 => has_ends::<16>(text, beginning),
        33..=64 => has_ends::<32>(text, beginning),
        _ => text == beginning,
    }
}

/// Whether two texts have the same first and last bytes: where they are no longer than both together, all.
#[inline(always)]
fn has_ends<const N: usize>(one: &[u8], other: &[u8]) -> bool {
    one.first_chunk::<N>() == other.first_chunk() && one.last_chunk::<N>() == other.last_chunk()
}
