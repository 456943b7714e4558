//! From sources to a diagnosis.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::block::Block;
use super::crew::Crew;
use super::source::{Item, Origin, items, why};
use super::stream::{Next, Stream};
use super::unpack::{About, Raw, Unpacked};
use super::{Progress, Source};
use crate::diagnosis::segment::Segmenter;
use crate::diagnosis::{Diagnosis, Input, Scanner};

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
    /// Whether it ended because it was told to stop: the diagnosis is of what was read until then.
    pub stopped: bool,
}

/// An input that could not be read, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// Its path, `-` for standard input.
    pub path: String,
    /// Why, in words: `no such file`.
    pub why: String,
}

/// So often somebody is told how far it is.
const TELLING: Duration = Duration::from_millis(200);
/// So long nobody looks whether to stop.
const PATIENCE: Duration = Duration::from_millis(50);

/// Reads sources one after the other and looks through them. It goes on past what cannot be read, and ends early once
/// `stop` is true, also while it waits for a stream. `progress` is called from the calling thread, about five times a
/// second.
///
/// Of a folder, all files are read, those of folders in it, too; hidden ones and what is no file are not. What is reached
/// twice is read once.
pub fn read(
    sources: &[Source],
    scanner: &Scanner,
    options: &Options,
    stop: &AtomicBool,
    progress: &mut dyn FnMut(&Progress),
) -> Reading {
    let items = items(sources);
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
    thread::scope(|scope| {
        let begun = Instant::now();
        let mut reader = Reader {
            crew: Crew::new(scope, scanner, threads - 1),
            limit: options.unpack,
            stop,
            progress,
            begun,
            told: begun,
            before: 0,
            total,
            buffer: Block::new(),
            inputs: Vec::new(),
            failures: Vec::new(),
        };
        for item in items {
            if reader.is_stopped() {
                break;
            }
            reader.item(item);
        }
        reader.finish()
    })
}

struct Reader<'a> {
    crew: Crew<'a>,
    limit: u64,
    stop: &'a AtomicBool,
    progress: &'a mut dyn FnMut(&Progress),
    begun: Instant,
    told: Instant,
    /// The bytes of all inputs before this one.
    before: u64,
    total: Option<u64>,
    /// A block to be filled by files.
    buffer: Block,
    inputs: Vec<Input>,
    failures: Vec<Failure>,
}

impl Reader<'_> {
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    fn item(&mut self, item: Item) {
        let Item { path, origin, remarks } = item;
        let input = Input { path, kind: "not read".to_owned(), records: 0, bytes: 0, remarks };
        match origin {
            Origin::Folder => self.inputs.push(Input { kind: "a folder".to_owned(), ..input }),
            Origin::Unreadable(why) => self.fail(input, why),
            Origin::File(path, _) => self.file(input, &path),
            Origin::Stream(path) => self.stream(input, Some(path)),
            Origin::Standard => self.stream(input, None),
        }
    }

    /// An input of which nothing was read.
    fn fail(&mut self, mut input: Input, why: String) {
        input.remarks.push(why.clone());
        self.failures.push(Failure { path: input.path.clone(), why });
        self.inputs.push(input);
    }

    fn file(&mut self, input: Input, path: &Path) {
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => return self.fail(input, why(&error)),
        };
        let raw = Arc::new(Raw::default());
        let mut file = Unpacked::open(file, &raw, false, self.limit);
        let mut text = Text::new(&input);
        let mut buffer = std::mem::take(&mut self.buffer);
        while !file.is_at_end() && !self.is_stopped() {
            let filled = file.fill(buffer.space());
            self.push(&mut text, buffer.filled(filled));
            self.tell(&raw);
        }
        self.buffer = buffer;
        let is_whole = file.is_at_end();
        self.end(input, text, file.about, &raw, is_whole);
    }

    fn stream(&mut self, input: Input, path: Option<PathBuf>) {
        let raw = Arc::new(Raw::default());
        let stream = match Stream::open(path, &raw, self.limit) {
            Ok(stream) => stream,
            Err(error) => return self.fail(input, why(&error)),
        };
        let mut text = Text::new(&input);
        while !self.is_stopped() {
            match stream.next(PATIENCE) {
                Next::Waiting => {}
                Next::Block((bytes, filled)) => {
                    self.push(&mut text, bytes.filled(filled));
                    stream.give_back((bytes, filled));
                }
                Next::End(about) if about.failure.is_some() && raw.bytes() == 0 => {
                    return self.fail(input, about.failure.unwrap_or_default());
                }
                Next::End(about) => return self.end(input, text, *about, &raw, true),
            }
            self.tell(&raw);
        }
        self.end(input, text, About::default(), &raw, false);
    }

    fn push(&mut self, text: &mut Text, block: &[u8]) {
        self.crew.push(self.inputs.len(), &text.path, &mut text.segmenter, block);
    }

    /// Ends an input, and notes what is known of it but for its records.
    fn end(&mut self, mut input: Input, text: Text, about: About, raw: &Raw, is_whole: bool) {
        let form = self.crew.take(self.inputs.len(), &text.path, |sink| text.segmenter.finish(sink));
        input.kind = about.kind(&form.kind);
        input.bytes = raw.bytes();
        input.remarks.extend(about.remarks);
        input.remarks.extend(form.remarks);
        if !is_whole {
            input.remarks.push("reading was stopped before its end".to_owned());
        }
        if let Some(why) = about.failure {
            self.failures.push(Failure { path: input.path.clone(), why });
        }
        self.before += input.bytes;
        self.inputs.push(input);
    }

    fn tell(&mut self, raw: &Raw) {
        if self.told.elapsed() >= TELLING {
            self.told = Instant::now();
            let (bytes, total) = (self.before + raw.bytes(), self.total);
            (self.progress)(&Progress { bytes, total, elapsed: self.begun.elapsed() });
        }
    }

    fn finish(self) -> Reading {
        let stopped = self.is_stopped();
        let (tally, records) = self.crew.finish();
        let mut diagnosis = tally.diagnosis();
        diagnosis.inputs = self.inputs;
        for (input, records) in diagnosis.inputs.iter_mut().zip(records) {
            input.records = records;
        }
        Reading { diagnosis, failures: self.failures, stopped }
    }
}

/// The text of an input, on its way into pieces.
struct Text {
    path: Arc<str>,
    segmenter: Segmenter,
}

impl Text {
    fn new(input: &Input) -> Self {
        Self { path: Arc::from(input.path.as_str()), segmenter: Segmenter::default() }
    }
}
