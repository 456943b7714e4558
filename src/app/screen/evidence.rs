//! The evidence of a walk: every line that points to a card, settings that can lead to one, the answers that it gives, and
//! what it does not explain. A line that is opened shows itself whole, and the cards it points to.

pub mod list;

use std::sync::Arc;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::card::CardScreen;
use super::question::Edit;
use super::{ListState, Screen, Transition};
use crate::app::keys::{Action, Context};
use crate::app::parts::{body, candidates, frame as parts_frame};
use crate::app::theme::Theme;
use crate::app::{Shared, walks};
use crate::export::evidence::says_of;
use crate::export::when::{capital, many};
use crate::text::CleanText;
use crate::tree::CardId;
use crate::walk::{Hit, Walk};
use list::Entry;

/// The state of the list.
#[derive(Debug, Default)]
pub struct EvidenceScreen {
    list: ListState,
    /// The entry that is shown whole, and what is selected of it.
    opened: Option<(usize, ListState)>,
}

/// Lines, and the first and last line of each entry.
type Lines = (Vec<Line<'static>>, Vec<(usize, usize)>);

impl EvidenceScreen {
    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let Some(walk) = &shared.walk else { return Transition::Close };
        let entries = list::entries(walk);
        if matches!(action, Action::Escape | Action::Back) {
            return match self.opened.take() {
                Some(_) => Transition::Stay,
                None => Transition::Close,
            };
        }
        let count = match self.opened {
            Some((at, _)) => entries.get(at).map_or(0, |entry| list::cards(walk, *entry).len()),
            None => entries.len(),
        };
        let selected = self.state().selected;
        if let Some(selected) = body::select(action, selected, count) {
            self.state().selected = selected;
            self.show_selected(shared);
            return Transition::Stay;
        }
        if action == Action::Choose {
            return self.open(walk, &entries, selected, shared);
        }
        let area = parts_frame::body_area(shared.size);
        let (lines, _) = self.lines(shared, walk, usize::from(area.width));
        let scrolled = body::scroll(action, self.state().scroll, lines.len(), usize::from(area.height));
        if let Some(scroll) = scrolled {
            self.state().scroll = scroll;
        }
        Transition::Stay
    }

    /// The list, or what is opened of it.
    fn state(&mut self) -> &mut ListState {
        match &mut self.opened {
            Some((_, state)) => state,
            None => &mut self.list,
        }
    }

    fn open(&mut self, walk: &Walk, entries: &[Entry<'_>], at: usize, shared: &Shared) -> Transition {
        let shown = self.opened.map_or(at, |(entry, _)| entry);
        let Some(entry) = entries.get(shown).copied() else { return Transition::Stay };
        if let Entry::Answer(question, _) | Entry::Several(question, _) = entry {
            return Transition::Open(Screen::Edit(Edit::new(shared, question)));
        }
        if self.opened.is_none() {
            self.list.selected = at;
            self.opened = Some((at, ListState::default()));
            return Transition::Stay;
        }
        match list::cards(walk, entry).get(at) {
            Some(card) => Transition::Open(Screen::Card(card_screen(walk, *card))),
            None => Transition::Stay,
        }
    }

    fn show_selected(&mut self, shared: &Shared) {
        let Some(walk) = &shared.walk else { return };
        let area = parts_frame::body_area(shared.size);
        let (_, places) = self.lines(shared, walk, usize::from(area.width));
        let state = self.state();
        if let Some((first, last)) = places.get(state.selected) {
            let first = if state.selected == 0 { 0 } else { *first };
            state.scroll = body::scroll_to(state.scroll, first, *last, usize::from(area.height));
        }
    }

    /// Draws the list, or what is opened of it.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let Some(walk) = &shared.walk else { return };
        let size = frame.area();
        let area = parts_frame::body_area((size.width, size.height));
        let (lines, _) = self.lines(shared, walk, usize::from(area.width));
        let scroll = self.opened.map_or(self.list.scroll, |(_, state)| state.scroll);
        let scroll = scroll.min(lines.len().saturating_sub(usize::from(area.height)));
        let below = body::below(lines.len(), scroll, area.height);
        let state = candidates::summary(walk);
        let area = parts_frame::draw(frame, shared, Context::Evidence, &walk.tree().title, &state, below);
        body::draw(frame, area, lines, scroll);
    }

    fn lines(&self, shared: &Shared, walk: &Walk, width: usize) -> Lines {
        let entries = list::entries(walk);
        match self.opened.and_then(|(at, state)| Some((*entries.get(at)?, state))) {
            Some((entry, state)) => whole(shared, walk, entry, state.selected, width),
            None => list::lines(walk, &entries, self.list.selected, shared.theme, width),
        }
    }
}

