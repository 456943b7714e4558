//! Derives what has to be kept of a case, after each message.
//!
//! The list of events of a walk only grows: going back and removing an answer are events, too. So a case is kept by
//! appending. Where a walk was replaced by an earlier copy of itself, the file begins anew.

use super::Session;
use super::case_change::{CaseChange, CaseLines};
use super::case_text::lines_of;
use super::walks::{self, has_events};
use crate::case::KeptWalk;

impl Session {
    /// Keeps cases from now on.
    pub fn keep_cases(&mut self) {
        self.case_log.is_on = true;
    }

    /// Keeps no cases any more.
    pub fn keep_no_cases(&mut self) {
        self.case_log.is_on = false;
    }

    /// Returns the command that goes on with the walk under way later.
    ///
    /// There is one if the case is kept, or a question was answered.
    pub(super) fn way_back(&self) -> Option<String> {
        let walk = self.walk.as_ref()?;
        let is_kept = self.case_log.is_on && walk.log.case.is_some() && has_events(walk);
        if is_kept { Some("wherefore resume".to_owned()) } else { walks::way_back(walk) }
    }

    /// Returns a number for a case that is about to be opened.
    pub fn new_case_number(&mut self) -> u64 {
        self.case_log.number()
    }

    /// Goes on with a case that was kept.
    ///
    /// The walk under way is parked. A copy gets a file of its own with its next event.
    pub fn adopt(&mut self, case: u64, kept: KeptWalk, is_copy: bool) {
        let mut walk = kept.walk;
        walk.log.kept = walk.events().len();
        if !is_copy {
            walk.log.case = Some(case);
            // A file whose events have other positions begins anew.
            walk.log.write = u64::from(kept.is_whole);
            self.case_log.writes.insert(case, 1);
            self.case_log.last = self.case_log.last.max(case);
        }
        self.replace(walk, false);
    }

    /// Returns what has happened in the case since the last call.
    ///
    /// `now` is in seconds since 1970. Events without a time get this one.
    pub fn note_case(&mut self, now: i64) -> Vec<CaseChange> {
        if let Some(walk) = &mut self.walk {
            let count = walk.events().len();
            walk.log.times.resize(count, now);
        }
        if !self.case_log.is_on {
            return Vec::new();
        }
        let (log, mut changes) = (&mut self.case_log, Vec::new());
        let is_held = |case| self.walk.iter().chain(self.parked.iter()).any(|walk| walk.log.case == Some(case));
        if let Some(case) = log.current.take().filter(|case| !is_held(*case)) {
            changes.push(CaseChange::Dropped { case });
            // The way back may lead to a copy of its walk, which is then behind.
            *log.writes.entry(case).or_default() += 1;
        }
        let Some(walk) = &mut self.walk else { return changes };
        let count = walk.events().len();
        if walk.log.case.is_none() {
            // A copy of a case is kept from its next event on.
            if !has_events(walk) || walk.log.kept == count {
                return changes;
            }
            (walk.log.case, walk.log.write, walk.log.kept) = (Some(log.number()), 0, 0);
        }
        let Some(case) = walk.log.case else { return changes };
        log.current = Some(case);
        let written = log.writes.entry(case).or_default();
        let is_behind = walk.log.write != *written;
        // A case that was read and does not fit its file is written when something happens in it.
        if walk.log.kept == count && (!is_behind || walk.log.write == 0) {
            return changes;
        }
        let from = if is_behind { 0 } else { walk.log.kept };
        *written += 1;
        (walk.log.write, walk.log.kept) = (*written, count);
        let walk = &*walk;
        let lines = lines_of(&self.trees, walk, from);
        let tree = walk.tree().id.clone();
        changes.push(CaseChange::Written(CaseLines { case, tree, is_anew: is_behind, at: now, lines }));
        changes
    }
}
