//! Writes data to standard output, and messages to standard error.

use std::io::{self, IsTerminal, Write};

use anstream::{AutoStream, ColorChoice};

use crate::text;

/// When to use colors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The output of a command.
#[derive(Debug)]
pub(super) struct Output {
    color: Color,
}

impl Output {
    pub(super) fn new(color: Color) -> Self {
        Self { color }
    }

    /// Writes text to standard output.
    ///
    /// Colors are removed if the output does not show them.
    pub(super) fn write(&mut self, text: &str) -> io::Result<()> {
        let mut stream = AutoStream::new(io::stdout().lock(), self.choice());
        stream.write_all(text.as_bytes())?;
        stream.flush()
    }

    /// Writes a JSON object to standard output.
    pub(super) fn json(&mut self, object: &serde_json::Value) -> io::Result<()> {
        self.write(&format!("{object:#}\n"))
    }

    /// Writes a message to standard error.
    ///
    /// Errors are ignored: a closed standard error has no reader.
    pub(super) fn warn(&mut self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", text::clean(text));
    }

    /// Returns whether standard output shows colors.
    pub(super) fn has_color(&self) -> bool {
        match self.choice() {
            ColorChoice::Never => false,
            ColorChoice::Always | ColorChoice::AlwaysAnsi => true,
            ColorChoice::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
        }
    }

    /// Returns whether standard output is a terminal.
    pub(super) fn is_seen(&self) -> bool {
        io::stdout().is_terminal()
    }

    /// Returns whether standard input and output are terminals.
    pub(super) fn is_terminal(&self) -> bool {
        io::stdout().is_terminal() && io::stdin().is_terminal()
    }

    fn choice(&self) -> ColorChoice {
        match self.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
    }
}
