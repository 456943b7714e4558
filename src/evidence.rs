//! Where evidence comes from, and what form it has: files, folders and streams, packed or not.
//!
//! [`read`] takes sources to a diagnosis, with any number of threads and in memory that does not grow with what is read.
//! What an input is, is found by looking at its bytes, never at its name. It knows nothing of what is printed: progress is
//! handed to a function, and so is the wish to stop.

mod block;
mod crew;
mod feed;
mod interrupt;
mod magic;
pub mod progress;
mod read;
mod source;
mod stream;
mod unpack;
mod unread;
mod zstd;

pub use interrupt::Interrupt;
pub use progress::Progress;
pub use read::{Failure, Options, Reading, read};
pub use source::Source;
pub use unpack::{Unpacking, unpack};
