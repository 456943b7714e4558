//! Writes the header: the place, the verdict, the progress.

use ratatui::text::{Line, Span};

use crate::app::theme::{Role, Theme};
use crate::text;

/// Stands between the parts of a place.
pub const CRUMB: &str = " › ";

/// The name of the program, at places that have no other.
const NAME: &str = "wherefore";

/// The fewest columns of an answer that is cut.
const SHORTEST: usize = 10;

/// The words that begin a verdict, with their badges.
///
/// `export::verdict` writes them.
const VERDICTS: &[(&str, &str, Role)] = &[
    ("Confirmed", "CONFIRMED", Role::Confirmed),
    ("Likely", "likely", Role::Likely),
    ("Possible", "possible", Role::Possible),
    ("Ruled out", "ruled out", Role::RuledOut),
];

/// Returns the header of a place, which is parts joined by [`CRUMB`].
///
/// Where there is little room, the first part of the state stays, and the first and the latest parts of the place.
pub fn line(theme: Theme, place: &str, state: &str, width: usize) -> Line<'static> {
    let whole = spans_of_state(theme, state);
    let short = spans_of_state(theme, state.split(" · ").next().unwrap_or_default());
    let columns = |spans: &[Span<'_>]| spans.iter().map(|span| text::width(&span.content)).sum::<usize>();
    // A column is free on both sides, and three between the two.
    let room = |state: &[Span<'_>]| width.saturating_sub(columns(state) + 2 + 3);
    let is_tight = width < 60 || text::width(place) > room(&whole).max(width / 2);
    let state = if is_tight { short } else { whole };
    let crumbs = crumbs(theme, place, room(&state));
    let used: usize = 1 + columns(&crumbs) + columns(&state) + 1;
    let mut spans = vec![Span::raw(" ")];
    spans.extend(crumbs);
    if width > used {
        spans.push(Span::raw(" ".repeat(width - used)));
        spans.extend(state);
    }
    Line::from(spans)
}

/// Returns the parts of a place that fit.
///
/// The oldest after the first are dropped.
fn crumbs(theme: Theme, place: &str, room: usize) -> Vec<Span<'static>> {
    let parts: Vec<String> = place.split(CRUMB).map(|part| theme.text(part)).collect();
    let Some((first, rest)) = parts.split_first() else { return Vec::new() };
    let first = if first.is_empty() { NAME } else { first };
    let arrow = theme.arrow();
    let mut shown = vec![first.to_owned()];
    let width_of = |parts: &[String]| {
        let arrows = parts.len().saturating_sub(1) * text::width(arrow);
        parts.iter().map(|part| text::width(part)).sum::<usize>() + arrows
    };
    for dropped in 0..=rest.len() {
        let mark = (dropped > 0).then(|| theme.ellipsis().to_owned());
        let kept = rest.iter().skip(dropped).cloned();
        shown = std::iter::once(first.to_owned()).chain(mark).chain(kept).collect();
        if width_of(&shown) <= room {
            break;
        }
    }
    // The beginning of the latest part says more than the mark alone.
    let left = room.saturating_sub(text::width(first) + text::width(arrow));
    if let Some(latest) = rest.last().filter(|_| shown.len() == 2 && left >= SHORTEST) {
        shown = vec![first.to_owned(), text::fit(latest, left, theme.ellipsis())];
    }
    if width_of(&shown) > room {
        shown = vec![text::fit(first, room, theme.ellipsis())];
    }
    let last = shown.len().saturating_sub(1);
    let mut spans = Vec::new();
    for (at, part) in shown.into_iter().enumerate() {
        if at > 0 {
            spans.push(Span::styled(arrow, theme.style(Role::Secondary)));
        }
        let role = match at {
            0 => Role::Accent,
            _ if at == last => Role::Title,
            _ => Role::Text,
        };
        spans.push(Span::styled(part, theme.style(role)));
    }
    spans
}

/// Returns the state, with the badge of its verdict.
fn spans_of_state(theme: Theme, state: &str) -> Vec<Span<'static>> {
    let verdict = VERDICTS.iter().find_map(|(begins, badge, role)| Some((state.strip_prefix(begins)?, badge, role)));
    match verdict {
        None => vec![Span::raw(theme.text(state))],
        Some((rest, badge, role)) => {
            let rest = rest.trim_start_matches([';', ',', ' ']);
            let mut spans = vec![theme.badge(*role, badge)];
            if !rest.is_empty() {
                spans.push(theme.span(Role::Secondary, &format!("  {rest}")));
            }
            spans
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(place: &str, state: &str, width: usize) -> String {
        line(Theme::default(), place, state, width).to_string().trim_end().to_owned()
    }

    #[test]
    fn all_answers_that_fit_are_shown_and_the_oldest_are_dropped() {
        let place = "Lamps › a lamp is dark › one lamp alone › the bulb is grey";
        assert_eq!(shown(place, "3 cards", 80), format!(" {place}{}3 cards", " ".repeat(80 - 58 - 2 - 7)));
        assert_eq!(shown(place, "3 cards", 62), " Lamps › … › one lamp alone › the bulb is grey        3 cards");
        assert!(shown(place, "3 cards", 45).starts_with(" Lamps › … › the bulb is grey "));
        assert!(shown(place, "3 cards", 38).starts_with(" Lamps › the bulb is grey "));
        assert!(shown(place, "3 cards", 24).starts_with(" Lamps"));
        assert_eq!(shown("", "", 20), " wherefore");
    }

    #[test]
    fn the_second_part_of_the_state_goes_where_there_is_little_room() {
        assert!(shown("Lamps", "3 cards · about 2 questions", 80).contains("about 2 questions"));
        assert!(!shown("Lamps", "3 cards · about 2 questions", 40).contains("about"));
    }

    #[test]
    fn a_verdict_is_a_badge_with_its_word() {
        let theme = Theme::default();
        for (state, shown, role) in [
            ("Confirmed by line 3", " CONFIRMED   by line 3", Role::Confirmed),
            ("Likely; 2 others fit", "likely  2 others fit", Role::Likely),
            ("Possible; no other fits", "possible  no other fits", Role::Possible),
            ("Ruled out", "ruled out", Role::RuledOut),
        ] {
            let spans = spans_of_state(theme, state);
            assert_eq!(spans.iter().map(|span| span.content.as_ref()).collect::<String>(), shown);
            assert_eq!(spans.first().map(|span| span.style), Some(theme.style(role)), "{state}");
        }
        assert_eq!(spans_of_state(theme, "You opened this card").len(), 1);
    }

    #[test]
    fn no_width_breaks_the_header() {
        for width in 0..120 {
            let drawn =
                shown("Lamps of a house › a lamp is dark › one lamp", "Confirmed by line 3 of your paste", width);
            assert!(text::width(&drawn) <= width.max(1), "{width}: {drawn:?}");
        }
    }
}
