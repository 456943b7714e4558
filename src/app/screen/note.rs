//! Shows the note for a ticket at the end of a case.

use std::sync::Arc;

use ratatui::Frame;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::app::copy;
use crate::app::effect::Effect;
use crate::app::keys::{Action, KeyContext};
use crate::app::parts::{blocks, body, frame as parts_frame};
use crate::app::state::Shared;
use crate::app::theme::Role;
use crate::app::transition::{NoteKind, Transition};
use crate::case::{RedactedValue, Redactor};
use crate::export::{CardText, markdown};
use crate::session::Redaction;
use crate::tree::{CardId, Tree};

/// A note that is shown.
#[derive(Debug)]
pub struct NoteScreen {
    tree: Arc<Tree>,
    card: CardId,
    kind: NoteKind,
    scroll: usize,
}

impl NoteScreen {
    /// Shows the note about a card.
    pub fn new(tree: Arc<Tree>, card: CardId, kind: NoteKind) -> Self {
        Self { tree, card, kind, scroll: 0 }
    }

    fn note(&self, shared: &Shared) -> (CardText, Redactor) {
        match self.kind {
            NoteKind::Solved => shared.session.solved_note(&self.tree, self.card),
            NoteKind::Escalated => shared.session.escalation_note(&self.tree, self.card),
            NoteKind::Report => shared.session.report().unwrap_or_default(),
        }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        match action {
            Action::Back | Action::Escape => return Transition::Close,
            Action::CopyCommand | Action::Copy => {
                let (text, is_cut) = copy::markdown(markdown::card(&self.note(shared).0));
                let cut = if is_cut { ", cut to 64 KiB" } else { "" };
                let replaced = self.note(shared).1.summary();
                let replaced = if replaced.is_empty() { String::new() } else { format!(" Replaced: {replaced}.") };
                shared.tell(format!("Note copied as Markdown{cut}.{replaced}"));
                return Transition::Do(Effect::Copy(text));
            }
            Action::Redact => {
                let is_on = shared.session.redaction.is_for_reports();
                shared.session.redaction = if is_on { Redaction::Never } else { Redaction::Reports };
                shared.tell(if is_on {
                    "Notes show addresses, names and ids as they are."
                } else {
                    "Notes replace addresses, names and ids."
                });
            }
            Action::Escalate => {
                let said = shared.session.toggle_escalated(&self.tree);
                shared.tell(said);
            }
            _ => {
                let area = parts_frame::body_area(shared.size);
                let count = || self.lines(shared, usize::from(area.width)).len();
                self.scroll = body::scroll(action, self.scroll, usize::from(area.height), count).unwrap_or(self.scroll);
            }
        }
        Transition::Stay
    }

    /// Draws the note.
    pub fn view(&self, shared: &Shared, frame: &mut Frame<'_>) {
        let size = frame.area();
        let area = parts_frame::body_area((size.width, size.height));
        let state = match self.kind {
            NoteKind::Solved => "solved",
            NoteKind::Escalated => "to escalate",
            NoteKind::Report => "report",
        };
        let lines = self.lines(shared, usize::from(area.width));
        parts_frame::draw_lines(frame, shared, KeyContext::Note, (&self.tree.title, state), lines, self.scroll);
    }

    /// Says how to copy the note, and what is replaced in it.
    fn about(&self, shared: &Shared, redactor: &Redactor) -> String {
        let name = |action| shared.keys.name(KeyContext::Note, action);
        let copy = format!("Copy this note into the ticket with {}.", name(Action::CopyCommand));
        match (shared.session.redaction.is_for_reports(), redactor.summary()) {
            (true, replaced) if replaced.is_empty() => copy,
            (true, replaced) => format!("{copy} Replaced: {replaced}; {} shows them.", name(Action::Redact)),
            (false, _) => {
                format!("{copy} Nothing is replaced; {} replaces addresses, names and ids.", name(Action::Redact))
            }
        }
    }

    fn lines(&self, shared: &Shared, width: usize) -> Vec<Line<'static>> {
        let (theme, width) = (shared.theme, width.min(body::MEASURE));
        let (note, redactor) = self.note(shared);
        let mut lines = body::hanging(theme, Span::raw(""), &note.title, theme.style(Role::Title), width);
        lines.extend(body::hanging(
            theme,
            Span::raw(""),
            &self.about(shared, &redactor),
            theme.style(Role::Secondary),
            width,
        ));
        lines.push(Line::default());
        if !note.verdict.is_empty() {
            lines.extend(body::hanging(theme, Span::raw(""), &note.verdict, Style::new(), width));
        }
        lines.extend(blocks::lines(&note.blocks, theme, width));
        let replaced = redactor.replaced();
        if !replaced.is_empty() {
            lines.push(Line::default());
            let heading = "Replaced in the note; this list is not copied";
            lines.extend(body::hanging(theme, Span::raw(""), heading, theme.style(Role::Title), width));
        }
        for RedactedValue { name, value, .. } in replaced {
            lines.extend(body::hanging(theme, Span::raw("  "), &format!("{name} = {value}"), Style::new(), width));
        }
        lines
    }
}
