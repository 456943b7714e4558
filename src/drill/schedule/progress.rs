//! What somebody has learned so far, derived by replay from every answer given in training.

use std::collections::BTreeMap;

use crate::drill::schedule::{Grade, Memory};
use crate::tree::{CardId, Tree};

/// From so many days of stability on, something is solid: it will be known through a week on call.
const SOLID: f64 = 7.0;

/// One answer given in training.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The day, counted from 1970.
    pub day: i64,
    /// The tree's id.
    pub tree: String,
    /// The card that it was.
    pub card: String,
    /// The card that was named instead, if one was.
    pub confused_with: Option<String>,
    /// Cards that were offered beside it, or that it is easily taken for, and that it was told from: it was named, and they
    /// were not.
    pub distinguished_from: Vec<String>,
    /// How well it was known.
    pub grade: Grade,
}

/// What is known of one card, or of the difference between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It was never asked.
    New,
    /// It was asked, and is not yet sure to be known in a week.
    Shaky,
    /// It is known.
    Solid,
}

/// What somebody has learned of a tree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    cards: BTreeMap<CardId, Memory>,
    /// The card that it was and the one that it was taken for. The difference is learned for itself: who knows both
    /// cards may still take one for the other.
    confusions: BTreeMap<(CardId, CardId), Memory>,
}

/// Something to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// The card.
    pub card: CardId,
    /// The card that it was taken for, which belongs among the choices.
    pub beside: Option<CardId>,
}

impl Progress {
    /// Replays answers, the earliest first. What names another tree, or cards that are gone, is passed over.
    pub fn new<'a>(tree: &Tree, answers: impl IntoIterator<Item = &'a Answered>) -> Self {
        let mut progress = Self::default();
        for answered in answers.into_iter().filter(|answered| answered.tree == tree.id) {
            progress.take_in(tree, answered);
        }
        progress
    }

    /// Replays the answers up to a day.
    ///
    /// Those that are dated later count when their day has come: a clock was wrong, and its dates must not hide what is due.
    pub fn on<'a>(tree: &Tree, answers: impl IntoIterator<Item = &'a Answered>, day: i64) -> Self {
        Self::new(tree, answers.into_iter().filter(|answered| answered.day <= day))
    }

    /// Takes one more answer in.
    pub fn take_in(&mut self, tree: &Tree, answered: &Answered) {
        let Some(card) = tree.find_card(&answered.card) else { return };
        let &Answered { day, grade, .. } = answered;
        remember(&mut self.cards, card, grade, day);
        if let Some(other) = answered.confused_with.as_deref().and_then(|name| tree.find_card(name))
            && other != card
        {
            remember(&mut self.confusions, (card, other), Grade::Again, day);
        }
        // Only who once took one for the other has to learn to tell them apart. How well that went does not depend on what
        // else was wrong: another card that was named before, a remedy, a hint.
        let is_unsure = grade == Grade::Again && answered.confused_with.is_none();
        let told_apart = match grade {
            Grade::Easy => Grade::Easy,
            _ if is_unsure => Grade::Hard,
            _ => Grade::Good,
        };
        for other in answered.distinguished_from.iter().filter_map(|name| tree.find_card(name)) {
            if self.confusions.contains_key(&(card, other)) {
                remember(&mut self.confusions, (card, other), told_apart, day);
            }
        }
    }

    /// What is remembered of a card.
    pub fn card(&self, card: CardId) -> Option<&Memory> {
        self.cards.get(&card)
    }

    /// What is remembered of the difference between a card and one that it was taken for.
    pub fn confusion(&self, card: CardId, confused_with: CardId) -> Option<&Memory> {
        self.confusions.get(&(card, confused_with))
    }

    /// How a card stands on a day.
    pub fn standing(&self, card: CardId, day: i64) -> Standing {
        match self.cards.get(&card) {
            None => Standing::New,
            Some(memory) if is_solid(memory, day) && !self.is_confused(card, day) => Standing::Solid,
            Some(_) => Standing::Shaky,
        }
    }

    /// The pairs that were taken for each other and are not yet told apart for sure: the card, and what it was taken for.
    pub fn confusions(&self, day: i64) -> impl Iterator<Item = (CardId, CardId)> {
        self.confusions.iter().filter(move |(_, memory)| !is_solid(memory, day)).map(|(pair, _)| *pair)
    }

    fn is_confused(&self, card: CardId, day: i64) -> bool {
        self.confusions(day).any(|(confused, _)| confused == card)
    }

    /// What is due on a day: what is most likely to be forgotten first, each card once.
    pub fn due(&self, day: i64) -> Vec<Task> {
        let confusions = self.confusions.iter().map(|((card, other), memory)| (*card, Some(*other), memory));
        let cards = self.cards.iter().map(|(card, memory)| (*card, None, memory));
        let mut due: Vec<_> = confusions.chain(cards).filter(|(.., memory)| memory.due() <= day).collect();
        due.sort_by(|(_, _, one), (_, _, other)| one.chance(day).total_cmp(&other.chance(day)));
        let mut tasks: Vec<Task> = Vec::new();
        for (card, beside, _) in due {
            match tasks.iter_mut().find(|task| task.card == card) {
                Some(known) => known.beside = known.beside.or(beside),
                None => tasks.push(Task { card, beside }),
            }
        }
        tasks
    }

    /// The cards that were never asked, those that are met most often first.
    pub fn new_cards(&self, tree: &Tree) -> Vec<CardId> {
        let mut new: Vec<_> = tree.diagnoses().filter(|(id, _)| !self.cards.contains_key(id)).collect();
        new.sort_by(|(_, one), (_, other)| other.likelihood.weight().total_cmp(&one.likelihood.weight()));
        new.into_iter().map(|(id, _)| id).collect()
    }

    /// What to do on a day, at most so much: what is due, then new cards, at most half of it new so that there is time to
    /// settle what was begun; on the first day all of it is new.
    pub fn session(&self, tree: &Tree, day: i64, most: usize) -> Vec<Task> {
        let mut tasks = self.due(day);
        tasks.truncate(most);
        let room = most - tasks.len();
        let new = if self.cards.is_empty() { room } else { room.min(most.div_ceil(2)) };
        tasks.extend(self.new_cards(tree).into_iter().take(new).map(|card| Task { card, beside: None }));
        tasks
    }
}

/// Counts the answers dated after a day, and finds the last day. `None` if there are none.
pub fn dated_after<'a>(answers: impl IntoIterator<Item = &'a Answered>, day: i64) -> Option<(usize, i64)> {
    let later = answers.into_iter().map(|answered| answered.day).filter(|dated| *dated > day);
    later.fold(None, |found, dated| {
        Some(found.map_or((1, dated), |(count, last): (usize, i64)| (count + 1, last.max(dated))))
    })
}

fn remember<K: Ord>(memories: &mut BTreeMap<K, Memory>, key: K, grade: Grade, day: i64) {
    let next = |memory: Memory| memory.after(grade, day);
    memories.entry(key).and_modify(|memory| *memory = next(*memory)).or_insert_with(|| Memory::first(grade, day));
}

fn is_solid(memory: &Memory, day: i64) -> bool {
    memory.stability >= SOLID && memory.due() > day
}
