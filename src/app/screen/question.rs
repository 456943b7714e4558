//! A question: its options, why it is asked, how to find out.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::keys::{Action, KeyContext};
use crate::app::parts::list::{ListExtent, ListPage, ListState, number};
use crate::app::parts::{body, candidates, frame as parts_frame, pieces, trail_line::trail_line};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::app::transition::{Route, Transition};
use crate::app::wording::{code_alone, lacks_code, lines_for_option, place, summary};
use crate::export::command::CommandText;
use crate::export::outline::takes;
use crate::session::walks;
use crate::tree::{QuestionId, Tree};
use crate::walk::{Given, Walk};

/// A question whose answer is being given out of turn.
#[derive(Debug)]
pub struct Edit {
    question: QuestionId,
    list: ListState,
}

impl Edit {
    /// The question with its present answer selected.
    pub fn new(shared: &Shared, question: QuestionId) -> Self {
        let given = shared.session.walk.as_ref().and_then(|walk| walk.known().given(question));
        let selected = match given {
            Some(Given::Option(option)) => usize::from(option),
            _ => 0,
        };
        Self { question, list: ListState { selected, scroll: 0 } }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        if matches!(action, Action::Back | Action::Escape) {
            return Transition::Close;
        }
        let before = shared.session.walk.as_ref().map_or(0, |walk| walk.events().len());
        let next = handle(&mut self.list, shared, self.question, action);
        let answered = shared.session.walk.as_ref().is_some_and(|walk| walk.events().len() > before);
        if answered { Transition::Walk } else { next }
    }

    /// Draws the question.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        if let Some(walk) = &shared.session.walk {
            view(&self.list, shared, walk, self.question, frame);
        }
    }
}

/// Selects the first option that no code rules out.
pub fn first_selected(shared: &Shared, walk: &Walk, asked: QuestionId) -> ListState {
    let mut list = ListState::default();
    let first = walk.tree().options(asked).position(|(option, _)| lacks_code(walk, asked, option).is_none());
    if let Some(first @ 1..) = first {
        let area = left_area(parts_frame::body_area(shared.size));
        list.select(first, area.height, |list| page(list, shared, walk, asked, area));
    }
    list
}

/// Lets the operator answer.
pub fn handle(list: &mut ListState, shared: &mut Shared, asked: QuestionId, action: Action) -> Transition {
    let Some(walk) = &shared.session.walk else { return Transition::Close };
    let options: Vec<_> = walk.tree().options(asked).map(|(option, _)| option).collect();
    let area = left_area(parts_frame::body_area(shared.size));
    let extent = ListExtent { entries: options.len(), height: area.height };
    if list.handle(action, extent, |list| page(list, shared, walk, asked, area)) {
        return Transition::Stay;
    }
    let option = |at: usize| options.get(at).map(|option| Given::Option(*option));
    let given = match action {
        Action::Choose => option(list.selected),
        Action::Digit(number) => number.checked_sub(1).and_then(option),
        Action::Unknown => Some(Given::Unknown),
        Action::NoneOfThese => Some(Given::NoneOfThese),
        Action::Candidates => return Transition::Open(Route::Candidates),
        _ => None,
    };
    if let (Some(given), Some(walk)) = (given, shared.session.walk.as_mut()) {
        walk.answer(asked, given);
    }
    Transition::Stay
}

/// Draws a question of the walk.
pub fn view(list: &ListState, shared: &Shared, walk: &Walk, asked: QuestionId, frame: &mut Frame<'_>) {
    let size = frame.area();
    let area = left_area(parts_frame::body_area((size.width, size.height)));
    let page = page(list, shared, walk, asked, area);
    let scroll = list.scroll.min(page.lines.len().saturating_sub(usize::from(area.height)));
    let below = body::below(page.lines.len(), scroll, area.height);
    let (place, state) = (place(walk), summary(walk));
    let body_area = parts_frame::draw(frame, shared, KeyContext::Question, &place, &state, below);
    body::draw(frame, left_area(body_area), page.lines, scroll);
    if let Some(side) = side_area(body_area) {
        draw_side(frame, shared, walk, asked, side);
    }
}

/// On a wide terminal, the left part; otherwise all of it.
fn left_area(area: Rect) -> Rect {
    if area.width + 2 < parts_frame::WIDE {
        return area;
    }
    let [left, _] = columns(area);
    left
}

