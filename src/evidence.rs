//! Reads evidence: files, folders and streams, packed or not.
//!
//! `read` turns sources into a diagnosis, with any number of threads, in memory that does not grow with the input. An
//! input is recognized by its bytes, never by its name. This room prints nothing: it passes progress to a function, and
//! a flag tells it to stop.

mod block;
mod failure;
mod input_stream;
mod interrupt;
mod magic;
mod parallel;
pub mod progress;
mod read;
mod source;
mod stream;
mod unpack;
mod unread;
mod zstd;

pub use failure::InputFailure;
pub use interrupt::Interrupt;
pub use progress::ReadProgress;
pub use read::{Options, ReadOutcome, read};
pub use source::InputSource;
pub use unpack::{Unpacking, unpack};
