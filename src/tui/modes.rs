//! Switches the terminal to full-screen modes, and back.
//!
//! The modes are undone whatever happens in between. This file does not know what is shown. A process has one terminal,
//! so the state of the modes is global: the panic hook and the last resort of `signals` have no other access to it.

use std::io::{self, IsTerminal, Write};
use std::panic;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

use ratatui::crossterm::cursor::{Hide, MoveTo, Show};
use ratatui::crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use ratatui::crossterm::queue;
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};

use super::Error;

/// Whether raw mode is on: keys come one by one, without echo.
static RAW: AtomicBool = AtomicBool::new(false);
/// Whether the alternate screen is on.
///
/// It has no cursor, and a paste comes as one piece.
static FULL_SCREEN: AtomicBool = AtomicBool::new(false);
/// Whether the terminal is to report the wheel of the mouse.
static WHEEL: AtomicBool = AtomicBool::new(false);

/// Turns reports of buttons on, as mode 1006 writes them.
///
/// crossterm turns reports of movements on, too, which would wake the program all the time.
const REPORT_WHEEL: &[u8] = b"\x1b[?1000h\x1b[?1006h";
const REPORT_NO_WHEEL: &[u8] = b"\x1b[?1006l\x1b[?1000l";

/// Says whether the terminal is to report the wheel of the mouse.
pub(super) fn want_wheel(is_wanted: bool) {
    WHEEL.store(is_wanted, Ordering::SeqCst);
}

/// Proof that the terminal is switched.
///
/// Dropping it gives the terminal back.
#[derive(Debug)]
pub(super) struct TerminalModes(());

impl TerminalModes {
    /// Switches the terminal; if that fails, leaves it as it was.
    pub(super) fn enter() -> Result<Self, Error> {
        if !io::stdout().is_terminal() {
            return Err(Error::NotATerminal);
        }
        leave_on_panic();
        // From here on, dropping `modes` undoes all that was reached.
        let modes = Self(());
        enable_raw_mode().map_err(Error::Enter)?;
        RAW.store(true, Ordering::SeqCst);
        FULL_SCREEN.store(true, Ordering::SeqCst);
        write_full_screen().map_err(Error::Enter)?;
        Ok(modes)
    }
}

impl Drop for TerminalModes {
    fn drop(&mut self) {
        leave();
    }
}

/// Gives the terminal back, unless that has been done.
///
/// Errors are ignored, because there is nowhere to report them.
pub(super) fn leave() {
    // Raw mode first: it is undone without writing, which a stalled terminal would block.
    if RAW.swap(false, Ordering::SeqCst) {
        let _ = disable_raw_mode();
    }
    if FULL_SCREEN.swap(false, Ordering::SeqCst) {
        let _ = write_normal_screen();
    }
}

fn write_full_screen() -> io::Result<()> {
    let mut bytes = Vec::new();
    // Cleared, because not every terminal has a second screen.
    queue!(bytes, EnterAlternateScreen, Clear(ClearType::All), EnableBracketedPaste, Hide)?;
    if WHEEL.load(Ordering::SeqCst) {
        bytes.extend(REPORT_WHEEL);
    }
    write_at_once(&bytes)
}

fn write_normal_screen() -> io::Result<()> {
    let mut bytes = Vec::new();
    if WHEEL.load(Ordering::SeqCst) {
        bytes.extend(REPORT_NO_WHEEL);
    }
    queue!(bytes, DisableBracketedPaste, Clear(ClearType::All), MoveTo(0, 0), LeaveAlternateScreen, Show)?;
    write_at_once(&bytes)
}

/// Writes to the terminal, in one piece if it takes one.
pub(super) fn write_at_once(bytes: &[u8]) -> io::Result<()> {
    let mut output = io::stdout().lock();
    output.write_all(bytes)?;
    output.flush()
}

/// Makes a panic print its message on the normal screen.
///
/// Leaving the alternate screen would remove the message.
fn leave_on_panic() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print_message = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            leave();
            print_message(panic);
        }));
    });
}
