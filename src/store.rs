//! What lies on disk: the trees, embedded and the user's own; which cards were opened; what
//! was answered in training.
//!
//! Touches files and the environment, so that nothing else has to. Knows nothing of screens.

pub mod bounded;
pub mod day;
pub mod library;
mod lines;
pub mod paths;
pub mod private;
pub mod progress;
pub mod usage;

pub use bounded::{BoundedLines, Line};
pub use library::Library;
pub use paths::Paths;
pub use private::keep_private;
pub use progress::ProgressJournal;
pub use usage::Journal;
