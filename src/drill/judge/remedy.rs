//! Which remedy first: the second question of every exercise.
//!
//! What is shown decides: a remedy is right if it treats a cause that the lines leave possible, and the best of those is
//! the one of the most chance by cost among these causes. Of a card that has several, only remedies that change something
//! are offered: to look first is nearly always right, and to know that says nothing about the card. Remedies of look-alikes
//! stand beside them, where the tree names such.

use crate::drill::random::Random;
use crate::recognize::{Compiled, Line};
use crate::tree::model::{Effect, Remedy, Takes};
use crate::tree::training::CauseClue;
use crate::tree::{Card, CardId, QuestionId, Tree};

/// So many remedies are offered, and so many wrong ones before there is more than one that is right.
const OFFERED: usize = 5;
const WRONG: usize = 3;

/// A remedy to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct RemedyChoice {
    /// Its position among the remedies of the card; behind those follow the ones of look-alikes: see [`remedy_at`].
    pub remedy: usize,
    /// It may be tried first.
    pub is_right: bool,
    /// It is the one of the most chance by cost.
    pub is_best: bool,
    /// Why it is, or is not, one to try first.
    pub why: String,
}

/// The remedy of a position in an exercise about a card, and the card that it is of.
pub fn remedy_at(tree: &Tree, card: CardId, at: usize) -> Option<(CardId, &Remedy)> {
    let own = &tree.card(card).remedies;
    if let Some(remedy) = own.get(at) {
        return Some((card, remedy));
    }
    let (other, at) = *tree.card(card).training.wrong.get(at.checked_sub(own.len())?)?;
    tree.card(other).remedies.get(at).map(|remedy| (other, remedy))
}

/// What stands between the card and the remedy in the name of one of a look-alike.
const OF: char = '/';

/// The name of the remedy of a position, in reports.
pub(in crate::drill) fn name_of(tree: &Tree, card: CardId, at: usize) -> Option<String> {
    let (of, remedy) = remedy_at(tree, card, at)?;
    Some(if of == card { remedy.id.to_string() } else { format!("{}{OF}{}", tree.card(of).id, remedy.id) })
}

/// The position of the remedy of that name.
pub(in crate::drill) fn position_of(tree: &Tree, card: CardId, name: &str) -> Option<usize> {
    let count = tree.card(card).remedies.len() + tree.card(card).training.wrong.len();
    (0..count).find(|at| name_of(tree, card, *at).as_deref() == Some(name))
}

/// What lines tell of the causes of a card.
#[derive(Debug)]
pub(in crate::drill) struct CauseClues {
    patterns: Vec<Compiled>,
}

impl CauseClues {
    pub(in crate::drill) fn new(card: &Card) -> Self {
        Self { patterns: card.training.tells.iter().map(|tell| Compiled::new(&tell.pattern)).collect() }
    }

    /// The positions of what tells in some lines.
    pub(in crate::drill) fn told<'l>(&self, lines: impl Iterator<Item = &'l str>) -> Vec<usize> {
        let mut told = Vec::new();
        for line in lines.map(Line::new) {
            let found = self.patterns.iter().enumerate().filter(|(_, pattern)| pattern.matches(&line));
            told.extend(found.map(|(at, _)| at));
        }
        told.sort_unstable();
        told.dedup();
        told
    }
}

/// What is told of the causes of a card, by its positions.
fn tells<'c>(card: &'c Card, told: &[usize]) -> Vec<&'c CauseClue> {
    told.iter().filter_map(|at| card.training.tells.get(*at)).collect()
}

/// Whether each cause is left by all that is told. Where that would leave none, what is told is of several things that are
/// so at once: then each cause that any of it leaves.
fn left_by(card: &Card, told: &[usize]) -> Vec<bool> {
    let tells = tells(card, told);
    let causes = 0..card.causes.len();
    let all: Vec<bool> = causes.clone().map(|cause| tells.iter().all(|it| it.leaves.contains(&cause))).collect();
    if all.contains(&true) {
        return all;
    }
    causes.map(|cause| tells.iter().any(|it| it.leaves.contains(&cause))).collect()
}

