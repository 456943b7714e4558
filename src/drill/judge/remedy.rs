//! Judges which remedy to try first, the second question of an exercise.
//!
//! Lines that the trainee has seen contain cause clues ([`CauseClue`]). Each clue leaves some causes of the card
//! possible. A remedy is right if it fixes a cause that is still possible. Remedies are ranked by p / (t · e), the
//! highest first, where p is the probability that the remedy fixes the cause, t the weight of its duration and e the
//! weight of its effect. Because clues are patterns, not samples, both kinds of exercises judge a line alike.
//!
//! Example: a card has the causes "fuse" (common, weight 9) and "cable" (rare, weight 1). Without clues, replacing the
//! fuse fixes 90 % of the causes and is best. After a line whose clue leaves only "cable", this remedy is wrong.
//!
//! If a card has at least two remedies that change something, remedies that only observe are not offered. A remedy of a
//! look-alike is offered as wrong answer only if the card names it, because many cards have remedies in common. A team
//! can state in its incident which remedies are right.
//!
//! It can fail where a clue leaves too few causes: then a remedy that helps counts as wrong. `trees check` reports
//! lines whose clues leave no cause that a remedy fixes.

use std::sync::Arc;

use crate::drill::random::Random;
use crate::recognize::{Compiled, Line, LogFormats};
use crate::tree::model::{Effect, Remedy, Takes};
use crate::tree::training::CauseClue;
use crate::tree::{Card, CardId, QuestionId, RemedyRef, Tree};

/// The largest number of remedies that are offered.
///
/// Five fit on every screen and can be compared at a glance.
const OFFERED: usize = 5;

/// The number of wrong remedies offered before a second right one.
///
/// With three wrong ones beside the best, guessing succeeds in one of four cases.
const WRONG: usize = 3;

/// Separates card and remedy in the report name of a look-alike's remedy.
const SEPARATOR: char = '/';

/// The difference of probability by cost below which remedies are equal.
///
/// Sums of equal weights in another order differ by about 1e-16. Real differences are far larger than 1e-9.
const EQUAL_WITHIN: f64 = 1e-9;

/// A remedy that is offered, and how it is judged.
#[derive(Clone, Debug, PartialEq)]
pub struct RemedyChoice {
    /// The remedy that is offered.
    pub remedy: RemedyRef,
    /// Whether the remedy may be tried first.
    pub is_right: bool,
    /// Whether the remedy is the best of the right ones.
    pub is_best: bool,
    /// The reason for the judgment, for the debrief.
    pub why: String,
}

/// Returns the name of a remedy in reports.
///
/// The name is the id of the remedy, or `card/remedy` for a remedy of a look-alike. `None` if the remedy belongs
/// neither to the card nor to the remedies of look-alikes that the card names.
pub(crate) fn name_of(tree: &Tree, card: CardId, at: RemedyRef) -> Option<String> {
    let is_offered = at.card == card || tree.card(card).training.wrong.contains(&at);
    let id = &tree.remedy(at).filter(|_| is_offered)?.id;
    Some(if at.card == card { id.to_string() } else { format!("{}{SEPARATOR}{id}", tree.card(at.card).id) })
}

/// Returns the remedy with this report name.
pub(crate) fn find_remedy(tree: &Tree, card: CardId, name: &str) -> Option<RemedyRef> {
    let own = (0..tree.card(card).remedies.len()).map(|index| RemedyRef { card, index });
    let mut all = own.chain(tree.card(card).training.wrong.iter().copied());
    all.find(|at| name_of(tree, card, *at).as_deref() == Some(name))
}

/// The compiled cause clues of a card.
#[derive(Debug)]
pub(crate) struct CauseClues {
    patterns: Vec<Compiled>,
    formats: Arc<LogFormats>,
}

impl CauseClues {
    /// Compiles the clues of a card.
    pub(crate) fn new(tree: &Tree, card: CardId) -> Self {
        let clues = &tree.card(card).training.cause_clues;
        Self {
            patterns: clues.iter().map(|clue| Compiled::new(&clue.pattern)).collect(),
            formats: Arc::new(LogFormats::new(&tree.formats)),
        }
    }

