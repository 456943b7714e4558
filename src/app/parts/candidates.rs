//! Draws the cards that are still possible, as bars.

use ratatui::text::{Line, Span};

use crate::app::theme::{Role, Theme};
use crate::app::wording::percent;
use crate::text;
use crate::walk::Walk;

/// The width of a bar that stands for certainty.
const BAR: usize = 12;

/// One line a candidate, the likeliest first, with its share. At most `height` lines.
pub fn lines(walk: &Walk, theme: Theme, width: usize, height: usize) -> Vec<Line<'static>> {
    let candidates = &walk.position().candidates;
    let fits = if candidates.len() <= height { height } else { height.saturating_sub(1) };
    let most = candidates.first().map_or(1.0, |first| first.share);
    let mut lines = Vec::new();
    for candidate in candidates.iter().take(fits) {
        let filled = ((candidate.share / most) * BAR as f64).round().max(1.0) as usize;
        let bar = theme.symbol("━", "=").repeat(filled.min(BAR));
        let share = format!(" {:>4} ", percent(candidate.share));
        let title = &walk.tree().card(candidate.card).title;
        let room = width.saturating_sub(BAR + share.len());
        lines.push(Line::from(vec![
            Span::styled(format!("{bar:<BAR$}"), theme.style(Role::Accent)),
            Span::raw(share),
            Span::raw(text::fit(&theme.text(title), room, theme.ellipsis())),
        ]));
    }
    let hidden = candidates.len().saturating_sub(lines.len());
    if hidden > 0 && height > 0 {
        lines.push(Line::raw(format!("and {hidden} more")));
    }
    lines
}
