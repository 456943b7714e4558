//! Judges which remedy to try first, the second question of an exercise.
//!
//! Lines that the trainee has seen contain cause clues ([`CauseClue`]). Each clue leaves some causes of the card
//! possible. Remedies are ranked as on the card, by p / (t · e), the highest first, where p is the probability that the
//! remedy fixes the cause (or checks for it, if the remedy only observes), t the weight of its duration and e the weight
//! of its effect. Because clues are patterns, not samples, both kinds of exercises judge a line alike.
//!
//! The first of them is right, and so is every remedy that only observes and checks for a possible cause. If the first
//! one only observes, a change is right only if the clues settle it: they rule out causes, the change fixes all others,
//! and no other change is better. Otherwise each change that fixes a possible cause is right.
//!
//! Example: a card has the causes "fuse" (common, weight 9) and "cable" (rare, weight 1). Without clues, testing the
//! fuse and the cable comes first, and replacing the fuse, which fixes 90 % of the causes, is too early. After a line
//! whose clue leaves only "fuse", replacing it is right as well.
//!
//! A remedy of a look-alike is offered as wrong answer only if the card names it, because many cards have remedies in
//! common. A team can state in its incident which changes are right.
//!
//! It can fail where a clue leaves too few causes: then a remedy that helps counts as wrong. `trees check` reports
//! lines whose clues leave no cause that a remedy fixes.

use std::sync::Arc;

use crate::drill::judge::remedy_order::{EQUAL_WITHIN, RemedyOrder, first_of_card};
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
    /// The best remedy and the first one of the card come before at most [`WRONG`] wrong ones, the other right ones
    /// (changes before those that observe) and the other wrong ones. Of these, the first [`OFFERED`] are offered.
    fn offer(&self, tree: &Tree, random: &mut Random) -> Vec<RemedyRef> {
        let card = tree.card(self.card);
        let own = (0..card.remedies.len()).map(|index| RemedyRef { card: self.card, index });
        let judged = self.judge(tree, &own.collect::<Vec<_>>(), &self.whole, &[]);
        let first = first_of_card(tree, self.card);
        let is_first = |choice: &RemedyChoice| choice.is_best || Some(choice.remedy.index) == first;
        let pick = |is_wanted: &dyn Fn(&RemedyChoice) -> bool| -> Vec<RemedyRef> {
            judged.iter().filter(|choice| is_wanted(choice)).map(|choice| choice.remedy).collect()
        };
        let mut offered = pick(&is_first);
        let mut wrong = pick(&|choice| !choice.is_right && !is_first(choice));
        wrong.extend(&card.training.wrong);
        random.shuffle(&mut wrong);
        let more = wrong.split_off(wrong.len().min(WRONG));
        let is_change = |at: &RemedyRef| tree.remedy(*at).is_some_and(|remedy| remedy.effect != Effect::Observe);
        let right = pick(&|choice| choice.is_right && !is_first(choice));
        let (changes, observing): (Vec<_>, Vec<_>) = right.into_iter().partition(is_change);
        offered.extend(wrong.into_iter().chain(changes).chain(observing).chain(more));
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
        let order = RemedyOrder { card, possible };
        let (first, reads_first) = (first_of_card(tree, self.card), order.reads_first());
        let mut choices: Vec<RemedyChoice> = Vec::new();
        for at in offered {
            let Some(remedy) = tree.remedy(*at) else { continue };
            let is_own = at.card == self.card;
            let chance = if is_own { order.chance(remedy) } else { 0.0 };
            let is_right = match remedy.effect {
                // To look before a change is never wrong.
                Effect::Observe => is_own && (chance > 0.0 || first == Some(at.index)),
                _ if !self.named.is_empty() => self.named.contains(at),
                _ => chance > 0.0 && (!reads_first || order.is_settled(remedy)),
            };
            // If there are several faults at once, only clues that leave a cause of this remedy support it.
            let is_possible = |cause: &usize| possible.get(*cause) == Some(&true);
            let supports = |clue: &CauseClue| remedy.fixes.iter().any(|it| clue.leaves.contains(it) && is_possible(it));
            let leaves_any = |clue: &CauseClue| remedy.fixes.iter().any(|cause| clue.leaves.contains(cause));
            let says = |is_reason: &dyn Fn(&CauseClue) -> bool| {
                distinct(clues.iter().filter(|clue| is_reason(clue)).map(|clue| clue.says.as_str())).join(" · ")
            };
            let (share, cost) = (in_words(chance), cost(remedy));
            let why = if !is_own {
                format!("that step belongs to another card: {}", tree.card(at.card).title)
            } else if remedy.effect == Effect::Observe && chance > 0.0 {
                format!("it checks for {share} of the remaining causes, {cost}")
            } else if remedy.effect == Effect::Observe && is_right {
                format!("it checks for causes that are ruled out, and {cost}")
            } else if !self.named.is_empty() {
                let after = if is_right { "after" } else { "not after" };
                format!("{after} what is known here; {cost}")
            } else if !is_right && order.is_told() && chance > 1.0 - EQUAL_WITHIN {
                format!("another change fixes it with less effort: this one {cost}")
            } else if chance > 0.0 && !is_right {
                format!("too early: it fixes {share} of the remaining causes; first find out which one it is")
            } else if is_right {
                match says(&supports).as_str() {
                    "" => format!("it covers {share} of the causes, {cost}"),
                    reasons => format!("{reasons}: it covers {share} of the remaining causes, {cost}"),
                }
            } else {
                // If single clues rule the remedy out, they are the reason; otherwise all clues together are.
                let [by_itself, together] = [says(&|clue| !leaves_any(clue)), says(&|_| true)];
                match if by_itself.is_empty() { together } else { by_itself }.as_str() {
                    "" => "it fixes none of the causes".to_owned(),
                    reasons => format!("not for the remaining causes: {reasons}"),
                }
            };
            choices.push(RemedyChoice { remedy: *at, is_right, is_best: false, why });
        }
        let whole = RemedyOrder { card, possible: &self.whole };
        // Compares by all clues of the exercise, then by the clues seen. Equal remedies keep the author's order.
        let worths = |at: RemedyRef| tree.remedy(at).map_or((0.0, 0.0), |it| (whole.worth(it), order.worth(it)));
        let mut right: Vec<RemedyRef> = choices.iter().filter(|it| it.is_right).map(|choice| choice.remedy).collect();
        right.sort_unstable();
        if right.iter().any(|at| self.named.contains(at)) {
            right.retain(|at| self.named.contains(at));
        }
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
        Effect::Change => "reversible",
        Effect::Disruptive => "interrupts the service",
    };
    let takes = match remedy.takes {
        Takes::Seconds => "seconds",
        Takes::Minutes => "minutes",
        Takes::ChangeWindow => "a change window",
    };
    format!("takes {takes}, {effect}")
}
/// Says a share in words.
///
/// The cards know the chances of their causes only roughly.
fn in_words(share: f64) -> &'static str {
    match share {
        ..0.1 => "few",
        ..0.35 => "some",
        ..0.65 => "about half",
        ..0.99 => "most",
        _ => "all",
    }
}
