//! Lists the values of the case, which fill the placeholders of commands.

use std::collections::BTreeSet;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::keys::{Action, KeyContext};
use crate::app::parts::list::{ListExtent, ListPage, ListState, number};
use crate::app::parts::{frame as parts_frame, pieces};
use crate::app::placeholders::ScreenPlaceholders;
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
    placeholders: ScreenPlaceholders,
    /// `None` until something is selected.
    ///
    /// Then it is the first value that is missing.
    list: Option<ListState>,
    /// The value that was opened last.
    ///
    /// The list is taken up again from there.
    opened: Option<CleanText>,
}

impl ValuesScreen {
    /// Lists the values; those of the named placeholders come first.
    pub fn new(placeholders: ScreenPlaceholders) -> Self {
        Self { placeholders, list: None, opened: None }
    }

    /// Returns the values to list.
    ///
    /// Empty ones of other cards are left out if the list is about a command.
    fn listed<'w>(&'w self, walk: &'w Walk) -> Vec<CaseValue<'w>> {
        let ScreenPlaceholders { here, on_card } = &self.placeholders;
        let first: Vec<&str> = here.iter().chain(on_card).map(CleanText::as_str).collect();
        let mut listed = case_values(walk, &first);
        listed.retain(|value| first.is_empty() || first.contains(&value.name) || value.value().is_some());
        listed
    }

    /// Returns the state of the list.
    ///
    /// A list that is opened, or gone on with after a value was given, selects the next value that a command lacks.
    fn state(&self, shared: &Shared, walk: &Walk, area: Rect) -> ListState {
        if let Some(list) = self.list {
            return list;
        }
        let listed = self.listed(walk);
        let from = self.opened.as_ref().and_then(|name| listed.iter().position(|value| value.name == name.as_str()));
        let from = from.unwrap_or(0);
        let is_missing = |value: &&CaseValue<'_>| value.value().is_none() || value.must_be_accepted();
        let missing = listed.iter().enumerate().skip(from).find(|(_, value)| is_missing(value));
        let mut state = ListState::default();
        let selected = missing.map_or(from, |(at, _)| at);
        state.select(selected, area.height, |list| self.page(shared, walk, list, usize::from(area.width)));
        state
    }

    /// Returns the placeholder that is selected.
    pub fn selected(&self, shared: &Shared) -> Option<CleanText> {
        let walk = shared.session.walk.as_ref()?;
        let state = self.state(shared, walk, parts_frame::body_area(shared.size));
        self.listed(walk).get(state.selected).map(|value| CleanText::line(value.name))
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let Some(walk) = &shared.session.walk else { return Transition::Close };
        let area = parts_frame::body_area(shared.size);
        let mut list = self.state(shared, walk, area);
        let listed = self.listed(walk);
        let extent = ListExtent { entries: listed.len(), height: area.height };
        if list.handle(action, extent, |list| self.page(shared, walk, list, usize::from(area.width))) {
            self.list = Some(list);
            return Transition::Stay;
        }
        let at = match action {
            Action::Digit(number) => number.checked_sub(1),
            _ => Some(list.selected),
        };
        if matches!(action, Action::Escape | Action::Back) {
            return Transition::Close;
        }
        let Some(chosen) = at.and_then(|at| listed.get(at)) else { return Transition::Stay };
        let name = CleanText::line(chosen.name);
        match action {
            Action::Choose | Action::Digit(_) => {
                (self.list, self.opened) = (None, Some(name.clone()));
                return Transition::Open(Route::ValueEntry(name, None));
            }
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
        // After a value was accepted, the next one that is missing is selected.
        self.list = Some(list).filter(|_| action != Action::Accept);
        self.opened = Some(name);
        shared.tell(said);
        Transition::Stay
    }

    /// Draws the list.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let Some(walk) = &shared.session.walk else { return };
        let size = frame.area();
        let area = parts_frame::body_area((size.width, size.height));
        let list = self.state(shared, walk, area);
        let lines = self.page(shared, walk, &list, usize::from(area.width)).lines;
        let known = self.listed(walk).iter().filter(|value| value.value().is_some()).count();
        let about = (place(walk), format!("{} known", text::count(known, "value", "values")));
        parts_frame::draw_lines(frame, shared, KeyContext::Values, (&about.0, &about.1), lines, list.scroll);
    }

    fn page(&self, shared: &Shared, walk: &Walk, list: &ListState, width: usize) -> ListPage {
        let listed = self.listed(walk);
        let mut page = ListPage::new(shared.theme, width, list.selected);
        page.text("These values fill the commands. Choose one to type or correct it.", Style::new());
        if listed.iter().any(CaseValue::must_be_accepted) {
            let key = shared.keys.name(KeyContext::Values, Action::Accept);
            let said = format!(
                "\"Not accepted\": it was read in the traffic. A command that changes something leaves it empty until you \
                 press {key}."
            );
            page.text(&said, Style::new());
        }
        let mut headings = BTreeSet::new();
        let is_one_of = |names: &[CleanText], value: &CaseValue<'_>| names.iter().any(|name| name == value.name);
        for (at, value) in listed.iter().enumerate() {
            let heading = match value.value() {
                _ if is_one_of(&self.placeholders.here, value) => "In the commands here",
                _ if is_one_of(&self.placeholders.on_card, value) => "In other steps of this card",
                Some(_) => "Other values of this case",
                None => "Empty",
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
    let others = match value.others().count() {
        0 => String::new(),
        others => format!("{} also found", text::count(others, "other value", "other values")),
    };
    let accepted = if value.must_be_accepted() { "not accepted".to_owned() } else { String::new() };
    let origin = [value.origin(), others, accepted].into_iter().filter(|said| !said.is_empty());
    let origin = origin.collect::<Vec<_>>().join("; ");
    if !origin.is_empty() {
        page.hanging(indent(), &origin, page.theme.style(Role::Secondary));
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
