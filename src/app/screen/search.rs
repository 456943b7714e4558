//! The search: cards filtered as one types, the matched letters marked, the selected card beside the list. Opening one
//! goes on with a walk in which what was typed is evidence.

mod list;

use std::sync::{Arc, OnceLock};

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{ListState, Transition};
use crate::app::Shared;
use crate::app::keys::{Action, Context};
use crate::app::line::LineEdit;
use crate::app::parts::{blocks, body, frame as parts_frame};
use crate::app::theme::Theme;
use crate::export::found::{Entry, entries};
use crate::lookup::{Found, Match};
use crate::text;
use crate::tree::Tree;

/// How many cards are listed at most.
const LIMIT: usize = 100;

/// Below this many rows there is no room to show the selected card below the list.
const ROOM_FOR_CARD: u16 = 14;

/// The state of the search.
#[derive(Debug)]
pub struct Search {
    line: LineEdit,
    /// The cards found for the line, once they are needed.
    ///
    /// Many letters between two frames are one look-up.
    found: OnceLock<Found>,
    list: ListState,
}

impl Search {
    /// A search for a text, which may be empty.
    pub fn new(shared: &Shared, text: &str) -> Self {
        // Of a long paste, the lines that say something: what says most is often at its end.
        let relevant = shared.index.relevant_lines(text);
        let text = relevant.as_deref().unwrap_or(text);
        Self { line: LineEdit::with_text(text), found: OnceLock::new(), list: ListState::default() }
    }

    /// Takes in pasted text: it replaces what was typed, because what is pasted is a whole.
    pub fn paste(&mut self, shared: &Shared, text: &str) {
        *self = Self::new(shared, text);
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        match action {
            Action::Escape => return Transition::Close,
            Action::Choose => {
                return self.open(shared);
            }
            Action::PageUp | Action::PageDown => {
                let page = usize::from(self.list_height(shared)).max(2) / 2;
                let last = self.entries(shared).len().saturating_sub(1);
                self.list.selected = match action {
                    Action::PageUp => self.list.selected.saturating_sub(page),
                    _ => (self.list.selected + page).min(last),
                };
                self.show_selected(shared);
                return Transition::Stay;
            }
            _ => {}
        }
        // Every edit makes the line longer or shorter, or does nothing.
        let before = self.line.text().len();
        match action {
            Action::Type(character) => self.line.insert(character.encode_utf8(&mut [0; 4])),
            Action::Erase => self.line.erase(),
            Action::Delete => self.line.delete(),
            Action::EraseWord => self.line.erase_word(),
            Action::Clear => self.line.clear(),
            Action::Left => self.line.left(),
            Action::Right => self.line.right(),
            Action::LineStart => self.line.start(),
            Action::LineEnd => self.line.end(),
            _ => self.select(shared, action),
        }
        if self.line.text().len() != before {
            self.found = OnceLock::new();
            self.list = ListState::default();
        }
        Transition::Stay
    }

    fn select(&mut self, shared: &Shared, action: Action) {
        if let Some(selected) = body::select(action, self.list.selected, self.entries(shared).len()) {
            self.list.selected = selected;
            self.show_selected(shared);
        }
    }

    fn found(&self, shared: &Shared) -> &Found {
        self.found.get_or_init(|| shared.index.search(self.line.text(), &shared.usage, LIMIT))
    }

    fn entries<'s>(&'s self, shared: &'s Shared) -> Vec<Entry<'s>> {
        entries(self.found(shared), &shared.trees)
    }

    fn open(&self, shared: &mut Shared) -> Transition {
        let tree = match self.entries(shared).get(self.list.selected) {
            Some(Entry::Card(found)) => return shared.open_found(self.line.text(), &(*found).clone()),
            Some(Entry::Walk(tree)) => Arc::clone(tree),
            None => return Transition::Stay,
        };
        // Whoever searches from a walk and finds nothing wants that walk, and no other.
        let is_under_way = shared.walk.as_ref().is_some_and(|walk| walk.tree().id == tree.id);
        if is_under_way { Transition::Walk } else { shared.begin(&tree) }
    }

    fn list_height(&self, shared: &Shared) -> u16 {
        self.areas(shared, parts_frame::body_area(shared.size)).list.height
    }

    fn lines(&self, shared: &Shared, width: usize) -> list::Lines {
        list::lines(self.found(shared), &shared.trees, self.list.selected, shared.theme, width)
    }

    fn show_selected(&mut self, shared: &Shared) {
        let area = self.areas(shared, parts_frame::body_area(shared.size)).list;
        let (_, places) = self.lines(shared, usize::from(area.width));
        if let Some((first, last)) = places.get(self.list.selected) {
            let first = if self.list.selected == 0 { 0 } else { *first };
            self.list.scroll = body::scroll_to(self.list.scroll, first, *last, usize::from(area.height));
        }
    }

