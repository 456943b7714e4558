//! Lays out an exercise: findings on top, choices below.
//!
//! Both are always seen: what is longer than its part scrolls there. On a wide terminal the findings of an incident stand
//! beside its choices.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::drills::DrillSession;
use crate::app::parts::list::{ListPage, number};
use crate::app::parts::{blocks, body, frame as parts_frame};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::drill::{Exercise, Recognize, Stage};
use crate::export::Block;
use crate::export::drill as words;
use crate::tree::CardId;

/// A page: one column with a list, two columns, or two parts.
pub(super) struct DrillPage {
    pub(super) list: ListPage,
    second: Option<Vec<Line<'static>>>,
    /// The findings over the list, if each has its own part.
    over: Option<Vec<Line<'static>>>,
    /// First lines of the latest finding and its output, and its end.
    latest: [usize; 3],
    /// The number of lines about what the tree says.
    ///
    /// They are for whoever does not know.
    unsure: usize,
}

impl DrillPage {
    /// A page with nothing to choose.
    fn of(list: ListPage, second: Option<Vec<Line<'static>>>) -> Self {
        Self { list, second, over: None, latest: [0; 3], unsure: 0 }
    }

    /// Returns the number of lines that scroll together.
    pub(super) fn longest(&self) -> usize {
        let whole = || self.list.lines.len().max(self.second.as_ref().map_or(0, Vec::len));
        self.over.as_ref().map_or_else(whole, Vec::len)
    }

    /// Returns whether the findings have a part of their own.
    pub(super) fn has_parts(&self) -> bool {
        self.over.is_some()
    }

    /// Returns the area of the lines that scroll, and the list's.
    ///
    /// Where not both fit, each part has at least half. The list stands at the end, in the same place for every question
    /// of its length.
    pub(super) fn areas(&self, area: Rect) -> [Rect; 2] {
        let Some(over) = &self.over else { return [area, area] };
        let half = usize::from(area.height.saturating_sub(1) / 2);
        let room = usize::from(area.height).saturating_sub(1);
        let list = self.list.lines.len().min(half.max(room.saturating_sub(over.len())));
        let list = u16::try_from(list).unwrap_or(area.height);
        let rows = [Constraint::Fill(1), Constraint::Length(1), Constraint::Length(list)];
        let [over, _, list] = area.layout(&Layout::vertical(rows));
        [over, list]
    }

    /// Returns the scroll position at which the latest finding is seen.
    ///
    /// All of it is seen if it fits, else as much of the output as fits.
    pub(super) fn scroll_to_latest(&self, height: usize) -> usize {
        let [begins, output, ends] = self.latest;
        let wanted = if ends - begins <= height { begins } else { output.min(begins.max(ends - height)) };
        wanted.min(self.longest().saturating_sub(height))
    }

    /// Returns the scroll position at which a hint is seen.
    ///
    /// It is seen from its beginning: it stands between what is known and what can be chosen.
    pub(super) fn scroll_to_hint(&self, height: usize) -> usize {
        let last = match &self.over {
            Some(over) => over.len().saturating_sub(1),
            None => self.list.places.first().map_or(0, |(first, _)| first.saturating_sub(1)),
        };
        let first = if self.unsure == 0 { last } else { last.saturating_sub(self.unsure + 1) };
        body::scroll_to(0, first, last, height)
    }

