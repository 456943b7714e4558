//! Reads the terminal, and waits for bytes that may still come.
//!
//! Decides when to wait and how long; the parser decides what the bytes mean. crossterm's reader is not used, because
//! it has no time limit: after half a key it reads on until a certain byte comes, and neither Ctrl-C nor a signal ends
//! that.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, IsTerminal, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::ttyname;

use super::parse::{Parser, Waiting};
use super::signals::Signals;
use crate::app::Msg;

/// Longest wait when nothing is typed.
///
/// Signals end a wait, so this is only for a size that changed without one.
const TICK: Duration = Duration::from_secs(1);
/// Longest pause within a key on one machine.
///
/// A serial line of 9600 bits a second takes 10 ms for ten bytes; an Escape typed by hand feels immediate.
const KEY: Duration = Duration::from_millis(25);
/// Longest pause within a key over a network.
///
/// A network may split the bytes of a key.
const KEY_OVER_SSH: Duration = Duration::from_millis(100);
/// Longest pause within a paste.
///
/// The rest of the paste would be obeyed as keys, so this is longer than a connection usually stalls.
const PASTE: Duration = Duration::from_secs(1);
/// Most messages between two frames.
///
/// Endless input must not keep the picture from being drawn.
const MOST_AT_ONCE: usize = 16_384;
/// Bytes that are read at once.
///
/// Linux returns no more from a terminal.
const BLOCK: usize = 4096;

/// Reads keys and pastes from the terminal.
#[derive(Debug)]
pub(super) struct KeyboardInput {
    terminal: File,
    parser: Parser,
    /// Longest pause within a key.
    key: Duration,
    /// The time of the last bytes.
    last: Instant,
}

/// The reason why a wait ended.
enum Woken {
    Bytes,
    Signal,
    Nothing,
}

impl KeyboardInput {
    /// Opens the terminal; `over_ssh` allows longer pauses within a key.
    pub(super) fn open(over_ssh: bool) -> io::Result<Self> {
        let key = if over_ssh { KEY_OVER_SSH } else { KEY };
        Ok(Self { terminal: terminal()?, parser: Parser::default(), key, last: Instant::now() })
    }

    /// Waits for input, and returns the messages that came.
    ///
    /// `None` if the terminal has gone.
    pub(super) fn wait(&mut self, signals: &mut Signals) -> io::Result<Option<Vec<Msg>>> {
        let mut messages = Vec::new();
        let mut buffer = [0; BLOCK];
        while messages.len() < MOST_AT_ONCE {
            // Complete messages do not wait for incomplete ones.
            let left = if messages.is_empty() { self.left() } else { Some(Duration::ZERO) };
            match wait_for(&self.terminal, signals.wake(), left.unwrap_or(TICK))? {
                Woken::Nothing => {
                    if self.left() == Some(Duration::ZERO) {
                        self.parser.silence(&mut messages);
                    }
                    break;
                }
                Woken::Signal => {
                    signals.clear_wake();
                    break;
                }
                Woken::Bytes => match self.terminal.read(&mut buffer) {
                    // Keys before the end are still obeyed.
                    Ok(0) => return Ok(Some(messages).filter(|messages| !messages.is_empty())),
                    Ok(length) => {
                        self.parser.push(buffer.get(..length).unwrap_or_default(), &mut messages);
                        self.last = Instant::now();
                    }
                    Err(error) if error.raw_os_error() == Some(Errno::IO.raw_os_error()) => return Ok(None),
                    Err(error) if matches!(error.kind(), ErrorKind::Interrupted | ErrorKind::WouldBlock) => break,
                    Err(error) => return Err(error),
                },
            }
        }
        Ok(Some(messages))
    }

    /// Returns the time left for the rest of a key or paste.
    fn left(&self) -> Option<Duration> {
        let patience = match self.parser.waits_for() {
            Waiting::Nothing => return None,
            Waiting::Key => self.key,
            Waiting::Paste => PASTE,
        };
        Some(patience.saturating_sub(self.last.elapsed()))
    }
}

/// Waits for bytes, for a signal, or until the time is over.
fn wait_for(terminal: &File, wake: BorrowedFd<'_>, time: Duration) -> io::Result<Woken> {
    let mut both = [PollFd::new(terminal, PollFlags::IN), PollFd::from_borrowed_fd(wake, PollFlags::IN)];
    let time = Timespec::try_from(time).map_err(io::Error::other)?;
    match poll(&mut both, Some(&time)) {
        Ok(0) => return Ok(Woken::Nothing),
        // The signal is in its pipe, or another thread has handled it.
        Err(Errno::INTR) => return Ok(Woken::Signal),
        Ok(_) => {}
        Err(error) => return Err(error.into()),
    }
    let [keyboard, signal] = both.map(|file| file.revents());
    if keyboard.contains(PollFlags::NVAL) {
        return Err(io::Error::other("the system cannot wait for this terminal"));
    }
    Ok(if signal.is_empty() { Woken::Bytes } else { Woken::Signal })
}

/// Opens the terminal that keys come from.
///
/// It must be the terminal in raw mode. That is standard input, if it is a terminal, or else the terminal of the
/// process. The latter is opened by a name that `poll` supports: on macOS that is not `/dev/tty`; elsewhere `/dev/tty`
/// is the most reliable.
fn terminal() -> io::Result<File> {
    let input = io::stdin();
    if input.is_terminal() {
        return Ok(File::from(input.as_fd().try_clone_to_owned()?));
    }
    let shared = Path::new("/dev/tty").to_path_buf();
    let own = ttyname(io::stdout(), Vec::new()).or_else(|_| ttyname(io::stderr(), Vec::new())).ok();
    let own = own.map(|name| PathBuf::from(std::ffi::OsStr::from_bytes(name.as_bytes())));
    let names = match own {
        Some(own) if cfg!(target_os = "macos") => vec![own, shared],
        own => [shared].into_iter().chain(own).collect(),
    };
    let open = |name: &PathBuf| OpenOptions::new().read(true).open(name);
    let mut opened = names.iter().map(open);
    let first = opened.next().unwrap_or_else(|| Err(io::Error::from(ErrorKind::NotFound)));
    opened.fold(first, |opened, other| opened.or(other))
}
