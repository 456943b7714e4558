//! Decides whether slow tests try everything or a small part.

/// Whether `WHEREFORE_FULL_TESTS` is set, so that everything is tried.
pub(crate) fn is_full() -> bool {
    std::env::var_os("WHEREFORE_FULL_TESTS").is_some()
}
