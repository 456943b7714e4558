//! Runs the exercise "incident": find the cause of an alarm by checks.
//!
//! Every check shows the output that a real system would print if the hidden card were the cause. The trainee can name
//! a card at any time. A wrong card costs points, and the exercise continues. Looking at an output again costs nothing.
//! After the right card, the trainee chooses the remedy to try first. [`build_incident`](super::build_incident) creates
//! the incident.

use std::sync::OnceLock;

use crate::drill::generate::ground_truth::{GroundTruth, ReferenceWalk, WalkOrder, begin};
use crate::drill::judge::elimination::{ObservedAnswer, Remaining};
use crate::drill::judge::hint::{Hint, HintLevel};
use crate::drill::judge::remedy::{RemedyChoice, RemedyChoices};
use crate::drill::judge::state::{Checked, DrillState};
use crate::drill::subject::Subject;
use crate::text::CleanText;
use crate::tree::model::Takes;
use crate::tree::{CardId, QuestionId};
use crate::walk::{Event, Evidence, Given, Step, Walk};

/// Returns the duration of a check in an exercise, in seconds.
///
/// Each value is typical of its range: less than a minute, up to half an hour (usually a few minutes), an hour or more.
pub fn seconds(takes: Takes) -> u32 {
    match takes {
        Takes::Seconds => 30,
        Takes::Minutes => 300,
        Takes::ChangeWindow => 3600,
    }
}

/// An incident with a hidden card.
#[derive(Debug)]
pub struct Incident {
    /// The parts that both kinds of exercises have.
    pub subject: Subject,
    pub(crate) truth: GroundTruth,
    pub(crate) title: Option<CleanText>,
    pub(crate) alarm: String,
    /// The answers that the alarm gives.
    pub(crate) known: Vec<(QuestionId, Given)>,
    pub(crate) checks: Vec<Check>,
    /// The tree's walk that asks the most useful question first.
    pub(crate) by_usefulness: ReferenceWalk,
    /// The tree's walk in the author's order.
    pub(crate) in_author_order: ReferenceWalk,
    /// The shortest set of checks, computed on first use.
    pub(crate) shortest_set: OnceLock<Vec<QuestionId>>,
    /// The questions in the order that a team proposes.
    pub(crate) order: Vec<QuestionId>,
    pub(crate) look_alikes: Vec<CardId>,
    pub(crate) first: Box<RemedyChoices>,
}

/// The check of one question, and its output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The question that the check answers.
    pub question: QuestionId,
    /// The instruction for the check, one sentence.
    pub how: String,
    /// The command, with known values filled in.
    pub command: Option<String>,
    /// The lines that the command prints or the screen shows.
    pub shows: Vec<String>,
    /// The note that is shown if the output contains no answer.
    pub note: Option<String>,
    /// The answer that the output gives.
    pub given: Given,
    /// The card whose near miss is the red herring in the output.
    pub red_herring: Option<CardId>,
    /// All signatures in the output.
    ///
    /// They count whatever the question is, because the trainee sees them.
    pub evidence: Evidence,
}

impl Check {
    /// Adds the answer and the signatures in the output to a walk.
    pub(crate) fn tell(&self, walk: &mut Walk) {
        walk.answer(self.question, self.given);
        if !self.evidence.hits.is_empty() {
            walk.push(Event::EvidenceAdded(self.evidence.clone()));
        }
    }
}

impl Incident {
    /// Returns the title of an incident that a team wrote.
    pub fn title(&self) -> Option<&str> {
        self.title.as_deref()
    }

    /// Returns the opening: an alarm, a symptom or a team's story.
    pub fn alarm(&self) -> &str {
        &self.alarm
    }

    /// Returns the answers that the alarm gives, which need no check.
    pub fn known(&self) -> &[(QuestionId, Given)] {
        &self.known
    }

    /// Returns all possible checks.
    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// Returns the check of a question.
    pub fn check(&self, question: QuestionId) -> Option<&Check> {
        self.checks.iter().find(|check| check.question == question)
    }

    /// Returns the cards that are most easily confused with the hidden one.
    pub fn look_alikes(&self) -> &[CardId] {
        &self.look_alikes
    }

    /// Returns the remedies to choose from, judged by the checks made.
    pub(crate) fn remedies_after(&self, state: &DrillState) -> Vec<RemedyChoice> {
        let is_checked = |question| state.checked.iter().any(|checked| checked.question == question);
        self.first.after(&self.subject.tree, is_checked)
    }

