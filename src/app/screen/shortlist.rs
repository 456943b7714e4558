//! What is still possible: the end of a walk that nothing separates, or a look ahead while a question is open.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::card::CardScreen;
use super::question::Edit;
use super::{ListState, Screen, Transition};
use crate::app::Shared;
use crate::app::keys::{Action, Context};
use crate::app::parts::{body, candidates, frame as parts_frame};
use crate::export::outline::takes;
use crate::walk::{Step, Walk};

/// Lets the operator do something here. `on_escape` is what leaving the list means.
pub fn handle(list: &mut ListState, shared: &mut Shared, action: Action, on_escape: Transition) -> Transition {
    let Some(walk) = &shared.walk else { return Transition::Close };
    let count = entries(walk).len();
    if let Some(selected) = body::select(action, list.selected, count) {
        list.selected = selected;
        let area = parts_frame::body_area(shared.size);
        let (_, places) = lines(list, shared, walk, usize::from(area.width));
        if let Some((first, last)) = places.get(selected) {
            let first = if selected == 0 { 0 } else { *first };
            list.scroll = body::scroll_to(list.scroll, first, *last, usize::from(area.height));
        }
        return Transition::Stay;
    }
    match action {
        Action::Escape | Action::Back => on_escape,
        Action::Choose => open(list.selected, shared, walk),
        Action::Digit(number) => number.checked_sub(1).map_or(Transition::Stay, |at| open(at, shared, walk)),
        _ => {
            let area = parts_frame::body_area(shared.size);
            let (lines, _) = lines(list, shared, walk, usize::from(area.width));
            let scrolled = body::scroll(action, list.scroll, lines.len(), usize::from(area.height));
            list.scroll = scrolled.unwrap_or(list.scroll);
            Transition::Stay
        }
    }
}

/// Something to pick: the question most worth finding out about, a card, or what to do if it is none of them.
enum Entry {
    FindOut(crate::tree::QuestionId),
    Card(crate::walk::Candidate),
    Escalate,
}

fn entries(walk: &Walk) -> Vec<Entry> {
    let is_end = walk.position().step == Step::Shortlist;
    let find_out = walk.worth_finding_out().filter(|_| is_end).map(Entry::FindOut);
    let cards = walk.position().candidates.iter().copied().map(Entry::Card);
    find_out.into_iter().chain(cards).chain(is_end.then_some(Entry::Escalate)).collect()
}

fn open(at: usize, shared: &Shared, walk: &Walk) -> Transition {
    match entries(walk).get(at) {
        Some(Entry::FindOut(question)) => Transition::Open(Screen::Edit(Edit::new(shared, *question))),
        Some(Entry::Card(candidate)) => {
            Transition::Open(Screen::Card(CardScreen::in_walk(&Arc::clone(walk.tree()), candidate.card)))
        }
        Some(Entry::Escalate) => {
            let card = walk.tree().escalation;
            Transition::Open(Screen::Card(CardScreen::looked_up(&Arc::clone(walk.tree()), card)))
        }
        None => Transition::Stay,
    }
}

/// Draws the list.
pub fn view(list: &ListState, shared: &Shared, frame: &mut Frame<'_>) {
    let Some(walk) = &shared.walk else { return };
    let size = frame.area();
    let area = parts_frame::body_area((size.width, size.height));
    let (lines, _) = lines(list, shared, walk, usize::from(area.width));
    let scroll = list.scroll.min(lines.len().saturating_sub(usize::from(area.height)));
    let below = body::below(lines.len(), scroll, area.height);
    let state = candidates::summary(walk);
    let area = parts_frame::draw(frame, shared, Context::Shortlist, &walk.tree().title, &state, below);
    body::draw(frame, area, lines, scroll);
}

/// The lines, and the first and last line of each entry.
fn lines(list: &ListState, shared: &Shared, walk: &Walk, width: usize) -> (Vec<Line<'static>>, Vec<(usize, usize)>) {
    let (theme, tree) = (shared.theme, walk.tree());
    let heading = match walk.position().step {
        _ if walk.position().is_after_all_remedies => {
            "Every remedy was tried. It may be one of these, which look alike:"
        }
        Step::Shortlist => "No more questions: these are left, the likeliest first",
        _ => "Still possible, the likeliest first",
    };
    let mut lines = body::hanging(theme, Span::raw(""), heading, theme.strong(), width);
    lines.push(Line::default());
    let mut places = Vec::new();
    for (at, entry) in entries(walk).iter().enumerate() {
        let first = lines.len();
        let number = if at < 9 { format!("{}  ", at + 1) } else { "   ".to_owned() };
        let is_selected = at == list.selected;
        match entry {
            Entry::FindOut(question) => {
                let question = tree.question(*question);
                let label = format!("Find this out, it tells most: {}", question.ask);
                lines.extend(body::entry(theme, is_selected, &number, &label, width));
                let how = format!("{} ({})", question.find_out.how, takes(question.find_out.takes));
                lines.extend(body::hanging(theme, Span::raw("     "), &how, Style::new(), width));
                lines.push(Line::default());
            }
            Entry::Escalate => {
                let label = format!("None of these. {}", tree.card(tree.escalation).title);
                lines.extend(body::entry(theme, is_selected, &number, &label, width));
            }
            Entry::Card(candidate) => {
                let title = format!("{} ({})", tree.card(candidate.card).title, candidates::percent(candidate.share));
                lines.extend(body::entry(theme, is_selected, &number, &title, width));
                if walk.position().is_after_all_remedies {
                    let sign = walk.look_alike_sign(candidate.card).unwrap_or_default();
                    lines.extend(body::hanging(theme, Span::raw("     "), sign, Style::new(), width));
                } else if let Some(found) = walk.discriminator(candidate.card) {
                    let option = tree.option(found.question, found.option);
                    let sign = option.shows.as_deref().unwrap_or(&option.label);
                    let text = format!("It is this one if: {} ({sign})", option.label);
                    lines.extend(body::hanging(theme, Span::raw("     "), &text, Style::new(), width));
                }
            }
        }
        places.push((first, lines.len().saturating_sub(1)));
    }
    (lines, places)
}
