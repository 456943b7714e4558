//! One input as a stream of blocks: opened, recognised by its first bytes, unpacked.

use std::io::{self, BufReader, Cursor, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::bufread::MultiGzDecoder;

use super::block::BLOCK;
use super::magic::{ENOUGH, Magic};
use super::source::why;
use super::unread::Unread;
use super::zstd::{Asks, Zstd};

/// So many packed bytes are read at once.
const PACKED: usize = 256 << 10;
/// An input may be packed in something that is packed.
const DEEPEST: usize = 2;
/// What unpacks to more than so many times its size may be meant to do harm.
const HARMFUL: u64 = 1000;
/// A stream may begin with less than what tells everything: nobody waits for the rest.
const ENOUGH_OF_STREAM: usize = 4;

/// What came of unpacking something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacking {
    /// How it is packed, from the outside: `gzip`, `zstd`.
    pub packed: Vec<&'static str>,
    /// How many bytes came out.
    pub bytes: u64,
    /// What is to be said of it: that it breaks off, or was not read to its end. Clean text.
    pub remarks: Vec<String>,
    /// Why nothing of it could be read, and what to do, if so. Clean text.
    pub unread: Option<String>,
}

/// Unpacks a file as [`read`](super::read) does, and hands on what comes out, block by block.
///
/// It ends whatever is in the file, and its memory does not depend on that: from `limit` bytes on, what unpacks to more
/// than a thousand times its size is left. Without a packing that is known, the bytes are handed on as they are.
pub fn unpack(file: impl Read + Send + 'static, limit: u64, sink: &mut dyn FnMut(&[u8])) -> Unpacking {
    let mut unpacked = Unpacked::open(file, &Arc::default(), false, limit);
    let mut block = vec![0; BLOCK];
    let mut bytes = 0;
    while !unpacked.is_at_end() {
        let count = unpacked.read_some(&mut block, 0);
        sink(block.get(..count).unwrap_or_default());
        bytes += u64::try_from(count).unwrap_or(u64::MAX);
    }
    let unread = unpacked.about.says_unread("-");
    let About { packed, remarks, .. } = unpacked.about;
    Unpacking { packed, bytes, remarks, unread }
}

/// What is known of an input beside what it holds.
#[derive(Debug, Default)]
pub(super) struct About {
    /// How it is packed, from the outside.
    packed: Vec<&'static str>,
    /// Why nothing of it could be read, if so.
    pub(super) unread: Option<Unread>,
    pub(super) remarks: Vec<String>,
    /// Why it was not read to its end, if that is the system's doing.
    pub(super) failure: Option<String>,
}

impl About {
    /// Of an input that the system does not let be read.
    pub(super) fn failed(why: String) -> Self {
        Self { failure: Some(why), ..Self::default() }
    }

    /// What it was taken for: `gzip of JSON lines`.
    pub(super) fn kind(&self, held: &str) -> String {
        let mut kind: String = self.packed.iter().map(|packing| format!("{packing} of ")).collect();
        kind.push_str(self.unread.as_ref().map_or(held, |unread| unread.held()));
        kind
    }

    /// Why nothing of it could be read, and what to do, if so; `path` is its name, `-` for standard input.
    pub(super) fn says_unread(&self, path: &str) -> Option<String> {
        self.unread.as_ref().map(|unread| unread.says(&self.packed, path))
    }
}

/// What is read of the file itself.
#[derive(Debug, Default)]
pub(super) struct Raw {
    bytes: AtomicU64,
    error: Mutex<Option<String>>,
}

impl Raw {
    /// How many bytes were read, as they are packed.
    pub(super) fn bytes(&self) -> u64 {
        self.bytes.load(Ordering::Relaxed)
    }
}

struct Counted<R> {
    inner: R,
    raw: Arc<Raw>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.inner.read(buffer) {
                Ok(count) => {
                    self.raw.bytes.fetch_add(u64::try_from(count).unwrap_or(u64::MAX), Ordering::Relaxed);
                    return Ok(count);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => {
                    *self.raw.error.lock().unwrap_or_else(PoisonError::into_inner) = Some(why(&error));
                    return Err(error);
                }
            }
        }
    }
}

/// An input, unpacked while it is read.
pub(super) struct Unpacked {
    reader: Box<dyn Read + Send>,
    raw: Arc<Raw>,
    unpacked: u64,
    /// From here on, it is looked at how much it unpacks to.
    limit: u64,
    is_at_end: bool,
    /// Whether anything was unpacked of the innermost packed data.
    has_unpacked: bool,
    pub(super) about: About,
}

