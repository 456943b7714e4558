//! The terminal program as a pure machine: what is shown, what a key means, what is to be done.
//!
//! `update` is the only way in which the model changes, and what the world is to do comes out of it as a value.
//! `view` only reads. Nothing here touches a terminal, a file or a clock.

use ratatui::Frame;

pub mod keys;

use keys::Key;

/// Something that happened outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted, as one piece.
    Paste(String),
    /// The terminal has this many columns and rows now.
    Resize(u16, u16),
}

/// Something that is to be done outside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send this text to the terminal's clipboard.
    Copy(String),
    /// Give the terminal back and stop the process until it is continued.
    Suspend,
    /// End, as the operator wants it.
    Quit,
    /// End at once, as by an interrupt.
    Interrupt,
}

/// Everything the program knows between two messages.
#[derive(Debug)]
pub struct Model {
    size: (u16, u16),
}

/// Lets something happen.
pub fn update(model: &mut Model, msg: Msg) -> Option<Effect> {
    match msg {
        Msg::Resize(width, height) => {
            model.size = (width, height);
            None
        }
        Msg::Key(Key::Char('q')) => Some(Effect::Quit),
        Msg::Key(_) | Msg::Paste(_) => None,
    }
}

/// Draws what is to be seen.
pub fn view(_model: &Model, _frame: &mut Frame<'_>) {}
