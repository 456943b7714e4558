//! Searches cards while one types.
//!
//! The matched letters are marked, and the selected card is shown beside the list. Opening one goes on with a walk in
//! which what was typed is evidence.

use std::sync::{Arc, OnceLock};

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::keys::{Action, KeyContext};
use crate::app::line::LineEdit;
use crate::app::parts::list::{ListPage, ListState};
use crate::app::parts::{blocks, body, found_cards, frame as parts_frame, input, pieces};
use crate::app::state::Shared;
use crate::app::theme::{Role, Theme};
use crate::app::transition::Transition;
use crate::export::search_text::{Entry, entries};
use crate::lookup::{Found, LeftByCode, Match};
use crate::session::ReadEvidence;
use crate::text;
use crate::tree::Tree;

/// How many cards are listed at most.
const LIMIT: usize = 100;

/// The fewest rows in which the selected card is shown too.
const ROOM_FOR_CARD: u16 = 14;

/// The state of the search.
#[derive(Debug)]
pub struct SearchScreen {
    line: LineEdit,
    /// The evidence in the text for each tree, if it was pasted.
    ///
    /// An edit of the text drops it.
    read: Vec<ReadEvidence>,
    /// The cards found for the line, once they are needed.
    ///
    /// Many letters between two frames are one look-up.
    found: OnceLock<Found>,
    list: ListState,
    /// The first line that is shown of the selected card.
    preview: usize,
}

impl SearchScreen {
    /// Makes a search for a text, which may be empty.
    pub fn new(shared: &Shared, text: &str) -> Self {
        Self::of_paste(shared, text, Vec::new())
    }

    /// Makes a search for a pasted text with its evidence.
    pub fn of_paste(shared: &Shared, text: &str, read: Vec<ReadEvidence>) -> Self {
        // In a long paste, search the relevant lines; the most relevant one is often near the end.
        let relevant = shared.session.searcher.relevant_lines(text);
        let text = relevant.as_deref().unwrap_or(text);
        let line = if text.contains('\n') { LineEdit::with_paste(text) } else { LineEdit::with_text(text) };
        Self { line, read, found: OnceLock::new(), list: ListState::default(), preview: 0 }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        match action {
            Action::Escape if self.line.text().is_empty() => return Transition::Close,
            // The first Esc clears, so that a slip of the hand does not close the search.
            Action::Escape => {
                self.clear(LineEdit::default());
                return Transition::Stay;
            }
            Action::Choose => return self.open(shared),
            _ => {}
        }
        match self.line.handle(action) {
            Some(true) => self.clear(self.line.clone()),
            Some(false) => {}
            None => self.select(shared, action),
        }
        Transition::Stay
    }

    /// Searches for another text, which was not pasted.
    fn clear(&mut self, line: LineEdit) {
        let list = ListState::default();
        *self = Self { line, read: Vec::new(), found: OnceLock::new(), list, preview: 0 };
    }

    fn select(&mut self, shared: &Shared, action: Action) {
        let areas = self.areas(shared, parts_frame::body_area(shared.size));
        let entries = self.entries(shared).len();
        if let Some(card) = areas.card
            && matches!(action, Action::PageUp | Action::PageDown)
        {
            let lines = || self.preview(shared, usize::from(card.width)).len();
            let scrolled = body::scroll(action, self.preview, usize::from(card.height), lines);
            self.preview = scrolled.unwrap_or(self.preview);
            return;
        }
        let area = areas.list;
        let (page, last) = (usize::from(area.height).max(2) / 2, entries.saturating_sub(1));
        let selected = match action {
            Action::PageUp => Some(self.list.selected.saturating_sub(page)),
            Action::PageDown => Some((self.list.selected + page).min(last)),
            _ => body::select(action, self.list.selected, entries),
        };
        if let Some(selected) = selected {
            let mut list = self.list;
            list.select(selected, area.height, |list| self.page(shared, list, usize::from(area.width)));
            self.list = list;
            self.preview = 0;
        }
    }

    fn found(&self, shared: &Shared) -> &Found {
        self.found.get_or_init(|| shared.session.search(self.line.text(), LIMIT))
    }

    fn entries<'s>(&'s self, shared: &'s Shared) -> Vec<Entry<'s>> {
        let systems = self.systems(shared).map(Entry::Walk);
        systems.chain(entries(self.found(shared), &shared.session.trees)).collect()
    }