    /// Draws the search.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let theme = shared.theme;
        let count = self.found(shared).matches.len();
        let state = match self.line.text() {
            "" => text::count(count, "card", "cards"),
            _ if count == 0 => "nothing fits".to_owned(),
            _ => text::count(count, "card fits", "cards fit"),
        };
        let body_area = parts_frame::draw(frame, shared, Context::Search, "Search", &state, 0);
        let areas = self.areas(shared, body_area);
        self.draw_input(theme, frame, areas.input);
        let (lines, _) = self.lines(shared, usize::from(areas.list.width));
        let scroll = self.list.scroll.min(lines.len().saturating_sub(usize::from(areas.list.height)));
        body::draw(frame, areas.list, lines, scroll);
        match (areas.card, self.entries(shared).get(self.list.selected)) {
            (Some(area), Some(Entry::Card(found))) => draw_card(shared, found, frame, area),
            (Some(area), Some(Entry::Walk(tree))) => draw_walk(shared, tree, frame, area),
            _ => {}
        }
    }

    /// The input line, scrolled so that the cursor is seen.
    fn draw_input(&self, theme: Theme, frame: &mut Frame<'_>, area: Rect) {
        let prompt = theme.symbol("❯ ", "> ");
        let room = usize::from(area.width).saturating_sub(text::width(prompt) + 1);
        let before = self.line.before_cursor();
        let seen = text::end_that_fits(before, room);
        let shown = self.line.text().get(before.len() - seen.len()..).unwrap_or_default();
        let before = seen;
        let line = match shown {
            "" => Line::from(vec![
                Span::styled(prompt, theme.key()),
                Span::styled("part of an error message, a status, a pasted line", theme.rule()),
            ]),
            _ => Line::from(vec![
                Span::styled(prompt, theme.key()),
                Span::styled(text::fit(&theme.text(shown), room, theme.ellipsis()), theme.strong()),
            ]),
        };
        frame.render_widget(line, area);
        let column = area.x
            + u16::try_from(text::width(prompt) + text::width(before))
                .unwrap_or(u16::MAX)
                .min(area.width.saturating_sub(1));
        frame.set_cursor_position(Position::new(column, area.y));
    }

    /// The input on top; below it the list, with the selected card on its right if there is room, else below it.
    fn areas(&self, shared: &Shared, body: Rect) -> Areas {
        let [input, _, rest] =
            body.layout(&Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]));
        if body.width + 2 >= parts_frame::WIDE {
            let columns = Layout::horizontal([Constraint::Percentage(45), Constraint::Percentage(55)]).spacing(3);
            let [list, card] = rest.layout(&columns);
            return Areas { input, list, card: Some(card) };
        }
        if body.height < ROOM_FOR_CARD {
            return Areas { input, list: rest, card: None };
        }
        // What the list takes, and never more than somewhat over half of the room.
        let (lines, _) = self.lines(shared, usize::from(rest.width));
        let wanted = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let [list, _, card] = rest.layout(&Layout::vertical([
            Constraint::Length(wanted.min(rest.height * 11 / 20)),
            Constraint::Length(1),
            Constraint::Fill(1),
        ]));
        Areas { input, list, card: Some(card) }
    }
}

struct Areas {
    input: Rect,
    list: Rect,
    card: Option<Rect>,
}

fn draw_card(shared: &Shared, found: &Match, frame: &mut Frame<'_>, area: Rect) {
    let (theme, width) = (shared.theme, usize::from(area.width));
    let outline = shared.card_outline(&found.tree, found.card);
    let mut lines = body::hanging(theme, Span::raw(""), &outline.title, theme.heading(), width);
    lines.extend(blocks::lines(&outline.act, theme, width));
    body::draw(frame, area, lines, 0);
}

fn draw_walk(shared: &Shared, tree: &Tree, frame: &mut Frame<'_>, area: Rect) {
    let (theme, width) = (shared.theme, usize::from(area.width));
    let mut lines = body::hanging(theme, Span::raw(""), &tree.title, theme.heading(), width);
    lines.extend(body::hanging(theme, Span::raw(""), &tree.about, Style::new(), width));
    body::draw(frame, area, lines, 0);
}

#[cfg(test)]
mod tests {
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    use super::*;
    use crate::app::Model;
    use crate::store::Library;

    #[test]
    fn many_letters_before_a_frame_are_looked_up_once() {
        let mut model = Model::new(Library::embedded().trees, Theme::default(), None);
        let mut search = Search::new(&model.shared, "");
        for letter in "502 no healthy backends".chars() {
            search.handle(&mut model.shared, Action::Type(letter));
            assert!(search.found.get().is_none(), "looked up at {letter:?}");
        }
        search.handle(&mut model.shared, Action::Left);
        search.handle(&mut model.shared, Action::Erase);
        assert!(search.found.get().is_none());
        let mut terminal = Terminal::new(TestBackend::new(80, 24)).unwrap();
        terminal.draw(|frame| search.view(&model.shared, frame)).unwrap();
        let found = search.found.get().map(|found| found.matches.len());
        assert!(found.is_some_and(|count| count > 0), "not looked up for the frame");
    }

    #[test]
    fn a_key_that_needs_what_was_found_has_it() {
        let mut model = Model::new(Library::embedded().trees, Theme::default(), None);
        let mut search = Search::new(&model.shared, "");
        for letter in "closed connection abruptly".chars() {
            search.handle(&mut model.shared, Action::Type(letter));
        }
        assert!(matches!(search.handle(&mut model.shared, Action::Choose), Transition::Open(_)));
    }
}
