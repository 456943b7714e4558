//! Lists the values of the case, which fill the placeholders of commands.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::keys::{Action, KeyContext};
use crate::app::parts::list::{ListExtent, ListPage, ListState, number};
use crate::app::parts::{frame as parts_frame, pieces};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::app::transition::{Route, Transition};
use crate::app::wording::place;
use crate::export::values::{CaseValue, case_values, read_only_command};
use crate::session::{accept_value, remove_value};
use crate::text::{self, CleanText};
use crate::walk::Walk;

/// The most columns of a value in the list.
///
/// The screen of the value shows it whole.
const SHOWN: usize = 160;

/// The state of the list.
#[derive(Debug)]
pub struct ValuesScreen {
    /// The placeholders of the commands from which the list was opened.
    first: Vec<CleanText>,
    list: ListState,
}

impl ValuesScreen {
    /// Lists the values; those of the named placeholders come first.
    pub fn new(first: Vec<CleanText>) -> Self {
        Self { first, list: ListState::default() }
    }

    fn listed<'w>(&'w self, walk: &'w Walk) -> Vec<CaseValue<'w>> {
        let first: Vec<&str> = self.first.iter().map(CleanText::as_str).collect();
        case_values(walk, &first)
    }

    /// Returns the placeholder that is selected.
    pub fn selected(&self, shared: &Shared) -> Option<CleanText> {
        let walk = shared.session.walk.as_ref()?;
        self.listed(walk).get(self.list.selected).map(|value| CleanText::line(value.name))
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let Some(walk) = &shared.session.walk else { return Transition::Close };
        let area = parts_frame::body_area(shared.size);
        let listed = self.listed(walk);
        let extent = ListExtent { entries: listed.len(), height: area.height };
        let mut list = self.list;
        if list.handle(action, extent, |list| self.page(shared, walk, list, usize::from(area.width))) {
            self.list = list;
            return Transition::Stay;
        }
        let at = match action {
            Action::Digit(number) => number.checked_sub(1),
            _ => Some(self.list.selected),
        };
        let Some(chosen) = at.and_then(|at| listed.get(at)) else { return Transition::Stay };
        let name = CleanText::line(chosen.name);
        match action {
            Action::Escape | Action::Back => return Transition::Close,
            Action::Choose | Action::Digit(_) => return Transition::Open(Route::ValueEntry(name, None)),
            Action::CopyCommand => {
                let command = chosen.described.and_then(|described| described.run.as_ref());
                let command = command.map(|command| read_only_command(walk, command));
                return shared.copy_command(command.as_ref(), &format!("No command prints {name}."));
            }
            _ => {}
        }
        let Some(walk) = shared.session.walk.as_mut() else { return Transition::Close };
        let said = match action {
            Action::Accept => accept_value(walk, &name),
            Action::TakeBack => remove_value(walk, &name),
            _ => return Transition::Stay,
        };
        shared.tell(said);
        Transition::Stay
    }

    /// Draws the list.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let Some(walk) = &shared.session.walk else { return };
        let size = frame.area();
        let area = parts_frame::body_area((size.width, size.height));
        let lines = self.page(shared, walk, &self.list, usize::from(area.width)).lines;
        let known = self.listed(walk).iter().filter(|value| value.value().is_some()).count();
        let about = (place(walk), format!("{} known", text::count(known, "value", "values")));
        parts_frame::draw_lines(frame, shared, KeyContext::Values, (&about.0, &about.1), lines, self.list.scroll);
    }

    fn page(&self, shared: &Shared, walk: &Walk, list: &ListState, width: usize) -> ListPage {
        let listed = self.listed(walk);
        let mut page = ListPage::new(shared.theme, width, list.selected);
        page.text("These values fill the commands of this case. Choose one to type or correct it.", Style::new());
        let mut headings = BTreeSet::new();
        for (at, value) in listed.iter().enumerate() {
            let heading = match (self.first.iter().any(|name| name == value.name), value.value()) {
                (true, _) => "In the commands here",
                (false, Some(_)) => "Other values of this case",
                (false, None) => "Empty",
            };
            if headings.insert(heading) {
                page.blank();
                page.text(heading, page.theme.style(Role::Title));
            }
            page.entry(|page| entry(page, walk, at, value, at == list.selected));
        }
        page
    }
}

/// Adds a value, and how to get it if it is selected.
fn entry(page: &mut ListPage, walk: &Walk, at: usize, value: &CaseValue<'_>, is_selected: bool) {
    let indent = || Span::raw("     ");
    let shown = value.value().map_or("empty".to_owned(), |known| text::fit(known, SHOWN, page.theme.ellipsis()));
    page.label(&number(at), &format!("{}: {shown}", value.name));
    let mut origin = value.origin();
    let others = value.others().count();
    if others > 0 {
        origin.push_str(&format!("; {} also found", text::count(others, "other value", "other values")));
    }
    if !origin.is_empty() {
        page.hanging(indent(), &origin, page.theme.style(Role::Secondary));
    }
    if value.must_be_accepted() {
        page.hanging(indent(), MUST_BE_ACCEPTED, Style::new());
    }
    let Some(described) = value.described.filter(|_| is_selected) else { return };
    page.hanging(indent(), &described.means, Style::new());
    if let Some(place) = &described.place {
        page.hanging(indent(), &format!("Where: {place}"), Style::new());
    }
    if let Some(run) = &described.run {
        page.lines.extend(pieces::command(page.theme, 5, &read_only_command(walk, run), page.width));
    }
}

/// Says what a value of the traffic lacks.
const MUST_BE_ACCEPTED: &str = "From traffic: not used in commands that change something until you press A.";
