//! Shows what the program does, and the table of keys.
//!
//! The keys of the screen below come first.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::keys::{self, Action, KeyContext};
use crate::app::parts::{body, frame as parts_frame};
use crate::app::state::Shared;
use crate::app::theme::{Role, Theme};
use crate::app::transition::Transition;
use crate::text;

const ABOUT: &str = "Answer what you observe, and read the card at the end: what it is, why, what to do first, how to \
see that it worked. \"Don't know\" is always a good answer. Any answer can be changed later; nothing else is lost. \
Paste a log line at any time to look it up; the card you open goes on with the walk, with the line as evidence. Nothing leaves this machine, and no command is ever run for you.";

/// The state of the help.
#[derive(Debug)]
pub struct Help {
    of: KeyContext,
    scroll: usize,
}

impl Help {
    /// The help for a screen.
    pub fn new(of: KeyContext) -> Self {
        Self { of, scroll: 0 }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        if matches!(action, Action::Escape | Action::Back) {
            return Transition::Close;
        }
        let area = parts_frame::body_area(shared.size);
        let count = || self.lines(shared.theme, usize::from(area.width)).len();
        self.scroll = body::scroll(action, self.scroll, usize::from(area.height), count).unwrap_or(self.scroll);
        Transition::Stay
    }

    /// Draws the help.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let size = frame.area();
        let area = parts_frame::body_area((size.width, size.height));
        let lines = self.lines(shared.theme, usize::from(area.width));
        parts_frame::draw_lines(frame, shared, KeyContext::Help, ("Help", ""), lines, self.scroll);
    }

    fn lines(&self, theme: Theme, width: usize) -> Vec<Line<'static>> {
        let mut lines = body::hanging(theme, Span::raw(""), ABOUT, Style::new(), width);
        let this = KeyContext::ALL.iter().filter(|(context, _)| *context == self.of);
        let others = KeyContext::ALL.iter().filter(|(context, _)| *context != self.of);
        for (context, name) in this.chain(others) {
            lines.push(Line::default());
            lines.push(Line::styled(*name, theme.style(Role::Title)));
            for row in keys::rows(*context) {
                let keys = theme.symbol(row.shown.0, row.shown.1);
                let gap = " ".repeat(8_usize.saturating_sub(text::width(keys)));
                let lead = Span::styled(format!("  {keys}{gap}"), theme.style(Role::Key));
                lines.extend(body::hanging(theme, lead, row.about, Style::new(), width));
            }
        }
        lines
    }
}
