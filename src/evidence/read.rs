//! From sources to a diagnosis.

use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant};

use super::crew;
use super::feed::Feed;
use super::source::{Origin, items};
use super::{Progress, Source};
use crate::diagnosis::{Diagnosis, Scanner};

/// How to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many threads look through what is read, at most; 0 for as many as there are processors. What is found does not
    /// depend on it.
    pub threads: usize,
    /// From this many bytes on, an input that unpacks to more than a thousand times its size is not read further.
    pub unpack: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { threads: 0, unpack: 1 << 30 }
    }
}

/// What came of reading.
#[derive(Debug, Default)]
pub struct Reading {
    /// What was found, with an input for each file and stream, those that could not be read included.
    pub diagnosis: Diagnosis,
    /// What could not be read, or not to its end. The rest was read all the same.
    pub failures: Vec<Failure>,
    /// Whether there was an input that could be read, or the beginning of one. An empty one can.
    pub was_any_read: bool,
    /// Whether it ended because it was told to stop: the diagnosis is of what was read until then.
    pub stopped: bool,
}

/// An input that could not be read, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its path, `-` for standard input.
    pub path: String,
    /// Why, in words, and what to do if it is not plain: `no such file`.
    pub why: String,
}

/// So often somebody is told how far it is.
const TELLING: Duration = Duration::from_millis(200);

/// Reads sources one after the other and looks through them. It goes on past what cannot be read, and ends early once
/// `stop` is true, also while it waits for a stream. `progress` is called from the calling thread, about five times a
/// second.
///
/// Of a folder, all files are read, those of folders in it, too; hidden ones, what is no file, and what links lead to
/// outside of the folder are not. What is reached twice is read once.
pub fn read(
    sources: &[Source],
    scanner: &Scanner,
    options: &Options,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(&Progress),
) -> Reading {
    let begun = Instant::now();
    let mut told = begun;
    // Called often, and says something only now and then.
    let mut tell = |said: &dyn Fn() -> Progress| {
        if told.elapsed() >= TELLING {
            told = Instant::now();
            progress(&Progress { elapsed: begun.elapsed(), ..said() });
        }
    };
    let items = items(sources, stop, &mut |count| {
        tell(&|| Progress { listed: Some(count), ..Progress::default() });
    });
    let threads = match options.threads {
        0 => thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let total = items.iter().map(|item| match item.origin {
        Origin::File(_, size) => Some(size),
        Origin::Stream(_) | Origin::Standard => None,
        Origin::Folder | Origin::Unreadable(_) => Some(0),
    });
    let total = total.sum::<Option<u64>>().filter(|total| *total > 0);
    let mut tell = |bytes| tell(&|| Progress { bytes, total, ..Progress::default() });
    let feed = Feed::new(items, options.unpack, stop);
    let (tally, records, feed) = crew::look_through(feed, scanner, threads, &mut tell);
    let (stopped, was_any_read) = (feed.is_stopped(), feed.was_any_read());
    let mut diagnosis = tally.diagnosis();
    let (inputs, failures) = feed.read();
    diagnosis.inputs = inputs;
    for (input, records) in diagnosis.inputs.iter_mut().zip(records) {
        input.records = records;
    }
    Reading { diagnosis, failures, was_any_read, stopped }
}
