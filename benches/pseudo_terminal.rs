//! Starts a program on a pseudo-terminal, and times its frames.
//!
//! A frame is over when nothing more has come for a while; its time is that of its last byte.

use std::error::Error;
use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, PtySize, native_pty_system};

/// Silence after which the first frame is over.
const SETTLED: Duration = Duration::from_millis(60);
/// Silence after which the frame of a key is over.
const AFTER_KEY: Duration = Duration::from_millis(8);

/// A program on a pseudo-terminal of 80×24.
pub(crate) struct PseudoTerminal {
    pub(crate) child: Box<dyn Child + Send + Sync>,
    keys: Box<dyn Write + Send>,
    /// Times and lengths of what the program writes.
    pub(crate) chunks: Receiver<(Instant, usize)>,
    started: Instant,
}

impl PseudoTerminal {
    /// Starts a program.
    pub(crate) fn start<T: AsRef<str>>(command: &[T]) -> Result<Self, Box<dyn Error>> {
        let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 })?;
        let mut builder = CommandBuilder::new(command.first().ok_or("no command")?.as_ref());
        builder.args(command.iter().skip(1).map(AsRef::as_ref));
        builder.env("TERM", "xterm-256color");
        builder.env("LANG", "C.UTF-8");
        let mut reader = pair.master.try_clone_reader()?;
        let keys = pair.master.take_writer()?;
        let (sender, chunks) = channel();
        std::thread::Builder::new().name("terminal".into()).spawn(move || {
            let mut buffer = [0_u8; 1 << 16];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || sender.send((Instant::now(), count)).is_err() {
                    break;
                }
            }
        })?;
        let started = Instant::now();
        let child = pair.slave.spawn_command(builder)?;
        Ok(Self { child, keys, chunks, started })
    }

    /// Returns the milliseconds from the start to the first frame.
    pub(crate) fn first_frame(&self) -> Option<f64> {
        self.frame(SETTLED).map(|at| milliseconds(at - self.started))
    }

    /// Presses a key, and returns the milliseconds to its frame.
    pub(crate) fn press(&mut self, key: &[u8]) -> Result<Option<f64>, Box<dyn Error>> {
        let pressed = Instant::now();
        self.keys.write_all(key)?;
        self.keys.flush()?;
        Ok(self.frame(AFTER_KEY).map(|at| milliseconds(at - pressed)))
    }

    /// Ends the program.
    pub(crate) fn end(mut self) -> Result<(), Box<dyn Error>> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }

    /// Returns the time of a frame's last byte.
    ///
    /// `None` if no byte comes within a second.
    fn frame(&self, silence: Duration) -> Option<Instant> {
        let mut last = None;
        let mut patience = Duration::from_secs(1);
        while let Ok((at, _)) = self.chunks.recv_timeout(patience) {
            last = Some(at);
            patience = silence;
        }
        last
    }
}

/// Returns a duration in milliseconds.
pub(crate) fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// Returns the value below which a share of the values are.
pub(crate) fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let at = ((values.len().saturating_sub(1)) as f64 * share).round() as usize;
    values.get(at).copied().unwrap_or(f64::NAN)
}
