//! Sends text to the clipboard of the terminal.
//!
//! The terminal may be on another machine. It sends no response: whether the text arrived is unknown, and must not be
//! claimed anywhere.

use std::io::{self, Write};
use std::process::{Child, Command, Stdio};

use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::queue;

use super::characters::beginning;
use super::modes::write_at_once;
use crate::app::copy::LONGEST;

/// Sends text to the clipboard of the terminal, and of tmux.
#[derive(Debug)]
pub(super) struct Clipboard {
    in_tmux: bool,
    /// The processes that may still run.
    helpers: Vec<Child>,
}

impl Clipboard {
    /// Prepares to send text, inside or outside of tmux.
    pub(super) fn new(in_tmux: bool) -> Self {
        Self { in_tmux, helpers: Vec::new() }
    }

    /// Sends a text; cuts it if it is too long.
    pub(super) fn send(&mut self, text: &str) -> io::Result<()> {
        let text = beginning(text, LONGEST);
        let mut bytes = Vec::new();
        queue!(bytes, CopyToClipboard::to_clipboard_from(text))?;
        write_at_once(&bytes)?;
        if self.in_tmux {
            // By default tmux drops the sequence above, silently. If this fails too, there is no other way.
            self.helpers.retain_mut(|helper| matches!(helper.try_wait(), Ok(None)));
            self.helpers.extend(load_tmux_buffer(text));
        }
        Ok(())
    }
}

/// Passes a text to tmux, which can reach the terminal's clipboard.
///
/// Does not wait for the process to end.
fn load_tmux_buffer(text: &str) -> io::Result<Child> {
    let mut helper = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = helper.stdin.take() {
        // The process may have ended without reading.
        let _ = input.write_all(text.as_bytes());
    }
    Ok(helper)
}
