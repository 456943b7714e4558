//! The first screen: type, paste, or pick.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use crate::app::effect::Effect;
use crate::app::keys::{Action, KeyContext};
use crate::app::parts::cases::CaseEntry;
use crate::app::parts::list::{ListExtent, ListPage, ListState};
use crate::app::parts::{body, frame as parts_frame, pieces};
use crate::app::state::Shared;
use crate::app::system_use::SystemUse;
use crate::app::theme::Role;
use crate::app::transition::{Route, Transition};
use crate::case::ListedCase;
use crate::export::command::{CommandPart, CommandText};
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
    /// A case of an earlier run, and its place among them.
    Kept(usize, &'s ListedCase),
    Begin(&'s Arc<Tree>),
    LookUp,
    Practice(&'s Arc<Tree>),
    /// The choice of a system to practice.
    PracticeSystems,
}

/// A command that a newcomer can try at once.
const EXAMPLE: &str = "curl -v https://www.example.com 2>&1 | wherefore";

/// Columns of the label before an entry.
const LABEL: usize = 11;

/// The fewest columns in which labels stand before entries.
const ROOM_FOR_LABELS: usize = 60;

/// The fewest rows with blank lines and the example.
const ROOMY: u16 = 14;

/// The most exercises that take about a minute each.
const MINUTES: usize = 5;

fn entries(shared: &Shared) -> Vec<HomeEntry<'_>> {
    let under_way = shared.session.walk.as_ref().filter(|walk| walks::has_events(walk));
    let mut entries: Vec<_> = under_way.into_iter().map(HomeEntry::Continue).collect();
    entries.extend(shared.session.parked().enumerate().map(|(at, walk)| HomeEntry::Resume(at, walk)));
    entries.extend(shared.kept_cases.iter().enumerate().map(|(at, case)| HomeEntry::Kept(at, case)));
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
        if self.list.handle(action, extent, |list| page(list, shared, area)) {
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
            Some(HomeEntry::Kept(at, _)) => {
                let id = shared.kept_cases.remove(*at).id;
                Transition::Do(Effect::OpenCase { case: shared.session.new_case_number(), id })
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
        let area = parts_frame::body_area((size.width, size.height));
        let lines = page(&self.list, shared, area).lines;
        let scroll = self.list.scroll.min(lines.len().saturating_sub(usize::from(area.height)));
        let below = body::below(lines.len(), scroll, area.height);
        let systems = text::count(shared.session.trees.len(), "system", "systems");
        let state = format!("{systems} · {}", env!("CARGO_PKG_VERSION"));
        let area = parts_frame::draw(frame, shared, KeyContext::Home, "", &state, below);
        body::draw(frame, area, lines, scroll);
    }
}

fn page(list: &ListState, shared: &Shared, area: Rect) -> ListPage {
    let entries = entries(shared);
    let selected = list.selected.min(entries.len().saturating_sub(1));
    let one = filled(&entries, shared, area, (selected, 1));
    let is_wide = usize::from(area.width) >= ROOM_FOR_LABELS;
    // Many systems stand in two columns, so that all of them are seen.
    match is_wide && one.lines.len() > usize::from(area.height) {
        true => filled(&entries, shared, area, (selected, 2)),
        false => one,
    }
}

/// Returns the page with the systems in so many columns.
fn filled(entries: &[HomeEntry<'_>], shared: &Shared, area: Rect, (selected, columns): (usize, usize)) -> ListPage {
    let is_roomy = area.height >= ROOMY;
    let mut page = ListPage::new(shared.theme, usize::from(area.width), selected);
    let blank = |page: &mut ListPage| {
        if is_roomy {
            page.blank();
        }
    };
    let theme = page.theme;
    page.lines.push(Line::styled("What went wrong?", theme.style(Role::Title)));
    page.lines.push(Line::from(vec![
        Span::styled(theme.prompt(), theme.style(Role::Accent)),
        theme.span(Role::Secondary, &fitted(&page, "Paste a log line, or type part of an error or a status code", 2)),
    ]));
    blank(&mut page);
    let mut label = "Continue";
    for entry in entries {
        let case = match entry {
            HomeEntry::Continue(walk) | HomeEntry::Resume(_, walk) => Some(CaseEntry::of_walk(walk)),
            HomeEntry::Kept(_, case) => CaseEntry::of_kept(case, shared.time),
            _ => None,
        };
        if let Some(case) = case {
            let label_text = labeled(&page, label);
            case.add_to(&mut page, &label_text);
            label = "";
        }
    }
    if label.is_empty() {
        blank(&mut page);
    }
    let systems: Vec<String> = entries.iter().filter_map(|entry| system(entry, shared, columns)).collect();
    page.lines.push(Line::styled("Walk me through it", theme.style(Role::Title)));
    page.grid(&systems, columns);
    blank(&mut page);
    for entry in entries {
        if let HomeEntry::Practice(_) | HomeEntry::PracticeSystems = entry {
            let number = labeled(&page, "Practice");
            page.short_entry(&number, &practice(shared, entry));
        }
    }
    if is_roomy {
        page.blank();
        let lead = theme.span(Role::Title, &format!("  {:LABEL$}", "Try it"));
        let command = CommandText { parts: vec![CommandPart::Literal(EXAMPLE.to_owned())] };
        page.lines.extend(pieces::wrapped(theme, lead, &pieces::of_command(theme, &command), page.width));
    }
    page
}

fn fitted(page: &ListPage, text: &str, indent: usize) -> String {
    text::fit(text, page.width.saturating_sub(indent), page.theme.ellipsis())
}

/// Returns a label before an entry, if there is room for labels.
fn labeled(page: &ListPage, label: &str) -> String {
    if page.width >= ROOM_FOR_LABELS { format!("{label:LABEL$}") } else { String::new() }
}

/// Returns what to pick for a walk, or `None` for another entry.
fn system(entry: &HomeEntry<'_>, shared: &Shared, columns: usize) -> Option<String> {
    match entry {
        HomeEntry::Begin(tree) if columns > 1 => Some(tree.title.to_string()),
        HomeEntry::Begin(tree) => {
            let widest = shared.session.trees.iter().map(|tree| text::width(&tree.title)).max().unwrap_or(0);
            let gap = " ".repeat(widest.saturating_sub(text::width(&tree.title)) + 3);
            Some(format!("{}{gap}{}", tree.title, text::count(tree.card_count, "card", "cards")))
        }
        HomeEntry::LookUp => Some("I don't know which".to_owned()),
        _ => None,
    }
}

fn practice(shared: &Shared, entry: &HomeEntry<'_>) -> String {
    match entry {
        HomeEntry::Practice(tree) => shared.training.today(tree),
        _ => match shared.training.due() {
            0 => "five minutes: lines to recognize, incidents to solve".to_owned(),
            due => {
                let minutes = text::count(due.min(MINUTES), "minute", "minutes");
                format!("{due} due today, about {minutes}")
            }
        },
    }
}
