//! The first screen: type, paste, or pick.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::search::Search;
use super::{ListState, Screen, Transition};
use crate::app::keys::{Action, Context};
use crate::app::parts::{body, frame as parts_frame};
use crate::app::{Shared, walks};
use crate::text;
use crate::tree::Tree;
use crate::walk::Walk;

/// The state of the first screen.
#[derive(Debug, Default)]
pub struct Home {
    list: ListState,
}

/// Something to pick.
enum Entry<'s> {
    Continue(&'s Walk),
    /// A parked walk, and its place among them.
    Resume(usize, &'s Walk),
    Begin(&'s Arc<Tree>),
    LookUp,
    Practice(&'s Arc<Tree>),
}

fn entries(shared: &Shared) -> Vec<Entry<'_>> {
    let under_way = shared.walk.as_ref().filter(|walk| walks::has_events(walk));
    let mut entries: Vec<_> = under_way.into_iter().map(Entry::Continue).collect();
    entries.extend(shared.parked.iter().enumerate().map(|(at, walk)| Entry::Resume(at, walk)));
    entries.extend(shared.trees.iter().map(Entry::Begin));
    entries.push(Entry::LookUp);
    entries.extend(shared.trees.iter().map(Entry::Practice));
    entries
}

impl Home {
    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let count = entries(shared).len();
        // A walk that one could go on with may be gone since.
        self.list.selected = self.list.selected.min(count.saturating_sub(1));
        if let Some(selected) = body::select(action, self.list.selected, count) {
            self.list.selected = selected;
            self.show_selected(shared);
            return Transition::Stay;
        }
        match action {
            Action::Choose => self.open(shared, self.list.selected),
            Action::Type(character) => type_into_search(shared, &character.to_string()),
            Action::Escape => {
                shared.notice = Some("q quits. Esc never does.".into());
                Transition::Stay
            }
            _ => {
                let area = parts_frame::body_area(shared.size);
                let (lines, _) = self.lines(shared, usize::from(area.width));
                let scrolled = body::scroll(action, self.list.scroll, lines.len(), usize::from(area.height));
                self.list.scroll = scrolled.unwrap_or(self.list.scroll);
                Transition::Stay
            }
        }
    }

    fn open(&mut self, shared: &mut Shared, at: usize) -> Transition {
        match entries(shared).get(at) {
            Some(Entry::Continue(_)) => Transition::Walk,
            Some(Entry::Resume(at, _)) => {
                let at = *at;
                shared.parked.resume(at, &mut shared.walk);
                Transition::Walk
            }
            Some(Entry::Begin(tree)) => {
                let tree = Arc::clone(tree);
                shared.begin(&tree)
            }
            Some(Entry::LookUp) => Transition::Open(Screen::Search(Search::new(shared, ""))),
            Some(Entry::Practice(tree)) => {
                let tree = Arc::clone(tree);
                shared.train(&tree)
            }
            None => Transition::Stay,
        }
    }

    fn show_selected(&mut self, shared: &Shared) {
        let area = parts_frame::body_area(shared.size);
        let (_, places) = self.lines(shared, usize::from(area.width));
        if let Some((first, last)) = places.get(self.list.selected) {
            self.list.scroll = body::scroll_to(self.list.scroll, *first, *last, usize::from(area.height));
        }
    }

    /// Draws the screen.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let size = frame.area();
        let height = parts_frame::body_area((size.width, size.height)).height;
        let width = usize::from(parts_frame::body_area((size.width, size.height)).width);
        let (lines, _) = self.lines(shared, width);
        let scroll = self.list.scroll.min(lines.len().saturating_sub(usize::from(height)));
        let below = body::below(lines.len(), scroll, height);
        let area = parts_frame::draw(frame, shared, Context::Home, "", "from symptom to remedy", below);
        body::draw(frame, area, lines, scroll);
    }

    /// The lines, and the first and last line of each entry.
    fn lines(&self, shared: &Shared, width: usize) -> (Vec<Line<'static>>, Vec<(usize, usize)>) {
        let theme = shared.theme;
        let roomy = shared.size.1 >= 20;
        let mut lines = Vec::new();
        if roomy {
            lines.push(Line::default());
        }
        lines.push(Line::styled("What is going wrong?", theme.strong()));
        let hint = "Type an error or a code, paste a log line, or pick:";
        lines.extend(body::hanging(theme, Span::raw(""), hint, Style::new(), width));
        lines.push(Line::default());
        let mut places = Vec::new();
        let entries = entries(shared);
        let selected = self.list.selected.min(entries.len().saturating_sub(1));
        for (at, entry) in entries.iter().enumerate() {
            let (label, about) = describe(shared, entry);
            let first = lines.len();
            lines.extend(body::entry(theme, at == selected, "", &label, width));
            if roomy {
                lines.extend(body::hanging(theme, Span::raw("  "), &about, Style::new(), width));
                lines.push(Line::default());
            }
            places.push((first, lines.len().saturating_sub(1)));
        }
        (lines, places)
    }
}

fn describe(shared: &Shared, entry: &Entry<'_>) -> (String, String) {
    match entry {
        Entry::Continue(walk) | Entry::Resume(_, walk) => {
            (format!("Go on: {}", walks::standing(walk)), walks::so_far(walk))
        }
        Entry::Begin(tree) => {
            let causes = text::count(tree.diagnoses().count(), "cause", "causes");
            (format!("Walk: {}", tree.title), format!("{} {causes}.", tree.about))
        }
        Entry::LookUp => {
            ("Look up an error".into(), "By any part of its text, a status code, or a pasted line.".into())
        }
        Entry::Practice(tree) => {
            // With a single tree there is nothing to tell apart.
            let name = if shared.trees.len() > 1 { format!(" {}", tree.title) } else { String::new() };
            let today = shared.training.today(tree);
            (format!("Practise{name}: {today}"), "Five minutes: lines to recognise, incidents to solve.".into())
        }
    }
}

fn type_into_search(shared: &Shared, text: &str) -> Transition {
    Transition::Open(Screen::Search(Search::new(shared, text)))
}
