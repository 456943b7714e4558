//! Receives signals: to end, to stop, to continue, to resize.
//!
//! A signal only sets a flag and ends the wait for keys; the loop reads the flags between two waits. This file touches
//! the terminal in one case: if the loop does not respond, the terminal is given back from here, and the process ends.

#[cfg(not(unix))]
pub(super) use absent::Signals;
#[cfg(unix)]
pub(super) use unix::Signals;

#[cfg(unix)]
mod ending;
#[cfg(unix)]
mod last_resort;

#[cfg(unix)]
mod unix {
    use std::io;
    use std::os::fd::{AsFd, BorrowedFd};
    use std::os::unix::net::UnixStream;
    use std::process::{Command, Stdio};
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
    use std::sync::{Arc, OnceLock};

    use signal_hook::consts::{SIGCONT, SIGTSTP, SIGWINCH};
    use signal_hook::iterator::backend::SignalDelivery;
    use signal_hook::iterator::exfiltrator::SignalOnly;
    use signal_hook::{SigId, flag, low_level};

    use super::ending::ending;
    use super::last_resort::LastResort;

    /// Flags that signals set.
    ///
    /// Dropping it unregisters the signals.
    #[derive(Debug)]
    pub(crate) struct Signals {
        ended_by: Arc<AtomicUsize>,
        stopped: Arc<AtomicBool>,
        continued: Arc<AtomicBool>,
        resized: Arc<AtomicBool>,
        registered: Vec<SigId>,
        /// A pipe that is readable as soon as a signal came.
        wake: SignalDelivery<UnixStream, SignalOnly>,
        /// Ends the program if the loop does not read the flags.
        _last_resort: LastResort,
    }

    impl Signals {
        /// Starts to watch for signals.
        pub(crate) fn watch() -> io::Result<Self> {
            let unwatched = act_by_default_when_unwatched()?;
            let (read, write) = UnixStream::pair()?;
            let none: [i32; 0] = [];
            let mut signals = Self {
                ended_by: Arc::default(),
                stopped: Arc::default(),
                continued: Arc::default(),
                resized: Arc::default(),
                registered: Vec::new(),
                wake: SignalDelivery::with_pipe(read, write, SignalOnly, none)?,
                _last_resort: LastResort::wait_for(&ending())?,
            };
            for signal in ending() {
                let number = usize::try_from(signal).map_err(io::Error::other)?;
                let registered = flag::register_usize(signal, Arc::clone(&signals.ended_by), number)?;
                signals.registered.push(registered);
            }
            for (signal, flag) in [
                (SIGTSTP, Arc::clone(&signals.stopped)),
                (SIGCONT, Arc::clone(&signals.continued)),
                (SIGWINCH, Arc::clone(&signals.resized)),
            ] {
                signals.registered.push(flag::register(signal, flag)?);
            }
            // After the flags: a woken loop finds them set.
            let wake = signals.wake.handle();
            ending().into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]).try_for_each(|signal| wake.add_signal(signal))?;
            unwatched.store(false, Ordering::SeqCst);
            Ok(signals)
        }

        /// Returns the pipe that is readable as soon as a signal came.
        pub(crate) fn wake(&self) -> BorrowedFd<'_> {
            self.wake.get_read().as_fd()
        }

        /// Empties the pipe; the flags stay set.
        pub(crate) fn clear_wake(&mut self) {
            self.wake.pending().for_each(drop);
        }

        /// Returns the signal that asks the program to end, if any.
        pub(crate) fn termination(&self) -> Option<i32> {
            i32::try_from(self.ended_by.load(Ordering::SeqCst)).ok().filter(|signal| *signal != 0)
        }

        /// Returns whether a stop was asked for since the last call.
        pub(crate) fn take_stop(&self) -> bool {
            self.stopped.swap(false, Ordering::SeqCst)
        }

        /// Returns whether the process was continued since the last call.
        ///
        /// Stops by this program itself do not count. Another program had the terminal in the meantime.
        pub(crate) fn take_continuation(&self) -> bool {
            self.continued.swap(false, Ordering::SeqCst)
        }

        /// Returns whether the terminal's size changed since the last call.
        ///
        /// A size that has changed back counts, too, because the terminal cuts what it shows.
        pub(crate) fn take_resize(&self) -> bool {
            self.resized.swap(false, Ordering::SeqCst)
        }

        /// Stops the process and all others of its job.
        ///
        /// The terminal does this for keys that it handles itself. If only this process stopped, a script around it
        /// would wait for it, and the operator for the script. Returns when continued.
        pub(crate) fn stop_job(&self) {
            // Without unsafe code, only a shell can signal the whole group. If that fails, `stop_process` still stops
            // this process.
            let _ = Command::new("sh")
                .args(["-c", "trap '' TSTP; kill -s TSTP 0"])
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status();
            self.stop_process();
        }

        /// Stops the process alone; returns when it is continued.
        pub(crate) fn stop_process(&self) {
            // If it cannot be stopped, it continues at once: the operator sees the same screen again.
            let _ = low_level::emulate_default_handler(SIGTSTP);
            self.stopped.store(false, Ordering::SeqCst);
            self.continued.store(false, Ordering::SeqCst);
        }
    }

    impl Drop for Signals {
        fn drop(&mut self) {
            for registered in self.registered.drain(..) {
                low_level::unregister(registered);
            }
            if let Ok(unwatched) = act_by_default_when_unwatched() {
                unwatched.store(true, Ordering::SeqCst);
            }
        }
    }

    /// Returns the switch that restores the default actions of signals.
    ///
    /// Without it, signals would be ignored once the flags are gone, because the handler of the process stays.
    fn act_by_default_when_unwatched() -> io::Result<Arc<AtomicBool>> {
        static UNWATCHED: OnceLock<Arc<AtomicBool>> = OnceLock::new();
        if let Some(unwatched) = UNWATCHED.get() {
            return Ok(Arc::clone(unwatched));
        }
        let unwatched = UNWATCHED.get_or_init(Arc::default);
        // The default action is not known of every signal; the others do nothing once the flags are gone.
        let is_known = |signal: &i32| low_level::signal_name(*signal).is_some();
        for signal in ending().into_iter().filter(is_known).chain([SIGTSTP]) {
            flag::register_conditional_default(signal, Arc::clone(unwatched))?;
        }
        Ok(Arc::clone(unwatched))
    }
}

#[cfg(not(unix))]
mod absent {
    use std::io;

    /// Stands in on systems without signals.
    #[derive(Debug)]
    pub(crate) struct Signals(());

    impl Signals {
        /// Watches nothing.
        pub(crate) fn watch() -> io::Result<Self> {
            Ok(Self(()))
        }

        /// Returns `None`.
        pub(crate) fn termination(&self) -> Option<i32> {
            None
        }

        /// Returns false.
        pub(crate) fn take_stop(&self) -> bool {
            false
        }

        /// Returns false.
        pub(crate) fn take_continuation(&self) -> bool {
            false
        }

        /// Returns false; a new size is noticed by measuring it.
        pub(crate) fn take_resize(&self) -> bool {
            false
        }

        /// Returns at once.
        pub(crate) fn stop_job(&self) {}

        /// Returns at once.
        pub(crate) fn stop_process(&self) {}
    }
}
