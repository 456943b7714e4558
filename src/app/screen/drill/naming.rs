//! A card is named by typing: to recall is more than to pick.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Shared;
use crate::app::drills::Session;
use crate::app::drills::naming::{Named, TOO_LONG, named};
use crate::app::keys::Action;
use crate::app::line::LineEdit;
use crate::app::parts::{body, frame as parts_frame};
use crate::app::screen::ListState;
use crate::drill::DrillAction;
use crate::lookup::Index;
use crate::text;
use crate::tree::Tree;

/// A card that is being typed.
#[derive(Debug)]
pub(super) struct Naming {
    tree: Arc<Tree>,
    /// Knows only what cards are called.
    index: Index,
    line: LineEdit,
    found: Vec<Named>,
    /// It is no name that was typed.
    is_too_long: bool,
    list: ListState,
}

impl Naming {
    /// Nothing is listed before anything is typed: a list would be picked from.
    pub(super) fn new(session: &Session) -> Self {
        let tree = Arc::clone(session.tree());
        let index = Index::of_names(std::slice::from_ref(&tree));
        let (line, list) = (LineEdit::default(), ListState::default());
        Self { tree, index, line, found: Vec::new(), is_too_long: false, list }
    }

    fn search(&mut self) {
        let found = match self.line.text() {
            "" => Some(Vec::new()),
            text => named(&self.index, &self.tree, text),
        };
        self.is_too_long = found.is_none();
        self.found = found.unwrap_or_default();
        self.list = ListState::default();
    }

    pub(super) fn insert(&mut self, text: &str) {
        self.line.insert(text);
        self.search();
    }

    /// Lets the trainee type; a move comes out when a card is taken.
    pub(super) fn handle(&mut self, shared: &Shared, action: Action) -> Option<DrillAction> {
        if action == Action::Choose {
            let selected = self.found.get(self.list.selected);
            return selected.map(|(card, typed)| DrillAction::Name { card: *card, typed: *typed });
        }
        if let Some(selected) = body::select(action, self.list.selected, self.found.len()) {
            self.list.selected = selected;
            let height = usize::from(parts_frame::body_area(shared.size).height).saturating_sub(2);
            let (_, places) = self.lines(shared, usize::from(parts_frame::body_area(shared.size).width));
            if let Some((first, last)) = places.get(selected) {
                self.list.scroll = body::scroll_to(self.list.scroll, *first, *last, height);
            }
            return None;
        }
        let before = self.line.text().to_owned();
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
            _ => {}
        }
        if self.line.text() != before {
            self.search();
        }
        None
    }

    fn lines(&self, shared: &Shared, width: usize) -> (Vec<Line<'static>>, Vec<(usize, usize)>) {
        let (mut lines, mut places) = (Vec::new(), Vec::new());
        for (at, (card, _)) in self.found.iter().enumerate() {
            let first = lines.len();
            let title = &self.tree.card(*card).title;
            lines.extend(body::entry(shared.theme, at == self.list.selected, "", title, width));
            places.push((first, lines.len().saturating_sub(1)));
        }
        if self.found.is_empty() && !self.line.text().is_empty() {
            lines.push(Line::raw(if self.is_too_long { TOO_LONG } else { "No card is called so." }));
        }
        (lines, places)
    }

    pub(super) fn view(&self, shared: &Shared, session: &Session, frame: &mut Frame<'_>, area: Rect) {
        let theme = shared.theme;
        let prompt = theme.symbol("❯ ", "> ");
        let room = usize::from(area.width).saturating_sub(text::width(prompt) + 1);
        let before = text::end_that_fits(self.line.before_cursor(), room);
        let from = self.line.before_cursor().len() - before.len();
        let shown = self.line.text().get(from..).unwrap_or_default();
        let line = match shown {
            "" => Span::styled("which card is it? Type a part of its name", theme.rule()),
            _ => Span::styled(text::fit(&theme.text(shown), room, theme.ellipsis()), theme.strong()),
        };
        frame.render_widget(Line::from(vec![Span::styled(prompt, theme.key()), line]), Rect { height: 1, ..area });
        let column = u16::try_from(text::width(prompt) + text::width(before)).unwrap_or(u16::MAX);
        let column = column.min(area.width.saturating_sub(1));
        frame.set_cursor_position(Position::new(area.x + column, area.y));
        let list = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        let (mut lines, _) = self.lines(shared, usize::from(area.width));
        if self.line.text().is_empty() {
            let about = format!("{} cards: {}.", session.tree().diagnoses().count(), session.tree().title);
            lines = body::hanging(theme, Span::raw(""), &about, Style::new(), usize::from(area.width));
        }
        body::draw(frame, list, lines, self.list.scroll);
    }
}
