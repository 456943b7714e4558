//! Works through the steps of a card.

use std::sync::Arc;

use super::case_summary::solved_by;
use super::marked_step::{ChosenStep, MarkedStep};
use super::redaction::Redaction;
use super::{Session, is_of, walks};
use crate::case::Redactor;
use crate::export::case_report;
use crate::export::command::{CommandPart, CommandText};
use crate::export::outline::in_walk;
use crate::export::{Block, CardText, Outline, note};
use crate::tree::{CardId, Tree};
use crate::walk::{Event, Ranked, StepOutcome, Walk, remedies_for};

impl Session {
    /// Returns the steps of a card with what came of each.
    fn steps(&self, tree: &Tree, card: CardId) -> Vec<Ranked> {
        remedies_for(self.walk.as_ref(), tree, card)
    }

    /// Returns the place of the step at hand, from 0.
    ///
    /// It is the chosen one, else the one that helped, else the first open one, else the last.
    pub fn step_at_hand(&self, tree: &Tree, card: CardId) -> usize {
        let steps = self.steps(tree, card);
        let last = steps.len().saturating_sub(1);
        if let Some(chosen) = self.chosen_step.as_ref().filter(|chosen| chosen.tree == tree.id && chosen.card == card) {
            return chosen.at.min(last);
        }
        let helped = steps.iter().position(|step| step.outcome == Some(StepOutcome::Helped));
        helped.or_else(|| first_open(&steps, 0)).unwrap_or(last)
    }

    /// Takes up a step of a card, by its place; marks nothing.
    ///
    /// Returns whether the card has such a step.
    pub fn choose_step(&mut self, tree: &Tree, card: CardId, at: usize) -> bool {
        let has_step = at < tree.card(card).remedies.len();
        if has_step {
            self.chosen_step = Some(ChosenStep { tree: tree.id.clone(), card, at });
        }
        has_step
    }

    /// Marks the step at hand, and takes up the next open one.
    ///
    /// An equal mark takes the mark back.
    ///
    /// # Errors
    ///
    /// The reason in words, if there is nothing to mark.
    pub fn mark_step(
        &mut self,
        tree: &Arc<Tree>,
        card: CardId,
        outcome: StepOutcome,
    ) -> Result<MarkedStep, &'static str> {
        let at = self.step_at_hand(tree, card);
        let step = self.steps(tree, card).get(at).copied();
        let Some(walk) = self.walk.as_mut().filter(|walk| is_of(walk, tree)) else {
            return Err("This card is not part of a case, so its steps cannot be marked.");
        };
        let Some(Ranked { remedy, outcome: before, .. }) = step else { return Err("This card has no steps.") };
        // A step that was left out cannot have helped.
        if (before, outcome) == (Some(StepOutcome::Skipped), StepOutcome::Helped) {
            return Err(
                "This step was skipped. Choose the step that helped by its number, or mark this one as done first.",
            );
        }
        if before == Some(outcome) {
            walk.retract(|event| {
                matches!(event, Event::StepMarked { card: of, remedy: known, .. } if (*of, *known) == (card, remedy))
            });
            self.choose_step(tree, card, at);
            let said = format!("Step {} is open again.", at + 1);
            return Ok(MarkedStep { said, is_change: false, is_solved: false, is_last: false, is_ruled_out: false });
        }
        walk.push(Event::StepMarked { card, remedy, outcome });
        let is_ruled_out = card != tree.escalation && !walks::is_candidate(walk, card);
        let is_change = outcome == StepOutcome::Done
            && walk.unchecked_change().is_some_and(|change| (change.card, change.remedy) == (card, remedy));
        let steps = self.steps(tree, card);
        let is_solved = outcome == StepOutcome::Helped;
        let next = first_open(&steps, at + 1).or_else(|| first_open(&steps, 0)).filter(|_| !is_solved);
        self.choose_step(tree, card, next.unwrap_or(at));
        let said = said(at + 1, outcome, next.map(|next| (next + 1, steps.len())), is_ruled_out);
        Ok(MarkedStep { said, is_change, is_solved, is_last: next.is_none(), is_ruled_out })
    }

    /// Marks the case as escalated, or as open again; says which.
    pub fn toggle_escalated(&mut self, tree: &Tree) -> &'static str {
        let Some(walk) = self.walk.as_mut().filter(|walk| is_of(walk, tree)) else {
            return "This card is not part of a case, so it cannot be escalated.";
        };
        if walk.is_escalated() {
            walk.retract(|event| *event == Event::Escalated);
            return "The case is open again.";
        }
        walk.push(Event::Escalated);
        "The case is marked as escalated. Your next step opens it again."
    }

    /// Returns the note for a ticket that a case is solved.
    ///
    /// And what was replaced in it.
    pub fn solved_note(&self, tree: &Tree, card: CardId) -> (CardText, Redactor) {
        self.note(tree, card, note::solved)
    }

    /// Returns the note for a ticket that hands a case over.
    ///
    /// And what was replaced in it.
    pub fn escalation_note(&self, tree: &Tree, card: CardId) -> (CardText, Redactor) {
        self.note(tree, card, note::escalated)
    }

    /// Returns the report of the case, and what was replaced in it.
    ///
    /// `None` without a case.
    pub fn report(&self) -> Option<(CardText, Redactor)> {
        let (walk, redactor) = self.redaction.report(self.walk.as_ref()?);
        let report = case_report::report(&self.trees, &walk, solved_by(&walk), &walks::standing(&walk));
        Some((report, redactor))
    }

    /// Returns the card to copy, as Markdown is made of it.
    pub fn outline_to_copy(&self, tree: &Tree, card: CardId) -> Outline {
        let walk = self.walk.as_ref().filter(|_| self.redaction == Redaction::Everything);
        match walk {
            Some(walk) => in_walk(&self.trees, Some(&self.redaction.report(walk).0), tree, card),
            None => self.card_outline(tree, card),
        }
    }

    /// Returns a command to copy.
    pub fn command_to_copy(&self, command: &CommandText) -> CommandText {
        let mut copy = command.clone();
        let mut redactor = Redactor::default();
        for part in copy.parts.iter_mut().filter(|_| self.redaction == Redaction::Everything) {
            if let CommandPart::Filled(value) = part {
                *value = redactor.text(&value.as_str().into()).to_string();
            }
        }
        copy
    }

    fn note(&self, tree: &Tree, card: CardId, write: NoteWriter) -> (CardText, Redactor) {
        let (walk, redactor) = match &self.walk {
            Some(walk) => {
                let (walk, redactor) = self.redaction.report(walk);
                (Some(walk), redactor)
            }
            None => (None, Redactor::default()),
        };
        let mut note = write(&self.trees, walk.as_deref(), tree, card);
        note.blocks.push(Block::Heading("To see the card again".to_owned()));
        // Names in place of values would fill commands with words that mean nothing.
        let filled = self.walk.as_ref().filter(|_| !self.redaction.is_for_reports());
        note.blocks.push(Block::Prompt(walks::show_command(filled, tree, card)));
        if let Some(command) = filled.filter(|walk| is_of(walk, tree)).and_then(walks::way_back) {
            note.blocks.push(Block::Prompt(command));
        }
        (note, redactor)
    }
}

