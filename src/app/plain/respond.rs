//! Takes the lines that are typed in a dialogue about a walk.

use std::sync::Arc;

use super::dialogue::{Dialogue, DialogueMode, OpenCard, TrailItem};
use super::evidence;
use super::lines::{LineWriter, WIDTH, quoted};
use super::references::is_at;
use super::reply::Reply;
use super::tell::CARD_KEYS;
use crate::app::keys::{Action, WALK, command, commands_help};
use crate::export::{StepOutline, markdown, plain as plain_card};
use crate::session::drop_culprit;
use crate::text;
use crate::walk::{Given, Step, StepOutcome, Walk};

impl Dialogue {
    /// Takes a line that was typed. Returns what to print about it, and whether to go on.
    pub fn reply(&mut self, line: &str) -> (String, Reply) {
        if let Some(collected) = self.collect(line) {
            return collected;
        }
        let written = line;
        let line = text::clean_line(line);
        let before = self.prompt();
        let mut out = LineWriter::default();
        if let Some(query) = line.strip_prefix('/') {
            self.search(query);
            return (out.done(), self.reply_since(&before));
        }
        let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
        let Some(action) = command(WALK, word) else {
            match (word, word.parse::<usize>()) {
                ("", _) => out.text("Type a number or a letter; ? shows them all."),
                (_, Ok(number)) => self.pick(number, &mut out),
                _ if evidence::looks_pasted(&line) => {
                    let reply = self.begin_paste(Some(written), &mut out);
                    return (out.done(), reply);
                }
                _ => {
                    let line = quoted(&line);
                    out.text(&format!("\"{line}\" is not a command. To search for it, type /{line}"));
                }
            }
            return (out.done(), self.reply_since(&before));
        };
        match action {
            Action::Quit => return (String::new(), Reply::Quit),
            Action::Repeat => return (String::new(), Reply::Next),
            Action::Train => return (String::new(), Reply::Practice),
            Action::Help => out.raw(&format!("Numbers choose. Letters:\n{}", commands_help(WALK))),
            Action::Back => self.back(&mut out),
            Action::Trail => self.open_trail(),
            Action::Parked => self.list_parked(&mut out),
            Action::NewCase => self.begin_case(&mut out),
            Action::Evidence => self.list_evidence(&mut out),
            Action::Paste => {
                let reply = self.begin_paste(None, &mut out);
                return (out.done(), reply);
            }
            Action::Shortest => self.toggle_shortest(&mut out),
            Action::Candidates => self.list_candidates(&mut out),
            Action::Follow => self.follow(&mut out),
            Action::Values => self.values(rest, &mut out),
            Action::Accept => self.accept(rest, &mut out),
            Action::Delete => self.remove_value(rest, &mut out),
            Action::TakeBack => self.take_back(rest, &mut out),
            Action::NoneOfThese if self.none_of_the_shortlist() => return (out.done(), Reply::Next),
            Action::Unknown | Action::NoneOfThese => {
                let given = if action == Action::Unknown { Given::Unknown } else { Given::NoneOfThese };
                if !self.answer(given) {
                    out.text("There is no question to answer here.");
                }
            }
            Action::Copy => self.tell_markdown(&mut out),
            _ => {
                if let Some(outcome) = action.step_outcome() {
                    let is_told = self.mark(outcome, &mut out);
                    return (out.done(), if is_told { Reply::Same } else { self.reply_since(&before) });
                }
            }
        }
        (out.done(), self.reply_since(&before))
    }

    /// Returns whether the prompt must be printed again.
    ///
    /// A whole card is not repeated because of a slip of the finger.
    fn reply_since(&self, before: &str) -> Reply {
        if self.prompt() == before { Reply::Same } else { Reply::Next }
    }

