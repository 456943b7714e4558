//! Lists the evidence of a walk, and shows single entries whole.
//!
//! The entries are lines that point to cards, settings that can lead to one, answers, and lines that no card explains.
//! A line that is opened shows itself whole, and the cards it points to.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::evidence_list::{self, EvidenceEntry, counted};
use crate::app::keys::{Action, KeyContext};
use crate::app::parts::frame as parts_frame;
use crate::app::parts::list::{ListExtent, ListPage, ListState};
use crate::app::state::Shared;
use crate::app::theme::{Role, Theme};
use crate::app::transition::{Route, Transition};
use crate::app::wording::{place, progress};
use crate::export::comparison::{ComparedPart, since_change};
use crate::export::evidence::{line_of, says_of};
use crate::export::format::{capital, many, thousands};
use crate::export::timeline::{Timeline, TimelinePart};
use crate::export::verdict::ruled_out;
use crate::session::walks;
use crate::text::CleanText;
use crate::tree::CardId;
use crate::walk::{Hit, Verdict, Walk};

/// The state of the list.
#[derive(Debug, Default)]
pub struct EvidenceScreen {
    list: ListState,
    /// The entry that is shown whole, and what is selected of it.
    opened: Option<(usize, ListState)>,
}

impl EvidenceScreen {
    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let Some(walk) = &shared.session.walk else { return Transition::Close };
        let entries = evidence_list::entries(walk);
        if matches!(action, Action::Escape | Action::Back) {
            return if self.opened.take().is_some() { Transition::Stay } else { Transition::Close };
        }
        let area = parts_frame::body_area(shared.size);
        let (theme, width) = (shared.theme, usize::from(area.width));
        let opened = self.opened.as_mut().and_then(|(at, list)| Some((*entries.get(*at)?, list)));
        let Some((entry, list)) = opened else {
            let extent = ListExtent { entries: entries.len(), height: area.height };
            if self.list.handle(action, extent, |list| page(walk, &entries, list, theme, width)) {
                return Transition::Stay;
            }
            return match entries.get(self.list.selected) {
                Some(
                    EvidenceEntry::Answer(question, _)
                    | EvidenceEntry::Several(question, _)
                    | EvidenceEntry::Code(question, _),
                ) if action == Action::Choose => Transition::Open(Route::Edit(*question)),
                Some(_) if action == Action::Choose => {
                    self.opened = Some((self.list.selected, ListState::default()));
                    Transition::Stay
                }
                _ => Transition::Stay,
            };
        };
        let cards = evidence_list::cards(walk, entry);
        let extent = ListExtent { entries: cards.len(), height: area.height };
        if list.handle(action, extent, |list| whole(walk, entry, list, theme, width)) {
            return Transition::Stay;
        }
        match cards.get(list.selected).filter(|_| action == Action::Choose) {
            // A card that the walk can still come to can be worked with; another one can be read.
            Some(card) if walks::is_candidate(walk, *card) => Transition::Open(Route::in_walk(walk.tree(), *card)),
            Some(card) => Transition::Open(Route::looked_up(walk.tree(), *card)),
            None => Transition::Stay,
        }
    }

    /// Draws the list, or what is opened of it.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let Some(walk) = &shared.session.walk else { return };
        let size = frame.area();
        let width = usize::from(parts_frame::body_area((size.width, size.height)).width);
        let entries = evidence_list::entries(walk);
        let (page, scroll) = match self.opened.and_then(|(at, list)| Some((*entries.get(at)?, list))) {
            Some((entry, list)) => (whole(walk, entry, &list, shared.theme, width), list.scroll),
            None => (page(walk, &entries, &self.list, shared.theme, width), self.list.scroll),
        };
        let about = (place(walk), progress(walk));
        parts_frame::draw_lines(frame, shared, KeyContext::Evidence, (&about.0, &about.1), page.lines, scroll);
    }
}

