//! Names an input that could not be read.

/// An input that could not be read, or not to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputFailure {
    /// Its path, `-` for standard input.
    pub path: String,
    /// Why, in words, and what to do if it is not plain: `no such file`.
    pub why: String,
}
