//! Shows a card as a checklist.
//!
//! One step is open, and sections unfold.

mod page;
mod view_state;

use std::sync::Arc;

use ratatui::Frame;

use crate::app::copy;
use crate::app::effect::Effect;
use crate::app::keys::{Action, KeyContext};
use crate::app::parts::{body, frame as parts_frame, hyperlinks};
use crate::app::state::Shared;
use crate::app::transition::{NoteKind, Route, Transition};
use crate::app::wording;
use crate::export::verdict::verdict;
use crate::export::{Outline, markdown};
use crate::tree::{CardId, Tree};
use crate::walk::StepOutcome;
use page::CardPage;
pub use view_state::{CardFocus, CardView};

/// A card that was opened from a list.
#[derive(Debug)]
pub struct CardScreen {
    /// The tree of the card.
    pub tree: Arc<Tree>,
    /// The card that is shown.
    pub card: CardId,
    /// The walk goes on from it: its steps can be marked.
    in_walk: bool,
    view: CardView,
}

impl CardScreen {
    /// Shows a card. `in_walk` if the walk goes on from it.
    pub fn new(tree: Arc<Tree>, card: CardId, in_walk: bool) -> Self {
        Self { tree, card, in_walk, view: CardView::default() }
    }

    /// The context in which a key is pressed.
    pub fn context(&self) -> KeyContext {
        if self.in_walk { KeyContext::Card } else { KeyContext::Reading }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        if matches!(action, Action::Back | Action::Escape) {
            return if self.view.fold() { Transition::Stay } else { Transition::Close };
        }
        let tree = Arc::clone(&self.tree);
        let context = self.context();
        handle(&mut self.view, shared, &tree, self.card, context, action)
    }

    /// Draws the card.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        view(self.view, shared, &self.tree, self.card, self.context(), frame);
    }
}

/// Lets the operator do something on a card.
pub fn handle(
    view: &mut CardView,
    shared: &mut Shared,
    tree: &Arc<Tree>,
    id: CardId,
    context: KeyContext,
    action: Action,
) -> Transition {
    if let (Some(outcome), KeyContext::Card) = (action.step_outcome(), context) {
        if !CardPage::shows_steps(*view, parts_frame::body_area(shared.size)) {
            view.fold();
            let (step, key) = (shared.session.step_at_hand(tree, id) + 1, shared.keys.name(context, action));
            shared.tell(format!("Step {step} is shown again. Press {key} once more to mark it."));
            return Transition::Stay;
        }
        return mark(view, shared, tree, id, outcome);
    }
    let outline = shared.session.card_outline(tree, id);
    let at = shared.session.step_at_hand(tree, id);
    match action {
        Action::Escalate => {
            let (tree, card) = (Arc::clone(tree), id);
            let kind = if outline.solution().is_some() { NoteKind::Solved } else { NoteKind::Escalated };
            return Transition::Open(Route::Note { tree, card, kind });
        }
        Action::Digit(number) => {
            if !number.checked_sub(1).is_some_and(|at| shared.session.choose_step(tree, id, at)) {
                shared.tell(format!("This card has no step {number}."));
            }
            *view = CardView::default();
        }
        Action::Up | Action::Down if !view.is_unfolded() => {
            if let Some(next) = view.step_through(&outline, at, action == Action::Down).filter(|next| *next != at) {
                shared.session.choose_step(tree, id, next);
            }
        }
        Action::Next => view.focus_next(&outline, at, 1),
        Action::Previous => view.focus_next(&outline, at, -1),
        Action::Section(kind) if outline.section(kind).is_none() => {
            shared.tell(format!("This card says nothing under \"{}\".", kind.title()));
        }
        Action::Section(kind) => view.toggle(kind),
        Action::Follow => return follow(shared, tree, id),
        Action::Copy => return copy_card(shared, tree, id, &shared.session.outline_to_copy(tree, id)),
        Action::CopyCommand => {
            let command = view.command(&outline, at);
            let place = if view.is_unfolded() { "section" } else { "step" };
            return shared.copy_command(command.as_ref(), &format!("This {place} has no command."));
        }
        _ => {
            let area = parts_frame::body_area(shared.size);
            let page = CardPage::new(*view, shared, &outline, at, context, area);
            let column = page.scrolled();
            let height = usize::from(column.area.height);
            if let Some(scroll) = body::scroll(action, column.scroll, height, || column.lines.len()) {
                view.scroll = Some(scroll);
                if let CardFocus::Command(command) = view.focus {
                    view.focus = CardFocus::Command(page.in_sight(command, scroll));
                }
            }
        }
    }
    Transition::Stay
}

