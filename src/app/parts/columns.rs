//! Splits a wide screen, and draws the case beside a list.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::Line;

use super::{body, candidates};
use crate::app::keys::KeyContext;
use crate::app::state::Shared;
use crate::app::theme::{Role, Theme};
use crate::export::timeline::Timeline;
use crate::session::walks;
use crate::walk::Walk;

/// From this many columns on, a screen has two columns.
pub const WIDE: u16 = 110;

/// The columns of a column of text.
const MEASURE: u16 = body::MEASURE as u16;

/// The fewest columns of a second column.
const NARROWEST: u16 = 40;

/// Columns between two columns.
const GAP: u16 = 3;

/// Returns two columns, or `None` if there is no room for them.
///
/// The left one has the measure of text where the right one keeps enough.
pub fn split(area: Rect) -> Option<[Rect; 2]> {
    (area.width + 2 >= WIDE).then(|| at(area, MEASURE.min(area.width * 52 / 100)))
}

/// Returns a column of text and the rest.
///
/// `None` if the rest is too narrow.
pub fn beside(area: Rect) -> Option<[Rect; 2]> {
    (area.width >= MEASURE + GAP + NARROWEST).then(|| at(area, MEASURE))
}

fn at(area: Rect, left: u16) -> [Rect; 2] {
    area.layout(&Layout::horizontal([Constraint::Length(left), Constraint::Fill(1)]).spacing(GAP))
}

/// Draws the part of the case that a list does not show.
pub fn draw_case(frame: &mut Frame<'_>, shared: &Shared, context: KeyContext, area: Rect) {
    let Some(walk) = &shared.session.walk else { return };
    let (theme, width) = (shared.theme, usize::from(area.width));
    let lines = match context {
        _ if !walks::has_events(walk) => return,
        KeyContext::Evidence | KeyContext::Trail => possible(walk, theme, width, usize::from(area.height)),
        KeyContext::Shortlist | KeyContext::References => began(walk, theme, width),
        _ => return,
    };
    body::draw(frame, area, lines, 0);
}

/// Returns the likeliest cards under their heading.
pub fn possible(walk: &Walk, theme: Theme, width: usize, height: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled("Still possible", theme.style(Role::Title))];
    lines.extend(candidates::lines(walk, theme, width, height.saturating_sub(1)));
    lines
}

/// Returns what the evidence shows, in the order in which it began.
fn began(walk: &Walk, theme: Theme, width: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for part in &Timeline::of(walk).parts {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.push(Line::styled(theme.text(&part.heading), theme.style(Role::Title)));
        for (time, says) in &part.rows {
            let lead = theme.span(Role::Secondary, &format!("{time}  "));
            lines.extend(body::hanging(theme, lead, says, theme.style(Role::Text), width));
        }
    }
    lines
}
