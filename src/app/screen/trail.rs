//! Every answer, to be looked at, changed or taken back; and the questions that could be answered out of turn.

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use super::question::{Edit, given_in_order, name_of_answer};
use super::{ListState, Screen, Transition};
use crate::app::Shared;
use crate::app::keys::{Action, Context};
use crate::app::parts::{body, candidates, frame as parts_frame};
use crate::app::walks;
use crate::export::when::capital;
use crate::text;
use crate::tree::{CardId, QuestionId};
use crate::walk::{Event, Evidence, Given, Hit, Origin, Provenance, Walk};

/// The state of the list.
#[derive(Debug, Default)]
pub struct Trail {
    list: ListState,
}

/// A line of the trail.
enum Entry {
    /// Evidence, by its event: where it comes from, and what it says.
    Evidence(usize, String, String),
    Answered(QuestionId, Given),
    Tried(usize, String, bool),
    Open(QuestionId),
}

fn entries(walk: &Walk) -> Vec<Entry> {
    let evidence = walks::evidence(walk);
    let mut entries: Vec<_> = evidence
        .filter_map(|(at, evidence, first)| Some(Entry::Evidence(at, name_of_evidence(first?), says(walk, evidence))))
        .collect();
    entries.extend(given_in_order(walk).into_iter().map(|(question, given)| Entry::Answered(question, given)));
    for (at, event) in walk.live_events() {
        if let Event::RemedyTried { card, remedy, worked } = event
            && let Some(remedy) = walk.tree().card(*card).remedies.get(*remedy)
        {
            entries.push(Entry::Tried(at, remedy.act.to_string(), *worked));
        }
    }
    entries.extend(walk.open_questions().into_iter().map(Entry::Open));
    entries
}

impl Trail {
    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        let Some(walk) = shared.walk.as_mut() else { return Transition::Close };
        let entries = entries(walk);
        if let Some(selected) = body::select(action, self.list.selected, entries.len()) {
            self.list.selected = selected;
            self.show_selected(shared);
            return Transition::Stay;
        }
        match (action, entries.get(self.list.selected)) {
            (Action::Escape | Action::Back, _) => Transition::Close,
            (Action::Choose, Some(Entry::Answered(question, _) | Entry::Open(question))) => {
                Transition::Open(Screen::Edit(Edit::new(shared, *question)))
            }
            (Action::TakeBack, Some(Entry::Answered(question, _))) => {
                if let Err(why) = take_back(walk, *question) {
                    shared.notice = Some(why);
                    return Transition::Stay;
                }
                self.after_taking_back(shared)
            }
            (Action::TakeBack | Action::Choose, Some(Entry::Tried(event, ..) | Entry::Evidence(event, ..))) => {
                walk.push(Event::Retracted { event: *event });
                self.after_taking_back(shared)
            }
            _ => {
                let area = parts_frame::body_area(shared.size);
                let count = shared.walk.as_ref().map_or(0, |walk| self.lines(shared, walk, area.width.into()).0.len());
                let scrolled = body::scroll(action, self.list.scroll, count, usize::from(area.height));
                self.list.scroll = scrolled.unwrap_or(self.list.scroll);
                Transition::Stay
            }
        }
    }

    fn after_taking_back(&mut self, shared: &mut Shared) -> Transition {
        self.list = ListState::default();
        shared.notice = Some("Taken back. Everything else is kept.".into());
        Transition::Stay
    }

    fn show_selected(&mut self, shared: &Shared) {
        let Some(walk) = &shared.walk else { return };
        let area = parts_frame::body_area(shared.size);
        let (_, places) = self.lines(shared, walk, usize::from(area.width));
        if let Some((first, last)) = places.get(self.list.selected) {
            let first = if self.list.selected == 0 { 0 } else { *first };
            self.list.scroll = body::scroll_to(self.list.scroll, first, *last, usize::from(area.height));
        }
    }

    /// Draws the list.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let Some(walk) = &shared.walk else { return };
        let size = frame.area();
        let area = parts_frame::body_area((size.width, size.height));
        let (lines, _) = self.lines(shared, walk, usize::from(area.width));
        let scroll = self.list.scroll.min(lines.len().saturating_sub(usize::from(area.height)));
        let below = body::below(lines.len(), scroll, area.height);
        let state = candidates::summary(walk);
        let area = parts_frame::draw(frame, shared, Context::Trail, &walk.tree().title, &state, below);
        body::draw(frame, area, lines, scroll);
    }

    /// The lines, and the first and last line of each entry.
    fn lines(&self, shared: &Shared, walk: &Walk, width: usize) -> (Vec<Line<'static>>, Vec<(usize, usize)>) {
        let (theme, tree) = (shared.theme, walk.tree());
        let entries = entries(walk);
        let mut lines = vec![Line::styled("Your answers", theme.heading())];
        if !entries.iter().any(|entry| matches!(entry, Entry::Answered(..) | Entry::Evidence(..))) {
            lines.push(Line::raw("None yet."));
        }
        let mut places = Vec::new();
        let mut opened = false;
        for (at, entry) in entries.iter().enumerate() {
            if matches!(entry, Entry::Open(_)) && !opened {
                opened = true;
                lines.push(Line::default());
                lines.push(Line::styled("Can be answered at any time", theme.heading()));
            }
            let first = lines.len();
            let (label, below) = match entry {
                Entry::Evidence(_, label, says) => {
                    let room = width.saturating_sub(2);
                    (text::fit(label, room, theme.ellipsis()), Some(says.to_string()))
                }
                Entry::Answered(question, given) => {
                    let source = source(walk, *question);
                    let answer = name_of_answer(tree, *question, *given);
                    (tree.question(*question).ask.to_string(), Some(format!("{answer}{source}")))
                }
                Entry::Tried(_, act, worked) => {
                    let outcome = if *worked { "worked" } else { "did not help" };
                    (format!("Tried: {act}"), Some(outcome.to_owned()))
                }
                Entry::Open(question) => (tree.question(*question).ask.to_string(), None),
            };
            lines.extend(body::entry(theme, at == self.list.selected, "", &label, width));
            if let Some(below) = below {
                let lead = Span::styled(format!("    {} ", theme.symbol("→", "->")), theme.key());
                lines.extend(body::hanging(theme, lead, &below, Style::new(), width));
            }
            places.push((first, lines.len().saturating_sub(1)));
        }
        (lines, places)
    }
}

