//! Lists every answer, to be changed or taken back.
//!
//! Open questions can be answered out of turn.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::keys::{Action, KeyContext};
use crate::app::parts::frame as parts_frame;
use crate::app::parts::list::{ListExtent, ListPage, ListState};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::app::transition::{Route, Transition};
use crate::app::wording::{name_of_evidence, place, progress, summary_of_evidence};
use crate::export::evidence::line_of;
use crate::export::verdict::{contradiction, name_of_answer};
use crate::session::{remove_value, take_back, walks};
use crate::text::{self, CleanText};
use crate::tree::QuestionId;
use crate::walk::{Event, Given, Origin, StepOutcome, Walk};

/// The most columns of a value in the list.
const SHOWN: usize = 120;

/// The state of the list.
#[derive(Debug, Default)]
pub struct Trail {
    list: ListState,
}

/// A line of the trail.
enum TrailEntry {
    /// Evidence, by its event: where it comes from, and what it says.
    Evidence(usize, String, String),
    Answered(QuestionId, Given),
    Marked(usize, String, StepOutcome),
    /// A value, by the name of its placeholder.
    Value(CleanText, String),
    /// A remark, by its event.
    Remark(usize, String),
    Open(QuestionId),
}

fn entries(walk: &Walk) -> Vec<TrailEntry> {
    let evidence = walks::evidence(walk);
    let mut entries: Vec<_> = evidence
        .filter_map(|(at, evidence, first)| {
            Some(TrailEntry::Evidence(at, name_of_evidence(first?), summary_of_evidence(walk, evidence)))
        })
        .collect();
    entries.extend(
        walks::answers_in_order(walk).into_iter().map(|(question, given)| TrailEntry::Answered(question, given)),
    );
    for (at, event) in walk.live_events() {
        if let Event::StepMarked { card, remedy, outcome } = event
            && let Some(remedy) = walk.tree().card(*card).remedies.get(*remedy)
        {
            entries.push(TrailEntry::Marked(at, remedy.act.to_string(), *outcome));
        }
    }
    for (at, event) in walk.live_events() {
        if let Event::Remarked(remark) = event {
            entries.push(TrailEntry::Remark(at, remark.to_string()));
        }
    }
    for (name, given) in &walk.known().given_values {
        let is_empty = given.value.is_empty();
        let says = if is_empty { "empty".to_owned() } else { text::fit(&given.value, SHOWN, "…") };
        entries.push(TrailEntry::Value(name.clone(), says));
    }
    entries.extend(walk.open_questions().into_iter().map(TrailEntry::Open));
    entries
}

impl Trail {
    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let Some(walk) = &shared.session.walk else { return Transition::Close };
        let entries = entries(walk);
        let area = parts_frame::body_area(shared.size);
        let page = |list: &ListState| page(list, shared, walk, usize::from(area.width));
        let extent = ListExtent { entries: entries.len(), height: area.height };
        if self.list.handle(action, extent, page) {
            return Transition::Stay;
        }
        let Some(walk) = shared.session.walk.as_mut() else { return Transition::Close };
        let taken = match (action, entries.get(self.list.selected)) {
            (Action::Escape | Action::Back, _) => return Transition::Close,
            (Action::Choose, Some(TrailEntry::Answered(question, _) | TrailEntry::Open(question))) => {
                return Transition::Open(Route::Edit(*question));
            }
            (Action::Choose, Some(TrailEntry::Value(name, _))) => {
                return Transition::Open(Route::ValueEntry(name.clone(), None));
            }
            (Action::TakeBack, Some(TrailEntry::Value(name, _))) => {
                let said = remove_value(walk, name);
                self.list = ListState::default();
                shared.tell(said);
                return Transition::Stay;
            }
            (Action::TakeBack, Some(TrailEntry::Answered(question, _))) => take_back(walk, *question),
            (
                Action::TakeBack | Action::Choose,
                Some(TrailEntry::Marked(event, ..) | TrailEntry::Evidence(event, ..) | TrailEntry::Remark(event, _)),
            ) => {
                walk.push(Event::Retracted { event: *event });
                Ok(())
            }
            _ => return Transition::Stay,
        };
        if taken.is_ok() {
            self.list = ListState::default();
        }
        shared.tell(taken.err().unwrap_or_else(|| "Removed. Everything else is kept.".to_owned()));
        Transition::Stay
    }

    /// Draws the list.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let Some(walk) = &shared.session.walk else { return };
        let size = frame.area();
        let area = parts_frame::body_area((size.width, size.height));
        let lines = page(&self.list, shared, walk, usize::from(area.width)).lines;
        let about = (place(walk), progress(walk));
        parts_frame::draw_lines(frame, shared, KeyContext::Trail, (&about.0, &about.1), lines, self.list.scroll);
    }
}

fn page(list: &ListState, shared: &Shared, walk: &Walk, width: usize) -> ListPage {
    let (theme, tree) = (shared.theme, walk.tree());
    let entries = entries(walk);
    let mut page = ListPage::new(theme, width, list.selected);
    if let Some(from) = walks::came_from(walk) {
        page.labeled("You followed a link from", from, theme.style(Role::Title));
        page.blank();
    }
    let contradictions = walk.contradictions();
    if !contradictions.is_empty() {
        page.lines.push(Line::styled("What contradicts", theme.style(Role::Title)));
        for found in contradictions {
            page.text(&contradiction(walk, found), Style::new());
        }
        page.blank();
    }
    page.lines.push(Line::styled("Your answers", theme.style(Role::Title)));
    if !entries.iter().any(|entry| matches!(entry, TrailEntry::Answered(..) | TrailEntry::Evidence(..))) {
        page.lines.push(Line::raw("None yet."));
    }
    let mut opened = false;
    for entry in &entries {
        if matches!(entry, TrailEntry::Open(_)) && !opened {
            opened = true;
            page.blank();
            page.lines.push(Line::styled("Can be answered at any time", theme.style(Role::Title)));
        }
        let (label, below) = match entry {
            TrailEntry::Evidence(_, label, says) => {
                let room = width.saturating_sub(2);
                (text::fit(label, room, theme.ellipsis()), Some(says.to_string()))
            }
            TrailEntry::Answered(question, given) => {
                let source = source(walk, *question);
                let answer = name_of_answer(tree, *question, *given);
                (tree.question(*question).ask.to_string(), Some(format!("{answer}{source}")))
            }
            TrailEntry::Marked(_, act, outcome) => (format!("Step: {act}"), Some(outcome.word().to_owned())),
            TrailEntry::Remark(_, says) => ("Your remark".to_owned(), Some(says.clone())),
            TrailEntry::Value(name, says) => (format!("Value of {name}"), Some(says.clone())),
            TrailEntry::Open(question) => (tree.question(*question).ask.to_string(), None),
        };
        page.entry(|page| {
            page.label("", &label);
            if let Some(below) = below {
                let lead = Span::styled(format!("    {} ", theme.symbol("→", "->")), theme.style(Role::Secondary));
                page.hanging(lead, &below, Style::new());
            }
        });
    }
    page
}

/// Names who gave an answer, if it was not the operator.
fn source(walk: &Walk, question: QuestionId) -> String {
    match walk.known().answers.get(&question).map(|answer| &answer.origin) {
        Some(Origin::Evidence(provenance)) => format!(" (from {})", line_of(provenance)),
        Some(Origin::Operator { overrules: Some(option) }) => {
            format!(" (the evidence says: {})", walk.tree().option(question, *option).label)
        }
        _ => String::new(),
    }
}
