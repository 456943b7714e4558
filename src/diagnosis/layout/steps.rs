//! The beaten track through lines: from one short constant to the next, over values that nothing can stand around.
//!
//! Most of a line is such. What is expected is what stood there the last time: then nothing has to wait for the length of
//! a value to be found, and a step is some dozen instructions.

use std::cell::Cell;

use super::plain::{self, Class};

/// A longer constant is compared in another way.
const SHORT: usize = 32;

/// No step.
const NONE: usize = usize::MAX;

/// A constant, and the value behind it.
#[derive(Debug)]
pub(super) struct Step {
    text: [u8; SHORT],
    /// The bytes of it that count.
    mask: [u8; SHORT],
    length: usize,
    class: Class,
    /// How long the value is expected to be, and the number of the constant behind it; [`NONE`] if one has to look.
    value: Cell<usize>,
    next: usize,
}

impl Step {
    /// A step of which nothing is expected yet.
    pub(super) fn new(constant: &[u8]) -> Self {
        let mut step = Self {
            text: [0; SHORT],
            mask: [0; SHORT],
            length: constant.len(),
            class: Class::Numbers,
            value: Cell::new(0),
            next: NONE,
        };
        for ((byte, mask), written) in step.text.iter_mut().zip(&mut step.mask).zip(constant) {
            (*byte, *mask) = (*written, u8::MAX);
        }
        step
    }

    /// Whether the constant can be compared here.
    fn is_short(&self) -> bool {
        self.length <= SHORT
    }

    /// Whether the constant stands at a place of a block, and as much behind it as is compared.
    #[inline(always)]
    fn stands_at(&self, block: &[u8], at: usize) -> bool {
        let Some(bytes) = block.get(at..).and_then(<[u8]>::first_chunk::<SHORT>) else { return false };
        let pairs = bytes.iter().zip(&self.text).zip(&self.mask);
        pairs.fold(0, |differing, ((byte, wanted), mask)| differing | (byte ^ wanted) & mask) == 0
    }
}

/// A constant for each number.
#[derive(Debug, Default)]
pub(super) struct Steps(Vec<Step>);

impl Steps {
    /// Adds a constant.
    pub(super) fn push(&mut self, step: Step) {
        self.0.push(step);
    }

    /// Says that behind a constant a plain value of a length stood, and then another constant.
    pub(super) fn expect(&mut self, number: usize, value: usize, class: Class, next: usize) {
        let is_short = self.0.get(next).is_some_and(Step::is_short);
        if let Some(step) = self.0.get_mut(number) {
            step.value.set(value);
            step.class = class;
            step.next = if is_short && step.is_short() { next } else { NONE };
        }
    }

    /// Goes from a constant that stands at a place of a block as far as all is as expected.
    #[inline(always)]
    pub(super) fn follow(&self, block: &[u8], number: usize, at: usize) -> (usize, usize) {
        let (mut number, mut at) = (number, at);
        while let Some(step) = self.0.get(number)
            && let Some(next) = self.0.get(step.next)
            && let begin = at + step.length
            && let Some(rest) = block.get(begin..)
        {
            let mut length = step.value.get();
            if !(next.stands_at(block, begin + length) && plain::begins_with(rest, length, step.class)) {
                length = plain::length(rest);
                if !next.stands_at(block, begin + length) {
                    break;
                }
                step.value.set(length);
            }
            (number, at) = (step.next, begin + length);
        }
        (number, at)
    }
}
