//! Reads and writes files: trees, opened cards, training results and cases.
//!
//! Other rooms need no access to these files. This room knows nothing of screens.

pub mod bounded;
mod case_file;
pub mod cases;
pub mod day;
pub mod library;
mod lines;
pub mod new_files;
pub mod paths;
pub mod private;
pub mod progress;
mod prune;
mod syncer;
pub mod usage;

pub use bounded::{BoundedLine, BoundedLines};
pub use case_file::CaseFile;
pub use case_file::write_private;
pub use cases::{CaseFolder, OpenedCase, PrunedCases};
pub use library::Library;
pub use new_files::write_new;
pub use paths::Paths;
pub use private::keep_private;
pub use progress::ProgressJournal;
pub use prune::CaseLimits;
pub use syncer::{Syncer, WrittenFile};
pub use usage::Journal;
