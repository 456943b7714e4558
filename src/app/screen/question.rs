//! A question: its options, why it is asked, how to find out.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::keys::{Action, KeyContext};
use crate::app::parts::list::{ListExtent, ListPage, ListState, number};
use crate::app::parts::{body, columns, frame as parts_frame, pieces};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::app::transition::{Route, Transition};
use crate::app::wording::{code_alone, lacks_code, lines_for_option, place, progress};
use crate::export::outline::takes;
use crate::export::values::read_only_command;
use crate::session::walks;
use crate::text;
use crate::tree::{OptionId, QuestionId, Tree};
use crate::walk::{Given, Walk};

/// The columns of each of the two answers that are always there.
const ALWAYS: usize = 21;

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
        let walk = shared.session.walk.as_ref();
        let at = walk.and_then(|walk| answers(walk.tree(), question).iter().position(|answer| given == Some(*answer)));
        let selected = at.unwrap_or(0);
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

/// Returns every answer in the order of the list.
///
/// Two that are always there follow the options.
fn answers(tree: &Tree, asked: QuestionId) -> Vec<Given> {
    let options = tree.options(asked).map(|(option, _)| Given::Option(option));
    options.chain([Given::Unknown, Given::NoneOfThese]).collect()
}

/// Lets the operator answer.
pub fn handle(list: &mut ListState, shared: &mut Shared, asked: QuestionId, action: Action) -> Transition {
    let Some(walk) = &shared.session.walk else { return Transition::Close };
    let answers = answers(walk.tree(), asked);
    let area = left_area(parts_frame::body_area(shared.size));
    let extent = ListExtent { entries: answers.len(), height: area.height };
    if list.handle(action, extent, |list| page(list, shared, walk, asked, area)) {
        return Transition::Stay;
    }
    let given = match action {
        Action::Choose => answers.get(list.selected).copied(),
        Action::Digit(number) => {
            let given = number.checked_sub(1).and_then(|at| answers.get(at)).copied();
            given.filter(|given| matches!(given, Given::Option(_)))
        }
        Action::Unknown => Some(Given::Unknown),
        Action::NoneOfThese => Some(Given::NoneOfThese),
        Action::Candidates => return Transition::Open(Route::Candidates),
        Action::CopyCommand => {
            let command = walk.tree().question(asked).find_out.command.as_ref();
            let command = command.map(|command| read_only_command(walk, command));
            return shared.copy_command(command.as_ref(), "This question has no command.");
        }
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
    let (place, state) = (place(walk), progress(walk));
    let body_area = parts_frame::draw(frame, shared, KeyContext::Question, &place, &state, below);
    body::draw(frame, left_area(body_area), page.lines, scroll);
    if let Some([_, side]) = columns::split(body_area) {
        draw_side(frame, shared, walk, asked, side);
    }
}

/// On a wide terminal, the left part; otherwise all of it.
fn left_area(area: Rect) -> Rect {
    columns::split(area).map_or(area, |[left, _]| left)
}

/// The lines of the left part.
fn page(list: &ListState, shared: &Shared, walk: &Walk, asked: QuestionId, area: Rect) -> ListPage {
    let theme = shared.theme;
    let (tree, width) = (walk.tree(), usize::from(area.width));
    let question = tree.question(asked);
    let mut page = ListPage::new(theme, width, list.selected);
    // Reasons and blank lines go first where there is little room.
    let is_roomy = area.height > 12;
    page.text(&question.ask, theme.style(Role::Title));
    let short_why = text::first_sentence(&question.why);
    if is_roomy {
        page.text(short_why, theme.style(Role::Secondary));
        page.blank();
    }
    for (at, given) in answers(tree, asked).into_iter().enumerate() {
        if let Given::Option(option) = given {
            page.short_entry(&number(at), &label(walk, asked, option));
        }
    }
    page.row(&[("u  ", "don't know"), ("n  ", "none of these")], ALWAYS.min(width / 2));
    if let Some(said) = code_alone(walk, asked) {
        let lead = Span::styled("  /  ", theme.style(Role::Key));
        page.hanging(lead, &said, theme.style(Role::Secondary));
    }
    page.blank();
    find_out(walk, asked, list.selected, &mut page);
    // The first sentence stands above the answers, if there is room.
    let rest = if is_roomy { question.why.get(short_why.len()..).unwrap_or_default().trim() } else { &question.why };
    if !rest.is_empty() {
        page.blank();
        page.labeled("Why", rest, theme.style(Role::Title));
    }
    page
}

/// Returns an option with what is known of it.
fn label(walk: &Walk, asked: QuestionId, option: OptionId) -> String {
    let label = walk.tree().option(asked, option).label.to_string();
    if walk.known().given(asked) == Some(Given::Option(option)) {
        let by = if walks::is_of_operator(walk, asked) { "your answer" } else { "from your evidence" };
        return format!("{label} ({by})");
    }
    match lines_for_option(walk, asked, option).or_else(|| lacks_code(walk, asked, option)) {
        Some(said) => format!("{label} ({said})"),
        None => label,
    }
}

/// How to learn the answer, with what the selected option looks like.
fn find_out(walk: &Walk, asked: QuestionId, selected: usize, page: &mut ListPage) {
    let (theme, tree) = (page.theme, walk.tree());
    let how = &tree.question(asked).find_out;
    let pieces = [
        ("How to find out".to_owned(), theme.style(Role::Title)),
        (format!(" · {}", takes(how.takes)), theme.style(Role::Secondary)),
    ];
    page.lines.extend(pieces::wrapped(theme, Span::raw(""), &pieces, page.width));
    page.hanging(Span::raw("  "), &how.how, Style::new());
    if let Some(place) = &how.console {
        page.hanging(theme.span(Role::Secondary, "  Console   "), place, Style::new());
    }
    if let Some(command) = &how.command {
        page.lines.extend(pieces::command(theme, 2, &read_only_command(walk, command), page.width));
    }
    let shows = tree.options(asked).nth(selected).and_then(|(_, choice)| choice.shows.as_deref());
    if let Some(shows) = shows {
        let lead = theme.span(Role::Secondary, &format!("  {} looks like   ", selected + 1));
        page.hanging(lead, shows, Style::new());
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
    let room = usize::from(area.height).saturating_sub(lines.len());
    lines.extend(columns::possible(walk, theme, width, room));
    body::draw(frame, area, lines, 0);
}