fn side_area(area: Rect) -> Option<Rect> {
    if area.width + 2 < parts_frame::WIDE {
        return None;
    }
    let [_, side] = columns(area);
    Some(side)
}

fn columns(area: Rect) -> [Rect; 2] {
    area.layout(&Layout::horizontal([Constraint::Percentage(50), Constraint::Percentage(50)]).spacing(3))
}

/// The lines of the left part.
fn page(list: &ListState, shared: &Shared, walk: &Walk, asked: QuestionId, area: Rect) -> ListPage {
    let theme = shared.theme;
    let (tree, width) = (walk.tree(), usize::from(area.width));
    let question = tree.question(asked);
    let mut page = ListPage::new(theme, width, list.selected);
    // The blank lines go first where there is little room.
    let (has_trail, is_roomy) = (area.height > 12, area.height > 24);
    page.lines.extend(trail_line(walk, Some(asked), theme, width).filter(|_| has_trail));
    if is_roomy && !page.lines.is_empty() {
        page.blank();
    }
    page.text(&question.ask, theme.style(Role::Title));
    if has_trail {
        page.blank();
    }
    let given = walk.known().given(asked);
    for (at, (option, choice)) in tree.options(asked).enumerate() {
        let mut label = choice.label.to_string();
        if given == Some(Given::Option(option)) {
            label.push_str(if walks::is_of_operator(walk, asked) { " (your answer)" } else { " (from your evidence)" });
        } else if let Some(lines) = lines_for_option(walk, asked, option) {
            label.push_str(&format!(" ({lines})"));
        } else if let Some(said) = lacks_code(walk, asked, option) {
            label.push_str(&format!(" ({said})"));
        }
        page.short_entry(&number(at), &label);
    }
    page.lines.push(Line::from(vec![
        Span::raw("  "),
        Span::styled("u", theme.style(Role::Key)),
        Span::raw("  Don't know    "),
        Span::styled("n", theme.style(Role::Key)),
        Span::raw("  None of these"),
    ]));
    if let Some(said) = code_alone(walk, asked) {
        let key = Span::styled("/", theme.style(Role::Key));
        page.lines.push(Line::from(vec![Span::raw("  "), key, Span::raw(format!("  {said}"))]));
    }
    page.blank();
    find_out(tree, asked, list.selected, &mut page);
    if is_roomy {
        page.blank();
    }
    page.labeled("Why", &question.why, theme.style(Role::Title));
    page
}

/// How to learn the answer, with what the selected option looks like.
fn find_out(tree: &Tree, asked: QuestionId, selected: usize, page: &mut ListPage) {
    let theme = page.theme;
    let how = &tree.question(asked).find_out;
    page.labeled(&format!("Find out ({})", takes(how.takes)), &how.how, theme.style(Role::Title));
    let shows = tree.options(asked).nth(selected).and_then(|(_, choice)| choice.shows.as_deref());
    if let Some(shows) = shows {
        let lead = format!("  {} {} ", selected + 1, theme.symbol("→", "->"));
        page.hanging(Span::styled(lead, theme.style(Role::Secondary)), shows, theme.style(Role::Secondary));
    }
    if let Some(command) = &how.command {
        page.lines.extend(pieces::command(theme, 2, &CommandText::unfilled(command), page.width));
    }
    if let Some(place) = &how.console {
        page.hanging(Span::raw("  "), &format!("Console: {place}"), Style::new());
    }
}

/// Draws the right part of a wide terminal.
///
/// It has what each option looks like, and the cards that are still possible.
fn draw_side(frame: &mut Frame<'_>, shared: &Shared, walk: &Walk, asked: QuestionId, area: Rect) {
    let (theme, width) = (shared.theme, usize::from(area.width));
    let mut lines = vec![Line::styled("What each answer looks like", theme.style(Role::Title))];
    for (at, (_, choice)) in walk.tree().options(asked).enumerate() {
        let shows = choice.shows.as_deref().unwrap_or(&choice.label);
        let lead = Span::styled(format!("{}  ", at + 1), theme.style(Role::Key));
        lines.extend(body::hanging(theme, lead, shows, Style::new(), width));
    }
    lines.push(Line::default());
    lines.push(Line::styled("Still possible", theme.style(Role::Title)));
    let room = usize::from(area.height).saturating_sub(lines.len());
    lines.extend(candidates::lines(walk, theme, width, room));
    body::draw(frame, area, lines, 0);
}
