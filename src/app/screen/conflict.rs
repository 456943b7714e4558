//! Answers that exclude each other: both are shown, the operator drops one.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::question::name_of_answer;
use super::{ListState, Transition};
use crate::app::Shared;
use crate::app::keys::{Action, Context};
use crate::app::parts::{body, frame as parts_frame};
use crate::walk::{Conflict, Culprit, Event, Walk};

/// Lets the operator drop one side.
pub fn handle(list: &mut ListState, shared: &mut Shared, conflict: &Conflict, action: Action) -> Transition {
    let Some(walk) = shared.walk.as_mut() else { return Transition::Close };
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
        shared.notice = Some("Dropped. Everything else is kept.".into());
    }
    Transition::Stay
}

/// Takes back every event that gave the answer, or all evidence. An answer that evidence gave becomes "don't know": what
/// else the evidence says is kept.
pub fn drop_culprit(walk: &mut Walk, culprit: Culprit) {
    walk.retract(|event| match (event, culprit) {
        (Event::Answered { question, .. } | Event::NoneOfThese { question }, Culprit::Answer(of)) => *question == of,
        (Event::EvidenceAdded(_), Culprit::Evidence) => true,
        _ => false,
    });
    if let Culprit::Answer(question) = culprit
        && walk.known().given(question).is_some()
    {
        walk.push(Event::Unknown { question });
    }
}

/// Draws both sides.
pub fn view(list: &ListState, shared: &Shared, walk: &Walk, conflict: &Conflict, frame: &mut Frame<'_>) {
    let area = parts_frame::draw(frame, shared, Context::Conflict, &walk.tree().title, "a contradiction", 0);
    let (theme, width) = (shared.theme, usize::from(area.width));
    let mut lines =
        body::hanging(theme, Span::raw(""), "These exclude each other. Which one is wrong?", theme.strong(), width);
    let hint = "The one you choose is dropped; everything else is kept.";
    lines.extend(body::hanging(theme, Span::raw(""), hint, Style::new(), width));
    lines.push(Line::default());
    for (at, culprit) in conflict.culprits.iter().enumerate() {
        let number = format!("{}  ", at + 1);
        lines.extend(body::entry(theme, at == list.selected, &number, &describe(walk, *culprit), width));
    }
    let scroll = body::scroll_to(0, list.selected + 3, list.selected + 3, usize::from(area.height));
    body::draw(frame, area, lines, scroll);
}

/// A side of the conflict in words.
pub fn describe(walk: &Walk, culprit: Culprit) -> String {
    match culprit {
        Culprit::Answer(question) => {
            let given = walk.known().given(question);
            let answer = given.map(|given| name_of_answer(walk.tree(), question, given)).unwrap_or_default();
            format!("{} {answer}", walk.tree().question(question).ask)
        }
        Culprit::Evidence => {
            let line = walk.known().hits.first().map(|hit| hit.provenance.text.as_str()).unwrap_or_default();
            format!("The evidence: {line}")
        }
    }
}