/// Marks the step at hand.
///
/// Opens the note if the case is solved.
fn mark(view: &mut CardView, shared: &mut Shared, tree: &Arc<Tree>, id: CardId, outcome: StepOutcome) -> Transition {
    *view = CardView::default();
    let solved = Route::Note { tree: Arc::clone(tree), card: id, kind: NoteKind::Solved };
    let outline = shared.session.card_outline(tree, id);
    let at_hand = outline.steps.get(shared.session.step_at_hand(tree, id));
    if outcome == StepOutcome::Helped && at_hand.is_some_and(|step| step.outcome == Some(outcome)) {
        return Transition::Open(solved);
    }
    match shared.session.mark_step(tree, id, outcome) {
        Err(why) => {
            shared.tell(why);
            Transition::Stay
        }
        Ok(marked) => {
            let answer = shared.keys.name(KeyContext::Card, Action::Trail);
            let again = format!(" Paste the lines again to compare, or {answer} changes answers.");
            shared.tell(marked.said + if marked.is_change { &again } else { "" });
            match (marked.is_solved, marked.is_ruled_out) {
                (true, _) => Transition::Open(solved),
                (_, true) => Transition::Walk,
                _ => Transition::Stay,
            }
        }
    }
}

fn follow(shared: &mut Shared, tree: &Arc<Tree>, id: CardId) -> Transition {
    match tree.card(id).references().as_slice() {
        [] => {
            shared.tell("This card names no other card.");
            Transition::Stay
        }
        [(_, only)] => shared.follow(tree, Some(id), *only),
        _ => Transition::Open(Route::References { tree: Arc::clone(tree), card: id }),
    }
}

fn copy_card(shared: &mut Shared, tree: &Tree, id: CardId, outline: &Outline) -> Transition {
    let (text, is_cut) = copy::markdown(markdown::card(&outline.text()));
    let cut = if is_cut { ", cut to 64 KiB" } else { "" };
    let name = format!("{}/{}", tree.id, tree.card(id).id);
    shared.tell(format!("Card copied{cut}. Nothing in your clipboard? Run: wherefore show {name} --full"));
    Transition::Do(Effect::Copy(text))
}

/// Draws a card.
pub fn view(view: CardView, shared: &Shared, tree: &Tree, id: CardId, context: KeyContext, frame: &mut Frame<'_>) {
    let size = frame.area();
    let area = parts_frame::body_area((size.width, size.height));
    let outline = shared.session.card_outline(tree, id);
    let at = shared.session.step_at_hand(tree, id);
    let page = CardPage::new(view, shared, &outline, at, context, area);
    let column = page.scrolled();
    let below = body::below(column.lines.len(), column.scroll, column.area.height);
    let (place, state) = match &shared.session.walk {
        Some(walk) if context == KeyContext::Card && id == tree.escalation => {
            (wording::place(walk), wording::summary(walk))
        }
        Some(walk) if context == KeyContext::Card => (wording::place(walk), verdict(walk, id)),
        Some(walk) if shared.session.is_walking(tree) => (tree.title.to_string(), verdict(walk, id)),
        _ => (tree.title.to_string(), String::new()),
    };
    let body_area = parts_frame::draw(frame, shared, context, &place, &state, below);
    for column in page.columns {
        let area = column.area.intersection(body_area);
        body::draw(frame, area, column.lines, column.scroll);
        if shared.theme.hyperlinks {
            hyperlinks::mark(frame.buffer_mut(), area, &outline.urls());
        }
    }
}
