//! Decides whether slow tests try everything or a small part.

/// Whether everything is tried, because `WHEREFORE_FULL_TESTS` is set; otherwise a small part is.
pub(crate) fn is_full() -> bool {
    std::env::var_os("WHEREFORE_FULL_TESTS").is_some()
}
