//! Handles Ctrl-C while reading.
//!
//! The first one ends the reading, the second one the program.

#[cfg(not(unix))]
pub use absent::Interrupt;
#[cfg(unix)]
pub use unix::Interrupt;

#[cfg(unix)]
mod unix {
    use std::io;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::{SigId, flag, low_level};

    /// Signals that end the reading.
    const ENDING: [i32; 2] = [SIGINT, SIGTERM];

    /// Watches for the signals that ask the program to end.
    ///
    /// Once dropped, these signals do nothing until other code watches for them: keep it until the command is done, or
    /// drop it right before screens are opened.
    #[derive(Debug)]
    pub struct Interrupt {
        stop: Arc<AtomicBool>,
        signal: Arc<AtomicUsize>,
        registered: Vec<SigId>,
    }

    impl Interrupt {
        /// Starts watching; fails if the system allows no handler.
        pub fn watch() -> io::Result<Self> {
            let mut watching = Self { stop: Arc::default(), signal: Arc::default(), registered: Vec::new() };
            for signal in ENDING {
                let number = usize::try_from(signal).map_err(io::Error::other)?;
                // The order matters: the first handler ends the program if an earlier signal has already set the flag.
                let ends = flag::register_conditional_default(signal, Arc::clone(&watching.stop))?;
                watching.registered.push(ends);
                watching.registered.push(flag::register_usize(signal, Arc::clone(&watching.signal), number)?);
                watching.registered.push(flag::register(signal, Arc::clone(&watching.stop))?);
            }
            Ok(watching)
        }

        /// Returns the flag that is true once a signal came.
        ///
        /// [`read`](crate::evidence::read) checks it.
        pub fn flag(&self) -> &AtomicBool {
            &self.stop
        }

        /// Returns the number of the signal that came, if any.
        pub fn signal(&self) -> Option<u8> {
            u8::try_from(self.signal.load(Ordering::SeqCst)).ok().filter(|signal| *signal != 0)
        }
    }

    impl Drop for Interrupt {
        fn drop(&mut self) {
            for registered in self.registered.drain(..) {
                low_level::unregister(registered);
            }
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_first_signal_is_a_wish() {
            let interrupt = Interrupt::watch().unwrap();
            assert_eq!((interrupt.flag().load(Ordering::SeqCst), interrupt.signal()), (false, None));
            low_level::raise(SIGTERM).unwrap();
            assert_eq!((interrupt.flag().load(Ordering::SeqCst), interrupt.signal()), (true, Some(15)));
        }
    }
}

#[cfg(not(unix))]
mod absent {
    use std::io;
    use std::sync::atomic::AtomicBool;

    /// Stands in on systems without signals.
    #[derive(Debug)]
    pub struct Interrupt(AtomicBool);

    impl Interrupt {
        /// Watches nothing.
        pub fn watch() -> io::Result<Self> {
            Ok(Self(AtomicBool::new(false)))
        }

        /// Returns a flag that is never true.
        pub fn flag(&self) -> &AtomicBool {
            &self.0
        }

        /// Returns `None`.
        pub fn signal(&self) -> Option<u8> {
            None
        }
    }
}
