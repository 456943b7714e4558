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
use crate::export::{CardText, markdown};
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

    fn note(&self, shared: &Shared) -> CardText {
        match self.kind {
            NoteKind::Solved => shared.session.solved_note(&self.tree, self.card),
            NoteKind::Escalated => shared.session.escalation_note(&self.tree, self.card),
        }
    }

    /// Lets the operator do something here.
    pub fn handle(&mut self, shared: &mut Shared, action: Action) -> Transition {
        match action {
            Action::Back | Action::Escape => return Transition::Close,
            Action::CopyCommand | Action::Copy => {
                let (text, is_cut) = copy::markdown(markdown::card(&self.note(shared)));
                let cut = if is_cut { ", cut to 64 KiB" } else { "" };
                shared.tell(format!("Note copied as Markdown{cut}."));
                return Transition::Do(Effect::Copy(text));
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
        };
        let lines = self.lines(shared, usize::from(area.width));
        parts_frame::draw_lines(frame, shared, KeyContext::Note, (&self.tree.title, state), lines, self.scroll);
    }

    fn lines(&self, shared: &Shared, width: usize) -> Vec<Line<'static>> {
        let (theme, width) = (shared.theme, width.min(body::MEASURE));
        let note = self.note(shared);
        let mut lines = body::hanging(theme, Span::raw(""), &note.title, theme.style(Role::Title), width);
        lines.extend(body::hanging(
            theme,
            Span::raw(""),
            &format!(
                "Copy this note into the ticket with {}.",
                shared.keys.name(KeyContext::Note, Action::CopyCommand)
            ),
            theme.style(Role::Secondary),
            width,
        ));
        lines.push(Line::default());
        if !note.verdict.is_empty() {
            lines.extend(body::hanging(theme, Span::raw(""), &note.verdict, Style::new(), width));
        }
        lines.extend(blocks::lines(&note.blocks, theme, width));
        lines
    }
}
