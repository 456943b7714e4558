//! What lies on disk: the trees, embedded and the user's own.
//!
//! Touches files and the environment, so that nothing else has to. Knows nothing of screens.

pub mod library;
pub mod paths;

pub use library::Library;
pub use paths::Paths;
