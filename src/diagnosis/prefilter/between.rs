//! What may stand in a line of which some parts are known: what was looked at once is not looked at again.

use super::run::{load, run_at};
use super::{LENGTH, Mark, Prefilter, RUN, STRIDE, Wanted, fold};
use foldhash::{HashMap, HashMapExt as _};

/// Windows by how they begin.
pub(super) type ByBeginning = HashMap<u32, Vec<usize>>;

impl Prefilter {
    /// Whether it can look at a part of a line: windows are long enough for its stride.
    pub(in super::super) fn knows_parts(&self) -> bool {
        self.stride == STRIDE
    }

    /// Calls something with every mark of windows that touch a part of a block, and where it stands, in no order. Of an
    /// empty part that are those that reach from before it to behind it.
    pub(in super::super) fn look_around(
        &self,
        block: &[u8],
        begin: usize,
        end: usize,
        found: &mut dyn FnMut(usize, Mark),
    ) {
        let mut at = begin.saturating_sub(LENGTH);
        // A window ends at most so far behind the run by which it is found.
        while at < end + RUN {
            let run = run_at(block, at);
            if self.has_bit(run) != 0 {
                self.each_there(block, at, run, &mut |sought, start| {
                    if start < end && start + sought.bytes.len() > begin {
                        sought.check(block, start, found);
                    }
                });
            }
            at += STRIDE;
        }
    }

    /// Calls something with every mark of a window that stands at a place of a block.
    #[inline]
    pub(in super::super) fn judge(
        &self,
        window: usize,
        block: &[u8],
        start: usize,
        found: &mut dyn FnMut(usize, Mark),
    ) {
        if let Some(sought) = self.windows.get(window) {
            sought.judge(block, start, found);
        }
    }

    /// The windows that stand in a text as a whole, each after the place where it does, but for those that are part of
    /// nothing there, whatever stands around the text.
    pub(in super::super) fn standing_in(&self, text: &[u8]) -> Vec<(usize, usize)> {
        let by_beginning = self.by_beginning.get_or_init(|| {
            let mut by_beginning = ByBeginning::new();
            for (number, sought) in self.windows.iter().enumerate() {
                by_beginning.entry(load(&sought.bytes)).or_default().push(number);
            }
            by_beginning
        });
        let folded: Vec<u8> = text.iter().copied().map(fold).collect();
        let mut standing = Vec::new();
        for at in 0..folded.len() {
            let rest = folded.get(at..).unwrap_or_default();
            let numbers = by_beginning.get(&load(rest)).map(Vec::as_slice).unwrap_or_default();
            let is_there = |number: &usize| {
                self.windows.get(*number).is_some_and(|it| {
                    let may_stand = || it.wanted.iter().any(|(wanted, _)| !wanted.can_never_stand(text, at));
                    rest.starts_with(&it.bytes) && may_stand()
                })
            };
            standing.extend(numbers.iter().copied().filter(is_there).map(|number| (at, number)));
        }
        standing
    }

    /// Whether a window is looked for as part of names only.
    pub(in super::super) fn is_name(&self, window: usize) -> bool {
        self.windows.get(window).is_some_and(|sought| sought.wanted.iter().all(|(wanted, _)| wanted.is_name()))
    }

    /// Whether a text that is looked for has all of another one in it, so that it may reach from before it to behind it.
    pub(in super::super) fn has_literal_around(&self, text: &[u8]) -> bool {
        let literals = self.literals.get_or_init(|| {
            let wanted = self.windows.iter().flat_map(|sought| sought.wanted.iter().map(move |(it, _)| (sought, it)));
            let literals = wanted.filter_map(|(sought, wanted)| match wanted {
                Wanted::Text(before, after) => Some([&**before, &*sought.bytes, &**after].concat()),
                _ => None,
            });
            // No line has a line end in it.
            literals.collect::<Vec<_>>().join(&b'\n')
        });
        let folded: Vec<u8> = text.iter().copied().map(fold).collect();
        memchr::memmem::find(literals, &folded).is_some()
    }

    /// Whether a window may touch a value of certain bytes that stands between two texts.
    pub(in super::super) fn may_touch(&self, before: &[u8], after: &[u8], is_allowed: impl Fn(u8) -> bool) -> bool {
        let mut allowed = [false; 256];
        for byte in (0..=u8::MAX).filter(|byte| is_allowed(*byte)) {
            if let Some(allowed) = allowed.get_mut(usize::from(fold(byte))) {
                *allowed = true;
            }
        }
        self.windows.iter().any(|sought| touches(&sought.bytes, before, after, &allowed))
    }
}

/// Whether a window may touch a value of bytes that, in lower case, are allowed. Beyond the two texts anything may stand.
fn touches(window: &[u8], before: &[u8], after: &[u8], allowed: &[bool; 256]) -> bool {
    let is_allowed = |byte: &u8| allowed.get(usize::from(*byte)).is_some_and(|allowed| *allowed);
    let alike = |(byte, wanted): (&u8, &u8)| fold(*byte) == *wanted;
    (0..=window.len()).any(|begin| {
        let (ahead, rest) = window.split_at(begin);
        let stands_before = before.iter().rev().zip(ahead.iter().rev()).all(alike);
        let length = rest.iter().take_while(|byte| is_allowed(byte)).count();
        stands_before
            && (0..=length).any(|length| {
                let behind = rest.get(length..).unwrap_or_default();
                let touches = length > 0 || !(ahead.is_empty() || behind.is_empty());
                touches && after.iter().zip(behind).all(alike)
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_touches_a_value_that_can_be_part_of_it() {
        let mut allowed = [false; 256];
        b"0123456789.".iter().for_each(|byte| allowed[usize::from(*byte)] = true);
        for (window, before, after, expected) in [
            ("lbstatu", "\"lbStatusCode\":\"", "\",\"a\"", false),
            (".0\" 404", "{\"a\":\"", "\",\"a\"", false),
            (".0\" 404", "{\"a\":\"", "\" 404 ", true),
            ("a\":\"5", "{\"a\":\"", "\",\"a\"", true),
            ("a\":\"\",\"", "{\"a\":\"", "\",\"a\"", true),
            ("12345", "x", "y", true),
            ("12x45", "y", "y", false),
            ("12345x", "a", "x", true),
            ("abc12", "bc", "", true),
        ] {
            let (before, after) = (before.as_bytes(), after.as_bytes());
            assert_eq!(touches(window.as_bytes(), before, after, &allowed), expected, "{window} {before:?}");
        }
    }
}
