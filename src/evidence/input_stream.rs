//! Reads all inputs in order, block by block.

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::vec;

use super::block::ReadBlock;
use super::failure::InputFailure;
use super::source::{InputItem, ItemOrigin, why};
use super::stream::{self, Stream};
use super::unpack::{About, Raw, Unpacked};
use super::unread::Unread;
use crate::diagnosis::{EvidenceSource, FormatSample, Input, RecentLines, Scanner};
use crate::segment::{Matter, Piece, Segmenter};
use crate::text::CleanText;

/// Takes a piece of an input, and the lines before it.
///
/// Also its position in the block that was filled, if it is in the block.
pub(super) type Sink<'s> = &'s mut dyn FnMut(&Arc<EvidenceSource>, Piece<'_>, &RecentLines, Option<usize>);

/// All inputs in order, cut into pieces.
pub(super) struct InputStream<'a> {
    items: vec::IntoIter<InputItem>,
    limit: u64,
    stop: &'a AtomicBool,
    /// Makes the segmenter of each input.
    scanner: &'a Scanner,
    current: Option<Current>,
    /// Packed bytes of all inputs before the current one.
    before: u64,
    inputs: Vec<Input>,
    failures: Vec<InputFailure>,
    /// Whether any input could be read, at least its beginning.
    was_any_read: bool,
}

/// The input that is being read.
struct Current {
    input: Input,
    source: Arc<EvidenceSource>,
    raw: Arc<Raw>,
    segmenter: Segmenter,
    sample: FormatSample,
    recent: RecentLines,
    from: From,
}

enum From {
    File(Unpacked),
    Stream(Stream),
}

/// Outcome of asking for the next block.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NextPart {
    /// Pieces of an input were passed on.
    ///
    /// There may be none, if no piece is complete yet.
    Part {
        /// Number of the input, from 0.
        input: usize,
    },
    /// A stream has no bytes yet.
    Waiting,
    /// Everything was read, or reading was stopped.
    End,
}

impl<'a> InputStream<'a> {
    /// Prepares to read these items.
    ///
    /// Reading ends early once `stop` is true. See [`Options::unpack`](super::Options::unpack) for `limit`.
    pub(super) fn new(items: Vec<InputItem>, limit: u64, stop: &'a AtomicBool, scanner: &'a Scanner) -> Self {
        let (inputs, failures) = (Vec::new(), Vec::new());
        let items = items.into_iter();
        Self { items, limit, stop, scanner, current: None, before: 0, inputs, failures, was_any_read: false }
    }

