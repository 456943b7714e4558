//! Reads sources and scans them into a diagnosis.

use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};

use super::failure::InputFailure;
use super::input_stream::InputStream;
use super::parallel;
use super::source::{ItemOrigin, items};
use super::{InputSource, ReadProgress};
use crate::diagnosis::{Diagnosis, Scanner};

/// Settings for [`read`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Most threads that scan; 0 means one for each processor.
    ///
    /// The result does not depend on it.
    pub threads: usize,
    /// Unpacked bytes from which the ratio of sizes is limited.
    ///
    /// From there on, an input that unpacks to more than a thousand times its size is not read further.
    pub unpack: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { threads: 0, unpack: 1 << 30 }
    }
}

/// The result of [`read`].
#[derive(Debug, Default)]
pub struct ReadOutcome {
    /// The diagnosis, with all files and streams as its inputs.
    ///
    /// Inputs that could not be read are included.
    pub diagnosis: Diagnosis,
    /// Inputs that could not be read, or not to their end.
    ///
    /// All others were read in spite of that.
    pub failures: Vec<InputFailure>,
    /// Whether any input could be read, at least its beginning.
    ///
    /// An empty input counts.
    pub was_any_read: bool,
    /// Whether reading was told to stop.
    ///
    /// If so, the diagnosis covers what was read before.
    pub stopped: bool,
}

/// Interval between calls of the progress function.
const PROGRESS_INTERVAL: Duration = Duration::from_millis(200);

/// Reads sources in order and scans them.
///
/// Continues after inputs that cannot be read. Ends early once `stop` is true, even while it waits for a stream. Calls
/// `progress` from the calling thread, about five times a second.
///
/// Reads all files of a folder and its subfolders, except hidden files, special files, and files outside of the folder
/// that links lead to. A file that is reached twice is read once.
pub fn read(
    sources: &[InputSource],
    scanner: &Scanner,
    options: &Options,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(&ReadProgress),
) -> ReadOutcome {
    let begun = Instant::now();
    let mut told = begun;
    // Called often, but reports only after `PROGRESS_INTERVAL`.
    let mut tell = |said: &dyn Fn() -> ReadProgress| {
        if told.elapsed() >= PROGRESS_INTERVAL {
            told = Instant::now();
            progress(&ReadProgress { elapsed: begun.elapsed(), ..said() });
        }
    };
    let items = items(sources, stop, &mut |count| {
        tell(&|| ReadProgress { listed: Some(count), ..ReadProgress::default() });
    });
    let threads = match options.threads {
        0 => thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let total = items.iter().map(|item| match item.origin {
        ItemOrigin::File(_, size) => Some(size),
        ItemOrigin::Stream(_) | ItemOrigin::Standard => None,
        ItemOrigin::Folder | ItemOrigin::Unreadable(_) => Some(0),
    });
    let total = total.sum::<Option<u64>>().filter(|total| *total > 0);
    let mut tell = |bytes| tell(&|| ReadProgress { bytes, total, ..ReadProgress::default() });
    let stream = InputStream::new(items, options.unpack, stop, scanner);
    let (tally, counts, stream) = parallel::scan_all(stream, scanner, threads, &mut tell);
    let (stopped, was_any_read) = (stream.is_stopped(), stream.was_any_read());
    let mut diagnosis = tally.diagnosis();
    let (inputs, failures) = stream.read();
    diagnosis.inputs = inputs;
    for (input, (records, error_blocks)) in diagnosis.inputs.iter_mut().zip(counts) {
        (input.records, input.error_blocks) = (records, error_blocks);
    }
    ReadOutcome { diagnosis, failures, was_any_read, stopped }
}
