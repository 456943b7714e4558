//! Answers that exclude each other: both are shown, the operator drops one.

use ratatui::Frame;
use ratatui::style::Style;

use crate::app::keys::{Action, KeyContext};
use crate::app::parts::list::{ListPage, ListState, number};
use crate::app::parts::{body, frame as parts_frame};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::app::transition::Transition;
use crate::app::wording::{name_of_culprit, place};
use crate::session::drop_culprit;
use crate::walk::{Conflict, Walk};

/// Lets the operator drop one side.
pub fn handle(list: &mut ListState, shared: &mut Shared, conflict: &Conflict, action: Action) -> Transition {
    let Some(walk) = shared.session.walk.as_mut() else { return Transition::Close };
    if let Some(selected) = body::select(action, list.selected, conflict.culprits.len()) {
        list.selected = selected;
        return Transition::Stay;
    }
    let at = match action {
        Action::Choose => Some(list.selected),
        Action::Digit(number) => number.checked_sub(1),
        _ => None,
    };
    if let Some(culprit) = at.and_then(|at| conflict.culprits.get(at)) {
        drop_culprit(walk, *culprit);
        shared.tell("Removed. Everything else is kept.");
    }
    Transition::Stay
}

/// Draws both sides.
pub fn view(list: &ListState, shared: &Shared, walk: &Walk, conflict: &Conflict, frame: &mut Frame<'_>) {
    let area = parts_frame::draw(frame, shared, KeyContext::Conflict, &place(walk), "a contradiction", 0);
    let mut page = ListPage::new(shared.theme, usize::from(area.width), list.selected);
    page.text("These contradict each other. Which one is wrong?", page.theme.style(Role::Title));
    page.text("The one you choose is removed; everything else is kept.", Style::new());
    page.blank();
    for (at, culprit) in conflict.culprits.iter().enumerate() {
        page.short_entry(&number(at), &name_of_culprit(walk, *culprit));
    }
    let scroll = body::scroll_to(0, list.selected + 3, list.selected + 3, usize::from(area.height));
    body::draw(frame, area, page.lines, scroll);
}
