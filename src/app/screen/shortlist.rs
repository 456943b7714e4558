//! Lists the cards that are still possible.
//!
//! It is the end of a walk that nothing separates, or a look ahead while a question is open.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::Span;

use crate::app::keys::{Action, KeyContext};
use crate::app::parts::list::{ListExtent, ListPage, ListState, number};
use crate::app::parts::{frame as parts_frame, pieces};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::app::transition::{NoteKind, Route, Transition};
use crate::app::wording::{best_next_check, named_group, others, place, progress};
use crate::export::format::capital;
use crate::export::outline::takes;
use crate::export::values::read_only_command;
use crate::export::verdict::{ruled_out, word};
use crate::tree::{CardId, QuestionId};
use crate::walk::{Candidate, RuledOutBy, Shortlist, ShortlistGroup, Step, Walk};

/// Says which candidates are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Listed {
    /// The best next check, the likeliest, and the others in groups.
    End,
    /// All, also those that are ruled out.
    All,
}

/// Lets the operator do something here. `on_escape` is what leaving the list means.
pub fn handle(
    list: &mut ListState,
    shared: &mut Shared,
    listed: Listed,
    action: Action,
    on_escape: Transition,
) -> Transition {
    let Some(walk) = &shared.session.walk else { return Transition::Close };
    let area = parts_frame::body_area(shared.size);
    let extent = ListExtent { entries: entries(walk, listed).len(), height: area.height };
    if list.handle(action, extent, |list| page(list, shared, walk, listed, usize::from(area.width))) {
        return Transition::Stay;
    }
    let at = match action {
        Action::Escape | Action::Back => return on_escape,
        Action::CopyCommand => return copy_command(shared),
        Action::Escalate => {
            let tree = Arc::clone(walk.tree());
            let card = tree.escalation;
            return Transition::Open(Route::Note { tree, card, kind: NoteKind::Escalated });
        }
        Action::Choose => Some(list.selected),
        Action::Digit(number) => number.checked_sub(1),
        _ => None,
    };
    let Some(entry) = at.and_then(|at| entries(walk, listed).into_iter().nth(at)) else { return Transition::Stay };
    let tree = Arc::clone(walk.tree());
    Transition::Open(match entry {
        ShortlistEntry::FindOut(question) => Route::Edit(question),
        ShortlistEntry::Card(candidate) => Route::in_walk(&tree, candidate.card),
        ShortlistEntry::Link(candidate) => return shared.follow(&tree, None, candidate.card),
        ShortlistEntry::Others(_) => Route::Candidates,
        ShortlistEntry::Escalate => Route::looked_up(&tree, tree.escalation),
        ShortlistEntry::RuledOut(card, _) => Route::looked_up(&tree, card),
    })
}

/// Copies the command of the best next check.
fn copy_command(shared: &mut Shared) -> Transition {
    let walk = shared.session.walk.as_ref();
    let command = walk.and_then(|walk| walk.tree().question(walk.worth_finding_out()?).find_out.command.as_ref());
    let command = command.zip(walk).map(|(command, walk)| read_only_command(walk, command));
    shared.copy_command(command.as_ref(), "No check with a command is left.")
}

/// An entry of the list.
enum ShortlistEntry {
    FindOut(QuestionId),
    Card(Candidate),
    Link(Candidate),
    /// The candidates that are not listed one by one.
    Others(Vec<ShortlistGroup>),
    Escalate,
    RuledOut(CardId, RuledOutBy),
}

fn entries(walk: &Walk, listed: Listed) -> Vec<ShortlistEntry> {
    let is_link = |candidate: &Candidate| walk.tree().card(candidate.card).leads_to.is_some();
    let entry = |candidate: &Candidate| match is_link(candidate) {
        true => ShortlistEntry::Link(*candidate),
        false => ShortlistEntry::Card(*candidate),
    };
    match listed {
        Listed::End => {
            let Shortlist { check, likeliest, others } = walk.shortlist();
            let others = (!others.is_empty()).then_some(ShortlistEntry::Others(others));
            let cards = likeliest.iter().map(entry);
            let check = check.map(ShortlistEntry::FindOut).into_iter();
            check.chain(cards).chain(others).chain([ShortlistEntry::Escalate]).collect()
        }
        Listed::All => {
            let cards = walk.position().candidates.iter().map(entry);
            let ruled_out = walk.verdicts().ruled_out.iter();
            cards.chain(ruled_out.map(|(card, by)| ShortlistEntry::RuledOut(*card, by.clone()))).collect()
        }
    }
}

