//! Writes the footer: the keys that work now, in groups.

use ratatui::text::{Line, Span};

use crate::app::keys::{Action, BARE, KeyContext, KeyMap, KeyRow};
use crate::app::theme::{Role, Theme};
use crate::text;

/// The parts of the footer, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FooterGroup {
    /// Answers and choices of this screen.
    Act,
    /// Commands and values.
    Use,
    /// Other screens.
    Go,
}

fn group(action: Action) -> FooterGroup {
    match action {
        Action::Copy | Action::CopyCommand | Action::Values | Action::Follow => FooterGroup::Use,
        Action::Back
        | Action::Escape
        | Action::Next
        | Action::Previous
        | Action::Trail
        | Action::Evidence
        | Action::Report
        | Action::Search
        | Action::GoHome
        | Action::NewCase
        | Action::Progress
        | Action::Timer
        | Action::Help
        | Action::Interrupt
        | Action::Quit => FooterGroup::Go,
        _ => FooterGroup::Act,
    }
}

/// Returns the keys of a context, as many as fit.
///
/// The ways out and to the help always do. The others are taken in the order of the table.
pub fn line(keys: &KeyMap, theme: Theme, context: KeyContext, width: usize) -> Line<'static> {
    written(theme, &both(keys, theme, context, width).0)
}

/// Returns keys for which the footer has no room.
///
/// They are as many as fit; `None` if the footer has all.
pub fn further(keys: &KeyMap, theme: Theme, context: KeyContext, width: usize) -> Option<Line<'static>> {
    let (_, mut left) = both(keys, theme, context, width);
    while text::width(&written(theme, &left).to_string()) + 1 > width {
        left.pop();
    }
    (!left.is_empty()).then(|| written(theme, &left))
}

/// Returns the keys in the footer, and the others.
fn both(keys: &KeyMap, theme: Theme, context: KeyContext, width: usize) -> (Vec<KeyRow>, Vec<KeyRow>) {
    let rows: Vec<KeyRow> = keys.rows(context).into_iter().filter(|row| !row.short.is_empty()).collect();
    let is_fixed = |row: &KeyRow| matches!(row.action, Action::Help | Action::Back | Action::Escape);
    let mut shown: Vec<KeyRow> = rows.iter().filter(|row| is_fixed(row)).copied().collect();
    for row in rows.iter().filter(|row| !is_fixed(row)) {
        shown.push(*row);
        // A column is free on both sides.
        if text::width(&written(theme, &shown).to_string()) + 1 > width {
            shown.pop();
        }
    }
    // The table has the order in which keys are taken, and the one in which they stand.
    rows.into_iter().partition(|row| shown.iter().any(|other| other.action == row.action))
}

fn written(theme: Theme, rows: &[KeyRow]) -> Line<'static> {
    let mut rows = rows.to_vec();
    rows.sort_by_key(|row| group(row.action));
    let mut spans = vec![Span::raw(" ")];
    let mut before = None;
    for row in rows {
        let group = group(row.action);
        match before {
            None => {}
            Some(open) if open == group => spans.push(Span::raw("  ")),
            Some(_) => {
                spans.push(Span::styled(theme.symbol("  │  ", "  |  "), theme.style(Role::Secondary)));
            }
        }
        before = Some(group);
        spans.push(Span::styled(theme.symbol(row.shown.0, row.shown.1), theme.style(Role::Key)));
        if row.short != BARE {
            spans.push(Span::raw(format!(" {}", row.short)));
        }
    }
    Line::from(spans)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_stand_in_groups_and_the_ways_out_are_never_left_out() {
        for (context, name) in KeyContext::ALL {
            for width in [40, 80, 200] {
                let shown = line(&KeyMap::default(), Theme::default(), *context, width).to_string();
                assert!(text::width(&shown) <= width, "{name} at {width}: {shown}");
                let has_way_out = ["h ", "Esc "].iter().any(|key| shown.contains(key));
                assert!(has_way_out, "{name} at {width}: {shown}");
                assert!(context.is_typing() || shown.contains('?'), "{name} at {width}: {shown}");
            }
        }
        let shown = line(&KeyMap::default(), Theme::default(), KeyContext::Question, 80).to_string();
        assert!(shown.contains("  │  "), "{shown}");
    }

    #[test]
    fn keys_without_room_in_the_footer_are_the_further_ones() {
        let further =
            |context, width| further(&KeyMap::default(), Theme::default(), context, width).map(|line| line.to_string());
        let shown = further(KeyContext::Card, 80).unwrap_or_default();
        assert!(shown.contains("e evidence") && shown.contains("E escalate"), "{shown}");
        assert!(!shown.contains("d done") && text::width(&shown) < 80, "{shown}");
        assert_eq!(further(KeyContext::Note, 200), None);
    }
}
