//! Recognizes the packing of an input, and unpacks it in blocks.

use std::io::{self, BufReader, Cursor, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use flate2::bufread::MultiGzDecoder;

use super::block::BLOCK;
use super::magic::{ENOUGH, Magic};
use super::source::why;
use super::unread::Unread;
use super::zstd::{Asks, Zstd};

/// Packed bytes that are read at once.
const PACKED: usize = 256 << 10;
/// Layers of packing that are unpacked: one inside another.
const DEEPEST: usize = 2;
/// Ratio of unpacked to packed size of a decompression bomb.
const HARMFUL: u64 = 1000;
/// Bytes of a stream that are waited for to recognize it.
///
/// Fewer than [`ENOUGH`], because a stream may send a few bytes and then nothing for long.
const ENOUGH_OF_STREAM: usize = 4;

/// The result of [`unpack`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unpacking {
    /// Its packings from the outside in: `gzip`, `zstd`.
    pub packed: Vec<&'static str>,
    /// Number of unpacked bytes.
    pub bytes: u64,
    /// Remarks, such as that the data breaks off.
    ///
    /// They are clean text.
    pub remarks: Vec<String>,
    /// Why nothing could be read, and what to do.
    ///
    /// It is clean text.
    pub unread: Option<String>,
}

/// Unpacks a file as `read` does, block by block.
///
/// Ends for any input, with bounded memory: from `limit` unpacked bytes on, it stops if the file unpacks to more than a
/// thousand times its size. If the file has no known packing, its bytes are passed on unchanged.
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

/// Facts about an input besides its contents.
#[derive(Debug, Default)]
pub(super) struct About {
    /// Its packings from the outside in.
    packed: Vec<&'static str>,
    /// The reason why nothing could be read.
    pub(super) unread: Option<Unread>,
    pub(super) remarks: Vec<String>,
    /// The error of the system that ended reading early.
    pub(super) failure: Option<String>,
}

impl About {
    /// Describes an input that the system fails to read.
    pub(super) fn failed(why: String) -> Self {
        Self { failure: Some(why), ..Self::default() }
    }

    /// Returns the kind of the input: `gzip of JSON lines`.
    ///
    /// `held` is the kind of its contents.
    pub(super) fn kind(&self, held: &str) -> String {
        let mut kind: String = self.packed.iter().map(|packing| format!("{packing} of ")).collect();
        kind.push_str(self.unread.as_ref().map_or(held, |unread| unread.held()));
        kind
    }

    /// Returns why nothing could be read, and what to do.
    ///
    /// `path` is the name of the input, `-` for standard input.
    pub(super) fn says_unread(&self, path: &str) -> Option<String> {
        self.unread.as_ref().map(|unread| unread.says(&self.packed, path))
    }
}

/// Counts the packed bytes of an input, and keeps its error.
#[derive(Debug, Default)]
pub(super) struct Raw {
    bytes: AtomicU64,
    error: Mutex<Option<String>>,
}

impl Raw {
    /// Returns the number of packed bytes read so far.
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

/// An input that is unpacked while it is read.
pub(super) struct Unpacked {
    reader: Box<dyn Read + Send>,
    raw: Arc<Raw>,
    unpacked: u64,
    /// Unpacked bytes from which the ratio of sizes is limited.
    limit: u64,
    is_at_end: bool,
    /// Whether the innermost packing has yielded any bytes.
    has_unpacked: bool,
    pub(super) about: About,
}

impl Unpacked {
    /// Recognizes the packing by the first bytes.
    ///
    /// With `is_stream`, it waits for fewer bytes.
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

    /// Recognizes the next bytes without consuming them.
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
        // The recognized bytes are still to be read, even if the input ends behind them.
        self.is_at_end &= filled == 0;
        magic
    }

    /// Reads into a block from `filled` on.
    ///
    /// Returns the number of bytes; 0 at the end, or where the data breaks off.
    fn read(&mut self, block: &mut [u8], filled: usize) -> usize {
        let space = block.get_mut(filled..).unwrap_or_default();
        if self.is_at_end || space.is_empty() {
            return 0;
        }
        let count = match self.reader.read(space) {
            Ok(count) => count,
            Err(error) => {
                self.explain(&error);
                // Bytes behind an error cannot be trusted.
                self.reader = Box::new(io::empty());
                0
            }
        };
        self.is_at_end = count == 0;
        self.has_unpacked |= count > 0;
        count
    }

    /// Reads like [`Self::read`], and ends decompression bombs.
    ///
    /// Unlike `read`, counts the bytes.
    pub(super) fn read_some(&mut self, block: &mut [u8], filled: usize) -> usize {
        let count = self.read(block, filled);
        self.unpacked += u64::try_from(count).unwrap_or(u64::MAX);
        let is_harmful = self.unpacked > self.limit && self.unpacked / HARMFUL > self.raw.bytes();
        if is_harmful && !self.about.packed.is_empty() && !self.is_at_end {
            let remark = format!("it decompresses to more than {HARMFUL} times its size: the rest was not read");
            self.about.remarks.push(remark);
            self.is_at_end = true;
        }
        count
    }

    /// Fills a block as far as possible, and returns how far.
    pub(super) fn fill(&mut self, block: &mut [u8]) -> usize {
        let mut filled = 0;
        loop {
            match self.read_some(block, filled) {
                0 => return filled,
                count => filled += count,
            }
        }
    }

    /// Returns whether the input has ended.
    pub(super) fn is_at_end(&self) -> bool {
        self.is_at_end
    }

    fn explain(&mut self, error: &io::Error) {
        let failure = self.raw.error.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(failure) = failure {
            self.about.remarks.push(format!("it could not be read to the end: {failure}"));
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
            Unread::Cut => "its compressed data is incomplete: the part before the end was read",
            Unread::Window(_) | Unread::Dictionary => {
                "a part of its compressed data needs more memory than is allowed: the part before it was read"
            }
            _ if error.kind() == io::ErrorKind::InvalidInput => {
                "other data follows its compressed data, and was not read"
            }
            _ => "its compressed data is damaged: the part before the damage was read",
        };
        self.about.remarks.push(remark.to_owned());
    }
}