/// A card that the walk can still come to can be worked with; another one can be read.
fn card_screen(walk: &Walk, card: CardId) -> CardScreen {
    let tree = Arc::clone(walk.tree());
    match walks::is_candidate(walk, card) {
        true => CardScreen::in_walk(&tree, card),
        false => CardScreen::looked_up(&tree, card),
    }
}

/// An entry shown whole: the cards it points to, the values in it, and its lines.
fn whole(shared: &Shared, walk: &Walk, entry: Entry<'_>, selected: usize, width: usize) -> Lines {
    let mut page = Page { theme: shared.theme, width, lines: Vec::new() };
    page.text(&list::counted(entry), page.theme.strong());
    let mut places = Vec::new();
    let cards = list::cards(walk, entry);
    match cards.len() {
        0 => {}
        1 => page.heading("It points to"),
        _ => page.heading("It points to one of these"),
    }
    for (at, card) in cards.iter().enumerate() {
        let first = page.lines.len();
        let title = &walk.tree().card(*card).title;
        let title = match walks::is_candidate(walk, *card) {
            true => title.to_string(),
            false => format!("{title} (excluded by what else is known)"),
        };
        page.lines.extend(body::entry(page.theme, at == selected, "", &title, width));
        places.push((first, page.lines.len().saturating_sub(1)));
    }
    match entry {
        Entry::Hit(hit, _) => page.hit(walk, hit),
        Entry::Risk(risk) => {
            page.heading("What it means");
            page.text(&says_of(walk, risk), Style::new());
            page.heading("Where it stands");
            page.text(&risk.provenance.text, Style::new());
        }
        Entry::Unexplained(kind) => {
            page.heading("What such lines have in common");
            page.text(&kind.template, Style::new());
            page.heading("The first of them");
            page.text(&kind.provenance.text, Style::new());
            page.heading("To write a card for it");
            page.text("wherefore trees new-card --from 'LINE'", Style::new());
        }
        // These open a question, and are not shown whole.
        Entry::Answer(..) | Entry::Several(..) => {}
    }
    (page.lines, places)
}

/// Lines that are being put together.
struct Page {
    theme: Theme,
    width: usize,
    lines: Vec<Line<'static>>,
}

impl Page {
    fn heading(&mut self, text: &str) {
        self.lines.push(Line::default());
        self.lines.push(Line::styled(self.theme.text(text), self.theme.heading()));
    }

    fn text(&mut self, text: &str, style: Style) {
        self.lines.extend(body::hanging(self.theme, Span::raw(""), text, style, self.width));
    }

    /// The values in lines that point to one card, and the lines.
    fn hit(&mut self, walk: &Walk, hit: &Hit) {
        let values = match hit.cards.as_slice() {
            [card] => values(walk, *card),
            _ => Vec::new(),
        };
        if !values.is_empty() {
            self.heading("In them");
        }
        for (name, said) in values {
            let label = Span::styled(format!("{name}:"), self.theme.strong());
            self.lines.extend(body::labelled(self.theme, "", label, &said, self.width));
        }
        self.heading("The first of them");
        for other in walk.known().hits.iter().filter(|other| other.cards == hit.cards) {
            self.text(&capital(&walks::source(&other.provenance)), self.theme.strong());
            self.text(&other.provenance.text, Style::new());
        }
    }
}

/// The values that the lines of a card have at placeholders, in words.
fn values(walk: &Walk, card: CardId) -> Vec<(String, String)> {
    let told = |(value, count): &(CleanText, u64)| format!("{value} ({})", many(*count, "line", "lines"));
    let values = crate::export::evidence::values(walk, card).into_iter();
    let said = values.map(|(name, met)| match met.as_slice() {
        [(only, _)] => (name.into_string(), only.to_string()),
        several => (name.into_string(), several.iter().map(told).collect::<Vec<_>>().join(", ")),
    });
    said.collect()
}
