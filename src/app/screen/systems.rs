//! Picks a system out of several, to walk or to practice.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;

use crate::app::keys::{Action, KeyContext};
use crate::app::line::LineEdit;
use crate::app::parts::list::{ListExtent, ListPage, ListState};
use crate::app::parts::{body, frame as parts_frame, input};
use crate::app::state::Shared;
use crate::app::system_use::SystemUse;
use crate::app::transition::Transition;
use crate::text;
use crate::tree::Tree;

/// The state of the choice.
#[derive(Debug)]
pub struct SystemsScreen {
    purpose: SystemUse,
    /// The words that filter the list.
    line: LineEdit,
    list: ListState,
}

impl SystemsScreen {
    /// Makes a choice among all systems.
    pub fn new(purpose: SystemUse) -> Self {
        Self { purpose, line: LineEdit::default(), list: ListState::default() }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        match action {
            Action::Escape => return Transition::Close,
            Action::Choose => {
                let Some(tree) = self.listed(shared).get(self.list.selected).map(|tree| Arc::clone(tree)) else {
                    return Transition::Stay;
                };
                return match self.purpose {
                    SystemUse::Walk => shared.begin(&tree),
                    SystemUse::Practice => shared.train(&tree),
                };
            }
            _ => {}
        }
        match self.line.handle(action) {
            Some(true) => self.list = ListState::default(),
            Some(false) => {}
            None => {
                let area = areas(parts_frame::body_area(shared.size)).1;
                let extent = ListExtent { entries: self.listed(shared).len(), height: area.height };
                let mut list = self.list;
                list.handle(action, extent, |list| self.page(shared, list, usize::from(area.width)));
                self.list = list;
            }
        }
        Transition::Stay
    }

    /// Returns the systems that the typed words name.
    fn listed<'s>(&self, shared: &'s Shared) -> Vec<&'s Arc<Tree>> {
        shared.session.trees.iter().filter(|tree| tree.is_named(self.line.text())).collect()
    }

    fn page(&self, shared: &Shared, list: &ListState, width: usize) -> ListPage {
        let mut page = ListPage::new(shared.theme, width, list.selected);
        let listed = self.listed(shared);
        if listed.is_empty() {
            page.text("No system has a name with these words.", Style::new());
        }
        for tree in listed {
            let more = match self.purpose {
                SystemUse::Walk => text::count(tree.card_count, "card", "cards"),
                SystemUse::Practice => shared.training.today(tree),
            };
            page.short_entry("", &format!("{}  ({more})", tree.title));
        }
        page
    }

    /// Draws the choice.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let place = match self.purpose {
            SystemUse::Walk => "Which system?",
            SystemUse::Practice => "Practice: which system?",
        };
        let state = text::count(self.listed(shared).len(), "system", "systems");
        let body_area = parts_frame::draw(frame, shared, KeyContext::Systems, place, &state, 0);
        let (typed, below) = areas(body_area);
        input::draw(frame, typed, shared.theme, &self.line, "type a part of its name");
        let lines = self.page(shared, &self.list, usize::from(below.width)).lines;
        let scroll = self.list.scroll.min(lines.len().saturating_sub(usize::from(below.height)));
        body::draw(frame, below, lines, scroll);
    }
}

/// Splits the body into the typed line and the list.
fn areas(body: Rect) -> (Rect, Rect) {
    let rows = [Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)];
    let [typed, _, list] = body.layout(&Layout::vertical(rows));
    (typed, list)
}