    /// Reads a block, and passes on the pieces that are complete.
    ///
    /// Waits at most `timeout` for a stream.
    pub(super) fn next(&mut self, block: &mut ReadBlock, timeout: Duration, sink: Sink<'_>) -> NextPart {
        loop {
            let input = self.inputs.len();
            if self.is_stopped() {
                let Some(current) = self.current.take() else { return NextPart::End };
                self.end(current, None, sink);
                return NextPart::Part { input };
            }
            let Some(mut current) = self.current.take() else {
                let Some(item) = self.items.next() else { return NextPart::End };
                self.open(item);
                continue;
            };
            let end = match &mut current.from {
                From::File(file) => {
                    if !file.is_at_end() {
                        let filled = file.fill(block.space());
                        let block = &*block;
                        let mut take = |piece: Piece<'_>| {
                            current.sample.take(piece);
                            sink(&current.source, piece, &current.recent, block.place_of(piece.bytes));
                            current.recent.take(piece, &current.source);
                        };
                        current.segmenter.push(block.filled(filled), &mut take);
                    }
                    file.is_at_end().then(|| std::mem::take(&mut file.about))
                }
                From::Stream(stream) => match stream.next(timeout) {
                    stream::NextBlock::Waiting => {
                        self.current = Some(current);
                        return NextPart::Waiting;
                    }
                    stream::NextBlock::Block((bytes, filled)) => {
                        current.segmenter.push(bytes.filled(filled), &mut |piece| {
                            current.sample.take(piece);
                            sink(&current.source, piece, &current.recent, None);
                            current.recent.take(piece, &current.source);
                        });
                        stream.give_back((bytes, filled));
                        None
                    }
                    stream::NextBlock::End(about) if about.failure.is_some() && current.raw.bytes() == 0 => {
                        self.fail(current.input, about.failure.unwrap_or_default());
                        continue;
                    }
                    stream::NextBlock::End(about) => Some(*about),
                },
            };
            match end {
                Some(about) => self.end(current, Some(about), sink),
                None => self.current = Some(current),
            }
            return NextPart::Part { input };
        }
    }

    /// Returns the number of packed bytes read so far.
    pub(super) fn bytes(&self) -> u64 {
        self.before + self.current.as_ref().map_or(0, |current| current.raw.bytes())
    }

    /// Returns whether reading was told to stop.
    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Returns whether any input could be read, at least its beginning.
    ///
    /// An empty input counts.
    pub(super) fn was_any_read(&self) -> bool {
        self.was_any_read
    }

    /// Returns all inputs, and the failures among them.
    ///
    /// [`Input::records`] and [`Input::error_blocks`] are still 0.
    pub(super) fn read(self) -> (Vec<Input>, Vec<InputFailure>) {
        (self.inputs, self.failures)
    }

    fn open(&mut self, item: InputItem) {
        let InputItem { path, origin, remarks } = item;
        let input = Input {
            path: CleanText::line(&path),
            kind: "not read".to_owned(),
            records: 0,
            bytes: 0,
            remarks,
            read_as: None,
            error_blocks: 0,
        };
        let raw = Arc::new(Raw::default());
        let stream = |path: Option<PathBuf>| Stream::open(path, &raw, self.limit).map(From::Stream);
        let source = match origin {
            ItemOrigin::Standard => EvidenceSource::StandardInput,
            _ => EvidenceSource::File(input.path.clone()),
        };
        let from: io::Result<From> = match origin {
            ItemOrigin::Folder => return self.inputs.push(Input { kind: "a folder".to_owned(), ..input }),
            ItemOrigin::Unreadable(why) => return self.fail(input, why),
            ItemOrigin::File(path, _) => {
                File::open(path).map(|file| From::File(Unpacked::open(file, &raw, false, self.limit)))
            }
            ItemOrigin::Stream(path) => stream(Some(path)),
            ItemOrigin::Standard => stream(None),
        };
        match from {
            Err(error) => self.fail(input, why(&error)),
            Ok(from) => {
                let (segmenter, sample) = (self.scanner.segmenter(), self.scanner.format_sample());
                let (source, recent) = (Arc::new(source), RecentLines::default());
                self.current = Some(Current { input, source, raw, segmenter, sample, recent, from });
            }
        }
    }

    /// Adds an input that could not be read.
    fn fail(&mut self, mut input: Input, why: String) {
        input.remarks.push(why.clone());
        self.failures.push(InputFailure { path: input.path.to_string(), why });
        self.inputs.push(input);
    }

    /// Adds an input with everything known but its records.
    ///
    /// `about` is `None` if the input was not read to its end.
    fn end(&mut self, current: Current, about: Option<About>, sink: Sink<'_>) {
        let Current { mut input, source, raw, segmenter, mut sample, mut recent, from } = current;
        let is_whole = about.is_some();
        let mut take = |piece: Piece<'_>| {
            sample.take(piece);
            sink(&source, piece, &recent, None);
            recent.take(piece, &source);
        };
        let form = if is_whole { segmenter.finish(&mut take) } else { segmenter.stop(&mut take) };
        let mut about = about.unwrap_or_else(|| match from {
            From::File(file) => file.about,
            From::Stream(_) => About::default(),
        });
        let no_text = match form.matter {
            Matter::Text => None,
            Matter::Nothing => Some(Unread::Nothing),
            Matter::Binary => Some(Unread::Binary),
        };
        about.unread = about.unread.or(no_text);
        let unread = about.says_unread(&input.path);
        input.kind = about.kind(&form.kind);
        input.read_as = sample.read_as(&form);
        input.bytes = raw.bytes();
        input.remarks.extend(unread.clone());
        input.remarks.extend(about.remarks);
        input.remarks.extend(form.remarks);
        if !is_whole {
            input.remarks.push("reading was stopped before the end".into());
        }
        self.was_any_read |= unread.is_none() && (about.failure.is_none() || input.bytes > 0);
        for why in unread.into_iter().chain(about.failure) {
            self.failures.push(InputFailure { path: input.path.to_string(), why });
        }
        self.before += input.bytes;
        self.inputs.push(input);
    }
}