/// Who gave an answer, if it was not simply the operator.
fn source(walk: &Walk, question: QuestionId) -> String {
    match walk.known().answers.get(&question).map(|answer| &answer.origin) {
        Some(Origin::Evidence(provenance)) => format!(" (from {})", walks::source(provenance)),
        Some(Origin::Operator { overrules: Some(option) }) => {
            format!(" (the evidence says: {})", walk.tree().option(question, *option).label)
        }
        _ => String::new(),
    }
}

/// A piece of evidence in words: where it comes from, and the line it begins with.
pub fn name_of_evidence(first: &Provenance) -> String {
    format!("{}: {}", capital(&walks::source(first)), first.text)
}

/// What a piece of evidence says, in words: the card it speaks for, or how many.
pub fn says(walk: &Walk, evidence: &Evidence) -> String {
    let mut cards: Vec<CardId> = Vec::new();
    for hit in &evidence.hits {
        cards.extend(hit.cards.iter().filter(|card| !cards.contains(card)).collect::<Vec<_>>());
    }
    let share = |hit: &Hit| hit.cards.len() == cards.len();
    match cards.as_slice() {
        [] if evidence.proofs.is_empty() => text::count(evidence.risks.len(), "setting", "settings"),
        [] => text::count(evidence.proofs.len(), "answer", "answers"),
        [only] => walk.tree().card(*only).title.to_string(),
        several if evidence.hits.iter().all(share) => format!("{} cards share it", several.len()),
        several => format!("it points to {} cards; e shows which", several.len()),
    }
}

/// Takes back every answer of the operator to a question. One that evidence gave goes only with the evidence.
pub fn take_back(walk: &mut Walk, question: QuestionId) -> Result<(), String> {
    if let Some(Origin::Evidence(from)) = walk.known().answers.get(&question).map(|answer| &answer.origin) {
        return Err(format!("This is from {}: take that back, or change the answer.", walks::source(from)));
    }
    walk.retract(|event| match event {
        Event::Answered { question: of, .. }
        | Event::Unknown { question: of }
        | Event::NoneOfThese { question: of } => *of == question,
        _ => false,
    });
    Ok(())
}
