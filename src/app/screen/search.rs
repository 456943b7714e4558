//! The search: cards filtered as one types, the matched letters marked, the selected card beside the list.

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Position, Rect};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::card::CardScreen;
use super::{ListState, Next, Screen};
use crate::app::Shared;
use crate::app::keys::{Action, Context};
use crate::app::line::LineEdit;
use crate::app::look::Look;
use crate::app::parts::{blocks, body, frame as parts_frame};
use crate::lookup::{Match, Tier, Usage};
use crate::text;

/// How many cards are listed at most.
const LIMIT: usize = 100;

/// Below this many rows there is no room to show the selected card below the list.
const ROOM_FOR_CARD: u16 = 14;

/// The state of the search.
#[derive(Debug)]
pub struct Search {
    line: LineEdit,
    matches: Vec<Match>,
    list: ListState,
}

impl Search {
    /// A search for a text, which may be empty.
    pub fn new(shared: &Shared, text: &str) -> Self {
        let line = LineEdit::with_text(text);
        let matches = shared.index.search(line.text(), &Usage::default(), LIMIT).matches;
        Self { line, matches, list: ListState::default() }
    }

    /// Takes in pasted text: it replaces what was typed, because what is pasted is a whole.
    pub fn paste(&mut self, shared: &Shared, text: &str) {
        *self = Self::new(shared, text);
    }

    /// Lets the operator do something here.
    pub fn act(&mut self, shared: &mut Shared, action: Action) -> Next {
        match action {
            Action::Escape => return Next::Close,
            Action::Choose => {
                let found = self.matches.get(self.list.selected);
                return found.map_or(Next::Stay, |found| {
                    Next::Open(Screen::Card(CardScreen::looked_up(&found.tree, found.card)))
                });
            }
            Action::PageUp | Action::PageDown => {
                let page = usize::from(self.list_height(shared)).max(2) / 2;
                let last = self.matches.len().saturating_sub(1);
                self.list.selected = match action {
                    Action::PageUp => self.list.selected.saturating_sub(page),
                    _ => (self.list.selected + page).min(last),
                };
                self.show_selected(shared);
                return Next::Stay;
            }
            _ => {}
        }
        if let Some(selected) = body::select(action, self.list.selected, self.matches.len()) {
            self.list.selected = selected;
            self.show_selected(shared);
            return Next::Stay;
        }
        let before = self.line.text().to_owned();
        match action {
            Action::Type(character) => self.line.insert(character.encode_utf8(&mut [0; 4])),
            Action::Erase => self.line.erase(),
            Action::Delete => self.line.delete(),
            Action::EraseWord => self.line.erase_word(),
            Action::Clear => self.line.clear(),
            Action::Left => self.line.left(),
            Action::Right => self.line.right(),
            Action::LineStart => self.line.start(),
            Action::LineEnd => self.line.end(),
            _ => {}
        }
        if self.line.text() != before {
            self.matches = shared.index.search(self.line.text(), &Usage::default(), LIMIT).matches;
            self.list = ListState::default();
        }
        Next::Stay
    }

    fn list_height(&self, shared: &Shared) -> u16 {
        self.areas(parts_frame::body_area(shared.size)).list.height
    }

    fn show_selected(&mut self, shared: &Shared) {
        let area = self.areas(parts_frame::body_area(shared.size)).list;
        let (_, places) = self.lines(shared.look, usize::from(area.width));
        if let Some((first, last)) = places.get(self.list.selected) {
            self.list.scroll = body::scroll_to(self.list.scroll, *first, *last, usize::from(area.height));
        }
    }