    /// Returns the time in seconds that costs no points.
    ///
    /// It is the longest duration of these: the tree's walk by usefulness, its walk in the author's order, the team's
    /// order, and the shortest set of checks. The shortest set alone would be unfair, because it is often one cheap
    /// check that is an obvious choice only if the card is known.
    pub fn allowance(&self) -> u32 {
        let of_tree = self.time(self.by_usefulness.questions()).max(self.time(self.in_author_order.questions()));
        of_tree.max(self.time(self.order.iter().copied())).max(self.best().1)
    }

    /// Returns the number of checks in the shortest set, and their seconds.
    pub fn best(&self) -> (usize, u32) {
        let set = self.shortest_set();
        (set.len(), self.time(set.iter().copied()))
    }

    pub(crate) fn shortest_set(&self) -> &[QuestionId] {
        self.shortest_set.get_or_init(|| self.find_shortest_set())
    }

    /// Returns the shorter of the tree's two walks.
    ///
    /// The walk that asks the most useful question first is shorter on average, but not in every incident.
    pub(crate) fn tree_walk(&self) -> &ReferenceWalk {
        let length = |walk: &ReferenceWalk| (self.time(walk.questions()), walk.steps.len());
        let (by_usefulness, in_author_order) = (&self.by_usefulness, &self.in_author_order);
        if length(in_author_order) < length(by_usefulness) { in_author_order } else { by_usefulness }
    }

    /// Returns the duration of some checks in seconds.
    ///
    /// If the answer to a question is in the output of another check, the duration of that check is included, once.
    /// Example: the question "Which status?" is answered in the output of "Is there a log entry?" (300 s). If reading
    /// the status takes 30 s, the time is 330 s, and 30 s if the log entry was checked before.
    pub(crate) fn time(&self, questions: impl Iterator<Item = QuestionId>) -> u32 {
        let mut seen: Vec<QuestionId> = Vec::new();
        questions.map(|question| self.look(question, &mut seen)).sum()
    }

    /// Returns the seconds until the output for a question is seen.
    ///
    /// Adds the question, and the one whose output contains the answer, to `seen`. Questions already in `seen` take no
    /// time.
    fn look(&self, question: QuestionId, seen: &mut Vec<QuestionId>) -> u32 {
        if seen.contains(&question) {
            return 0;
        }
        seen.push(question);
        let find_out = &self.subject.tree.question(question).find_out;
        let first = find_out.stands_in.map_or(0, |other| self.look(other, seen));
        first + seconds(find_out.takes)
    }

    /// Returns the duration of one more check, in seconds.
    pub fn cost(&self, question: QuestionId, state: &DrillState) -> u32 {
        let made = || state.checked.iter().map(|checked| checked.question);
        self.time(made().chain([question])) - self.time(made())
    }

    /// Returns the duration of all checks so far, in seconds.
    pub fn spent(&self, state: &DrillState) -> u32 {
        self.time(state.checked.iter().map(|checked| checked.question))
    }

