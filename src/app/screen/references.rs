//! Lists the cards and links that a card names, to follow one.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::keys::{Action, KeyContext};
use crate::app::parts::frame as parts_frame;
use crate::app::parts::list::{ListExtent, ListPage, ListState, number};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::app::transition::Transition;
use crate::text;
use crate::tree::{CardId, Tree};

/// The state of the list.
#[derive(Debug)]
pub struct References {
    tree: Arc<Tree>,
    card: CardId,
    list: ListState,
}

impl References {
    /// Lists what a card names.
    pub fn new(tree: Arc<Tree>, card: CardId) -> Self {
        Self { tree, card, list: ListState::default() }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let references = self.tree.card(self.card).references();
        let area = parts_frame::body_area(shared.size);
        let extent = ListExtent { entries: references.len(), height: area.height };
        let mut list = self.list;
        if list.handle(action, extent, |list| self.page(shared, list, usize::from(area.width))) {
            self.list = list;
            return Transition::Stay;
        }
        let at = match action {
            Action::Escape | Action::Back => return Transition::Close,
            Action::Choose => Some(self.list.selected),
            Action::Digit(number) => number.checked_sub(1),
            _ => None,
        };
        match at.and_then(|at| references.get(at)) {
            Some((_, to)) => shared.follow(&self.tree, Some(self.card), *to),
            None => Transition::Stay,
        }
    }

    /// Draws the list.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let size = frame.area();
        let area = parts_frame::body_area((size.width, size.height));
        let lines = self.page(shared, &self.list, usize::from(area.width)).lines;
        let count = text::count(self.tree.card(self.card).references().len(), "link", "links");
        let about = (self.tree.title.as_str(), count.as_str());
        parts_frame::draw_lines(frame, shared, KeyContext::References, about, lines, self.list.scroll);
    }

    fn page(&self, shared: &Shared, list: &ListState, width: usize) -> ListPage {
        let card = self.tree.card(self.card);
        let mut page = ListPage::new(shared.theme, width, list.selected);
        page.text(&card.title, page.theme.style(Role::Title));
        page.blank();
        page.text("See also:", Style::new());
        for (at, (why, to)) in card.references().into_iter().enumerate() {
            page.entry(|page| {
                page.label(&number(at), &shared.session.name_of(&self.tree, to));
                page.hanging(Span::raw("     "), why, Style::new());
            });
        }
        page
    }
}
