//! The error of templates and JSON paths.

/// The reason why a template or JSON path cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadTemplate {
    /// The problem, one sentence.
    pub message: String,
    /// The way to correct it.
    pub help: String,
}
