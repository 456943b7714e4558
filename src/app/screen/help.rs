//! Shows the keys of the screen below.
//!
//! Typing filters them, and Enter runs one. What the program does follows, or the keys of other screens that have the
//! typed words.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::keys::{Action, KeyContext, KeyRow};
use crate::app::line::LineEdit;
use crate::app::parts::list::{ListExtent, ListPage, ListState};
use crate::app::parts::{body, frame as parts_frame, input};
use crate::app::state::Shared;
use crate::app::theme::{Role, Theme};
use crate::app::transition::Transition;
use crate::text;

const ABOUT: &str = "Answer what you observe, and read the card at the end: the problem, its causes, what to do first, and \
how to see that it worked. \"Don't know\" is always a good answer. Any answer can be changed later; nothing else is lost. \
Paste a log line at any time: it joins the case as evidence. The circles at the top right are the questions: ● answered, \
○ still open. Nothing leaves this machine, and no command is ever run for you.";

/// Columns of the keys before their words.
const KEYS: usize = 8;

/// The state of the help.
#[derive(Debug)]
pub struct Help {
    of: KeyContext,
    /// The words that filter the keys.
    line: LineEdit,
    list: ListState,
}

impl Help {
    /// The help for a screen.
    pub fn new(of: KeyContext) -> Self {
        Self { of, line: LineEdit::default(), list: ListState::default() }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        match action {
            Action::Escape if self.line.text().is_empty() => return Transition::Close,
            Action::Escape => {
                self.line = LineEdit::default();
                self.list = ListState::default();
                return Transition::Stay;
            }
            Action::Choose => return self.run(shared),
            _ => {}
        }
        match self.line.handle(action) {
            Some(true) => self.list = ListState::default(),
            Some(false) => {}
            None => {
                let area = areas(parts_frame::body_area(shared.size)).1;
                let extent = ListExtent { entries: self.rows(shared, self.of).len(), height: area.height };
                let mut list = self.list;
                list.handle(action, extent, |list| self.page(shared, list, usize::from(area.width)));
                self.list = list;
            }
        }
        Transition::Stay
    }

    /// Does what the selected key does on the screen below.
    fn run(&self, shared: &mut Shared) -> Transition {
        match self.rows(shared, self.of).get(self.list.selected).map(|row| row.action) {
            None => Transition::Stay,
            Some(Action::Digit(_)) => {
                shared.tell("Close this, then press the digit of an entry.");
                Transition::Stay
            }
            Some(Action::Help) => Transition::Close,
            Some(action) => Transition::Run(action),
        }
    }

    /// Returns the keys of a screen that have the typed words.
    fn rows(&self, shared: &Shared, context: KeyContext) -> Vec<KeyRow> {
        let words: Vec<String> = self.line.text().to_lowercase().split_whitespace().map(str::to_owned).collect();
        let has_words = |row: &KeyRow| {
            let said = format!("{} {} {}", row.shown.0, row.short, row.about).to_lowercase();
            words.iter().all(|word| said.contains(word))
        };
        shared.keys.rows(context).into_iter().filter(has_words).collect()
    }

    /// Draws the help.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let size = frame.area();
        let (_, area) = areas(parts_frame::body_area((size.width, size.height)));
        let lines = self.page(shared, &self.list, usize::from(area.width)).lines;
        let scroll = self.list.scroll.min(lines.len().saturating_sub(usize::from(area.height)));
        let below = body::below(lines.len(), scroll, area.height);
        let place = format!("Keys › {}", self.of.name());
        let body_area = parts_frame::draw(frame, shared, KeyContext::Help, &place, "", below);
        let (typed, area) = areas(body_area);
        input::draw(frame, typed, shared.theme, &self.line, "type to filter the keys; Enter runs the selected one");
        body::draw(frame, area, lines, scroll);
    }

    fn page(&self, shared: &Shared, list: &ListState, width: usize) -> ListPage {
        let theme = shared.theme;
        let mut page = ListPage::new(theme, width, list.selected);
        for row in self.rows(shared, self.of) {
            page.short_entry(&shown(theme, &row), row.about);
        }
        if page.lines.is_empty() {
            page.text("No key of this screen has these words.", Style::new());
        }
        if self.line.text().is_empty() {
            page.blank();
            page.lines.push(Line::styled("How it works", theme.style(Role::Title)));
            page.text(ABOUT, Style::new());
            page.blank();
            page.text("Type a word to search the keys of all screens, such as: remove", theme.style(Role::Secondary));
            return page;
        }
        for (context, name) in KeyContext::ALL.iter().filter(|(context, _)| *context != self.of) {
            let rows = self.rows(shared, *context);
            if rows.is_empty() {
                continue;
            }
            page.blank();
            page.lines.push(Line::styled(*name, theme.style(Role::Title)));
            for row in rows {
                let lead = Span::styled(format!("  {}", shown(theme, &row)), theme.style(Role::Key));
                page.hanging(lead, row.about, theme.style(Role::Secondary));
            }
        }
        page
    }
}

fn shown(theme: Theme, row: &KeyRow) -> String {
    let keys = theme.symbol(row.shown.0, row.shown.1);
    format!("{keys}{}", " ".repeat(KEYS.saturating_sub(text::width(keys)).max(1)))
}

/// Splits the body into the typed line and the list.
fn areas(body: Rect) -> (Rect, Rect) {
    // A blank line between them is the first thing to go.
    let list_at = if body.height > 12 { 2 } else { 1 };
    let typed = Rect { height: body.height.min(1), ..body };
    let list_at = list_at.min(body.height);
    (typed, Rect { y: body.y + list_at, height: body.height - list_at, ..body })
}
