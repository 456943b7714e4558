//! Draws the header and the footer of every screen.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;

pub use super::columns::WIDE;
use super::{body, columns, footer, header};
use crate::app::keys::KeyContext;
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::text;

/// The least columns and rows in which anything is drawn.
pub const MIN_SIZE: (u16, u16) = (20, 6);

/// Below this many rows, the rules between the parts are left out.
const ROOMY: u16 = 16;

/// The area between header and footer for a terminal of this size.
pub fn body_area(size: (u16, u16)) -> Rect {
    let [_, _, body, _, _] = rows(Rect::new(0, 0, size.0, size.1));
    body
}

/// Header, rule, body, rule and footer. The body keeps a column free on both sides.
fn rows(area: Rect) -> [Rect; 5] {
    let rule = if area.height < ROOMY { 0 } else { 1 };
    let [header, top, body, bottom, footer] = area.layout(&Layout::vertical([
        Constraint::Length(1),
        Constraint::Length(rule),
        Constraint::Fill(1),
        Constraint::Length(rule),
        Constraint::Length(1),
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
    let [top, rule_area, body, bottom, foot] = rows(frame.area());
    let has_rules = bottom.height > 0;
    frame.render_widget(header::line(theme, place, state, usize::from(top.width)), top);
    rule(frame, shared, rule_area, "", "");
    let below = match more {
        0 => String::new(),
        _ => format!(" {} {more} more {} PgDn ", theme.symbol("↓", "v"), theme.symbol("·", "-")),
    };
    let width = usize::from(foot.width);
    let corner = if !has_rules && more > 0 { format!(" {}{more}", theme.symbol("↓", "v")) } else { String::new() };
    // A short notice stands on the rule, for a moment in place of the note if it must; the lines of a longer one take
    // the end of the body.
    let on_rule = if has_rules { width.saturating_sub(4) } else { 0 };
    let mut said = notice(shared, body, on_rule);
    let last = if has_rules { said.pop().unwrap_or_default() } else { String::new() };
    let has_room = text::width(&last) + text::width(&below) + 5 <= width;
    let below = if has_room { below } else { String::new() };
    let body = above(frame, shared, body, said);
    rule(frame, shared, bottom, &last, &below);
    if shared.is_paused && shared.notice.is_none() {
        further_keys(frame, shared, context, bottom, text::width(&below));
    }
    let [foot, corner_area] = foot.layout(&Layout::horizontal([
        Constraint::Fill(1),
        Constraint::Length(u16::try_from(text::width(&corner)).unwrap_or(0)),
    ]));
    frame.render_widget(footer::line(&shared.keys, theme, context, usize::from(foot.width)), foot);
    frame.render_widget(Line::styled(corner, theme.style(Role::Title)), corner_area);
    body
}

/// Draws header and footer, and between them the lines from `scroll` on.
///
/// On a wide terminal, what else is known of the case stands beside them.
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
    match columns::beside(area) {
        Some([left, right]) => {
            body::draw(frame, left, lines, scroll);
            columns::draw_case(frame, shared, context, right);
        }
        None => body::draw(frame, area, lines, scroll),
    }
}

/// Returns the lines of the notice.
///
/// The last one has at most `last` columns. The notice can be read only here; some of the body stays.
fn notice(shared: &Shared, body: Rect, last: usize) -> Vec<String> {
    let theme = shared.theme;
    let Some(said) = &shared.notice else { return Vec::new() };
    let (said, width) = (theme.text(said), usize::from(body.width).max(1));
    if text::width(&said) <= last {
        return vec![said];
    }
    let mut lines = text::wrap(&said, width);
    let most = usize::from(body.height / 2).max(1);
    if lines.len() > most {
        let rest = lines.split_off(most - 1).join(" ");
        lines.push(text::fit(&rest, width, theme.ellipsis()));
    }
    if last > 0 {
        // The rule stays a rule under a long notice.
        lines.push(String::new());
    }
    lines
}

/// Draws the lines of a notice at the end of the body.
///
/// Returns the rest of the body.
fn above(frame: &mut Frame<'_>, shared: &Shared, body: Rect, said: Vec<String>) -> Rect {
    let taken = u16::try_from(said.len()).unwrap_or(body.height).min(body.height);
    let [rest, area] = body.layout(&Layout::vertical([Constraint::Fill(1), Constraint::Length(taken)]));
    let style = shared.theme.style(Role::Accent);
    frame.render_widget(
        Paragraph::new(said.into_iter().map(|line| Line::styled(line, style)).collect::<Vec<_>>()),
        area,
    );
    rest
}

/// Draws keys that have no room in the footer.
///
/// They stand on the rule above it, where they hide nothing that is being read.
fn further_keys(frame: &mut Frame<'_>, shared: &Shared, context: KeyContext, area: Rect, taken: usize) {
    let width = usize::from(area.width);
    let keys = footer::further(&shared.keys, shared.theme, context, width);
    let room = width.saturating_sub(taken + 4);
    if let Some(mut line) = keys.filter(|line| area.height > 0 && line.width() <= room) {
        line.push_span(Span::raw(" "));
        let columns = u16::try_from(line.width()).unwrap_or(area.width);
        frame.render_widget(line, Rect { width: columns.min(area.width), ..area });
    }
}

/// Draws a rule, with a notice and a note at its ends.
fn rule(frame: &mut Frame<'_>, shared: &Shared, area: Rect, notice: &str, note: &str) {
    if area.height == 0 {
        return;
    }
    let theme = shared.theme;
    let notice = if notice.is_empty() { String::new() } else { format!(" {notice} ") };
    let end = if note.is_empty() { 0 } else { 2 };
    let left = usize::from(area.width).saturating_sub(text::width(&notice) + text::width(note) + end);
    let line = |columns: usize| Span::styled(theme.line().repeat(columns), theme.style(Role::Rule));
    let spans = vec![
        Span::styled(notice, theme.style(Role::Accent)),
        line(left),
        Span::styled(note.to_owned(), theme.style(Role::Title)),
        line(end),
    ];
    frame.render_widget(Line::from(spans), area);
}

/// Says that the terminal is too small.
pub fn too_small(frame: &mut Frame<'_>) {
    let area = frame.area();
    let message = format!("needs {}x{}", MIN_SIZE.0, MIN_SIZE.1);
    frame.render_widget(Line::styled(message, Style::new()), area);
}
