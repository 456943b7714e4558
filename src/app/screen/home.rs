//! The first screen: type, paste, or pick.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::effect::Effect;
use crate::app::keys::{Action, KeyContext};
use crate::app::parts::frame as parts_frame;
use crate::app::parts::list::{ListExtent, ListPage, ListState};
use crate::app::state::Shared;
use crate::app::system_use::SystemUse;
use crate::app::theme::Role;
use crate::app::transition::{Route, Transition};
use crate::session::walks;
use crate::text;
use crate::tree::Tree;
use crate::walk::Walk;

/// The state of the first screen.
#[derive(Debug, Default)]
pub struct Home {
    list: ListState,
    /// The last key was Esc: pressed again, it quits.
    is_leaving: bool,
}

/// Something to pick.
enum HomeEntry<'s> {
    Continue(&'s Walk),
    /// A parked walk, and its place among them.
    Resume(usize, &'s Walk),
    Begin(&'s Arc<Tree>),
    LookUp,
    Practice(&'s Arc<Tree>),
    /// The choice of a system to practice.
    PracticeSystems,
}

/// Lines of the screen around its entries.
const LINES_AROUND: usize = 4;

/// Lines of an entry that says what it is about.
const LINES_OF_ENTRY: usize = 3;

/// The purpose of practice.
const PRACTICE: &str = "Five minutes: lines to recognize, incidents to solve.";

fn entries(shared: &Shared) -> Vec<HomeEntry<'_>> {
    let under_way = shared.session.walk.as_ref().filter(|walk| walks::has_events(walk));
    let mut entries: Vec<_> = under_way.into_iter().map(HomeEntry::Continue).collect();
    entries.extend(shared.session.parked().enumerate().map(|(at, walk)| HomeEntry::Resume(at, walk)));
    entries.extend(shared.session.trees.iter().map(HomeEntry::Begin));
    entries.push(HomeEntry::LookUp);
    match shared.session.trees.as_slice() {
        [] => {}
        [only] => entries.push(HomeEntry::Practice(only)),
        _ => {
            entries.extend(shared.training.tree_under_way().map(HomeEntry::Practice));
            entries.push(HomeEntry::PracticeSystems);
        }
    }
    entries
}

impl Home {
    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let was_leaving = std::mem::take(&mut self.is_leaving);
        let count = entries(shared).len();
        // A walk that one could go on with may be gone since.
        self.list.selected = self.list.selected.min(count.saturating_sub(1));
        let area = parts_frame::body_area(shared.size);
        let extent = ListExtent { entries: count, height: area.height };
        if self.list.handle(action, extent, |list| page(list, shared, usize::from(area.width))) {
            return Transition::Stay;
        }
        match action {
            Action::Choose => self.open(shared, self.list.selected),
            Action::Type(character) => Transition::Open(Route::Search(character.to_string())),
            Action::Escape if was_leaving => Transition::Do(Effect::Quit),
            Action::Escape => {
                self.is_leaving = true;
                shared.tell("Esc again quits.");
                Transition::Stay
            }
            _ => Transition::Stay,
        }
    }

    fn open(&mut self, shared: &mut Shared, at: usize) -> Transition {
        match entries(shared).get(at) {
            Some(HomeEntry::Continue(_)) => Transition::Walk,
            Some(HomeEntry::Resume(at, _)) => {
                let at = *at;
                shared.session.resume(at);
                Transition::Walk
            }
            Some(HomeEntry::Begin(tree)) => {
                let tree = Arc::clone(tree);
                shared.begin(&tree)
            }
            Some(HomeEntry::LookUp) => Transition::Open(Route::Search(String::new())),
            Some(HomeEntry::Practice(tree)) => {
                let tree = Arc::clone(tree);
                shared.train(&tree)
            }
            Some(HomeEntry::PracticeSystems) => Transition::Open(Route::Systems(SystemUse::Practice)),
            None => Transition::Stay,
        }
    }

    /// Draws the screen.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let size = frame.area();
        let width = usize::from(parts_frame::body_area((size.width, size.height)).width);
        let lines = page(&self.list, shared, width).lines;
        parts_frame::draw_lines(
            frame,
            shared,
            KeyContext::Home,
            ("", "from symptom to remedy"),
            lines,
            self.list.scroll,
        );
    }
}

fn page(list: &ListState, shared: &Shared, width: usize) -> ListPage {
    let entries = entries(shared);
    let roomy = shared.size.1 >= 20;
    // Many systems are a list of one line each.
    let has_texts = roomy && LINES_AROUND + LINES_OF_ENTRY * entries.len() <= usize::from(shared.size.1);
    let mut page = ListPage::new(shared.theme, width, list.selected.min(entries.len().saturating_sub(1)));
    if has_texts {
        page.blank();
    }
    page.lines.push(Line::styled("What is going wrong?", page.theme.style(Role::Title)));
    page.text("Type an error or a code, paste a log line, or pick:", Style::new());
    page.blank();
    for entry in &entries {
        let (label, about) = describe(shared, entry);
        page.entry(|page| {
            page.label("", &label);
            if has_texts {
                page.hanging(Span::raw("  "), &about, Style::new());
                page.blank();
            }
        });
    }
    page
}

fn describe(shared: &Shared, entry: &HomeEntry<'_>) -> (String, String) {
    match entry {
        HomeEntry::Continue(walk) | HomeEntry::Resume(_, walk) => {
            (format!("Go on: {}", walks::standing(walk)), walks::so_far(walk))
        }
        HomeEntry::Begin(tree) => {
            let causes = text::count(tree.card_count, "cause", "causes");
            (format!("Walk: {}", tree.title), format!("{} {causes}.", tree.about))
        }
        HomeEntry::LookUp => {
            ("Look up an error".into(), "By any part of its text, a status code, or a pasted line.".into())
        }
        HomeEntry::Practice(tree) => {
            let today = shared.training.today(tree);
            (format!("Practice: {today}"), PRACTICE.into())
        }
        HomeEntry::PracticeSystems => {
            let due = match shared.training.due() {
                0 => String::new(),
                due => format!("{due} due, "),
            };
            (format!("Practice: {due}choose a system"), PRACTICE.into())
        }
    }
}
