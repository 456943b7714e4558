//! Tells a card: first title, verdict and one step.
//!
//! Commands tell the rest.

use super::dialogue::{Dialogue, OpenCard};
use super::lines::LineWriter;
use crate::app::keys::Action;
use crate::case::Redactor;
use crate::export::command::CommandText;
use crate::export::outline::{effect_word, takes};
use crate::export::values::read_only_command;
use crate::export::{Outline, SectionKind, StepOutline, markdown, plain};
use crate::tree::model::Effect;
use crate::walk::StepOutcome;

/// The parts that `more` tells, one after the other.
const PARTS: [ToldPart; 4] = [
    ToldPart::Sections(&[SectionKind::IsItThis, SectionKind::Why]),
    ToldPart::Steps,
    ToldPart::Sections(&[SectionKind::NotThisIf, SectionKind::ErrorText]),
    ToldPart::Sections(&[SectionKind::Escalate, SectionKind::Values, SectionKind::Links]),
];

/// A part of a card that is told at once.
#[derive(Clone, Copy)]
enum ToldPart {
    Steps,
    Sections(&'static [SectionKind]),
}

/// Tells title, verdict and the step at a place.
///
/// `is_new` adds the description of the problem.
pub(super) fn tell(outline: &Outline, at: usize, is_new: bool, out: &mut LineWriter) {
    out.text(&outline.title);
    let text = outline.text();
    if !text.verdict.is_empty() {
        out.text(&text.verdict);
    }
    out.blocks(&outline.warnings);
    if is_new {
        out.text(outline.summary());
        if !outline.is_confirmed && !outline.is_escalation {
            for (label, sign) in [("It is this if", &outline.confirms), ("It is not this if", &outline.refutes)] {
                if !sign.is_empty() {
                    out.text(&format!("{label}: {sign}"));
                }
            }
        }
    }
    tell_step(outline, at, out);
}

/// Tells the step at a place whole.
pub(super) fn tell_step(outline: &Outline, at: usize, out: &mut LineWriter) {
    let Some(step) = outline.steps.get(at) else { return };
    let risk = format!("{}, {}", effect_word(step.effect), takes(step.takes));
    let outcome = step.outcome.map(|outcome| format!(", {}", outcome.word())).unwrap_or_default();
    let helped = step.helped_words();
    let outcome = if helped.is_empty() { outcome } else { format!("{outcome}, {helped}") };
    out.text(&format!("Step {} of {} ({risk}{outcome}): {}", step.number, outline.steps.len(), step.act));
    for command in &step.commands {
        out.command(&command.command.to_string());
        if let Some(place) = &command.console {
            out.text(&format!("  Console: {place}"));
        }
        let label = if step.effect == Effect::Observe { "If this is the cause, it shows" } else { "It shows" };
        out.text(&format!("  {label}: {}", command.shows));
    }
    if !step.unaccepted.is_empty() {
        out.text(&format!("  {} Type accept and the name.", step.not_accepted()));
    }
    out.text(&format!("  {}: {}", step.verify_label(), step.verify));
    for (label, text) in [("Undo", &step.undo), ("See", &step.see)] {
        if let Some(text) = text {
            out.text(&format!("  {label}: {text}"));
        }
    }
}

/// Says what was replaced in a note.
fn tell_replaced(redactor: &Redactor, out: &mut LineWriter) {
    let replaced = redactor.summary();
    if !replaced.is_empty() {
        out.text(&format!("Replaced in the note: {replaced}. To see them, start with --no-redact."));
    }
}

fn tell_part(outline: &Outline, part: ToldPart, out: &mut LineWriter) -> bool {
    match part {
        ToldPart::Steps => {
            out.text("Steps:");
            out.numbered(outline.steps.iter().map(in_short));
            !outline.steps.is_empty()
        }
        ToldPart::Sections(kinds) => {
            let sections: Vec<_> = kinds.iter().filter_map(|kind| outline.section(*kind)).collect();
            for section in &sections {
                out.heading(section.kind.title());
                out.blocks(&section.content());
            }
            !sections.is_empty()
        }
    }
}

/// Returns a step in a line, with its risk and its outcome.
fn in_short(step: &StepOutline) -> String {
    let outcome = step.outcome.map(|outcome| format!(", {}", outcome.word())).unwrap_or_default();
    format!("{} ({}, {}{outcome})", step.act, effect_word(step.effect), takes(step.takes))
}

impl Dialogue {
    /// Marks the step at hand. Returns whether everything new has been told.
    pub(super) fn mark(&mut self, outcome: StepOutcome, out: &mut LineWriter) -> bool {
        let Some(OpenCard { tree, card, in_walk: true }) = self.card_in_hand() else {
            out.text("No card of a case is open, so there are no steps to mark.");
            return true;
        };
        match self.session.mark_step(&tree, card, outcome) {
            Err(nothing) => out.text(nothing),
            Ok(marked) => {
                out.text(&marked.said);
                if marked.is_change {
                    out.text("Paste the lines again (paste) to see what changed, or change an answer (trail).");
                }
                if marked.is_ruled_out {
                    self.show_walk();
                    return false;
                }
                if marked.is_solved {
                    out.text("Type note for a note in Markdown for the ticket.");
                } else if marked.is_last {
                    out.text("If the problem remains, E tells what to include when you escalate.");
                } else {
                    self.tell_step_at_hand(out);
                }
            }
        }
        true
    }

