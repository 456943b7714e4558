//! Says what a typed line led to.

/// Says how a dialogue goes on after a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reply {
    /// Print this, then the prompt, and read on.
    Next,
    /// Print this and read on.
    ///
    /// Where the dialogue stands has been told already.
    Same,
    /// The operator wants to practice; then print the prompt and read on.
    Practice,
    /// The operator has had enough.
    Quit,
}
