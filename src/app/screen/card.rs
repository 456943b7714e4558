//! Shows a card: symptoms, remedies, and how to verify.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::text::{Line, Span};

use crate::app::effect::Effect;
use crate::app::keys::{Action, KeyContext};
use crate::app::parts::{blocks, body, frame as parts_frame};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::app::transition::{Route, Transition};
use crate::app::{copy, wording};
use crate::export::markdown;
use crate::export::verdict::verdict;
use crate::tree::{CardId, Tree};

/// A card that was opened from a list.
#[derive(Debug)]
pub struct CardScreen {
    /// The tree of the card.
    pub tree: Arc<Tree>,
    /// The card that is shown.
    pub card: CardId,
    /// The walk goes on from it: its remedies can be tried.
    in_walk: bool,
    scroll: usize,
}

impl CardScreen {
    /// Shows a card. `in_walk` if the walk goes on from it.
    pub fn new(tree: Arc<Tree>, card: CardId, in_walk: bool) -> Self {
        Self { tree, card, in_walk, scroll: 0 }
    }

    /// The context in which a key is pressed.
    pub fn context(&self) -> KeyContext {
        if self.in_walk { KeyContext::Card } else { KeyContext::Reading }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        if matches!(action, Action::Back | Action::Escape) {
            return Transition::Close;
        }
        if !self.in_walk {
            return handle(&mut self.scroll, shared, &self.tree, self.card, action);
        }
        let tree = Arc::clone(&self.tree);
        let next = handle_in_walk(&mut self.scroll, shared, &tree, self.card, action);
        let tried_all = action == Action::DidNotHelp && !shared.session.is_candidate(&tree, self.card);
        if tried_all { Transition::Walk } else { next }
    }

    /// Draws the card.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        view(self.scroll, shared, &self.tree, self.card, self.context(), frame);
    }
}

/// Lets the operator do something on a card of the walk.
pub fn handle_in_walk(
    scroll: &mut usize,
    shared: &mut Shared,
    tree: &Arc<Tree>,
    id: CardId,
    action: Action,
) -> Transition {
    let Some(outcome) = action.step_outcome() else { return handle(scroll, shared, tree, id, action) };
    let marked = shared.session.mark_step(tree, id, outcome);
    shared.tell(marked.map_or_else(str::to_owned, |marked| marked.said));
    *scroll = 0;
    Transition::Stay
}

/// Lets the operator do something on any card.
fn handle(scroll: &mut usize, shared: &mut Shared, tree: &Arc<Tree>, id: CardId, action: Action) -> Transition {
    match action {
        Action::Follow => match tree.card(id).references().as_slice() {
            [] => {
                shared.tell("This card names no other.");
                Transition::Stay
            }
            [(_, only)] => shared.follow(tree, Some(id), *only),
            _ => Transition::Open(Route::References { tree: Arc::clone(tree), card: id }),
        },
        Action::Copy => {
            let (text, is_cut) = copy::markdown(markdown::card(&shared.session.card_outline(tree, id).text()));
            shared.tell(match is_cut {
                true => "The card was sent to the terminal, cut to 64 KiB; wherefore show prints all of it.",
                false => "The card was sent to the terminal; wherefore show prints it.",
            });
            Transition::Do(Effect::Copy(text))
        }
        Action::CopyCommand => {
            let outline = shared.session.card_outline(tree, id);
            let mut commands = outline.steps.into_iter().flat_map(|step| step.commands);
            let command = commands.next().map(|command| command.command.to_string());
            let Some(command) = command else {
                shared.tell("This card has no command.");
                return Transition::Stay;
            };
            if command.len() > copy::LONGEST {
                // Half of a command may do something else than the whole.
                shared.tell("The first command is too long to be copied; wherefore show prints it.");
                return Transition::Stay;
            }
            shared.tell("The first command was sent to the terminal.");
            Transition::Do(Effect::Copy(command))
        }
        _ => {
            let area = parts_frame::body_area(shared.size);
            let count = || longest(&pages(shared, tree, id, area));
            *scroll = body::scroll(action, *scroll, usize::from(area.height), count).unwrap_or(*scroll);
            Transition::Stay
        }
    }
}

/// Draws a card.
pub fn view(scroll: usize, shared: &Shared, tree: &Tree, id: CardId, context: KeyContext, frame: &mut Frame<'_>) {
    let size = frame.area();
    let area = parts_frame::body_area((size.width, size.height));
    let pages = pages(shared, tree, id, area);
    let longest = longest(&pages);
    let scroll = scroll.min(longest.saturating_sub(usize::from(area.height)));
    let below = body::below(longest, scroll, area.height);
    let (place, state) = match &shared.session.walk {
        Some(walk) if context == KeyContext::Card && id == tree.escalation => {
            (wording::place(walk), wording::summary(walk))
        }
        Some(walk) if context == KeyContext::Card => (wording::place(walk), verdict(walk, id)),
        Some(walk) if shared.session.is_walking(tree) => (tree.title.to_string(), verdict(walk, id)),
        _ => (tree.title.to_string(), String::new()),
    };
    let body_area = parts_frame::draw(frame, shared, context, &place, &state, below);
    for (area, lines) in pages {
        body::draw(frame, area.intersection(body_area), lines, scroll);
    }
}

fn longest(pages: &[(Rect, Vec<Line<'static>>)]) -> usize {
    pages.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0)
}

/// Returns the lines of the card, in one column or two.
///
/// On a wide terminal, the left column has what to do, and the right one what to know.
fn pages(shared: &Shared, tree: &Tree, id: CardId, area: Rect) -> Vec<(Rect, Vec<Line<'static>>)> {
    let theme = shared.theme;
    let outline = shared.session.card_outline(tree, id);
    let (act, know) = (outline.what_to_do(), outline.what_to_know());
    let head = |width: usize| {
        let mut lines = body::hanging(theme, Span::raw(""), &outline.title, theme.style(Role::Title), width);
        if !outline.badges.is_empty() {
            lines.push(Line::from(theme.span(Role::Secondary, &outline.badges)));
        }
        if area.height > 12 {
            lines.push(Line::default());
        }
        lines
    };
    if area.width + 2 < parts_frame::WIDE {
        let mut lines = head(usize::from(area.width));
        let both: Vec<_> = act.iter().chain(&know).cloned().collect();
        lines.extend(blocks::lines(&both, theme, usize::from(area.width)));
        return vec![(area, lines)];
    }
    let columns = Layout::horizontal([Constraint::Percentage(54), Constraint::Percentage(46)]).spacing(3);
    let [left, right] = area.layout(&columns);
    let mut lines = head(usize::from(left.width));
    lines.extend(blocks::lines(&act, theme, usize::from(left.width)));
    vec![(left, lines), (right, blocks::lines(&know, theme, usize::from(right.width)))]
}