    /// Returns the positions of the clues that occur in the lines.
    ///
    /// They are sorted, and each occurs once.
    pub(crate) fn found_in<'l>(&self, lines: impl Iterator<Item = &'l str>) -> Vec<usize> {
        let mut clues = Vec::new();
        for line in lines.map(|line| Line::new(line).with_formats(&self.formats)) {
            let found = self.patterns.iter().enumerate().filter(|(_, pattern)| pattern.matches(&line));
            clues.extend(found.map(|(at, _)| at));
        }
        clues.sort_unstable();
        clues.dedup();
        clues
    }
}

/// Returns the cause clues of a card at these positions.
fn clues_at<'c>(card: &'c Card, positions: &[usize]) -> Vec<&'c CauseClue> {
    positions.iter().filter_map(|at| card.training.cause_clues.get(*at)).collect()
}

/// Returns for each cause whether it is possible after these clues.
///
/// If no cause fits all clues, there are several faults at once. In that case, a cause is possible if any clue leaves
/// it. This rule judges the trainee, who cannot know which of the clues seen weighs more.
fn possible_causes(card: &Card, positions: &[usize]) -> Vec<bool> {
    let clues = clues_at(card, positions);
    let causes = 0..card.causes.len();
    let all: Vec<bool> = causes.clone().map(|cause| clues.iter().all(|clue| clue.leaves.contains(&cause))).collect();
    if all.contains(&true) {
        return all;
    }
    causes.map(|cause| clues.iter().any(|clue| clue.leaves.contains(&cause))).collect()
}

/// Returns for each cause whether the clues, in order, leave it.
///
/// A clue is ignored if no cause would be left after it and the clues before it. This rule judges the whole exercise:
/// the opening and the path to the hidden card come first, and clues elsewhere must not overrule them.
fn possible_causes_in_order(card: &Card, positions: &[usize]) -> Vec<bool> {
    let mut possible = vec![true; card.causes.len()];
    for clue in clues_at(card, positions) {
        let next: Vec<bool> = possible
            .iter()
            .enumerate()
            .map(|(cause, is_possible)| *is_possible && clue.leaves.contains(&cause))
            .collect();
        if next.contains(&true) {
            possible = next;
        }
    }
    possible
}

/// The remedies that an exercise offers, and its cause clues.
#[derive(Debug)]
pub(crate) struct RemedyChoices {
    card: CardId,
    /// The offered remedies, shuffled to hide the right one.
    offered: Vec<RemedyRef>,
    /// The remedies that a team states to be right.
    ///
    /// If empty, the causes decide.
    named: Vec<RemedyRef>,
    /// The clues in the text that is shown first.
    at_first: Vec<usize>,
    /// The clues in each check's output, hidden card's path first.
    by_check: Vec<(QuestionId, Vec<usize>)>,
    /// Whether each cause is possible after all clues of the exercise.
    whole: Vec<bool>,
}

