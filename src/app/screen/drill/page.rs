//! The lines of an exercise: what is known on top, what can be chosen below; on a wide terminal beside each other.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::Shared;
use crate::app::drills::Session;
use crate::app::parts::{body, drill_text, frame as parts_frame};
use crate::app::theme::Theme;
use crate::drill::{Exercise, Stage};
use crate::export::drill as words;
use crate::export::drill::Part;
use crate::tree::CardId;

/// What to do first is asked where at least so many lines of the question and its answers are seen at once.
const SEEN: usize = 4;

/// What is shown: one column, or two on a wide terminal, and the first and last line of each entry in the first.
pub(super) struct Page {
    first: Vec<Line<'static>>,
    second: Option<Vec<Line<'static>>>,
    pub(super) places: Vec<(usize, usize)>,
    /// The lines with which what was found out last begins, with which its output does, and where it ends.
    latest: [usize; 3],
    /// How many lines say what the tree says to whoever does not know.
    unsure: usize,
}

impl Page {
    /// A page with nothing to choose.
    fn of(first: Vec<Line<'static>>, second: Option<Vec<Line<'static>>>) -> Self {
        Self { first, second, places: Vec::new(), latest: [0; 3], unsure: 0 }
    }

    pub(super) fn longest(&self) -> usize {
        self.first.len().max(self.second.as_ref().map_or(0, Vec::len))
    }

    /// The scroll position at which what was found out last is seen: all of it if it fits, else as much of the output as
    /// fits.
    pub(super) fn scroll_to_latest(&self, height: usize) -> usize {
        let [begins, output, ends] = self.latest;
        let wanted = if ends - begins <= height { begins } else { output.min(begins.max(ends - height)) };
        wanted.min(self.longest().saturating_sub(height))
    }

    /// The scroll position at which a hint, or what the tree says, is seen from its beginning: it stands between what is
    /// known and what can be chosen.
    pub(super) fn scroll_to_hint(&self, height: usize) -> usize {
        let last = self.places.first().map_or(0, |(first, _)| first.saturating_sub(1));
        let first = if self.unsure == 0 { last } else { last.saturating_sub(self.unsure + 1) };
        body::scroll_to(0, first, last, height)
    }

    pub(super) fn draw(self, frame: &mut Frame<'_>, area: Rect, scroll: usize) {
        match self.second {
            None => body::draw(frame, area, self.first, scroll),
            Some(second) => {
                let [left, right] = columns(area);
                body::draw(frame, left, self.first, scroll);
                body::draw(frame, right, second, scroll);
            }
        }
    }
}

fn columns(area: Rect) -> [Rect; 2] {
    area.layout(&Layout::horizontal([Constraint::Percentage(50), Constraint::Percentage(50)]).spacing(3))
}

/// The area of the body.
pub(super) fn first_area(shared: &Shared) -> Rect {
    parts_frame::body_area(shared.size)
}

/// What can be chosen, and whether it is done with.
pub(super) fn entries(session: &Session, cards: Option<&[CardId]>) -> Vec<(String, bool)> {
    let (exercise, played) = (session.exercise(), session.played());
    let title = |card: CardId| (session.tree().card(card).title.to_string(), false);
    match (cards, played.stage, exercise) {
        (_, Stage::Done, _) => Vec::new(),
        (Some(cards), ..) => cards.iter().map(|card| title(*card)).collect(),
        (None, Stage::Remedy, _) => {
            words::remedies(exercise, played).into_iter().map(|remedy| (remedy, false)).collect()
        }
        (None, Stage::Naming, Exercise::Recognise(recognise)) => {
            recognise.choices().iter().map(|offer| title(offer.card)).collect()
        }
        (None, Stage::Naming, Exercise::Incident(incident)) => words::checks(incident, played),
    }
}

