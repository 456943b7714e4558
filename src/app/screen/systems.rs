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
use crate::app::system_use::{SystemUse, code_line};
use crate::app::theme::Role;
use crate::app::transition::{Route, Transition};
use crate::app::wording::UNKNOWN_SYSTEM;
use crate::export::search_text::WHICH_SYSTEM;
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
            Action::Choose => return self.choose(shared),
            _ => {}
        }
        match self.line.handle(action) {
            Some(true) => self.list = ListState::default(),
            Some(false) => {}
            None => {
                let area = areas(parts_frame::body_area(shared.size)).1;
                let entries = self.listed(shared).len() + usize::from(self.has_unknown());
                let extent = ListExtent { entries, height: area.height };
                let mut list = self.list;
                list.handle(action, extent, |list| self.page(shared, list, usize::from(area.width)));
                self.list = list;
            }
        }
        Transition::Stay
    }

    fn choose(&self, shared: &mut Shared) -> Transition {
        let listed = self.listed(shared);
        let tree = listed.get(self.list.selected).map(|tree| Arc::clone(tree));
        match (&self.purpose, tree) {
            (SystemUse::Walk, Some(tree)) => shared.begin(&tree),
            (SystemUse::Practice, Some(tree)) => shared.train(&tree),
            (SystemUse::Evidence(read), Some(tree)) => match read.iter().find(|read| read.tree.id == tree.id) {
                Some(read) => Transition::Joined(Box::new(shared.session.enter_with(read))),
                None => Transition::Stay,
            },
            (SystemUse::Evidence(read), None) => Transition::Open(Route::Search(code_line(read).to_owned())),
            (SystemUse::Walk | SystemUse::Practice, None) => Transition::Stay,
        }
    }

    /// Returns the systems that the typed words name.
    ///
    /// If a code is to be told, only those that know it.
    fn listed<'s>(&'s self, shared: &'s Shared) -> Vec<&'s Arc<Tree>> {
        let trees: Vec<&Arc<Tree>> = match &self.purpose {
            SystemUse::Evidence(read) => read.iter().map(|read| &read.tree).collect(),
            SystemUse::Walk | SystemUse::Practice => shared.session.trees.iter().collect(),
        };
        trees.into_iter().filter(|tree| tree.is_named(self.line.text())).collect()
    }

    /// Returns whether the last entry is "don't know".
    fn has_unknown(&self) -> bool {
        matches!(self.purpose, SystemUse::Evidence(_))
    }

    fn page(&self, shared: &Shared, list: &ListState, width: usize) -> ListPage {
        let mut page = ListPage::new(shared.theme, width, list.selected);
        if let SystemUse::Evidence(read) = &self.purpose {
            page.text(WHICH_SYSTEM, page.theme.style(Role::Title));
            page.text(&format!("The status in \"{}\" is known to each of these.", code_line(read)), Style::new());
            page.blank();
        }
        let listed = self.listed(shared);
        if listed.is_empty() {
            page.text("No system has a name with these words.", Style::new());
        }
        for tree in listed {
            let more = match &self.purpose {
                SystemUse::Walk | SystemUse::Evidence(_) => text::count(tree.card_count, "card", "cards"),
                SystemUse::Practice => shared.training.today(tree),
            };
            page.short_entry("", &format!("{}  ({more})", tree.title));
        }
        if self.has_unknown() {
            page.short_entry("", UNKNOWN_SYSTEM);
        }
        page
    }

    /// Draws the choice.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let place = match &self.purpose {
            SystemUse::Walk | SystemUse::Evidence(_) => "Which system?",
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