    /// Takes up the step of a number.
    pub(super) fn pick_step(&mut self, at: usize) -> Option<()> {
        let OpenCard { tree, card, .. } = self.card_in_hand()?;
        self.session.choose_step(&tree, card, at).then_some(())
    }

    fn tell_step_at_hand(&self, out: &mut LineWriter) {
        if let Some(OpenCard { tree, card, .. }) = self.card_in_hand() {
            let at = self.session.step_at_hand(&tree, card);
            tell_step(&self.session.card_outline(&tree, card), at, out);
        }
    }

    /// Tells a part of the card that is open.
    pub(super) fn tell_about_card(&self, action: Action, out: &mut LineWriter) {
        let Some(OpenCard { tree, card, .. }) = self.card_in_hand() else {
            if action == Action::Why && self.tell_why(out) {
                return;
            }
            return out.text("No card is open.");
        };
        let outline = self.session.card_outline(&tree, card);
        let part = match action {
            Action::Why => ToldPart::Sections(&[SectionKind::IsItThis, SectionKind::Why, SectionKind::NotThisIf]),
            Action::Steps => ToldPart::Steps,
            Action::Links => ToldPart::Sections(&[SectionKind::Links]),
            Action::Everything => return out.raw(&plain::card(&outline.text(), self.width)),
            Action::Escalate => {
                let (note, redactor) = self.session.escalation_note(&tree, card);
                out.raw(&plain::card(&note, self.width));
                tell_replaced(&redactor, out);
                return out.text("Once others have it, type escalated.");
            }
            Action::Note => {
                let (note, redactor) = match outline.solution() {
                    Some(_) => self.session.solved_note(&tree, card),
                    None => self.session.escalation_note(&tree, card),
                };
                out.raw(&markdown::card(&note));
                return tell_replaced(&redactor, out);
            }
            _ => return out.raw(&markdown::card(&self.session.outline_to_copy(&tree, card).text())),
        };
        if !tell_part(&outline, part, out) {
            out.text("This card has nothing about that.");
        }
        if action == Action::Links && !tree.card(card).references().is_empty() {
            out.text("o opens the cards and systems that this card names.");
        }
    }

    /// Prints the report of the case.
    pub(super) fn tell_report(&self, out: &mut LineWriter) {
        match self.session.report() {
            Some((report, redactor)) => {
                out.raw(&markdown::card(&report));
                tell_replaced(&redactor, out);
            }
            None => out.text("There is no case to report yet. Paste lines, or answer a question."),
        }
    }

    /// Tells what has not been told yet of the card or question.
    pub(super) fn tell_more(&mut self, out: &mut LineWriter) {
        if let Some(OpenCard { tree, card, .. }) = self.card_in_hand() {
            let outline = self.session.card_outline(&tree, card);
            while let Some(part) = PARTS.get(self.parts_told) {
                self.parts_told += 1;
                if tell_part(&outline, *part, out) {
                    return;
                }
            }
            self.parts_told = 0;
            return out.text("That is all about this card.");
        }
        if !self.list_more() && !self.tell_how(out) {
            out.text("There is no more to tell here.");
        }
    }

    /// Prints the commands that can be run now, each on one line.
    pub(super) fn tell_commands(&self, out: &mut LineWriter) {
        let commands: Vec<CommandText> = match (self.card_in_hand(), &self.session.walk) {
            (Some(OpenCard { tree, card, .. }), _) => {
                let outline = self.session.card_outline(&tree, card);
                let step = outline.steps.into_iter().nth(self.session.step_at_hand(&tree, card));
                let commands = step.map(|step| step.commands).unwrap_or_default();
                commands.into_iter().map(|command| command.command).collect()
            }
            (None, Some(walk)) => {
                let question = self.question_here().map(|question| walk.tree().question(question));
                let command = question.and_then(|question| question.find_out.command.as_ref());
                command.map(|command| read_only_command(walk, command)).into_iter().collect()
            }
            (None, None) => Vec::new(),
        };
        if commands.is_empty() {
            return out.text("There is no command here.");
        }
        for command in commands {
            out.raw(&format!("{command}\n"));
            let empty: Vec<_> = command.empty_placeholders().iter().map(|name| format!("{{{name}}}")).collect();
            if !empty.is_empty() {
                out.text(&format!("Empty: {}. v NAME=TEXT fills one in.", empty.join(", ")));
            }
        }
    }
}
