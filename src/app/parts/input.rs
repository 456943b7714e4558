//! Draws a line that is being typed, with its prompt and cursor.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::app::line::LineEdit;
use crate::app::theme::{Role, Theme};
use crate::text;

/// Draws the line, scrolled so that the cursor is seen.
///
/// Draws `hint` if nothing is typed.
pub fn draw(frame: &mut Frame<'_>, area: Rect, theme: Theme, line: &LineEdit, hint: &'static str) {
    let prompt = theme.prompt();
    let room = usize::from(area.width).saturating_sub(text::width(prompt) + 1);
    let before = line.before_cursor();
    let seen = match line.is_read_from_start() && text::width(before) > room {
        true => before,
        false => text::end_that_fits(before, room),
    };
    let words = match line.text().get(before.len() - seen.len()..).unwrap_or_default() {
        "" => Span::styled(hint, theme.style(Role::Secondary)),
        shown => Span::styled(text::fit(&theme.text(shown), room, theme.ellipsis()), theme.style(Role::Title)),
    };
    let area = Rect { height: area.height.min(1), ..area };
    frame.render_widget(Line::from(vec![Span::styled(prompt, theme.style(Role::Accent)), words]), area);
    let column = u16::try_from(text::width(prompt) + text::width(seen)).unwrap_or(u16::MAX);
    frame.set_cursor_position(Position::new(area.x + column.min(area.width.saturating_sub(1)), area.y));
}
