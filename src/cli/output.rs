//! Standard output and standard error: data to the one, words about it to the other.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use crate::text;

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// Where a command writes.
#[derive(Debug)]
pub(super) struct Output {
    color: Colour,
}

impl Output {
    pub(super) fn new(color: Colour) -> Self {
        Self { color }
    }

    /// Writes text to standard output. Colours in it are taken out where they would not be understood.
    pub(super) fn write(&mut self, text: &str) -> io::Result<()> {
        let mut stream = AutoStream::new(io::stdout().lock(), self.choice());
        stream.write_all(text.as_bytes())?;
        stream.flush()
    }

    /// Writes a JSON object to standard output.
    pub(super) fn json(&mut self, object: &serde_json::Value) -> io::Result<()> {
        self.write(&format!("{object:#}\n"))
    }

    /// Says something about the work on standard error. If that is closed, nobody wants to hear it.
    pub(super) fn warn(&mut self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", text::clean(text));
    }

    /// Whether colours reach whoever reads standard output.
    pub(super) fn has_colour(&self) -> bool {
        match self.choice() {
            ColorChoice::Never => false,
            ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
            ColorChoice::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        }
    }

    /// Whether a person reads standard output.
    pub(super) fn is_seen(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Whether a person sits at both ends.
    pub(super) fn is_terminal(&self) -> bool {
        io::stdout().is_terminal() && io::stdin().is_terminal()
    }

    fn choice(&self) -> ColorChoice {
        match self.color {
            Colour::Auto => ColorChoice::Auto,
            Colour::Always => ColorChoice::Always,
            Colour::Never => ColorChoice::Never,
        }
    }
}
