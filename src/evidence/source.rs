//! What is asked to be read.

use std::ffi::OsStr;
use std::path::PathBuf;

/// What is asked to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// Standard input, to its end.
    Standard,
    /// A file, a folder with all that lies in it, or something that can be read like a file.
    Path(PathBuf),
}

impl Source {
    /// What an argument of the command line names; `-` is standard input.
    pub fn from_argument(argument: &OsStr) -> Self {
        if argument == "-" { Self::Standard } else { Self::Path(PathBuf::from(argument)) }
    }
}
