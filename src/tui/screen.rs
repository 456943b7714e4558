//! The picture: its size, and the bytes that bring the terminal from one frame to the next.
//!
//! Knows nothing of keys and messages. ratatui is given a fixed size at all times, so that a terminal without one
//! shows something too, and so that the program and the picture never disagree on it.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::queue;
use ratatui::crossterm::terminal::{self, Clear, ClearType};
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::Error;
use super::modes::{Modes, write_at_once};

/// The size of a terminal that does not know its own, where the environment does not know it either.
const USUAL_SIZE: (u16, u16) = (80, 24);
/// No screen is larger, but a confused terminal may say so; every cell costs memory.
const LARGEST_SIZE: (u16, u16) = (2000, 1000);

/// The terminal as a place to draw on.
#[derive(Debug)]
pub(super) struct Screen {
    /// Held while the terminal is ours.
    modes: Option<Modes>,
    /// The last frame and the way to the next; none where the next frame must be drawn in full.
    picture: Option<Picture>,
    fallback_size: Option<(u16, u16)>,
    size: (u16, u16),
    size_is_new: bool,
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn enter(fallback_size: Option<(u16, u16)>) -> Result<Self, Error> {
        let modes = Some(Modes::enter()?);
        Ok(Self { modes, picture: None, fallback_size, size: (0, 0), size_is_new: false })
    }

    /// Gives the terminal back.
    pub(super) fn leave(&mut self) {
        self.modes = None;
    }

    /// Takes the terminal again, whatever others have done to it.
    pub(super) fn reenter(&mut self) -> Result<(), Error> {
        self.leave();
        self.modes = Some(Modes::enter()?);
        self.forget();
        Ok(())
    }

    /// What the terminal shows is not known any more: the program is told the size again and draws everything.
    pub(super) fn forget(&mut self) {
        self.picture = None;
        self.size_is_new = true;
    }

    /// Columns and rows, where they are others than those last taken.
    pub(super) fn take_new_size(&mut self) -> Option<(u16, u16)> {
        let size = usable_size(measured_size(), self.fallback_size);
        if size != self.size {
            self.size = size;
            self.forget();
        }
        std::mem::take(&mut self.size_is_new).then_some(size)
    }

    /// Draws a frame, in one write.
    pub(super) fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let picture = match &mut self.picture {
            Some(picture) => picture,
            none => none.insert(Picture::blank(self.size)?),
        };
        picture.terminal.draw(render)?;
        write_at_once(&picture.bytes.take())
    }
}

/// What ratatui knows of the terminal's cells, and the bytes it has for it.
#[derive(Debug)]
struct Picture {
    terminal: Terminal<CrosstermBackend<Bytes>>,
    bytes: Bytes,
}

impl Picture {
    /// An empty picture of this size, with which the first frame clears the terminal.
    fn blank((width, height): (u16, u16)) -> io::Result<Self> {
        let mut bytes = Bytes::default();
        queue!(bytes, Clear(ClearType::All))?;
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        let terminal = Terminal::with_options(CrosstermBackend::new(bytes.clone()), TerminalOptions { viewport })?;
        Ok(Self { terminal, bytes })
    }
}

/// Collects what ratatui writes. It flushes several times in a frame, and a panic may leave half of one: so the bytes
/// are shared, and written by us when the frame is whole.
#[derive(Clone, Debug, Default)]
struct Bytes(Rc<RefCell<Vec<u8>>>);

impl Bytes {
    fn take(&self) -> Vec<u8> {
        self.0.take()
    }
}

impl Write for Bytes {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Columns and rows as the terminal says; nothing of either where it does not say.
fn measured_size() -> (u16, u16) {
    // `terminal::size` would start another program where the terminal does not answer.
    #[cfg(unix)]
    let size = terminal::window_size().map(|size| (size.columns, size.rows));
    #[cfg(not(unix))]
    let size = terminal::size();
    size.unwrap_or_default()
}

/// The size to draw in: a serial console has none of its own.
fn usable_size((width, height): (u16, u16), fallback: Option<(u16, u16)>) -> (u16, u16) {
    let (width, height) = if width == 0 || height == 0 { fallback.unwrap_or(USUAL_SIZE) } else { (width, height) };
    (width.min(LARGEST_SIZE.0), height.min(LARGEST_SIZE.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_found_for_every_terminal() {
        for (measured, fallback, expected) in [
            ((100, 30), None, (100, 30)),
            ((100, 30), Some((132, 43)), (100, 30)),
            ((1, 1), None, (1, 1)),
            ((0, 0), None, (80, 24)),
            ((0, 0), Some((132, 43)), (132, 43)),
            ((80, 0), Some((132, 43)), (132, 43)),
            ((0, 24), None, (80, 24)),
            ((u16::MAX, u16::MAX), None, LARGEST_SIZE),
            ((0, 0), Some((u16::MAX, 5)), (2000, 5)),
        ] {
            assert_eq!(usable_size(measured, fallback), expected, "{measured:?} {fallback:?}");
        }
    }

    #[test]
    fn the_first_frame_clears_and_the_next_writes_only_what_changed() {
        let mut picture = Picture::blank((10, 3)).unwrap();
        let mut frame = |text: &'static str| {
            picture.terminal.draw(|frame| frame.render_widget(ratatui::text::Line::raw(text), frame.area())).unwrap();
            String::from_utf8(picture.bytes.take()).unwrap()
        };
        let first = frame("first");
        assert!(first.starts_with("\x1b[2J") && first.contains("first"), "{first:?}");
        let second = frame("fifth");
        assert!(!second.contains("\x1b[2J") && !second.contains("fi") && second.contains("fth"), "{second:?}");
    }

    #[test]
    fn tiny_pictures_can_be_drawn() {
        for size in [(1, 1), (1, 5), (5, 1), (2, 2)] {
            let mut picture = Picture::blank(size).unwrap();
            picture.terminal.draw(|frame| frame.render_widget(ratatui::text::Line::raw("text"), frame.area())).unwrap();
        }
    }
}