impl RemedyChoices {
    /// Chooses remedies for an exercise that shows all lines at once.
    pub(crate) fn of_lines<'l>(
        tree: &Tree,
        card: CardId,
        lines: impl Iterator<Item = &'l str>,
        random: &mut Random,
    ) -> Self {
        let clues = CauseClues::new(tree, card).found_in(lines);
        Self::new(tree, card, (clues, Vec::new()), &[], random)
    }

    /// Chooses the remedies for an exercise with these clues.
    ///
    /// `named` contains the positions of the card's remedies that a team states to be right.
    pub(crate) fn new(
        tree: &Tree,
        card: CardId,
        (at_first, by_check): (Vec<usize>, Vec<(QuestionId, Vec<usize>)>),
        named: &[usize],
        random: &mut Random,
    ) -> Self {
        let all: Vec<usize> = at_first.iter().chain(by_check.iter().flat_map(|(_, clues)| clues)).copied().collect();
        let whole = possible_causes_in_order(tree.card(card), &all);
        let named = named.iter().map(|index| RemedyRef { card, index: *index }).collect();
        let mut choices = Self { card, offered: Vec::new(), named, at_first, by_check, whole };
        choices.offered = choices.offer(tree, random);
        choices
    }

    /// Returns the remedies to offer, in random order.
    ///
    /// The best remedy comes before at most [`WRONG`] wrong ones, the other right ones and the other wrong ones. Of
    /// these, the first [`OFFERED`] are offered.
    fn offer(&self, tree: &Tree, random: &mut Random) -> Vec<RemedyRef> {
        let card = tree.card(self.card);
        let own = card.remedies_of_exercises().into_iter().map(|index| RemedyRef { card: self.card, index });
        let judged = self.judge(tree, &own.collect::<Vec<_>>(), &self.whole, &[]);
        let mut right: Vec<&RemedyChoice> = judged.iter().filter(|choice| choice.is_right).collect();
        right.sort_by_key(|choice| !choice.is_best);
        let mut wrong: Vec<RemedyRef> = judged.iter().filter(|it| !it.is_right).map(|choice| choice.remedy).collect();
        let mut others = card.training.wrong.clone();
        random.shuffle(&mut others);
        wrong.extend(others);
        let more = wrong.split_off(wrong.len().min(WRONG));
        let mut right = right.into_iter().map(|choice| choice.remedy);
        let mut offered: Vec<RemedyRef> = right.next().into_iter().chain(wrong).chain(right).chain(more).collect();
        offered.truncate(OFFERED);
        random.shuffle(&mut offered);
        offered
    }

    /// Returns the choices, judged as if the trainee had seen everything.
    pub(crate) fn choices(&self, tree: &Tree) -> Vec<RemedyChoice> {
        let all = self.by_check.iter().flat_map(|(_, clues)| clues);
        let clues: Vec<usize> = self.at_first.iter().chain(all).copied().collect();
        self.judge(tree, &self.offered, &self.whole, &clues)
    }

    /// Returns the choices, judged by the checks made so far.
    ///
    /// The reason of the best choice is that of the whole exercise, because the debrief shows it when the exercise is
    /// over.
    pub(crate) fn after(&self, tree: &Tree, is_checked: impl Fn(QuestionId) -> bool) -> Vec<RemedyChoice> {
        let seen = self.by_check.iter().filter(|(question, _)| is_checked(*question)).flat_map(|(_, clues)| clues);
        let clues: Vec<usize> = self.at_first.iter().chain(seen).copied().collect();
        let card = tree.card(self.card);
        let possible = possible_causes(card, &clues);
        let mut choices = self.judge(tree, &self.offered, &possible, &clues);
        if let Some(best) = choices.iter_mut().find(|choice| choice.is_best) {
            let whole = self.choices(tree).into_iter().find(|choice| choice.remedy == best.remedy && choice.is_right);
            best.why = whole.map_or_else(|| best.why.clone(), |whole| whole.why);
        }
        choices
    }

    /// Judges remedies by the causes that are possible.
    ///
    /// `clues` are the positions of the clues seen; they give the reasons in words.
    fn judge(&self, tree: &Tree, offered: &[RemedyRef], possible: &[bool], clues: &[usize]) -> Vec<RemedyChoice> {
        let card = tree.card(self.card);
        let clues = clues_at(card, clues);
        let mut choices: Vec<RemedyChoice> = Vec::new();
        for at in offered {
            let Some(remedy) = tree.remedy(*at) else { continue };
            let chance = if at.card == self.card { chance(card, remedy, possible) } else { 0.0 };
            let is_right = if self.named.is_empty() { chance > 0.0 } else { self.named.contains(at) };
            // If there are several faults at once, only clues that leave a cause of this remedy support it.
            let is_possible = |cause: &usize| possible.get(*cause) == Some(&true);
            let supports = |clue: &CauseClue| remedy.fixes.iter().any(|it| clue.leaves.contains(it) && is_possible(it));
            let leaves_any = |clue: &CauseClue| remedy.fixes.iter().any(|cause| clue.leaves.contains(cause));
            let says = |is_reason: &dyn Fn(&CauseClue) -> bool| {
                distinct(clues.iter().filter(|clue| is_reason(clue)).map(|clue| clue.says.as_str())).join(" · ")
            };
            let why = if at.card != self.card {
                format!("that is for another card: {}", tree.card(at.card).title)
            } else if !self.named.is_empty() {
                let after = if is_right { "after" } else { "not after" };
                format!("{after} what is known here; {}", cost(remedy))
            } else if is_right {
                let (share, cost) = ((chance * 100.0).round(), cost(remedy));
                match says(&supports).as_str() {
                    "" => format!("it fixes {share} % of the causes, {cost}"),
                    reasons => format!("{reasons}: it fixes {share} % of the causes that this leaves, {cost}"),
                }
            } else {
                // If single clues rule the remedy out, they are the reason; otherwise all clues together are.
                let [by_itself, together] = [says(&|clue| !leaves_any(clue)), says(&|_| true)];
                match if by_itself.is_empty() { together } else { by_itself }.as_str() {
                    "" => "it fixes none of the causes".to_owned(),
                    reasons => format!("not for what is left: {reasons}"),
                }
            };
            choices.push(RemedyChoice { remedy: *at, is_right, is_best: false, why });
        }
        let worth = |at: RemedyRef, possible: &[bool]| {
            let remedy = tree.remedy(at).filter(|_| at.card == self.card);
            remedy
                .map_or(0.0, |remedy| chance(card, remedy, possible) / (remedy.takes.weight() * remedy.effect.weight()))
        };
        // Compares by all clues of the exercise, then by the clues seen. Equal remedies keep the author's order.
        let worths = |at: RemedyRef| (worth(at, &self.whole), worth(at, possible));
        let mut right: Vec<RemedyRef> = choices.iter().filter(|it| it.is_right).map(|choice| choice.remedy).collect();
        right.sort_unstable();
        let better = |best: RemedyRef, next: RemedyRef| {
            let ((one, other), (of_all, of_seen)) = (worths(best), worths(next));
            let is_equal = of_all > one - EQUAL_WITHIN;
            if of_all > one + EQUAL_WITHIN || is_equal && of_seen > other + EQUAL_WITHIN { next } else { best }
        };
        let best = right.into_iter().reduce(better);
        choices.iter_mut().for_each(|choice| choice.is_best = Some(choice.remedy) == best);
        choices
    }
}

