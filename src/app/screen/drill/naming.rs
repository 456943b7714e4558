//! Names a card by typing: to recall is more than to pick.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Line;

use crate::app::drills::DrillSession;
use crate::app::drills::naming::{Named, TOO_LONG, named};
use crate::app::keys::Action;
use crate::app::line::LineEdit;
use crate::app::parts::list::{ListExtent, ListPage, ListState};
use crate::app::parts::{body, frame as parts_frame, input};
use crate::app::state::Shared;
use crate::drill::DrillAction;
use crate::lookup::Searcher;
use crate::tree::Tree;

/// A card that is being typed.
#[derive(Debug)]
pub(super) struct Naming {
    tree: Arc<Tree>,
    /// Knows only what cards are called.
    searcher: Searcher,
    line: LineEdit,
    found: Vec<Named>,
    /// It is no name that was typed.
    is_too_long: bool,
    list: ListState,
}

impl Naming {
    /// Makes an empty line; nothing is listed before anything is typed.
    ///
    /// A list would be picked from.
    pub(super) fn new(session: &DrillSession) -> Self {
        let tree = Arc::clone(session.tree());
        let searcher = Searcher::of_names(std::slice::from_ref(&tree));
        let (line, list) = (LineEdit::default(), ListState::default());
        Self { tree, searcher, line, found: Vec::new(), is_too_long: false, list }
    }

    fn search(&mut self) {
        let found = match self.line.text() {
            "" => Some(Vec::new()),
            text => named(&self.searcher, &self.tree, text),
        };
        self.is_too_long = found.is_none();
        self.found = found.unwrap_or_default();
        self.list = ListState::default();
    }

    pub(super) fn insert(&mut self, text: &str) {
        self.line.insert(text);
        self.search();
    }

    /// Lets the trainee type.
    ///
    /// Returns a move when a card is taken.
    pub(super) fn handle(&mut self, shared: &Shared, action: Action) -> Option<DrillAction> {
        if action == Action::Choose {
            let selected = self.found.get(self.list.selected);
            return selected.map(|(card, typed)| DrillAction::Name { card: *card, typed: *typed });
        }
        let area = parts_frame::body_area(shared.size);
        let mut list = self.list;
        let extent = ListExtent { entries: self.found.len(), height: area.height.saturating_sub(2) };
        if list.handle(action, extent, |list| self.page(shared, list, usize::from(area.width))) {
            self.list = list;
        } else if self.line.handle(action) == Some(true) {
            self.search();
        }
        None
    }

    fn page(&self, shared: &Shared, list: &ListState, width: usize) -> ListPage {
        let mut page = ListPage::new(shared.theme, width, list.selected);
        for (card, _) in &self.found {
            page.short_entry("", &self.tree.card(*card).title);
        }
        if self.line.text().is_empty() {
            let about = format!("{} cards: {}.", self.tree.diagnoses().count(), self.tree.title);
            page.text(&about, Style::new());
        } else if self.found.is_empty() {
            page.lines.push(Line::raw(if self.is_too_long { TOO_LONG } else { "No card has that name." }));
        }
        page
    }

    pub(super) fn view(&self, shared: &Shared, frame: &mut Frame<'_>, area: Rect) {
        input::draw(frame, area, shared.theme, &self.line, "which card is it? Type a part of its name");
        let below = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        let lines = self.page(shared, &self.list, usize::from(area.width)).lines;
        body::draw(frame, below, lines, self.list.scroll);
    }
}
