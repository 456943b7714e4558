//! What lies on disk: the trees, embedded and the user's own; which cards were opened.
//!
//! Touches files and the environment, so that nothing else has to. Knows nothing of screens.

pub mod library;
pub mod paths;
pub mod usage;

pub use library::Library;
pub use paths::Paths;
pub use usage::Journal;