    pub(super) fn draw(self, frame: &mut Frame<'_>, area: Rect, scroll: usize, selected: usize) {
        let [over_area, list_area] = self.areas(area);
        if let Some(over) = self.over {
            let theme = self.list.theme;
            let rule = Rect { y: over_area.bottom(), height: 1, ..area }.intersection(area);
            let line = theme.line().repeat(usize::from(rule.width));
            frame.render_widget(Line::from(theme.span(Role::Rule, &line)), rule);
            body::draw(frame, over_area, over, scroll);
            let (first, last) = self.list.places.get(selected).copied().unwrap_or((0, 0));
            // With the first entry, the question is seen too.
            let first = if selected == 0 { 0 } else { first };
            let scroll = body::scroll_to(0, first, last, usize::from(list_area.height));
            return body::draw(frame, list_area, self.list.lines, scroll);
        }
        match self.second {
            None => body::draw(frame, area, self.list.lines, scroll),
            Some(second) => {
                let [left, right] = columns(area);
                body::draw(frame, left, self.list.lines, scroll);
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

/// Returns the choices, and whether each is done with.
pub(super) fn entries(session: &DrillSession, cards: Option<&[CardId]>) -> Vec<(String, bool)> {
    let (exercise, played) = (session.exercise(), session.played());
    let title = |card: CardId| (session.tree().card(card).title.to_string(), false);
    match (cards, played.stage, exercise) {
        (_, Stage::Done, _) => Vec::new(),
        (Some(cards), ..) => cards.iter().map(|card| title(*card)).collect(),
        (None, Stage::Remedy, _) => {
            words::remedies(exercise, played).into_iter().map(|remedy| (remedy, false)).collect()
        }
        (None, Stage::Line, Exercise::Recognize(recognize)) => {
            recognize.lines().iter().map(|line| (line.clone(), false)).collect()
        }
        (None, _, Exercise::Recognize(recognize)) => {
            recognize.choices().iter().map(|offer| title(offer.card)).collect()
        }
        (None, _, Exercise::Incident(incident)) => words::checks(incident, played),
    }
}

/// Returns the page of an exercise.
pub(super) fn page(session: &DrillSession, cards: Option<&[CardId]>, selected: usize, shared: &Shared) -> DrillPage {
    let area = first_area(shared);
    let is_wide = area.width + 2 >= parts_frame::WIDE;
    let [left, right] = columns(area).map(|column| usize::from(column.width));
    let width = usize::from(area.width);
    let theme = shared.theme;
    let (exercise, played) = (session.exercise(), session.played());
    let (parts, beside) = match played.stage {
        Stage::Line | Stage::Naming => (words::task(exercise, played), Vec::new()),
        Stage::Remedy => {
            let parts = [words::verdict(exercise, played), words::found_out(exercise, played)].concat();
            (parts, Vec::new())
        }
        Stage::Done => words::after(exercise, played),
    };
    let mut page = ListPage::new(theme, width, selected);
    if played.stage == Stage::Done {
        if is_wide && !beside.is_empty() {
            page.lines = blocks::lines(&parts, theme, left);
            return DrillPage::of(page, Some(blocks::lines(&beside, theme, right)));
        }
        let all: Vec<Block> = parts.into_iter().chain(beside).collect();
        page.lines = blocks::lines(&all, theme, width);
        return DrillPage::of(page, None);
    }
    // Findings need room beside the list of cards; lines of a log need the whole width.
    let is_beside = is_wide && matches!((exercise, played.stage), (Exercise::Incident(_), Stage::Naming));
    page.width = if is_beside { left } else { width };
    // A trainee who is about to name a card needs the list, and has read the rest.
    let is_alone = is_beside || cards.is_some();
    let over = (!is_alone).then(|| blocks::lines(&parts, theme, page.width));
    let ask = if cards.is_some() { "Which card is it?" } else { words::ask(exercise, played) };
    page.text(ask, theme.style(Role::Title));
    for (at, (entry, is_done)) in entries(session, cards).into_iter().enumerate() {
        let from = page.lines.len();
        match played.stage {
            Stage::Line => page.row(&[(&format!("{}  ", Recognize::letter(at)), &entry)], page.width),
            _ => page.short_entry(&number(at), &entry),
        }
        if is_done && at != selected {
            for line in page.lines.iter_mut().skip(from) {
                *line = std::mem::take(line).style(theme.style(Role::Secondary));
            }
        }
    }
    if matches!((exercise, played.stage, cards), (Exercise::Incident(_), Stage::Naming, None)) {
        let how = "When you know the cause: / names the card, c lists all cards.";
        page.text(how, Style::new());
    }
    let second = is_beside.then(|| blocks::lines(&parts, theme, right));
    let width = if is_beside { right } else { page.width };
    let length = |count: usize| blocks::lines(parts.get(..count).unwrap_or_default(), theme, width).len();
    let known = words::known_so_far(exercise, played).len();
    let is_output = |part: &Block| matches!(part, Block::Output(_));
    let output = parts.iter().skip(known).position(is_output).map_or(known, |at| known + at);
    // A heading has an empty line before it.
    let unsure = if played.is_unsure() { words::unsure(exercise, played) } else { Vec::new() };
    let unsure = blocks::lines(&unsure, theme, width).len();
    let latest = [length(known) + 1, length(output), length(parts.len())];
    DrillPage { list: page, second, over, latest, unsure }
}

/// Returns the page about how a session went.
pub(super) fn summary(session: &DrillSession, shared: &Shared) -> DrillPage {
    let mut page = ListPage::new(shared.theme, usize::from(first_area(shared).width), 0);
    let strong = page.theme.style(Role::Title);
    page.lines.push(Line::styled("That is all for now.", strong));
    page.text(&session.summary(), Style::new());
    page.blank();
    let (tree, day) = (session.tree(), shared.training.day());
    let progress = shared.training.progress(tree);
    for result in session.results() {
        let lead = Span::styled(format!("{:>3}  ", result.points), page.theme.style(Role::Key));
        let again = progress.card(result.card).map(|memory| format!(" · again {}", in_days(memory.due() - day)));
        let said = format!("{}{}", tree.card(result.card).title, again.unwrap_or_default());
        page.hanging(lead, &said, Style::new());
    }
    let is_asked = |card: CardId| session.results().iter().any(|result| result.card == card);
    let confused: Vec<_> = progress.confusions(day).filter(|(card, _)| is_asked(*card)).collect();
    if !confused.is_empty() {
        page.blank();
        page.text("Not yet reliably told apart", strong);
    }
    for (card, other) in confused {
        let said = format!("{} and {}", tree.card(card).title, tree.card(other).title);
        page.hanging(Span::raw("     "), &said, Style::new());
    }
    if let Some(weakest) = session.results().iter().filter(|result| result.points < 100).min_by_key(|it| it.points) {
        page.blank();
        page.text("Read next", strong);
        let read = [
            Block::Text(tree.card(weakest.card).title.to_string()),
            Block::Prompt(format!("wherefore show {}/{}", tree.id, tree.card(weakest.card).id)),
        ];
        page.lines.extend(blocks::lines(&read, page.theme, page.width));
    }
    page.blank();
    page.text("p shows what is solid, what is shaky and what is new.", Style::new());
    DrillPage::of(page, None)
}

/// Says when a day comes.
fn in_days(days: i64) -> String {
    match days {
        ..=0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_today() {
        let said: Vec<String> = [-3, 0, 1, 2, 40].into_iter().map(in_days).collect();
        assert_eq!(said, ["today", "today", "tomorrow", "in 2 days", "in 40 days"]);
    }
}
