//! Searches for the shortest way in an incident.
//!
//! The shortest way is the set of checks that leaves as few cards as all checks together, in the least time, then with
//! the fewest checks. What checks exclude and how long they take does not depend on their order, so sets are searched,
//! by branch and bound: a branch is cut if it is no faster than the best set so far, or if all remaining checks
//! together would leave too many cards.
//!
//! The bound starts with the walks of the tree and the greedy order of hints, so the result is never longer than any of
//! these. It is exact unless a tree has so many checks that [`SETS`] is used up.
//!
//! Example: check A (30 s) excludes nothing but "cable", check B (300 s) excludes "cable" and "bulb". The shortest way
//! is B alone, because A adds time and excludes nothing more.

use crate::drill::generate::incident::{Check, Incident};
use crate::drill::judge::elimination::Remaining;
use crate::tree::QuestionId;

/// The most sets that are looked at, to bound the time of the search; after that the best set so far counts.
const SETS: usize = 20_000;

/// The duration of some checks in seconds, and their number.
type Length = (u32, usize);

struct Search<'i> {
    incident: &'i Incident,
    /// The useful checks, each with the cards that it leaves.
    checks: Vec<(&'i Check, Remaining)>,
    /// The number of cards that all checks together leave.
    fewest: usize,
    best: Option<(Length, Vec<QuestionId>)>,
    /// The number of sets that may still be looked at.
    sets: usize,
}

impl Incident {
    /// Returns the questions of the shortest way, the most useful first.
    pub(in crate::drill) fn search(&self) -> Vec<QuestionId> {
        let known = self.left_by_alarm();
        let of_check = |check: &Check| {
            Remaining::after_answer(&self.tree, self.card(), (check.question, check.given, Some(&check.evidence)))
        };
        let all: Vec<(&Check, Remaining)> = self.checks.iter().map(|check| (check, of_check(check))).collect();
        let everything = all.iter().fold(known.clone(), |left, (_, by)| left.and(by));
        let mut search =
            Search { incident: self, checks: all, fewest: self.count(&everything), best: None, sets: SETS };
        let walks = [self.tree_way(), &self.ordinary, &self.shortest];
        for walk in walks.map(|way| way.steps.iter().map(|(question, _)| *question).collect::<Vec<_>>()) {
            search.consider(&known, &walk);
        }
        search.checks.retain(|(_, by)| known.and(by) != known);
        let telling = search.telling(&known, |_| true);
        search.consider(&known, &telling);
        // Long checks come first: leaving one out cuts the largest part of the search.
        search.checks.sort_by_key(|(check, _)| std::cmp::Reverse(self.time([check.question].into_iter())));
        search.from(&known, 0, &mut Vec::new());
        let found = search.best.take().map(|(_, found)| found).unwrap_or_default();
        let ordered = search.telling(&known, |question| found.contains(&question));
        // A check that excludes a card only together with later ones is placed at the end.
        ordered.iter().chain(found.iter().filter(|question| !ordered.contains(question))).copied().collect()
    }

    fn count(&self, left: &Remaining) -> usize {
        left.cards(&self.tree, self.card()).len()
    }
}

impl<'i> Search<'i> {
    /// Takes some checks as the best set if they suffice and are shorter.
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

    /// Searches all sets of the checks from `at` on, added to those in `made`.
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

    /// Returns the checks in greedy order: each leaves the fewest cards, the quickest of equal ones first.
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
