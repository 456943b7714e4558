//! Reports the progress of reading in one line.

use std::time::Duration;

use crate::text;

/// Bytes and files read so far, and the time taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReadProgress {
    /// Bytes read so far; of packed inputs, the packed bytes.
    pub bytes: u64,
    /// All bytes to read; `None` if an input is a stream.
    pub total: Option<u64>,
    /// Time since reading began.
    pub elapsed: Duration,
    /// Number of files found so far, while folders are listed.
    ///
    /// Folders are listed before anything is read.
    pub listed: Option<usize>,
}

/// Least time after which a rate is meaningful.
const SHORTEST: Duration = Duration::from_millis(100);

impl ReadProgress {
    /// Returns the progress as one line, without a line break.
    ///
    /// Example: `1.2 GB of 3.4 GB, 1.5 GB/s, 2 s left`.
    pub fn line(&self) -> String {
        if let Some(listed) = self.listed {
            return format!("listing folders: {} so far", text::count(listed, "file", "files"));
        }
        let mut line = match self.total {
            Some(total) => format!("{} of {}", text::size(self.bytes), text::size(total.max(self.bytes))),
            None => text::size(self.bytes),
        };
        let Some(rate) = self.rate() else { return line };
        line.push_str(&format!(", {}/s", text::size(rate)));
        if let Some(total) = self.total.filter(|_| rate > 0) {
            let seconds = total.saturating_sub(self.bytes).div_ceil(rate);
            line.push_str(&format!(", {} left", duration(seconds)));
        }
        line
    }

    /// Returns the bytes per second, once enough time has passed.
    fn rate(&self) -> Option<u64> {
        let milliseconds = self.elapsed.as_millis();
        let rate = u128::from(self.bytes) * 1000 / milliseconds.max(1);
        (self.elapsed >= SHORTEST).then(|| u64::try_from(rate).unwrap_or(u64::MAX))
    }
}

/// Formats whole seconds for people.
///
/// Examples: `2 s`, `3 min 20 s`, `1 h 5 min`.
fn duration(seconds: u64) -> String {
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, 0) => format!("{minutes} min"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, 0, _) => format!("{hours} h"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_how_much_how_fast_and_how_long() {
        let line = |bytes, total, seconds: f64| {
            ReadProgress { bytes, total, elapsed: Duration::from_secs_f64(seconds), listed: None }.line()
        };
        assert_eq!(line(1_200_000_000, Some(3_400_000_000), 0.8), "1.2 GB of 3.4 GB, 1.5 GB/s, 2 s left");
        assert_eq!(line(0, Some(10), 0.0), "0 bytes of 10 bytes", "no rate without time");
        assert_eq!(line(0, Some(10), 3.0), "0 bytes of 10 bytes, 0 bytes/s", "nothing is foretold from nothing");
        assert_eq!(line(52_000_000, None, 1.0), "52 MB, 52 MB/s", "a stream has no end that is known");
        assert_eq!(line(20, Some(10), 1.0), "20 bytes of 20 bytes, 20 bytes/s, 0 s left", "a file that grows");
        assert_eq!(line(1_000, Some(1_001_000), 5.0), "1 kB of 1 MB, 200 bytes/s, 1 h 23 min left");
        assert_eq!(line(u64::MAX, Some(u64::MAX), 0.1), "18446744 TB of 18446744 TB, 18446744 TB/s, 0 s left");
    }

    #[test]
    fn listing_says_how_many_files_there_are() {
        let line = |count| ReadProgress { listed: Some(count), ..ReadProgress::default() }.line();
        assert_eq!(line(1), "listing folders: 1 file so far");
        assert_eq!(line(12_345), "listing folders: 12345 files so far");
    }

    #[test]
    fn durations_are_short() {
        let cases = [(0, "0 s"), (59, "59 s"), (60, "1 min"), (200, "3 min 20 s"), (3600, "1 h"), (3900, "1 h 5 min")];
        for (seconds, said) in cases {
            assert_eq!(duration(seconds), said);
        }
    }
}
