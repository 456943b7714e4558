//! Lists cases on the first screen.

use ratatui::text::Span;

use super::list::ListPage;
use crate::app::theme::Role;
use crate::case::ListedCase;
use crate::export::format::ago;
use crate::session::walks;
use crate::text;
use crate::walk::Walk;

/// The columns that the way keeps beside the system.
const ROOM_FOR_WAY: usize = 30;

/// A case as the first screen tells it.
#[derive(Debug)]
pub struct CaseEntry {
    /// The way to where it stands, or the place itself.
    about: String,
    /// The title of its tree; empty if `about` has it.
    system: String,
    /// The state, in words.
    standing: String,
}

impl CaseEntry {
    /// Describes a case of this run.
    pub fn of_walk(walk: &Walk) -> Self {
        let (way, system) = (walks::way(walk), walk.tree().title.to_string());
        let about = if way.is_empty() { system.clone() } else { way.join(" › ") };
        let system = if way.is_empty() { String::new() } else { system };
        Self { about, system, standing: walks::standing(walk) }
    }

    /// Describes a case that was kept by an earlier run.
    pub fn of_kept(case: &ListedCase, now: i64) -> Option<Self> {
        let summary = case.summary.as_ref()?;
        let (counts, when) = (summary.counts(), ago(now.saturating_sub(case.changed)));
        let said = [summary.about.as_str(), &counts, &when].into_iter().filter(|part| !part.is_empty());
        let standing = said.collect::<Vec<_>>().join(", ");
        Some(Self { about: summary.standing.to_string(), system: summary.system.to_string(), standing })
    }

    /// Adds the case to a list: the way, the system, the state.
    pub fn add_to(&self, page: &mut ListPage, label: &str) {
        let (columns, theme) = (page.width, page.theme);
        let used = 2 + text::width(label);
        page.entry(|page| {
            let from = page.lines.len();
            let room = columns.saturating_sub(used + 2 + text::width(&self.system));
            let has_room = !self.system.is_empty() && room > text::width(&self.about).min(ROOM_FOR_WAY);
            let most = if has_room { room } else { columns.saturating_sub(used) };
            page.label(label, &text::fit(&self.about, most, theme.ellipsis()));
            if let Some(line) = page.lines.get_mut(from).filter(|_| has_room) {
                let gap = columns.saturating_sub(line.width() + text::width(&self.system));
                line.spans.push(Span::raw(" ".repeat(gap)));
                line.spans.push(theme.span(Role::Secondary, &self.system));
            }
            let standing = text::fit(&self.standing, columns.saturating_sub(used), theme.ellipsis());
            page.hanging(Span::raw(" ".repeat(used)), &standing, theme.style(Role::Secondary));
        });
    }
}
