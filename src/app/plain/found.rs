//! Searches in lines: a number opens what was found as a walk.

use std::sync::Arc;

use super::dialogue::{Dialogue, DialogueMode};
use super::lines::LineWriter;
use super::results::Results;
use crate::export::search_text::{Entry, entries};
use crate::session::{BackStep, EntryPoint};
use crate::walk::Walk;

/// How many cards a search names.
const LISTED: usize = 9;

/// How many cards a search names if more are wanted.
const MOST_LISTED: usize = 27;

impl Dialogue {
    /// Looks a text up, and lists what was found.
    pub(super) fn search(&mut self, query: &str) {
        let found = self.session.search(query, LISTED);
        self.mode = DialogueMode::Found(Results { query: query.trim().to_owned(), found });
    }

    /// Lists more of what a search found. Returns whether a search is listed.
    pub(super) fn list_more(&mut self) -> bool {
        let DialogueMode::Found(results) = &self.mode else { return false };
        let found = self.session.search(&results.query, MOST_LISTED);
        self.mode = DialogueMode::Found(Results { query: results.query.clone(), found });
        true
    }

    /// Opens the entry at a place of the list as a walk.
    pub(super) fn open_found(&mut self, at: usize, out: &mut LineWriter) -> Option<()> {
        let DialogueMode::Found(results) = &self.mode else { return None };
        let results = results.clone();
        let found = match entries(&results.found, &self.session.trees).get(at)? {
            Entry::Card(found) => (*found).clone(),
            Entry::Question(left) => {
                let left = (*left).clone();
                match self.session.enter_question(&results.query, &left) {
                    Ok(entered) => self.go_into(entered, DialogueMode::Found(results), out),
                    Err(opposed) => self.mode = DialogueMode::SameIncident(opposed),
                }
                return Some(());
            }
            Entry::Walk(tree) => {
                let tree = Arc::clone(tree);
                // If a search from a walk finds nothing, the operator wants that walk back.
                if self.session.is_walking(&tree) {
                    self.mode = DialogueMode::Walk;
                } else {
                    let entered = self.session.begin(&tree);
                    self.go_into(entered, DialogueMode::Found(results), out);
                }
                return Some(());
            }
        };
        match self.session.enter(&results.query, &[], &found) {
            Ok(Some(entered)) => self.go_into(entered, DialogueMode::Found(results), out),
            Ok(None) => self.open_card(found.tree, found.card),
            Err(opposed) => self.mode = DialogueMode::SameIncident(opposed),
        }
        Some(())
    }

    /// Shows a walk that was entered from `back`.
    pub(super) fn go_into(&mut self, entered: EntryPoint, back: DialogueMode, out: &mut LineWriter) {
        if entered.has_parked() {
            out.text("Your earlier case was saved; H lists it.");
        }
        self.mode = DialogueMode::Walk;
        if let (Some(card), Some(walk)) = (entered.card(), &self.session.walk) {
            self.open_card(Arc::clone(walk.tree()), card);
        }
        self.entered.push((entered, back));
    }

    /// Takes back the last event, or returns to the search.
    pub(super) fn back_in_walk(&mut self, out: &mut LineWriter) {
        let entered = self.entered.last_mut().map(|(entered, _)| entered);
        let is_entered = entered.is_some();
        if is_entered {
            if self.session.back(entered) == BackStep::Out
                && let Some((_, back)) = self.entered.pop()
            {
                self.mode = back;
            }
        } else if !self.session.walk.as_mut().is_some_and(crate::walk::Walk::back) {
            out.text("This is the beginning.");
        }
    }

    /// Begins a new case; the one at hand is kept.
    pub(super) fn begin_case(&mut self, out: &mut LineWriter) {
        self.session.park();
        self.entered.clear();
        if let [only] = self.session.trees.as_slice() {
            self.session.walk = Some(Walk::new(Arc::clone(only)));
        }
        self.show_walk();
        out.text("A new case. The other one was saved; H lists it.");
    }

    /// Lists the walks that were left for another.
    pub(super) fn list_parked(&mut self, out: &mut LineWriter) {
        if self.session.parked().next().is_none() {
            return out.text("There is no earlier case to continue.");
        }
        self.mode = DialogueMode::Parked;
    }

    /// Goes on with a walk that was left for another.
    pub(super) fn resume(&mut self, at: usize) -> Option<()> {
        self.session.parked().nth(at)?;
        self.session.resume(at);
        // The way back led through walks that are parked themselves now.
        self.entered.clear();
        self.mode = DialogueMode::Walk;
        Some(())
    }
}
