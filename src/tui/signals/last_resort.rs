//! Ends a program whose loop does not respond to signals.
//!
//! The terminal is given back, and the signal has its default effect. This happens if a stalled terminal takes no
//! output. It needs its own thread, because the main thread is blocked.

use std::io;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use signal_hook::consts::SIGTERM;
use signal_hook::iterator::{Handle, Signals};
use signal_hook::low_level;

use crate::tui::modes;

/// Time for the loop to end by itself.
///
/// Switching the terminal back then gets the same time.
const PATIENCE: Duration = Duration::from_secs(1);

/// The waiting thread.
///
/// Dropping this tells the thread that the loop has responded.
#[derive(Debug)]
pub(super) struct LastResort {
    handle: Handle,
    answer: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl LastResort {
    /// Starts the thread, which waits for one of these signals.
    pub(super) fn wait_for(signals: &[i32]) -> io::Result<Self> {
        let mut signals = Signals::new(signals)?;
        let handle = signals.handle();
        let (answer, answered) = mpsc::channel::<()>();
        let thread = Builder::new().name("last resort".to_owned()).spawn(move || {
            if let Some(signal) = signals.forever().next()
                && answered.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout)
            {
                give_terminal_back();
                let _ = low_level::emulate_default_handler(signal);
                // The default action above does not end the program if the signal has none, or an unknown one.
                let _ = low_level::emulate_default_handler(SIGTERM);
            }
        })?;
        Ok(Self { handle, answer: Some(answer), thread: Some(thread) })
    }
}

impl Drop for LastResort {
    fn drop(&mut self) {
        self.answer = None;
        self.handle.close();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Gives the terminal back, but waits at most [`PATIENCE`].
///
/// A stalled terminal takes no bytes for this either.
fn give_terminal_back() {
    let (done, is_done) = mpsc::channel();
    let helper = Builder::new().name("giving the terminal back".to_owned()).spawn(move || {
        modes::leave();
        let _ = done.send(());
    });
    if helper.is_ok() {
        let _ = is_done.recv_timeout(PATIENCE);
    }
}
