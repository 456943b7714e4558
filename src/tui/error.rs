//! Errors between the program and its terminal.

use std::fmt;
use std::io;

/// The reason why there is no full-screen program, or no longer.
#[derive(Debug)]
pub enum Error {
    /// Standard output is a file, a pipe or nothing.
    NotATerminal,
    /// The terminal could not be switched to the full screen.
    Enter(io::Error),
    /// A frame could not be written.
    Draw(io::Error),
    /// Keys could not be read.
    Input(io::Error),
    /// The process could not register for its signals.
    Signals(io::Error),
}

impl Error {
    /// Returns advice for the user.
    pub fn help(&self) -> &'static str {
        "use --plain, which asks the questions line by line and needs no terminal"
    }
}

impl fmt::Display for Error {
    /// Describes the error.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATerminal => {
                formatter.write_str("standard output is not a terminal, so there is nothing to draw on")
            }
            Self::Enter(error) => write!(formatter, "the terminal could not switch to the full screen ({error})"),
            Self::Draw(error) => write!(formatter, "the terminal accepts no more output ({error})"),
            Self::Input(error) => write!(formatter, "no keys could be read from the terminal ({error})"),
            Self::Signals(error) => write!(formatter, "signals could not be handled ({error})"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotATerminal => None,
            Self::Enter(error) | Self::Draw(error) | Self::Input(error) | Self::Signals(error) => Some(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_names_its_cause() {
        let cause = || io::Error::other("the cause");
        for error in [Error::Enter(cause()), Error::Draw(cause()), Error::Input(cause()), Error::Signals(cause())] {
            assert!(error.to_string().contains("the cause"), "{error}");
        }
    }
}
