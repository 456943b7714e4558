//! Names inputs that could not be read.

/// An input that could not be read, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFailure {
    /// Its path, `-` for standard input.
    pub path: String,
    /// The reason, with advice unless it is plain: `no such file`.
    pub why: String,
}
