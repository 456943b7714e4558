//! What went wrong on the command line: what, and what to do.

use std::io;

use super::code::Code;
use crate::text::{self, CleanText};

/// A command could not be carried out.
#[derive(Debug)]
pub struct Failure {
    what: CleanText,
    help: CleanText,
    is_closed_pipe: bool,
}

impl Failure {
    /// The command was called wrongly, or with something that cannot be read.
    pub fn usage(what: impl Into<String>, help: impl Into<String>) -> Self {
        // Arguments and names of files stand in it: a line end in one must not begin a line of its own.
        Self { what: CleanText::line(&what.into()), help: CleanText::new(&help.into()), is_closed_pipe: false }
    }

    /// Something was named that does not exist.
    pub fn unknown<'k>(what: &str, name: &str, known: impl Iterator<Item = &'k str>, list: &str) -> Self {
        let name = text::clean_line(name);
        let help = match text::did_you_mean(&name, known) {
            Some(near) => format!("did you mean {near}? {list}"),
            None => list.to_owned(),
        };
        Self::usage(format!("there is no {what} {name:?}"), help)
    }

    /// Whoever read our output has stopped reading.
    pub fn is_closed_pipe(&self) -> bool {
        self.is_closed_pipe
    }

    /// The exit code.
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

/// Help, version and wrong arguments are printed as clap words them; what somebody else put into the arguments is
/// cleaned.
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
