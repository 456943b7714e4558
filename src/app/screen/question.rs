//! A question: its options, why it is asked, how to find out.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::{ListState, Screen, Transition};
use crate::app::Shared;
use crate::app::keys::{Action, Context};
use crate::app::parts::{body, candidates, frame as parts_frame};
use crate::app::theme::Theme;
use crate::app::walks;
use crate::export::outline::takes;
use crate::export::when::many;
use crate::text;
use crate::tree::{OptionId, QuestionId, Tree};
use crate::walk::{Given, Walk};

/// So many columns of a pasted line stand among the answers.
const PASTED: usize = 40;

/// A question whose answer is being given out of turn.
#[derive(Debug)]
pub struct Edit {
    question: QuestionId,
    list: ListState,
}

impl Edit {
    /// The question with its present answer selected.
    pub fn new(shared: &Shared, question: QuestionId) -> Self {
        let given = shared.walk.as_ref().and_then(|walk| walk.known().given(question));
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
        let before = shared.walk.as_ref().map_or(0, |walk| walk.events().len());
        let next = handle(&mut self.list, shared, self.question, action);
        let answered = shared.walk.as_ref().is_some_and(|walk| walk.events().len() > before);
        if answered { Transition::Walk } else { next }
    }

    /// Draws the question.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        if let Some(walk) = &shared.walk {
            view(&self.list, shared, walk, self.question, frame);
        }
    }
}

/// Lets the operator answer.
pub fn handle(list: &mut ListState, shared: &mut Shared, asked: QuestionId, action: Action) -> Transition {
    let Some(walk) = shared.walk.as_mut() else { return Transition::Close };
    let options: Vec<_> = walk.tree().options(asked).map(|(option, _)| option).collect();
    if let Some(selected) = body::select(action, list.selected, options.len()) {
        list.selected = selected;
        show_selected(list, shared, asked);
        return Transition::Stay;
    }
    let given = match action {
        Action::Choose => options.get(list.selected).map(|option| Given::Option(*option)),
        Action::Digit(number) => {
            number.checked_sub(1).and_then(|at| options.get(at)).map(|option| Given::Option(*option))
        }
        Action::Unknown => Some(Given::Unknown),
        Action::NoneOfThese => Some(Given::NoneOfThese),
        Action::Candidates => return Transition::Open(Screen::Candidates(ListState::default())),
        _ => {
            let area = left_area(parts_frame::body_area(shared.size));
            let count = shared.walk.as_ref().map_or(0, |walk| page(list, shared, walk, asked, area).lines.len());
            list.scroll = body::scroll(action, list.scroll, count, usize::from(area.height)).unwrap_or(list.scroll);
            return Transition::Stay;
        }
    };
    if let Some(given) = given {
        walk.answer(asked, given);
    }
    Transition::Stay
}

fn show_selected(list: &mut ListState, shared: &Shared, asked: QuestionId) {
    let area = left_area(parts_frame::body_area(shared.size));
    let Some(walk) = &shared.walk else { return };
    let page = page(list, shared, walk, asked, area);
    if let Some((first, last)) = page.places.get(list.selected) {
        // With the first option, the question itself comes back into view.
        let first = if list.selected == 0 { 0 } else { *first };
        list.scroll = body::scroll_to(list.scroll, first, *last, usize::from(area.height));
    }
}