    /// Returns the cards that are possible after the alarm and these checks.
    pub(crate) fn left<'c>(&'c self, checks: impl Iterator<Item = &'c Check>) -> Vec<CardId> {
        let checks = checks.map(|check| (check.question, check.given, Some(&check.evidence)));
        let Subject { tree, card, .. } = &self.subject;
        Remaining::after(tree, *card, self.told_by_alarm().chain(checks)).cards(tree, *card)
    }

    /// Returns the elimination state after the alarm alone.
    pub(crate) fn left_by_alarm(&self) -> Remaining {
        Remaining::after(&self.subject.tree, self.subject.card, self.told_by_alarm())
    }

    fn told_by_alarm(&self) -> impl Iterator<Item = ObservedAnswer<'_>> {
        self.known.iter().map(|(question, given)| (*question, *given, None))
    }

    /// Returns the checks that were made.
    pub(crate) fn made<'c>(&'c self, state: &'c DrillState) -> impl Iterator<Item = &'c Check> + Clone {
        state.checked.iter().filter_map(|checked| self.check(checked.question))
    }

    /// Returns the check that would leave the fewest cards, and that number.
    ///
    /// Among equal checks, the quickest is returned. `None` if no check would rule out a card. This uses the true
    /// answers; a walk has to choose without knowing them.
    pub(crate) fn most_telling(&self, state: &DrillState) -> Option<(&Check, usize)> {
        let now = self.left(self.made(state)).len();
        let is_open = |check: &&Check| state.checked.iter().all(|checked| checked.question != check.question);
        let others = self.checks.iter().filter(is_open);
        let others = others.map(|check| (check, self.left(self.made(state).chain([check])).len()));
        let best = others.min_by_key(|(check, left)| (*left, self.cost(check.question, state)));
        best.filter(|(_, left)| *left < now)
    }

    /// Returns whether naming the hidden card is no guess after these checks.
    ///
    /// Either no further check could rule out a card, or the tree's walk has ended with the card. A leaf of several
    /// cards ends a walk although the answers to questions of other paths could tell its cards apart.
    pub(crate) fn is_proven(&self, state: &DrillState) -> bool {
        self.left(self.made(state)).len() <= self.left(self.checks.iter()).len()
            || WalkOrder::ALL.into_iter().any(|order| self.has_ended(state, order))
    }

    /// Returns whether the tree's walk has ended with the hidden card.
    fn has_ended(&self, state: &DrillState, order: WalkOrder) -> bool {
        let walk = self.walk_after(state, order);
        let is_left = |card| walk.position().candidates.iter().any(|candidate| candidate.card == card);
        !matches!(walk.position().step, Step::Ask(_)) && is_left(self.subject.card)
    }

    /// Returns the tree's walk after the checks made.
    fn walk_after(&self, state: &DrillState, order: WalkOrder) -> Walk {
        let mut walk = begin(&self.subject.tree, &self.known, order);
        self.made(state).for_each(|check| check.tell(&mut walk));
        walk
    }

    /// Returns the next step of the tree's walk after the checks made.
    fn next_step(&self, state: &DrillState, order: WalkOrder) -> Step {
        self.walk_after(state, order).position().step.clone()
    }

    /// Returns the tree's next question in the author's order.
    ///
    /// `None` if the checks so far are enough to name a card.
    pub fn would_ask(&self, state: &DrillState) -> Option<QuestionId> {
        match self.next_step(state, WalkOrder::InAuthorOrder) {
            Step::Ask(question) => Some(question),
            _ => None,
        }
    }

    /// Makes a check and rates it.
    pub(crate) fn find_out(&self, state: &mut DrillState, question: QuestionId) {
        let Some(check) = self.check(question) else { return };
        // Looking at an output again costs nothing.
        state.looking = Some(question);
        if state.checked.iter().any(|checked| checked.question == question) {
            return;
        }
        // Checks from the tree's walks, the team's order or the shortest set are never wrong turns.
        let is_proposed = || {
            self.order.contains(&question)
                || self.shortest_set().contains(&question)
                || WalkOrder::ALL.into_iter().any(|order| self.next_step(state, order) == Step::Ask(question))
        };
        let before = self.left(self.made(state)).len();
        let after = self.left(self.made(state).chain([check])).len();
        let next = |state: &DrillState| self.most_telling(state).map(|(check, _)| check.question);
        let was_next = next(state);
        let is_wrong_turn = before == after && !matches!(check.given, Given::Option(_)) && !is_proposed();
        state.checked.push(Checked { question, given: check.given, left: (before, after), is_wrong_turn });
        // If another check is now the most useful, hints start again. The half answer is given only once.
        if next(state) != was_next && state.hint_level < HintLevel::ALL.len() {
            state.hint_level = 0;
        }
    }

    pub(crate) fn hint(&self, state: &DrillState, level: HintLevel) -> Hint {
        let mut command = None;
        let most_telling = self.most_telling(state);
        // The hint that no further check is useful costs nothing.
        let price = if most_telling.is_some() { level.price() } else { 0 };
        let text = match (level, most_telling) {
            (HintLevel::What, Some((check, _))) => {
                let question = self.subject.tree.question(check.question);
                format!("The most useful check now: {} {}", question.ask, question.why)
            }
            (HintLevel::What, None) => "You have enough: no other check would narrow it down further.".to_owned(),
            (HintLevel::Where, Some((check, _))) => {
                command.clone_from(&check.command);
                check.how.clone()
            }
            (HintLevel::Where, None) => format!("Look again at: {}", self.answers(&state.checked)),
            (HintLevel::Half, _) => {
                let mut others = self.left(self.made(state)).into_iter().chain(self.look_alikes.iter().copied());
                return self.subject.half(others.find(|card| !self.subject.right.contains(card)));
            }
        };
        Hint { level, text, command, among: Vec::new(), price }
    }

    /// Returns the answers found so far, in the words of the tree.
    fn answers(&self, checked: &[Checked]) -> String {
        let said = checked.iter().filter_map(|checked| match checked.given {
            Given::Option(option) => {
                let question = self.subject.tree.question(checked.question);
                Some(format!("{} {}", question.ask, self.subject.tree.option(checked.question, option).label))
            }
            Given::Unknown | Given::NoneOfThese => None,
        });
        said.collect::<Vec<_>>().join(" · ")
    }

    /// Returns the named cards that are wrong.
    pub fn wrong_cards(&self, state: &DrillState) -> Vec<CardId> {
        state.named.iter().copied().filter(|card| !self.subject.right.contains(card)).collect()
    }

    pub(crate) fn is_solved(&self, state: &DrillState) -> bool {
        state.named.iter().any(|card| self.subject.right.contains(card))
    }
}
