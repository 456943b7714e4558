//! Asks whether contradicting evidence is of the same incident.

use ratatui::Frame;
use ratatui::style::Style;

use crate::app::keys::{Action, KeyContext};
use crate::app::parts::list::{ListPage, ListState, number};
use crate::app::parts::{body, frame as parts_frame};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::app::transition::Transition;
use crate::app::wording::{SAME_INCIDENT, contradictions_of, place};
use crate::session::OpposedEvidence;

/// The evidence, and the selected answer.
#[derive(Debug)]
pub struct SameIncident {
    opposed: OpposedEvidence,
    list: ListState,
}

impl SameIncident {
    /// Makes the screen for evidence.
    pub fn new(opposed: OpposedEvidence) -> Self {
        Self { opposed, list: ListState::default() }
    }

    /// Adds the evidence to the case, or begins another one with it.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        if let Some(selected) = body::select(action, self.list.selected, SAME_INCIDENT.len()) {
            self.list.selected = selected;
            return Transition::Stay;
        }
        let at = match action {
            Action::Choose => self.list.selected,
            Action::Digit(number) => number.saturating_sub(1),
            Action::Escape => return Transition::Close,
            _ => return Transition::Stay,
        };
        let session = &mut shared.session;
        match at {
            0 => Transition::Joined(Box::new(session.enter_with(&self.opposed.read))),
            1 => Transition::Joined(Box::new(session.begin_with(&self.opposed.read))),
            _ => Transition::Stay,
        }
    }

    /// Draws what contradicts, and the choice.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let place = place(&self.opposed.joined);
        let area = parts_frame::draw(frame, shared, KeyContext::SameIncident, &place, "a contradiction", 0);
        let mut page = ListPage::new(shared.theme, usize::from(area.width), self.list.selected);
        page.text("Same incident? This contradicts the case.", page.theme.style(Role::Title));
        page.blank();
        for said in contradictions_of(&self.opposed) {
            page.text(&said, Style::new());
        }
        page.blank();
        for (at, choice) in SAME_INCIDENT.iter().enumerate() {
            page.short_entry(&number(at), choice);
        }
        let end = page.lines.len().saturating_sub(1);
        let scroll = body::scroll_to(0, end, end, usize::from(area.height));
        body::draw(frame, area, page.lines, scroll);
    }
}