/// Returns the probability that a remedy fixes the cause.
///
/// Only causes that are still possible count. Example: if the possible causes have the weights 9, 3 and 3, a remedy for
/// the first one has 0.6.
fn chance(card: &Card, remedy: &Remedy, possible: &[bool]) -> f64 {
    let weight = |at: usize| match (card.causes.get(at), possible.get(at)) {
        (Some(cause), Some(true)) => cause.likelihood.weight(),
        _ => 0.0,
    };
    let all: f64 = (0..card.causes.len()).map(weight).sum();
    let fixed: f64 = remedy.fixes.iter().map(|cause| weight(*cause)).sum();
    if all > 0.0 { fixed / all } else { 0.0 }
}

/// Returns texts in their order, each once.
fn distinct<'s>(texts: impl Iterator<Item = &'s str>) -> Vec<&'s str> {
    let mut distinct: Vec<&str> = Vec::new();
    for text in texts {
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    distinct
}

/// Returns the remedies to offer for a wrong card; none is right.
///
/// The choices and their order depend on the card alone, because the card is the seed.
pub(crate) fn of_wrong_card(tree: &Tree, card: CardId) -> Vec<RemedyChoice> {
    let mut random = Random::new(usize::from(card) as u64);
    let mut choices = RemedyChoices::of_lines(tree, card, std::iter::empty(), &mut random).choices(tree);
    for choice in &mut choices {
        (choice.is_right, choice.is_best) = (false, false);
    }
    choices
}

/// Returns the duration and the effect of a remedy in words.
fn cost(remedy: &Remedy) -> String {
    let effect = match remedy.effect {
        Effect::Observe => "changes nothing",
        Effect::Change => "can be taken back",
        Effect::Disruptive => "interrupts the service",
    };
    let takes = match remedy.takes {
        Takes::Seconds => "seconds",
        Takes::Minutes => "minutes",
        Takes::ChangeWindow => "a change window",
    };
    format!("takes {takes}, {effect}")
}
