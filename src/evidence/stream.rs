//! Reads an input that may block, in its own thread.
//!
//! The caller can then give up waiting.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender, TrySendError};
use std::thread::Builder;
use std::time::Duration;

use super::block::{BLOCK, ReadBlock};
use super::source::why;
use super::unpack::{About, Raw, Unpacked};

/// A block, and the number of bytes filled.
type Filled = (ReadBlock, usize);

/// Blocks that may wait to be taken.
const AHEAD: usize = 2;

enum Said {
    Block(Filled),
    End(Box<About>),
}

/// A thread that reads one input.
///
/// The thread ends when it sends something and the `Stream` was dropped; until then it may block for ever.
pub(super) struct Stream {
    said: Receiver<Said>,
    emptied: Sender<ReadBlock>,
}

/// Outcome of waiting for the next block.
pub(super) enum NextBlock {
    Block(Filled),
    /// No bytes came in time.
    Waiting,
    End(Box<About>),
}

impl Stream {
    /// Starts to read a file, or standard input if `None`.
    ///
    /// Fails if the system allows no thread.
    pub(super) fn open(path: Option<PathBuf>, raw: &Arc<Raw>, limit: u64) -> io::Result<Self> {
        let (say, said) = mpsc::sync_channel(AHEAD);
        let (emptied, empty) = mpsc::channel();
        let raw = Arc::clone(raw);
        Builder::new().name("reading a stream".to_owned()).spawn(move || {
            // Opening a named pipe blocks until a writer opens it.
            let file: io::Result<Box<dyn Read + Send>> = match path {
                None => Ok(Box::new(io::stdin())),
                Some(path) => File::open(path).map(|file| Box::new(file) as Box<dyn Read + Send>),
            };
            let about = match file {
                Ok(file) => read(Unpacked::open(file, &raw, true, limit), &say, &empty),
                Err(error) => About::failed(why(&error)),
            };
            let _ = say.send(Said::End(Box::new(about)));
        })?;
        Ok(Self { said, emptied })
    }

    /// Waits for the next block, at most `patience`.
    pub(super) fn next(&self, patience: Duration) -> NextBlock {
        match self.said.recv_timeout(patience) {
            Ok(Said::Block(block)) => NextBlock::Block(block),
            Ok(Said::End(about)) => NextBlock::End(about),
            Err(RecvTimeoutError::Timeout) => NextBlock::Waiting,
            Err(RecvTimeoutError::Disconnected) => {
                NextBlock::End(Box::new(About::failed("its reader ended early".to_owned())))
            }
        }
    }

    /// Gives a block back, to be filled again.
    pub(super) fn give_back(&self, (block, _): Filled) {
        let _ = self.emptied.send(block);
    }
}

/// Reads to the end, and sends blocks.
///
/// A block is sent as soon as the channel has room; until then it grows.
fn read(mut file: Unpacked, say: &SyncSender<Said>, empty: &Receiver<ReadBlock>) -> About {
    let mut block: Filled = (ReadBlock::new(BLOCK), 0);
    loop {
        let (bytes, filled) = &mut block;
        let count = file.read_some(bytes.space(), *filled);
        *filled += count;
        if *filled > 0 && (count == 0 || *filled == BLOCK) {
            if say.send(Said::Block(block)).is_err() {
                break;
            }
        } else if count > 0 {
            match say.try_send(Said::Block(block)) {
                Ok(()) => {}
                Err(TrySendError::Full(Said::Block(unsent))) => {
                    block = unsent;
                    continue;
                }
                Err(_) => break,
            }
        }
        if count == 0 {
            break;
        }
        block = (empty.try_recv().unwrap_or_else(|_| ReadBlock::new(BLOCK)), 0);
    }
    file.about
}
