//! Reads and writes files: trees, opened cards and training results.
//!
//! Other rooms need no access to these files. This room knows nothing of screens.

pub mod bounded;
pub mod day;
pub mod library;
mod lines;
pub mod new_files;
pub mod paths;
pub mod private;
pub mod progress;
pub mod usage;

pub use bounded::{BoundedLine, BoundedLines};
pub use library::Library;
pub use new_files::write_new;
pub use paths::Paths;
pub use private::keep_private;
pub use progress::ProgressJournal;
pub use usage::Journal;
