//! The shortest way in an incident: the checks that leave as few cards as all of them together, in the least time.
//!
//! What some checks leave, and what they take, does not depend on their order, so sets of them are searched. The search
//! begins with the best of what is known to do: the tree's own walks, the single checks, what tells most one after the
//! other. It only ever finds something shorter, so where a tree has more checks than can be searched through, what comes
//! out is still no longer than any of these.

use crate::drill::generate::incident::{Check, Incident};
use crate::drill::judge::elimination::Remaining;
use crate::tree::QuestionId;

/// So many sets of checks are looked at, at most.
const SETS: usize = 20_000;

/// What some checks take, in seconds, and how many they are.
type Length = (u32, usize);

struct Search<'i> {
    incident: &'i Incident,
    /// The checks that exclude anything, each with what it leaves.
    checks: Vec<(&'i Check, Remaining)>,
    /// How many cards all checks together leave.
    fewest: usize,
    best: Option<(Length, Vec<QuestionId>)>,
    /// How many sets may still be looked at.
    sets: usize,
}

impl Incident {
    /// The questions of the shortest way, in an order in which each tells as much as it can.
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
        // The longest first: once one of them is left out, so is much of what there is to search.
        search.checks.sort_by_key(|(check, _)| std::cmp::Reverse(self.time([check.question].into_iter())));
        search.from(&known, 0, &mut Vec::new());
        let found = search.best.take().map(|(_, found)| found).unwrap_or_default();
        let ordered = search.telling(&known, |question| found.contains(&question));
        // What tells only together with what comes after it is no step of its own.
        ordered.iter().chain(found.iter().filter(|question| !ordered.contains(question))).copied().collect()
    }

    fn count(&self, left: &Remaining) -> usize {
        left.cards(&self.tree, self.card()).len()
    }
}

impl<'i> Search<'i> {
    /// Takes some checks as the best if they do, and are shorter than the best so far.
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

    /// Looks at all sets of the checks from `at` on, beside those that are made.
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

    /// What tells most, one after the other, of several the quickest, until nothing tells more: as hints say it.
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