impl Unpacked {
    /// Looks at the first bytes. `is_stream` if nobody wants to wait for many of them.
    pub(super) fn open(file: impl Read + Send + 'static, raw: &Arc<Raw>, is_stream: bool, limit: u64) -> Self {
        let mut unpacked = Self {
            reader: Box::new(Counted { inner: file, raw: Arc::clone(raw) }),
            raw: Arc::clone(raw),
            unpacked: 0,
            limit,
            is_at_end: false,
            has_unpacked: false,
            about: About::default(),
        };
        let mut enough = if is_stream { ENOUGH_OF_STREAM } else { ENOUGH };
        while !unpacked.is_at_end {
            let magic = unpacked.look(enough);
            let is_deep = unpacked.about.packed.len() >= DEEPEST;
            match magic {
                Magic::Plain => break,
                Magic::Gzip | Magic::Zstd if is_deep => unpacked.leave(Unread::TooDeep),
                Magic::Foreign(foreign) => unpacked.leave(Unread::Foreign(foreign)),
                Magic::Gzip => unpacked
                    .wrap("gzip", |reader| Box::new(MultiGzDecoder::new(BufReader::with_capacity(PACKED, reader)))),
                Magic::Zstd => {
                    unpacked.wrap("zstd", |reader| Box::new(Zstd::new(BufReader::with_capacity(PACKED, reader))))
                }
            }
            enough = ENOUGH;
        }
        unpacked
    }

    fn leave(&mut self, unread: Unread) {
        self.about.unread = Some(unread);
        self.reader = Box::new(io::empty());
        self.is_at_end = true;
    }

    fn wrap(&mut self, name: &'static str, unpack: impl Fn(Box<dyn Read + Send>) -> Box<dyn Read + Send>) {
        self.about.packed.push(name);
        self.has_unpacked = false;
        let packed = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = unpack(packed);
    }

    /// What the next bytes tell; they are read again afterwards.
    fn look(&mut self, enough: usize) -> Magic {
        let mut beginning = vec![0; ENOUGH];
        let mut filled = 0;
        while filled < enough || filled < ENOUGH && Magic::is_begun_in(beginning.get(..filled).unwrap_or_default()) {
            let count = self.read(&mut beginning, filled);
            if count == 0 {
                break;
            }
            filled += count;
        }
        beginning.truncate(filled);
        let magic = Magic::of(&beginning);
        let rest = std::mem::replace(&mut self.reader, Box::new(io::empty()));
        self.reader = Box::new(Cursor::new(beginning).chain(rest));
        // What was read is still to come, even if nothing comes after it.
        self.is_at_end &= filled == 0;
        magic
    }

    /// Reads into a block from `filled` on and says how many bytes came; none at the end, or where it breaks off.
    fn read(&mut self, block: &mut [u8], filled: usize) -> usize {
        let space = block.get_mut(filled..).unwrap_or_default();
        if self.is_at_end || space.is_empty() {
            return 0;
        }
        let count = match self.reader.read(space) {
            Ok(count) => count,
            Err(error) => {
                self.explain(&error);
                // What comes after an error is not what should come.
                self.reader = Box::new(io::empty());
                0
            }
        };
        self.is_at_end = count == 0;
        self.has_unpacked |= count > 0;
        count
    }

    /// As [`Self::read`], of what it holds. What unpacks to far too much is left.
    pub(super) fn read_some(&mut self, block: &mut [u8], filled: usize) -> usize {
        let count = self.read(block, filled);
        self.unpacked += u64::try_from(count).unwrap_or(u64::MAX);
        let is_harmful = self.unpacked > self.limit && self.unpacked / HARMFUL > self.raw.bytes();
        if is_harmful && !self.about.packed.is_empty() && !self.is_at_end {
            let remark = format!("it unpacks to more than {HARMFUL} times its size: the rest was not read");
            self.about.remarks.push(remark);
            self.is_at_end = true;
        }
        count
    }

    /// Fills a block as far as there is something to fill it with, and says how far.
    pub(super) fn fill(&mut self, block: &mut [u8]) -> usize {
        let mut filled = 0;
        loop {
            match self.read_some(block, filled) {
                0 => return filled,
                count => filled += count,
            }
        }
    }

    /// Whether nothing comes any more.
    pub(super) fn is_at_end(&self) -> bool {
        self.is_at_end
    }

    fn explain(&mut self, error: &io::Error) {
        let failure = self.raw.error.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(failure) = failure {
            self.about.remarks.push(format!("it could not be read to its end: {failure}"));
            self.about.failure = Some(failure);
            return;
        }
        let asks = error.get_ref().and_then(|inner| inner.downcast_ref::<Asks>());
        let unread = match (asks, error.kind()) {
            (Some(Asks::Window(bytes)), _) => Unread::Window(*bytes),
            (Some(Asks::Dictionary), _) => Unread::Dictionary,
            (None, io::ErrorKind::UnexpectedEof) => Unread::Cut,
            (None, _) => Unread::Damaged,
        };
        if !self.has_unpacked {
            self.about.unread = Some(unread);
            return;
        }
        let remark = match unread {
            Unread::Cut => "its packed data breaks off: what could be unpacked was read",
            Unread::Window(_) | Unread::Dictionary => {
                "a part of its packed data needs more than is used here: what could be unpacked before was read"
            }
            _ if error.kind() == io::ErrorKind::InvalidInput => {
                "something else follows its packed data: that was not read"
            }
            _ => "its packed data is damaged: what could be unpacked before was read",
        };
        self.about.remarks.push(remark.to_owned());
    }
}