/// The list, part by part.
fn page(walk: &Walk, entries: &[EvidenceEntry<'_>], list: &ListState, theme: Theme, width: usize) -> ListPage {
    let mut page = ListPage::new(theme, width, list.selected);
    if entries.is_empty() {
        let hint = "None yet. Paste lines of a log, a record or a configuration at any time: they answer questions and point to \
         cards.";
        page.text(hint, Style::new());
    }
    if let Some((said, parts)) = since_change(walk) {
        page.text(&said, if parts.is_empty() { Style::new() } else { theme.style(Role::Title) });
        for ComparedPart { heading, rows } in parts {
            for (lines, says) in rows {
                let lead = theme.span(Role::Secondary, &format!("  {heading:<7} "));
                page.hanging(lead, &format!("{says} ({lines})"), Style::new());
            }
        }
        page.blank();
    }
    for TimelinePart { heading, rows } in &Timeline::of(walk).parts {
        page.text(heading, theme.style(Role::Title));
        for (time, says) in rows {
            page.hanging(theme.span(Role::Secondary, &format!("  {time}")), says, Style::new());
        }
        page.blank();
    }
    let mut open_part = "";
    for entry in entries {
        // The heading comes into view with the first entry below it.
        page.entry(|page| {
            let part = evidence_list::part(walk, *entry);
            if part != open_part {
                if !open_part.is_empty() {
                    page.blank();
                }
                open_part = part;
                page.text(part, theme.style(Role::Title));
            }
            let label = theme.text(&evidence_list::label(walk, *entry, width.saturating_sub(2)));
            page.label("", &label);
            if let Some(telling) = evidence_list::telling(walk, *entry, width.saturating_sub(4)) {
                page.hanging(Span::raw("    "), &theme.text(&telling), Style::new());
            }
            let place = match entry {
                EvidenceEntry::Several(..) => None,
                EvidenceEntry::Unexplained(kind) if kind.count > 1 => {
                    Some(format!("{} times, first {}", thousands(kind.count), line_of(&kind.provenance)))
                }
                _ => Some(counted(*entry)),
            };
            if let Some(place) = place {
                page.hanging(Span::raw("    "), &place, theme.style(Role::Secondary));
            }
            let lead = Span::styled(format!("    {} ", theme.symbol("→", "->")), theme.style(Role::Secondary));
            for said in evidence_list::follows(walk, *entry).iter().filter(|said| !said.is_empty()) {
                page.hanging(lead.clone(), said, Style::new());
            }
        });
    }
    page
}

/// Returns an entry whole: its cards, its values, its lines.
fn whole(walk: &Walk, entry: EvidenceEntry<'_>, list: &ListState, theme: Theme, width: usize) -> ListPage {
    let mut page = ListPage::new(theme, width, list.selected);
    page.text(&counted(entry), theme.style(Role::Title));
    let cards = evidence_list::cards(walk, entry);
    let is_hint = matches!(entry, EvidenceEntry::Hit(hit, _) if !hit.limits());
    match cards.len() {
        0 => {}
        _ if is_hint => heading(&mut page, "It supports"),
        1 => heading(&mut page, "It points to"),
        _ => heading(&mut page, "It points to one of these"),
    }
    for card in &cards {
        let title = &walk.tree().card(*card).title;
        let title = match walk.verdicts().of_card(*card) {
            Some(Verdict::RuledOut(by)) => format!("{title} (ruled out {})", ruled_out(walk, &by)),
            _ => title.to_string(),
        };
        page.short_entry("", &title);
    }
    let parts = match entry {
        EvidenceEntry::Hit(hit, _) => return with_hit(page, walk, hit),
        EvidenceEntry::Risk(risk) => {
            vec![("What it means", says_of(walk, risk)), ("Where it stands", risk.provenance.text.to_string())]
        }
        EvidenceEntry::Success(success) => {
            let title = walk.tree().card(success.card).title.to_string();
            vec![("It is evidence against", title), ("The line", success.provenance.text.to_string())]
        }
        EvidenceEntry::Unexplained(kind) => vec![
            ("What such lines have in common", kind.template.to_string()),
            ("The first of them", kind.provenance.text.to_string()),
            ("To write a card for it", "wherefore trees new-card --from 'LINE'".to_owned()),
        ],
        // These open a question, and are not shown whole.
        EvidenceEntry::Answer(..) | EvidenceEntry::Several(..) | EvidenceEntry::Code(..) => Vec::new(),
    };
    for (title, text) in parts {
        heading(&mut page, title);
        page.text(&text, Style::new());
    }
    page
}

fn heading(page: &mut ListPage, text: &str) {
    page.blank();
    let style = page.theme.style(Role::Title);
    page.lines.push(Line::styled(page.theme.text(text), style));
}

/// Adds the lines that point to a card, and their values.
fn with_hit(mut page: ListPage, walk: &Walk, hit: &Hit) -> ListPage {
    let values = match hit.cards.as_slice() {
        [card] => values(walk, *card),
        _ => Vec::new(),
    };
    if !values.is_empty() {
        heading(&mut page, "In them");
    }
    for (name, said) in values {
        page.labeled(&name, &said, page.theme.style(Role::Title));
    }
    heading(&mut page, "The first of them");
    for other in walk.known().hits.iter().filter(|other| other.is_like(hit)) {
        page.text(&capital(&line_of(&other.provenance)), page.theme.style(Role::Title));
        page.text(&other.provenance.text, Style::new());
    }
    page
}

/// Returns the placeholder values of a card's lines, in words.
fn values(walk: &Walk, card: CardId) -> Vec<(String, String)> {
    let told = |(value, count): &(CleanText, u64)| format!("{value} ({})", many(*count, "line", "lines"));
    let values = crate::export::evidence::values(walk, card).into_iter();
    let said = values.map(|(name, met)| match met.as_slice() {
        [(only, _)] => (name.into_string(), only.to_string()),
        several => (name.into_string(), several.iter().map(told).collect::<Vec<_>>().join(", ")),
    });
    said.collect()
}
