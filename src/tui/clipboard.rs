//! Sends text to the clipboard of the terminal, which may be on another machine.
//!
//! There is no answer: whether it arrived is not known here and must not be claimed anywhere.

use std::io::{self, Write};
use std::process::{Child, Command, Stdio};

use ratatui::crossterm::clipboard::CopyToClipboard;
use ratatui::crossterm::queue;

use super::characters::beginning;
use super::modes::write_at_once;
use crate::app::copy::LONGEST;

/// The ways to the clipboard.
#[derive(Debug)]
pub(super) struct Clipboard {
    in_tmux: bool,
    /// The helpers that have not been seen to end.
    helpers: Vec<Child>,
}

impl Clipboard {
    /// The ways there are in or outside of tmux.
    pub(super) fn new(in_tmux: bool) -> Self {
        Self { in_tmux, helpers: Vec::new() }
    }

    /// Sends the text, cut where it is too long.
    pub(super) fn send(&mut self, text: &str) -> io::Result<()> {
        let text = beginning(text, LONGEST);
        let mut bytes = Vec::new();
        queue!(bytes, CopyToClipboard::to_clipboard_from(text))?;
        write_at_once(&bytes)?;
        if self.in_tmux {
            // By default tmux drops the sequence above, silently. Where this fails too, there is no way.
            self.helpers.retain_mut(|helper| matches!(helper.try_wait(), Ok(None)));
            self.helpers.extend(load_tmux_buffer(text));
        }
        Ok(())
    }
}

/// Hands the text to tmux, which has its own way to the terminal's clipboard. Waits for nothing.
fn load_tmux_buffer(text: &str) -> io::Result<Child> {
    let mut helper = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = helper.stdin.take() {
        // It may have ended without reading.
        let _ = input.write_all(text.as_bytes());
    }
    Ok(helper)
}
