//! Works through the steps of a card.

use std::sync::Arc;

use super::marked_step::{ChosenStep, MarkedStep};
use super::{Session, is_of, walks};
use crate::export::{Block, CardText, note};
use crate::tree::{CardId, Tree};
use crate::walk::{Event, Ranked, StepOutcome, remedies_for};

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
    pub fn solved_note(&self, tree: &Tree, card: CardId) -> CardText {
        self.with_way_back(note::solved(&self.trees, self.walk.as_ref(), tree, card), tree, card)
    }

    /// Returns the note for a ticket that hands a case over.
    pub fn escalation_note(&self, tree: &Tree, card: CardId) -> CardText {
        self.with_way_back(note::escalated(&self.trees, self.walk.as_ref(), tree, card), tree, card)
    }

    fn with_way_back(&self, mut note: CardText, tree: &Tree, card: CardId) -> CardText {
        note.blocks.push(Block::Heading("To see the card again".to_owned()));
        note.blocks.push(Block::Prompt(walks::show_command(self.walk.as_ref(), tree, card)));
        if let Some(command) = self.walk.as_ref().filter(|walk| is_of(walk, tree)).and_then(walks::way_back) {
            note.blocks.push(Block::Prompt(command));
        }
        note
    }
}

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
