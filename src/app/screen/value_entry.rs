//! Takes the value of a placeholder: typed, pasted, or picked.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::keys::{Action, KeyContext};
use crate::app::line::LineEdit;
use crate::app::parts::list::{ListExtent, ListPage, ListState};
use crate::app::parts::{body, frame as parts_frame, input, pieces};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::app::transition::Transition;
use crate::app::wording::place;
use crate::export::evidence::line_of;
use crate::export::format::many;
use crate::export::values::{CaseValue, ValueSighting, case_value, read_only_command};
use crate::session::{pick_value, type_value};
use crate::text::CleanText;
use crate::walk::Walk;

/// The state of the entry.
#[derive(Debug)]
pub struct ValueEntry {
    /// The name of the placeholder.
    name: CleanText,
    line: LineEdit,
    /// The line still is the present value, which the first letter replaces.
    is_present: bool,
    /// The typed line is the first entry; found values follow.
    list: ListState,
}

impl ValueEntry {
    /// Begins with a text, or with the present value.
    pub fn new(shared: &Shared, name: CleanText, text: Option<&str>) -> Self {
        let walk = shared.session.walk.as_ref();
        let present = walk.and_then(|walk| case_value(walk, &name).value().cloned()).unwrap_or_default();
        let line = LineEdit::with_text(text.unwrap_or(&present));
        Self { name, line, is_present: text.is_none(), list: ListState::default() }
    }

    /// Adds pasted text to the line.
    pub fn paste(&mut self, text: &str) {
        self.list = ListState::default();
        self.begin_anew();
        self.line.insert(text);
    }

    /// Drops the present value if nothing has been changed in it.
    fn begin_anew(&mut self) {
        if std::mem::take(&mut self.is_present) {
            self.line = LineEdit::default();
        }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        match action {
            Action::Escape => return Transition::Close,
            Action::Choose => return self.choose(shared),
            _ => {}
        }
        if let Action::Type(_) = action {
            self.begin_anew();
        }
        if self.line.handle(action).is_some() {
            self.is_present = false;
            self.list = ListState::default();
            return Transition::Stay;
        }
        if let Some(walk) = &shared.session.walk {
            let area = areas(parts_frame::body_area(shared.size)).1;
            let entries = 1 + case_value(walk, &self.name).found.len();
            let extent = ListExtent { entries, height: area.height };
            let mut list = self.list;
            list.handle(action, extent, |list| self.page(shared, walk, list, usize::from(area.width)));
            self.list = list;
        }
        Transition::Stay
    }

    fn choose(&self, shared: &mut Shared) -> Transition {
        let Some(walk) = shared.session.walk.as_mut() else { return Transition::Close };
        let at = self.list.selected.checked_sub(1);
        let picked = at.and_then(|at| case_value(walk, &self.name).found.get(at).map(|found| found.value.clone()));
        let said = match picked {
            Some(value) => pick_value(walk, &self.name, &value),
            None => type_value(walk, &self.name, self.line.text()),
        };
        shared.tell(said);
        Transition::Close
    }

    /// Draws the entry.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let Some(walk) = &shared.session.walk else { return };
        let state = format!("value of {}", self.name);
        let body_area = parts_frame::draw(frame, shared, KeyContext::ValueEntry, &place(walk), &state, 0);
        let (typed, below) = areas(body_area);
        input::draw(frame, typed, shared.theme, &self.line, "the value; empty leaves the placeholder empty");
        let lines = self.page(shared, walk, &self.list, usize::from(below.width)).lines;
        let scroll = self.list.scroll.min(lines.len().saturating_sub(usize::from(below.height)));
        body::draw(frame, below, lines, scroll);
    }

    fn page(&self, shared: &Shared, walk: &Walk, list: &ListState, width: usize) -> ListPage {
        let value = case_value(walk, &self.name);
        let mut page = ListPage::new(shared.theme, width, list.selected);
        page.short_entry("", &format!("Use what is typed for {}", self.name));
        if !value.found.is_empty() {
            page.blank();
            page.text("Found in the evidence", page.theme.style(Role::Title));
        }
        for found in &value.found {
            page.entry(|page| {
                page.label("", &found.value);
                page.hanging(Span::raw("     "), &seen(found), page.theme.style(Role::Secondary));
            });
        }
        describe(&mut page, walk, &value);
        page
    }
}

/// Adds the meaning of a value, and how to get it.
fn describe(page: &mut ListPage, walk: &Walk, value: &CaseValue<'_>) {
    let Some(described) = value.described else { return };
    page.blank();
    page.text(&described.means, Style::new());
    if let Some(place) = &described.place {
        page.text(&format!("Where: {place}"), Style::new());
    }
    if let Some(run) = &described.run {
        page.lines.extend(pieces::command(page.theme, 3, &read_only_command(walk, run), page.width));
    }
}

/// Says where a value was found.
fn seen(found: &ValueSighting) -> String {
    match &found.provenance {
        Some(first) if found.count > 1 => {
            format!("{}, first {}", many(found.count, "line", "lines"), line_of(first))
        }
        Some(first) => line_of(first),
        None => many(found.count, "line", "lines"),
    }
}

/// Splits the body into the typed line and the list.
fn areas(body: Rect) -> (Rect, Rect) {
    let rows = [Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)];
    let [typed, _, list] = body.layout(&Layout::vertical(rows));
    (typed, list)
}
