//! The list of every screen: selection, scrolling, lines.
//!
//! ratatui's own `List` shows an entry whole or not at all; an entry here may be longer than the screen.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::body::{self, hanging, labeled};
use crate::app::keys::Action;
use crate::app::theme::Theme;

/// The selected entry of a list and its scroll position.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ListState {
    /// The selected entry.
    pub selected: usize,
    /// The first line that is shown.
    pub scroll: usize,
}

/// The size of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ListExtent {
    /// The number of entries.
    pub entries: usize,
    /// The lines of the screen that the list has.
    pub height: u16,
}

impl ListState {
    /// Selects another entry, or scrolls if the action does not select.
    ///
    /// `page` draws the list in a state. Returns whether the action was one of these.
    pub fn handle(&mut self, action: Action, extent: ListExtent, page: impl Fn(&ListState) -> ListPage) -> bool {
        let ListExtent { entries, height } = extent;
        if let Some(selected) = body::select(action, self.selected, entries) {
            self.select(selected, height, page);
            return true;
        }
        let scrolled = body::scroll(action, self.scroll, usize::from(height), || page(self).lines.len());
        self.scroll = scrolled.unwrap_or(self.scroll);
        scrolled.is_some()
    }

    /// Selects an entry and scrolls so that it is seen.
    ///
    /// With the first entry, the lines above it are seen too, if they fit.
    pub fn select(&mut self, selected: usize, height: u16, page: impl Fn(&ListState) -> ListPage) {
        self.selected = selected;
        if let Some((first, last)) = page(self).places.get(selected) {
            let height = usize::from(height);
            let first = if selected == 0 && *last < height { 0 } else { *first };
            self.scroll = body::scroll_to(self.scroll, first, *last, height);
        }
    }
}

/// Collects the lines of a screen with a list.
#[derive(Debug)]
pub struct ListPage {
    /// The styles.
    pub theme: Theme,
    /// The columns to which text is wrapped.
    pub width: usize,
    /// All lines.
    pub lines: Vec<Line<'static>>,
    /// The first and the last line of each entry.
    pub places: Vec<(usize, usize)>,
    selected: usize,
}

impl ListPage {
    /// Makes an empty page. The entry at the place `selected` will be the selected one.
    pub fn new(theme: Theme, width: usize, selected: usize) -> Self {
        Self { theme, width, lines: Vec::new(), places: Vec::new(), selected }
    }

    /// Adds an empty line.
    pub fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// Adds text in a style.
    pub fn text(&mut self, text: &str, style: Style) {
        self.hanging(Span::raw(""), text, style);
    }

    /// Adds text behind a lead; its further lines are indented as far.
    pub fn hanging(&mut self, lead: Span<'static>, text: &str, style: Style) {
        self.lines.extend(hanging(self.theme, lead, text, style, self.width));
    }

    /// Adds a label in bold and its text.
    pub fn labeled(&mut self, label: &str, text: &str, style: Style) {
        let label = Span::styled(format!("{label}:"), style);
        self.lines.extend(labeled(self.theme, "", label, text, self.width));
    }

    /// Adds the lines of the next entry. Exactly one of them is its label.
    pub fn entry(&mut self, write: impl FnOnce(&mut Self)) {
        let first = self.lines.len();
        write(self);
        self.places.push((first, self.lines.len().saturating_sub(1)));
    }

    /// Adds an entry that is only a label.
    pub fn short_entry(&mut self, number: &str, text: &str) {
        self.entry(|page| page.label(number, text));
    }

    /// Adds entries beside each other, each in a column of this width.
    ///
    /// An entry is a number or key, and a label; a label that is too long is cut.
    pub fn row(&mut self, entries: &[(&str, &str)], column: usize) {
        let place = self.lines.len();
        let mut spans = Vec::new();
        for (number, label) in entries {
            let is_selected = self.places.len() == self.selected;
            spans.extend(body::short_entry(self.theme, is_selected, (number, label), column));
            self.places.push((place, place));
        }
        self.lines.push(Line::from(spans));
    }

    /// Adds entries in columns, the first ones in the first column.
    pub fn grid(&mut self, entries: &[String], columns: usize) {
        let (columns, first) = (columns.max(1), self.places.len());
        let rows = entries.len().div_ceil(columns);
        let column = (self.width / columns).max(1);
        for (at, entry) in entries.iter().enumerate() {
            let (row, is_selected) = (at % rows.max(1), first + at == self.selected);
            let place = self.lines.len() - if at >= rows { rows } else { 0 };
            let spans = body::short_entry(self.theme, is_selected, ("", entry), column);
            if at < rows {
                self.lines.push(Line::from(spans));
            } else if let Some(line) = self.lines.get_mut(place + row) {
                line.spans.extend(spans);
            }
            let place = if at < rows { place } else { place + row };
            self.places.push((place, place));
        }
    }

    /// Adds the label of the entry that is being written.
    pub fn label(&mut self, number: &str, text: &str) {
        let is_selected = self.places.len() == self.selected;
        self.lines.extend(body::entry(self.theme, is_selected, number, text, self.width));
    }
}

/// Returns the number before an entry. Only the first nine have a key.
pub fn number(at: usize) -> String {
    if at < 9 { format!("{}  ", at + 1) } else { "   ".to_owned() }
}