/// The same where what is told first weighs more: what would leave nothing is not heard.
fn left_in_order(card: &Card, told: &[usize]) -> Vec<bool> {
    let mut left = vec![true; card.causes.len()];
    for tell in tells(card, told) {
        let next: Vec<bool> =
            left.iter().enumerate().map(|(cause, left)| *left && tell.leaves.contains(&cause)).collect();
        if next.contains(&true) {
            left = next;
        }
    }
    left
}

/// The remedies to choose from in an exercise about a card, and what each part of the exercise tells of its causes.
#[derive(Debug)]
pub(in crate::drill) struct RemedyChoices {
    card: CardId,
    /// In an order that says nothing.
    offered: Vec<usize>,
    /// Those that a team says are right, if it says so.
    named: Vec<usize>,
    /// What is told at first, and by each check.
    at_first: Vec<usize>,
    by_check: Vec<(QuestionId, Vec<usize>)>,
    /// The causes that all of it leaves.
    whole: Vec<bool>,
}

impl RemedyChoices {
    /// Where some lines are seen at once.
    pub(in crate::drill) fn of_lines<'l>(
        tree: &Tree,
        card: CardId,
        lines: impl Iterator<Item = &'l str>,
        random: &mut Random,
    ) -> Self {
        let told = CauseClues::new(tree.card(card)).told(lines);
        Self::new(tree, card, (told, Vec::new()), &[], random)
    }

    /// Where this is told at first, and that by each check, those on the hidden way first. `named` are the remedies that a
    /// team says are right.
    pub(in crate::drill) fn new(
        tree: &Tree,
        card: CardId,
        (at_first, by_check): (Vec<usize>, Vec<(QuestionId, Vec<usize>)>),
        named: &[usize],
        random: &mut Random,
    ) -> Self {
        let all: Vec<usize> = at_first.iter().chain(by_check.iter().flat_map(|(_, told)| told)).copied().collect();
        let whole = left_in_order(tree.card(card), &all);
        let mut first = Self { card, offered: Vec::new(), named: named.to_vec(), at_first, by_check, whole };
        first.offered = first.offer(tree, random);
        first
    }

    /// What is offered: the best, some that are wrong, others that are right.
    fn offer(&self, tree: &Tree, random: &mut Random) -> Vec<usize> {
        let card = tree.card(self.card);
        let judged = self.judge(tree, &card.remedies_of_exercises(), &self.whole, &[]);
        let mut right: Vec<&RemedyChoice> = judged.iter().filter(|choice| choice.is_right).collect();
        right.sort_by_key(|choice| !choice.is_best);
        let mut wrong: Vec<usize> = judged.iter().filter(|it| !it.is_right).map(|choice| choice.remedy).collect();
        let mut others: Vec<usize> = (0..card.training.wrong.len()).map(|at| card.remedies.len() + at).collect();
        random.shuffle(&mut others);
        wrong.extend(others);
        let more = wrong.split_off(wrong.len().min(WRONG));
        let mut right = right.into_iter().map(|choice| choice.remedy);
        let mut offered: Vec<usize> = right.next().into_iter().chain(wrong).chain(right).chain(more).collect();
        offered.truncate(OFFERED);
        random.shuffle(&mut offered);
        offered
    }

    /// The choices for whoever has seen all of it.
    pub(in crate::drill) fn choices(&self, tree: &Tree) -> Vec<RemedyChoice> {
        let all = self.by_check.iter().flat_map(|(_, told)| told);
        let told: Vec<usize> = self.at_first.iter().chain(all).copied().collect();
        self.judge(tree, &self.offered, &self.whole, &told)
    }

    /// The choices for whoever has made these checks.
    pub(in crate::drill) fn after(&self, tree: &Tree, checked: impl Fn(QuestionId) -> bool) -> Vec<RemedyChoice> {
        let seen = self.by_check.iter().filter(|(question, _)| checked(*question)).flat_map(|(_, told)| told);
        let told: Vec<usize> = self.at_first.iter().chain(seen).copied().collect();
        let card = tree.card(self.card);
        let left = left_by(card, &told);
        let mut choices = self.judge(tree, &self.offered, &left, &told);
        // Why it is the best is told by all that is so.
        if let Some(best) = choices.iter_mut().find(|choice| choice.is_best) {
            let whole = self.choices(tree).into_iter().find(|choice| choice.remedy == best.remedy && choice.is_right);
            best.why = whole.map_or_else(|| best.why.clone(), |whole| whole.why);
        }
        choices
    }

    /// Which of these remedies are right where these causes are left, and why: this is what was told.
    fn judge(&self, tree: &Tree, offered: &[usize], left: &[bool], told: &[usize]) -> Vec<RemedyChoice> {
        let card = tree.card(self.card);
        let tells = tells(card, told);
        let mut choices: Vec<RemedyChoice> = Vec::new();
        for at in offered {
            let Some((of, remedy)) = remedy_at(tree, self.card, *at) else { continue };
            let chance = if of == self.card { chance(card, remedy, left) } else { 0.0 };
            let is_right = if self.named.is_empty() { chance > 0.0 } else { self.named.contains(at) };
            // Of several things that are so at once, each remedy has its own reasons.
            let is_left = |cause: &usize| left.get(*cause) == Some(&true);
            let supports = |tell: &CauseClue| remedy.fixes.iter().any(|it| tell.leaves.contains(it) && is_left(it));
            let leaves_any = |tell: &CauseClue| remedy.fixes.iter().any(|cause| tell.leaves.contains(cause));
            let says = |is_reason: &dyn Fn(&CauseClue) -> bool| {
                distinct(tells.iter().filter(|tell| is_reason(tell)).map(|tell| tell.says.as_str())).join(" · ")
            };
            let why = if of != self.card {
                format!("that is for another card: {}", tree.card(of).title)
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
                // What excludes it by itself; else all of it does.
                let [by_itself, together] = [says(&|tell| !leaves_any(tell)), says(&|_| true)];
                match if by_itself.is_empty() { together } else { by_itself }.as_str() {
                    "" => "it fixes none of the causes".to_owned(),
                    reasons => format!("not for what is left: {reasons}"),
                }
            };
            choices.push(RemedyChoice { remedy: *at, is_right, is_best: false, why });
        }
        let worth = |at: usize, left: &[bool]| {
            let remedy = card.remedies.get(at);
            remedy.map_or(0.0, |remedy| chance(card, remedy, left) / (remedy.takes.weight() * remedy.effect.weight()))
        };
        // By all that is so, then by what is known of it; what is equal in the author's order.
        let worths = |at: usize| (worth(at, &self.whole), worth(at, left));
        let mut right: Vec<usize> = choices.iter().filter(|it| it.is_right).map(|choice| choice.remedy).collect();
        right.sort_unstable();
        let better = |best: usize, next: usize| {
            let ((one, other), (of_all, of_seen)) = (worths(best), worths(next));
            if of_all > one + SAME || of_all > one - SAME && of_seen > other + SAME { next } else { best }
        };
        let best = right.into_iter().reduce(better);
        choices.iter_mut().for_each(|choice| choice.is_best = Some(choice.remedy) == best);
        choices
    }
}

