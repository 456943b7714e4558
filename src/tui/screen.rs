//! Draws frames on the terminal, and measures its size.
//!
//! Knows nothing of keys and messages. ratatui always gets a fixed size: a terminal without a size then shows something
//! too, and program and picture never disagree on the size.

use std::cell::RefCell;
use std::io::{self, Write};
use std::rc::Rc;

use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::queue;
use ratatui::crossterm::terminal::{self, BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::layout::Rect;
use ratatui::{Frame, Terminal, TerminalOptions, Viewport};

use super::Error;
use super::modes::{TerminalModes, write_at_once};

/// Columns and rows if neither the terminal nor the environment has any.
const USUAL_SIZE: (u16, u16) = (80, 24);
/// Most columns and rows.
///
/// No real screen is larger, but a confused terminal may claim so, and every cell costs memory.
const LARGEST_SIZE: (u16, u16) = (2000, 1000);

/// The terminal as a place to draw on.
#[derive(Debug)]
pub(super) struct TerminalScreen {
    /// Held while the program has the terminal.
    modes: Option<TerminalModes>,
    /// The last frame; `None` if the next must be drawn in full.
    picture: Option<Picture>,
    fallback_size: Option<(u16, u16)>,
    size: (u16, u16),
    size_is_new: bool,
}

impl TerminalScreen {
    /// Switches the terminal to full screen.
    pub(super) fn enter(fallback_size: Option<(u16, u16)>) -> Result<Self, Error> {
        let modes = Some(TerminalModes::enter()?);
        Ok(Self { modes, picture: None, fallback_size, size: (0, 0), size_is_new: false })
    }

    /// Gives the terminal back.
    pub(super) fn leave(&mut self) {
        self.modes = None;
    }

    /// Switches the terminal again, whatever others have done to it.
    pub(super) fn reenter(&mut self) -> Result<(), Error> {
        self.leave();
        self.modes = Some(TerminalModes::enter()?);
        self.forget();
        Ok(())
    }

    /// Forgets what the terminal shows.
    ///
    /// The next call of `take_new_size` returns the size again, and the next frame is drawn in full.
    pub(super) fn forget(&mut self) {
        self.picture = None;
        self.size_is_new = true;
    }

    /// Returns columns and rows, if they have changed since the last call.
    pub(super) fn take_new_size(&mut self) -> Option<(u16, u16)> {
        let size = usable_size(measured_size(), self.fallback_size);
        if size != self.size {
            self.size = size;
            self.forget();
        }
        std::mem::take(&mut self.size_is_new).then_some(size)
    }

    /// Draws a frame in one write.
    pub(super) fn draw(&mut self, render: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        let picture = match &mut self.picture {
            Some(picture) => picture,
            none => none.insert(Picture::blank(self.size)?),
        };
        picture.terminal.draw(render)?;
        let drawn = picture.bytes.take();
        let mut bytes = Vec::with_capacity(drawn.len() + 16);
        // Terminals that know mode 2026 show the frame at once; the others ignore it.
        queue!(bytes, BeginSynchronizedUpdate)?;
        bytes.extend(drawn);
        queue!(bytes, EndSynchronizedUpdate)?;
        write_at_once(&bytes)
    }
}

/// The cells that ratatui knows, and its unwritten bytes.
#[derive(Debug)]
struct Picture {
    terminal: Terminal<CrosstermBackend<Bytes>>,
    bytes: Bytes,
}

impl Picture {
    /// Creates an empty picture; its first frame clears the terminal.
    fn blank((width, height): (u16, u16)) -> io::Result<Self> {
        let mut bytes = Bytes::default();
        queue!(bytes, Clear(ClearType::All))?;
        let viewport = Viewport::Fixed(Rect::new(0, 0, width, height));
        let terminal = Terminal::with_options(CrosstermBackend::new(bytes.clone()), TerminalOptions { viewport })?;
        Ok(Self { terminal, bytes })
    }
}

/// Collects the bytes that ratatui writes.
///
/// ratatui flushes several times in a frame, and a panic may leave half of one. The bytes are therefore shared, and
/// [`Screen::draw`] writes them when the frame is complete.
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

/// Returns the terminal's columns and rows; 0 if unknown.
pub(super) fn measured_size() -> (u16, u16) {
    // `terminal::size` would start another program if the terminal does not respond.
    #[cfg(unix)]
    let size = terminal::window_size().map(|size| (size.columns, size.rows));
    #[cfg(not(unix))]
    let size = terminal::size();
    size.unwrap_or_default()
}

/// Returns the size to draw in.
///
/// A serial console has no size of its own.
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
