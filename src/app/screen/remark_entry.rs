//! Takes a remark: what a person saw or heard, in words.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::keys::{Action, KeyContext};
use crate::app::line::LineEdit;
use crate::app::parts::{body, frame as parts_frame, input};
use crate::app::state::Shared;
use crate::app::theme::{Role, Theme};
use crate::app::transition::Transition;
use crate::app::wording::place;
use crate::session::add_remark;
use crate::text::CleanText;

/// The text that is being typed.
#[derive(Debug, Default)]
pub struct RemarkEntry {
    line: LineEdit,
}

impl RemarkEntry {
    /// Adds pasted text to the line.
    pub fn paste(&mut self, text: &str) {
        self.line.insert(text);
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        match action {
            Action::Escape => return Transition::Close,
            Action::Choose => {
                let Some(walk) = shared.session.walk.as_mut() else { return Transition::Close };
                let said = add_remark(walk, self.line.text());
                shared.tell(said);
                return Transition::Close;
            }
            _ => {}
        }
        self.line.handle(action);
        Transition::Stay
    }

    /// Draws the line, and the remarks so far.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let Some(walk) = &shared.session.walk else { return };
        let area = parts_frame::draw(frame, shared, KeyContext::RemarkEntry, &place(walk), "a remark", 0);
        let typed = Rect { height: area.height.min(1), ..area };
        input::draw(frame, typed, shared.theme, &self.line, "what you saw or heard, for the note");
        let below = area.height.min(2);
        let below = Rect { y: area.y + below, height: area.height - below, ..area };
        let lines = known(shared.theme, &walk.known().remarks, usize::from(below.width));
        body::draw(frame, below, lines, 0);
    }
}

/// Returns the remarks so far.
fn known(theme: Theme, remarks: &[CleanText], width: usize) -> Vec<Line<'static>> {
    if remarks.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::styled("In the note so far", theme.style(Role::Title))];
    for remark in remarks {
        lines.extend(body::hanging(theme, Span::raw("  "), remark, Style::new(), width));
    }
    lines
}
