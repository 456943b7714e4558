//! Writes data to standard output, and messages to standard error.

use std::borrow::Cow;
use std::io::{self, IsTerminal, Write};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};

use super::pager::Pager;
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
    /// Whether text is spelled in ASCII.
    ascii: bool,
}

impl Output {
    pub(super) fn new(color: Color, ascii: bool) -> Self {
        Self { color, ascii }
    }

    /// Writes text to standard output.
    ///
    /// Colors are removed if the output does not show them.
    pub(super) fn write(&mut self, text: &str) -> io::Result<()> {
        let mut stream = AutoStream::new(io::stdout().lock(), self.choice());
        stream.write_all(self.spelled(text).as_bytes())?;
        stream.flush()
    }

    /// Writes text to a pager, or at once if none starts.
    pub(super) fn page(&mut self, pager: &Pager, text: &str) -> io::Result<()> {
        let spelled = self.spelled(text);
        let shown = if self.has_color() { spelled.into_owned() } else { strip_str(&spelled).to_string() };
        if pager.show(&shown) { Ok(()) } else { self.write(text) }
    }

    /// Returns text as this output spells it.
    fn spelled<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.ascii { Cow::Owned(text::ascii(text)) } else { Cow::Borrowed(text) }
    }

    /// Writes a JSON object to standard output.
    pub(super) fn json(&mut self, object: &serde_json::Value) -> io::Result<()> {
        let written = format!("{object:#}\n");
        match self.ascii {
            true => self.write(&escaped(&written)),
            false => self.write(&written),
        }
    }

    /// Writes a message to standard error.
    ///
    /// Errors are ignored: a closed standard error has no reader.
    pub(super) fn warn(&mut self, text: &str) {
        let _ = writeln!(io::stderr().lock(), "{}", self.spelled(&text::clean(text)));
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

/// Escapes what is not ASCII in the text of a JSON value.
///
/// Only strings of JSON have other characters.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for character in json.chars() {
        match character.is_ascii() {
            true => escaped.push(character),
            false => character.encode_utf16(&mut [0; 2]).iter().for_each(|unit| escaped += &format!("\\u{unit:04x}")),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_ascii_is_the_same_value() {
        let value = serde_json::json!({"title": "Zürich › 日本 😀 \"x\""});
        let written = escaped(&value.to_string());
        assert!(written.is_ascii(), "{written}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), value);
    }
}
