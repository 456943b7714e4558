//! Draws lines that may be more than fit, and scrolls them.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::app::keys::Action;
use crate::app::theme::{Role, Theme};
use crate::text;

/// The most columns of text, which are read with ease.
///
/// Typography names 45 to 90 letters a line; commands ask for the upper end.
pub const MEASURE: usize = 84;

/// Lines that a turn of the wheel scrolls, as terminals do.
const WHEEL: usize = 3;

/// Returns the scroll position after an action, or `None`.
///
/// `lines` counts all lines.
pub fn scroll(action: Action, scroll: usize, height: usize, lines: impl FnOnce() -> usize) -> Option<usize> {
    let page = height.saturating_sub(1).max(1);
    let wanted = match action {
        Action::Up => scroll.saturating_sub(1),
        Action::Down => scroll + 1,
        Action::ScrollUp => scroll.saturating_sub(WHEEL),
        Action::ScrollDown => scroll + WHEEL,
        Action::PageUp => scroll.saturating_sub(page),
        Action::PageDown => scroll + page,
        Action::Top => 0,
        Action::Bottom => usize::MAX,
        _ => return None,
    };
    Some(wanted.min(lines().saturating_sub(height)))
}

/// Returns the nearest scroll position at which some rows are seen.
///
/// The rows are `first..=last`; the first one is seen if not all fit.
pub fn scroll_to(scroll: usize, first: usize, last: usize, height: usize) -> usize {
    scroll.max((last + 1).saturating_sub(height)).min(first)
}

/// Returns the selection after an action, if it is one that selects.
pub fn select(action: Action, selected: usize, entries: usize) -> Option<usize> {
    let last = entries.checked_sub(1)?;
    Some(match action {
        Action::Up => selected.checked_sub(1).unwrap_or(last),
        Action::Down if selected >= last => 0,
        Action::Down => selected + 1,
        Action::Top => 0,
        Action::Bottom => last,
        _ => return None,
    })
}

/// Counts the lines below those that are shown.
pub fn below(lines: usize, scroll: usize, height: u16) -> usize {
    lines.saturating_sub(scroll + usize::from(height))
}

/// Draws the lines from `scroll` on.
pub fn draw(frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'static>>, scroll: usize) {
    let shown: Vec<_> = lines.into_iter().skip(scroll).take(usize::from(area.height)).collect();
    frame.render_widget(Paragraph::new(shown), area);
}

/// Wraps text to a width behind a lead.
///
/// The lines are set in `style`, the first one after `first` and the others after as much space.
pub fn hanging(
    theme: Theme,
    first: Span<'static>,
    text: &str,
    style: ratatui::style::Style,
    width: usize,
) -> Vec<Line<'static>> {
    let (indent, width) = (text::width(&first.content), width.min(MEASURE));
    let mut lines = Vec::new();
    for (at, line) in text::wrap(&theme.text(text), width.saturating_sub(indent).max(1)).into_iter().enumerate() {
        let lead = if at == 0 { first.clone() } else { Span::raw(" ".repeat(indent)) };
        lines.push(Line::from(vec![lead, Span::styled(line, style)]));
    }
    lines
}

/// Returns a label and its text, both behind `indent`.
///
/// The text goes on under the label, to keep its lines long.
pub fn labeled(
    theme: Theme,
    indent: &'static str,
    label: Span<'static>,
    text: &str,
    width: usize,
) -> Vec<Line<'static>> {
    let whole = format!("{} {text}", label.content);
    let mut lines = hanging(theme, Span::raw(indent), &whole, ratatui::style::Style::new(), width);
    // The label is on the first line whole if it fits there; if not, it is not worth a style of its own.
    if let Some(first) = lines.first_mut()
        && let Some(words) = first.spans.pop()
    {
        match words.content.strip_prefix(theme.text(&label.content).as_str()) {
            Some(rest) => {
                let rest = Span::raw(rest.to_owned());
                first.spans.extend([label, rest]);
            }
            None => first.spans.push(words),
        }
    }
    lines
}

/// Returns an entry of a list that can be selected.
///
/// It has a number and the text, over as many lines as it takes. The selected one has a bar at its left edge, and is
/// inverse to the right edge where nothing lighter can be seen.
pub fn entry(theme: Theme, is_selected: bool, number: &str, label: &str, width: usize) -> Vec<Line<'static>> {
    let style = theme.style(if is_selected { Role::Selected } else { Role::Text });
    let key = if is_selected { style } else { theme.style(Role::Key) };
    let blank = " ".repeat(text::width(theme.marker()));
    let room = width.saturating_sub(blank.len());
    let mut lines = hanging(theme, Span::styled(number.to_owned(), key), label, style, room);
    for (at, line) in lines.iter_mut().enumerate() {
        let mark = match is_selected && (at == 0 || theme.unicode) {
            true => Span::styled(theme.marker(), theme.style(Role::Accent)),
            false => Span::raw(blank.clone()),
        };
        line.spans.insert(0, mark);
        if is_selected && style.add_modifier.contains(Modifier::REVERSED) {
            let used = line.width();
            line.spans.push(Span::styled(" ".repeat(width.saturating_sub(used)), style));
        }
    }
    lines
}

/// Returns an entry on one line, cut or filled to a width.
pub fn short_entry(theme: Theme, is_selected: bool, (number, label): (&str, &str), width: usize) -> Vec<Span<'static>> {
    let style = theme.style(if is_selected { Role::Selected } else { Role::Text });
    let key = if is_selected { style } else { theme.style(Role::Key) };
    let mark = match is_selected {
        true => Span::styled(theme.marker(), theme.style(Role::Accent)),
        false => Span::raw(" ".repeat(text::width(theme.marker()))),
    };
    let used = text::width(&mark.content) + text::width(number);
    let label = text::fit(&theme.text(label), width.saturating_sub(used + 1), theme.ellipsis());
    let gap = " ".repeat(width.saturating_sub(used + text::width(&label)));
    vec![mark, Span::styled(number.to_owned(), key), Span::styled(label, style), Span::raw(gap)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scrolling_stays_within_the_lines() {
        assert_eq!(scroll(Action::Down, 0, 4, || 10), Some(1));
        assert_eq!(scroll(Action::Down, 6, 4, || 10), Some(6));
        assert_eq!(scroll(Action::PageDown, 0, 4, || 10), Some(3));
        assert_eq!(scroll(Action::Bottom, 0, 4, || 10), Some(6));
        assert_eq!(scroll(Action::Up, 0, 4, || 10), Some(0));
        assert_eq!(scroll(Action::PageDown, 0, 0, || 0), Some(0));
        assert_eq!(scroll(Action::Choose, 0, 4, || 10), None);
    }

    #[test]
    fn a_selected_row_is_brought_into_view() {
        assert_eq!(scroll_to(0, 5, 5, 4), 2);
        assert_eq!(scroll_to(9, 5, 5, 4), 5);
        assert_eq!(scroll_to(3, 5, 5, 4), 3);
        assert_eq!(scroll_to(0, 5, 9, 2), 5, "the beginning of what does not fit");
    }

    #[test]
    fn a_selection_goes_round() {
        assert_eq!(select(Action::Down, 2, 3), Some(0));
        assert_eq!(select(Action::Up, 0, 3), Some(2));
        assert_eq!(select(Action::Down, 0, 0), None);
        assert_eq!(select(Action::Down, 9, 3), Some(0), "a list that has become shorter");
    }
}
