//! Counts matches over time.

use super::findings::Times;
use super::line_time::LineTime;

/// Time steps that are counted while evidence is read.
const BUCKETS: usize = 64;

/// Time steps that a histogram has at most.
const STEPS: usize = 24;

/// Counts over time, in bounded memory.
///
/// However many times come in, in whatever order and pieces, it takes the same room and comes to the same: steps begin
/// at whole multiples of their length, which is a power of two.
#[derive(Clone, Debug)]
pub(super) struct Histogram {
    first: i64,
    last: i64,
    /// The length of a step is two to this power, in milliseconds.
    power: u32,
    /// The number of the first step since 1970.
    start: i64,
    counts: Vec<u64>,
    /// Whether all times have a zone.
    has_zone: bool,
}

impl Histogram {
    /// Starts with a single time.
    pub(super) fn new(LineTime { millis, has_zone }: LineTime) -> Self {
        let mut counts = Vec::with_capacity(BUCKETS);
        counts.push(1);
        Self { first: millis, last: millis, power: 0, start: millis, counts, has_zone }
    }

    /// Adds a time.
    pub(super) fn add(&mut self, LineTime { millis, has_zone }: LineTime) {
        self.cover(millis, millis);
        self.count(millis >> self.power, 1);
        self.has_zone &= has_zone;
    }

    /// Adds what another one has.
    pub(super) fn append(&mut self, other: &Self) {
        self.cover(other.first, other.last);
        self.has_zone &= other.has_zone;
        while self.power < other.power {
            self.double();
        }
        let finer = self.power - other.power;
        for (step, count) in (other.start..).zip(&other.counts) {
            if *count > 0 {
                self.count(step >> finer, *count);
            }
        }
    }

    /// Returns the first time, the last time and the histogram.
    pub(super) fn times(&self) -> Times {
        let mut short = self.clone();
        while short.counts.len() > STEPS {
            short.double();
        }
        Times { first: short.first, last: short.last, has_zone: short.has_zone, histogram: short.counts }
    }

    /// Makes steps long enough for all times between two.
    fn cover(&mut self, first: i64, last: i64) {
        self.first = self.first.min(first);
        self.last = self.last.max(last);
        while (self.last >> self.power).abs_diff(self.first >> self.power) >= BUCKETS as u64 {
            self.double();
        }
    }

    /// Makes steps twice as long.
    fn double(&mut self) {
        let start = self.start >> 1;
        let mut length = 0;
        for at in 0..self.counts.len() {
            let count = self.counts.get_mut(at).map(std::mem::take).unwrap_or_default();
            // Two steps become one, which is no later than they were.
            let to = usize::try_from(((self.start + at as i64) >> 1) - start).unwrap_or(0);
            if let Some(known) = self.counts.get_mut(to) {
                *known += count;
            }
            length = to + 1;
        }
        self.counts.truncate(length);
        (self.power, self.start) = (self.power + 1, start);
    }

    /// Counts something in a step that the limits allow for.
    fn count(&mut self, step: i64, count: u64) {
        if step < self.start {
            let missing = usize::try_from(self.start - step).unwrap_or(0);
            self.counts.splice(0..0, std::iter::repeat_n(0, missing));
            self.start = step;
        }
        let at = usize::try_from(step - self.start).unwrap_or(0);
        if self.counts.len() <= at {
            self.counts.resize(at + 1, 0);
        }
        if let Some(known) = self.counts.get_mut(at) {
            *known += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(times: &[i64]) -> Histogram {
        let zoned = |millis: i64| LineTime { millis, has_zone: true };
        let mut histogram = Histogram::new(zoned(times[0]));
        times[1..].iter().for_each(|time| histogram.add(zoned(*time)));
        histogram
    }

    #[test]
    fn a_histogram_does_not_depend_on_order_and_pieces() {
        let times: Vec<i64> = (0..500).map(|at: i64| 1_768_472_430_000 + at * at * 977 % 86_400_000).collect();
        let whole = of(&times).times();
        assert!(whole.histogram.len() <= STEPS && whole.histogram.len() > STEPS / 4, "{whole:?}");
        assert_eq!(whole.histogram.iter().sum::<u64>(), 500);
        let backwards: Vec<i64> = times.iter().rev().copied().collect();
        assert_eq!(of(&backwards).times(), whole);
        for cut in [1, 250, 499] {
            let (mut late, early) = (of(&times[cut..]), of(&times[..cut]));
            late.append(&early);
            assert_eq!(late.times(), whole);
        }
        assert_eq!(of(&[5]).times(), Times { first: 5, last: 5, has_zone: true, histogram: vec![1] });
        let far = of(&[i64::MIN, i64::MAX, 0]).times();
        assert_eq!(far.histogram.iter().sum::<u64>(), 3);
    }
}
