//! Defines the exit codes.

/// The outcome of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// Found, or done.
    Done,
    /// Nothing found, or inconclusive.
    Inconclusive,
    /// Wrong usage or unreadable input.
    Usage,
    /// Ended by the signal of this number.
    Signal(u8),
}

impl Code {
    /// Returns the number that the shell sees.
    pub fn number(self) -> u8 {
        match self {
            Code::Done => 0,
            Code::Inconclusive => 1,
            Code::Usage => 2,
            Code::Signal(number) => 128_u8.saturating_add(number),
        }
    }
}
