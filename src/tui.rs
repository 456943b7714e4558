//! Runs a program on the terminal, and gives the terminal back.
//!
//! One thread, one loop: wait for events, let the program take them, draw once. Nothing is drawn without a message, so
//! an idle program writes nothing. Whatever ends the loop, the terminal is then as it was before. Runs any model with
//! an `update` and a `view`; must not know screens, trees or walks.

mod characters;
mod clipboard;
mod error;
#[cfg(any(not(unix), test))]
mod events;
#[cfg(unix)]
mod input;
mod jobs;
mod modes;
mod options;
pub mod parse;
mod pause;
mod screen;
mod signals;

use std::collections::VecDeque;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use ratatui::Frame;

pub use error::Error;
pub use options::TerminalOptions;

use crate::app::{Effect, Msg};
use clipboard::Clipboard;
#[cfg(not(unix))]
use events::ConsoleInput as Input;
#[cfg(unix)]
use input::KeyboardInput as Input;
use pause::Pause;
use screen::TerminalScreen;
use signals::Signals;

/// The number of SIGINT on every system with signals.
const INTERRUPT: i32 = 2;
/// The number of SIGHUP, which says that the terminal has gone.
const HANGUP: i32 = 1;

/// The reason why a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The operator quit.
    Quit,
    /// A signal with this number, or the key that stands for it.
    ///
    /// A shell expects the exit code 128 plus the number.
    Signal(i32),
}

/// Returns the columns and rows of the terminal, if they are known.
pub fn terminal_size() -> Option<(u16, u16)> {
    Some(screen::measured_size()).filter(|(columns, rows)| *columns > 0 && *rows > 0)
}

/// Keeps what outlives a run.
pub trait Keeper {
    /// Keeps an opened card, an answer of an exercise, or a case.
    ///
    /// It runs before the frame that shows the effect. A message that it returns comes next.
    fn keep(&mut self, effect: Effect) -> Option<Msg>;

    /// Does what can wait until the frame is on the terminal.
    ///
    /// A message that it returns comes with the next key, and draws nothing by itself.
    fn drawn(&mut self) -> Option<Msg> {
        None
    }
}

impl<F: FnMut(Effect) -> Option<Msg>> Keeper for F {
    fn keep(&mut self, effect: Effect) -> Option<Msg> {
        self(effect)
    }
}

/// Runs a program on the terminal until it ends.
///
/// Then gives the terminal back. `update` gets the size before anything is drawn, and the time since the start before
/// each key. Nothing is printed at the end: that is for the caller, who has the normal screen again.
pub fn run<M>(
    model: &mut M,
    update: fn(&mut M, Msg) -> Option<Effect>,
    view: fn(&M, &mut Frame<'_>),
    keeper: &mut dyn Keeper,
    options: &TerminalOptions,
) -> Result<Ended, Error> {
    let signals = Signals::watch().map_err(Error::Signals)?;
    modes::want_wheel(options.has_wheel);
    let screen = TerminalScreen::enter(options.fallback_size)?;
    let clipboard = Clipboard::new(options.in_tmux);
    let mut input = Input::open(options.over_ssh).map_err(Error::Input)?;
    let pause = options.tells_pause.then(Pause::new);
    let mut run = Run { screen, signals, clipboard, pause };
    let ended = run.turn(&mut Handlers { model, update, view, keeper }, &mut input);
    // A terminal that goes away fails first and sends its signal afterwards: the signal is the better explanation.
    match (ended, run.signals.termination()) {
        (Err(_), Some(signal)) => Ok(Ended::Signal(signal)),
        (ended, _) => ended,
    }
}

/// Returns the time of the system; 0 if it is before 1970.
fn seconds_since_1970() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    i64::try_from(since).unwrap_or(0)
}

/// A model, its two functions, and the receiver of its results.
struct Handlers<'a, M> {
    model: &'a mut M,
    update: fn(&mut M, Msg) -> Option<Effect>,
    view: fn(&M, &mut Frame<'_>),
    keeper: &'a mut dyn Keeper,
}

