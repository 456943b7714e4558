//! The terminal: shows what the program draws, tells it what was typed, does what it asks for, and is given back.
//!
//! One thread, one loop: wait for events, let the program take them, draw once. Nothing is drawn without a message,
//! so an idle program writes nothing. Whatever ends the loop, the terminal is as it was before.
//! Runs any model with an `update` and a `view`; must not know screens, trees or walks.

mod clipboard;
mod error;
mod escape;
mod input;
mod modes;
mod options;
mod screen;
mod signals;

use ratatui::Frame;

pub use error::Error;
pub use options::Options;

use crate::app::{Effect, Msg};
use clipboard::Clipboard;
use input::Input;
use screen::Screen;
use signals::{Request, Signals};

/// The number of SIGINT, which is the same wherever there are signals.
const INTERRUPT: i32 = 2;

/// How a run came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The operator wanted it.
    Quit,
    /// By the signal of this number, or by the key that stands for it. A shell expects 128 and the number.
    Signal(i32),
}

/// Runs a program on the terminal until it ends, and gives the terminal back.
///
/// `update` is told the size before anything is drawn. On the way out nothing is printed: that is for the caller, who
/// has the normal screen again.
pub fn run<M>(
    model: &mut M,
    update: fn(&mut M, Msg) -> Option<Effect>,
    view: fn(&M, &mut Frame<'_>),
    options: &Options,
) -> Result<Ended, Error> {
    let mut program = Program { model, update, view };
    let mut signals = Signals::watch().map_err(Error::Signals)?;
    let mut screen = Screen::enter(options.fallback_size)?;
    let mut clipboard = Clipboard::new(options.in_tmux);
    let ended = turn(&mut program, &mut signals, &mut screen, &mut clipboard, &mut Input::new(options.over_ssh));
    // A terminal that went away fails first and sends its signal next: the signal is the better explanation.
    match (ended, signals.termination()) {
        (Err(_), Some(signal)) => Ok(Ended::Signal(signal)),
        (ended, _) => ended,
    }
}

/// What is run: a model and the two functions that know it.
struct Program<'a, M> {
    model: &'a mut M,
    update: fn(&mut M, Msg) -> Option<Effect>,
    view: fn(&M, &mut Frame<'_>),
}

/// The loop.
fn turn<M>(
    program: &mut Program<'_, M>,
    signals: &mut Signals,
    screen: &mut Screen,
    clipboard: &mut Clipboard,
    input: &mut Input,
) -> Result<Ended, Error> {
    // Only the first look at the input makes resizes known, so it must come before the first size is taken.
    input.start().map_err(Error::Input)?;
    let mut messages = Vec::new();
    loop {
        // Asked for and not taken from an event: one can be lost, and of many in a row only the last matters.
        if let Some((width, height)) = screen.take_new_size() {
            messages.insert(0, Msg::Resize(width, height));
        }
        let mut to_be_drawn = !messages.is_empty();
        for message in messages {
            match (program.update)(program.model, message) {
                None => {}
                Some(Effect::Copy(text)) => clipboard.send(&text).map_err(Error::Draw)?,
                Some(Effect::Suspend) => suspend(signals, screen)?,
                Some(Effect::Quit) => return Ok(Ended::Quit),
                Some(Effect::Interrupt) => return Ok(Ended::Signal(INTERRUPT)),
            }
        }
        match signals.take() {
            None => {}
            Some(Request::End(signal)) => return Ok(Ended::Signal(signal)),
            Some(Request::Suspend) => suspend(signals, screen)?,
            Some(Request::Refresh) => screen.reenter()?,
        }
        if let Some((width, height)) = screen.take_new_size() {
            (program.update)(program.model, Msg::Resize(width, height));
            to_be_drawn = true;
        }
        if to_be_drawn {
            screen.draw(|frame| (program.view)(program.model, frame)).map_err(Error::Draw)?;
        }
        messages = input.wait().map_err(Error::Input)?;
    }
}

/// Gives the terminal back, stops until the process is continued, and takes the terminal again.
fn suspend(signals: &mut Signals, screen: &mut Screen) -> Result<(), Error> {
    screen.leave();
    signals.stop_process();
    // Continued only to be ended: a terminal that is gone cannot be taken again.
    if signals.termination().is_some() { Ok(()) } else { screen.reenter() }
}