    /// Returns the systems that the typed words name.
    ///
    /// A single system is not listed, because the walk through it is never far.
    fn systems<'s>(&self, shared: &'s Shared) -> impl Iterator<Item = &'s Arc<Tree>> {
        let trees = shared.session.trees.as_slice();
        let text = self.line.text().trim().to_owned();
        let is_choice = trees.len() > 1 && !text.is_empty();
        trees.iter().filter(move |tree| is_choice && tree.is_named(&text))
    }

    fn open(&self, shared: &mut Shared) -> Transition {
        let tree = match self.entries(shared).get(self.list.selected) {
            Some(Entry::Card(found)) => {
                return shared.open_found(self.line.text(), &self.read, &(*found).clone());
            }
            Some(Entry::Question(left)) => {
                let entered = shared.session.enter_question(self.line.text(), &(*left).clone());
                return shared.show_evidence(entered);
            }
            Some(Entry::Walk(tree)) => Arc::clone(tree),
            None => return Transition::Stay,
        };
        // If a search from a walk finds nothing, the operator wants that walk back.
        if shared.session.is_walking(&tree) { Transition::Walk } else { shared.begin(&tree) }
    }

    fn page(&self, shared: &Shared, list: &ListState, width: usize) -> ListPage {
        let mut page = ListPage::new(shared.theme, width, list.selected);
        self.systems(shared).for_each(|tree| page.short_entry("", &format!("Answer questions: {}", tree.title)));
        found_cards::fill(&mut page, self.found(shared), &shared.session.trees);
        page
    }

    /// Draws the search.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let count = self.found(shared).matches.len();
        let entries = self.entries(shared).len();
        let state = match self.line.text() {
            "" => text::count(count, "card", "cards"),
            _ if count == 0 => "no card matches".to_owned(),
            _ => format!("{} of {entries}", (self.list.selected + 1).min(entries)),
        };
        let body_area = parts_frame::draw(frame, shared, KeyContext::Search, "Search", &state, 0);
        let areas = self.areas(shared, body_area);
        input::draw(frame, areas.input, shared.theme, &self.line, "part of an error message, a status, a pasted line");
        let lines = self.page(shared, &self.list, usize::from(areas.list.width)).lines;
        let scroll = self.list.scroll.min(lines.len().saturating_sub(usize::from(areas.list.height)));
        body::draw(frame, areas.list, lines, scroll);
        if let Some(area) = areas.card {
            let lines = self.preview(shared, usize::from(area.width));
            let scroll = self.preview.min(lines.len().saturating_sub(usize::from(area.height)));
            let below = body::below(lines.len(), scroll, area.height);
            body::draw(frame, area, lines, scroll);
            self.draw_divider(shared, areas.divider, below, frame);
        }
    }

    /// Returns the selected card, question or system.
    fn preview(&self, shared: &Shared, width: usize) -> Vec<Line<'static>> {
        let theme = shared.theme;
        match self.entries(shared).get(self.list.selected) {
            Some(Entry::Card(found)) => card_lines(shared, found, width),
            Some(Entry::Walk(tree)) => walk_lines(theme, tree, width),
            Some(Entry::Question(left)) => question_lines(theme, left, width),
            None => Vec::new(),
        }
    }

    /// Draws the line between list and card.
    ///
    /// It says how much of the card is below.
    fn draw_divider(&self, shared: &Shared, area: Rect, below: usize, frame: &mut Frame<'_>) {
        let theme = shared.theme;
        let note = if below > 0 { format!(" {} {below} more ", theme.symbol("↓", "v")) } else { String::new() };
        let left = usize::from(area.width).saturating_sub(text::width(&note));
        let line = Line::from(vec![
            Span::styled(theme.line().repeat(left), theme.style(Role::Rule)),
            Span::styled(note, theme.style(Role::Secondary)),
        ]);
        frame.render_widget(line, area);
    }

    /// Splits the body: input on top, list below, card beside it.
    ///
    /// Without room on its right, the selected card is below the list.
    fn areas(&self, shared: &Shared, body: Rect) -> Areas {
        let [input, _, rest] =
            body.layout(&Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]));
        if body.width + 2 >= parts_frame::WIDE {
            let columns = Layout::horizontal([Constraint::Percentage(45), Constraint::Percentage(55)]).spacing(3);
            let [list, card] = rest.layout(&columns);
            return Areas { input, list, divider: Rect { height: 0, ..card }, card: Some(card) };
        }
        if body.height < ROOM_FOR_CARD {
            return Areas { input, list: rest, divider: Rect { height: 0, ..rest }, card: None };
        }
        // The list gets the height that it needs, but not much more than half of the screen.
        let lines = self.page(shared, &self.list, usize::from(rest.width)).lines;
        let wanted = u16::try_from(lines.len()).unwrap_or(u16::MAX);
        let [list, divider, card] = rest.layout(&Layout::vertical([
            Constraint::Length(wanted.min(rest.height * 11 / 20)),
            Constraint::Length(1),
            Constraint::Fill(1),
        ]));
        Areas { input, list, divider, card: Some(card) }
    }
}

struct Areas {
    input: Rect,
    list: Rect,
    /// The line between list and card, if the card is below.
    divider: Rect,
    card: Option<Rect>,
}

fn card_lines(shared: &Shared, found: &Match, width: usize) -> Vec<Line<'static>> {
    let theme = shared.theme;
    let outline = shared.session.card_outline(&found.tree, found.card);
    let mut lines = pieces::title(theme, &outline.title, width);
    lines.extend(blocks::lines(&outline.what_to_do(), theme, width));
    lines
}

/// Returns a question and the options that a code leaves.
fn question_lines(theme: Theme, left: &LeftByCode, width: usize) -> Vec<Line<'static>> {
    let question = left.tree.question(left.question);
    let mut lines = body::hanging(theme, Span::raw(""), &question.ask, theme.style(Role::Title), width);
    lines.extend(body::hanging(theme, Span::raw(""), &question.why, theme.style(Role::Secondary), width));
    for option in &left.options {
        let label = &left.tree.option(left.question, *option).label;
        lines.extend(body::hanging(theme, Span::raw(theme.bullet()), label, Style::new(), width));
    }
    lines
}

fn walk_lines(theme: Theme, tree: &Tree, width: usize) -> Vec<Line<'static>> {
    let mut lines = body::hanging(theme, Span::raw(""), &tree.title, theme.style(Role::Title), width);
    lines.extend(body::hanging(theme, Span::raw(""), &tree.about, Style::new(), width));
    lines
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
        let mut search = SearchScreen::new(&model.shared, "");
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
        let mut search = SearchScreen::new(&model.shared, "");
        for letter in "closed connection abruptly".chars() {
            search.handle(&mut model.shared, Action::Type(letter));
        }
        assert!(matches!(search.handle(&mut model.shared, Action::Choose), Transition::Open(_)));
    }
}
