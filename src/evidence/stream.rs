//! What may make its reader wait is read by a thread of its own, so that whoever waits for it can give up.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender, SyncSender, TrySendError};
use std::thread::Builder;
use std::time::Duration;

use super::block::{BLOCK, Block};
use super::source::why;
use super::unpack::{About, Raw, Unpacked};

/// A block, and how much of it is filled.
type Filled = (Block, usize);

/// So many blocks may wait to be taken.
const AHEAD: usize = 2;

enum Said {
    Block(Filled),
    End(Box<About>),
}

/// A thread that reads. It ends when it has something to say and nobody listens; until then it may wait for ever.
pub(super) struct Stream {
    said: Receiver<Said>,
    emptied: Sender<Block>,
}

/// What there is of a stream.
pub(super) enum Next {
    Block(Filled),
    /// Nothing yet.
    Waiting,
    End(Box<About>),
}

impl Stream {
    /// Begins to read a file, or standard input if there is none. Fails where the system allows no thread.
    pub(super) fn open(path: Option<PathBuf>, raw: &Arc<Raw>, limit: u64) -> io::Result<Self> {
        let (say, said) = mpsc::sync_channel(AHEAD);
        let (emptied, empty) = mpsc::channel();
        let raw = Arc::clone(raw);
        Builder::new().name("reading a stream".to_owned()).spawn(move || {
            // Opening a pipe waits until somebody writes to it.
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

    /// Waits for the next block, but not for long.
    pub(super) fn next(&self, patience: Duration) -> Next {
        match self.said.recv_timeout(patience) {
            Ok(Said::Block(block)) => Next::Block(block),
            Ok(Said::End(about)) => Next::End(about),
            Err(RecvTimeoutError::Timeout) => Next::Waiting,
            Err(RecvTimeoutError::Disconnected) => {
                Next::End(Box::new(About::failed("its reader ended early".to_owned())))
            }
        }
    }

    /// Gives a block back to be filled again.
    pub(super) fn give_back(&self, (block, _): Filled) {
        let _ = self.emptied.send(block);
    }
}

/// Reads to the end. A block is handed on as soon as somebody waits for it, and grows while nobody does.
fn read(mut file: Unpacked, say: &SyncSender<Said>, empty: &Receiver<Block>) -> About {
    let mut block: Filled = (Block::new(BLOCK), 0);
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
        block = (empty.try_recv().unwrap_or_else(|_| Block::new(BLOCK)), 0);
    }
    file.about
}