/// Draws the list.
pub fn view(list: &ListState, shared: &Shared, listed: Listed, frame: &mut Frame<'_>) {
    let Some(walk) = &shared.session.walk else { return };
    let size = frame.area();
    let area = parts_frame::body_area((size.width, size.height));
    let lines = page(list, shared, walk, listed, usize::from(area.width)).lines;
    let about = (place(walk), progress(walk));
    parts_frame::draw_lines(frame, shared, KeyContext::Shortlist, (&about.0, &about.1), lines, list.scroll);
}

fn page(list: &ListState, shared: &Shared, walk: &Walk, listed: Listed, width: usize) -> ListPage {
    let tree = walk.tree();
    let heading = match walk.position().step {
        _ if listed == Listed::All => "Still possible, the likeliest first",
        _ if walk.position().is_after_all_remedies => {
            "You have tried every step. It may be one of these similar problems:"
        }
        Step::Link(_) => "The questions continue in another system, with your evidence.",
        _ => "Not enough to decide. The likeliest first:",
    };
    let mut page = ListPage::new(shared.theme, width, list.selected);
    page.text(heading, page.theme.style(Role::Title));
    page.blank();
    let indent = Span::raw("     ");
    let mut has_ruled_out = false;
    let mut last_group: Option<&str> = None;
    for (at, entry) in entries(walk, listed).iter().enumerate() {
        page.entry(|page| match entry {
            ShortlistEntry::RuledOut(card, by) => {
                if !std::mem::replace(&mut has_ruled_out, true) {
                    page.blank();
                    page.text("Ruled out", page.theme.style(Role::Title));
                }
                page.label("", &tree.card(*card).title);
                page.hanging(indent.clone(), &ruled_out(walk, by), Style::new());
            }
            ShortlistEntry::FindOut(question) => {
                let find_out = &tree.question(*question).find_out;
                page.label(&number(at), &best_next_check(walk, *question));
                let how = format!("{} ({})", find_out.how, takes(find_out.takes));
                page.hanging(indent.clone(), &how, Style::new());
                if let Some(command) = &find_out.command {
                    let command = read_only_command(walk, command);
                    page.lines.extend(pieces::command(page.theme, 5, &command, page.width));
                }
                if let Some(place) = &find_out.console {
                    page.hanging(indent.clone(), &format!("Console: {place}"), Style::new());
                }
                page.blank();
            }
            ShortlistEntry::Others(groups) => {
                page.label(&number(at), &others(groups));
                for said in groups.iter().map(|group| named_group(walk, group)) {
                    page.hanging(indent.clone(), &said, Style::new());
                }
            }
            ShortlistEntry::Escalate => {
                page.label(&number(at), &format!("None of these. {}", tree.card(tree.escalation).title));
            }
            ShortlistEntry::Card(candidate) | ShortlistEntry::Link(candidate) => {
                let verdict = walk.verdicts().of_card(candidate.card);
                let group = verdict.as_ref().map(word);
                if listed == Listed::All && group != last_group {
                    if last_group.is_some() {
                        page.blank();
                    }
                    page.text(&capital(group.unwrap_or_default()), page.theme.style(Role::Title));
                    last_group = group;
                }
                let said = group.filter(|_| listed == Listed::End && walk.position().candidates.len() > 1);
                let said = said.map_or_else(String::new, |word| format!(" · {word}"));
                page.label(&number(at), &format!("{}{said}", shared.session.name_of(tree, candidate.card)));
                if walk.position().is_after_all_remedies {
                    let sign = walk.look_alike_sign(candidate.card).unwrap_or_default();
                    page.hanging(indent.clone(), sign, Style::new());
                } else if let Some(found) = walk.discriminator(candidate.card) {
                    let option = tree.option(found.question, found.option);
                    let text = format!("It is this one if: {}", option.label);
                    page.hanging(indent.clone(), &text, Style::new());
                }
            }
        });
    }
    page
}