/// Two worths are the same if they differ by less: they were added up in another order.
const SAME: f64 = 1e-9;

/// The chance that a remedy treats the cause, if it is one of those that are left.
fn chance(card: &Card, remedy: &Remedy, left: &[bool]) -> f64 {
    let weight = |at: usize| match (card.causes.get(at), left.get(at)) {
        (Some(cause), Some(true)) => cause.likelihood.weight(),
        _ => 0.0,
    };
    let all: f64 = (0..card.causes.len()).map(weight).sum();
    let fixed: f64 = remedy.fixes.iter().map(|cause| weight(*cause)).sum();
    if all > 0.0 { fixed / all } else { 0.0 }
}

fn distinct<'s>(texts: impl Iterator<Item = &'s str>) -> Vec<&'s str> {
    let mut distinct: Vec<&str> = Vec::new();
    for text in texts {
        if !distinct.contains(&text) {
            distinct.push(text);
        }
    }
    distinct
}

/// The remedies that are offered to whoever named a card that it is not: none of them is right.
pub(in crate::drill) fn of_another(tree: &Tree, card: CardId) -> Vec<RemedyChoice> {
    // In an order that depends on the card alone.
    let mut random = Random::new(usize::from(card) as u64);
    let mut choices = RemedyChoices::of_lines(tree, card, std::iter::empty(), &mut random).choices(tree);
    for choice in &mut choices {
        (choice.is_right, choice.is_best) = (false, false);
    }
    choices
}

/// What a remedy takes, in words.
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