/// The page of a session.
pub(super) fn page(
    session: &Session,
    cards: Option<&[CardId]>,
    (selected, is_summary): (usize, bool),
    shared: &Shared,
) -> Page {
    let area = first_area(shared);
    let is_wide = area.width + 2 >= parts_frame::WIDE;
    let [left, right] = columns(area).map(|column| usize::from(column.width));
    let width = usize::from(area.width);
    let theme = shared.theme;
    let (exercise, played) = (session.exercise(), session.played());
    if is_summary {
        return Page::of(summary(session, theme, width), None);
    }
    let (parts, beside) = match played.stage {
        Stage::Naming => (words::task(exercise, played), Vec::new()),
        Stage::Remedy => (words::verdict(exercise, played), Vec::new()),
        Stage::Done => words::after(exercise, played),
    };
    if played.stage == Stage::Done {
        if is_wide && !beside.is_empty() {
            let (first, second) = (drill_text::lines(&parts, theme, left), drill_text::lines(&beside, theme, right));
            return Page::of(first, Some(second));
        }
        let all: Vec<Part> = parts.into_iter().chain(beside).collect();
        return Page::of(drill_text::lines(&all, theme, width), None);
    }
    // What is found out needs room beside the list of what can be; lines of a log need all the width.
    let is_beside = is_wide && matches!((exercise, played.stage), (Exercise::Incident(_), Stage::Naming));
    let width = if is_beside { left } else { width };
    // Whoever wants to name a card wants the list, and has read the rest.
    let is_alone = is_beside || cards.is_some();
    let mut first = if is_alone { Vec::new() } else { drill_text::lines(&parts, theme, width) };
    // Where what is said of the card would push the next question out of sight, only what it is stands before it.
    let is_pushed = played.stage == Stage::Remedy && first.len() + SEEN > usize::from(area.height);
    let mut later = Vec::new();
    if is_pushed {
        let is_card = |part: &Part| matches!(part, Part::Good(_) | Part::Bad(_) | Part::Labelled("It is", _));
        let (card, rest): (Vec<Part>, Vec<Part>) = parts.iter().cloned().partition(is_card);
        first = drill_text::lines(&card, theme, width);
        later = drill_text::lines(&rest, theme, width);
    }
    if !first.is_empty() && area.height > 12 {
        first.push(Line::default());
    }
    let ask = if cards.is_some() { "Which card is it?" } else { words::ask(exercise, played) };
    first.extend(body::hanging(theme, Span::raw(""), ask, theme.strong(), width));
    let mut places = Vec::new();
    for (at, (entry, is_done)) in entries(session, cards).into_iter().enumerate() {
        let from = first.len();
        let number = if at < 9 { format!("{}  ", at + 1) } else { "   ".to_owned() };
        let mut lines = body::entry(theme, at == selected, &number, &entry, width);
        if is_done && at != selected {
            lines = lines.into_iter().map(|line| line.style(theme.rule())).collect();
        }
        first.extend(lines);
        places.push((from, first.len().saturating_sub(1)));
    }
    if !later.is_empty() {
        first.push(Line::default());
        first.extend(later);
    }
    if matches!((exercise, played.stage, cards), (Exercise::Incident(_), Stage::Naming, None)) {
        let how = "When you know what it is: / to name the card, c to pick it from the list of all.";
        first.extend(body::hanging(theme, Span::raw(""), how, Style::new(), width));
    }
    let second = is_beside.then(|| drill_text::lines(&parts, theme, right));
    let width = if is_beside { right } else { width };
    let length = |count: usize| drill_text::lines(parts.get(..count).unwrap_or_default(), theme, width).len();
    let known = words::known_so_far(exercise, played).len();
    let is_output = |part: &Part| matches!(part, Part::Output(_));
    let output = parts.iter().skip(known).position(is_output).map_or(known, |at| known + at);
    // A heading has an empty line before it.
    let unsure = if played.is_unsure() { words::unsure(exercise, played) } else { Vec::new() };
    let unsure = drill_text::lines(&unsure, theme, width).len();
    let latest = [length(known) + 1, length(output), length(parts.len())];
    Page { first, second, places, latest, unsure }
}

/// What came of the session.
fn summary(session: &Session, theme: Theme, width: usize) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled("That was it for now.", theme.strong())];
    lines.extend(body::hanging(theme, Span::raw(""), &session.summary(), Style::new(), width));
    lines.push(Line::default());
    for result in session.results() {
        let lead = Span::styled(format!("{:>3}  ", result.points), theme.key());
        let title = &session.tree().card(result.card).title;
        lines.extend(body::hanging(theme, lead, title, Style::new(), width));
    }
    lines.push(Line::default());
    let what = "p shows what is solid, what is shaky and what is new.";
    lines.extend(body::hanging(theme, Span::raw(""), what, Style::new(), width));
    lines
}
