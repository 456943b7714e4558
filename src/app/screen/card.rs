//! A card: what it is, what to do first, how to see that it worked.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::Transition;
use super::question::trail_line;
use crate::app::keys::{Action, Context};
use crate::app::parts::{blocks, body, candidates, frame as parts_frame};
use crate::app::{Effect, Shared, copy};
use crate::export::{Block, markdown};
use crate::tree::{CardId, Tree};
use crate::walk::{Event, Walk, is_solution};

/// A card that was opened from a list.
#[derive(Debug)]
pub struct CardScreen {
    /// The tree of the card.
    pub tree: Arc<Tree>,
    /// The card.
    pub card: CardId,
    /// The walk goes on from it: its remedies can be tried.
    in_walk: bool,
    scroll: usize,
}

impl CardScreen {
    /// A card that is still possible in the walk.
    pub fn in_walk(tree: &Arc<Tree>, card: CardId) -> Self {
        Self { tree: Arc::clone(tree), card, in_walk: true, scroll: 0 }
    }

    /// A card that was looked up.
    pub fn looked_up(tree: &Arc<Tree>, card: CardId) -> Self {
        Self { tree: Arc::clone(tree), card, in_walk: false, scroll: 0 }
    }

    /// The context in which a key is pressed.
    pub fn context(&self) -> Context {
        if self.in_walk { Context::Card } else { Context::Reading }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        if matches!(action, Action::Back | Action::Escape) {
            return Transition::Close;
        }
        if !self.in_walk {
            return handle(&mut self.scroll, shared, &self.tree, self.card, Context::Reading, action);
        }
        let tree = Arc::clone(&self.tree);
        let next = handle_in_walk(&mut self.scroll, shared, &tree, self.card, action);
        let tried_all = action == Action::DidNotHelp && !is_candidate(shared, self.card);
        if tried_all { Transition::Walk } else { next }
    }

    /// Draws the card.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        view(self.scroll, shared, &self.tree, self.card, self.context(), frame);
    }
}

fn is_candidate(shared: &Shared, card: CardId) -> bool {
    let walk = shared.walk.as_ref();
    walk.is_some_and(|walk| walk.position().candidates.iter().any(|candidate| candidate.card == card))
}

/// Lets the operator do something on a card of the walk.
pub fn handle_in_walk(
    scroll: &mut usize,
    shared: &mut Shared,
    tree: &Arc<Tree>,
    id: CardId,
    action: Action,
) -> Transition {
    let worked = match action {
        Action::Worked => true,
        Action::DidNotHelp => false,
        _ => return handle(scroll, shared, tree, id, Context::Card, action),
    };
    let Some(walk) = shared.walk.as_mut() else { return Transition::Stay };
    let said = try_first_remedy(walk, id, worked);
    shared.notice = Some(said.unwrap_or_else(|nothing| nothing.to_owned()));
    *scroll = 0;
    Transition::Stay
}

/// Notes that the first remedy of a card worked, or did not help; says what follows, or why there is nothing to note.
pub fn try_first_remedy(walk: &mut Walk, id: CardId, worked: bool) -> Result<String, &'static str> {
    let tree = Arc::clone(walk.tree());
    let card = tree.card(id);
    let order = walk.remedies(id);
    if order.first().is_some_and(|first| is_solution(card, first)) {
        return Err("It is solved. h takes that back.");
    }
    let Some(first) = order.into_iter().find(|ranked| ranked.tried.is_none()) else {
        return Err("Every remedy of this card was tried.");
    };
    walk.push(Event::RemedyTried { card: id, remedy: first.remedy, worked });
    let is_solved = walk.remedies(id).first().is_some_and(|first| is_solution(card, first));
    let is_left = walk.position().candidates.iter().any(|candidate| candidate.card == id);
    Ok(if is_solved {
        "Good. See below how to be sure of it.".to_owned()
    } else if is_left {
        "Noted. The next remedy is on top.".to_owned()
    } else {
        "Noted. Going on to what is left.".to_owned()
    })
}