/// Draws a question of the walk.
pub fn view(list: &ListState, shared: &Shared, walk: &Walk, asked: QuestionId, frame: &mut Frame<'_>) {
    let size = frame.area();
    let area = left_area(parts_frame::body_area((size.width, size.height)));
    let page = page(list, shared, walk, asked, area);
    let scroll = list.scroll.min(page.lines.len().saturating_sub(usize::from(area.height)));
    let below = body::below(page.lines.len(), scroll, area.height);
    let state = candidates::summary(walk);
    let body_area = parts_frame::draw(frame, shared, Context::Question, &walk.tree().title, &state, below);
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

/// The lines of the left part, and the first and last line of each option.
struct Page {
    lines: Vec<Line<'static>>,
    places: Vec<(usize, usize)>,
}

fn page(list: &ListState, shared: &Shared, walk: &Walk, asked: QuestionId, area: Rect) -> Page {
    let theme = shared.theme;
    let (tree, width) = (walk.tree(), usize::from(area.width));
    let question = tree.question(asked);
    let mut lines = Vec::new();
    // The blank lines go first where there is little room.
    let (has_trail, is_roomy) = (area.height > 12, area.height > 24);
    lines.extend(trail_line(walk, Some(asked), theme, width).filter(|_| has_trail));
    if is_roomy && !lines.is_empty() {
        lines.push(Line::default());
    }
    lines.extend(body::hanging(theme, Span::raw(""), &question.ask, theme.strong(), width));
    if has_trail {
        lines.push(Line::default());
    }
    let given = walk.known().given(asked);
    let mut places = Vec::new();
    for (at, (option, choice)) in tree.options(asked).enumerate() {
        let first = lines.len();
        let mut label = choice.label.to_string();
        if given == Some(Given::Option(option)) {
            label.push_str(if walks::is_of_operator(walk, asked) { " (your answer)" } else { " (from your evidence)" });
        } else if let Some(lines) = lines_of(walk, asked, option) {
            label.push_str(&format!(" ({lines})"));
        }
        let number = format!("{}  ", at + 1);
        lines.extend(body::entry(theme, at == list.selected, &number, &label, width));
        places.push((first, lines.len().saturating_sub(1)));
    }
    lines.push(Line::from(vec![
        Span::raw("  "),
        Span::styled("u", theme.key()),
        Span::raw("  Don't know    "),
        Span::styled("n", theme.key()),
        Span::raw("  None of these"),
    ]));
    lines.push(Line::default());
    lines.extend(find_out(tree, asked, list.selected, theme, width));
    if is_roomy {
        lines.push(Line::default());
    }
    lines.extend(body::labelled(theme, "", Span::styled("Why:", theme.heading()), &question.why, width));
    Page { lines, places }
}

/// How many lines of the evidence give an answer, if they do.
pub fn lines_of(walk: &Walk, question: QuestionId, option: OptionId) -> Option<String> {
    let said = walk.known().testimony.get(&question)?.iter().find(|said| said.option == option)?;
    Some(many(said.count, "line", "lines"))
}

/// The answers so far on one line, the latest kept if they do not fit.
pub fn trail_line(walk: &Walk, asked: Option<QuestionId>, theme: Theme, width: usize) -> Option<Line<'static>> {
    // What the walk was entered with comes first, short: it is there to be recognised, not read.
    let mut answers: Vec<String> = walks::named(walk, PASTED).map(|named| theme.text(&named)).collect();
    for (question, given) in given_in_order(walk) {
        // What a pasted line answers it says itself.
        if Some(question) != asked && walks::is_of_operator(walk, question) {
            answers.push(theme.text(&name_of_answer(walk.tree(), question, given)));
        }
    }
    if answers.is_empty() {
        return None;
    }
    let label = "You said: ";
    let room = width.saturating_sub(text::width(label));
    let mut shown = answers.join(theme.arrow());
    while text::width(&shown) > room && answers.len() > 1 {
        answers.remove(0);
        shown = format!("{}{}{}", theme.ellipsis(), theme.arrow(), answers.join(theme.arrow()));
    }
    Some(Line::from(vec![Span::styled(label, theme.heading()), Span::raw(text::fit(&shown, room, theme.ellipsis()))]))
}

/// The answers that count, in the order in which they were first given.
pub fn given_in_order(walk: &Walk) -> Vec<(QuestionId, Given)> {
    let mut order = Vec::new();
    for (_, event) in walk.live_events() {
        let question = match event {
            crate::walk::Event::Answered { question, .. }
            | crate::walk::Event::Unknown { question }
            | crate::walk::Event::NoneOfThese { question } => *question,
            _ => continue,
        };
        if !order.contains(&question) {
            order.push(question);
        }
    }
    order.extend(walk.known().answers.keys().filter(|question| !order.contains(question)).copied().collect::<Vec<_>>());
    order.into_iter().filter_map(|question| Some((question, walk.known().given(question)?))).collect()
}

/// An answer in words.
pub fn name_of_answer(tree: &Tree, question: QuestionId, given: Given) -> String {
    match given {
        Given::Option(option) => tree.option(question, option).label.to_string(),
        Given::Unknown => "don't know".to_owned(),
        Given::NoneOfThese => "none of these".to_owned(),
    }
}

/// How to learn the answer, with what the selected option looks like.
fn find_out(tree: &Tree, asked: QuestionId, selected: usize, theme: Theme, width: usize) -> Vec<Line<'static>> {
    let question = tree.question(asked);
    let how = &question.find_out;
    let label = Span::styled(format!("Find out ({}):", takes(how.takes)), theme.heading());
    let mut lines = body::labelled(theme, "", label, &how.how, width);
    for (at, (_, choice)) in tree.options(asked).enumerate() {
        if let Some(shows) = choice.shows.as_deref().filter(|_| selected == at) {
            let lead = format!("  {} {} ", at + 1, theme.symbol("→", "->"));
            lines.extend(body::hanging(theme, Span::styled(lead, theme.key()), shows, Style::new(), width));
        }
    }
    if let Some(command) = &how.command {
        let lead = Span::styled("  $ ", theme.command());
        lines.extend(body::hanging(theme, lead, &command.fill(|_| None), theme.command(), width));
    }
    lines
}

/// The right part of a wide terminal: what each option looks like, and what is still possible.
fn draw_side(frame: &mut Frame<'_>, shared: &Shared, walk: &Walk, asked: QuestionId, area: Rect) {
    let (theme, width) = (shared.theme, usize::from(area.width));
    let mut lines = vec![Line::styled("What each answer looks like", theme.heading())];
    for (at, (_, choice)) in walk.tree().options(asked).enumerate() {
        let shows = choice.shows.as_deref().unwrap_or(&choice.label);
        let lead = Span::styled(format!("{}  ", at + 1), theme.key());
        lines.extend(body::hanging(theme, lead, shows, Style::new(), width));
    }
    lines.push(Line::default());
    lines.push(Line::styled("Still possible", theme.heading()));
    let room = usize::from(area.height).saturating_sub(lines.len());
    lines.extend(candidates::lines(walk, theme, width, room));
    body::draw(frame, area, lines, 0);
}
