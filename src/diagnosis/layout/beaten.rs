//! Ways through lines on which, for long, nothing has differed.

use super::Layouts;

/// A value that was the same so many times in a row is expected again.
const STEADY: u32 = 64;

/// What has stood behind a constant for long: one or more values that did not differ, and the constants between them.
#[derive(Debug)]
pub(super) struct Beaten {
    /// All of it, with the constant behind the last such value.
    pub(super) text: Box<[u8]>,
    /// The windows in it, but for those of that constant, and where they stand.
    pub(super) windows: Vec<(usize, usize)>,
    /// That constant, by number, and how far it is.
    pub(super) to: usize,
    pub(super) length: usize,
}

impl Layouts {
    /// Finds such ways anew.
    pub(super) fn beat(&mut self) {
        // What stands behind another constant was mostly added after it: the last first, so that ways become long.
        for number in (0..self.constants.len()).rev() {
            let beaten = self.way(number);
            self.steps.is_beaten(number, beaten.is_some());
            if let Some(constant) = self.constants.get_mut(number) {
                constant.beaten = beaten;
            }
        }
    }

    fn way(&self, number: usize) -> Option<Beaten> {
        let (value, to) = self.steps.values(number)?.steady(STEADY)?;
        let next = self.constants.get(to)?;
        let text = [value, &next.text].concat();
        let Some(on) = &next.beaten else {
            return Some(Beaten { text: text.into(), windows: Vec::new(), to, length: value.len() });
        };
        let ahead = |length: usize| move |(offset, window): &(usize, usize)| (offset + length, *window);
        let own = next.windows.iter().map(ahead(value.len()));
        let windows = own.chain(on.windows.iter().map(ahead(text.len()))).collect();
        Some(Beaten { windows, to: on.to, length: text.len() + on.length, text: [&text[..], &on.text].concat().into() })
    }
}
