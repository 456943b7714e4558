//! Ctrl-C while reading: the first time ends the reading, the second time the program.

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

    /// The signals that end the reading.
    const ENDING: [i32; 2] = [SIGINT, SIGTERM];

    /// Sees that the program is asked to end, while it lives. Once dropped, these signals do nothing until somebody else
    /// watches for them: keep it until the command is done, or drop it right before screens are opened.
    #[derive(Debug)]
    pub struct Interrupt {
        stop: Arc<AtomicBool>,
        signal: Arc<AtomicUsize>,
        registered: Vec<SigId>,
    }

    impl Interrupt {
        /// Watches from now on. Fails where the system allows no handler.
        pub fn watch() -> io::Result<Self> {
            let mut watching = Self { stop: Arc::default(), signal: Arc::default(), registered: Vec::new() };
            for signal in ENDING {
                let number = usize::try_from(signal).map_err(io::Error::other)?;
                // In this order: what ends the program looks whether it is the second time.
                let ends = flag::register_conditional_default(signal, Arc::clone(&watching.stop))?;
                watching.registered.push(ends);
                watching.registered.push(flag::register_usize(signal, Arc::clone(&watching.signal), number)?);
                watching.registered.push(flag::register(signal, Arc::clone(&watching.stop))?);
            }
            Ok(watching)
        }

        /// True once a signal came: what [`read`](crate::evidence::read) looks at.
        pub fn flag(&self) -> &AtomicBool {
            &self.stop
        }

        /// The signal that came, if one did.
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

    /// Where there are no signals, nobody asks.
    #[derive(Debug)]
    pub struct Interrupt(AtomicBool);

    impl Interrupt {
        /// Watches nothing.
        pub fn watch() -> io::Result<Self> {
            Ok(Self(AtomicBool::new(false)))
        }

        /// Never true.
        pub fn flag(&self) -> &AtomicBool {
            &self.0
        }

        /// Never one.
        pub fn signal(&self) -> Option<u8> {
            None
        }
    }
}