/// The resources of a run, given back in this order.
struct Run {
    screen: TerminalScreen,
    signals: Signals,
    clipboard: Clipboard,
    pause: Option<Pause>,
}

impl Run {
    /// Runs the loop until it ends.
    fn turn<M>(&mut self, program: &mut Handlers<'_, M>, input: &mut Input) -> Result<Ended, Error> {
        let began = Instant::now();
        let mut messages = VecDeque::from([Msg::Time(seconds_since_1970())]);
        let mut told = None;
        loop {
            if let Some(signal) = self.signals.termination() {
                return Ok(Ended::Signal(signal));
            }
            if self.signals.take_stop() {
                if !jobs::has_shell() {
                    messages.push_back(Msg::NoShell);
                } else if let Some(ended) = self.suspend(Signals::stop_process)? {
                    return Ok(ended);
                }
            }
            if self.signals.take_continuation() {
                self.screen.reenter()?;
            }
            if self.signals.take_resize() {
                self.screen.forget();
            }
            let mut changed = false;
            while let Some(message) = messages.pop_front().or_else(|| self.new_size()) {
                changed = true;
                let effects = (program.update)(program.model, message).map(Effect::each).unwrap_or_default();
                for effect in effects {
                    match effect {
                        // The returned message comes before the next frame and the next key.
                        Effect::Opened { .. } | Effect::Answered { .. } | Effect::Case(_) | Effect::OpenCase { .. } => {
                            if let Some(said) = program.keeper.keep(effect) {
                                messages.push_front(said);
                            }
                        }
                        Effect::Suspend if !jobs::has_shell() => messages.push_front(Msg::NoShell),
                        effect => {
                            if let Some(ended) = self.perform(effect)? {
                                return Ok(ended);
                            }
                        }
                    }
                }
            }
            if changed {
                self.screen.draw(|frame| (program.view)(program.model, frame)).map_err(Error::Draw)?;
                let new = program.keeper.drawn();
                told = told.or(new);
            }
            let Some(came) = input.wait(&mut self.signals).map_err(Error::Input)? else {
                return Ok(Ended::Signal(HANGUP));
            };
            let said = self.pause.as_mut().and_then(|pause| pause.after(!came.is_empty(), Instant::now()));
            messages.extend(came.into_iter().chain(said));
            if !messages.is_empty() {
                if let Some(told) = told.take() {
                    messages.push_front(told);
                }
                let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
                messages.push_front(Msg::Clock(milliseconds));
                messages.push_front(Msg::Time(seconds_since_1970()));
            }
        }
    }

    /// Returns a message if the terminal's size has changed.
    ///
    /// The size is measured, and not taken from an event: an event may be lost, and of many in a row only the last
    /// matters.
    fn new_size(&mut self) -> Option<Msg> {
        self.screen.take_new_size().map(|(width, height)| Msg::Resize(width, height))
    }

    /// Carries out an effect; returns the reason if that ends the run.
    fn perform(&mut self, effect: Effect) -> Result<Option<Ended>, Error> {
        match effect {
            Effect::Opened { .. } | Effect::Answered { .. } | Effect::Case(_) | Effect::OpenCase { .. } => Ok(None),
            Effect::Several(_) => Ok(None),
            Effect::Copy(text) => self.clipboard.send(&text).map_err(Error::Draw).map(|()| None),
            Effect::Suspend => self.suspend(Signals::stop_job),
            Effect::Quit => Ok(Some(Ended::Quit)),
            Effect::Interrupt => Ok(Some(Ended::Signal(INTERRUPT))),
        }
    }

    /// Gives the terminal back while the process is stopped.
    ///
    /// Afterwards takes the terminal again. If a signal came that ends the process, returns it instead, because the
    /// terminal may be gone by then.
    fn suspend(&mut self, stop: fn(&Signals)) -> Result<Option<Ended>, Error> {
        self.screen.leave();
        stop(&self.signals);
        match self.signals.termination() {
            Some(signal) => Ok(Some(Ended::Signal(signal))),
            None => self.screen.reenter().map(|()| None),
        }
    }
}