    /// Draws the search.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let look = shared.look;
        let state = match self.line.text() {
            "" => text::count(self.matches.len(), "card", "cards"),
            _ => text::count(self.matches.len(), "card fits", "cards fit"),
        };
        let body_area = parts_frame::draw(frame, shared, Context::Search, "Search", &state, 0);
        let areas = self.areas(body_area);
        self.draw_input(look, frame, areas.input);
        if self.matches.is_empty() {
            let hint = "Nothing fits. Try fewer letters, or Esc and pick a walk: it needs no words.";
            let lines = body::hanging(look, Span::raw(""), hint, Style::new(), usize::from(areas.list.width));
            body::draw(frame, areas.list, lines, 0);
            return;
        }
        let (lines, _) = self.lines(look, usize::from(areas.list.width));
        let scroll = self.list.scroll.min(lines.len().saturating_sub(usize::from(areas.list.height)));
        body::draw(frame, areas.list, lines, scroll);
        if let (Some(area), Some(found)) = (areas.card, self.matches.get(self.list.selected)) {
            draw_card(shared, found, frame, area);
        }
    }

    /// The input line, scrolled so that the cursor is seen.
    fn draw_input(&self, look: Look, frame: &mut Frame<'_>, area: Rect) {
        let prompt = look.symbol("❯ ", "> ");
        let room = usize::from(area.width).saturating_sub(text::width(prompt) + 1);
        let mut shown = self.line.text();
        let mut before = self.line.before_cursor();
        while text::width(before) > room {
            let cut = before.chars().next().map_or(1, char::len_utf8);
            before = before.get(cut..).unwrap_or_default();
            shown = shown.get(cut..).unwrap_or_default();
        }
        let line = match shown {
            "" => Line::from(vec![
                Span::styled(prompt, look.key()),
                Span::styled("part of an error message, a status, a pasted line", look.rule()),
            ]),
            _ => Line::from(vec![
                Span::styled(prompt, look.key()),
                Span::styled(text::fit(&look.text(shown), room, look.ellipsis()), look.strong()),
            ]),
        };
        frame.render_widget(line, area);
        let column = area.x
            + u16::try_from(text::width(prompt) + text::width(before))
                .unwrap_or(u16::MAX)
                .min(area.width.saturating_sub(1));
        frame.set_cursor_position(Position::new(column, area.y));
    }

    /// The input on top; below it the list, with the selected card on its right if there is room, else below it.
    fn areas(&self, body: Rect) -> Areas {
        let [input, _, rest] =
            body.layout(&Layout::vertical([Constraint::Length(1), Constraint::Length(1), Constraint::Fill(1)]));
        if body.width + 2 >= parts_frame::WIDE {
            let columns = Layout::horizontal([Constraint::Percentage(45), Constraint::Percentage(55)]).spacing(3);
            let [list, card] = rest.layout(&columns);
            return Areas { input, list, card: Some(card) };
        }
        if body.height < ROOM_FOR_CARD {
            return Areas { input, list: rest, card: None };
        }
        // Two lines a match, and never more than somewhat over half of the room.
        let wanted = u16::try_from(2 * self.matches.len().max(1)).unwrap_or(u16::MAX);
        let [list, _, card] = rest.layout(&Layout::vertical([
            Constraint::Length(wanted.min(rest.height * 11 / 20)),
            Constraint::Length(1),
            Constraint::Fill(1),
        ]));
        Areas { input, list, card: Some(card) }
    }

    /// The lines of the list, and the first and last line of each match.
    fn lines(&self, look: Look, width: usize) -> (Vec<Line<'static>>, Vec<(usize, usize)>) {
        let mut lines = Vec::new();
        let mut places = Vec::new();
        for (at, found) in self.matches.iter().enumerate() {
            let first = lines.len();
            let title =
                text::fit(&look.text(&found.tree.card(found.card).title), width.saturating_sub(2), look.ellipsis());
            lines.extend(body::entry(look, at == self.list.selected, "", &title, width));
            lines.push(marked(look, found, width));
            places.push((first, lines.len().saturating_sub(1)));
        }
        (lines, places)
    }
}

struct Areas {
    input: Rect,
    list: Rect,
    card: Option<Rect>,
}

/// The text that matched, the letters that matched marked in it. A long text is cut so that the first of them is seen.
fn marked(look: Look, found: &Match, width: usize) -> Line<'static> {
    let indent = "    ";
    let room = width.saturating_sub(indent.len());
    let first = found.letters.first().copied().unwrap_or(0);
    let last = found.letters.last().copied().unwrap_or(0);
    let skipped = if last < room { 0 } else { first.saturating_sub(4) };
    let mut spans = vec![Span::raw(indent)];
    let mut used = 0;
    if found.tier == Tier::Signature {
        spans.push(Span::styled("recognised: ", look.good()));
        used += "recognised: ".len();
    }
    if skipped > 0 {
        spans.push(Span::raw(look.ellipsis()));
        used += text::width(look.ellipsis());
    }
    for (at, character) in found.text.chars().enumerate().skip(skipped) {
        let shown = look.text(character.encode_utf8(&mut [0; 4]));
        used += text::width(&shown);
        if used > room {
            break;
        }
        let style = if found.letters.contains(&at) { look.matched() } else { Style::new() };
        spans.push(Span::styled(shown, style));
    }
    Line::from(spans)
}

fn draw_card(shared: &Shared, found: &Match, frame: &mut Frame<'_>, area: Rect) {
    let (look, width) = (shared.look, usize::from(area.width));
    let outline = shared.card_outline(&found.tree, found.card);
    let mut lines = body::hanging(look, Span::raw(""), &outline.title, look.heading(), width);
    lines.extend(blocks::lines(&outline.act, look, width));
    body::draw(frame, area, lines, 0);
}
