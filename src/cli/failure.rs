//! Reports errors of the command line, with advice.

use std::io;

use super::code::Code;
use crate::text::{self, CleanText};

/// An error of a command, with advice for the user.
#[derive(Debug)]
pub struct Failure {
    what: CleanText,
    help: CleanText,
    is_closed_pipe: bool,
}

impl Failure {
    /// Returns an error for wrong usage or unreadable input.
    pub fn usage(what: impl Into<String>, help: impl Into<String>) -> Self {
        // The text may contain arguments and file names: a line end in them must not begin a new line.
        Self { what: CleanText::line(&what.into()), help: CleanText::new(&help.into()), is_closed_pipe: false }
    }

    /// Returns an error for an unknown name.
    ///
    /// Suggests the most similar of the `known` names.
    pub fn unknown<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str>, list: &str) -> Self {
        let name = text::clean_line(name);
        let help = match text::did_you_mean(&name, known) {
            Some(near) => format!("did you mean {near}? {list}"),
            None => list.to_owned(),
        };
        Self::usage(format!("there is no {what} {name:?}"), help)
    }

    /// Returns whether the reader of standard output has stopped reading.
    pub fn is_closed_pipe(&self) -> bool {
        self.is_closed_pipe
    }

    /// Returns the exit code, which is always [`Code::Usage`].
    pub fn code(&self) -> Code {
        Code::Usage
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "error: {}\n  help: {}", self.what, self.help)
    }
}

impl std::error::Error for Failure {}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        let is_closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
        Self { is_closed_pipe, ..Self::usage(format!("cannot write: {error}"), "check where the output goes") }
    }
}

impl From<crate::tui::Error> for Failure {
    fn from(error: crate::tui::Error) -> Self {
        Self::usage(error.to_string(), error.help())
    }
}

/// Prints help, version and wrong usage as clap words them.
///
/// Text from arguments is cleaned.
pub(super) fn usage(error: &clap::Error) -> Result<Code, Failure> {
    let plain = error.render().to_string();
    let cleaned = text::clean(&plain);
    let printed = match cleaned == plain {
        true => error.print(),
        false => io::Write::write_all(&mut io::stderr().lock(), cleaned.as_bytes()),
    };
    match printed {
        Err(failed) if failed.kind() != io::ErrorKind::BrokenPipe => return Err(failed.into()),
        _ => {}
    }
    Ok(if error.use_stderr() { Code::Usage } else { Code::Done })
}
