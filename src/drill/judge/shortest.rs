//! Searches for the shortest set of checks that solves an incident.
//!
//! The shortest set leaves as few cards as all checks together, in the least time, and among equals with the fewest
//! checks. The search is over sets, because the order of checks changes neither the cards that they rule out nor their
//! time. It is a branch and bound search. A branch is cut in two cases:
//!
//! - it is not shorter than the best set so far,
//! - even with all remaining checks, too many cards would be left.
//!
//! The walks of the tree and the greedy order of hints are tried first. The result is therefore never longer than one
//! of these that suffices. The result is exact unless the search ends at the limit [`SETS`].
//!
//! Example: check A (30 s) rules out "cable", check B (300 s) rules out "cable" and "bulb". The shortest set is B
//! alone, because A takes more time and rules out nothing more.

use crate::drill::generate::incident::{Check, Incident};
use crate::drill::judge::elimination::Remaining;
use crate::tree::QuestionId;

/// The largest number of sets that are tried.
///
/// It limits the time of the search, which grows with two to the number of checks. After that, the best set so far
/// counts.
const SETS: usize = 20_000;

/// The duration of some checks in seconds, and their number.
type Length = (u32, usize);

struct ShortestSetSearch<'i> {
    incident: &'i Incident,
    /// The useful checks, each with the paths and cards left after it.
    checks: Vec<(&'i Check, Remaining)>,
    /// The number of cards that all checks together leave.
    fewest: usize,
    best: Option<(Length, Vec<QuestionId>)>,
    /// The number of sets that may still be tried.
    sets: usize,
}

impl Incident {
    /// Returns the questions of the shortest set, the most useful first.
    pub(crate) fn find_shortest_set(&self) -> Vec<QuestionId> {
        let known = self.left_by_alarm();
        let of_check = |check: &Check| {
            Remaining::after_answer(
                &self.subject.tree,
                self.subject.card,
                (check.question, check.given, Some(&check.evidence)),
            )
        };
        let all: Vec<(&Check, Remaining)> = self.checks.iter().map(|check| (check, of_check(check))).collect();
        let everything = all.iter().fold(known.clone(), |left, (_, by)| left.and(by));
        let mut search =
            ShortestSetSearch { incident: self, checks: all, fewest: self.count(&everything), best: None, sets: SETS };
        for walk in [&self.by_usefulness, &self.in_author_order] {
            search.consider(&known, &walk.questions().collect::<Vec<_>>());
        }
        search.checks.retain(|(_, by)| known.and(by) != known);
        let telling = search.telling(&known, |_| true);
        search.consider(&known, &telling);
        // Long checks come first, because leaving one of them out cuts the most branches.
        search.checks.sort_by_key(|(check, _)| std::cmp::Reverse(self.time([check.question].into_iter())));
        search.from(&known, 0, &mut Vec::new());
        let found = search.best.take().map(|(_, found)| found).unwrap_or_default();
        let ordered = search.telling(&known, |question| found.contains(&question));
        // A check that rules out a card only together with later ones comes last.
        ordered.iter().chain(found.iter().filter(|question| !ordered.contains(question))).copied().collect()
    }

    fn count(&self, left: &Remaining) -> usize {
        left.cards(&self.subject.tree, self.subject.card).len()
    }
}

impl<'i> ShortestSetSearch<'i> {
    /// Keeps a set of checks if it suffices and is shorter.
    fn consider(&mut self, known: &Remaining, questions: &[QuestionId]) {
        let made = self.checks.iter().filter(|(check, _)| questions.contains(&check.question));
        let left = made.fold(known.clone(), |left, (_, by)| left.and(by));
        if self.incident.count(&left) == self.fewest {
            self.take(questions);
        }
    }

    fn take(&mut self, questions: &[QuestionId]) {
        let length = self.length(questions);
        if self.best.as_ref().is_none_or(|(best, _)| length < *best) {
            self.best = Some((length, questions.to_vec()));
        }
    }

    fn length(&self, questions: &[QuestionId]) -> Length {
        (self.incident.time(questions.iter().copied()), questions.len())
    }

    /// Tries `made` with all sets of the checks from `at` on.
    fn from(&mut self, left: &Remaining, at: usize, made: &mut Vec<QuestionId>) {
        if self.sets == 0 || self.best.as_ref().is_some_and(|(best, _)| self.length(made) >= *best) {
            return;
        }
        self.sets -= 1;
        if self.incident.count(left) == self.fewest {
            // More checks would only take longer.
            return self.take(made);
        }
        let rest = self.checks.iter().skip(at).fold(left.clone(), |left, (_, by)| left.and(by));
        if self.incident.count(&rest) > self.fewest {
            return;
        }
        let Some((check, by)) = self.checks.get(at) else { return };
        let (question, with) = (check.question, left.and(by));
        self.from(left, at + 1, made);
        if with != *left {
            made.push(question);
            self.from(&with, at + 1, made);
            made.pop();
        }
    }

    /// Returns checks in greedy order.
    ///
    /// Each check leaves the fewest cards; among equals, the quickest comes first. The order ends when no check rules
    /// out a card.
    fn telling(&self, known: &Remaining, is_wanted: impl Fn(QuestionId) -> bool) -> Vec<QuestionId> {
        let (mut left, mut made) = (known.clone(), Vec::new());
        loop {
            let before = self.incident.count(&left);
            let open =
                self.checks.iter().filter(|(check, _)| is_wanted(check.question) && !made.contains(&check.question));
            let told = open.map(|(check, by)| (check.question, left.and(by)));
            let next = told.min_by_key(|(question, left)| {
                let with: Vec<QuestionId> = made.iter().copied().chain([*question]).collect();
                (self.incident.count(left), self.length(&with).0)
            });
            match next.filter(|(_, left)| self.incident.count(left) < before) {
                Some((question, after)) => {
                    made.push(question);
                    left = after;
                }
                None => return made,
            }
        }
    }
}
