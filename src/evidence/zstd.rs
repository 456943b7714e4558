//! Unpacks a zstd file: a sequence of frames.
//!
//! Skippable frames are skipped.

use std::fmt;
use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::unread::WIDEST;

/// Error of a valid frame that needs more than is supported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asks {
    /// A window of this many bytes.
    Window(u64),
    /// A dictionary, which the file does not contain.
    Dictionary,
}

impl fmt::Display for Asks {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Asks::Window(bytes) => write!(formatter, "the frame needs a window of {bytes} bytes"),
            Asks::Dictionary => formatter.write_str("the frame needs a dictionary"),
        }
    }
}

impl std::error::Error for Asks {}

/// Reader that unpacks frames.
///
/// The window of a frame takes at most [`WIDEST`] bytes of memory.
pub(super) struct Zstd<R> {
    source: R,
    decoder: FrameDecoder,
    is_in_frame: bool,
    /// Error in this frame, returned after all bytes before it.
    wrong: Option<io::Error>,
}

/// An empty last block, with room for a checksum.
///
/// The decoder holds back bytes that later blocks may refer to; this block makes it release them.
const LAST: [u8; 7] = [1, 0, 0, 0, 0, 0, 0];

const ONE: BlockDecodingStrategy = BlockDecodingStrategy::UptoBlocks(1);

impl<R: BufRead> Zstd<R> {
    pub(super) fn new(source: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WIDEST);
        Self { source, decoder, is_in_frame: false, wrong: None }
    }

    /// Starts the next frame; returns false at the end.
    fn next_frame(&mut self) -> io::Result<bool> {
        loop {
            if self.source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            match self.decoder.reset(&mut self.source) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                    let length = u64::from(length);
                    if io::copy(&mut (&mut self.source).take(length), &mut io::sink())? < length {
                        return Err(io::ErrorKind::UnexpectedEof.into());
                    }
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::BadMagicNumber(_))) => {
                    return Err(io::Error::new(io::ErrorKind::InvalidInput, "this is not a zstd frame"));
                }
                Err(error) => return Err(self.damage(error)),
            }
        }
    }

    /// Converts an error of the decoder.
    ///
    /// An error at the end of the file means that the file is cut.
    fn damage(&mut self, error: FrameDecoderError) -> io::Error {
        match error {
            FrameDecoderError::WindowSizeTooBig { requested, .. } => return io::Error::other(Asks::Window(requested)),
            FrameDecoderError::DictNotProvided { .. } => return io::Error::other(Asks::Dictionary),
            _ => {}
        }
        match self.source.fill_buf() {
            Ok([]) => io::ErrorKind::UnexpectedEof.into(),
            _ => io::Error::new(io::ErrorKind::InvalidData, error),
        }
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while !buffer.is_empty() {
            if !self.is_in_frame {
                if !self.next_frame()? {
                    return Ok(0);
                }
                self.is_in_frame = true;
            }
            if self.decoder.can_collect() > 0 {
                return self.decoder.read(buffer);
            }
            if let Some(error) = self.wrong.take() {
                return Err(error);
            }
            if self.decoder.is_finished() {
                self.is_in_frame = false;
            } else if let Err(error) = self.decoder.decode_blocks(&mut self.source, ONE) {
                let error = self.damage(error);
                if self.decoder.decode_blocks(LAST.as_slice(), ONE).is_err() {
                    return Err(error);
                }
                self.wrong = Some(error);
            }
        }
        Ok(0)
    }
}

#[cfg(test)]
mod tests {
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    use super::*;

    #[test]
    fn of_what_is_cut_all_whole_blocks_are_handed_out() {
        let text: Vec<u8> =
            (0_u32..200_000).flat_map(|number| number.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let packed = compress_to_vec(text.as_slice(), CompressionLevel::Fastest);
        let read = |packed: &[u8]| {
            let mut unpacked = Vec::new();
            let ended = Zstd::new(packed).read_to_end(&mut unpacked).map_err(|error| error.kind());
            assert!(text.starts_with(&unpacked));
            (unpacked.len(), ended)
        };
        assert_eq!(read(&packed), (text.len(), Ok(text.len())));
        let (length, ended) = read(&packed[..packed.len() / 2]);
        assert!(length > text.len() / 4, "{length}");
        assert_eq!(ended, Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(read(&[packed.as_slice(), b"more"].concat()), (text.len(), Err(io::ErrorKind::InvalidInput)));
        assert_eq!(read(&packed[..3]).1, Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(read(&[0x50, 0x2a, 0x4d, 0x18, 9, 0, 0, 0, 1]).1, Err(io::ErrorKind::UnexpectedEof));
        assert_eq!(read(b""), (0, Ok(0)));
    }
}
