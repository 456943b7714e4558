//! Draws the header and the footer of every screen.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

use crate::app::keys::{self, Action, KeyContext};
use crate::app::parts::body;
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::text;

/// The least columns and rows in which anything is drawn.
pub const MIN_SIZE: (u16, u16) = (20, 6);

/// From this many columns on, a screen has two columns.
pub const WIDE: u16 = 110;

/// Below this many rows, the rules between the parts are left out.
const ROOMY: u16 = 16;

/// The area between header and footer for a terminal of this size.
pub fn body_area(size: (u16, u16)) -> Rect {
    let [_, _, body, _, _] = rows(Rect::new(0, 0, size.0, size.1), 1);
    body
}

/// Header, rule, body, rule, and a footer of so many rows. The body keeps a column free on both sides.
fn rows(area: Rect, foot: u16) -> [Rect; 5] {
    let rule = if area.height < ROOMY { 0 } else { 1 };
    let [header, top, body, bottom, footer] = area.layout(&Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(rule),
        Constraint::Fill(1),
        Constraint::Length(rule),
        Constraint::Length(foot),
    ]));
    let margin = u16::from(area.width >= 40);
    let body = Rect { x: body.x + margin, width: body.width.saturating_sub(2 * margin), ..body };
    [header, top, body, bottom, footer]
}

/// Draws header and footer; returns the area between them. `more` is the number of lines below what is shown.
pub fn draw(
    frame: &mut Frame<'_>,
    shared: &Shared,
    context: KeyContext,
    place: &str,
    state: &str,
    more: usize,
) -> Rect {
    let theme = shared.theme;
    let has_rules = frame.area().height >= ROOMY;
    let corner = if !has_rules && more > 0 { format!(" {}{more}", theme.symbol("↓", "v")) } else { String::new() };
    let notice = notice(shared, frame.area(), text::width(&corner));
    let foot = notice.as_ref().and_then(|lines| u16::try_from(lines.len()).ok()).unwrap_or(1);
    let [header, top, body, bottom, footer] = rows(frame.area(), foot);
    let width = usize::from(header.width);
    let name = " wherefore ";
    let room = |state: &str| width.saturating_sub(text::width(name) + text::width(state) + 5);
    let place = theme.text(place);
    // Where there is little room, the first part of the state says enough.
    let is_tight = width < 60 || text::width(&place) > room(state);
    let state = theme.text(if is_tight { state.split(" · ").next().unwrap_or_default() } else { state });
    let place = text::fit(&place, room(&state), theme.ellipsis());
    let place = if place.is_empty() { place } else { format!("{} {place}", theme.symbol("·", "-")) };
    let gap = width.saturating_sub(text::width(name) + text::width(&place) + text::width(&state) + 1);
    let mut spans = vec![Span::styled(name, theme.style(Role::Accent)), Span::styled(place, theme.style(Role::Title))];
    if gap > 0 {
        spans.push(Span::raw(" ".repeat(gap)));
        spans.push(Span::raw(state));
    }
    frame.render_widget(Line::from(spans), header);
    rule(frame, shared, top, "");
    let below = if more > 0 {
        format!(" {} {more} more {} PgDn ", theme.symbol("↓", "v"), theme.symbol("·", "-"))
    } else {
        String::new()
    };
    rule(frame, shared, bottom, &below);
    let [footer, corner_area] = footer.layout(&Layout::horizontal([
        Constraint::Fill(1),
        Constraint::Length(u16::try_from(text::width(&corner)).unwrap_or(0)),
    ]));
    let width = usize::from(footer.width);
    match notice {
        Some(lines) => frame.render_widget(Paragraph::new(lines), footer),
        None => frame.render_widget(key_line(shared, context, width), footer),
    }
    frame.render_widget(Line::styled(corner, theme.style(Role::Title)), corner_area);
    body
}

/// Draws header and footer, and between them the lines from `scroll` on.
pub fn draw_lines(
    frame: &mut Frame<'_>,
    shared: &Shared,
    context: KeyContext,
    (place, state): (&str, &str),
    lines: Vec<Line<'static>>,
    scroll: usize,
) {
    let size = frame.area();
    let height = body_area((size.width, size.height)).height;
    let scroll = scroll.min(lines.len().saturating_sub(usize::from(height)));
    let below = body::below(lines.len(), scroll, height);
    let area = draw(frame, shared, context, place, state, below);
    body::draw(frame, area, lines, scroll);
}

/// Returns the notice, over as many rows as it takes.
///
/// It can be read only here. Some of the body stays.
fn notice(shared: &Shared, area: Rect, corner: usize) -> Option<Vec<Line<'static>>> {
    let theme = shared.theme;
    // A column is free on both sides.
    let width = usize::from(area.width).saturating_sub(2 + corner).max(1);
    let mut lines = text::wrap(&theme.text(shared.notice.as_ref()?), width);
    let most = usize::from(area.height / 2).max(1);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(text::fit(&rest, width, theme.ellipsis()));
    }
    Some(lines.into_iter().map(|line| Line::styled(format!(" {line}"), theme.style(Role::Accent))).collect())
}

fn rule(frame: &mut Frame<'_>, shared: &Shared, area: Rect, note: &str) {
    if area.height == 0 {
        return;
    }
    let width = usize::from(area.width);
    let note_width = text::width(note);
    let left = width.saturating_sub(note_width + 2);
    let line = shared.theme.line();
    let spans = vec![
        Span::styled(line.repeat(left), shared.theme.style(Role::Secondary)),
        Span::styled(note.to_owned(), shared.theme.style(Role::Title)),
        Span::styled(line.repeat(width.saturating_sub(left + note_width)), shared.theme.style(Role::Secondary)),
    ];
    frame.render_widget(Line::from(spans), area);
}

/// Returns the keys of the context, as many as fit.
///
/// Help and quit always do.
fn key_line(shared: &Shared, context: KeyContext, width: usize) -> Line<'static> {
    let theme = shared.theme;
    let shown = |row: &keys::KeyRow| {
        let keys = theme.symbol(row.shown.0, row.shown.1);
        (keys, row.short, text::width(keys) + text::width(row.short) + 3)
    };
    let rows: Vec<_> = keys::rows(context).filter(|row| !row.short.is_empty()).collect();
    let is_fixed = |row: &keys::KeyRow| matches!(row.action, Action::Help | Action::Quit);
    let fixed: usize = rows.iter().filter(|row| is_fixed(row)).map(|row| shown(row).2).sum();
    let mut used = fixed + 1;
    let mut spans = vec![Span::raw(" ")];
    for row in rows {
        let (keys, short, taken) = shown(row);
        if !is_fixed(row) {
            if used + taken > width {
                continue;
            }
            used += taken;
        }
        spans.push(Span::styled(keys, theme.style(Role::Key)));
        spans.push(Span::raw(format!(" {short}  ")));
    }
    if context.is_typing() {
        spans.push(Span::styled("Esc", theme.style(Role::Key)));
        spans.push(Span::raw(" close"));
    }
    Line::from(spans)
}

/// Says that the terminal is too small.
pub fn too_small(frame: &mut Frame<'_>) {
    let area = frame.area();
    let message = format!("needs {}x{}", MIN_SIZE.0, MIN_SIZE.1);
    frame.render_widget(Line::styled(message, Style::new()), area);
}
