//! Takes the lines that are typed in a dialogue about a walk.

use std::sync::Arc;

use super::dialogue::{Dialogue, DialogueMode, OpenCard, TrailItem};
use super::evidence;
use super::lines::LineWriter;
use super::references::is_at;
use super::reply::Reply;
use crate::app::keys::{Action, WALK, command, commands_help};
use crate::session::{add_remark, drop_culprit, walks};
use crate::text;
use crate::walk::{Given, Step};

/// The smallest number that may be a status code.
///
/// A code is searched for.
pub(super) const SMALLEST_CODE: usize = 100;

/// Begins the help.
const HELP: &str = "Numbers choose entries and steps. Other text is searched for: words, a code, a log line. Commands:";

impl Dialogue {
    /// Takes a line that was typed. Returns what to print about it, and whether to go on.
    pub fn reply(&mut self, line: &str) -> (String, Reply) {
        if let Some(collected) = self.collect(line) {
            return collected;
        }
        let mut out = self.writer();
        let reply = self.obey(line, &mut out);
        if reply == Reply::Same && !matches!(self.mode, DialogueMode::Paste { .. }) {
            out.prompt(&self.invitation());
        }
        (out.done(), reply)
    }

    fn obey(&mut self, written: &str, out: &mut LineWriter) -> Reply {
        let line = text::clean_line(written);
        let before = self.standing();
        if let Some(query) = line.strip_prefix('/') {
            self.search(query);
            return self.reply_since(&before);
        }
        let Some((action, rest)) = command(WALK, &line) else {
            return self.obey_other(written, &line, &before, out);
        };
        match action {
            Action::Quit => return Reply::Quit,
            Action::Repeat => {
                self.told_card = None;
                return Reply::Next;
            }
            Action::Train => return Reply::Practice,
            Action::Help => {
                out.text(HELP);
                out.raw(&commands_help(WALK, self.width));
            }
            Action::Back => self.back(out),
            Action::Trail => self.open_trail(),
            Action::Report => {
                self.tell_report(out);
                return Reply::Same;
            }
            Action::GoHome => self.mode = DialogueMode::PickTree,
            Action::Parked => self.list_parked(out),
            Action::NewCase => self.begin_case(out),
            Action::Evidence => self.list_evidence(out),
            Action::Paste => return self.begin_paste(None, out),
            Action::MostUseful => self.toggle_shortest(out),
            Action::Candidates => self.list_candidates(out),
            Action::Follow => self.follow(out),
            Action::TakeBack => self.take_back(rest, out),
            Action::NoneOfThese if self.none_of_the_shortlist() => return Reply::Next,
            Action::Unknown | Action::NoneOfThese => {
                let given = if action == Action::Unknown { Given::Unknown } else { Given::NoneOfThese };
                if !self.answer(given) {
                    out.text("There is no question to answer here.");
                }
            }
            Action::More => self.tell_more(out),
            Action::CopyCommand => self.tell_commands(out),
            Action::Note if !rest.trim().is_empty() => match self.session.walk.as_mut() {
                Some(walk) => out.text(&add_remark(walk, rest)),
                None => out.text("There is no case yet."),
            },
            Action::Values => self.values(rest, out),
            Action::Accept => self.accept(rest, out),
            Action::Delete => self.remove_value(rest, out),
            action => match action.step_outcome() {
                Some(outcome) if self.mark(outcome, out) => return Reply::Same,
                Some(_) => {}
                None if action == Action::MarkEscalated => {
                    match self.card_in_hand() {
                        Some(OpenCard { tree, .. }) => out.text(self.session.toggle_escalated(&tree)),
                        None => out.text("No card is open."),
                    }
                    return Reply::Same;
                }
                None => {
                    self.tell_about_card(action, out);
                    return Reply::Same;
                }
            },
        }
        self.reply_since(&before)
    }

    /// Obeys a line that is not a command.
    ///
    /// It is a number, pasted text, or words to search for.
    fn obey_other(&mut self, written: &str, line: &str, before: &str, out: &mut LineWriter) -> Reply {
        match line.parse::<usize>() {
            Ok(number) if self.pick(number, out) => {}
            Ok(number) if number < SMALLEST_CODE => out.text(&format!("There is no entry {number} here.")),
            _ if line.is_empty() => {}
            _ if line.chars().count() == 1 => {
                out.text(&format!("\"{line}\" is not a command here. To search for it, type /{line}"));
            }
            _ if evidence::looks_pasted(line) => return self.begin_paste(Some(written), out),
            _ => self.search(line),
        }
        self.reply_since(before)
    }

    /// Returns whether the prompt must be printed again.
    ///
    /// A list is not repeated because of a slip of the finger.
    fn reply_since(&self, before: &str) -> Reply {
        if self.standing() == before { Reply::Same } else { Reply::Next }
    }

    /// Takes the entry of a number. Returns whether there is one.
    fn pick(&mut self, number: usize, out: &mut LineWriter) -> bool {
        let at = number.wrapping_sub(1);
        let picked = match &self.mode {
            _ if self.card_in_hand().is_some() => self.pick_step(at),
            DialogueMode::PickTree => self.pick_system_or_case(at),
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
                Some(TrailItem::Evidence(_)) => {
                    out.text("Type r and its number to remove it.");
                    Some(())
                }
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
        picked.is_some()
    }

    /// Begins a case in a system, or continues one.
    fn pick_system_or_case(&mut self, at: usize) -> Option<()> {
        if let Some(tree) = self.session.trees.get(at).cloned() {
            self.session.begin(&tree);
            self.entered.clear();
            self.mode = DialogueMode::Walk;
            return Some(());
        }
        let case = at.checked_sub(self.session.trees.len())?;
        let is_under_way = self.session.walk.as_ref().is_some_and(walks::has_events);
        match case.checked_sub(usize::from(is_under_way)) {
            None => {
                self.mode = DialogueMode::Walk;
                Some(())
            }
            Some(parked) => self.resume(parked),
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
            DialogueMode::PickTree if self.session.walk.is_some() => self.show_walk(),
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
        let Some(walk) = &self.session.walk else { return out.text("There is no case yet.") };
        let tree = walk.tree();
        let listed = walk.position().candidates.iter().map(|candidate| (Arc::clone(tree), candidate.card));
        self.mode = DialogueMode::Cards(listed.collect());
    }
}
