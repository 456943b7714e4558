//! The error of a template or a JSON path that cannot be parsed.

/// Why a template or a JSON path cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTemplate {
    /// The problem, one sentence.
    pub message: String,
    /// The way to correct it.
    pub help: String,
}