/// Writes the note about a card, with what a walk knows.
type NoteWriter = fn(&[Arc<Tree>], Option<&Walk>, &Tree, CardId) -> CardText;

/// Returns the place of the first open step from a place on.
fn first_open(steps: &[Ranked], from: usize) -> Option<usize> {
    steps.iter().enumerate().skip(from).find(|(_, step)| step.outcome.is_none()).map(|(at, _)| at)
}

/// Says what came of a step, and which one is next.
fn said(number: usize, outcome: StepOutcome, next: Option<(usize, usize)>, is_ruled_out: bool) -> String {
    let marked = match outcome {
        StepOutcome::Done => format!("Step {number} is done."),
        StepOutcome::Helped => return format!("Step {number} helped. The case is solved."),
        StepOutcome::DidNotHelp => format!("Step {number} did not help."),
        StepOutcome::Skipped => format!("Step {number} is skipped."),
    };
    match next {
        Some((next, all)) => format!("{marked} Next: step {next} of {all}."),
        None if is_ruled_out => format!("{marked} None of the steps helped, so this card is ruled out."),
        None => format!("{marked} It was the last step."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_says_what_is_next() {
        for (outcome, next, is_ruled_out, expected) in [
            (StepOutcome::Done, Some((3, 4)), false, "Step 2 is done. Next: step 3 of 4."),
            (StepOutcome::DidNotHelp, Some((1, 4)), false, "Step 2 did not help. Next: step 1 of 4."),
            (StepOutcome::Skipped, None, false, "Step 2 is skipped. It was the last step."),
            (StepOutcome::Helped, None, false, "Step 2 helped. The case is solved."),
            (
                StepOutcome::DidNotHelp,
                None,
                true,
                "Step 2 did not help. None of the steps helped, so this card is ruled out.",
            ),
        ] {
            assert_eq!(said(2, outcome, next, is_ruled_out), expected);
        }
    }
}
