//! Lists the cards that are still possible.
//!
//! It is the end of a walk that nothing separates, or a look ahead while a question is open.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::keys::{Action, KeyContext};
use crate::app::parts::frame as parts_frame;
use crate::app::parts::list::{ListExtent, ListPage, ListState, number};
use crate::app::state::Shared;
use crate::app::transition::{Route, Transition};
use crate::app::wording::{percent, place, summary};
use crate::export::outline::takes;
use crate::export::verdict::ruled_out;
use crate::tree::CardId;
use crate::walk::{Candidate, RuledOutBy, Step, Walk};

/// Lets the operator do something here. `on_escape` is what leaving the list means.
pub fn handle(list: &mut ListState, shared: &mut Shared, action: Action, on_escape: Transition) -> Transition {
    let Some(walk) = &shared.session.walk else { return Transition::Close };
    let area = parts_frame::body_area(shared.size);
    let extent = ListExtent { entries: entries(walk).len(), height: area.height };
    if list.handle(action, extent, |list| page(list, shared, walk, usize::from(area.width))) {
        return Transition::Stay;
    }
    let at = match action {
        Action::Escape | Action::Back => return on_escape,
        Action::Choose => Some(list.selected),
        Action::Digit(number) => number.checked_sub(1),
        _ => None,
    };
    let Some(entry) = at.and_then(|at| entries(walk).into_iter().nth(at)) else { return Transition::Stay };
    let tree = Arc::clone(walk.tree());
    Transition::Open(match entry {
        ShortlistEntry::FindOut(question) => Route::Edit(question),
        ShortlistEntry::Card(candidate) => Route::in_walk(&tree, candidate.card),
        ShortlistEntry::Link(candidate) => return shared.follow(&tree, None, candidate.card),
        ShortlistEntry::Escalate => Route::looked_up(&tree, tree.escalation),
        ShortlistEntry::RuledOut(card, _) => Route::looked_up(&tree, card),
    })
}

/// An entry: a question, a card, a link, or the escalation.
enum ShortlistEntry {
    FindOut(crate::tree::QuestionId),
    Card(Candidate),
    Link(Candidate),
    Escalate,
    RuledOut(CardId, RuledOutBy),
}

fn entries(walk: &Walk) -> Vec<ShortlistEntry> {
    let is_end = matches!(walk.position().step, Step::Shortlist | Step::Link(_));
    let find_out = walk.worth_finding_out().filter(|_| is_end).map(ShortlistEntry::FindOut);
    let is_link = |candidate: &Candidate| walk.tree().card(candidate.card).leads_to.is_some();
    let cards = walk.position().candidates.iter().map(|candidate| match is_link(candidate) {
        true => ShortlistEntry::Link(*candidate),
        false => ShortlistEntry::Card(*candidate),
    });
    let ruled_out = walk.verdicts().ruled_out.iter().filter(|_| !is_end);
    let ruled_out = ruled_out.map(|(card, by)| ShortlistEntry::RuledOut(*card, by.clone()));
    let escalate = is_end.then_some(ShortlistEntry::Escalate);
    find_out.into_iter().chain(cards).chain(escalate).chain(ruled_out).collect()
}

/// Draws the list.
pub fn view(list: &ListState, shared: &Shared, frame: &mut Frame<'_>) {
    let Some(walk) = &shared.session.walk else { return };
    let size = frame.area();
    let area = parts_frame::body_area((size.width, size.height));
    let lines = page(list, shared, walk, usize::from(area.width)).lines;
    let about = (place(walk), summary(walk));
    parts_frame::draw_lines(frame, shared, KeyContext::Shortlist, (&about.0, &about.1), lines, list.scroll);
}

fn page(list: &ListState, shared: &Shared, walk: &Walk, width: usize) -> ListPage {
    let tree = walk.tree();
    let heading = match walk.position().step {
        _ if walk.position().is_after_all_remedies => {
            "Every remedy was tried. It may be one of these, which look alike:"
        }
        Step::Link(_) => "This goes on in another system. Your evidence goes along.",
        Step::Shortlist => "No more questions: these are left, the likeliest first",
        _ => "Still possible, the likeliest first",
    };
    let mut page = ListPage::new(shared.theme, width, list.selected);
    page.text(heading, page.theme.strong());
    page.blank();
    let indent = Span::raw("     ");
    let mut has_ruled_out = false;
    for (at, entry) in entries(walk).iter().enumerate() {
        page.entry(|page| match entry {
            ShortlistEntry::RuledOut(card, by) => {
                if !std::mem::replace(&mut has_ruled_out, true) {
                    page.blank();
                    page.text("Ruled out", page.theme.heading());
                }
                page.label("", &tree.card(*card).title);
                page.hanging(indent.clone(), &ruled_out(walk, by), Style::new());
            }
            ShortlistEntry::FindOut(question) => {
                let question = tree.question(*question);
                page.label(&number(at), &format!("Find this out, it tells most: {}", question.ask));
                let how = format!("{} ({})", question.find_out.how, takes(question.find_out.takes));
                page.hanging(indent.clone(), &how, Style::new());
                page.blank();
            }
            ShortlistEntry::Escalate => {
                page.label(&number(at), &format!("None of these. {}", tree.card(tree.escalation).title));
            }
            ShortlistEntry::Card(candidate) | ShortlistEntry::Link(candidate) => {
                let mut name = shared.session.name_of(tree, candidate.card);
                if walk.position().candidates.len() > 1 {
                    name.push_str(&format!(" ({})", percent(candidate.share)));
                }
                page.label(&number(at), &name);
                if walk.position().is_after_all_remedies {
                    let sign = walk.look_alike_sign(candidate.card).unwrap_or_default();
                    page.hanging(indent.clone(), sign, Style::new());
                } else if let Some(found) = walk.discriminator(candidate.card) {
                    let option = tree.option(found.question, found.option);
                    let sign = option.shows.as_deref().unwrap_or(&option.label);
                    let text = format!("It is this one if: {} ({sign})", option.label);
                    page.hanging(indent.clone(), &text, Style::new());
                }
            }
        });
    }
    page
}
