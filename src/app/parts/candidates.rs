//! Draws the likeliest cards with their verdicts, and counts the rest.

use ratatui::text::{Line, Span};

use crate::app::theme::{Role, Theme};
use crate::export::verdict::word;
use crate::text;
use crate::walk::Walk;

/// The most cards that are named.
///
/// More are read by nobody, and the list of all has them.
const NAMED: usize = 5;

/// Columns of the word before a card.
const WORD: usize = 11;

/// Returns a line for each of the likeliest cards.
///
/// One more counts the rest. There are at most `height` lines.
pub fn lines(walk: &Walk, theme: Theme, width: usize, height: usize) -> Vec<Line<'static>> {
    let candidates = &walk.position().candidates;
    let most = NAMED.min(height);
    let fits = if candidates.len() <= most { most } else { NAMED.min(height.saturating_sub(1)) };
    let mut lines = Vec::new();
    for candidate in candidates.iter().take(fits) {
        let verdict = walk.verdicts().of_card(candidate.card);
        let badge = verdict.as_ref().map(|verdict| theme.badge(Role::of_verdict(verdict), word(verdict)));
        let badge = badge.unwrap_or_else(|| Span::raw(""));
        let gap = WORD.saturating_sub(text::width(&badge.content)).max(1);
        let title = &walk.tree().card(candidate.card).title;
        let room = width.saturating_sub(text::width(&badge.content) + gap);
        let title = text::fit(&theme.text(title), room, theme.ellipsis());
        lines.push(Line::from(vec![badge, Span::raw(" ".repeat(gap)), Span::raw(title)]));
    }
    let rest = candidates.len().saturating_sub(lines.len());
    if rest > 0 && height > 0 {
        lines.push(Line::from(theme.span(Role::Secondary, &format!("{:WORD$}{rest} more", ""))));
    }
    lines
}
