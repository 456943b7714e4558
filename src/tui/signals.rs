//! What the system asks of the process: to end, to stop for a while, to show itself again.
//!
//! A signal only sets a flag and ends the wait for keys; the loop reads the flags between two waits. Touches the terminal in one case: when the loop
//! does not answer, it is given back from here and the process ends.

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

    /// The flags, and their registrations, which end with it.
    #[derive(Debug)]
    pub(crate) struct Signals {
        ended_by: Arc<AtomicUsize>,
        stopped: Arc<AtomicBool>,
        continued: Arc<AtomicBool>,
        resized: Arc<AtomicBool>,
        registered: Vec<SigId>,
        /// A pipe that can be read as soon as a signal came.
        wake: SignalDelivery<UnixStream, SignalOnly>,
        /// Held for what it does when the loop does not read the flags.
        _last_resort: LastResort,
    }

    impl Signals {
        /// Has the flags set from now on.
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
            // After the flags: whoever is woken finds them set.
            let wake = signals.wake.handle();
            ending().into_iter().chain([SIGTSTP, SIGCONT, SIGWINCH]).try_for_each(|signal| wake.add_signal(signal))?;
            unwatched.store(false, Ordering::SeqCst);
            Ok(signals)
        }

        /// Returns what can be read as soon as a signal came.
        pub(crate) fn wake(&self) -> BorrowedFd<'_> {
            self.wake.get_read().as_fd()
        }

        /// Empties what can be read; the flags stay set.
        pub(crate) fn clear_wake(&mut self) {
            self.wake.pending().for_each(drop);
        }

        /// The signal that is to end the program, if one came.
        pub(crate) fn termination(&self) -> Option<i32> {
            i32::try_from(self.ended_by.load(Ordering::SeqCst)).ok().filter(|signal| *signal != 0)
        }

        /// Whether the process was asked to stop since the last time.
        pub(crate) fn take_stop(&self) -> bool {
            self.stopped.swap(false, Ordering::SeqCst)
        }

        /// Whether the process was stopped unasked since the last time: somebody else had the terminal.
        pub(crate) fn take_continuation(&self) -> bool {
            self.continued.swap(false, Ordering::SeqCst)
        }

        /// Whether the terminal had another size since the last time, be it for a moment: it cuts what it shows.
        pub(crate) fn take_resize(&self) -> bool {
            self.resized.swap(false, Ordering::SeqCst)
        }

        /// Stops the process and those that were started with it, as the terminal does for a key it handles itself; a
        /// script around the program would otherwise wait for it, and the operator with the script. Returns when
        /// continued.
        pub(crate) fn stop_job(&self) {
            // Only the shell can say this without unsafe code. Its failing leaves what `stop_process` does.
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
            // Where it cannot be stopped, it goes on at once: the operator sees the same screen again.
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

    /// The switch that makes signals act as if nothing had ever been registered. Without it they would be ignored once
    /// the flags are gone: the handler of the process stays.
    fn act_by_default_when_unwatched() -> io::Result<Arc<AtomicBool>> {
        static UNWATCHED: OnceLock<Arc<AtomicBool>> = OnceLock::new();
        if let Some(unwatched) = UNWATCHED.get() {
            return Ok(Arc::clone(unwatched));
        }
        let unwatched = UNWATCHED.get_or_init(Arc::default);
        // What a signal does by default is not known of every signal; the others do nothing once the flags are gone.
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

    /// Where there are no signals, nothing is asked.
    #[derive(Debug)]
    pub(crate) struct Signals(());

    impl Signals {
        /// Watches nothing.
        pub(crate) fn watch() -> io::Result<Self> {
            Ok(Self(()))
        }

        /// Never one.
        pub(crate) fn termination(&self) -> Option<i32> {
            None
        }

        /// Never.
        pub(crate) fn take_stop(&self) -> bool {
            false
        }

        /// Never.
        pub(crate) fn take_continuation(&self) -> bool {
            false
        }

        /// Never: another size is seen by asking for it.
        pub(crate) fn take_resize(&self) -> bool {
            false
        }

        /// Goes on at once.
        pub(crate) fn stop_job(&self) {}

        /// Goes on at once.
        pub(crate) fn stop_process(&self) {}
    }
}