/// Lets the operator do something on any card.
fn handle(
    scroll: &mut usize,
    shared: &mut Shared,
    tree: &Tree,
    id: CardId,
    context: Context,
    action: Action,
) -> Transition {
    match action {
        Action::Copy => {
            let (text, is_cut) = copy::markdown(markdown::card(&shared.card_outline(tree, id)));
            shared.notice = Some(match is_cut {
                true => "The card was sent to the terminal, cut to 64 KiB; wherefore show prints all of it.".into(),
                false => "The card was sent to the terminal; wherefore show prints it.".into(),
            });
            Transition::Do(Effect::Copy(text))
        }
        Action::CopyCommand => {
            let outline = shared.card_outline(tree, id);
            let command = outline.act.into_iter().find_map(|block| match block {
                Block::Command(command) => Some(command),
                _ => None,
            });
            let Some(command) = command else {
                shared.notice = Some("This card has no command.".into());
                return Transition::Stay;
            };
            if command.len() > copy::LONGEST {
                // Half of a command may do something else than the whole.
                shared.notice = Some("The first command is too long to be copied; wherefore show prints it.".into());
                return Transition::Stay;
            }
            shared.notice = Some("The first command was sent to the terminal.".into());
            Transition::Do(Effect::Copy(command))
        }
        _ => {
            let area = parts_frame::body_area(shared.size);
            let count = pages(shared, tree, id, context == Context::Card, area)
                .iter()
                .map(|(_, lines)| lines.len())
                .max()
                .unwrap_or(0);
            *scroll = body::scroll(action, *scroll, count, usize::from(area.height)).unwrap_or(*scroll);
            Transition::Stay
        }
    }
}

/// Draws a card.
pub fn view(scroll: usize, shared: &Shared, tree: &Tree, id: CardId, context: Context, frame: &mut Frame<'_>) {
    let size = frame.area();
    let area = parts_frame::body_area((size.width, size.height));
    let pages = pages(shared, tree, id, context == Context::Card, area);
    let longest = pages.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
    let scroll = scroll.min(longest.saturating_sub(usize::from(area.height)));
    let below = body::below(longest, scroll, area.height);
    let state = match &shared.walk {
        Some(walk) if context == Context::Card => candidates::summary(walk),
        _ => String::new(),
    };
    parts_frame::draw(frame, shared, context, &tree.title, &state, below);
    for (area, lines) in pages {
        body::draw(frame, area, lines, scroll);
    }
}

/// The lines of the card in one column, or in two on a wide terminal: what to do, and what to know.
fn pages(shared: &Shared, tree: &Tree, id: CardId, in_walk: bool, area: Rect) -> Vec<(Rect, Vec<Line<'static>>)> {
    let theme = shared.theme;
    let mut outline = shared.card_outline(tree, id);
    if area.height <= 12 && !outline.act.is_empty() {
        // With so little room, what to do comes before what it is, and what was found of it.
        let is_heading = |block: &Block| matches!(block, Block::Heading(_));
        let first = outline.act.iter().position(is_heading).unwrap_or(1);
        let about: Vec<_> = outline.act.drain(..first).collect();
        outline.know.splice(0..0, about);
    }
    let walk = shared.walk.as_ref().filter(|_| in_walk && area.height > 12);
    let head = |width: usize| {
        let mut lines: Vec<_> = walk.and_then(|walk| trail_line(walk, None, theme, width)).into_iter().collect();
        lines.extend(body::hanging(theme, Span::raw(""), &outline.title, theme.strong(), width));
        if !outline.badges.is_empty() {
            lines.push(Line::styled(theme.text(&outline.badges), Style::new()));
        }
        if area.height > 12 {
            lines.push(Line::default());
        }
        lines
    };
    if area.width + 2 < parts_frame::WIDE {
        let mut lines = head(usize::from(area.width));
        let both: Vec<_> = outline.act.iter().chain(&outline.know).cloned().collect();
        lines.extend(blocks::lines(&both, theme, usize::from(area.width)));
        return vec![(area, lines)];
    }
    let columns = Layout::horizontal([Constraint::Percentage(54), Constraint::Percentage(46)]).spacing(3);
    let [left, right] = area.layout(&columns);
    let mut act = head(usize::from(left.width));
    act.extend(blocks::lines(&outline.act, theme, usize::from(left.width)));
    let know = blocks::lines(&outline.know, theme, usize::from(right.width));
    vec![(left, act), (right, know)]
}