    fn pick(&mut self, number: usize, out: &mut LineWriter) {
        let at = number.wrapping_sub(1);
        let picked = match &self.mode {
            DialogueMode::PickTree => self.session.trees.get(at).cloned().map(|tree| {
                self.session.walk = Some(Walk::new(tree));
                self.mode = DialogueMode::Walk;
            }),
            DialogueMode::Walk => self.pick_in_walk(at, out),
            DialogueMode::Edit(question) => {
                let question = *question;
                self.answer_option(question, at)
            }
            DialogueMode::Trail(said) => match said.get(at).copied() {
                Some(TrailItem::Question(question)) => {
                    self.mode = DialogueMode::Edit(question);
                    Some(())
                }
                Some(TrailItem::Evidence(_)) => return out.text("Type d and its number to remove it."),
                None => None,
            },
            DialogueMode::Found(_) => self.open_found(at, out),
            DialogueMode::Evidence => self.pick_evidence(at, out),
            DialogueMode::SameIncident(_) if at < 2 => self.settle_opposed(at == 0, out),
            DialogueMode::SameIncident(_) => None,
            DialogueMode::WhichSystem(_) => self.pick_system(at, out),
            DialogueMode::Parked => self.resume(at),
            DialogueMode::Cards(cards) => {
                cards.get(at).cloned().map(|(tree, card)| self.follow_to(&tree, None, card, out))
            }
            DialogueMode::References { .. } => self.pick_reference(at, out),
            DialogueMode::Card { .. } | DialogueMode::Paste { .. } => None,
        };
        if picked.is_none() {
            out.text(&format!("There is no entry {number} here."));
        }
    }

    fn pick_in_walk(&mut self, at: usize, out: &mut LineWriter) -> Option<()> {
        let walk = self.session.walk.as_mut()?;
        match walk.position().step.clone() {
            Step::Ask(question) => self.answer_option(question, at),
            Step::Shortlist => {
                let card = walk.position().candidates.get(at)?.card;
                let tree = Arc::clone(walk.tree());
                self.follow_to(&tree, None, card, out);
                Some(())
            }
            Step::Link(_) => self.follow_leaf(at, out),
            Step::Conflict(found) => {
                drop_culprit(walk, *found.culprits.get(at)?);
                Some(())
            }
            Step::Card(_) | Step::Escalate => None,
        }
    }

    fn back(&mut self, out: &mut LineWriter) {
        match &mut self.mode {
            DialogueMode::Walk | DialogueMode::PickTree => self.back_in_walk(out),
            DialogueMode::References { open, before } if !is_at(self.session.walk.as_ref(), open) => {
                self.mode = DialogueMode::Card { open: open.clone(), before: std::mem::take(before) };
            }
            DialogueMode::Card { open, before } => {
                if let Some(earlier) = before.pop() {
                    *open = earlier;
                } else if self.is_only_for_card() {
                    self.back_in_walk(out);
                } else {
                    self.show_walk();
                }
            }
            _ => self.show_walk(),
        }
    }

    fn list_candidates(&mut self, out: &mut LineWriter) {
        if let Some(walk) = &self.session.walk {
            out.text("Still possible, the likeliest first:");
            let tree = walk.tree();
            let listed = walk.position().candidates.iter().map(|candidate| (Arc::clone(tree), candidate.card));
            self.mode = DialogueMode::Cards(listed.collect());
        }
    }

    /// Marks the step at hand. True if all that is new about the card has been told.
    fn mark(&mut self, outcome: StepOutcome, out: &mut LineWriter) -> bool {
        let Some(OpenCard { tree, card, in_walk: true }) = self.card_in_hand() else {
            out.text("There is no card here whose steps could be marked.");
            return true;
        };
        match self.session.mark_step(&tree, card, outcome) {
            Err(nothing) => out.text(nothing),
            Ok(marked) => {
                out.text(&marked.said);
                if marked.is_ruled_out {
                    self.mode = DialogueMode::Walk;
                    return false;
                }
                let at = self.session.step_at_hand(&tree, card);
                let step = self.session.card_outline(&tree, card).steps.get(at).map(StepOutline::blocks);
                out.raw(&plain_card::blocks(&step.unwrap_or_default(), WIDTH));
                out.text(CARD_KEYS);
            }
        }
        true
    }

    fn tell_markdown(&self, out: &mut LineWriter) {
        match self.card_in_hand() {
            Some(OpenCard { tree, card, .. }) => {
                out.raw(&markdown::card(&self.session.card_outline(&tree, card).text()))
            }
            None => out.text("There is no card here."),
        }
    }
}
