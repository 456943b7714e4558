//! Collects a paste until its end mark.

use std::mem;

use crate::app::Msg;
use crate::app::keys::Key;
use crate::tui::characters::length_of_character;

/// Bytes of the longest paste that is kept.
///
/// A log of this length is read in a moment; a longer one is better read from a file. The rest is counted, not kept.
pub const LONGEST: usize = 1024 * 1024;

/// The mark that ends a paste.
const END: &[u8] = b"\x1b[201~";
const INTERRUPT: u8 = 0x03;

/// A paste that has begun.
///
/// Invariant: `matched` and `interrupts` are not both above 0.
#[derive(Debug, Default)]
pub(super) struct Paste {
    kept: Vec<u8>,
    /// Number of bytes that came and were not kept.
    left_out: usize,
    /// Number of bytes of [`END`] that came last.
    ///
    /// They are not kept or counted yet.
    matched: usize,
    /// Number of times that Ctrl-C came last.
    ///
    /// They are not kept or counted yet.
    interrupts: usize,
}

impl Paste {
    /// Returns the number of bytes that are kept.
    pub(super) fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Reads a byte; adds the message when the paste ends.
    ///
    /// Returns the paste if it has not ended.
    pub(super) fn push(mut self, byte: u8, messages: &mut Vec<Msg>) -> Option<Self> {
        if byte == INTERRUPT {
            self.keep_matched();
            self.interrupts = self.interrupts.saturating_add(1);
            return Some(self);
        }
        self.keep_interrupts();
        if END.get(self.matched) != Some(&byte) {
            self.keep_matched();
        }
        if END.get(self.matched) == Some(&byte) {
            self.matched += 1;
        } else {
            self.keep(byte);
        }
        if self.matched < END.len() {
            return Some(self);
        }
        self.deliver(messages);
        None
    }

    /// Adds the message of a paste whose end does not come.
    ///
    /// If Ctrl-C came last, it is not a part of the paste, and is added as a key.
    pub(super) fn give_up(mut self, messages: &mut Vec<Msg>) {
        // A partial end mark is not a part of the paste.
        let is_interrupted = self.interrupts > 0;
        if !self.kept.is_empty() {
            self.interrupts = 0;
            self.deliver(messages);
        }
        if is_interrupted {
            messages.push(Msg::Key(Key::Ctrl('c')));
        }
    }

    fn deliver(mut self, messages: &mut Vec<Msg>) {
        let pasted = self.kept.len().saturating_add(self.left_out);
        // Half a character at the end of a cut paste is left out, too.
        let first_of_last = self.kept.iter().rposition(|byte| !(0x80..0xc0).contains(byte)).unwrap_or(0);
        let first = self.kept.get(first_of_last).copied().unwrap_or(0);
        if self.kept.len() - first_of_last < length_of_character(first) {
            self.kept.truncate(first_of_last);
        }
        let read = self.kept.len();
        messages.push(Msg::Paste(String::from_utf8_lossy(&self.kept).into_owned()));
        if self.left_out > 0 {
            messages.push(Msg::PasteCut { read, pasted });
        }
    }

    fn keep_matched(&mut self) {
        let matched = mem::take(&mut self.matched);
        END.iter().take(matched).for_each(|byte| self.keep(*byte));
    }

    fn keep_interrupts(&mut self) {
        (0..mem::take(&mut self.interrupts)).for_each(|_| self.keep(INTERRUPT));
    }

    fn keep(&mut self, byte: u8) {
        if self.kept.len() < LONGEST && self.left_out == 0 {
            self.kept.push(byte);
        } else {
            self.left_out = self.left_out.saturating_add(1);
        }
    }
}
